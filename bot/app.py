"""The composition root: names every concrete class, opens and closes all of it in order."""

import asyncio
import logging
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot import chores
from bot.chat import inbound
from bot.chat.outbound import TelegramChannel
from bot.chat.polling import Poller
from bot.chat.profile import Profile
from bot.chat.transport import AiohttpRequest
from bot.city.load import load
from bot.courier.compose import Composer
from bot.courier.courier import Courier
from bot.courier.limits import Limits
from bot.domain.city import City
from bot.rendering import catalogues
from bot.rendering.messages import Renderer
from bot.settings import Settings
from bot.storage import facts, keyfile, staff, vault
from bot.storage.database import Database, open_database
from bot.storage.lock import sole_runner
from bot.storage.migrations import migrate
from bot.storage.vault import Vault
from bot.turn import invitations
from bot.turn.turn import Turns
from bot.turn.workers import Workers

log = logging.getLogger(__name__)

LOCALES = Path(__file__).parent.parent / "locales"
TIDY_MINUTES = 60
PER_CHAT_BURST = 5
LONGEST_PAUSE_SECONDS = 30.0
KEY_CHECK, PROFILE = "key_check", "profile"


class StartError(Exception):
    """The bot cannot start; one line that says why."""


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
    bot: Bot
    poller: Poller
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
                group.create_task(self.workers.run())
                group.create_task(self.courier.run())
                group.create_task(self.poller.run())
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

    async def publish_profile(self) -> None:
        """Tell Telegram the bot's name, description and commands, if they have changed."""
        wanted, database = self.profile.fingerprint(), self.house.database
        if await database.run(facts.get, PROFILE) != wanted and await self.profile.publish(
            self.bot
        ):
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
        key = keyfile.read_or_make_key(settings.key_file, used=known is not None)
    unlocked = vault.unlock(key, known)
    if known is None:
        await database.run(facts.put, KEY_CHECK, unlocked.key_check)
    return unlocked


@asynccontextmanager
async def open_lotse(house: House, token: str) -> AsyncIterator[Lotse]:
    """Everything between Telegram and the database. Raises StartError for a wrong token."""
    settings, city, now = house.settings, house.city, house.clock.now
    request = AiohttpRequest()
    await request.initialize()
    try:
        base = f"{settings.api_url}/bot"
        bot = Bot(token, base_url=base, request=request, get_updates_request=request)
        await greet(bot)
        texts = catalogues.load(LOCALES, city.languages)
        courier = Courier(
            house.database,
            house.vault,
            Composer(city, Renderer(texts, city)),
            TelegramChannel(bot),
            Limits(settings.rate_overall, settings.rate_per_chat, PER_CHAT_BURST, time.monotonic),
            now,
        )
        turns = Turns(city, house.vault, inbound.read, secrets.choice)
        workers = Workers(house.database, turns, now, courier.wake)
        poller = Poller(bot, request, f"{base}{token}", workers.keep)
        default = "en" if "en" in city.languages else city.languages[0]
        profile = Profile(city.languages, default, texts.message)
        yield Lotse(house, bot, poller, workers, courier, profile)
    finally:
        await request.shutdown()


async def greet(bot: Bot) -> str:
    """Wait until the API knows us, and end any webhook; the bot's user name."""
    faults = 0
    while True:
        try:
            me = await bot.get_me()
            await bot.delete_webhook(drop_pending_updates=False)
        except InvalidToken:
            raise StartError("BOT_TOKEN: the Bot API does not accept it") from None
        except TelegramError as error:
            if not faults:
                log.warning("the Bot API is unreachable (%s); trying again", type(error).__name__)
            faults += 1
            await asyncio.sleep(min(0.5 * 2.0**faults, LONGEST_PAUSE_SECONDS))
        else:
            return me.username or ""


async def run(settings: Settings) -> None:
    """`python -m bot run`: serve until cancelled."""
    token = settings.required_token()
    with sole_runner(settings.database_file):
        async with open_house(settings, Clock()) as house, open_lotse(house, token) as lotse:
            log.info("Lotse serves %s", house.city.id)
            await lotse.run()


async def invite(settings: Settings, case_manager_id: str) -> str:
    """`python -m bot invite`: a one-time link for this case manager. Raises StartError."""
    token = settings.required_token()
    async with open_house(settings, Clock()) as house:
        if case_manager_id not in house.city.case_manager:
            known = ", ".join(sorted(house.city.case_manager))
            raise StartError(f"{case_manager_id}: no such case manager; there are {known}")
        request = AiohttpRequest()
        await request.initialize()
        try:
            bot = Bot(token, base_url=f"{settings.api_url}/bot", request=request)
            username = await greet(bot)
        finally:
            await request.shutdown()
        return await make_invitation(house, case_manager_id, username)


async def make_invitation(house: House, case_manager_id: str, username: str) -> str:
    """Store an invitation and give its link; the token is nowhere else."""
    secret = secrets.token_urlsafe(16)
    await house.database.run(invitations.invite, case_manager_id, secret, house.clock.now())
    return f"https://t.me/{username}?start={secret}"
