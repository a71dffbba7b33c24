"""Whose rows are whose, and which codes and numbers a person may ever read."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from accounts import Got, person_id

from bot.conversation import presses
from bot.messages.payloads import Kind
from bot.storage.engine.database import Tx

Row = dict[str, Any]
KEYS = {
    "persons": ("id",),
    "chats": ("person_id",),
    "appointments": ("id",),
    "client_cells": ("person_id", "cell"),
    "case_manager_cells": ("case_manager_id", "cell"),
    "outbox": ("id",),
    "sent_messages": ("person_id", "message_id"),
    "staff_chats": ("case_manager_id",),
    "role_chats": ("person_id",),
    "role_invites": ("token_hash",),
    "inbox": ("channel", "update_id"),
    "blocked": ("chat_key",),
    "tallies": ("chat_key", "what", "at"),
    "invites": ("token_hash",),
    "absences": ("id",),
    "audit": ("id",),
    "feeds": ("case_manager_id",),
    "claims": ("token_hash",),
    "waiting_list": ("person_id",),
}
NOBODYS = {"facts", "handled", "case_managers", "departures", "talk_counts", "migrations"} | {
    *("page_links", "ended_links", "referral_counts")
}
"""Tables without anything of a person: numbers, locks, counts."""
NUMBERED = (
    *("details", "door", "file", "change", "cancel", "cancel_yes", "coming"),
    *("rebook", "rebook_later", "visit", "seen", "cannot", "cannot_yes", "came", "missed"),
    *("undo", "help_yes", "help_no", "slip", "late", "wishes", "heard", "settle", "late_for"),
    *("elsewhere", "client_cancels", "client_gone", "another_time"),
    *("asked_time", "keep_time", "ask_time", "ask_time_yes"),
)
"""The buttons that carry the number of an appointment."""
CODE = re.compile(r"\b[A-Z2-9]{4}\b")
NUMBER = re.compile(r'appointment(?:_id)?"?: ?"?(\d+)\b')

Rows = dict[tuple[str, tuple[Any, ...]], Row]


def snapshot(tx: Tx) -> Rows:
    """Every row of every table that holds something of somebody."""
    rows: Rows = {}
    for table, key in KEYS.items():
        for each in tx.all(f"SELECT * FROM {table}"):
            row = dict(each)
            rows[table, tuple(row[name] for name in key)] = row
    return rows


@dataclass(frozen=True)
class Belongings:
    """What belongs to a person in any of some snapshots: a case manager has their visits too,
    and the walk-ins they have just booked for."""

    person: int
    walk_ins: set[int]
    chats: set[str]
    desks: set[str]
    appointments: set[int]

    def has(self, table: str, row: Row) -> bool:
        """Whether the row is one of theirs, or news of an appointment of theirs."""
        match table:
            case "persons":
                return row["id"] in {self.person, *self.walk_ins}
            case "appointments":
                return row["id"] in self.appointments
            case "inbox" | "blocked" | "tallies":
                return row["chat_key"] in self.chats
            case "case_manager_cells" | "claims":
                return row["appointment_id"] in self.appointments
            case "absences" | "feeds":
                return row["case_manager_id"] in self.desks
            case "audit":
                about, by = row["appointment_id"], row["actor"].partition(":")[2]
                return about in self.appointments or by in self.desks
            case "client_cells" if row["person_id"] != self.person:
                return row["appointment_id"] in self.appointments
            case "sent_messages" if row["person_id"] != self.person:
                return row["appointment_id"] in self.appointments
            case "outbox" if row["person_id"] != self.person:
                return self._is_news(row)
            case _:
                return bool(row["person_id"] == self.person)

    def _is_news(self, row: Row) -> bool:
        """Of one who left, what others still have to hear no longer names the appointment."""
        about = str(row["dedupe_key"]).partition(":")[2].partition(":")[0]
        return row["appointment_id"] in self.appointments or (
            row["appointment_id"] is None and about in map(str, self.appointments)
        )


def not_theirs(before: Rows, after: Rows, person: int, now: int) -> list[str]:
    """The rows that changed between two snapshots though they are not this person's."""
    theirs = belongings(before, after, person)
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
        if place in before and _appointment(table, before[place]) in run_out:
            versions = versions[1:]  # whoever needs the time sweeps away a hold that has run out
        if table == "outbox" and _is_between(versions, person):
            continue
        if table == "outbox" and place not in before and versions[0]["kind"] == Kind.OUTDATED:
            versions = [_rewritten(before, versions[0])]
            table = "sent_messages"
        if table == "sent_messages":
            versions = versions[:1]  # what was rewritten no longer names the appointment
        if not all(theirs.has(table, row) for row in versions):
            found.append(f"{table} {place[1]}: {before.get(place)} -> {after.get(place)}")
    return found


def belongings(before: Rows, after: Rows, person: int) -> Belongings:
    """What is this person's before or after."""
    ties = _of("staff_chats", before, after)
    desks = {row["case_manager_id"] for row in ties if row["person_id"] == person}
    chats = {row["chat_key"] for row in _of("chats", before, after) if row["person_id"] == person}
    own = {
        row["id"]
        for row in _of("appointments", before, after)
        if row["person_id"] == person or row["case_manager_id"] in desks
    }
    booked_for = {
        row["person_id"]
        for row in _of("appointments", after)
        if row["case_manager_id"] in desks and ("persons", (row["person_id"],)) not in before
    }
    return Belongings(person, booked_for, chats, desks, own)


def _rewritten(before: Rows, row: Row) -> Row:
    """The message that an appointment has outdated, as it was noted."""
    return before["sent_messages", tuple(map(int, row["dedupe_key"].split(":")[1:]))]


def _of(table: str, *snapshots: Rows) -> Iterator[Row]:
    for rows in snapshots:
        yield from (row for (name, _), row in rows.items() if name == table)


def _appointment(table: str, row: Row) -> Any:
    return row["id"] if table == "appointments" else row.get("appointment_id")


def _is_between(versions: list[Row], person: int) -> bool:
    """Whether a message went from this person to nobody or the other way; no third is in it."""
    recipients = {row["person_id"] for row in versions}
    return person in recipients and recipients <= {person, None}


@dataclass
class Sight:
    """What each chat may read: its own, and what was ever with the case manager it speaks for."""

    codes: set[str] = field(default_factory=set)
    names: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    own_codes: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    own_numbers: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def learns(self, tx: Tx, *chats: int) -> None:
        """Take in whose the appointments are at this moment."""
        owners = {person_id(tx, chat): str(chat) for chat in chats}
        for chat in chats:
            self.names[chat].add(str(chat))
        for row in tx.all("SELECT case_manager_id, person_id FROM staff_chats"):
            self.names[int(owners.get(row["person_id"], 0))].add(row["case_manager_id"])
        for row in tx.all("SELECT id, code, person_id, case_manager_id, status FROM appointments"):
            self.codes.add(row["code"])
            desk = "" if row["status"] == "held" else row["case_manager_id"]
            for name in (owners.get(row["person_id"], ""), desk):
                self.own_codes[name].add(row["code"])
                self.own_numbers[name].add(row["id"])

    def wrong(self, sent: list[Got], *chats: int) -> list[str]:
        """What somebody read or could press that is not theirs."""
        return [f"{each.kind} to {each.chat}: {w}" for each in sent for w in self._in(each, chats)]

    def _in(self, each: Got, chats: tuple[int, ...]) -> Iterator[str]:
        codes = set[str]().union(*(self.own_codes[name] for name in self.names[each.chat]))
        numbers = set[int]().union(*(self.own_numbers[name] for name in self.names[each.chat]))
        yield from sorted((set(CODE.findall(each.text)) & self.codes) - codes)
        yield from map(str, sorted(set(_numbers(each)) - numbers))
        yield from (str(chat) for chat in chats if chat != each.chat and str(chat) in each.text)


def _numbers(sent: Got) -> Iterator[int]:
    """The numbers of appointments in what was sent, its buttons among it."""
    yield from (int(found) for found in NUMBER.findall(sent.text))
    for data in sent.data:
        press = presses.decode(data)
        assert press is not None
        if press.action in NUMBERED:
            yield int(press.value.partition(".")[0])
