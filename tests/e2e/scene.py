"""Who an enemy's tests are about: Vera, whose things nobody may touch, and those who try."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from accounts import Accounts, Got, on_a_database, person_id
from ownership import Sight

from bot.domain.city import CaseManager
from bot.domain.slots import CELL_SECONDS
from bot.storage.engine.database import Tx
from bot.storage.records import appointments

VERA, EVE, STAFF, COLLEAGUE = 70_000_001, 70_000_002, 70_000_003, 70_000_004
EVERYBODY = (VERA, EVE, STAFF, COLLEAGUE)
ENEMIES = (EVE, COLLEAGUE)
MISSING = "987654321"
"""The number of no appointment."""


@dataclass
class Scene:
    """Vera has an appointment, one called off and a time on hold; Eve has one, the colleague none.

    `pressed` is the data of every button Vera was ever shown.
    """

    tx: Tx
    accounts: Accounts
    sight: Sight
    pressed: dict[str, str]

    @property
    def numbers(self) -> list[str]:
        """The numbers of Vera's appointments and of her hold."""
        return [str(row["id"]) for row in self._rows()]

    @property
    def codes(self) -> list[str]:
        return [row["code"] for row in self._rows()]

    @property
    def slots(self) -> list[str]:
        """Vera's times that are hers now, as buttons carry them."""
        return [
            f"{row['case_manager_id']}.{row['start_at'] // CELL_SECONDS:x}"
            for row in self._rows()
            if row["status"] in ("held", "booked")
        ]

    def revision(self, chat: int) -> str:
        """The revision of somebody's screen, as buttons carry it."""
        return format(self.accounts.session(self.tx, chat).revision, "x")

    def ties(self) -> set[tuple[str, int]]:
        """Which case manager each chat of staff speaks for."""
        rows = self.tx.all("SELECT case_manager_id, person_id FROM staff_chats")
        return {(row["case_manager_id"], row["person_id"]) for row in rows}

    def tries(self, enemy: int, screen: str, data: str) -> list[Got]:
        """What a press on this screen would lead to; it is undone."""
        with self.accounts.undone(self.tx):
            self.accounts.stands(self.tx, enemy, *screen.split())
            return self.accounts.presses(self.tx, enemy, data)

    def says(self, enemy: int, screen: str, text: str) -> list[Got]:
        """What a text would lead to, on this screen or where they are; it is undone."""
        with self.accounts.undone(self.tx):
            if screen:
                self.accounts.stands(self.tx, enemy, screen)
            return self.accounts.says(self.tx, enemy, text)

    def _rows(self) -> list[dict[str, Any]]:
        rows = self.tx.all(
            "SELECT * FROM appointments WHERE person_id = :id ORDER BY id",
            id=person_id(self.tx, VERA),
        )
        return [dict(row) for row in rows]


async def act(folder: Path, play: Callable[[Scene], None]) -> None:
    """Set the scene in a new database and play in it."""
    await on_a_database(folder, lambda tx: play(_set(tx)))


def _set(tx: Tx) -> Scene:
    accounts = Accounts("herne")
    accounts.opens(tx)
    scene = Scene(tx, accounts, Sight(), {})
    for chat in (VERA, EVE):
        _arrives(scene, chat)
    _books(scene, VERA)
    _books(scene, VERA)
    _books(scene, EVE)
    _ties(scene, STAFF, _case_manager(scene, scene.numbers[0]))
    _ties(scene, COLLEAGUE, _elsewhere(scene))
    _looks_around(scene)
    _called_off(scene)
    _moves_half_way(scene)
    scene.sight.learns(tx, *EVERYBODY)
    return scene


def _arrives(scene: Scene, chat: int) -> None:
    scene.accounts.says(scene.tx, chat, "/start")
    _walks(scene, chat, "language:en", "agree", "book", "postal:44649", "earliest")


def _books(scene: Scene, chat: int) -> None:
    _from_menu(scene, chat, "book", "anywhere", "office", "earliest")
    _walks(scene, chat, "wish", "wish_topic", "topic:debts")
    _walks(scene, chat, "wish_adults", "adults:2", "wish_children", "children:1", "wish_done")
    _walks(scene, chat, "confirm")


def _ties(scene: Scene, chat: int, person: CaseManager) -> None:
    scene.accounts.invite(scene.tx, person.id, f"invitation-{chat}")
    scene.accounts.says(scene.tx, chat, f"/start invitation-{chat}")


def _looks_around(scene: Scene) -> None:
    """Vera has been everywhere a client can be, so that there is a lot to replay."""
    _walks(scene, VERA, "door", "menu", "settings", "reminder_details", "privacy", "more", "back")
    _walks(scene, VERA, "delete", "menu", "emergency", "back", "directory", "card", "menu", "mine")
    _walks(scene, VERA, "details", "cancel", "details", "menu")


def _called_off(scene: Scene) -> None:
    """One of Vera's two, by her case manager, who also closes an hour and books for a walk-in."""
    _from_menu(scene, STAFF, "today", "week", "visit", "heard", "client_cancels")
    _from_menu(scene, STAFF, "matters")
    _from_menu(scene, STAFF, "walk_in", "walk_in_language:ar", "day", "time", "confirm", "slip")
    _from_menu(scene, STAFF, "block", "block_day", "close", "close_yes", "away", "away_from")
    _walks(scene, STAFF, "close")
    _from_menu(scene, STAFF, "away")
    _from_menu(scene, STAFF, "week", f"visit:{scene.numbers[1]}", "cannot", "cannot_yes")
    _from_menu(scene, VERA, "mine")


def _moves_half_way(scene: Scene) -> None:
    _walks(scene, VERA, "details", "change", "day", "time")


def _from_menu(scene: Scene, chat: int, *wanted: str) -> None:
    scene.accounts.says(scene.tx, chat, "/menu")
    _walks(scene, chat, *wanted)


def _walks(scene: Scene, chat: int, *wanted: str) -> None:
    for each in wanted:
        _shown(scene, chat)
        scene.accounts.walks(scene.tx, chat, each)


def _shown(scene: Scene, chat: int) -> None:
    """Keep what an enemy may replay: one button of each action and value."""
    if chat in (VERA, STAFF):
        for data in scene.accounts.shown[chat]:
            action, _, value = data.split(":")
            scene.pressed.setdefault(f"{action}:{value}", data)


def _case_manager(scene: Scene, number: str) -> CaseManager:
    found = appointments.by_id(scene.tx, int(number))
    assert found is not None
    return scene.accounts.city.case_manager[found.case_manager_id]


def _elsewhere(scene: Scene) -> CaseManager:
    """A colleague of another office than Vera's."""
    here = {_case_manager(scene, number).office_id for number in scene.numbers}
    return next(
        person
        for person in scene.accounts.city.case_manager.values()
        if person.office_id not in here
    )


def answer(sent: list[Got], chat: int) -> list[tuple[str, str, tuple[str, ...]]]:
    """What somebody was answered."""
    return [(each.kind, each.text, each.data) for each in sent if each.chat == chat]
