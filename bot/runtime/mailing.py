"""Mail put together from the settings: who is told by it, and over which server."""

from bot.city import staffing_file
from bot.delivery.mail_sender import MailChannel, MailSender
from bot.domain import mail_address
from bot.domain.city import City
from bot.domain.mail_address import MailAddress
from bot.domain.staffing import CHAT_ONLY, Staffing
from bot.mail import mime, smtp_url
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

EXAMPLE = MailAddress("termine@lotse.example", "KIM-Termine")
NO_SERVER = "BOT_SMTP_URL: must be smtp://, smtps:// or smtp+starttls:// and a host"
NO_SENDER = "BOT_MAIL_FROM: "
NAME_CHANGES = "a mail would not show its name as it is: make it shorter or plainer"
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


def sender_of(settings: Settings) -> MailAddress:
    """Whom mails are from, an example where nothing is set. Raises SettingsError.

    What is not refused here is what each mail and each calendar entry carries.
    """
    if settings.mail_from is None:
        return EXAMPLE
    try:
        sender = mail_address.parse(settings.mail_from)
    except ValueError as reason:
        raise SettingsError((f"{NO_SENDER}{reason}",)) from None
    if not mime.arrives(sender):
        raise SettingsError((f"{NO_SENDER}{NAME_CHANGES}",))
    return sender


def channel_of(settings: Settings) -> MailChannel | None:
    """The way to people by mail, None where none is set. Raises SettingsError."""
    named, sender = server_of(settings), sender_of(settings)
    return None if named is None else Smtp(named, sender.domain, elapsed)


def make_mail_sender(
    resources: Resources, channel: MailChannel | None, texts: Catalogues, counters: Counters
) -> MailSender | None:
    """A mail sender, not yet running; None without a way to mailboxes."""
    if channel is None:
        return None
    events, sender = EventWriter(texts, resources.city), sender_of(resources.settings)
    letters = MailComposer(
        resources.staffing,
        MailWriter(texts, resources.city),
        MeetingRequests(events, sender),
        _links(resources),
        sender,
        resources.vault,
    )
    return MailSender(
        resources.database, letters.write, channel, resources.clock.now, elapsed, counters
    )


def _links(resources: Resources) -> MailLinks:
    if resources.settings.public_url is None:
        return NoLinks()
    return PageLinks(Links(resources.vault, resources.settings.public_url), resources.city)
