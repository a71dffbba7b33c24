"""What the staff are shown of each appointment is what Telegram and the mail server recorded."""

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from figures import NOT_COUNTED, Sizes
from stage import MONDAY_MORNING, open_world
from worklist import (
    BLOCKING,
    CHATTING,
    REFUSED,
    TEAM,
    Guest,
    MailingWorld,
    Records,
    Refusing,
    State,
    chat_of,
    write_files,
)

from bot.conversation.session import Session, to_json
from bot.domain import slots
from bot.domain.actors import Actor, Role
from bot.domain.appointments import Appointment, Wishes
from bot.domain.slots import Slot
from bot.storage import contact, persons
from bot.storage.database import Tx
from bot.turn.bookings import Bookings
from bot.turn.office import OfficeDesk

FIRST_GUEST = 1_000_000
SEED = 20261122
TALKS_A_DAY, TALK_MINUTES = 20, 25
FRONT_DESK = Actor(Role.FRONT_DESK, office_id="mill")
FIRST_DAY = MONDAY_MORNING.replace(hour=8) + timedelta(days=2)
OPEN = "SELECT COUNT(*) FROM outbox WHERE state IN ('waiting', 'sending')"


@dataclass
class Worklist:
    """A town at work: who has booked, what befell them, and whether the list tells it."""

    world: MailingWorld
    office: Refusing
    staff_chats: dict[str, int]
    guests: list[Guest] = field(default_factory=list)
    steps: list[float] = field(default_factory=list)
    taken: Counter[tuple[str, int]] = field(default_factory=Counter)
    told_of: set[tuple[int, int]] = field(default_factory=set)
    mail_is_up: bool = True
    compared: int = 0
    dice: random.Random = field(default_factory=lambda: random.Random(SEED))

    async def books(self, number: int) -> None:
        """So many new clients book, each a talk with the next case manager; some have blocked."""
        await self._does(lambda tx: [self._book(tx) for _ in range(number)])
        for guest in self.guests[-number:]:
            chat_of(self.world, guest.chat_id).blocked = self.dice.random() < 0.06

    async def change_their_minds(self) -> None:
        """Some of those who can write move or cancel; some are called off by their office."""
        await self._does(self._change_some)

    async def to(self, moment: datetime) -> None:
        """A moment comes, what is due goes out, and case managers hear of whom it did not reach."""
        self.steps.append(moment.timestamp())
        await self.world.to(moment)
        await self.is_delivered()
        assert self.world.lotse is not None
        await self.world.lotse.attend()
        self._expect_warnings()
        await self.is_delivered()

    async def evening(self) -> None:
        """Some who were reminded say that they come, some of them block the bot afterwards, and
        some who had blocked it come back; half of these take another time.
        """
        records = self._records()
        reminded = [g for g in self.guests if records.state(g, mail_is_up=False).reminded]
        for guest in reminded:
            if not chat_of(self.world, guest.chat_id).blocked and not guest.answered:
                if self.dice.random() < 0.3:
                    await self._does(lambda tx, guest=guest: self._say_coming(tx, guest))
                chat_of(self.world, guest.chat_id).blocked = self.dice.random() < 0.05
        gone = [g for g in self.guests if chat_of(self.world, g.chat_id).blocked]
        for number, guest in enumerate(gone[::2]):
            url = f"{self.world.simulator.url}/people/{guest.chat_id}/unblock"
            async with self.world.session.post(url) as answer:
                answer.raise_for_status()
            await self.is_delivered()
            if number % 2 and not guest.called_off:
                await self._does(lambda tx, guest=guest: self._move(tx, guest))
        await self.is_delivered()

    async def mail_goes_away(self) -> None:
        await self.office.close()
        self.mail_is_up = False

    async def mail_is_back(self) -> None:
        await self.office.reopen()
        self.mail_is_up = True
        await self.is_delivered()

    async def is_delivered(self) -> None:
        """Wait until all is out but for mails nobody takes."""
        lotse = self.world.lotse
        assert lotse is not None
        chat_only = "" if self.mail_is_up else " AND channel = 'chat'"
        lotse.duty.ring()
        while await self.world.pending() or await self.world.sql(OPEN + chat_only) != [(0,)]:
            lotse.duty.ring()
            await asyncio.sleep(0.02)

    async def tells_the_truth(self) -> None:
        """Each appointment's shown state is what others recorded."""
        records = self._records()
        shown = await self._does(lambda tx: [self._shown(tx, records, g) for g in self.guests])
        expected = [records.state(g, mail_is_up=self.mail_is_up) for g in self.guests]
        wrong = [
            (guest.about.code, was, ought)
            for guest, was, ought in zip(self.guests, shown, expected, strict=True)
            if was != ought
        ]
        assert wrong == []
        self.compared += len(shown)

    def _shown(self, tx: Tx, records: Records, guest: Guest) -> State:
        told = contact.delivery(tx, guest.about.id)
        assert told is not None
        seen = records.seen(told)
        return seen if self.mail_is_up else replace(seen, failed=None)

    def _records(self) -> Records:
        return Records(self.world, self.office, self.steps, self.staff_chats)

    def _book(self, tx: Tx) -> None:
        world, number = self.world, len(self.guests)
        chat_id, now = FIRST_GUEST + number, world.clock.now()
        world.simulator._world.join(chat_id, "Guest", "en").started = True
        assert world.lotse is not None
        person = persons.add(tx, world.lotse.house.vault, chat_id, to_json(Session()), now)
        slot = self._slot(TEAM[number % len(TEAM)], week=0)
        about = self._of(tx, person.id).confirm(slot, Wishes(), None)
        assert isinstance(about, Appointment), about
        guest = Guest(chat_id, person.id, about, now)
        guest.owes(about.case_manager_id)
        self.guests.append(guest)

    def _change_some(self, tx: Tx) -> None:
        for guest in self.guests:
            chance, silent = self.dice.random(), chat_of(self.world, guest.chat_id).blocked
            if chance < 0.08:
                self._call_off(tx, guest)
            elif chance < 0.2 and not silent:
                self._move(tx, guest)
            elif chance < 0.25 and not silent:
                self._cancel(tx, guest)

    def _move(self, tx: Tx, guest: Guest) -> None:
        before = guest.about.case_manager_id
        after = before if self.dice.random() < 0.5 else self.dice.choice(TEAM)
        moved = self._of(tx, guest.person_id).confirm(
            self._slot(after, week=1), Wishes(), guest.about.id
        )
        guest.owes(before)
        if after != before:
            guest.owes(after)
        self._changed(guest, moved)

    def _cancel(self, tx: Tx, guest: Guest) -> None:
        guest.owes(guest.about.case_manager_id)
        self._changed(guest, self._of(tx, guest.person_id).cancel(guest.about.id))

    def _call_off(self, tx: Tx, guest: Guest) -> None:
        house, now = self._house, self.world.clock.now()
        guest.owes(guest.about.case_manager_id)
        desk = OfficeDesk(tx, house.city, FRONT_DESK, now, house.staffing)
        self._changed(guest, desk.cannot(guest.about.id))
        guest.called_off = True
