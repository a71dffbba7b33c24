"""A mail as it goes over the wire: text, HTML and, for Outlook, the invitation in two places.

A calendar program takes the part inside the alternatives; whoever reads mail with anything else
finds the same as an attachment to open. Addresses are written from their parts, never as a text
that would be taken apart again.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256

from bot.domain.mail_address import MailAddress
from bot.rendering.mails import MailText
from bot.rendering.meeting_request import MeetingRequest

# Seven bits only, so that a server without 8BITMIME changes no byte.
POLICY = SMTP.clone(cte_type="7bit")
# No automatic replies from Exchange; reports of mails that could not be delivered stay allowed.
NO_REPLIES = "DR, RN, NRN, OOF, AutoReply"


@dataclass(frozen=True, slots=True)
class Envelope:
    """From whom to whom, and when it was written (UTC epoch seconds).

    `key` is the outbox row's own, the same at every attempt: so is the Message-ID then, and a
    mailbox that gets the mail twice shows it once.
    """

    sender: MailAddress
    recipient: MailAddress
    key: str
    written_at: int


def build(
    envelope: Envelope, text: MailText, invitation: MeetingRequest | None = None
) -> EmailMessage:
    """The mail."""
    message = EmailMessage(POLICY)
    message["From"] = _header(envelope.sender)
    message["To"] = _header(envelope.recipient)
    message["Subject"] = text.subject
    message["Date"] = format_datetime(datetime.fromtimestamp(envelope.written_at, UTC))
    message["Message-ID"] = _message_id(envelope)
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = NO_REPLIES
    message.set_content(text.plain)
    message.add_alternative(text.html, subtype="html")
    if invitation is not None:
        _add_invitation(message, invitation)
    return message


def arrives(sender: MailAddress) -> bool:
    """Whether whoever reads a mail from this sender reads the same name and address."""
    message = EmailMessage(POLICY)
    message["From"] = _header(sender)
    try:
        read = BytesHeaderParser(policy=POLICY).parsebytes(message.as_bytes())["From"].addresses
    except (MessageError, ValueError, LookupError):
        return False
    return [(each.display_name, each.addr_spec) for each in read] == [(sender.name, sender.address)]


def _header(address: MailAddress) -> Address:
    return Address(display_name=address.name, addr_spec=address.address)


def _message_id(envelope: Envelope) -> str:
    seed = f"{envelope.key} {envelope.written_at}"
    return f"<{sha256(seed.encode()).hexdigest()[:32]}@{envelope.sender.domain}>"


def _add_invitation(message: EmailMessage, invitation: MeetingRequest) -> None:
    message.add_alternative(
        invitation.content.decode(),
        subtype="calendar",
        cte="base64",
        params={"method": invitation.method, "name": invitation.file_name},
    )
    message.add_attachment(
        invitation.content,
        maintype="application",
        subtype="ics",
        filename=invitation.file_name,
        params={"name": invitation.file_name},
    )
