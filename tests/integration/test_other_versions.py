"""What another version of the program has stored is read: what is unknown is passed over."""

import json
from pathlib import Path

import pytest
from accounts import VAULT, Accounts, on_a_database
from town import Town, invented, open_town

from bot.domain.appointment import Wishes
from bot.storage.engine.database import Tx
from bot.storage.records import appointments

ANNA = 7


async def test_wishes_that_only_a_later_version_knows_hide_no_appointment(url: str) -> None:
    async with open_town(url, invented()) as town:
        slot = town.slot("anna", "2026-11-24 10:00")
        booked = await town.book(await town.client(ANNA), slot, Wishes(adults=2))
        kept = json.dumps({"adults": 2, "window_seat": True})
        await town.database.run(
            lambda tx: tx.run("UPDATE appointments SET wishes = :kept", kept=kept)
        )
        found = await town.database.run(appointments.by_id, booked.id)
        assert found is not None
        assert found.wishes == Wishes(adults=2)
        assert await _moves(town, booked.id) == Wishes(adults=2)


async def _moves(town: Town, appointment_id: int) -> Wishes:
    found = await town.database.run(appointments.by_id, appointment_id)
    assert found is not None
    moved = await town.move(found.person_id, found, town.slot("anna", "2026-11-24 11:00"))
    return moved.wishes


def _from_tomorrow(text: str) -> str:
    kept = json.loads(text)
    kept["weather"] = "fine"
    kept["draft"]["mood"] = "good"
    kept["draft"]["wishes"] = {"adults": 2, "window_seat": True}
    return json.dumps(kept)


async def test_a_conversation_of_a_later_version_goes_on(tmp_path: Path) -> None:
    def goes_on(tx: Tx) -> Wishes:
        accounts = Accounts("herne")
        accounts.opens(tx)
        accounts.says(tx, ANNA, "/start")
        accounts.walks(tx, ANNA, "language:en", "agree", "book", "anywhere", "earliest")
        row = tx.one("SELECT session FROM chats WHERE chat_key = :key", key=VAULT.lookup(ANNA))
        assert row is not None
        later = _from_tomorrow(row["session"])
        tx.run("UPDATE chats SET session = :later", later=later)
        accounts.walks(tx, ANNA, "wish", "wish_step", "wish_done", "confirm")
        booked = tx.one("SELECT id FROM appointments WHERE status = 'booked'")
        assert booked is not None
        found = appointments.by_id(tx, booked["id"])
        assert found is not None
        return found.wishes

    assert await on_a_database(tmp_path, goes_on) == Wishes(adults=2, step_free=True)


@pytest.mark.parametrize("unreadable", ["", "7", "[]", "no JSON", "{}", '{"trail":["menu"]}'])
async def test_whose_session_cannot_be_read_begins_anew_and_keeps_what_they_have(
    tmp_path: Path, unreadable: str
) -> None:
    def begins(tx: Tx) -> tuple[tuple[str, ...], int]:
        accounts = _booked(tx)
        tx.run("UPDATE chats SET session = :text", text=unreadable)
        accounts.says(tx, ANNA, "hello")
        return accounts.session(tx, ANNA).trail, _number_booked(tx)

    assert await on_a_database(tmp_path, begins) == (("menu",), 1)


async def test_back_leads_past_a_screen_that_only_another_version_had(tmp_path: Path) -> None:
    def goes_back(tx: Tx) -> list[tuple[str, ...]]:
        accounts = _booked(tx)
        accounts.stands(tx, ANNA, "menu", "weather", "directory", "emergency")
        accounts.says(tx, ANNA, "hello")
        trails = []
        for _ in range(2):
            accounts.walks(tx, ANNA, "back")
            trails.append(accounts.session(tx, ANNA).trail)
        return trails

    assert await on_a_database(tmp_path, goes_back) == [("menu", "directory"), ("menu",)]


async def test_who_stands_on_a_screen_that_is_no_more_sees_the_menu(tmp_path: Path) -> None:
    def looks(tx: Tx) -> tuple[str, ...]:
        accounts = _booked(tx)
        accounts.stands(tx, ANNA, "menu", "weather")
        accounts.says(tx, ANNA, "hello")
        return accounts.session(tx, ANNA).trail

    assert await on_a_database(tmp_path, looks) == ("menu",)


def _booked(tx: Tx) -> Accounts:
    accounts = Accounts("herne")
    accounts.opens(tx)
    accounts.says(tx, ANNA, "/start")
    accounts.walks(tx, ANNA, "language:en", "agree", "book", "anywhere", "earliest", "confirm")
    return accounts


def _number_booked(tx: Tx) -> int:
    return len(tx.all("SELECT id FROM appointments WHERE status = 'booked'"))
