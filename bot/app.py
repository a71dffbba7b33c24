"""The composition root: names every concrete class, opens and closes all of it in order."""

import gc
import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path

from aiohttp import web

from bot.chat import reading_updates
from bot.chat.connecting import Connection, WebhookAddress, connect, start_link
from bot.chat.intake import Intake
from bot.chat.profile import Profile
from bot.chat.telegram_channel import TelegramChannel
from bot.chat.telegram_limits import BURST_OF_A_CHAT
from bot.city.load import load
from bot.delivery.chat_sender import ChatSender
from bot.delivery.composing import MessageComposer
from bot.delivery.mail_sender import MailChannel, MailSender
from bot.delivery.send_rates import SendRates
from bot.domain.actors import Actor
from bot.domain.city import City
from bot.domain.place_index import index_of
from bot.messages.operator_news import WebhookFault
from bot.observability.counters import Counters
from bot.rendering import catalogues
from bot.rendering.catalogues import Catalogues
from bot.rendering.chat_message import Renderer
from bot.rendering.slip_printer import SlipPrinter
from bot.runtime import exposed_files, keys, mailing, staff_pages, unsafe_settings
from bot.runtime.bot_process import BotProcess
from bot.runtime.clock import Clock, elapsed
from bot.runtime.clock_watch import ClockWatch
from bot.runtime.ingress import Ingress
from bot.runtime.resources import Resources
from bot.runtime.scheduled_jobs import ScheduledJobs
from bot.runtime.timeouts import API_TIMEOUTS, ApiTimeouts
from bot.runtime.workers import Workers
from bot.services import operator_alerts, staff_invitations
from bot.services.updates import UpdateHandler
from bot.settings import Settings
from bot.storage.engine.database import Database, DatabaseUnavailable
from bot.storage.engine.leadership import Leadership
from bot.storage.engine.migrations import open_newest
from bot.storage.engine.opening import leadership_on, open_snapshot, runner_of
from bot.storage.records import case_managers
from bot.understanding.heard import tables_of
from bot.web.health import Health

log = logging.getLogger(__name__)

LOCALES = Path(__file__).parent.parent / "locales"
YOUNG_OBJECTS = 20_000


def load_city(settings: Settings, locales: Path = LOCALES) -> City:
    """The city the settings name, an example where the Bot API is local. Raises CityError."""
    written = catalogues.available(locales)
    return load(settings.city, written, live=not settings.is_local, streets=settings.streets)


@asynccontextmanager
async def open_resources(
    settings: Settings, clock: Clock, locales: Path = LOCALES
) -> AsyncIterator[Resources]:
    """City, database and key. Raises CityError, DatabaseUnavailable or KeyProblem."""
    city = load_city(settings, locales)
    staffing = mailing.load_staffing(settings, city)
    async with open_newest(settings.database_url) as database:
        unlocked = await keys.unlock(settings, database)
        await database.run(case_managers.enlist, list(city.case_manager))
        words = tables_of(locales, city.languages)
        yield Resources(settings, clock, city, words, database, unlocked, staffing)


@asynccontextmanager
async def open_bot(
    resources: Resources,
    token: str,
    timeouts: ApiTimeouts = API_TIMEOUTS,
    mail: MailChannel | None = None,
) -> AsyncIterator[BotProcess]:
    """Everything between Telegram and the database, not yet running.

    Mails go over `mail`, without it over the server the settings name, if any.
    """
    settings, city, now = resources.settings, resources.city, resources.clock.now
    hear = partial(resources.clock.hear_header, "Bot API")
    counters, mail = Counters(elapsed), mail or mailing.channel_of(settings)
    index_of(city)  # so that nobody's first word waits for it
    resources.words.read()
    async with (
        connect(settings.api_url, token, timeouts.requests, hear) as connection,
        _snapshot(resources) as snapshot,
    ):
        texts = catalogues.load(resources.words.locales, city.languages, city.staff_languages)
        printer = SlipPrinter(city, texts, now)
        chat_sender = _chat_sender(resources, connection, texts, printer, counters, timeouts)
        mail_sender = mailing.make_mail_sender(resources, mail, texts, counters)
        leadership = leadership_on(settings.database_url, lambda: _wake(chat_sender, mail_sender))
        workers = _workers(resources, chat_sender, leadership, counters)
        pages = staff_pages.routes_of(
            resources, snapshot, texts, printer, leadership.ring, connection.identity.start_link
        )
        health = Health(
            *(resources.database, snapshot, leadership, counters),
            *(now, resources.clock.goes_right),
        )
        intake = Intake(connection.api, workers.accept)
        ingress = _ingress(resources, connection, intake, health, counters, timeouts, pages)
        jobs = ScheduledJobs(resources, counters, leadership.ring)
        profile = _profile(city, texts)
        yield BotProcess(
            *(resources, ingress, workers, jobs, chat_sender, leadership, profile),
            *(ClockWatch(resources), mail_sender),
        )


def _ingress(
    resources: Resources,
    connection: Connection,
    intake: Intake,
    health: Health,
    counters: Counters,
    timeouts: ApiTimeouts,
    pages: tuple[web.RouteDef, ...],
) -> Ingress:
    address, webhook = resources.settings.address, _webhook_address(resources.settings)
    tell = partial(_note_for_operators, resources)
    return Ingress(address, webhook, connection, intake, health, counters, timeouts, tell, pages)


async def _note_for_operators(resources: Resources, fault: WebhookFault) -> None:
    with suppress(DatabaseUnavailable):
        now = resources.clock.now()
        await resources.database.run(operator_alerts.note_fault, fault, now)


def _profile(city: City, texts: Catalogues) -> Profile:
    default = "en" if "en" in city.languages else city.languages[0]
    return Profile(city.languages, default, texts.message)


def _chat_sender(
    resources: Resources,
    connection: Connection,
    texts: Catalogues,
    printer: SlipPrinter,
    counters: Counters,
    timeouts: ApiTimeouts,
) -> ChatSender:
    settings = resources.settings
    return ChatSender(
        resources.database,
        resources.vault,
        resources.open_unit,
        MessageComposer(Renderer(texts, resources.city)),
        TelegramChannel(connection, printer.pdf),
        SendRates(settings.rate_overall, settings.rate_per_chat, BURST_OF_A_CHAT, elapsed),
        resources.clock.now,
        resources.clock.goes_right,
        counters,
        timeouts.chat_sender,
    )


def _workers(
    resources: Resources, sender: ChatSender, leadership: Leadership, counters: Counters
) -> Workers:
    handler = UpdateHandler(reading_updates.read, resources.settings.actions_per_minute)
    return Workers(
        *(resources.database, resources.vault, resources.open_unit, handler),
        *(sender, resources.clock.now, leadership.ring, counters),
    )


def _wake(chat_sender: ChatSender, mail_sender: MailSender | None) -> None:
    chat_sender.wake()
    if mail_sender is not None:
        mail_sender.wake()


@asynccontextmanager
async def _snapshot(resources: Resources) -> AsyncIterator[Database]:
    """The database for those who only count: on SQLite they would keep everybody waiting."""
    if resources.settings.database_file is None:
        yield resources.database
        return
    snapshot = await open_snapshot(resources.settings.database_url)
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
    exposed_files.warn(settings)
    token = settings.required_token()
    # Updates are fetched by one process; brought to them, they may be shared out among several.
    with runner_of(settings.database_url, alone=settings.webhook_url is None):
        async with (
            open_resources(settings, Clock()) as resources,
            open_bot(resources, token) as process,
        ):
            unsafe_settings.warn(settings)
            _spare_the_collector()
            await process.run()


def _spare_the_collector() -> None:
    """What is loaded by now stays: the garbage collector need not look at it, nor look so often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS)


async def make_invitation(resources: Resources, actor: Actor, username: str) -> str:
    """Store an invitation and give its link; the token is nowhere else."""
    secret = staff_invitations.PREFIX + secrets.token_urlsafe(16)
    await resources.database.run(staff_invitations.invite, actor, secret, resources.clock.now())
    return start_link(username, secret)
