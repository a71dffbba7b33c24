"""Random walks through the real conversation on a real database, without any messenger."""

import asyncio
import random
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typed_words import WORDS

from bot.app import LOCALES, load_city
from bot.chat import reading_updates
from bot.chat.telegram_limits import LIMITS
from bot.conversation import presses, screen_codec, session
from bot.conversation.content import Screen
from bot.conversation.session import Session
from bot.conversation.table import BY_ACTION
from bot.conversation.views import VIEWS
from bot.domain.actors import Actor, Role
from bot.domain.city import City
from bot.domain.staffing import CHAT_ONLY
from bot.rendering import catalogues
from bot.rendering.chat_message import Renderer
from bot.services import staff_invitations
from bot.services.unit import OpenUnit, Outbound, Unit
from bot.services.updates import UpdateHandler
from bot.settings import Settings
from bot.storage.engine.database import Database, Tx
from bot.storage.engine.migrations import migrate
from bot.storage.engine.opening import open_database
from bot.storage.records import case_managers, chats
from bot.storage.vault import Vault

T = TypeVar("T")
CITY: City = load_city(Settings(city="tests/cities/smallville.toml", api_url="http://127.0.0.1"))
RENDERER = Renderer(catalogues.load(LOCALES, CITY.languages, ("de",)), CITY)
VAULT = Vault(bytes(32))
MONDAY_MORNING = 1_795_420_800
LONGEST_SESSION = 4096
LAST_STEPS = 20
"""As many are told where a walk fails."""
PEOPLE = (7, 8, 9, 10)
VALUES = (
    *(
        "",
        "1",
        "2",
        "am",
        "-1",
        "99",
        "hall",
        "adler",
        "busch",
        "99001",
        "mill",
        "ringstr",
        "north",
    ),
    *("2026-11-25", "2026-11-24", "9999-12-31", "de", "en", "xx", "housing", "nowhere"),
    *("adler.5b4ea0", "busch.5b4de0", "nobody.1", "adler.fffffff"),
)
TEXTS = (
    *("Ringstraße", "99001", "Bahnhof", "Timbuktu", "tomorrow at 10", "😀"),
    *("/menu", "/language", "/help", "/x"),
)
ODD: tuple[dict[str, Any], ...] = ({"voice": {}}, {"text": 5}, {"forward_origin": {}, "text": "x"})
WAYS = (
    *(["onward"] * 12 + ["press"] * 6),
    *("stale", "forged", "lasting", "text", "place", "odd", "start", "wait"),
)
steps = st.lists(st.tuples(st.sampled_from(WAYS), st.integers(0, 10_000)), min_size=15, max_size=90)


@dataclass
class Walk:
    """Four people at random in front of the conversation, and what they have been shown."""

    database: Database
    open_unit: OpenUnit
    handler: UpdateHandler
    now: int = MONDAY_MORNING
    ids: Any = field(default_factory=lambda: count(1))
    shown: dict[int, list[str]] = field(default_factory=lambda: {id: [] for id in PEOPLE})
    seen: set[str] = field(default_factory=set)
    pressed: Counter[str] = field(default_factory=Counter)
    current: dict[int, list[str]] = field(default_factory=lambda: {id: [] for id in PEOPLE})
    told: list[str] = field(default_factory=list)

    async def step(self, way: str, number: int) -> None:
        """One person does one thing, and all that must hold afterwards does."""
        person = PEOPLE[number % len(PEOPLE)]
        number //= len(PEOPLE)
        if way == "wait":
            self.now += (60, 660, 86_400)[number % 3]
            return
        before = await self.database.run(_session, person)
        made = self._update(person, way, number, before)
        self.told.append(f"{person} on {before.screen or 'nothing'}: {made.get('data', made)}")
        screens = await self.database.run(self._handle, person, made)
        after = await self.database.run(_session, person)
        assert len(screens) == 1, (way, made)
        pressed = presses.decode(made["data"]) if "data" in made else None
        if "data" in made:
            self.pressed[made["data"].partition(":")[0]] += 1
            _follows_the_table(before, pressed, after)
        self.seen.add(after.screen)
        self._look(person, screens[0], after)
        await self.database.run(_is_consistent, self.now)

    def _handle(self, tx: Tx, person: int, made: dict[str, Any]) -> list[Screen]:
        chat = {"id": person, "type": "private"}
        message = {"chat": chat, "message_id": 1, "from": {"id": person, "language_code": "en"}}
        body = {"callback_query": {**made, "id": "1", "message": message}}
        if "data" not in made:
            body = {"message": {**message, **made}}
        arrival = reading_updates.arrival(next(self.ids), body)
        assert arrival is not None
        assert self.handler.at_once(self.open_unit(tx, self.now), VAULT.lookup(person), arrival)
        rows = tx.all("SELECT content FROM outbox WHERE kind = 'screen'")
        tx.run("DELETE FROM outbox WHERE state = 'waiting'")
        return [screen_codec.from_json(row["content"]) for row in rows]

    def _update(self, person: int, way: str, number: int, before: Session) -> dict[str, Any]:
        def choose(these: Sequence[T]) -> T:
            return these[number % len(these)]

        revision = before.revision if way == "forged" else None
        match way:
            case "press" if self.current[person]:
                return {"data": choose(self.current[person])}
            case "onward" if before.screen == "place" and number % 3 == 0:
                return {"text": TEXTS[0]}
            case "onward" if self.current[person]:
                return {"data": choose(self._seldom(person))}
            case "text" if before.screen == "place":
                return {"text": choose(TEXTS[:4])}
            case "stale" if self.shown[person]:
                return {"data": choose(self.shown[person])}
            case "forged" | "lasting":
                action = choose(sorted(BY_ACTION))
                value = VALUES[number // len(BY_ACTION) % len(VALUES)]
                return {"data": presses.encode(action, revision, value)}
            case "text":
                return {"text": choose(TEXTS)}
            case "place":
                north = choose((48.0, 52.5, -90, 90))
                return {"location": {"latitude": north, "longitude": 11.0}}
            case "odd":
                return choose(ODD)
            case _:
                invitations = ("nonsense", "invitation-of-ada", "invitation-of-desk")
                return {"text": f"/start {choose(('', '', '', *invitations))}"}

    def _seldom(self, person: int) -> list[str]:
        """The buttons in front of a person whose action was pressed least often so far."""
        actions = [data.partition(":")[0] for data in self.current[person]]
        least = min(self.pressed[action] for action in actions)
        return [
            d
            for d, a in zip(self.current[person], actions, strict=True)
            if self.pressed[a] == least
        ]

    def _look(self, person: int, screen: Screen, after: Session) -> None:
        buttons = [button for row in screen.rows for button in row if button.data]
        for button in buttons:
            press = presses.decode(button.data)
            assert press is not None
            at = BY_ACTION[press.action].at
            assert not at or after.screen in at, (press.action, after.screen)
        self.current[person] = [button.data for button in buttons]
        self.shown[person] += self.current[person]
        for language in CITY.languages:
            assert 0 < len(RENDERER.message(screen, language).text) < 4096


def _session(tx: Tx, person: int) -> Session:
    found = chats.by_key(tx, VAULT.lookup(person))
    if found is None:
        return Session()
    assert len(found.session.encode()) < LONGEST_SESSION
    kept = session.from_json(found.session, found.person.language, found.person.consent_version)
    assert session.to_json(kept) == found.session
    assert set(kept.trail) <= set(VIEWS)
    assert len(set(kept.trail)) == len(kept.trail) > 0
    return kept


def _follows_the_table(before: Session, press: presses.Press | None, after: Session) -> None:
    """A press went where its row says, or was too late and changed nothing."""
    if after.revision == before.revision:
        assert after == before or not before.trail
        return
    assert press is not None
    row = BY_ACTION[press.action]
    if not after.trail:
        assert press.action == "delete_yes"
        assert before.screen in ("delete", "withdraw")
        return
    assert not row.at or before.screen in row.at or (row.lasting and press.revision is None)
    before_this = before.trail[-2:-1] if press.action in ("back", "language") else ()
    assert after.screen in {*row.leads_to, *before_this, before.screen}


def _is_consistent(tx: Tx, now: int) -> None:
    """Nobody has more than the rules allow, and nobody has anything without having agreed.

    Of a walk-in nothing is kept that could be agreed to.
    """
    crowded = tx.all(
        "SELECT person_id FROM appointments WHERE status = 'booked' AND start_at > :now"
        " GROUP BY person_id HAVING COUNT(*) > 2",
        now=now,
    )
    unasked = tx.all(
        "SELECT a.id FROM appointments a JOIN persons p ON p.id = a.person_id"
        " WHERE p.consent_version IS NULL AND a.id NOT IN (SELECT appointment_id FROM claims)"
    )
    stray = tx.all(
        "SELECT c.cell FROM case_manager_cells c JOIN appointments a ON a.id = c.appointment_id"
        " WHERE a.status = 'cancelled'"
    )
    assert (crowded, unasked, stray) == ([], [], [])


def _prepare(tx: Tx) -> None:
    case_managers.enlist(tx, list(CITY.case_manager))
    invited = Actor.of(CITY.case_manager["adler"])
    staff_invitations.invite(tx, invited, "invitation-of-ada", MONDAY_MORNING + 10**8)
    desk = Actor(Role.FRONT_DESK, office_id="hall")
    staff_invitations.invite(tx, desk, "invitation-of-desk", MONDAY_MORNING + 10**8)


async def _walk(path: list[tuple[str, int]], folder: Path) -> set[str]:
    """Walk all of it; the screens that were reached."""
    database = await open_database(f"sqlite:///{folder}/lotse.db")
    try:
        await database.run(migrate, database.dialect)
        await database.run(_prepare)
        choose = random.Random(1).choice

        def open_unit(tx: Tx, now: int) -> Unit:
            return Unit(tx, CITY, WORDS, CHAT_ONLY, now, VAULT, choose, LIMITS, Outbound())

        walk = Walk(database, open_unit, UpdateHandler(reading_updates.read, 0))
        try:
            for way, number in path:
                await walk.step(way, number)
        except Exception as error:
            error.add_note("\n".join(["the last steps:", *walk.told[-LAST_STEPS:]]))
            raise
        return walk.seen
    finally:
        await database.close()


@settings(
    max_examples=25,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(path=steps)
def test_every_step_of_every_walk_shows_a_screen_the_table_knows(
    path: list[tuple[str, int]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_walk(path, Path(folder)))


def test_a_long_walk_reaches_every_screen_of_clients_and_staff() -> None:
    chosen = random.Random(11)
    path = [(chosen.choice(WAYS), chosen.randrange(10_000)) for _ in range(2000)]
    with tempfile.TemporaryDirectory() as folder:
        missed = set(VIEWS) - asyncio.run(_walk(path, Path(folder)))
    # Two who want the same time need luck; tests of their own meet them on purpose. Of somebody who
    # has read the farewell nothing is left to look at. This town has no stops to ask for.
    assert missed - {"alternatives", "farewell", "stop"} == set()
