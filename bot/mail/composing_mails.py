"""From a claimed row to a mail: text, links and calendar entry, to whoever has the address now."""

from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Protocol

from bot.delivery.channel import Rejected
from bot.domain.appointment import Appointment
from bot.domain.lists_link import ListsLink
from bot.domain.staffing import CASE_MANAGER, Staffing
from bot.mail.mime import Envelope, build
from bot.messages import payloads
from bot.messages.access_news import AccessMade
from bot.messages.digests import Digest
from bot.messages.notices import OF_GONE, Notice, NoticeKind
from bot.messages.version_0_1 import EarlierDigest
from bot.rendering.mails import MailWriter
from bot.rendering.meeting_request import MeetingRequest, MeetingRequests
from bot.rendering.staff_event import CalendarEntry
from bot.rendering.staff_words import Action
from bot.storage.queues.claimed_mails import ClaimedMail

REQUESTING = frozenset({NoticeKind.BOOKED, NoticeKind.MOVED, NoticeKind.WISHES})


class MailLinks(Protocol):
    """Where each thing to do about a mail is done; the same for the same mail."""

    def to_appointment(self, mailbox: str, notice: Notice) -> Mapping[Action, str]:
        """From a notice."""

    def to_lists(self, mailbox: str, link: ListsLink) -> Mapping[Action, str]:
        """From a digest."""


class NoLinks:
    """Where there is no page there is nothing to open."""

    def to_appointment(self, mailbox: str, notice: Notice) -> Mapping[Action, str]:
        return {}

    def to_lists(self, mailbox: str, link: ListsLink) -> Mapping[Action, str]:
        return {}


@dataclass(frozen=True, slots=True)
class MailComposer:
    """Writes mails from `sender`, an address with or without a name."""

    staffing: Staffing
    texts: MailWriter
    invitations: MeetingRequests
    links: MailLinks
    sender: str

    def write(self, claimed: ClaimedMail) -> EmailMessage | Rejected:
        """The mail, the same at every attempt as long as the staffing is."""
        address = self.staffing.address(claimed.mailbox)
        if address is None:
            return Rejected("no address")
        envelope = Envelope(self.sender, address, claimed.key, claimed.due_at)
        match payloads.decode(claimed.kind, claimed.content):
            case Notice() as notice:
                return self._notice(notice, claimed, envelope)
            case Digest() | EarlierDigest() as digest:
                link = digest.link if isinstance(digest, Digest) else None
                links = self.links.to_lists(claimed.mailbox, link) if link else {}
                return build(envelope, self.texts.digest(digest, claimed.due_at, links))
            case AccessMade() as news:
                return build(envelope, self.texts.access_made(news))
            case _:
                return Rejected("not a mail")

    def _notice(self, notice: Notice, claimed: ClaimedMail, envelope: Envelope) -> EmailMessage:
        links = self.links.to_appointment(claimed.mailbox, notice)
        invitation = self._invitation(notice, claimed, envelope.recipient, links)
        text = self.texts.notice(notice, links, with_entry=invitation is not None)
        return build(envelope, text, invitation)

    def _invitation(
        self, notice: Notice, claimed: ClaimedMail, address: str, links: Mapping[Action, str]
    ) -> MeetingRequest | None:
        """The calendar entry, for the case manager whose appointment it is and wants it by mail."""
        if not self._invites(claimed.mailbox, notice.about):
            return None
        cannot = links.get(Action.CANNOT)
        entry = CalendarEntry(notice.about, claimed.due_at, notice.first_talk, cannot)
        if notice.kind in REQUESTING:
            return self.invitations.request(entry, address)
        return self.invitations.cancel(entry, address) if notice.kind in OF_GONE else None

    def _invites(self, mailbox: str, about: Appointment) -> bool:
        own = mailbox == f"{CASE_MANAGER}:{about.case_manager_id}"
        return own and self.staffing.of(about.case_manager_id).invitation
