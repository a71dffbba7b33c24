"""What tests of mail share: who writes, a clock they move, and what a calendar reads."""

from email.message import EmailMessage

from calendars import Read, read

from bot.app import LOCALES
from bot.domain.city import City
from bot.domain.mail_address import MailAddress
from bot.domain.staffing import Staffing
from bot.mail.composing_mails import MailComposer, NoLinks
from bot.rendering import catalogues
from bot.rendering.mails import MailWriter
from bot.rendering.meeting_request import MeetingRequests
from bot.rendering.staff_event import EventWriter
from bot.storage.vault import Vault

SENDER = "KIM-Termine <termine@town.example>"
FROM = MailAddress("termine@town.example", "KIM-Termine")


class Watch:
    """Monotonic seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def letters(city: City, staffing: Staffing, vault: Vault) -> MailComposer:
    """Writes the mails of a town, without links."""
    events = EventWriter(catalogues.load(LOCALES, ["de"], ["de"]), city)
    texts = MailWriter(events.catalogues, city)
    return MailComposer(staffing, texts, MeetingRequests(events, FROM), NoLinks(), FROM, vault)


def read_event(mail: EmailMessage) -> Read:
    """The event a mail carries, as another program reads it; the same in both places."""
    inside, attached = (
        part.get_payload(decode=True)
        for part in mail.walk()
        if part.get_content_type() in ("text/calendar", "application/ics")
    )
    assert isinstance(inside, bytes)
    assert inside == attached
    return read(inside)
