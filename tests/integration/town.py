"""An invented town on a real database, and what its clients do in it."""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import cycle
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from typed_words import WORDS

from bot.chat.telegram_limits import LIMITS
from bot.conversation.port import Search
from bot.conversation.session import Session, to_json
from bot.domain import slots
from bot.domain.actors import CLIENT, Actor, Role
from bot.domain.appointment import Appointment, Refused, Version, Wishes
from bot.domain.blocks import Block
from bot.domain.city import (
    CaseManager,
    City,
    District,
    Office,
    Rules,
    StepFree,
)
from bot.domain.geography import Bounds, Position
from bot.domain.slots import Slot
from bot.domain.staffing import CHAT_ONLY, Staffing
from bot.services.availability import Availability
from bot.services.bookings import Bookings
from bot.services.sweeps import Sweep
from bot.services.transaction_port import TransactionPort
from bot.services.unit import ChooseSign, Outbound, Unit
from bot.storage.engine.database import Database, Tx
from bot.storage.engine.each_by_itself import SetAside
from bot.storage.engine.migrations import open_newest
from bot.storage.queues import claimed_messages
from bot.storage.queues.claimed_messages import ClaimedMessage
from bot.storage.queues.inbox import UpdateKey
from bot.storage.records import appointments, case_managers, chats
from bot.storage.records.chats import TELEGRAM
from bot.storage.vault import Vault

T = TypeVar("T")

BERLIN = ZoneInfo("Europe/Berlin")
HERE = Position(51.0, 7.0)
VAULT = Vault(bytes(32))
TUESDAY, WEDNESDAY, THURSDAY = 1, 2, 3


def at(moment: str) -> int:
    """UTC epoch seconds of a moment on Berlin's wall clock."""
    return int(datetime.fromisoformat(moment).replace(tzinfo=BERLIN).timestamp())


MONDAY_MORNING = at("2026-11-23 09:00")


def block(weekday: int, start: str, end: str) -> Block:
    """A released stretch, every week."""
    return Block(weekday, time.fromisoformat(start), time.fromisoformat(end))


def case_manager(
    id: str,
    office_id: str,
    *blocks: Block,
    talk: int = 45,
    buffer: int = 15,
    talks_a_day: int = 6,
) -> CaseManager:
    """Somebody who holds talks on Tuesdays from nine to twelve, if nothing else is said."""
    released = blocks or (block(TUESDAY, "09:00", "12:00"),)
    return CaseManager(id, id.title(), office_id, frozenset(), released, talks_a_day, talk, buffer)


# Anna and Ben share an office; Ben's talks are shorter; Cora sits elsewhere.
TEAM = (
    case_manager("anna", "mill"),
    case_manager("ben", "mill", talk=30, buffer=10),
    case_manager("cora", "quay"),
)


def invented(
    *team: CaseManager,
    closures: Iterable[date] = (),
    lead: int = 1,
    lead_hours: int = 0,
    horizon: int = 28,
    limit: int = 2,
) -> City:
    """A town with two offices; holidays of North Rhine-Westphalia."""
    return City(
        id="invented",
        languages=("de", "en"),
        staff_languages=("de", "en"),
        rules=Rules(BERLIN, "DE", "NW", lead, lead_hours, horizon, 10, limit),
        districts=(District("all", "Everywhere"),),
        offices=(_office("mill"), _office("quay")),
        case_managers=team or TEAM,
        postal_codes=(),
        areas=(),
        topics=("housing",),
        closures=frozenset(closures),
        bounds=Bounds(HERE, 5),
        notice_version="1",
        texts={},
        example=True,
    )


def _office(id: str) -> Office:
    return Office(id, id, "all", "1 Street", "99001", "Town", (), frozenset(), StepFree.YES, HERE)


def telegram(update_id: int) -> UpdateKey:
    """Which update it is."""
    return UpdateKey(TELEGRAM, update_id)


def swept(unit: Unit, *parts: Callable[[Unit], Iterable[Sweep[Any]]]) -> list[SetAside]:
    """What the clock brings, all in one unit of work; what had to be set aside."""
    sweeps = (sweep for part in parts for sweep in part(unit))
    return [each for sweep in sweeps for each in sweep.over(unit, sweep.due(unit))]


def speaker(case_manager_id: str) -> Actor:
    """A case manager as whom a chat speaks."""
    return Actor(Role.CASE_MANAGER, case_manager_id)


def as_it_is(tx: Tx, appointment_id: int) -> Version:
    """The appointment as somebody sees it who looks now; nobody has seen one that is unknown."""
    found = appointments.by_id(tx, appointment_id)
    return Version(appointment_id, 0) if found is None else found.version


def signs() -> ChooseSign:
    """Draws the signs of codes in turn, so that a test knows every code."""
    turns = cycle(range(97))
    return lambda letters: letters[next(turns) % len(letters)]


@dataclass
class Town:
    """The town at one moment, which only the test moves on."""

    database: Database
    city: City
    now: int = MONDAY_MORNING
    term: int = 0
    choose: ChooseSign = field(default_factory=signs)
    staffing: Staffing = CHAT_ONLY

    async def client(self, chat_id: int) -> int:
        """A client who has not been here before; their id."""
        chat = await self.database.run(chats.add, VAULT, chat_id, to_json(Session()), self.now)
        return chat.person.id

    def slot(self, case_manager_id: str, moment: str) -> Slot:
        """The slot of a case manager that begins at this moment."""
        return slots.slot_at(self.city.case_manager[case_manager_id], at(moment))

    def unit(self, tx: Tx) -> Unit:
        """The unit of work of a transaction at this moment."""
        return Unit(
            tx, self.city, WORDS, self.staffing, self.now, VAULT, self.choose, LIMITS, Outbound()
        )

    async def does(self, work: Callable[[Unit], T]) -> T:
        """What a unit of work at this moment leads to."""
        return await self.database.run(lambda tx: work(self.unit(tx)))

    def bookings(self, tx: Tx, client: int) -> Bookings:
        """What a client can do, in a transaction."""
        return Bookings(self.unit(tx), client, "en", CLIENT)

    async def hold(self, client: int, slot: Slot, moving: int | None = None) -> Refused | None:
        """A client presses a time."""
        return await self.database.run(lambda tx: self.bookings(tx, client).hold(slot, moving))

    async def confirm(
        self, client: int, slot: Slot, moving: Version | None = None, wishes: Wishes | None = None
    ) -> Appointment | Refused:
        """A client presses Confirm."""
        wanted = wishes or Wishes()
        return await self.database.run(
            lambda tx: self.bookings(tx, client).confirm(slot, wanted, moving)
        )

    async def move_as_it_is(self, client: int, slot: Slot, moving: int) -> Appointment | Refused:
        """A client presses Confirm on a move of the appointment as it is."""
        return await self.database.run(
            lambda tx: self.bookings(tx, client).confirm(slot, Wishes(), as_it_is(tx, moving))
        )

    async def book(self, client: int, slot: Slot, wishes: Wishes | None = None) -> Appointment:
        """A client gets this slot."""
        assert await self.hold(client, slot) is None
        booked = await self.confirm(client, slot, wishes=wishes)
        assert isinstance(booked, Appointment)
        return booked

    async def move(self, client: int, booked: Appointment, slot: Slot) -> Appointment:
        """A client gets this slot instead of the one they have."""
        assert await self.hold(client, slot, booked.id) is None
        moved = await self.confirm(client, slot, booked.version, booked.wishes)
        assert isinstance(moved, Appointment)
        return moved

    async def cancel(self, client: int, appointment_id: int) -> Appointment | Refused:
        """A client cancels the appointment as it is."""
        return await self.database.run(
            lambda tx: self.bookings(tx, client).cancel(as_it_is(tx, appointment_id))
        )

    async def say_coming(self, client: int, appointment_id: int) -> Appointment | Refused:
        """A client answers a reminder of the appointment as it is."""
        return await self.database.run(
            lambda tx: self.bookings(tx, client).say_coming(as_it_is(tx, appointment_id))
        )

    async def looks(self, client: int, look: Callable[[Availability], Any]) -> Any:
        """What a client sees of the free times."""
        return await self.database.run(lambda tx: look(Availability(self.unit(tx), client)))

    async def free(self, client: int, case_manager_id: str, day: str) -> tuple[str, ...]:
        """The times of a day that are offered to a client, as on the wall."""
        office = self.city.case_manager[case_manager_id].office_id
        search = Search((office,), case_manager_id)
        found = await self.looks(client, lambda o: o.on(search, date.fromisoformat(day)))
        return tuple(f"{datetime.fromtimestamp(s.start, BERLIN):%H:%M}" for s in found)

    async def at_port(self, client: int, what: Callable[[TransactionPort], Any]) -> Any:
        """What the port of a client's conversation answers."""

        def work(tx: Tx) -> Any:
            chat = chats.of(tx, client)
            assert chat is not None
            return what(TransactionPort(self.unit(tx), chat, "en"))

        return await self.database.run(work)

    async def claim(self, limit: int = 10) -> list[ClaimedMessage]:
        """What the sender takes to be sent; its term begins with the first time it looks."""
        self.term = self.term or await self.database.run(claimed_messages.begin_term)
        return await self.database.run(claimed_messages.claim, self.term, limit)

    async def rows(self, sql: str, **params: str | int | None) -> list[tuple[Any, ...]]:
        """Look at what is stored."""
        return await self.database.run(
            lambda tx: [tuple(dict(row).values()) for row in tx.all(sql, **params)]
        )

    async def cells(self, appointment_id: int) -> tuple[list[int], list[int]]:
        """The cells an appointment has of its case manager and of its client."""
        of_staff, of_client = [
            await self.rows(
                f"SELECT cell FROM {table} WHERE appointment_id = :id ORDER BY cell",
                id=appointment_id,
            )
            for table in ("case_manager_cells", "client_cells")
        ]
        return [cell for (cell,) in of_staff], [cell for (cell,) in of_client]


@asynccontextmanager
async def open_town(url: str, city: City) -> AsyncIterator[Town]:
    """The town on a new database, on Monday 23 November 2026 at nine in the morning."""
    async with open_newest(url) as database:
        await database.run(case_managers.enlist, list(city.case_manager))
        yield Town(database, city)
