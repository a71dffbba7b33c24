"""The running bot: every process takes updates and handles them, one of them sends and tidies."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, field

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import chores
from bot.chat.profile import Profile
from bot.courier.courier import Courier
from bot.courier.postman import Postman
from bot.entrance import Entrance
from bot.house import House
from bot.storage import facts, stock
from bot.storage.database import DatabaseUnavailable
from bot.storage.duty import Duty
from bot.turn import attention
from bot.turn.workers import Workers

log = logging.getLogger(__name__)

TIDY_MINUTES, ATTEND_MINUTES = 60, 1
PROFILE = "profile"


@dataclass(slots=True)
class Lotse:
    """A bot that is put together: polls, turns, delivers and tidies until it is cancelled."""

    house: House
    entrance: Entrance
    workers: Workers
    courier: Courier
    duty: Duty
    profile: Profile
    postman: Postman | None = None
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
                group.create_task(self.entrance.serve())
                await self.entrance.introduce()
                log.info("Lotse serves %s", self.house.city.id)
                group.create_task(self.workers.run())
                group.create_task(self.duty.run(self.serve_all))
                group.create_task(self.entrance.intake.run())
                group.create_task(self.entrance.watch())
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
                group.create_task(self.courier.run())
                if self.postman is not None:
                    group.create_task(self.postman.run())
                group.create_task(self.publish_profile())
        finally:
            self.scheduler.pause()

    async def tidy(self) -> None:
        """Do the chores that are due by the app's clock."""
        house = self.house
        await house.database.run(chores.tidy, house.clock.now(), house.city.rules.time_zone)

    async def attend(self) -> None:
        """Tell case managers what waits for them."""
        house = self.house
        now = house.clock.now()
        await house.database.run(attention.attend, house.city, house.staffing, now)
        self.duty.ring()

    async def catch_up(self) -> None:
        """Do at once what a moved clock has made due."""
        await self.tidy()
        await self.attend()
        await self.courier.sweep()
        if self.postman is not None:
            self.postman.wake()

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
