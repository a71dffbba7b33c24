"""Three accounts press at random: nobody ever sees or changes what is another's.

Presses are their own, replayed from each other, altered, and forged from numbers that exist.
"""

import asyncio
import random
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest
from accounts import VAULT, Accounts, Got, on_a_database, person_id
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ownership import NUMBERED, Rows, Sight, not_theirs, snapshot
from scene import MISSING

from bot.conversation.presses import encode
from bot.conversation.table import BY_ACTION
from bot.storage.engine.database import Tx

T = TypeVar("T")
CITY = "tests/cities/smallville.toml"
CLIENTS = (70_000_001, 70_000_002)
CASE_MANAGER = 70_000_003
PEOPLE = (*CLIENTS, CASE_MANAGER)
VALUES = ("", "1", "0", "99001", "hall", "adler", "busch", "north", "2026-11-24", "en", "housing")
WORDS = ("/export", "/delete", "/privacy", "/menu", "/today", "hello", "99001")
WAYS = (
    *(["onward"] * 14 + ["replay"] * 3 + ["altered"] * 5 + ["forged"] * 4),
    *(["number"] * 4),
    *("lasting", "word", "code", "start", "wait"),
)
PAUSES = (60, 660, 9 * 3600, 86_400)
BOOKING = (
    *("language:en", "agree", "book", "anywhere", "office", "person:adler", "day", "time"),
    *("confirm", "file"),
)
ALL_KINDS = {"screen", "notice", "data_export", "calendar_file"}
steps = st.lists(st.tuples(st.sampled_from(WAYS), st.integers(0, 10_000)), min_size=20, max_size=80)


@dataclass
class Crowd:
    """The three, what each was shown, and what has been sent of each kind."""

    tx: Tx
    accounts: Accounts
    sight: Sight
    invited: int = 0
    shown: dict[str, str] = field(default_factory=dict)
    pressed: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)

    def arrives(self) -> None:
        """The case manager opens a link; the clients agree, book, and take away what they can."""
        self._ties()
        for chat in CLIENTS:
            self._looks(self.accounts.says(self.tx, chat, "/start"))
            for each in BOOKING:
                data = self.accounts.button(chat, each)
                self._looks(self.accounts.presses(self.tx, chat, data))
            self._looks(self.accounts.says(self.tx, chat, "/export"))

    def step(self, way: str, number: int) -> None:
        """One of them does one thing."""
        chat = PEOPLE[number % len(PEOPLE)]
        number //= len(PEOPLE)
        if way == "wait":
            self.accounts.now += PAUSES[number % len(PAUSES)]
            self._looks(self.accounts.delivers(self.tx))
        elif way == "start" and chat == CASE_MANAGER and number % 2:
            self._ties()
        else:
            self._acts(chat, self._update(chat, way, number))

    def _acts(self, chat: int, update: dict[str, object]) -> None:
        before, known = snapshot(self.tx), person_id(self.tx, chat)
        self.accounts.handles(self.tx, chat, update)
        after = snapshot(self.tx)
        # A newcomer may be gone again at once: by a second tap on "delete everything".
        new = next((row["id"] for place, row in after.items() if _is_new_person(place, before)), 0)
        found = not_theirs(before, after, known or new, self.accounts.now)
        assert found == [], update
        self.sight.learns(self.tx, *PEOPLE)
        sent = self.accounts.delivers(self.tx)
        assert any(each.chat == chat for each in sent), update
        self._looks(sent)

    def _looks(self, sent: list[Got]) -> None:
        self.sight.learns(self.tx, *PEOPLE)
        assert self.sight.wrong(sent, *PEOPLE) == []
        for each in sent:
            self.kinds[each.kind] += 1
            for data in each.data:
                action, _, value = data.split(":")
                self.shown.setdefault(f"{action}:{value}", data)

    def _ties(self) -> None:
        self.invited += 1
        token = f"invitation-{self.invited:06}"
        self.accounts.invite(self.tx, "adler", token)
        self._looks(self.accounts.says(self.tx, CASE_MANAGER, f"/start {token}"))

    def _update(self, chat: int, way: str, number: int) -> dict[str, object]:
        match way:
            case "start":
                return self.accounts.text(chat, "/start")
            case "word":
                return self.accounts.text(chat, _chosen(WORDS, number))
            case "code":
                form = _chosen(("{}", "/start {}", "/visit {}"), number)
                return self.accounts.text(
                    chat, form.format(_chosen(sorted(self.sight.codes), number))
                )
            case _:
                return self._press(chat, self._data(chat, way, number))

    def _data(self, chat: int, way: str, number: int) -> str:
        revision = self.accounts.session(self.tx, chat).revision
        if way == "onward" and chat in self.accounts.live:
            return _chosen(self._seldom(chat), number)
        if way == "replay":
            return _chosen(list(self.shown.values()), number)
        if way == "altered":
            action, value = _chosen(list(self.shown), number).split(":")
            return encode(action, revision, value)
        if way == "number":
            action = _chosen(NUMBERED, number)
            value = _chosen(self._numbers(), number // len(NUMBERED))
            return encode(action, None if number // 7 % 2 else revision, value)
        action = _chosen(sorted(BY_ACTION), number)
        value = _chosen((*VALUES, *self._numbers()), number // len(BY_ACTION))
        return encode(action, None if way == "lasting" else revision, value)

    def _numbers(self) -> list[str]:
        """The numbers of all appointments there are, whoever's they are, and one of none."""
        rows = self.tx.all("SELECT id FROM appointments ORDER BY id")
        return [*(str(row["id"]) for row in rows), MISSING]

    def _seldom(self, chat: int) -> list[str]:
        """The buttons in front of somebody whose action was pressed least often so far."""
        data = self.accounts.live[chat].data or (encode("menu", None),)
        least = min(self.pressed[each.partition(":")[0]] for each in data)
        return [each for each in data if self.pressed[each.partition(":")[0]] == least]

    def _press(self, chat: int, data: str) -> dict[str, object]:
        self.pressed[data.partition(":")[0]] += 1
        return self.accounts.press(chat, data)


def _is_new_person(place: tuple[str, Any], before: Rows) -> bool:
    return place[0] == "persons" and place not in before


def _chosen(these: Sequence[T], number: int) -> T:
    return these[number % len(these)]


def _walk(tx: Tx, path: list[tuple[str, int]]) -> Counter[str]:
    """Walk all of it; how often what kind of message was sent."""
    accounts = Accounts(CITY)
    accounts.opens(tx)
    crowd = Crowd(tx, accounts, Sight())
    crowd.arrives()
    for way, number in path:
        crowd.step(way, number)
    chats = {int(VAULT.open(row["chat_sealed"])) for row in tx.all("SELECT * FROM chats")}
    assert chats <= set(PEOPLE), "a walk-in has no chat"
    return crowd.kinds


def _walked(path: list[tuple[str, int]]) -> Counter[str]:
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(on_a_database(Path(folder), lambda tx: _walk(tx, path)))


@settings(
    max_examples=10,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(path=steps)
def test_nobody_sees_or_changes_what_is_anothers(path: list[tuple[str, int]]) -> None:
    _walked(path)


@pytest.mark.parametrize("seed", range(5))
def test_nor_on_a_walk_that_is_always_the_same(seed: int) -> None:
    chosen = random.Random(seed)
    path = [(chosen.choice(WAYS), chosen.randrange(10_000)) for _ in range(80)]
    assert ALL_KINDS - _walked(path).keys() == set()
