"""The preview shows every screen in every language, and says what is not translated."""

import re
import shutil
from pathlib import Path

import eighth_language
import pytest

from bot.app import LOCALES
from bot.city.load import load
from bot.commands import preview
from bot.conversation.table import STAFF
from bot.conversation.views import VIEWS
from bot.domain.city import City
from bot.messages.notices import NoticeKind
from bot.preview.page import Preview
from bot.preview.tasks import CHAPTERS, task_of
from bot.rendering import catalogues
from bot.rendering.catalogues import CLIENTS

NOW = 1_796_140_800
"""1 December 2026, 16:00 in Berlin."""
CITY = load("herne", live=False)
LANGUAGES = CITY.languages
ELSEWHERE = (
    *("calendar_file.", "command.", "data_export.", "phone_talk.calendar_title"),
    *("poster.", "profile.", "slip.", "wishes.topic"),
)
"""Texts of the profile, of files and of paper; a topic is read again in the file of one's data."""
RARE = {
    *("appointment.call_first", "days.none_then", "place.area", "place.share_key"),
    *("typed.language", "typed.late", "which_place.street", "appointment.words_on_phone"),
}
"""What hardly ever stands on a screen, or not in every language; the page lists it by itself.

What to say on the phone is written in the language of the office, within another text.
"""
NOT_OF_THE_CITYS_OWN = {
    *("confirm.not_spoken", "confirm.spoken", "offices.speaks_unknown", "speaking.all"),
    *("speaking.only", "phone_talk.language_unknown", "wishes.language_unknown"),
}
"""Who reads the city's first language is understood everywhere: nobody asks who speaks it."""


async def of(language: str, locales: Path = LOCALES, city: City = CITY) -> Preview:
    return await preview.of_clients(city, locales, language, NOW)


def with_text(locales: Path, language: str, key: str, text: str) -> Path:
    """Other catalogues in which one text is another."""
    shutil.copytree(LOCALES, locales)
    file = catalogues.path_of(locales, language, CLIENTS)
    was = file.read_text(encoding="utf-8")
    now = re.sub(rf'(msgid "{re.escape(key)}"\n)msgstr ".*"', rf'\1msgstr "{text}"', was)
    assert was != now
    file.write_text(now, encoding="utf-8")
    return locales


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_screen_of_clients_stands_in_the_preview(language: str) -> None:
    page = await of(language)
    assert {*VIEWS} - {*STAFF} - {each.name for each in page.sights} == set()
    unseen = {text.key for text in page.texts.all} - {k for one in page.sights for k in one.keys}
    understood = NOT_OF_THE_CITYS_OWN if language == LANGUAGES[0] else set()
    assert {key for key in unseen if not key.startswith(ELSEWHERE)} <= RARE | understood
    html = page.html()
    assert all(f'<a href="#{text.key}">' in html or text.key in unseen for text in page.texts.all)
    assert 'class="missing"' not in html
    assert "<script" not in html


async def test_every_screen_and_notice_of_the_staff_stands_in_the_preview() -> None:
    page = await preview.of_staff(CITY, LOCALES, "de", NOW)
    names = {each.name for each in page.sights}
    assert {*STAFF} - names == set()
    assert {f"notice {kind}" for kind in NoticeKind} - names == set()


async def test_all_news_of_clients_stand_in_the_preview() -> None:
    page = await of("en")
    keys = {key for each in page.sights for key in each.keys}
    assert {
        *("called_off.title", "called_off.none", "possible_again.title", "handed_over.title")
    } <= keys
    assert {
        *("help.arranged", "help.not_arranged", "new_time.title", "cancelled_for.title")
    } <= keys
    assert {*("time_asked.title", "free_time.title", "kept.title", "kept.outdated")} <= keys


async def test_a_text_that_is_not_translated_is_marked_where_it_stands(tmp_path: Path) -> None:
    locales = with_text(tmp_path / "locales", "ro", "menu.book", "")
    page = await of("ro", locales)
    assert page.texts.missing == {"menu.book"}
    html = page.html()
    assert "Not translated, said in English instead: 1" in html
    assert '<li class="missing"><a href="#menu.book">menu.book</a> not translated</li>' in html
    assert ">Book an appointment<" in html


async def test_a_language_of_texts_alone_has_a_preview(tmp_path: Path) -> None:
    locales = tmp_path / "locales"
    shutil.copytree(LOCALES, locales)
    shutil.copytree(locales / "de", locales / "tr")
    (locales / "tr" / "language.toml").write_text(eighth_language.LANGUAGE, encoding="utf-8")
    file = catalogues.path_of(locales, "tr", CLIENTS)
    head = 'msgid ""\nmsgstr ""\n"Language: tr\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    file.write_text(f'{head}\nmsgid "menu.book"\nmsgstr "Randevu al"\n', encoding="utf-8")
    city = preview.speaking(CITY, "tr", locales)
    page = await of("tr", locales, city)
    assert "Randevu al" in page.html()
    assert len(page.texts.missing) == len(page.texts.all) - 1


async def test_arabic_is_laid_out_from_the_right() -> None:
    html = (await of("ar")).html()
    assert '<div class="row" dir="rtl">' in html
    assert '<p dir="auto">' in html


async def test_a_number_is_shown_in_all_its_forms() -> None:
    page = await of("ru")
    [children] = [each for each in page.texts.all if each.key == "wishes.children"]
    assert [count for count, _ in children.forms] == ["0", "1", "2", "3", "5", "11", "21", "100"]
    assert len({text.replace(count, "") for count, text in children.forms}) == 3


def test_every_screen_belongs_to_a_task() -> None:
    assert {task_of(name) for name in VIEWS} <= {*CHAPTERS[:-2]}


def test_the_longest_days_are_those_of_next_year_on_its_last_day_too() -> None:
    assert preview.year_after(CITY, NOW) == 2027
    assert preview.year_after(CITY, NOW + 30 * 86_400) == 2027
