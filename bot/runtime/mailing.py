"""Mail put together from the settings: who is told by it, and over which server."""

from email.utils import parseaddr

from bot.city import staffing_file as staffing_file
from bot.delivery.mail_sender import MailChannel, MailSender
from bot.domain.city import City
from bot.domain.staffing import CHAT_ONLY, Staffing
from bot.mail import smtp_url
from bot.mail.composing_mails import MailComposer, MailLinks, NoLinks
from bot.mail.page_links import PageLinks
from bot.mail.smtp import Smtp
from bot.mail.smtp_url import Server
from bot.observability.counters import Counters
from bot.rendering.catalogues import Catalogues
from bot.rendering.mails import MailWriter
from bot.rendering.meeting_request import MeetingRequests
from bot.rendering.staff_event import EventWriter
from bot.runtime.clock import elapsed
from bot.runtime.resources import Resources
from bot.services.links import Links
from bot.settings import Settings, SettingsError

EXAMPLE = "KIM-Termine <termine@lotse.example>"
NO_SERVER = "BOT_SMTP_URL: must be smtp://, smtps:// or smtp+starttls:// and a host"
NOT_SET = "BOT_SMTP_URL: needed, BOT_STAFF tells people by mail"


def load_staffing(settings: Settings, city: City) -> Staffing:
    """How everybody is reached. Raises CityError, or SettingsError where mail cannot be sent."""
    if settings.staff is None:
        return CHAT_ONLY
    staffing = staffing_file.load(settings.staff, city)
    if staffing.needs_mail and settings.smtp_url is None:
        raise SettingsError((NOT_SET,))
    return staffing


def server_of(settings: Settings) -> Server | None:
    """The mail server of the settings, None where none is set. Raises SettingsError."""
    if settings.smtp_url is None:
        return None
    named = smtp_url.parse(settings.smtp_url.get_secret_value())
    if named is None:
        raise SettingsError((NO_SERVER,))
    return named


def channel_of(settings: Settings) -> MailChannel | None:
    """The way to people by mail, None where none is set. Raises SettingsError."""
    named = server_of(settings)
    domain = parseaddr(settings.mail_from or "")[1].rpartition("@")[2]
    return None if named is None else Smtp(named, domain, elapsed)


def make_mail_sender(
    resources: Resources, channel: MailChannel | None, texts: Catalogues, counters: Counters
) -> MailSender | None:
    """A mail sender, not yet running; None without a way to mailboxes."""
    if channel is None:
        return None
    events, sender = EventWriter(texts, resources.city), resources.settings.mail_from or EXAMPLE
    letters = MailComposer(
        resources.staffing,
        MailWriter(texts, resources.city),
        MeetingRequests(events, sender),
        _links(resources),
        sender,
    )
    return MailSender(
        resources.database, letters.write, channel, resources.clock.now, elapsed, counters
    )


def _links(resources: Resources) -> MailLinks:
    if resources.settings.public_url is None:
        return NoLinks()
    return PageLinks(Links(resources.vault, resources.settings.public_url), resources.city)
