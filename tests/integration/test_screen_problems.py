"""What check finds on screens: labels alike, labels and screens that are too long."""

from dataclasses import replace
from pathlib import Path

from test_preview import CITY, NOW, with_text

from bot.app import LOCALES
from bot.city.problems import Problem
from bot.commands import preview
from bot.conversation.content import Button, Count, Day, Name, Screen, say
from bot.preview import cities
from bot.preview.screen_checks import ScreenChecks, ScreenFault
from bot.preview.sights import Sight
from bot.preview.widest import Widest
from bot.rendering import catalogues
from bot.rendering.chat_message import Renderer
from bot.rendering.text import Writer

SHOWN = cities.as_it_is(CITY)
TEXTS = catalogues.load(LOCALES, CITY.languages, CITY.staff_languages)
in_english = ScreenChecks(Renderer(TEXTS, SHOWN), "en")
widest = Widest(Writer(TEXTS, SHOWN, "en", html=False), 2027)


async def of(locales: Path = LOCALES) -> list[Problem]:
    return [*await preview.screen_problems_of(CITY, locales, NOW)]


async def test_the_shipped_city_has_no_problem_on_any_screen() -> None:
    assert await of() == []


async def test_two_buttons_alike_are_found_with_language_screen_and_key(tmp_path: Path) -> None:
    locales = with_text(tmp_path / "locales", "fr", "menu.mine", "Numéros d’urgence")
    found = [each for each in await of(locales) if "(screen menu)" in each.reason]
    file = str(locales / "fr/LC_MESSAGES/lotse.po")
    reason = "labels two buttons of this screen alike: Numéros d’urgence (screen menu)"
    assert found == [Problem(file, key, reason) for key in ("menu.emergency", "menu.mine")]


async def test_a_label_too_long_with_the_longest_day_is_found(tmp_path: Path) -> None:
    text = "nous vous proposons le {day} à {time}"
    locales = with_text(tmp_path / "locales", "fr", "alternatives.slot", text)
    found = {(each.file, each.key) for each in await of(locales)}
    assert (str(locales / "fr/LC_MESSAGES/lotse.po"), "alternatives.slot") in found


async def test_a_label_too_long_only_where_nobody_is_named_is_found(tmp_path: Path) -> None:
    locales = with_text(
        tmp_path / "locales", "fr", "contact.adviser_short", "{office}, conseil {n}"
    )
    found = {(each.file, each.key) for each in await of(locales)}
    assert found == {(str(locales / "fr/LC_MESSAGES/lotse.po"), "called_off.slot")}


async def test_a_screen_too_long_is_found(tmp_path: Path) -> None:
    locales = with_text(tmp_path / "locales", "ro", "menu.question", "Ce doriți? " * 45)
    [found] = [each for each in await of(locales) if "(screen menu)" in each.reason][:1]
    assert found.key == "menu.title"
    assert found.reason.startswith("the screen is 5")


def test_the_longest_name_and_day_stand_where_one_of_their_kind_stands() -> None:
    longest = max((each.name for each in SHOWN.case_managers), key=len)
    some = Name(SHOWN.case_managers[0].name)
    screen = Screen(((say("appointment.person", name=some), Count(2)),))
    assert widest.screen(screen).paragraphs == (
        (say("appointment.person", name=Name(longest)), Count(2)),
    )
    both = tuple(Name(each.name) for each in SHOWN.case_managers[:2])
    assert widest.screen(Screen((both,))).paragraphs == (both,)
    wide = widest.screen(Screen(((say("appointment.day", day=Day(NOW)),),)))
    shown = in_english.renderer.message(wide, "en").text
    assert "Wednesday" in shown
    assert "September" in shown


def test_an_empty_label_is_a_fault() -> None:
    screen = Screen(((say("menu.title"),),), ((Button(Name(""), "menu:0:"),),))
    [found] = in_english.sizes(Sight("menu", screen), widest)
    assert found == ScreenFault("menu", "Name", "is 0 characters long, at most 40 fit: ")


def test_an_answer_above_a_screen_does_not_count_as_the_screen() -> None:
    answer, text = say("sent.voice"), Name("x" * 450)
    sight = Sight("menu", Screen(((answer,), (text,))), answered=True)
    assert [*in_english.sizes(sight, widest)] == []
    assert [each.key for each in in_english.sizes(replace(sight, answered=False), widest)] == [
        "sent.voice"
    ]
