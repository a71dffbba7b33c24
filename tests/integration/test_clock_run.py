"""120 days of people who book, move, cancel and vanish; each night only what is due is gone.

The terms are written here a second time, row by row and without SQL, as a reader of the privacy
page understands them. What the chores leave must be exactly what this reading leaves.
"""

import random
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import pytest
from town import BERLIN, MONDAY_MORNING, TEAM, Town, invented, open_town, speaker, telegram

from bot.conversation.port import Search
from bot.conversation.session import Session, from_json, to_json
from bot.domain.appointment import Appointment, Refused, Wishes
from bot.messages.payloads import Kind
from bot.storage.engine.database import Tx
from bot.storage.queues import inbox, outbox
from bot.storage.queues.outbox_row import OutboxRow, Priority
from bot.storage.records import blocked_clients, chats, invitations, persons
from bot.storage.upkeep import erasure, housekeeping, staff_ties

MINUTE, HOUR, DAY = 60, 3600, 86_400
DAYS, BUSY_DAYS = 120, 100
ON_THE_WAY = Session(trail=("menu", "offices"), revision=3).choosing(order=("quay", "mill"))
KEYS = {
    "persons": ("id",),
    "chats": ("person_id",),
    "appointments": ("id",),
    "outbox": ("id",),
    "inbox": ("channel", "update_id"),
    "handled": ("channel", "update_id"),
    "invites": ("token_hash",),
    "case_manager_cells": ("case_manager_id", "cell"),
    "client_cells": ("person_id", "cell"),
    "sent_messages": ("person_id", "message_id"),
    "blocked": ("chat_key",),
    "tallies": ("chat_key", "what", "at"),
    "staff_chats": ("case_manager_id",),
}

Row = dict[str, Any]
RowCounts = dict[str, dict[tuple[Any, ...], Row]]


@pytest.fixture
async def town(tmp_path: Any) -> AsyncIterator[Town]:
    async with open_town(f"sqlite:///{tmp_path}/lotse.db", invented(*TEAM)) as made:
        yield made


def snapshot(tx: Tx) -> RowCounts:
    """Every row of every table that could be about somebody, by its key."""
    return {
        table: {
            tuple(row[column] for column in key): {name: row[name] for name in row.keys()}  # noqa: SIM118
            for row in tx.all(f"SELECT * FROM {table}")
        }
        for table, key in KEYS.items()
    }


def appointment_is_due(row: Row, now: int) -> bool:
    if row["status"] == "held":
        return bool(row["hold_until"] < now - HOUR)
    if row["status"] == "cancelled":
        return bool(row["cancelled_at"] < now - 7 * DAY)
    return bool(row["end_at"] < now - 14 * DAY)


def expected(before: RowCounts, now: int) -> RowCounts:
    """What a reader of the privacy page expects to be left of it."""
    left = {table: dict(rows) for table, rows in before.items()}

    def drop(table: str, due: Callable[[Row], bool]) -> None:
        left[table] = {key: row for key, row in left[table].items() if not due(row)}

    gone = {row["id"] for row in before["persons"].values() if (row["left_at"] or now) < now - DAY}
    drop("appointments", lambda row: row["person_id"] in gone or appointment_is_due(row, now))
    standing = {row["id"] for row in left["appointments"].values()}
    drop("appointments", lambda row: (row["moves_id"] or row["id"]) not in standing)
    ended = {key[0] for key in before["appointments"]} - {key[0] for key in left["appointments"]}
    for table in ("case_manager_cells", "client_cells"):
        drop(table, lambda row: row["appointment_id"] in ended or row["cell"] < (now - DAY) // 300)
    drop("outbox", lambda row: row["person_id"] in gone)
    there = {key[0] for key in before["appointments"]}
    drop("outbox", lambda row: _is_told(row, now) and row["appointment_id"] not in there)
    waits = ("waiting", "sending", "unaddressed")
    drop("outbox", lambda row: row["appointment_id"] in ended and row["state"] not in waits)
    drop("handled", lambda row: row["handled_at"] < now - 2 * DAY)
    drop("inbox", lambda row: row["set_aside"] and row["received_at"] < now - 2 * DAY)
    drop("invites", lambda row: row["expires_at"] <= now)
    drop("blocked", lambda row: row["blocked_at"] < now - 90 * DAY)
    counts = {"cancelled": 7 * DAY, "changed": DAY, "actions": MINUTE}
    drop("tallies", lambda row: row["at"] < now - counts[row["what"]])
    drop("sent_messages", lambda row: row["sent_at"] < now - 90 * DAY)
    needed = {
        *(row["person_id"] for row in left["appointments"].values()),
        *(row["person_id"] for row in left["outbox"].values() if row["state"] == "waiting"),
        *(row["person_id"] for row in left["staff_chats"].values()),
    }
    unread = {row["chat_key"] for row in left["inbox"].values() if not row["set_aside"]}
    chat = {row["person_id"]: row for row in before["chats"].values()}
    needed |= {id for id, row in chat.items() if row["chat_key"] in unread}
    seen = {id: row["seen_at"] for id, row in chat.items()}
    drop("persons", lambda row: row["id"] in gone or _is_forgotten(row, needed, seen, now))
    known = {row["id"] for row in left["persons"].values()}
    for table in ("chats", "sent_messages", "outbox"):
        drop(table, lambda row: row["person_id"] is not None and row["person_id"] not in known)
    return left


def _is_told(row: Row, now: int) -> bool:
    return row["settled_at"] is not None and bool(row["settled_at"] < now - 2 * DAY)


def _is_forgotten(row: Row, needed: set[int], seen: dict[int, int], now: int) -> bool:
    term = 2 * DAY if row["consent_version"] is None else 90 * DAY
    last = seen.get(row["id"], int(row["created_at"]))
    return last < now - term and row["id"] not in needed


class Crowd:
    """People who come and go, by a seed."""

    def __init__(self, town: Town, seed: int) -> None:
        self.town, self.chance = town, random.Random(seed)
        town.choose = self.chance.choice
        self.updates = 0
        self.made: set[int] = set()

    async def day(self) -> None:
        """What happens in a day."""
        for _ in range(self.chance.randint(0, 2)):
            self.town.now += self.chance.randint(MINUTE, 2 * HOUR)
            await self.comes()
        people = [key[0] for key in await self.ids("persons")]
        for person in self.chance.sample(people, min(3, len(people))):
            self.town.now += self.chance.randint(1, HOUR)
            await self.writes(person)
            await self.chance.choice(
                (self.books, self.books, self.cancels, self.moves, self.holds, self.leaves)
            )(person)
        await self.operates()
        await self.delivers()

    async def ids(self, table: str) -> list[tuple[Any, ...]]:
        return await self.town.rows(f"SELECT id FROM {table} ORDER BY id")

    async def comes(self) -> None:
        person = await self.town.client(self.chance.randrange(10**9, 10**10))
        if self.chance.random() < 0.7:
            await self.town.database.run(persons.agree, person, "1", self.town.now)

    async def writes(self, person: int) -> None:
        """A turn, with what it leaves."""
        self.updates += 1
        number, now = self.updates, self.town.now

        def turn(tx: Tx) -> None:
            known = chats.of(tx, person)
            assert known is not None
            chats.save(tx, replace(known, session=to_json(ON_THE_WAY), midway=True), now)
            row = tx.one("SELECT chat_key FROM chats WHERE person_id = :id", id=person)
            assert row is not None
            inbox.keep(tx, telegram(number), row["chat_key"], "sealed", now)
            if self.chance.random() < 0.9:
                inbox.done(tx, telegram(number), now)
            elif self.chance.random() < 0.7:
                inbox.set_aside(tx, telegram(number))
            outbox.put(
                tx,
                OutboxRow(
                    Kind.SCREEN,
                    "{}",
                    f"update:telegram:{number}:0",
                    Priority.ANSWER,
                    now,
                    person,
                ),
                now,
            )
            tx.run(
                "INSERT INTO sent_messages (person_id, message_id, sent_at)"
                " VALUES (:person, :number, :now)",
                person=person,
                number=number,
                now=now,
            )

        await self.town.database.run(turn)

    async def slot(self, person: int, moving: int | None = None) -> Any:
        offices = ("mill", "quay") if self.chance.random() < 0.5 else ("quay",)
        search = Search(offices, moving=moving)
        return await self.town.looks(person, lambda o: o.earliest(search))

    async def books(self, person: int) -> None:
        wanted = await self.slot(person)
        if wanted is None or await self.town.hold(person, wanted) is not None:
            return
        booked = await self.town.confirm(person, wanted, wishes=Wishes(adults=1))
        if isinstance(booked, Appointment):
            self.made.add(booked.id)

    async def of(self, person: int) -> int | None:
        found = await self.town.rows(
            "SELECT id FROM appointments WHERE person_id = :id AND status = 'booked'"
            " AND start_at > :now ORDER BY id LIMIT 1",
            id=person,
            now=self.town.now,
        )
        return found[0][0] if found else None

    async def moves(self, person: int) -> None:
        own = await self.of(person)
        wanted = await self.slot(person, own)
        if own is None or wanted is None or await self.town.hold(person, wanted, own) is not None:
            return
        if self.chance.random() < 0.5:
            await self.town.move_as_it_is(person, wanted, own)

    async def cancels(self, person: int) -> None:
        own = await self.of(person)
        assert own is None or not isinstance(await self.town.cancel(person, own), Refused)

    async def holds(self, person: int) -> None:
        if (wanted := await self.slot(person)) is not None:
            await self.town.hold(person, wanted)

    async def leaves(self, person: int) -> None:
        """Deletes everything, or blocks the bot, or is blocked by an operator, or just goes."""
        chance = self.chance.random()
        if chance < 0.1 and await self.of(person) is None:
            await self.town.database.run(erasure.leave, person, self.town.now, BERLIN)
        elif chance < 0.2:
            rows = await self.town.rows(
                "SELECT code FROM appointments WHERE person_id = :id AND status <> 'held'",
                id=person,
            )
            for (code,) in rows[:1]:
                await self.town.database.run(blocked_clients.block, code, self.town.now)

    async def operates(self) -> None:
        """Invitations; a case manager who ties a chat; visits that are noted."""
        now = self.town.now
        if self.chance.random() < 0.3:
            await self.town.database.run(
                invitations.keep, f"hash {now}", speaker(self.chance.choice(TEAM).id), now + DAY
            )
        if self.chance.random() < 0.05:
            person = await self.town.client(self.chance.randrange(10**9, 10**10))
            await self.town.database.run(
                staff_ties.tie, speaker(self.chance.choice(TEAM).id), person, now
            )
        if self.chance.random() < 0.5:
            await self.town.database.run(
                lambda tx: tx.run(
                    "UPDATE appointments SET status = 'came' WHERE status = 'booked'"
                    " AND end_at < :now AND id % 3 = 0",
                    now=now,
                )
            )

    async def delivers(self) -> None:
        """What the sender does, but not for everybody."""

        def sends(tx: Tx) -> None:
            outbox.promote_due(tx, self.town.now)
            outbox.expire(tx, self.town.now)
            for row in tx.all("SELECT id FROM outbox WHERE state = 'waiting'"):
                if self.chance.random() < 0.9:
                    tx.run("UPDATE outbox SET state = 'sending' WHERE id = :id", id=row["id"])
                    state = "sent" if self.chance.random() < 0.8 else "failed"
                    outbox.settle(tx, row["id"], state, self.town.now)

        await self.town.database.run(sends)


async def night(town: Town) -> None:
    """Compare what the chores leave with what they should."""

    def tidied(tx: Tx) -> tuple[RowCounts, RowCounts]:
        before = snapshot(tx)
        assert housekeeping.tidy(tx, town.now, BERLIN) == []
        return before, snapshot(tx)

    before, after = await town.database.run(tidied)
    wanted = expected(before, town.now)
    assert {table: set(rows) for table, rows in after.items()} == {
        table: set(rows) for table, rows in wanted.items()
    }
    for row in after["chats"].values():
        chosen = from_json(row["session"], None, None)
        assert chosen == (Session(trail=("menu",), revision=3) if _rests(row, town) else chosen)


def _rests(row: Row, town: Town) -> bool:
    return bool(row["seen_at"] < town.now - 2 * DAY) and row["session"] != to_json(Session())


@pytest.mark.parametrize("seed", [1, 2])
async def test_each_night_of_120_days_what_is_past_its_term_is_gone_and_nothing_else(
    town: Town, seed: int
) -> None:
    crowd = Crowd(town, seed)
    for day in range(DAYS):
        town.now = MONDAY_MORNING + day * DAY
        if day < BUSY_DAYS and day % 2 == 0:
            await crowd.day()
        await night(town)
    for later in (91, 92, 183):
        town.now = MONDAY_MORNING + (DAYS + later) * DAY
        await crowd.delivers()
        await town.database.run(lambda tx: tx.run("DELETE FROM inbox WHERE set_aside = 0"))
        await night(town)
    ((gone,),) = await town.rows("SELECT SUM(number) FROM talk_counts WHERE breakdown = 'office'")
    assert gone == len(crowd.made) > 10
    left = await town.database.run(snapshot)
    assert {table for table, rows in left.items() if rows} <= {"persons", "chats", "staff_chats"}
    assert len(left["persons"]) == len(left["chats"]) == len(left["staff_chats"])
