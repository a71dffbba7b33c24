"""An enemy's tests: whatever is forged, replayed, guessed or altered touches nobody else.

What an enemy is answered about somebody else's thing is what anybody is answered about a thing
that does not exist.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from accounts import Got, person_id
from ownership import NUMBERED, not_theirs, snapshot
from scene import COLLEAGUE, ENEMIES, EVE, EVERYBODY, MISSING, STAFF, VERA, Scene, act, answer

from bot.conversation.table import BY_ACTION, ROWS, VIEWS, Row
from bot.turn.invitations import VALID_SECONDS, token_hash

CITY = "herne"
CODES = ("K7PM", "Q3ZX")
STAFF_WORDS = ("/today", "/week", "/visit", "/invite", "/block", "/unblock", "/stats", "/heute")

# What each button is attacked with: the name of a set of values in `values` below.
ATTACKS = {
    **dict.fromkeys(NUMBERED, "number"),
    **dict.fromkeys(("time", "confirm"), "slot"),
    **dict.fromkeys(("person", "other_times"), "person"),
    **dict.fromkeys(("office", "earliest", "card", "pin"), "office"),
    **dict.fromkeys(("day", "later", "today", "week"), "day"),
    **dict.fromkeys(("adults", "children", "more", "reminder_details"), "count"),
    **dict.fromkeys(("postal", "area", "district", "language", "topic"), "word"),
    **dict.fromkeys(("settings", "emergency", "back", "menu", "agree", "decline"), "word"),
    **dict.fromkeys(("directory", "book", "locate", "anywhere", "others", "mine"), "number"),
    **dict.fromkeys(("wish", "wish_language", "wish_step", "wish_phone", "wish_done"), "word"),
    **dict.fromkeys(("wish_adults", "wish_children", "wish_topic"), "count"),
    **dict.fromkeys(("privacy", "export", "clear", "withdraw", "delete", "delete_yes"), "number"),
}


def values(scene: Scene, kind: str) -> list[str]:
    """What a forger would write behind such an action."""
    start = scene.slots[0].partition(".")[2]
    staff = scene.slots[0].partition(".")[0]
    return {
        "number": [*scene.numbers, "0", "-1", "", MISSING],
        "slot": [*scene.slots, f"{staff}.0", f"{staff}.fffffff", f"nobody.{start}", "", staff],
        "person": [staff, "nobody", "", scene.numbers[0]],
        "office": ["", "nowhere", *scene.accounts.city.office],
        "day": ["", "2026-11-24", "2026-11-25", "9999-12-31", "2000-01-01", scene.numbers[0]],
        "count": ["", "0", "1", "5", "99", "-1", scene.numbers[0]],
        "word": ["", "xx", "..", scene.numbers[0], scene.codes[0]],
    }[kind]


def test_every_button_the_bot_can_send_is_attacked() -> None:
    assert ATTACKS.keys() == BY_ACTION.keys()


@pytest.mark.parametrize("enemy", ENEMIES, ids=["client", "colleague"])
async def test_a_forged_button_of_every_kind_touches_nobody_else(
    tmp_path: Path, enemy: int
) -> None:
    def play(scene: Scene) -> None:
        found = [
            f"{screen} {data}: {each}"
            for row in ROWS
            for screen in _stands(row)
            for data in _forged(scene, row, enemy)
            for each in _harm(scene, enemy, screen, data)
        ]
        assert found == []

    await act(tmp_path, CITY, play)


@pytest.mark.parametrize("enemy", ENEMIES, ids=["client", "colleague"])
async def test_every_button_others_were_shown_is_replayed_without_effect_on_them(
    tmp_path: Path, enemy: int
) -> None:
    def play(scene: Scene) -> None:
        found = []
        for data in scene.pressed.values():
            action, _, value = data.split(":")
            altered = f"{action}:{_revision(scene, enemy)}:{value}"
            for screen in _stands(BY_ACTION[action])[:1]:
                for each in (data, altered, f"{action}::{value}"):
                    found += [f"{each}: {harm}" for harm in _harm(scene, enemy, screen, each)]
        assert found == []

    await act(tmp_path, CITY, play)


async def test_what_was_replayed_are_buttons_of_most_kinds(tmp_path: Path) -> None:
    def play(scene: Scene) -> None:
        shown = {data.partition(":")[0] for data in scene.pressed.values()}
        seldom = {"district", "coming"}
        assert BY_ACTION.keys() - shown - seldom == set()

    await act(tmp_path, CITY, play)


@pytest.mark.parametrize("enemy", ENEMIES, ids=["client", "colleague"])
@pytest.mark.parametrize("action", NUMBERED)
async def test_the_answer_about_what_is_anothers_is_the_answer_about_nothing(
    tmp_path: Path, action: str, enemy: int
) -> None:
    def play(scene: Scene) -> None:
        for screen in _stands(BY_ACTION[action]):
            for revision in (_revision(scene, enemy), ""):
                nothing = _try(scene, enemy, screen, f"{action}:{revision}:{MISSING}")
                for number in scene.numbers:
                    got = _try(scene, enemy, screen, f"{action}:{revision}:{number}")
                    assert answer(got, enemy) == answer(nothing, enemy) != []

    await act(tmp_path, CITY, play)


async def test_a_time_that_is_anothers_is_refused_like_one_that_was_never_open(
    tmp_path: Path,
) -> None:
    def play(scene: Scene) -> None:
        staff = scene.slots[0].partition(".")[0]
        sunday = f"{staff}.{(scene.accounts.now - 86_400) // 300:x}"
        refusals = {
            action: {_first_line(_try(scene, EVE, screen, data)) for data in forged}
            for action, screen in (("time", "times"), ("confirm", "confirm"))
            if (now := _revision(scene, EVE))
            and (forged := [f"{action}:{now}:{slot}" for slot in (sunday, *scene.slots)])
        }
        assert [len(lines) for lines in refusals.values()] == [1, 1]

    await act(tmp_path, CITY, play)


async def test_a_guessed_code_opens_nothing(tmp_path: Path) -> None:
    def play(scene: Scene) -> None:
        unknown = next(code for code in CODES if code not in scene.sight.codes)
        for form in ("{}", "/{}", "/start {}", "/visit {}", "Code {}", "/block {}"):
            for screen in ("menu", "mine", "place", "offices", "confirm", "delete"):
                for enemy in ENEMIES:
                    nothing = _says(scene, enemy, screen, form.format(unknown))
                    for code in scene.codes:
                        got = _says(scene, enemy, screen, form.format(code))
                        assert answer(got, enemy) == answer(nothing, enemy) != []
                        assert [each for each in got if each.chat != enemy] == []

    await act(tmp_path, CITY, play)


@pytest.mark.parametrize("word", STAFF_WORDS)
async def test_a_staff_word_of_a_client_is_answered_like_any_word(
    tmp_path: Path, word: str
) -> None:
    def play(scene: Scene) -> None:
        for more in ("", " K7PM", *(f" {code}" for code in scene.codes)):
            nonsense = _says(scene, EVE, "menu", f"/nonsense{more}")
            assert answer(_says(scene, EVE, "menu", word + more), EVE) == answer(nonsense, EVE)

    await act(tmp_path, CITY, play)


@pytest.mark.parametrize("screen", ["desk_menu", "today", "week", "visit"])
async def test_a_client_put_before_a_screen_of_staff_sees_the_menu_of_clients(
    tmp_path: Path, screen: str
) -> None:
    def play(scene: Scene) -> None:
        menu = answer(_says(scene, EVE, "menu", "hello"), EVE)
        assert answer(_says(scene, EVE, screen, "hello"), EVE) == menu
        for behind in ("language", "emergency", "privacy"):
            got = _try(scene, EVE, f"{screen} {behind}", f"back:{_revision(scene, EVE)}:")
            assert scene.sight.wrong(got, *EVERYBODY) == []

    await act(tmp_path, CITY, play)


def invitations(scene: Scene) -> Iterator[str]:
    """Everything that looks like an invitation and is none any more, or never was."""
    yield from (f"invitation-{STAFF}", f"invitation-{COLLEAGUE}")
    yield from (token_hash(f"invitation-{STAFF}"), "x" * 22, "'", "\u202e", "0")
    scene.accounts.invite(scene.tx, "bouchara", "GoodToken", )
    yield from (token_hash("GoodToken"), "goodtoken", "GoodToke", "GoodTokenn", "bouchara")
    yield from ("GoodToken\u200b", "GoodToken GoodToken", "%", "GoodToke_", "GOODTOKEN")
    scene.accounts.now += VALID_SECONDS
    yield "GoodToken"


async def test_an_invitation_that_is_used_expired_or_guessed_is_a_plain_start(
    tmp_path: Path,
) -> None:
    def play(scene: Scene) -> None:
        for token in invitations(scene):
            for enemy in (*ENEMIES, STAFF, 70_000_009):
                plain = _says(scene, enemy, "", "/start")
                before = _ties(scene)
                with scene.accounts.undone(scene.tx):
                    got = scene.accounts.says(scene.tx, enemy, f"/start {token}")
                    assert _ties(scene) == before
                    assert answer(got, enemy) == answer(plain, enemy) != [], token

    await act(tmp_path, CITY, play)


async def test_an_invitation_is_good_once_until_its_last_second(tmp_path: Path) -> None:
    def play(scene: Scene) -> None:
        scene.accounts.invite(scene.tx, "bouchara", "GoodToken")
        scene.accounts.now += VALID_SECONDS - 1
        before = _ties(scene)
        scene.accounts.says(scene.tx, 70_000_009, "/start GoodToken")
        tied = _ties(scene)
        assert tied - before == {("bouchara", person_id(scene.tx, 70_000_009))}
        scene.accounts.says(scene.tx, EVE, "/start GoodToken")
        assert _ties(scene) == tied

    await act(tmp_path, CITY, play)


async def test_a_notice_that_still_waits_does_not_reach_a_phone_that_was_replaced(
    tmp_path: Path,
) -> None:
    def play(scene: Scene) -> None:
        tx, accounts = scene.tx, scene.accounts
        (staff,) = (c for c, p in _ties(scene) if p == person_id(tx, STAFF))
        press = {"id": "1", "data": f"cancel_yes:{_revision(scene, VERA)}:{scene.numbers[0]}"}
        accounts.stands(tx, VERA, "cancel")
        chat = {"chat": {"id": VERA, "type": "private"}, "message_id": 1}
        accounts.handles(tx, VERA, {"callback_query": {**press, "message": chat}})
        accounts.invite(tx, staff, "ForTheNewPhone")
        new = {"chat": {"id": 70_000_009, "type": "private"}, "text": "/start ForTheNewPhone"}
        accounts.handles(tx, 70_000_009, {"message": new})
        told = [each.chat for each in accounts.delivers(tx) if each.kind == "notice"]
        assert told == [70_000_009]

    await act(tmp_path, CITY, play)


def _stands(row: Row) -> list[str]:
    """Where a button may be pressed, and a screen where most may not."""
    return [*(screen for screen in row.at if screen in VIEWS), "menu"]


def _forged(scene: Scene, row: Row, enemy: int) -> Iterator[str]:
    """The button with every value, under the enemy's revision, and under Vera's and none."""
    forged = values(scene, ATTACKS[row.action])
    yield from (f"{row.action}:{_revision(scene, enemy)}:{value}" for value in forged)
    for revision in (_revision(scene, VERA), ""):
        yield from (f"{row.action}:{revision}:{value}" for value in forged[:1])


def _harm(scene: Scene, enemy: int, screen: str, data: str) -> Iterator[str]:
    """What a press changed or showed that is not the enemy's."""
    accounts, tx = scene.accounts, scene.tx
    with accounts.undone(tx):
        accounts.stands(tx, enemy, *screen.split())
        before, actor = snapshot(tx), person_id(tx, enemy)
        got = accounts.presses(tx, enemy, data)
        yield from not_theirs(before, snapshot(tx), actor, accounts.now)
        scene.sight.learns(tx, *EVERYBODY)
        yield from scene.sight.wrong(got, *EVERYBODY)
        if not answer(got, enemy):
            yield "silence"


def _try(scene: Scene, enemy: int, screen: str, data: str) -> list[Got]:
    with scene.accounts.undone(scene.tx):
        scene.accounts.stands(scene.tx, enemy, *screen.split())
        return scene.accounts.presses(scene.tx, enemy, data)


def _says(scene: Scene, enemy: int, screen: str, text: str) -> list[Got]:
    with scene.accounts.undone(scene.tx):
        if screen:
            scene.accounts.stands(scene.tx, enemy, screen)
        return scene.accounts.says(scene.tx, enemy, text)


def _revision(scene: Scene, chat: int) -> str:
    return format(scene.accounts.session(scene.tx, chat).revision, "x")


def _first_line(got: list[Got]) -> str:
    (screen,) = (each for each in got if each.kind == "screen")
    return screen.text.partition("\n")[0]


def _ties(scene: Scene) -> set[tuple[str, int]]:
    rows = scene.tx.all("SELECT case_manager_id, person_id FROM staff_chats")
    return {(row["case_manager_id"], row["person_id"]) for row in rows}
