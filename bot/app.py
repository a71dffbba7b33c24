"""The composition root: names every concrete class, opens and closes all of it in order."""

import asyncio
import logging
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import chores
from bot.chat import inbound
from bot.chat.connecting import WebhookAddress, connect, greet
from bot.chat.intake import Intake
from bot.chat.outbound import TelegramChannel
from bot.chat.profile import Profile
from bot.city.load import load
from bot.courier.compose import Composer
from bot.courier.courier import Courier
from bot.courier.limits import Limits
from bot.domain.city import City
from bot.entrance import Entrance
from bot.patience import PATIENCE, Patience
from bot.rendering import catalogues
from bot.rendering.messages import Renderer
from bot.settings import Settings
from bot.storage import facts, keyfile, staff, stock, vault
from bot.storage.database import Database, DatabaseUnavailable, open_database
from bot.storage.lock import sole_runner_of
from bot.storage.migrations import migrate
from bot.storage.vault import Vault
from bot.tally import Tally
from bot.turn import invitations
from bot.turn.turn import Turns
from bot.turn.workers import Workers
from bot.web.health import Health

log = logging.getLogger(__name__)

LOCALES = Path(__file__).parent.parent / "locales"
TIDY_MINUTES = 60
PER_CHAT_BURST = 5
KEY_CHECK, PROFILE = "key_check", "profile"


class UnknownCaseManager(Exception):  # noqa: N818  (an operator's slip, told in one line)
    """The city file has no case manager of this id."""


@dataclass(slots=True)
class Clock:
    """The time the program goes by: the machine's, and in the demo a movable distance from it."""

    ahead: float = 0.0

    def exact(self) -> float:
        """UTC epoch seconds with their fraction."""
        return time.time() + self.ahead

    def now(self) -> int:
        """UTC epoch seconds."""
        return int(self.exact())


@dataclass(frozen=True, slots=True)
class House:
    """What every command that touches data needs, open."""

    settings: Settings
    clock: Clock
    city: City
    database: Database
    vault: Vault


@dataclass(slots=True)
class Lotse:
    """A bot that is put together: polls, turns, delivers and tidies until it is cancelled."""

    house: House
    entrance: Entrance
    workers: Workers
    courier: Courier
    profile: Profile
    scheduler: AsyncIOScheduler = field(init=False)

    def __post_init__(self) -> None:
        self.scheduler = AsyncIOScheduler(timezone="UTC")
        self.scheduler.add_job(
            self.tidy,
            "interval",
            minutes=TIDY_MINUTES,
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )

    async def run(self) -> None:
        """Serve until cancelled."""
        self.scheduler.start()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self.entrance.serve())
                await self.entrance.introduce()
                log.info("Lotse serves %s", self.house.city.id)
                group.create_task(self.workers.run())
                group.create_task(self.courier.run())
                group.create_task(self.entrance.intake.run())
                group.create_task(self.entrance.watch())
                group.create_task(self.publish_profile())
        finally:
            self.scheduler.shutdown(wait=False)

    async def tidy(self) -> None:
        """Do the chores that are due by the app's clock."""
        await self.house.database.run(chores.tidy, self.house.clock.now())

    async def catch_up(self) -> None:
        """Do at once what a moved clock has made due."""
        await self.tidy()
        await self.courier.sweep()

    async def next_due(self) -> int | None:
        """When the next planned message is due, in UTC epoch seconds."""
        return await self.house.database.run(stock.next_planned)

    async def is_drained(self) -> bool:
        """Whether everything that is due has been delivered or given up."""
        return await self.house.database.run(stock.is_drained)

    async def publish_profile(self) -> None:
        """Tell Telegram the bot's name, description and commands, if they have changed."""
        wanted, database = self.profile.fingerprint(), self.house.database
        bot = self.entrance.connection.bot
        with suppress(DatabaseUnavailable):
            known = await database.run(facts.get, PROFILE)
            if known != wanted and await self.profile.publish(bot):
                await database.run(facts.put, PROFILE, wanted)


def load_city(settings: Settings) -> City:
    """The city the settings name. Raises CityError."""
    return load(settings.city, catalogues.available(LOCALES))


@asynccontextmanager
async def open_house(settings: Settings, clock: Clock) -> AsyncIterator[House]:
    """City, database and key. Raises CityError, DatabaseUnavailable or KeyProblem."""
    city = load_city(settings)
    database = await open_database(settings.database_url)
    try:
        await database.run(migrate, database.dialect)
        unlocked = await _unlock(settings, database)
        await database.run(staff.enlist, list(city.case_manager))
        yield House(settings, clock, city, database, unlocked)
    finally:
        await database.close()


async def _unlock(settings: Settings, database: Database) -> Vault:
    known = await database.run(facts.get, KEY_CHECK)
    if settings.data_key is not None:
        key = keyfile.parse_key(settings.data_key.get_secret_value(), "BOT_DATA_KEY")
    else:
        shared = settings.database_file is None
        key = keyfile.read_or_make_key(settings.key_file, used=shared or known is not None)
    unlocked = vault.unlock(key, known)
    if known is None:
        await database.run(facts.put, KEY_CHECK, unlocked.key_check)
    return unlocked


@asynccontextmanager
async def open_lotse(
    house: House, token: str, patience: Patience = PATIENCE
) -> AsyncIterator[Lotse]:
    """Everything between Telegram and the database, not yet running."""
    settings, city, now = house.settings, house.city, house.clock.now
    tally = Tally(time.monotonic)
    async with connect(settings.api_url, token, patience.requests) as connection:
        texts = catalogues.load(LOCALES, city.languages)
        courier = Courier(
            house.database,
            house.vault,
            Composer(city, Renderer(texts, city)),
            TelegramChannel(connection.api, connection.bot),
            Limits(settings.rate_overall, settings.rate_per_chat, PER_CHAT_BURST, time.monotonic),
            now,
            tally,
            patience.courier,
        )
        turns = Turns(city, house.vault, inbound.read, secrets.choice)
        workers = Workers(house.database, turns, now, courier.wake, tally)
        entrance = Entrance(
            settings.address,
            _webhook_address(settings),
            connection,
            Intake(connection.api, workers.keep),
            Health(house.database, tally, now),
            tally,
            patience.polls,
        )
        default = "en" if "en" in city.languages else city.languages[0]
        profile = Profile(city.languages, default, texts.message)
        yield Lotse(house, entrance, workers, courier, profile)


def _webhook_address(settings: Settings) -> WebhookAddress | None:
    if settings.webhook_url is None or settings.webhook_secret is None:
        return None
    return WebhookAddress(settings.webhook_url, settings.webhook_secret.get_secret_value())


async def run(settings: Settings) -> None:
    """`python -m bot run`: serve until cancelled."""
    token = settings.required_token()
    with sole_runner_of(settings.database_url):
        async with open_house(settings, Clock()) as house, open_lotse(house, token) as lotse:
            await lotse.run()


async def invite(settings: Settings, case_manager_id: str) -> str:
    """`python -m bot invite`: a one-time link for this case manager. Raises UnknownCaseManager."""
    token = settings.required_token()
    async with open_house(settings, Clock()) as house:
        if case_manager_id not in house.city.case_manager:
            known = ", ".join(sorted(house.city.case_manager))
            raise UnknownCaseManager(f"{case_manager_id}: no such case manager; there are {known}")
        async with connect(settings.api_url, token) as connection:
            username = await greet(connection.bot)
        return await make_invitation(house, case_manager_id, username)


async def make_invitation(house: House, case_manager_id: str, username: str) -> str:
    """Store an invitation and give its link; the token is nowhere else."""
    secret = secrets.token_urlsafe(16)
    await house.database.run(invitations.invite, case_manager_id, secret, house.clock.now())
    return f"https://t.me/{username}?start={secret}"
