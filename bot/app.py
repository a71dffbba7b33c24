"""The composition root: names every concrete class, opens and closes all of it in order."""

import gc
import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot import keys, mailing, staff_pages
from bot.chat import inbound
from bot.chat.connecting import Connection, WebhookAddress, connect, greet
from bot.chat.intake import Intake
from bot.chat.outbound import TelegramChannel
from bot.chat.profile import Profile
from bot.city.load import load
from bot.clock import Clock, elapsed
from bot.courier.compose import Composer
from bot.courier.courier import Courier
from bot.courier.limits import Limits
from bot.courier.postman import MailChannel, Postman
from bot.domain.actors import Actor
from bot.domain.city import City
from bot.entrance import Entrance
from bot.house import House
from bot.lotse import Lotse
from bot.patience import PATIENCE, Patience
from bot.rendering import catalogues, staff_words
from bot.rendering.catalogues import Catalogues
from bot.rendering.messages import Renderer
from bot.rendering.slip_printer import SlipPrinter
from bot.settings import Settings
from bot.storage import staff
from bot.storage.database import Database, open_snapshot
from bot.storage.duty import duty_on
from bot.storage.lock import runner_of
from bot.storage.migrations import open_newest
from bot.tally import Tally
from bot.turn import invitations
from bot.turn.turn import Turns
from bot.turn.workers import Workers
from bot.web.health import Health

log = logging.getLogger(__name__)

LOCALES = Path(__file__).parent.parent / "locales"
PER_CHAT_BURST = 5
YOUNG_OBJECTS = 20_000


def load_city(settings: Settings) -> City:
    """The city the settings name, an example where the Bot API is local. Raises CityError."""
    return load(settings.city, catalogues.available(LOCALES), live=not settings.is_local)


@asynccontextmanager
async def open_house(settings: Settings, clock: Clock) -> AsyncIterator[House]:
    """City, database and key. Raises CityError, DatabaseUnavailable or KeyProblem."""
    city = load_city(settings)
    staffing = mailing.load_staffing(settings, city)
    async with open_newest(settings.database_url) as database:
        unlocked = await keys.unlock(settings, database)
        await database.run(staff.enlist, list(city.case_manager))
        yield House(settings, clock, city, database, unlocked, staffing)


@asynccontextmanager
async def open_lotse(
    house: House,
    token: str,
    patience: Patience = PATIENCE,
    mail: MailChannel | None = None,
) -> AsyncIterator[Lotse]:
    """Everything between Telegram and the database, not yet running.

    Mails go over `mail`, without it over the server the settings name, if any.
    """
    settings, city, now = house.settings, house.city, house.clock.now
    tally, mail = Tally(elapsed), mail or mailing.channel_of(settings)
    async with (
        connect(settings.api_url, token, patience.requests) as connection,
        _snapshot(house) as snapshot,
    ):
        texts = catalogues.load(LOCALES, (*city.languages, staff_words.LANGUAGE))
        printer = SlipPrinter(city, texts, now)
        courier = _courier(house, connection, texts, printer, tally, patience)
        postman = None if mail is None else mailing.make_postman(house, mail, texts, tally)
        duty = duty_on(settings.database_url, lambda: _wake(courier, postman))
        workers = Workers(house.database, _turns(house), now, duty.ring, tally)
        entrance = Entrance(
            settings.address,
            _webhook_address(settings),
            connection,
            Intake(connection.api, workers.keep),
            Health(house.database, snapshot, duty, tally, now),
            tally,
            patience.polls,
            staff_pages.routes_of(
                house, snapshot, texts, printer, duty.ring, lambda: greet(connection.bot)
            ),
        )
        default = "en" if "en" in city.languages else city.languages[0]
        profile = Profile(city.languages, default, texts.message)
        yield Lotse(house, entrance, workers, courier, duty, profile, postman)


def _courier(
    house: House,
    connection: Connection,
    texts: Catalogues,
    printer: SlipPrinter,
    tally: Tally,
    patience: Patience,
) -> Courier:
    settings = house.settings
    return Courier(
        house.database,
        house.vault,
        Composer(house.city, Renderer(texts, house.city), house.vault),
        TelegramChannel(connection.api, connection.bot, printer.pdf),
        Limits(settings.rate_overall, settings.rate_per_chat, PER_CHAT_BURST, elapsed),
        house.clock.now,
        tally,
        patience.courier,
    )


def _turns(house: House) -> Turns:
    pace = house.settings.actions_per_minute
    return Turns(house.city, house.vault, inbound.read, secrets.choice, pace, house.staffing)


def _wake(courier: Courier, postman: Postman | None) -> None:
    courier.wake()
    if postman is not None:
        postman.wake()


@asynccontextmanager
async def _snapshot(house: House) -> AsyncIterator[Database]:
    """The database for those who only count: on SQLite they would keep everybody waiting."""
    if house.settings.database_file is None:
        yield house.database
        return
    snapshot = await open_snapshot(house.settings.database_url)
    try:
        yield snapshot
    finally:
        await snapshot.close()


def _webhook_address(settings: Settings) -> WebhookAddress | None:
    if settings.webhook_url is None or settings.webhook_secret is None:
        return None
    return WebhookAddress(settings.webhook_url, settings.webhook_secret.get_secret_value())


async def run(settings: Settings) -> None:
    """`python -m bot run`: serve until cancelled."""
    token = settings.required_token()
    # Updates are fetched by one process; brought to them, they may be shared out among several.
    with runner_of(settings.database_url, alone=settings.webhook_url is None):
        async with open_house(settings, Clock()) as house, open_lotse(house, token) as lotse:
            _spare_the_collector()
            await lotse.run()


def _spare_the_collector() -> None:
    """What is loaded by now stays: the garbage collector need not look at it, nor look so often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS)


async def make_invitation(house: House, actor: Actor, username: str) -> str:
    """Store an invitation and give its link; the token is nowhere else."""
    secret = secrets.token_urlsafe(16)
    await house.database.run(invitations.invite, actor, secret, house.clock.now())
    return f"https://t.me/{username}?start={secret}"
