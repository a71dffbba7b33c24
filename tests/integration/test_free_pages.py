"""After a flood the file shrinks again."""

import sqlite3
from contextlib import closing
from pathlib import Path

from town import invented, open_town

from bot.storage.engine import free_pages
from bot.storage.engine.database import Tx

FLOOD = 600
PAGES = "PRAGMA page_count"


def flood(tx: Tx) -> None:
    """Rows of a page each, and they are gone again."""
    for number in range(FLOOD):
        tx.run(
            "INSERT INTO facts (name, value) VALUES (:name, :value)",
            name=f"flood {number}",
            value="x" * 4000,
        )
    tx.run("DELETE FROM facts WHERE name LIKE 'flood %'")


async def test_free_pages_of_a_file_are_given_back(tmp_path: Path) -> None:
    async with open_town(f"sqlite:///{tmp_path}/lotse.db", invented()) as town:
        [(before,)] = await town.rows(PAGES)
        await town.database.run(flood)
        [(flooded,)] = await town.rows(PAGES)
        steps = 1
        while await town.database.run(free_pages.give_back, town.database.dialect):
            steps += 1
        [(after,)] = await town.rows(PAGES)
    assert flooded > before + FLOOD > after + FLOOD - 20
    assert steps >= FLOOD / free_pages.PAGES_AT_ONCE


async def test_a_file_that_cannot_be_cut_is_left_as_it_is(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "lotse.db")) as made:
        made.executescript("PRAGMA auto_vacuum = NONE; CREATE TABLE old (x)")
    async with open_town(f"sqlite:///{tmp_path}/lotse.db", invented()) as town:
        await town.database.run(flood)
        assert await town.database.run(free_pages.give_back, town.database.dialect) is False


async def test_on_a_server_nothing_is_to_be_done(url: str) -> None:
    async with open_town(url, invented()) as town:
        assert await town.database.run(free_pages.give_back, town.database.dialect) is False
