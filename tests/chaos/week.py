"""A town's week: clients book, change their minds, block the bot; the mail server goes away."""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar

from stage import MONDAY_MORNING
from worklist import CHAT, TEAM, BookedClient, MailingWorld, Records, Refusing, State, chat_of

from bot.conversation.session import Session, to_json
from bot.domain import slots
from bot.domain.actors import CLIENT, Actor, Role
from bot.domain.appointment import Appointment, Refused, Wishes
from bot.domain.delivery_status import DeliveryStatus, chosen_at, delivery_status
from bot.domain.lifecycle import Act
from bot.domain.slots import Slot
from bot.runtime.bot_process import BotProcess
from bot.runtime.resources import Resources
from bot.services.bookings import Bookings
from bot.services.staff_service import StaffService
from bot.services.unit import Unit
from bot.simulator.world import Chat
from bot.storage.engine.database import Tx
from bot.storage.queues import message_history
from bot.storage.records import appointments, chats, circumstances

FIRST_CLIENT = 1_000_000
SEED = 20261122
TALKS_A_DAY, TALK = 20, timedelta(minutes=25)
FRONT_DESK = Actor(Role.FRONT_DESK, office_id="mill")
FIRST_DAY = MONDAY_MORNING.replace(hour=8) + timedelta(days=2)
BLOCKED, LEAVING, ANSWERING = 0.1, 0.05, 0.3
CALLED_OFF = {False: 0.06, True: 0.3}
MOVED, CANCELLED = 0.2, 0.25
WAITING = "SELECT COUNT(*) FROM outbox WHERE state IN ('waiting', 'sending')"

T = TypeVar("T")


@dataclass
class Week:
    """Who has booked, what befell them, and whether what is shown tells it.

    `steps` are the moments the test has moved to; `taken` counts talks by case manager and week;
    `warned` are the appointments, each with its sequence, whose client was not reached.
    """

    world: MailingWorld
    office: Refusing
    staff_chats: dict[str, int]
    clients: list[BookedClient] = field(default_factory=list)
    steps: list[float] = field(default_factory=list)
    taken: Counter[tuple[str, int]] = field(default_factory=Counter)
    warned: set[tuple[int, int]] = field(default_factory=set)
    mail_is_up: bool = True
    seen: set[State] = field(default_factory=set)
    dice: random.Random = field(default_factory=lambda: random.Random(SEED))

    async def books(self, number: int) -> None:
        """So many new clients book, each a talk with the next case manager; some have blocked."""
        await self._does(self._book_some, number)
        self.process.leadership.ring()

    async def changes(self) -> None:
        """Some of those who can write move or cancel; some are called off by their office."""
        await self._does(self._change_some)
        await self.is_delivered()

    async def to(self, moment: datetime) -> None:
        """A moment comes, what is due goes out, and case managers hear of whom it did not reach."""
        self.steps.append(moment.timestamp())
        await self.world.to(moment)
        await self.is_delivered()
        await self.process.jobs.tell_staff()
        self._expect_warnings()
        await self.is_delivered()

    async def evening(self) -> None:
        """Some who had blocked the bot come back, half of them to take another time; of those who
        were reminded some say that they come, and some block the bot.
        """
        gone = [client for client in self.clients if self._chat(client).blocked]
        for client in gone[::2]:
            url = f"{self.world.simulator.url}/people/{client.chat_id}/unblock"
            async with self.world.session.post(url) as answer:
                answer.raise_for_status()
        await self.is_delivered()
        records = self._records()
        stay = [g for g in self.clients if g not in gone and self._is_to_come(g)]
        reminded = [g for g in stay if records.state(g, mail_is_up=False).reminded is not None]
        await self._does(self._move_some, gone[::4])
        await self._does(self._answer_some, reminded)
        for client in reminded:
            self._chat(client).blocked = self.dice.random() < LEAVING

    async def mails_arrive(self, number: int) -> None:
        """Wait for so many."""
        while self.office.taken < number:  # noqa: ASYNC110
            await asyncio.sleep(0.005)

    async def mail_goes_away(self) -> None:
        """In the middle of whatever it was doing."""
        await self.office.close()
        self.mail_is_up = False

    async def mail_is_back(self) -> None:
        """And all that waited for it goes out."""
        if not self.mail_is_up:
            await self.office.reopen()
            self.mail_is_up = True
            await self.is_delivered()

    async def is_delivered(self) -> None:
        """Wait until all is out but for mails nobody takes."""
        chat_only = "" if self.mail_is_up else " AND channel = 'chat'"
        while await self.world.pending() or await self.world.sql(WAITING + chat_only) != [(0,)]:
            self.process.leadership.ring()
            await asyncio.sleep(0.02)

    async def tells_the_truth(self) -> None:
        """Each appointment's shown state is what others recorded."""
        records = self._records()
        shown = await self._does(self._shown, records)
        expected = [records.state(g, mail_is_up=self.mail_is_up) for g in self.clients]
        wrong = [
            (client.about.code, was, ought)
            for client, was, ought in zip(self.clients, shown, expected, strict=True)
            if was != ought
        ]
        assert wrong == [], wrong
        self.seen.update(shown)

    def _shown(self, tx: Tx, records: Records) -> list[State]:
        shown = []
        for client in self.clients:
            told = self._told(tx, client.about.id)
            seen = records.seen(told)
            shown.append(seen if self.mail_is_up else replace(seen, failed=None))
        return shown

    def _told(self, tx: Tx, appointment_id: int) -> DeliveryStatus:
        """What the front desk is shown; of what a client has cancelled it sees no more."""
        unit = self.resources.open_unit(tx, self.world.clock.now())
        about = appointments.known(tx, appointment_id)
        known = circumstances.of(tx, [about.id], unit.now)[about.id]
        return delivery_status(
            about,
            message_history.messages(tx, [about])[about.id],
            chosen_at=chosen_at(about, known.booked_at, known.cancelled_at),
            reachable=known.reachable,
        )

    def _book_some(self, tx: Tx, number: int) -> None:
        for nth in range(len(self.clients), len(self.clients) + number):
            self._book(tx, FIRST_CLIENT + nth, TEAM[nth % len(TEAM)])

    def _book(self, tx: Tx, chat_id: int, case_manager_id: str) -> None:
        chat = self.world.simulator._world.join(chat_id, "Client", "en")
        chat.started, chat.blocked = True, self.dice.random() < BLOCKED
        now = self.world.clock.now()
        person = chats.add(tx, self.resources.vault, chat_id, to_json(Session()), now).person
        slot = self._slot(case_manager_id, week=0)
        about = self._own(tx, person.id).confirm(slot, Wishes(), None)
        assert isinstance(about, Appointment)
        client = BookedClient(chat_id, person.id, about, now)
        client.owes(case_manager_id)
        self.clients.append(client)

    def _change_some(self, tx: Tx) -> None:
        for client in self.clients:
            chance, silent = self.dice.random(), self._chat(client).blocked
            if chance < CALLED_OFF[silent]:
                self._call_off(tx, client)
            elif chance < MOVED and not silent:
                self._move(tx, client)
            elif chance < CANCELLED and not silent:
                self._cancel(tx, client)

    def _move_some(self, tx: Tx, clients: list[BookedClient]) -> None:
        for client in filter(self._is_to_come, clients):
            self._move(tx, client)

    def _answer_some(self, tx: Tx, clients: list[BookedClient]) -> None:
        for client in clients:
            if self.dice.random() < ANSWERING and not client.answered:
                self._own(tx, client.person_id).say_coming(client.about.version)
                client.owes(client.about.case_manager_id, CHAT)
                client.answered = True

    def _move(self, tx: Tx, client: BookedClient) -> None:
        before = client.about.case_manager_id
        after = before if self.dice.random() < 0.5 else self.dice.choice(TEAM)
        slot = self._slot(after, week=1)
        moved = self._own(tx, client.person_id).confirm(slot, Wishes(), client.about.version)
        self._changed(client, moved)
        for case_manager_id in {before, after}:
            client.owes(case_manager_id)
        client.answered = False

    def _cancel(self, tx: Tx, client: BookedClient) -> None:
        self._changed(client, self._own(tx, client.person_id).cancel(client.about.version))
        client.owes(client.about.case_manager_id)
        client.cancelled = True

    def _call_off(self, tx: Tx, client: BookedClient) -> None:
        service = StaffService(self._unit(tx), FRONT_DESK)
        assert not isinstance(service.do(Act.CALL_OFF, client.about.version), Refused)
        self._changed(client, appointments.known(tx, client.about.id))
        client.owes(client.about.case_manager_id)
        client.cancelled = client.called_off = True

    def _changed(self, client: BookedClient, about: Appointment | Refused) -> None:
        assert isinstance(about, Appointment)
        client.about, client.changed_at = about, self.world.clock.now()

    def _expect_warnings(self) -> None:
        """Of each client not reached the case manager hears, once for each time they have."""
        records, now = self._records(), self.world.clock.now()
        for client in self.clients:
            this = client.about.id, client.about.sequence
            mine = client.cancelled and not client.called_off
            over = mine or client.about.end <= now or this in self.warned
            if not over and not records.is_reached(client):
                client.owes(client.about.case_manager_id)
                self.warned.add(this)

    def _is_to_come(self, client: BookedClient) -> bool:
        return not client.cancelled and client.about.start > self.world.clock.now()

    def _slot(self, case_manager_id: str, week: int) -> Slot:
        """The next that nobody has had, twenty a day."""
        day, nth = divmod(self.taken[case_manager_id, week], TALKS_A_DAY)
        self.taken[case_manager_id, week] += 1
        start = FIRST_DAY + timedelta(days=7 * week + day) + nth * TALK
        person = self.resources.city.case_manager[case_manager_id]
        return slots.slot_at(person, int(start.timestamp()))

    def _own(self, tx: Tx, person_id: int) -> Bookings:
        return Bookings(self._unit(tx), person_id, "en", CLIENT)

    def _unit(self, tx: Tx) -> Unit:
        unit = self.resources.open_unit(tx, self.world.clock.now())
        return replace(unit, choose=self.dice.choice)

    def _chat(self, client: BookedClient) -> Chat:
        return chat_of(self.world, client.chat_id)

    def _records(self) -> Records:
        return Records(self.world, self.office, self.steps, self.staff_chats)

    @property
    def process(self) -> BotProcess:
        """The running bot."""
        assert self.world.process is not None
        return self.world.process

    @property
    def resources(self) -> Resources:
        """What it has open."""
        return self.process.resources

    async def _does(self, work: Callable[..., T], *args: object) -> T:
        return await self.resources.database.run(work, *args)
