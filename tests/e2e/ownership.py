"""Whose rows are whose, and which codes and numbers a person may ever read."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from accounts import Accounts, Got, person_id

from bot.conversation import presses
from bot.storage.database import Tx

Row = dict[str, Any]
KEYS = {
    "persons": ("id",),
    "appointments": ("id",),
    "client_cells": ("person_id", "cell"),
    "case_manager_cells": ("case_manager_id", "cell"),
    "outbox": ("id",),
    "sent_messages": ("person_id", "message_id"),
    "staff_chats": ("case_manager_id",),
    "inbox": ("update_id",),
    "blocked": ("chat_key",),
    "invites": ("token_hash",),
}
NOBODYS = {"facts", "handled", "case_managers", "counts"}
"""Tables without anything of a person: numbers, locks, counts."""
NUMBERED = ("details", "door", "file", "change", "cancel", "cancel_yes", "coming", "visit")
"""The buttons that carry the number of an appointment."""
CODE = re.compile(r"\b[A-Z2-9]{4}\b")
NUMBER = re.compile(r'appointment(?:_id)?"?: ?"?(\d+)')

Rows = dict[tuple[str, tuple[Any, ...]], Row]


def snapshot(tx: Tx) -> Rows:
    """Every row of every table that holds something of somebody."""
    rows: Rows = {}
    for table, key in KEYS.items():
        for each in tx.all(f"SELECT * FROM {table}"):
            row = dict(each)
            rows[table, tuple(row[name] for name in key)] = row
    return rows


def not_theirs(before: Rows, after: Rows, person: int, now: int) -> list[str]:
    """The rows that changed between two snapshots though they are not this person's."""
    chats = {row["chat_key"] for row in _of("persons", before, after) if row["id"] == person}
    theirs = {
        row["id"] for row in _of("appointments", before, after) if row["person_id"] == person
    }
    run_out = {
        row["id"]
        for row in _of("appointments", before)
        if row["status"] == "held" and row["hold_until"] <= now
    }
    found = []
    for place in before.keys() | after.keys():
        if before.get(place) == after.get(place):
            continue
        table = place[0]
        versions = [rows[place] for rows in (before, after) if place in rows]
        lapsed = place not in after and _appointment(table, versions[0]) in run_out
        if not lapsed and not all(_is_theirs(table, r, person, chats, theirs) for r in versions):
            found.append(f"{table} {place[1]}: {before.get(place)} -> {after.get(place)}")
    return found


def _of(table: str, *snapshots: Rows) -> Iterator[Row]:
    for rows in snapshots:
        yield from (row for (name, _), row in rows.items() if name == table)


def _appointment(table: str, row: Row) -> Any:
    return row["id"] if table == "appointments" else row.get("appointment_id")


def _is_theirs(table: str, row: Row, person: int, chats: set[str], theirs: set[int]) -> bool:
    match table:
        case "persons":
            return bool(row["id"] == person)
        case "inbox" | "blocked":
            return row["chat_key"] in chats
        case "case_manager_cells":
            return row["appointment_id"] in theirs
        case "outbox" if row["kind"] == "notice" and row["person_id"] != person:
            # Of one who left, what a case manager still has to hear no longer names the row.
            return row["appointment_id"] in theirs or row["dedupe_key"].split(":")[1] in map(
                str, theirs
            )
        case "invites":
            return False
        case _:
            return bool(row["person_id"] == person)


@dataclass
class Sight:
    """What each chat may read: its own, and of a case manager's what was theirs meanwhile."""

    accounts: Accounts
    codes: set[str] = field(default_factory=set)
    own_codes: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    own_numbers: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def learns(self, tx: Tx, *chats: int) -> None:
        """Take in whose the appointments are at this moment."""
        rows = tx.all("SELECT id, code, person_id, case_manager_id, status FROM appointments")
        tied = tx.all("SELECT case_manager_id, person_id FROM staff_chats")
        staff = {row["case_manager_id"]: row["person_id"] for row in tied}
        chat_of = {person_id(tx, chat): chat for chat in chats}
        for row in rows:
            self.codes.add(row["code"])
            told = staff.get(row["case_manager_id"]) if row["status"] != "held" else None
            for chat in (chat_of.get(row["person_id"]), chat_of.get(told or 0)):
                if chat is not None:
                    self.own_codes[chat].add(row["code"])
                    self.own_numbers[chat].add(row["id"])

    def wrong(self, sent: list[Got], *chats: int) -> list[str]:
        """What somebody read or could press that is not theirs."""
        return [f"{each.kind} to {each.chat}: {w}" for each in sent for w in self._in(each, chats)]

    def _in(self, each: Got, chats: tuple[int, ...]) -> Iterator[str]:
        read = set(CODE.findall(each.text)) & self.codes
        yield from sorted(read - self.own_codes[each.chat])
        numbers = {int(found) for found in NUMBER.findall(each.text)}
        for data in each.data:
            press = presses.decode(data)
            assert press is not None
            if press.action in NUMBERED:
                numbers.add(int(press.value))
        yield from map(str, sorted(numbers - self.own_numbers[each.chat]))
        yield from (str(chat) for chat in chats if chat != each.chat and str(chat) in each.text)
