"""Who an enemy's tests are about: Vera, whose things nobody may touch, and those who try."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from accounts import Accounts, Got, on_a_database, person_id
from ownership import Sight

from bot.conversation import slot_values
from bot.domain.city import CaseManager
from bot.storage import appointments
from bot.storage.database import Tx

VERA, EVE, STAFF, COLLEAGUE = 70_000_001, 70_000_002, 70_000_003, 70_000_004
EVERYBODY = (VERA, EVE, STAFF, COLLEAGUE)
ENEMIES = (EVE, COLLEAGUE)
MISSING = "987654321"
"""The number of no appointment."""


@dataclass
class Scene:
    """Vera has two appointments and a time on hold; Eve has one, the colleague none.

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
        """Vera's times, as buttons carry them."""
        return [
            f"{row['case_manager_id']}.{row['start_at'] // slot_values.CELL_SECONDS:x}"
            for row in self._rows()
        ]

    def theirs(self, chat: int) -> str:
        """The number of somebody's own appointment."""
        (own,) = appointments.booked_by(self.tx, person_id(self.tx, chat), self.accounts.now)
        return str(own.id)

    def _rows(self) -> list[dict[str, str]]:
        rows = self.tx.all(
            "SELECT * FROM appointments WHERE person_id = :id ORDER BY id",
            id=person_id(self.tx, VERA),
        )
        return [dict(row) for row in rows]


async def act(folder: Path, name: str, play: Callable[[Scene], None]) -> None:
    """Set the scene in a new database and play in it."""
    await on_a_database(folder, lambda tx: play(_set(tx, name)))


def _set(tx: Tx, name: str) -> Scene:
    accounts = Accounts(name)
    accounts.opens(tx)
    scene = Scene(tx, accounts, Sight(accounts), {})
    for chat in (VERA, EVE):
        _arrives(scene, chat)
    _books(scene, VERA)
    _books(scene, VERA)
    _books(scene, EVE)
    _ties(scene, STAFF, _case_manager(scene, scene.numbers[0]))
    _ties(scene, COLLEAGUE, _elsewhere(scene))
    _looks_around(scene)
    _moves_half_way(scene)
    scene.sight.learns(tx, *EVERYBODY)
    return scene


def _arrives(scene: Scene, chat: int) -> None:
    scene.accounts.says(scene.tx, chat, "/start")
    _walks(scene, chat, "language:en", "agree")


def _books(scene: Scene, chat: int) -> None:
    scene.accounts.says(scene.tx, chat, "/menu")
    _walks(scene, chat, "book")
    _walks(scene, chat, "anywhere", "office", "earliest", "wish", "wish_topic", "topic:debts")
    _walks(scene, chat, "wish_adults", "adults:2", "wish_children", "children:1", "wish_done")
    _walks(scene, chat, "confirm")


def _ties(scene: Scene, chat: int, person: CaseManager) -> None:
    scene.accounts.invite(scene.tx, person.id, f"invitation-{chat}")
    scene.accounts.says(scene.tx, chat, f"/start invitation-{chat}")


def _looks_around(scene: Scene) -> None:
    """Vera has been everywhere a client can be, so that there is a lot to replay."""
    _walks(scene, VERA, "door", "menu", "settings", "reminder_details", "privacy", "more", "back")
    _walks(scene, VERA, "delete", "menu", "emergency", "back", "directory", "card", "menu", "mine")
    _walks(scene, VERA, "details", "cancel", "details", "menu", "mine")
    _walks(scene, STAFF, "today", "week", "visit", "today")


def _moves_half_way(scene: Scene) -> None:
    _walks(scene, VERA, "details", "change", "day", "time")


def _walks(scene: Scene, chat: int, *wanted: str) -> None:
    for each in wanted:
        if chat in (VERA, STAFF):
            for data in scene.accounts.live[chat].data:
                scene.pressed.setdefault(data.rpartition(":")[0] + data.rpartition(":")[2], data)
        scene.accounts.walks(scene.tx, chat, each)


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
