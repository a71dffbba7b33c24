"""Fills a database with a city's appointments and planned messages, by statements in bulk.

Appointments are spread evenly over the bookable days; a client has three of them, one after
another, with the same case manager. Each appointment to come has its share of planned messages.
"""

from dataclasses import dataclass

from bot.domain import slots
from bot.domain.booking_window import BookingWindow, days_of
from bot.domain.calendar import Calendar
from bot.domain.city import City
from bot.storage.engine.database import Tx
from bot.storage.records import case_managers

from .city import TEAM, Size

NUMBERS = "WITH RECURSIVE n (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < :last) "
FORTNIGHT = 14 * 86_400
# What speeds up filling only, and ends with the transaction or with the connection.
QUICKLY = {
    "sqlite": "PRAGMA cache_size = -400000",
    "postgresql": "SELECT set_config('session_replication_role', 'replica', true)",
}


@dataclass(frozen=True, slots=True)
class Grid:
    """The starts of all slots of one case manager: so many days, each with as many slots."""

    days: int
    slots_a_day: int
    starts: tuple[int, ...]


def grid(city: City, now: int) -> Grid:
    """The slots every case manager has; the days that have fewer are left out."""
    person, zone = city.case_managers[0], city.rules.time_zone
    window = BookingWindow.for_clients(Calendar.of(city, person.office_id), now)
    days = days_of([window], window.first)
    found = [slots.free_slots(person, day, (), window.opens, zone) for day in days]
    most = max(len(free) for free in found)
    full = [free for free in found if len(free) == most]
    return Grid(len(full), most, tuple(slot.start for free in full for slot in free))


def fill(tx: Tx, engine: str, city: City, size: Size, now: int) -> None:
    """Everything, in one transaction on a database that is migrated and empty."""
    tx.one(QUICKLY[engine])
    case_managers.enlist(tx, list(city.case_manager))
    fill_persons(tx, size.future // 3 + 1, now)
    found = grid(city, now)
    tx.run("CREATE TEMPORARY TABLE starts (number BIGINT PRIMARY KEY, start_at BIGINT)")
    for number, start in enumerate(found.starts):
        tx.run("INSERT INTO starts VALUES (:number, :start)", number=number, start=start)
    _appointments(tx, city, size, found, size.future, first=1, earlier=0)
    _appointments(tx, city, size, found, size.past, first=size.future + 1, earlier=FORTNIGHT)
    tx.run("DROP TABLE starts")
    _cells(tx, "case_manager_cells", "case_manager_id", "free_at")
    _cells(tx, "client_cells", "person_id", "end_at")
    _planned(tx, size)


def fill_persons(tx: Tx, count: int, now: int) -> None:
    """So many clients, each with a chat that has just been seen."""
    tx.run(
        NUMBERS + "INSERT INTO persons (language, consent_version, created_at)"
        " SELECT 'en', '1', :now FROM n",
        last=count - 1,
        now=now,
    )
    tx.run(
        "INSERT INTO chats (person_id, channel, chat_key, chat_sealed, session, seen_at)"
        " SELECT id, 'telegram', 'key' || id, 'sealed', '{}', :now FROM persons",
        now=now,
    )


def _appointments(
    tx: Tx, city: City, size: Size, found: Grid, count: int, *, first: int, earlier: int
) -> None:
    """Number `n` is the `n % each`-th of its case manager; those of the past lie close together."""
    person = city.case_managers[0]
    each = count // size.case_managers
    tx.run(
        NUMBERS + "INSERT INTO appointments (id, code, person_id, case_manager_id, office_id,"
        " start_at, end_at, free_at, status, language, wishes, answer, booked_at)"
        " SELECT :first + n, 'c' || (10000000 + :first + n), n * :spread / 3 + 1,"
        " 'p' || (1000 + n / :each), 'o' || (1000 + n / :each / :team),"
        " start_at - :earlier, start_at - :earlier + :talk, start_at - :earlier + :talk + :buffer,"
        " 'booked', 'en', '{}', 'none', 0"
        " FROM n JOIN starts ON number ="
        " (n % :each) * :days / :each * :slots + (n % :each) % :slots ORDER BY n",
        last=count - 1,
        first=first,
        spread=size.future // count,
        each=each,
        team=TEAM,
        earlier=earlier,
        talk=person.talk_minutes * 60,
        buffer=person.buffer_minutes * 60,
        days=10 if earlier else found.days,
        slots=found.slots_a_day,
    )


def _cells(tx: Tx, table: str, key: str, end: str) -> None:
    tx.run(
        f"{NUMBERS} INSERT INTO {table} ({key}, cell, appointment_id)"
        f" SELECT {key}, start_at / :cell + n, id FROM appointments, n"
        f" WHERE n < ({end} - start_at) / :cell ORDER BY {key}, start_at, n",
        last=12,
        cell=slots.CELL_SECONDS,
    )


def _planned(tx: Tx, size: Size) -> None:
    """Reminders, all due between now and the appointment."""
    tx.run(
        NUMBERS + "INSERT INTO outbox (person_id, kind, content, appointment_id, due_at, not_after,"
        " priority, state, dedupe_key) SELECT person_id, 'reminder', '{}', id,"
        " start_at - 1800 * (n + 1), start_at, 2, 'planned', 'b' || (10000000 + id * :each + n)"
        " FROM appointments, n WHERE id <= :future ORDER BY id, n",
        last=size.planned // size.future - 1,
        each=size.planned // size.future,
        future=size.future,
    )
