"""An enemy presses: whatever is forged, replayed or altered touches nobody else.

What an enemy is answered about somebody else's thing is what anybody is answered about a thing
that does not exist.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from accounts import Got, person_id
from ownership import KEYS, NOBODYS, NUMBERED, not_theirs, snapshot
from scene import ENEMIES, EVE, EVERYBODY, MISSING, VERA, Scene, act, answer

from bot.conversation.table import BY_ACTION, TRANSITIONS, Transition
from bot.conversation.views import VIEWS

# What each button is attacked with: the name of a set of `_values`.
ATTACKS = {
    **dict.fromkeys(NUMBERED, "number"),
    **dict.fromkeys(("rebook",), "offer"),
    **dict.fromkeys(("asked_time",), "asked"),
    **dict.fromkeys(("keep_time",), "version"),
    **dict.fromkeys(("time", "confirm", "spoken"), "slot"),
    **dict.fromkeys(("close", "close_yes"), "stretch"),
    **dict.fromkeys(("block", "away", "present"), "count"),
    **dict.fromkeys(("person", "other_times", "who", "wait", "look_free"), "person"),
    **dict.fromkeys(("office", "earliest", "card", "pin", "way_in"), "office"),
    **dict.fromkeys(("day", "later", "today", "week", "block_day", "away_from", "further"), "day"),
    **dict.fromkeys(("matters", "stop_waiting"), "number"),
    **dict.fromkeys(("adults", "children", "more", "reminder_details"), "count"),
    **dict.fromkeys(("postal", "area", "district", "language", "topic"), "word"),
    **dict.fromkeys(("settings", "emergency", "back", "menu", "agree", "decline"), "word"),
    **dict.fromkeys(
        ("directory", "book", "locate", "anywhere", "stop", "others", "mine"), "number"
    ),
    **dict.fromkeys(
        ("wish", "wish_language", "wish_step", "wish_phone", "wish_done", "way", "family"), "word"
    ),
    **dict.fromkeys(("walk_in", "walk_in_language", "speaking", "half"), "word"),
    **dict.fromkeys(("wish_adults", "wish_children", "wish_topic"), "count"),
    **dict.fromkeys(("privacy", "export", "clear", "withdraw", "delete", "delete_yes"), "number"),
}


def _values(scene: Scene, kind: str) -> list[str]:
    """What a forger would write behind such an action."""
    start = scene.slots[0].partition(".")[2]
    staff = scene.slots[0].partition(".")[0]
    closed = [shown.split(":")[1] for shown in scene.pressed if shown.startswith("close")]
    return {
        "number": [*scene.numbers, "0", "-1", "", MISSING],
        "offer": [f"{n}.{slot}" for n in (*scene.numbers, MISSING, "") for slot in scene.slots[:2]],
        "asked": [f"{n}.0.{slot}" for n in (*scene.numbers, MISSING) for slot in scene.slots[:2]],
        "version": [*(f"{n}.0" for n in scene.numbers), *scene.numbers, "", MISSING],
        "stretch": [*closed, f"{closed[0]}0", "0-0", "fffffff-0", "", "x"],
        "slot": [*scene.slots, f"{staff}.0", f"{staff}.fffffff", f"nobody.{start}", "", staff],
        "person": [staff, "nobody", "", scene.numbers[0]],
        "office": ["", "nowhere", *list(scene.accounts.city.office)[:2]],
        "day": ["", "2026-11-24", "9999-12-31", "2000-01-01", scene.numbers[0]],
        "count": ["1", "", "5", "99", "-1", scene.numbers[0]],
        "word": ["", "..", scene.numbers[0], scene.codes[0]],
    }[kind]


def test_every_button_the_bot_can_send_is_attacked() -> None:
    assert ATTACKS.keys() == BY_ACTION.keys()


async def test_every_table_is_watched(tmp_path: Path) -> None:
    def play(scene: Scene) -> None:
        made = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        assert {row["name"] for row in scene.tx.all(made)} == KEYS.keys() | NOBODYS

    await act(tmp_path, play)


@pytest.mark.parametrize("enemy", ENEMIES, ids=["client", "colleague"])
async def test_a_forged_button_of_every_kind_touches_nobody_else(
    tmp_path: Path, enemy: int
) -> None:
    def play(scene: Scene) -> None:
        found = [
            f"{screen} {data}: {each}"
            for row in TRANSITIONS
            for screen, data in _forged(scene, row, enemy)
            for each in _harm(scene, enemy, screen, data)
        ]
        assert found == []

    await act(tmp_path, play)


@pytest.mark.parametrize("enemy", ENEMIES, ids=["client", "colleague"])
async def test_every_button_others_were_shown_is_replayed_without_effect_on_them(
    tmp_path: Path, enemy: int
) -> None:
    def play(scene: Scene) -> None:
        found = []
        for data in scene.pressed.values():
            action, _, value = data.split(":")
            altered = f"{action}:{scene.revision(enemy)}:{value}"
            for screen in _stands(BY_ACTION[action])[:1]:
                for each in (data, altered, f"{action}::{value}"):
                    found += [f"{each}: {harm}" for harm in _harm(scene, enemy, screen, each)]
        assert found == []

    await act(tmp_path, play)


async def test_what_was_replayed_are_buttons_of_most_kinds(tmp_path: Path) -> None:
    def play(scene: Scene) -> None:
        shown = {data.partition(":")[0] for data in scene.pressed.values()}
        seldom = {"district", "coming", "pin", "wish_phone", "came", "missed", "undo"}
        seldom |= {"help_yes", "help_no", "who", "late", "late_for", "elsewhere"}
        seldom |= {"asked_time", "keep_time", "ask_time", "ask_time_yes"}
        seldom |= {"way_in", "wait", "stop_waiting", "look_free"}
        assert BY_ACTION.keys() - shown - seldom == set()

    await act(tmp_path, play)


@pytest.mark.parametrize("enemy", ENEMIES, ids=["client", "colleague"])
async def test_the_answer_about_what_is_anothers_is_the_answer_about_nothing(
    tmp_path: Path, enemy: int
) -> None:
    def play(scene: Scene) -> None:
        for action, screen in ((a, screen) for a in NUMBERED for screen in _stands(BY_ACTION[a])):
            more = f".{scene.slots[0]}" if action == "rebook" else ""
            for revision in (scene.revision(enemy), ""):
                nothing = scene.tries(enemy, screen, f"{action}:{revision}:{MISSING}{more}")
                for number in scene.numbers:
                    got = scene.tries(enemy, screen, f"{action}:{revision}:{number}{more}")
                    assert answer(got, enemy) == answer(nothing, enemy) != [], action

    await act(tmp_path, play)


async def test_a_time_that_is_anothers_is_refused_like_one_that_was_never_open(
    tmp_path: Path,
) -> None:
    def play(scene: Scene) -> None:
        staff = scene.slots[0].partition(".")[0]
        sunday = f"{staff}.{(scene.accounts.now - 86_400) // 300:x}"
        refusals = {
            action: {_first_line(scene.tries(EVE, screen, data)) for data in forged}
            for action, screen in (("time", "times"), ("confirm", "confirm"))
            if (now := scene.revision(EVE))
            and (forged := [f"{action}:{now}:{slot}" for slot in (sunday, *scene.slots)])
        }
        assert [len(lines) for lines in refusals.values()] == [1, 1]

    await act(tmp_path, play)


def _stands(row: Transition) -> list[str]:
    """The screens on which a button may be pressed."""
    return [screen for screen in row.at if screen in VIEWS] or ["menu"]


def _forged(scene: Scene, row: Transition, enemy: int) -> Iterator[tuple[str, str]]:
    """Where the button may be pressed: with every value, and under Vera's revision and none.

    And once where it may not.
    """
    values = _values(scene, ATTACKS[row.action])
    own, other = scene.revision(enemy), scene.revision(VERA)
    data = [f"{row.action}:{own}:{value}" for value in values]
    for screen in _stands(row):
        yield from ((screen, each) for each in data)
        yield from ((screen, f"{row.action}:{each}:{values[0]}") for each in (other, ""))
    yield "notice", data[0]


def _harm(scene: Scene, enemy: int, screen: str, data: str) -> Iterator[str]:
    """What a press changed or showed that is not the enemy's."""
    accounts, tx = scene.accounts, scene.tx
    with accounts.undone(tx):
        accounts.stands(tx, enemy, *screen.split())
        before, actor = snapshot(tx), person_id(tx, enemy)
        accounts.handles(tx, enemy, accounts.press(enemy, data))
        yield from not_theirs(before, snapshot(tx), actor, accounts.now)
        got = accounts.delivers(tx)
        scene.sight.learns(tx, *EVERYBODY)
        yield from scene.sight.wrong(got, *EVERYBODY)
        if not answer(got, enemy):
            yield "silence"


def _first_line(got: list[Got]) -> str:
    (screen,) = (each for each in got if each.kind == "screen")
    return screen.text.partition("\n")[0]
