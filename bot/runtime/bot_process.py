"""The running bot: every process takes updates and handles them, one of them sends and tidies."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass

from bot.chat.profile import Profile
from bot.delivery.chat_sender import ChatSender
from bot.delivery.mail_sender import MailSender
from bot.observability.logs import fields
from bot.runtime.clock_watch import ClockWatch
from bot.runtime.ingress import Ingress
from bot.runtime.resources import Resources
from bot.runtime.scheduled_jobs import ScheduledJobs
from bot.runtime.workers import Workers
from bot.services import leaving, orphans
from bot.storage.engine.database import DatabaseUnavailable, Tx
from bot.storage.engine.leadership import Leadership
from bot.storage.queues import gauges

log = logging.getLogger(__name__)

PROFILE_SECONDS = 60.0


@dataclass(slots=True)
class BotProcess:
    """A bot that is put together: takes updates, delivers and tidies until it is cancelled."""

    resources: Resources
    ingress: Ingress
    workers: Workers
    jobs: ScheduledJobs
    chat_sender: ChatSender
    leadership: Leadership
    profile: Profile
    clock_watch: ClockWatch
    mail_sender: MailSender | None = None

    async def run(self) -> None:
        """Serve until cancelled."""
        self.jobs.start()
        await self.clock_watch.begin()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self.ingress.serve())
                await self.ingress.introduce()
                await self.clock_watch.look()
                await self.look_back()
                group.create_task(self.clock_watch.run())
                log.info("Lotse serves %s", self.resources.city.id)
                group.create_task(self.compare_hours())
                group.create_task(self.workers.run())
                group.create_task(self.leadership.run(self.serve_all))
                group.create_task(self.ingress.intake.run())
                group.create_task(self.ingress.watch())
        finally:
            self.jobs.stop()

    async def serve_all(self) -> None:
        """What one process does for all of them: send, tidy, tell Telegram about the bot."""
        log.info("leading: sends and tidies")
        self.jobs.resume()
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self.chat_sender.run())
                if self.mail_sender is not None:
                    group.create_task(self.mail_sender.run())
                group.create_task(self.publish_profile())
                group.create_task(self.jobs.watch())
        finally:
            self.jobs.pause()

    async def look_back(self) -> None:
        """Name whom the city file of this start leaves behind, and forget who left long ago.

        By a clock that is wrong nobody left long ago.
        """
        with suppress(DatabaseUnavailable):
            await self.resources.database.run(self._look_back, self.resources.clock.now())

    def _look_back(self, tx: Tx, now: int) -> None:
        unit = self.resources.open_unit(tx, now)
        if self.resources.clock.goes_right():
            leaving.forget_long_gone(unit)
        orphans.report(unit)

    async def compare_hours(self) -> None:
        """Log how many talks the city file of this start has no hours for, case manager by case
        manager, while others are served."""
        resources, outside = self.resources, 0
        count, now = orphans.number_out_of_hours, resources.clock.now()
        with suppress(DatabaseUnavailable):
            for person in resources.city.case_managers:
                outside += await resources.database.run(count, resources.city, person, now)
        if outside:
            told = fields(booked=outside)
            log.warning("talks are on closed days or outside of hours", extra=told)

    async def catch_up(self) -> None:
        """Do at once what a moved clock has made due."""
        await self.jobs.tidy_whole()
        await self.jobs.tell_staff()
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
        """Tell Telegram the bot's name, texts, commands and photo, as far as they have changed."""
        connection, database = self.ingress.connection, self.resources.database
        while True:
            try:
                pause = await self.profile.publish(connection, database)
            except DatabaseUnavailable:
                pause = PROFILE_SECONDS
            if pause is None:
                return
            await asyncio.sleep(pause)
