"""From a claimed row to a mail: text, links and calendar entry, to whoever has the address now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import EmailMessage

from bot.delivery.channel import Refused
from bot.domain.appointment import Appointment
from bot.domain.staffing import CASE_MANAGER, Staffing
from bot.mail.mime import Envelope, build
from bot.rendering import staff_mail
from bot.rendering.mails import MailText, MailWriter
from bot.rendering.meeting_request import MeetingRequest, MeetingRequests
from bot.rendering.staff_event import Entry
from bot.rendering.staff_mail import StaffMail
from bot.rendering.staff_words import Action, Kind
from bot.storage.queues.claimed_mails import ClaimedMail

MakeLinks = Callable[[StaffMail, ClaimedMail], Mapping[Action, str]]
"""Where each thing to do about a mail is done; the same for the same mail."""

REQUESTING = frozenset({Kind.BOOKED, Kind.CHANGED})


def no_links(mail: StaffMail, claimed: ClaimedMail) -> Mapping[Action, str]:
    """Where there is no page there is nothing to open."""
    return {}


@dataclass(frozen=True, slots=True)
class MailComposer:
    """Writes mails from `sender`, an address with or without a name."""

    staffing: Staffing
    texts: MailWriter
    invitations: MeetingRequests
    links: MakeLinks
    sender: str

    def write(self, claimed: ClaimedMail) -> EmailMessage | Refused:
        """The mail, the same at every attempt as long as the staffing is."""
        address = self.staffing.address(claimed.mailbox)
        if address is None:
            return Refused("no address")
        mail = staff_mail.from_json(claimed.content)
        links = self.links(mail, claimed)
        invitation = self._invitation(mail, claimed, address, links)
        text = self._text(mail, claimed, links, with_entry=invitation is not None)
        envelope = Envelope(self.sender, address, claimed.key, claimed.due_at)
        return build(envelope, text, invitation)

    def _text(
        self,
        mail: StaffMail,
        claimed: ClaimedMail,
        links: Mapping[Action, str],
        *,
        with_entry: bool,
    ) -> MailText:
        if mail.about is None:
            return self.texts.digest(mail.notice, claimed.due_at, mail.number, links)
        stand_in = self.staffing.stand_in(self.texts.city, mail.about)
        return self.texts.about(
            mail.kind, mail.about, mail.notice, links, with_entry=with_entry, stand_in=stand_in
        )

    def _invitation(
        self, mail: StaffMail, claimed: ClaimedMail, address: str, links: Mapping[Action, str]
    ) -> MeetingRequest | None:
        """The calendar entry, for the case manager whose appointment it is and wants it by mail."""
        about = mail.about
        if about is None or not self._invites(claimed.mailbox, about):
            return None
        cannot = links.get(Action.CANNOT)
        entry = Entry(about, claimed.due_at, mail.first_talk, cannot)
        if mail.kind in REQUESTING:
            return self.invitations.request(entry, address)
        gone = mail.kind is Kind.CANCELLED
        return self.invitations.cancel(entry, address) if gone else None

    def _invites(self, mailbox: str, about: Appointment) -> bool:
        own = mailbox == f"{CASE_MANAGER}:{about.case_manager_id}"
        return own and self.staffing.of(about.case_manager_id).invitation
