"""Somebody comes by the link of whoever sent them: on a poster, to an office, to a person."""

from pathlib import Path

import pypdfium2
import pytest
from phone import Client
from pydantic import SecretStr
from stage import TOKEN, World

from bot.app import LOCALES
from bot.commands import poster, stats
from bot.commands.stats import Asked
from bot.domain.referral import Referral
from bot.rendering import catalogues
from bot.settings import SettingsError
from bot.simulator.person import words
from bot.simulator.server import BOT_USERNAME

LANGUAGES = ("en", "ar")
SOURCES = Asked(as_csv=True, sources=True)
TEXTS = catalogues.load(LOCALES, LANGUAGES, ("de",))
COUNTED = "SELECT source, started, booked FROM referral_counts ORDER BY source"
NOW = 1770000000


async def comes(world: World, language: str, argument: str) -> Client:
    """A stranger who opens a link, chooses their language, agrees, and wants to book."""
    person = await world.person(language=language)
    await person.says_and_waits(f"/start {argument}")
    await person.takes("language")
    await person.takes("agree")
    await person.takes("book")
    return person


async def books(person: Client, *path: str) -> None:
    for action in (*path, "day", "time", "confirm"):
        await person.takes(action)


def made(folder: Path) -> list[Path]:
    """The posters in a folder."""
    return sorted(folder.glob("*.pdf"))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_comes_by_a_poster_goes_the_ordinary_way_and_is_counted(
    world: World, language: str
) -> None:
    person = await comes(world, language, "r_jobcenter")
    assert TEXTS.message(language, "place.question") in words(person.now)
    await books(person, "anywhere", "office", "person")
    assert TEXTS.message(language, "booked.done") in words(person.now)
    assert await world.sql(COUNTED) == [("jobcenter", 1, 1)]
    assert "jobcenter" not in str(await world.sql("SELECT session FROM chats"))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_is_sent_to_an_office_sees_it_first_and_books_only_by_confirming(
    world: World, language: str
) -> None:
    person = await comes(world, language, "o_caritas-r_jobcenter")
    assert TEXTS.message(language, "referral.office") in words(person.now)
    assert "Caritas" in words(person.now)
    assert await world.sql("SELECT COUNT(*) FROM appointments") == [(0,)]
    await books(person, "person")
    assert await world.sql("SELECT status, office_id FROM appointments") == [("booked", "caritas")]
    assert await world.sql(COUNTED) == [("jobcenter", 1, 1)]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_is_sent_to_a_person_sees_their_days_at_once(world: World, language: str) -> None:
    person = await comes(world, language, "p_mohammad")
    assert TEXTS.message(language, "referral.person") in words(person.now)
    await books(person)
    assert await world.sql("SELECT case_manager_id FROM appointments") == [("mohammad",)]
    assert await world.sql(COUNTED) == []


@pytest.mark.parametrize("language", LANGUAGES)
async def test_who_is_sent_somewhere_can_go_elsewhere(world: World, language: str) -> None:
    person = await comes(world, language, "p_mohammad-r_school")
    await person.takes("others")
    await person.takes("anywhere")
    await books(person, "office", "person")
    assert await world.sql("SELECT office_id FROM appointments") == [("awo",)]
    assert await world.sql(COUNTED) == [("school", 1, 1)]


async def test_it_is_remembered_over_days_and_a_restart_until_they_have_booked(
    world: World,
) -> None:
    anna = await world.person()
    await anna.says_and_waits("/start o_planb-r_doctor")
    await anna.walks("English", "I agree")
    await world.passes(days=5)
    await world.restart()
    await anna.says_and_waits("/start")
    await anna.walks("Book an appointment")
    assert words(anna.now).startswith(TEXTS.message("en", "referral.office"))
    await anna.walks("Ali Mohammad")
    await books(anna)
    await anna.walks("Main menu", "Book an appointment")
    assert TEXTS.message("en", "place.question") in words(anna.now)
    assert await world.sql(COUNTED) == [("doctor", 1, 1)]


@pytest.mark.parametrize("argument", ["o_gone", "p_gone", "r_nowhere", "r_", "o_planb'--"])
async def test_a_link_that_names_nobody_is_an_ordinary_beginning(
    world: World, argument: str
) -> None:
    anna = await comes(world, "en", argument)
    assert TEXTS.message("en", "place.question") in words(anna.now)


async def test_an_invitation_opens_what_it_opens_however_links_look(world: World) -> None:
    invitation = await world.invitation("mohammad")
    assert invitation.startswith("/start i")
    ali = await world.person(900, "de")
    await ali.says_and_waits("/start r_jobcenter")
    await ali.says_and_waits(invitation)
    assert await world.sql("SELECT case_manager_id FROM staff_chats") == [("mohammad",)]


async def test_numbers_under_five_are_hidden_from_whoever_reports(world: World) -> None:
    anna = await world.person()
    await anna.says_and_waits("/start r_jobcenter")
    assert (await stats.told(world.settings, SOURCES, 0)).splitlines() == [
        *("\ufeffmonth;source;new chats;booked", "2026-11;jobcenter;<5;0")
    ]


async def test_posters_carry_the_name_the_bot_api_tells_and_lead_to_the_office(
    world: World, tmp_path: Path
) -> None:
    settings = world.settings.model_copy(update={"token": SecretStr(TOKEN)})
    folder, named = tmp_path / "posters", Referral("jobcenter", "planb")
    told = await poster.make(settings, named, None, folder, NOW)
    files = [folder / f"poster-jobcenter-planb-{size}.pdf" for size in ("a4", "a6")]
    link = f"https://t.me/{BOT_USERNAME}?start=o_planb-r_jobcenter"
    assert told.splitlines() == [*map(str, files), link]
    pages = [pypdfium2.PdfDocument(file)[0].get_textpage().get_text_range() for file in files]
    assert ["PLANB Ruhr" in page and BOT_USERNAME in page for page in pages] == [True, True]
    anna = await comes(world, "en", link.partition("start=")[2])
    assert words(anna.now).startswith(TEXTS.message("en", "referral.office"))


@pytest.mark.parametrize(
    ("named", "bot", "told"),
    [
        (Referral("nowhere"), None, "nowhere: not among the sources of the city file"),
        (Referral(None, "nowhere"), None, "nowhere: no office of the city file; there are: awo"),
        (Referral(), "https://t.me/x", "https://t.me/x: not the user name of a bot"),
    ],
)
async def test_what_no_poster_can_be_made_of_is_told_in_a_line(
    world: World, tmp_path: Path, named: Referral, bot: str | None, told: str
) -> None:
    with pytest.raises(poster.NoPoster, match=told):
        await poster.make(world.settings, named, bot, tmp_path, NOW)
    assert made(tmp_path) == []


async def test_without_a_token_the_name_of_the_bot_can_be_told(
    world: World, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError, match="BOT_TOKEN"):
        await poster.make(world.settings, Referral(), None, tmp_path, NOW)
    told = await poster.make(world.settings, Referral(), "@SomeTownBot", tmp_path, NOW)
    assert told.splitlines()[-1] == "https://t.me/SomeTownBot"
