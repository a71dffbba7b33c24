"""No statement reads what grows with what it does not touch: each one's plan, on both engines."""

from pathlib import Path

import pytest
from plans import Asked, Noting, read_whole, references, tables_of_indexes
from storage_functions import asking, call
from whole_life import live

from bot.storage.engine.database import Tx
from bot.storage.engine.migrations import open_newest

SMALL = {
    "facts": "a few values by name",
    "case_managers": "one row for each of the city file",
    "staff_chats": "one row a case manager at most",
    "role_chats": "whoever speaks for an office or runs the program",
    "invites": "made by hand, good for a day",
    "role_invites": "made by hand, good for a day",
    "absences": "entered by hand, gone a day after",
    "departures": "made by hand, or one a day that an office closes",
    "page_links": "one a working day for each of the staff, good for a week",
    "feeds": "one row a case manager at most",
    "blocked": "made by hand",
    "waiting_list": "who waits is gone through in order, whoever is told",
}
"""Tables that do not grow with what clients do, or are gone through on purpose."""
WORK = {
    "inbox_by_chat": "updates that wait",
    "inbox_set_aside": "updates that could not be handled",
    "inbox_set_aside_by_chat": "the same",
    "outbox_waiting": "messages that are due now",
    "outbox_open": "messages that are due now",
    "outbox_open_mails": "mails that are due now",
    "outbox_failed": "messages that were refused",
    "one_hold_per_client": "holds: they run out in minutes",
}
"""Indexes that hold nothing but what is being worked on, or has gone wrong."""
A_STRETCH = (
    "SELECT MAX(id) AS last FROM (SELECT id FROM persons WHERE id > :after ORDER BY id LIMIT",
    "SELECT state, COUNT(*) AS n, MAX(id) AS last FROM (SELECT id, ",
)
"""Statements that go through a table in stretches of equal length, one at a time."""


LEFT_OUT = {
    "after_restore.leave_the_past": "restore: nobody is served meanwhile",
    "blocked_clients.forget_strangers": "a new key: nobody is served meanwhile",
    "blocked_clients.rename": "a new key",
    "brought_back.end": "restore",
    "brought_back.look": "restore",
    "chats.add": "by every stranger, with a vault",
    "copier.complete": "backup: it counts all rows of the copy",
    "gauges.next_planned": "the demo's clock: the first entry of an index",
    "inbox.set_aside_past": "restore",
    "key_counters.go_on_after": "restore",
    "key_counters.last": "backup of a server, restore",
    "lists_links.end_to_appointments": "the day somebody of the staff leaves: all talks there are",
    "outbox.expire_past": "restore",
    "referral_counts.everything": "`stats`, by hand: a row a month for each source",
    "rekeying.rekey": "a new key: all rows",
    "slip_claims.unused": "restore",
    "slip_claims.use_up_all": "restore",
    "staff_named.booked": "`check`, by hand: all talks to come",
    "staff_named.booked_elsewhere": "the start, before anybody is served: all talks to come",
    "staff_named.booked_from": "`staff leave`, by hand: all talks of an office",
    "staff_named.formerly": "`staff`, by hand",
    "statistics.everything": "`stats`, by hand: all counts",
    "tallies.forget_strangers": "a new key",
    "tallies.rename": "a new key",
}
"""Who may read what is not touched, or is called with what only a life has, and why."""


def each_once(tx: Tx) -> Noting:
    """A transaction that was asked all that is ever asked."""
    noting = Noting(tx)
    live(noting)
    for name, function in asking().items():
        if name not in noting.callers and name not in LEFT_OUT:
            call(noting, function)
    return noting


async def test_no_statement_reads_a_large_table_from_end_to_end(url: str) -> None:
    async with open_newest(url) as database:
        engine = database.dialect.name

        def plans(tx: Tx) -> tuple[dict[str, set[str]], dict[str, str]]:
            asked = each_once(tx).statements
            return read_whole(tx, engine, asked), tables_of_indexes(tx, engine)

        found, tables = await database.run(plans)
    bad = {
        sql: {each for each in whole - WORK.keys() if tables.get(each, each) not in SMALL}
        for sql, whole in found.items()
        if not sql.startswith(A_STRETCH)
    }
    assert {sql: whole for sql, whole in bad.items() if whole} == {}


async def test_whoever_is_left_out_is_there(tmp_path: Path) -> None:
    async with open_newest(f"sqlite:///{tmp_path}/lotse.db") as database:
        called = await database.run(lambda tx: each_once(tx).callers)
    assert asking().keys() - called <= LEFT_OUT.keys() <= asking().keys()


@pytest.mark.parametrize("table", ["persons", "appointments"])
async def test_what_refers_to_a_row_that_goes_has_an_index(url: str, table: str) -> None:
    """An engine looks itself for what still refers to a row."""
    async with open_newest(url) as database:
        engine = database.dialect.name

        def looked_for(tx: Tx) -> Asked:
            return {
                f"SELECT 1 FROM {other} WHERE {column} = :id": {"id": 1}
                for other, column in references(tx, engine, table)
            }

        found = await database.run(lambda tx: read_whole(tx, engine, looked_for(tx)))
    assert len(found) > 4
    assert {sql: whole for sql, whole in found.items() if whole} == {}


async def test_a_statement_without_an_index_is_found(url: str) -> None:
    by_language = "SELECT id FROM persons WHERE language = :language"
    by_id = "SELECT p.language FROM persons p JOIN chats c ON c.person_id = p.id WHERE p.id = :id"
    asked: Asked = {by_language: {"language": "en"}, by_id: {"id": 1}}
    async with open_newest(url) as database:
        found = await database.run(lambda tx: read_whole(tx, database.dialect.name, asked))
    assert [bool(found[sql]) for sql in asked] == [True, False]
