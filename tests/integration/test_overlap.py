"""Two overlapping appointments cannot exist, whoever writes and however many press at once."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import closing
from typing import Any

import psycopg
import pytest
from town import Town, at, block, case_manager, invented, open_town

from bot.domain.actors import Actor
from bot.domain.appointment import Appointment, Reason, Refused, Wishes
from bot.domain.slots import CELL_SECONDS, Slot, cells
from bot.services.staff_service import StaffService
from bot.storage.engine.database import StorageError, Tx
from bot.storage.engine.opening import database_file

NINE, TEN = "2026-11-24 09:00", "2026-11-24 10:00"
NINE_CELL = at(NINE) // CELL_SECONDS
TAKEN = Refused(Reason.TAKEN)
DUPLICATE = "UNIQUE constraint failed|duplicate key"

# Eva has a single slot up to the horizon, Fred's talks are of another length.
EVA = case_manager("eva", "mill", block(1, "09:00", "10:00"))
FRED = case_manager("fred", "quay", block(1, "08:00", "12:00"), talk=60, buffer=0)


@pytest.fixture
async def town(url: str) -> AsyncIterator[Town]:
    async with open_town(url, invented(EVA, FRED, horizon=3)) as made:
        yield made


class Writer:
    """A connection that knows nothing of the booking code, and of no reference between tables."""

    def __init__(self, url: str) -> None:
        self.file = database_file(url)
        self.raw: Any = (
            psycopg.connect(url, autocommit=True)
            if self.file is None
            else sqlite3.connect(self.file, isolation_level=None, timeout=0)
        )
        if self.file is None:
            self.raw.execute("SET session_replication_role = replica")
            self.raw.execute("SET lock_timeout = 50")

    def execute(self, sql: str, values: Sequence[str | int] = ()) -> Any:
        return self.raw.execute(sql if self.file else sql.replace("?", "%s"), values)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = self.execute(sql).fetchall()
        return found


Writers = tuple[Writer, Writer]
CONSTRAINT = (sqlite3.IntegrityError, psycopg.IntegrityError)
LOCKED = (sqlite3.OperationalError, psycopg.errors.LockNotAvailable)


@pytest.fixture
def writers(town: Town, url: str) -> Iterator[Writers]:
    """Two connections past the booking code."""
    one, other = Writer(url), Writer(url)
    with closing(one.raw), closing(other.raw):
        yield one, other


TABLES = [("case_manager_cells", "case_manager_id", "eva"), ("client_cells", "person_id", 1)]


@pytest.mark.parametrize(("table", "key", "owner"), TABLES)
async def test_7_the_database_refuses_a_cell_that_another_writer_has_taken(
    writers: Writers, table: str, key: str, owner: str | int
) -> None:
    insert = f"INSERT INTO {table} ({key}, cell, appointment_id) VALUES (?, ?, ?)"
    one, other = writers
    one.execute(insert, (owner, NINE_CELL, 1))
    with pytest.raises(CONSTRAINT, match=DUPLICATE):
        other.execute(insert, (owner, NINE_CELL, 2))
    other.execute(insert, (owner, NINE_CELL + 1, 2))
    assert one.rows(f"SELECT cell, appointment_id FROM {table} ORDER BY cell") == [
        (NINE_CELL, 1),
        (NINE_CELL + 1, 2),
    ]


@pytest.mark.parametrize(("table", "key", "owner"), TABLES)
async def test_7_two_open_transactions_cannot_both_take_a_cell(
    writers: Writers, table: str, key: str, owner: str | int
) -> None:
    insert = f"INSERT INTO {table} ({key}, cell, appointment_id) VALUES (?, ?, ?)"
    one, other = writers
    one.execute("BEGIN")
    other.execute("BEGIN")
    one.execute(insert, (owner, NINE_CELL, 1))
    with pytest.raises(LOCKED, match="lock"):
        other.execute(insert, (owner, NINE_CELL, 2))
    one.execute("COMMIT")
    other.execute("ROLLBACK")
    with pytest.raises(CONSTRAINT):
        other.execute(insert, (owner, NINE_CELL, 2))


@pytest.mark.parametrize(
    ("table", "key"), [("case_manager_cells", "case_manager_id"), ("client_cells", "person_id")]
)
async def test_8_an_overlap_of_another_length_fails_on_the_first_shared_cell(
    town: Town, writers: Writers, table: str, key: str
) -> None:
    client = await town.client(7)
    await town.book(client, town.slot("eva", NINE))
    owner = "eva" if key == "case_manager_id" else client
    stranger = cells(at("2026-11-24 08:00"), at("2026-11-24 09:05"))
    one, _ = writers
    one.execute("BEGIN")
    insert = f"INSERT INTO {table} ({key}, cell, appointment_id) VALUES (?, ?, 99)"
    with pytest.raises(CONSTRAINT):
        for cell in stranger:
            one.execute(insert, (owner, cell))
    one.execute("ROLLBACK")
    assert one.rows(f"SELECT DISTINCT appointment_id FROM {table}") == [(1,)]


async def test_9_the_buffer_is_guarded_for_the_case_manager_and_not_for_the_client(
    town: Town, writers: Writers
) -> None:
    client = await town.client(7)
    await town.book(client, town.slot("eva", NINE))
    buffer, (one, _) = at("2026-11-24 09:45") // CELL_SECONDS, writers
    with pytest.raises(CONSTRAINT):
        one.execute("INSERT INTO case_manager_cells VALUES ('eva', ?, 1)", (buffer,))
    one.execute("INSERT INTO client_cells VALUES (?, ?, 1)", (client, buffer))


async def test_a_client_cannot_have_two_holds_whatever_code_writes_them(town: Town) -> None:
    client = await town.client(7)
    await town.hold(client, town.slot("eva", NINE))

    def another(tx: Tx) -> None:
        tx.run(
            "INSERT INTO appointments (code, person_id, case_manager_id, office_id, start_at,"
            " end_at, free_at, status, language, wishes, answer) SELECT 'ZZZZ', person_id, 'fred',"
            " 'quay', start_at, end_at, free_at, 'held', 'en', '{}', 'none' FROM appointments"
        )

    with pytest.raises(StorageError, match=DUPLICATE):
        await town.database.run(another)


async def test_a_cell_cannot_belong_to_an_appointment_that_does_not_exist(town: Town) -> None:
    def orphan(tx: Tx) -> None:
        tx.run("INSERT INTO case_manager_cells VALUES ('eva', 1, 12345)")

    with pytest.raises(StorageError, match=r"FOREIGN KEY constraint failed|ForeignKeyViolation"):
        await town.database.run(orphan)


async def test_a_cell_somebody_took_behind_the_rules_back_is_a_refusal_that_leaves_no_trace(
    town: Town, writers: Writers
) -> None:
    client, (one, _) = await town.client(7), writers
    slot = town.slot("eva", NINE)
    last = cells(slot.start, slot.free_at)[-1]
    one.execute("INSERT INTO case_manager_cells VALUES ('eva', ?, 1)", (last,))
    assert [await town.hold(client, slot), await town.confirm(client, slot)] == [TAKEN, TAKEN]
    assert await town.rows("SELECT id FROM appointments") == []
    assert await town.rows("SELECT cell FROM client_cells") == []
    assert await town.rows("SELECT cell FROM case_manager_cells") == [(last,)]


async def race(town: Town, clients: list[int], slot: Slot) -> list[Appointment | Refused]:
    """Everybody confirms at once; none of them waits for another."""

    def confirm(tx: Tx, client: int) -> Appointment | Refused:
        return town.bookings(tx, client).confirm(slot, Wishes(), None)

    return await asyncio.gather(*(town.database.run(confirm, client) for client in clients))


async def test_7_of_fifty_clients_who_confirm_the_last_time_at_once_one_has_it(
    town: Town,
) -> None:
    clients = [await town.client(number) for number in range(50)]
    answers = await race(town, clients, town.slot("eva", NINE))
    booked = [answer for answer in answers if isinstance(answer, Appointment)]
    assert len(booked) == 1
    assert [answer for answer in answers if answer not in booked] == [TAKEN] * 49
    assert await town.rows("SELECT id, person_id, status FROM appointments") == [
        (booked[0].id, booked[0].person_id, "booked")
    ]
    slot = town.slot("eva", NINE)
    assert await town.cells(booked[0].id) == (
        list(cells(slot.start, slot.free_at)),
        list(cells(slot.start, slot.end)),
    )
    assert await town.rows("SELECT dedupe_key FROM outbox WHERE kind = 'notice'") == [
        (f"appt:{booked[0].id}:0:booked:eva",)
    ]


async def test_7_of_fifty_clients_who_press_the_last_time_at_once_one_holds_and_books_it(
    town: Town,
) -> None:
    clients = [await town.client(number) for number in range(50)]
    slot = town.slot("eva", NINE)
    held = await asyncio.gather(*(town.hold(client, slot) for client in clients))
    assert sorted(map(str, held)) == sorted(map(str, [None, *[TAKEN] * 49]))
    answers = await race(town, clients, slot)
    winner = clients[held.index(None)]
    assert [a.person_id for a in answers if isinstance(a, Appointment)] == [winner]


async def test_14_a_client_who_confirms_fifty_times_at_once_has_one_appointment(
    town: Town,
) -> None:
    client = await town.client(7)
    answers = await race(town, [client] * 50, town.slot("eva", NINE))
    assert len({answer.id for answer in answers if isinstance(answer, Appointment)}) == 1
    assert not [answer for answer in answers if isinstance(answer, Refused)]
    assert await town.rows("SELECT COUNT(*) AS n FROM appointments") == [(1,)]


async def test_18_two_devices_that_move_one_appointment_at_once_leave_it_in_one_place(
    town: Town,
) -> None:
    client = await town.client(17)
    booked = await town.book(client, town.slot("fred", NINE))
    slots = [town.slot("fred", moment) for moment in (TEN, "2026-11-24 11:00")]

    def move(tx: Tx, slot: Slot) -> Appointment | Refused:
        return town.bookings(tx, client).confirm(slot, Wishes(), booked.version)

    answers = await asyncio.gather(*(town.database.run(move, slot) for slot in slots))
    (moved,) = (answer for answer in answers if isinstance(answer, Appointment))
    assert Refused(Reason.CHANGED) in answers
    assert moved.start in {slot.start for slot in slots}
    (last,) = [slot for slot in slots if slot.start == moved.start]
    assert await town.rows("SELECT id, start_at, sequence FROM appointments") == [
        (booked.id, last.start, 1)
    ]
    assert (await town.cells(booked.id))[0] == list(cells(last.start, last.free_at))


async def test_18_client_and_staff_who_move_one_appointment_at_once_leave_it_in_one_place(
    town: Town,
) -> None:
    client = await town.client(18)
    booked = await town.book(client, town.slot("fred", NINE))
    ten, eleven = [town.slot("fred", moment) for moment in (TEN, "2026-11-24 11:00")]
    fred = Actor.of(FRED)

    def by_client(tx: Tx) -> object:
        return town.bookings(tx, client).confirm(ten, Wishes(), booked.version)

    def by_staff(tx: Tx) -> object:
        return StaffService(town.unit(tx), fred).another_time(booked.version, eleven)

    answers = await asyncio.gather(*(town.database.run(each) for each in (by_client, by_staff)))
    assert [answer for answer in answers if answer == Refused(Reason.CHANGED)] == [
        Refused(Reason.CHANGED)
    ]
    slot = ten if isinstance(answers[0], Appointment) else eleven
    assert await town.rows("SELECT id, start_at, sequence FROM appointments") == [
        (booked.id, slot.start, 1)
    ]
    assert (await town.cells(booked.id))[0] == list(cells(slot.start, slot.free_at))
