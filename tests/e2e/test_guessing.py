"""An enemy guesses: codes, words of staff, screens of staff and invitations open nothing."""

from collections.abc import Iterator
from pathlib import Path

from accounts import Got, person_id
from scene import COLLEAGUE, ENEMIES, EVE, EVERYBODY, STAFF, VERA, Scene, act, answer

from bot.conversation.table import STAFF as STAFF_SCREENS
from bot.services.staff_invitations import VALID_SECONDS, token_hash

NEWCOMER = 70_000_009
CODES = ("K7PM", "Q3ZX")
NO_PLACE = (
    "Sorry, we do not know this place.",
    "Sorry, we do not know this place either. You can still go on.",
)
STAFF_WORDS = ("/today", "/week", "/visit", "/invite", "/block", "/unblock", "/stats", "/heute")


async def test_a_guessed_code_opens_nothing(tmp_path: Path) -> None:
    def play(scene: Scene) -> None:
        unknown = next(code for code in CODES if code not in scene.sight.codes)
        for form in ("{}", "/{}", "/start {}", "/visit {}", "Code {}", "/block {}"):
            for screen in ("menu", "mine", "place", "offices", "confirm", "delete"):
                for enemy in ENEMIES:
                    nothing = scene.says(enemy, screen, form.format(unknown))
                    for code in scene.codes:
                        got = scene.says(enemy, screen, form.format(code))
                        assert unnamed(got, enemy, code) == unnamed(nothing, enemy, unknown) != []
                        assert [each for each in got if each.chat != enemy] == []

    await act(tmp_path, play)


def unnamed(got: list[Got], enemy: int, code: str) -> list[str]:
    """What was answered, without the code that was asked for."""
    return [_said(text.replace(code, "…"), str(data)) for _, text, data in answer(got, enemy)]


def _said(text: str, data: str) -> str:
    """All of it but the places that the signs of a code are like, on a map anybody has."""
    first, _, _ = text.partition("\n")
    return first if first in NO_PLACE else text + data


async def test_a_staff_word_of_a_client_is_answered_like_any_word(tmp_path: Path) -> None:
    def play(scene: Scene) -> None:
        for more in ("", " K7PM", *(f" {code}" for code in scene.codes)):
            nonsense = answer(scene.says(EVE, "menu", f"/nonsense{more}"), EVE)
            for word in STAFF_WORDS:
                assert answer(scene.says(EVE, "menu", word + more), EVE) == nonsense, word

    await act(tmp_path, play)


async def test_a_client_put_before_a_screen_of_staff_sees_the_menu_of_clients(
    tmp_path: Path,
) -> None:
    def play(scene: Scene) -> None:
        menu = answer(scene.says(EVE, "menu", "hello"), EVE)
        back = f"back:{scene.revision(EVE)}:"
        for screen in STAFF_SCREENS:
            assert answer(scene.says(EVE, screen, "hello"), EVE) == menu
            for other in ("language", "emergency", "privacy"):
                got = scene.tries(EVE, f"{screen} {other}", back)
                assert scene.sight.wrong(got, *EVERYBODY) == []

    await act(tmp_path, play)


TOKEN = "GoodTokenOfSomebody"


def invitations(scene: Scene) -> Iterator[str]:
    """Everything that looks like an invitation and is none any more, or never was."""
    yield from (f"invitation-{STAFF}", f"invitation-{COLLEAGUE}")
    yield from (token_hash(f"invitation-{STAFF}"), "x" * 22)
    scene.accounts.invite(scene.tx, "bouchara", TOKEN)
    yield from (token_hash(TOKEN), TOKEN.lower(), TOKEN[:-1], f"{TOKEN}n", TOKEN.upper())
    yield from (f"{TOKEN}\u200b", f"{TOKEN[:-1]}_", f"{TOKEN[:-1]}%")
    scene.accounts.now += VALID_SECONDS
    yield TOKEN


async def test_an_invitation_that_is_used_expired_or_guessed_is_answered_like_any_dead_link(
    tmp_path: Path,
) -> None:
    def play(scene: Scene) -> None:
        for token in invitations(scene):
            for enemy in (*ENEMIES, STAFF, NEWCOMER):
                nothing = scene.says(enemy, "", f"/start {'y' * 22}")
                before = scene.ties()
                with scene.accounts.undone(scene.tx):
                    got = scene.accounts.says(scene.tx, enemy, f"/start {token}")
                    assert scene.ties() == before
                    assert answer(got, enemy) == answer(nothing, enemy) != [], token

    await act(tmp_path, play)


async def test_a_word_too_short_for_any_link_is_a_plain_start(tmp_path: Path) -> None:
    def play(scene: Scene) -> None:
        for word in ("'", "\u202e", "0", "%", "bouchara", TOKEN[:10], "two words"):
            for enemy in (*ENEMIES, STAFF, NEWCOMER):
                plain = scene.says(enemy, "", "/start")
                got = scene.says(enemy, "", f"/start {word}")
                assert answer(got, enemy) == answer(plain, enemy) != [], word

    await act(tmp_path, play)


async def test_an_invitation_is_good_once_until_its_last_second(tmp_path: Path) -> None:
    def play(scene: Scene) -> None:
        scene.accounts.invite(scene.tx, "bouchara", TOKEN)
        scene.accounts.now += VALID_SECONDS - 1
        before = scene.ties()
        scene.accounts.says(scene.tx, NEWCOMER, f"/start {TOKEN}")
        tied = scene.ties()
        assert tied - before == {("bouchara", person_id(scene.tx, NEWCOMER))}
        scene.accounts.says(scene.tx, EVE, f"/start {TOKEN}")
        assert scene.ties() == tied

    await act(tmp_path, play)


async def test_a_notice_that_still_waits_does_not_reach_a_phone_that_was_replaced(
    tmp_path: Path,
) -> None:
    def play(scene: Scene) -> None:
        tx, accounts = scene.tx, scene.accounts
        (staff,) = (c for c, p in scene.ties() if p == person_id(tx, STAFF))
        accounts.stands(tx, VERA, "cancel")
        gone = accounts.press(VERA, f"cancel_yes:{scene.revision(VERA)}:{scene.numbers[0]}.0")
        accounts.handles(tx, VERA, gone)
        accounts.invite(tx, staff, "for-the-new-phone-of-ali")
        accounts.handles(tx, NEWCOMER, accounts.text(NEWCOMER, "/start for-the-new-phone-of-ali"))
        told = [each.chat for each in accounts.delivers(tx) if each.kind == "notice"]
        assert told == [NEWCOMER]

    await act(tmp_path, play)
