"""Deleting everything on both engines: whole or not at all, and nothing is left to find."""

from collections.abc import AsyncIterator

import pytest
from town import BERLIN, MONDAY_MORNING, TEAM, Town, invented, open_town, telegram

from bot.storage.engine.database import Tx
from bot.storage.queues import inbox
from bot.storage.records import persons
from bot.storage.upkeep import erasure, personal_data
from bot.storage.upkeep.personal_data import WHERE

TUESDAY = "2026-11-24 10:00"


class Killed(Exception):  # noqa: N818  (what a kill looks like from within a transaction)
    """The process ends here."""


@pytest.fixture
async def town(url: str) -> AsyncIterator[Town]:
    async with open_town(url, invented(*TEAM)) as made:
        yield made


async def busy_client(town: Town) -> int:
    """Somebody with an appointment, one that was cancelled, a hold to move it, and old updates."""
    client = await town.client(7)
    await town.database.run(persons.agree, client, "1", town.now)
    cancelled = await town.book(client, town.slot("anna", "2026-11-24 09:00"))
    await town.cancel(client, cancelled.id)
    booked = await town.book(client, town.slot("anna", TUESDAY))
    assert await town.hold(client, town.slot("cora", "2026-12-01 09:00"), booked.id) is None
    (found,) = await town.rows("SELECT chat_key FROM chats")
    await town.database.run(inbox.keep, telegram(1), str(found[0]), "sealed", town.now)
    await town.database.run(inbox.set_aside, telegram(1))
    return client


async def everything(town: Town) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables that are about people."""
    return {table: sorted(await town.rows(f"SELECT * FROM {table}"), key=repr) for table in WHERE}


async def test_a_kill_in_the_middle_leaves_everything_as_it_was(town: Town) -> None:
    client = await busy_client(town)
    before = await everything(town)

    def killed(tx: Tx) -> None:
        town.bookings(tx, client).cancel_all()
        erasure.leave(tx, client, town.now, BERLIN)
        raise Killed

    with pytest.raises(Killed):
        await town.database.run(killed)
    assert await everything(town) == before


async def test_nothing_stays_but_the_address_and_what_a_case_manager_is_to_hear(
    town: Town,
) -> None:
    client = await busy_client(town)

    def deleted(tx: Tx) -> None:
        town.bookings(tx, client).cancel_all()
        erasure.leave(tx, client, town.now, BERLIN)

    await town.database.run(deleted)
    left = {table: rows for table, rows in (await everything(town)).items() if rows}
    assert set(left) == {"persons", "chats", "outbox", "tallies"}
    counted = await town.rows("SELECT what, number FROM tallies")
    assert counted == [("cancelled", 2)]
    columns = await town.rows(
        "SELECT chat_key, consent_version, last_case_manager_id, left_at"
        " FROM persons p JOIN chats c ON c.person_id = p.id"
    )
    assert columns == [(f"left-{client}", None, None, MONDAY_MORNING)]
    linked = await town.rows("SELECT person_id, appointment_id FROM outbox")
    assert set(linked) == {(None, None)}
    await town.database.run(erasure.forget_if_served, client, town.now)
    assert await town.rows("SELECT id FROM persons") == []
    assert await town.rows("SELECT person_id FROM chats") == []


async def test_personal_data_is_those_of_one_person(town: Town) -> None:
    client, other = await busy_client(town), await town.client(8)
    await town.book(other, town.slot("ben", "2026-11-24 11:00"))
    held = await town.database.run(personal_data.of, client)
    assert [row["id"] for row in held["persons"]] == [client]
    assert {row["person_id"] for row in held["appointments"]} == {client}
    assert {row["person_id"] for row in held["client_cells"]} == {client}
    about = {row["id"] for row in held["appointments"]}
    assert {row["appointment_id"] for row in held["case_manager_cells"]} <= about
    assert {row["appointment_id"] for row in held["outbox"]} <= about
    assert [row["update_id"] for row in held["inbox"]] == [1]
