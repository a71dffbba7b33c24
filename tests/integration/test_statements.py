"""How many statements one press costs: each is a moment in which nobody else can write."""

from collections.abc import Callable
from pathlib import Path

from accounts import ANNA, VAULT, Accounts, at_confirm, on_a_database
from tracing import Traced

from bot.chat import reading_updates
from bot.storage.engine.database import Tx

MOST_OF_CONFIRM = 23
MOST_OF_LOOKING = 7


def told_by(tx: Tx, accounts: Accounts, action: str) -> list[str]:
    """The statements of the transaction that handles a press on the screen in front of somebody."""
    traced, press = Traced(tx), accounts.press(ANNA, accounts.button(ANNA, action))
    arrival = reading_updates.arrival(next(accounts.update_ids), press)
    assert arrival is not None
    unit = accounts.open_unit(traced, accounts.now)
    assert accounts.handler.at_once(unit, VAULT.lookup(ANNA), arrival)
    accounts.delivers(tx)
    return traced.told


async def told(folder: Path, work: Callable[[Tx], list[str]]) -> list[str]:
    return await on_a_database(folder, work)


async def test_a_press_on_confirm_costs_no_more_than_it_did(tmp_path: Path) -> None:
    found = await told(tmp_path, lambda tx: told_by(tx, at_confirm(tx), "confirm"))
    assert sum("INSERT INTO outbox" in sql for sql in found) >= 3
    assert len(found) <= MOST_OF_CONFIRM


async def test_who_only_looks_changes_their_chat_and_not_the_person(tmp_path: Path) -> None:
    def looks(tx: Tx) -> list[str]:
        accounts = at_confirm(tx)
        accounts.walks(tx, ANNA, "confirm", "menu")
        return told_by(tx, accounts, "mine")

    found = await told(tmp_path, looks)
    assert [sql for sql in found if sql.startswith("UPDATE persons")] == []
    assert sum(sql.startswith("UPDATE chats") for sql in found) == 1
    assert len(found) <= MOST_OF_LOOKING


async def test_another_language_is_the_persons_and_written_once(tmp_path: Path) -> None:
    def chooses(tx: Tx) -> list[str]:
        accounts = at_confirm(tx)
        accounts.walks(tx, ANNA, "settings")
        return told_by(tx, accounts, "language:uk")

    found = await told(tmp_path, chooses)
    assert sum(sql.startswith("UPDATE persons SET language") for sql in found) == 1
