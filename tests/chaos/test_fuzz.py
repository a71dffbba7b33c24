"""A fuzzer over updates: none breaks anything, none costs a neighbour theirs, all get an answer.

Most come in-process, by the same door as from Telegram, onto a real database; some hundred also
by the simulator's polls.
"""

import logging
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from accounts import VAULT, Accounts
from figures import NOT_COUNTED
from stage import open_world
from updates import Made, Maker

from bot.chat import reading_updates
from bot.chat.api import Api
from bot.chat.intake import Intake
from bot.chat.transport import ApiRequest
from bot.conversation.presses import encode
from bot.conversation.table import BY_ACTION
from bot.delivery.retries import RetryPauses
from bot.domain.actors import Actor, Role
from bot.runtime.timeouts import ApiTimeouts
from bot.services.incoming import Arrival
from bot.services.updates import Queue
from bot.storage.engine.database import Database, Tx
from bot.storage.engine.migrations import migrate
from bot.storage.engine.opening import open_database

CITY = "tests/cities/smallville.toml"
CHATS = tuple(range(70_000_001, 70_000_007))
NEIGHBOUR = 70_000_099
CASE_MANAGER, FRONT_DESK = CHATS[:2]
DESK = Actor(Role.FRONT_DESK, office_id="hall")
VALUES = ("", "1", "2", "0", "99001", "hall", "adler", "north", "2026-11-24", "en", "housing", "x")
EDGES = (
    *("0001-01-01", "1970-01-01", "2026-02-30", "2025-10-20", "2027-11-23", "2027-12-28"),
    *("2100-01-01", "9999-12-31", "0.1", "1.0", "0.4102444799", "1795420800.1795420800"),
    *("1795420800.1826956800", "253402210800.253402297200", "4102444799.4102444800", "-1", "-1.5"),
    *("9" * 15, "9" * 16, "9" * 40, "1.999999999999999", "1e3", "0x1", "adler.0", "adler.fffffff"),
    *("adler.d5180f", "1.adler.d5180f", "1.0.adler.fffffff", "nobody.1", ".", "..", "_", "-"),
)
"""At the bounds of days, stretches, numbers, appointments and slots, and beyond them."""
FORGED = ("", ":", "::", "menu:1:", "x" * 64, "🤷", "\ud800", "menu::\x00", "details::99999999999")
AROUND = ("back", "menu", "settings", "emergency", "privacy")
"""Buttons that stand on every screen, and would be most of all that is pressed."""
BATCH = 25
FEW, MANY = 2_000, 100_000
POLLED = 300
FIRST_NUMBER = 200_000_000
PAUSES = (0, 0, 1, 60, 900, 86_400)


@dataclass
class Access:
    """Takes batches of updates in as the polls do, and handles what each chat has sent."""

    database: Database
    accounts: Accounts
    chosen: random.Random
    answered: Counter[int] = field(default_factory=Counter)
    buttons: dict[int, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.intake = Intake(Api(ApiRequest(), ""), self._keep)
        self.maker = Maker(self.chosen, CHATS, self._data)

    async def batch(self, size: int) -> None:
        """A batch with a neighbour's message somewhere in it; all that must hold afterwards."""
        made = [self.maker.next() for _ in range(size - 1)]
        made.insert(self.chosen.randrange(size), self.maker.text(NEIGHBOUR, "hello"))
        before = self.answered.copy()
        await self.intake.take([each.update for each in made])
        for each in made:
            await self._answers(each)
        await self.database.run(self._is_empty)
        assert self.answered[NEIGHBOUR] == before[NEIGHBOUR] + 1
        self.accounts.now += self.chosen.choice(PAUSES)

    async def _answers(self, made: Made) -> None:
        """Handle the chat's next update, which is this one if it is anybody's."""
        chat = reading_updates.private_chat(made.update)
        if chat is None or reading_updates.number(made.update) is None:
            assert made.answers is None, made.update
            return
        before = self.answered[chat]
        await self.database.run(self._handle, chat)
        if made.answers is not None or _is_private_action(made.update):
            assert self.answered[chat] > before, made.update

    def _handle(self, tx: Tx, chat: int) -> None:
        unit = self.accounts.open_unit(tx, self.accounts.now)
        queue = self.accounts.handler.next_of(unit, VAULT.lookup(chat))
        assert queue in (Queue.DONE, Queue.MORE)
        for sent in self.accounts.delivers(tx):
            self.answered[sent.chat] += sent.kind == "screen"
            self.buttons.setdefault(sent.chat, []).extend(sent.data)
            del self.buttons[sent.chat][:-40]

    def _is_empty(self, tx: Tx) -> None:
        assert tx.all("SELECT update_id FROM inbox") == []
        failed = "SELECT kind FROM outbox WHERE state IN ('failed', 'sending')"
        assert [row["kind"] for row in tx.all(failed)] == []

    async def _keep(self, arrivals: list[Arrival]) -> None:
        accounts = self.accounts
        await self.database.run(
            lambda tx: accounts.handler.keep(accounts.open_unit(tx, accounts.now), arrivals)
        )

    def _data(self, chat: int) -> str:
        """A button in front of somebody, an old one, one of somebody else's, or a forged one."""
        way, live = self.chosen.random(), self.accounts.live.get(chat)
        if way < 0.6 and live and live.data:
            onward = [data for data in live.data if data.partition(":")[0] not in AROUND]
            data = self.chosen.choice(onward or live.data)
            return data if way < 0.5 else _bent(data, self.chosen.choice(EDGES))
        if way < 0.8 and self.buttons:
            somebodys = self.buttons[self.chosen.choice(sorted(self.buttons))]
            return self.chosen.choice(somebodys or FORGED)
        if way < 0.9:
            return self.chosen.choice(FORGED)
        action = self.chosen.choice(sorted(BY_ACTION))
        value = self.chosen.choice((*VALUES, *EDGES))
        return encode(action, self.chosen.choice((None, 1, 5)), value)


def _bent(data: str, value: str) -> str:
    """A button that is there, with another value."""
    action, revision, _ = data.split(":")
    return f"{action}:{revision}:{value}"


def _is_private_action(update: Any) -> bool:
    """Whether somebody has done something in a private chat, however odd it looks."""
    return not update.get("my_chat_member") and bool(
        update.get("message") or update.get("callback_query")
    )


async def fuzz(folder: Path, updates: int, seed: int) -> Counter[int]:
    """Send that many updates; how often each chat was answered."""
    database = await open_database(f"sqlite:///{folder}/lotse.db")
    try:
        await database.run(migrate, database.dialect)
        door = Access(database, Accounts(CITY), random.Random(seed))
        await database.run(door.accounts.opens)
        await database.run(door.accounts.invite, "adler", "invitation")
        await database.run(door.accounts.says, CASE_MANAGER, "/start invitation")
        await database.run(door.accounts.says, FRONT_DESK, "/start")
        await database.run(door.accounts.speaks_for, FRONT_DESK, DESK)
        for _ in range(updates // BATCH):
            await door.batch(BATCH)
        return door.answered
    finally:
        await database.close()


@pytest.fixture
def updates(pytestconfig: pytest.Config) -> int:
    """How many updates are sent."""
    return MANY if pytestconfig.getoption("--soak") else FEW


@pytest.mark.timeout(3600)
async def test_no_update_breaks_anything_and_each_is_answered(
    tmp_path: Path, updates: int, row: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    began = time.monotonic()
    answered = await fuzz(tmp_path, updates, seed=5)
    assert answered.keys() >= {*CHATS, NEIGHBOUR}
    assert errors(caplog) == []
    row += map(str, ("SQLite", 1, 0, "odd updates", updates, answered.total(), 0))
    row += (NOT_COUNTED, NOT_COUNTED, str(round(time.monotonic() - began)))


async def test_nor_by_the_polls_of_the_simulator(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    hasty = ApiTimeouts(chat_sender=RetryPauses(unfound=0))
    async with open_world(tmp_path, CITY, timeouts=hasty) as world:
        people = [await world.person(chat) for chat in CHATS]
        neighbour = await world.person(NEIGHBOUR)
        await neighbour.says_and_waits("/start")
        chosen = random.Random(6)
        maker = Maker(chosen, CHATS, lambda chat: chosen.choice(FORGED), number=FIRST_NUMBER)
        for _ in range(POLLED // BATCH):
            made = [maker.next().update for _ in range(BATCH - 1)]
            for each in (*filter(_is_object, made), maker.text(NEIGHBOUR, "hello").update):
                await world.brings(each)
            await world.taken()
        assert await world.sql("SELECT COUNT(*) FROM inbox") == [(0,)]
        for person in (*people, neighbour):
            await person.says_and_waits("/start")
            assert person.labels
    assert errors(caplog) == []


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What was logged as an error."""
    return [each.getMessage() for each in caplog.records if each.levelno >= logging.ERROR]


def _is_object(update: Any) -> bool:
    return isinstance(update, dict)
