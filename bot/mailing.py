"""Mail put together from the settings: who is told by it, over which server, by which postman."""

from email.utils import parseaddr

from bot.city import staffing as staffing_file
from bot.clock import elapsed
from bot.courier.postman import MailChannel, Postman
from bot.domain.city import City
from bot.domain.staffing import CHAT_ONLY, Staffing
from bot.house import House
from bot.mail import server
from bot.mail.letters import Letters, MakeLinks, no_links
from bot.mail.page_links import PageLinks
from bot.mail.server import Server
from bot.mail.smtp import Smtp
from bot.rendering.catalogues import Catalogues
from bot.rendering.invitation import Invitations
from bot.rendering.mails import MailWriter
from bot.rendering.staff_event import EventWriter
from bot.settings import Settings, SettingsError
from bot.tally import Tally
from bot.turn.links import Links

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
    named = server.parse(settings.smtp_url.get_secret_value())
    if named is None:
        raise SettingsError((NO_SERVER,))
    return named


def channel_of(settings: Settings) -> MailChannel | None:
    """The way to people by mail, None where none is set. Raises SettingsError."""
    named = server_of(settings)
    domain = parseaddr(settings.mail_from or "")[1].rpartition("@")[2]
    return None if named is None else Smtp(named, domain, elapsed)


def make_postman(house: House, channel: MailChannel, texts: Catalogues, tally: Tally) -> Postman:
    """A postman, not yet running."""
    events, sender = EventWriter(texts, house.city), house.settings.mail_from or EXAMPLE
    letters = Letters(
        house.staffing,
        MailWriter(texts, house.city),
        Invitations(events, sender),
        _links(house),
        sender,
    )
    return Postman(house.database, letters.write, channel, house.clock.now, elapsed, tally)


def _links(house: House) -> MakeLinks:
    if house.settings.public_url is None:
        return no_links
    return PageLinks(Links(house.vault, house.settings.public_url), house.city).of
