"""A database of the version before is migrated, on either engine: no row of it is lost."""

import json
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from upgrading import NOW, VAULT, Row, Upgraded, open_upgraded

from bot.services import reactions
from bot.storage.records import chats

TO_CHATS = (
    *("chat_key", "chat_sealed", "live_message", "last_message", "live_traceless"),
    *("reachable", "minute_at", "actions", "seen_at"),
)
CHANGED = {"persons", "inbox", "handled", "outbox", "audit", "migrations", "counts"}
WALK_INS = 2
RENAMED = (
    ('"desk_menu"', '"staff_menu"'),
    ('"guest_language"', '"walk_in_language"'),
    ('"guest":', '"walk_in":'),
)
REWORDED = (('"guest.', '"walk_in.'), ('"holdings.', '"data_export.'))


@pytest.fixture
async def upgraded(url: str, tmp_path: Path) -> AsyncIterator[Upgraded]:
    async with open_upgraded(url, tmp_path / "lotse.db") as made:
        yield made


def only(row: Row, *columns: str) -> Row:
    return {column: row[column] for column in columns}


def numbered(rows: list[Row], key: str) -> dict[Any, Row]:
    return {row[key]: row for row in rows}


async def test_of_most_tables_every_row_is_as_it_was(upgraded: Upgraded) -> None:
    same = set(upgraded.before) - CHANGED
    assert len(same) > 12
    now = await upgraded.now(*same)
    for table in same:
        was = upgraded.before[table]
        # A column may have come since; none of those there were has changed.
        assert sorted((only(row, *was[0]) for row in now[table]), key=repr) == sorted(was, key=repr)


async def test_a_person_keeps_who_they_are_and_their_chat_where_it_stands(
    upgraded: Upgraded,
) -> None:
    now = await upgraded.now("persons", "chats")
    was, persons = (numbered(rows, "id") for rows in (upgraded.before["persons"], now["persons"]))
    booked = {id: row.pop("had_talk") for id, row in persons.items()}
    # Of whom was here before nobody kept whether there was a talk that is deleted by now.
    assert booked == {id: None if was[id]["last_case_manager_id"] else 0 for id in persons}
    assert persons == {id: only(was[id], *row) for id, row in persons.items()}
    assert persons.keys() == was.keys()
    kept = numbered(now["chats"], "person_id")
    for id, chat in kept.items():
        assert only(chat, *TO_CHATS) == only(was[id], *TO_CHATS)
        assert (chat["channel"], chat["midway"]) == ("telegram", 1)
        assert chat["session"] == renamed(was[id]["session"])
    assert len(kept) == len(was) - WALK_INS


def renamed(text: str) -> str:
    for old, new in RENAMED:
        text = text.replace(old, new)
    return text


def reworded(text: str) -> str:
    for old, new in REWORDED:
        text = text.replace(old, new)
    return text


async def test_who_was_booked_for_in_person_has_no_chat(upgraded: Upgraded) -> None:
    now = await upgraded.now("persons", "chats", "claims", "appointments")
    waiting = {row["appointment_id"] for row in now["claims"]}
    walk_ins = {row["person_id"] for row in now["appointments"] if row["id"] in waiting}
    chatless = {row["id"] for row in now["persons"]} - {row["person_id"] for row in now["chats"]}
    assert chatless == walk_ins
    assert len(walk_ins) == WALK_INS


async def test_updates_and_messages_are_all_there_under_their_new_names(
    upgraded: Upgraded,
) -> None:
    now = await upgraded.now("inbox", "handled", "outbox")
    for table in ("inbox", "handled"):
        was = numbered(upgraded.before[table], "update_id")
        assert numbered(now[table], "update_id") == {
            number: {**row, "channel": "telegram"} for number, row in was.items()
        }
    states, kinds = {"homeless": "unaddressed"}, {"holdings": "data_export"}
    assert numbered(now["outbox"], "id") == {
        row["id"]: {
            **row,
            "state": states.get(row["state"], row["state"]),
            "kind": kinds.get(row["kind"], row["kind"]),
            "content": reworded(row["content"]),
            "entry": "as_set" if touches_a_calendar(row) else None,
            "address_sealed": None,
        }
        for row in upgraded.before["outbox"]
    }
    marked = [row["state"] for row in now["outbox"] if row["entry"]]
    assert {*marked} >= {"waiting", "sent"}
    assert {row["state"] for row in now["outbox"]} >= {"waiting", "planned", "unaddressed"}


def touches_a_calendar(row: Row) -> bool:
    """What gave a case manager an entry, or waits to take one away."""
    if row["channel"] != "mail" or not row["mailbox"].startswith("case_manager:"):
        return False
    kind = json.loads(row["content"]).get("kind")
    gone = kind in ("cancelled", "called_off") and row["state"] in ("waiting", "sending")
    return kind in ("booked", "moved", "changed", "wishes") or gone


async def test_the_trail_says_by_todays_names_what_happened(upgraded: Upgraded) -> None:
    names = {
        "cannot": "called_off",
        "booked_for": "booked",
        "help_not_arranged": "help_refused",
        "absent": "closed",
        "present": "reopened",
    }

    def today(action: str) -> str:
        name, colon, whose = action.partition(":")
        return names.get(name, name) + colon + whose

    now = await upgraded.now("audit")
    assert numbered(now["audit"], "id") == {
        row["id"]: {**row, "action": today(row["action"])} for row in upgraded.before["audit"]
    }
    told = {row["action"].partition(":")[0] for row in now["audit"]}
    assert told <= {each.name for each in reactions.FOLLOWS}


async def test_what_refers_to_something_refers_to_what_is_there(upgraded: Upgraded) -> None:
    """On PostgreSQL the server sees to it."""
    if upgraded.database.dialect.name == "sqlite":
        assert await upgraded.run(lambda tx: tx.all("PRAGMA foreign_key_check")) == []
        assert await upgraded.run(lambda tx: tx.all("PRAGMA integrity_check"))
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        await upgraded.run(lambda tx: tx.run("DELETE FROM persons"))


async def test_no_number_of_a_person_is_given_twice(upgraded: Upgraded) -> None:
    highest = max(row["id"] for row in upgraded.before["persons"])
    made = await upgraded.run(lambda tx: chats.add(tx, VAULT, 7, "{}", NOW).person.id)
    # On SQLite the numbers of those who are gone are known as well.
    last = 100 if upgraded.database.dialect.name == "sqlite" else highest
    assert made == last + 1


async def test_what_was_counted_by_two_things_is_kept_by_each(upgraded: Upgraded) -> None:
    now = await upgraded.now("talk_counts")
    was = upgraded.before["counts"]
    assert was
    for breakdown, column in (("office", "office_id"), ("language", "language")):
        sums: Counter[tuple[str, str, str]] = Counter()
        for row in was:
            sums[row["month"], row[column], row["outcome"]] += row["number"]
        kept = [each for each in now["talk_counts"] if each["breakdown"] == breakdown]
        assert {(e["month"], e["value"], e["outcome"]): e["number"] for e in kept} == sums
