"""From a claimed row to a mail: text, links and calendar entry, to whoever has the address now.

What follows an entry goes to where that is, and has no links: whose mailbox that is by now, nobody
knows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.delivery.channel import Rejected, WrittenMail
from bot.domain.lists_link import ListsLink
from bot.domain.mail_address import MailAddress
from bot.domain.staffing import CALENDAR, CASE_MANAGER, Staffing
from bot.mail.mime import Envelope, build
from bot.messages import payloads
from bot.messages.access_news import AccessMade
from bot.messages.digests import Digest
from bot.messages.notices import IN_CALENDAR, OF_GONE, Notice
from bot.messages.version_0_1 import EarlierDigest
from bot.rendering.mail_actions import Action
from bot.rendering.mails import MailWriter
from bot.rendering.meeting_request import MeetingRequests
from bot.rendering.staff_event import CalendarEntry
from bot.storage.queues.calendar_entries import AS_SET, GIVES, TAKES
from bot.storage.queues.claimed_mails import ClaimedMail
from bot.storage.vault import Vault


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
    """Writes mails from `sender`; `vault` hides where a calendar entry went."""

    staffing: Staffing
    texts: MailWriter
    invitations: MeetingRequests
    links: MailLinks
    sender: MailAddress
    vault: Vault

    def write(self, claimed: ClaimedMail) -> WrittenMail | Rejected:
        """The mail, the same at every attempt as long as the staffing is. Raises SealBroken."""
        address = self._address(claimed)
        if address is None:
            return Rejected("no address")
        envelope = Envelope(self.sender, MailAddress(address), claimed.key, claimed.due_at)
        match payloads.decode(claimed.kind, claimed.content):
            case Notice() as notice:
                return self._notice(notice, claimed, envelope)
            case Digest() | EarlierDigest() as digest:
                link = digest.link if isinstance(digest, Digest) else None
                links = self.links.to_lists(claimed.mailbox, link) if link else {}
                text = self.texts.digest(digest, claimed.due_at, links)
                return WrittenMail(build(envelope, text))
            case AccessMade() as news:
                return WrittenMail(build(envelope, self.texts.access_made(news)))
            case _:
                return Rejected("not a mail")

    def _address(self, claimed: ClaimedMail) -> str | None:
        if claimed.mailbox.startswith(f"{CALENDAR}:") and claimed.address_sealed is not None:
            return self.vault.open(claimed.address_sealed).decode()
        return self.staffing.address(claimed.mailbox)

    def _notice(self, notice: Notice, claimed: ClaimedMail, envelope: Envelope) -> WrittenMail:
        follows_entry = claimed.mailbox.startswith(f"{CALENDAR}:")
        links = {} if follows_entry else self.links.to_appointment(claimed.mailbox, notice)
        entry = self._entry(notice, claimed)
        if entry is None:
            return WrittenMail(build(envelope, self.texts.notice(notice, links, with_entry=False)))
        told = CalendarEntry(
            notice.about, claimed.due_at, notice.first_talk, links.get(Action.CANNOT)
        )
        write = self.invitations.request if entry == GIVES else self.invitations.cancel
        text = self.texts.notice(notice, links, with_entry=True)
        message = build(envelope, text, write(told, envelope.recipient))
        return WrittenMail(message, entry, self.vault.seal(envelope.recipient.address))

    def _entry(self, notice: Notice, claimed: ClaimedMail) -> str | None:
        """What it does to a calendar; in a row of before that was left to the settings."""
        if claimed.entry != AS_SET:
            return claimed.entry
        whose = notice.about.case_manager_id
        own = claimed.mailbox == f"{CASE_MANAGER}:{whose}"
        if not own or not self.staffing.of(whose).invitation:
            return None
        if notice.kind in IN_CALENDAR:
            return GIVES
        return TAKES if notice.kind in OF_GONE else None
