"""The running bot: every process takes updates and handles them, one of them sends and tidies."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, field

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.chat.profile import Profile
from bot.delivery.chat_sender import ChatSender
from bot.delivery.mail_sender import MailSender
from bot.runtime.ingress import Ingress
from bot.runtime.resources import Resources
from bot.runtime.workers import Workers
from bot.services import escalation
from bot.storage.engine.database import DatabaseUnavailable
from bot.storage.engine.leadership import Leadership
from bot.storage.queues import gauges
from bot.storage.records import key_values
from bot.storage.upkeep import housekeeping

log = logging.getLogger(__name__)

TIDY_MINUTES, ATTEND_MINUTES = 60, 1
PROFILE = "profile"


@dataclass(slots=True)
class BotProcess:
    """A bot that is put together: polls, turns, delivers and tidies until it is cancelled."""

    resources: Resources
    ingress: Ingress
    workers: Workers
    chat_sender: ChatSender
    leadership: Leadership
    profile: Profile
    mail_sender: MailSender | None = None
    scheduler: AsyncIOScheduler = field(init=False)

    def __post_init__(self) -> None:
        self.scheduler = AsyncIOScheduler(timezone="UTC")
        for chore, minutes in ((self.tidy, TIDY_MINUTES), (self.attend, ATTEND_MINUTES)):
            self.scheduler.add_job(
                chore,
                "interval",
                minutes=minutes,
                misfire_grace_time=None,
                coalesce=True,
                max_instances=1,
            )

    async def run(self) -> None:
        """Serve until cancelled."""
        self.scheduler.start(paused=True)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self.ingress.serve())
                await self.ingress.introduce()
                log.info("Lotse serves %s", self.resources.city.id)
                group.create_task(self.workers.run())
                group.create_task(self.leadership.run(self.serve_all))
                group.create_task(self.ingress.intake.run())
                group.create_task(self.ingress.watch())
        finally:
            self.scheduler.shutdown(wait=False)

    async def serve_all(self) -> None:
        """What one process does for all of them: send, tidy, tell Telegram about the bot."""
        log.info("on duty: sends and tidies")
        self.scheduler.resume()
        # At once as well: a bot that is started anew every half hour tidies too.
        self.scheduler.add_job(self.tidy, misfire_grace_time=None)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self.chat_sender.run())
                if self.mail_sender is not None:
                    group.create_task(self.mail_sender.run())
                group.create_task(self.publish_profile())
        finally:
            self.scheduler.pause()

    async def tidy(self) -> None:
        """Do the chores that are due by the app's clock."""
        resources = self.resources
        await resources.database.run(
            housekeeping.tidy, resources.clock.now(), resources.city.rules.time_zone
        )

    async def attend(self) -> None:
        """Tell case managers what waits for them."""
        resources = self.resources
        now = resources.clock.now()
        await resources.database.run(escalation.attend, resources.city, resources.staffing, now)
        self.leadership.ring()

    async def catch_up(self) -> None:
        """Do at once what a moved clock has made due."""
        await self.tidy()
        await self.attend()
        await self.chat_sender.sweep()
        if self.mail_sender is not None:
            self.mail_sender.wake()

    async def next_due(self) -> int | None:
        """When the next planned message is due, in UTC epoch seconds."""
        return await self.resources.database.run(gauges.next_planned)

    async def is_drained(self) -> bool:
        """Whether everything that is due has been delivered or given up."""
        return await self.resources.database.run(gauges.is_drained)

    async def publish_profile(self) -> None:
        """Tell Telegram the bot's name, description and commands, if they have changed."""
        wanted, database = self.profile.fingerprint(), self.resources.database
        bot = self.ingress.connection.bot
        with suppress(DatabaseUnavailable):
            known = await database.run(key_values.get, PROFILE)
            if known != wanted and await self.profile.publish(bot):
                await database.run(key_values.put, PROFILE, wanted)
