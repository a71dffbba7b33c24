"""Labels fit on a phone with the longest names, and begin with a capital letter."""

from datetime import UTC, datetime, timedelta

import pytest
from seven_languages import LANGUAGES, LOCALES
from town_in_memory import CITY

from bot.conversation.content import (
    Button,
    Code,
    Day,
    Language,
    Languages,
    Line,
    Name,
    OwnName,
    Screen,
    ShortDay,
    Time,
    say,
)
from bot.rendering import catalogues
from bot.rendering.button_labels import LONGEST
from bot.rendering.chat_message import Renderer
from bot.rendering.direction import visible_length
from bot.rendering.text import Writer

TEXTS = catalogues.load(LOCALES, LANGUAGES, ["de"])
NEW_YEAR = datetime(2027, 1, 1, 8, tzinfo=UTC)
YEAR = [int((NEW_YEAR + timedelta(days=number)).timestamp()) for number in range(365)]
TUESDAY = int(datetime(2026, 12, 1, 8, tzinfo=UTC).timestamp())


def labels(language: str, *lines: Line) -> list[str]:
    """What stands on the buttons of one message."""
    rows = tuple((Button(line, "x"),) for line in lines)
    shown = Renderer(TEXTS, CITY).message(Screen(((say("menu.question"),),), rows), language)
    return [button.text for row in shown.rows for button in row]


def with_name(moment: int, name: str) -> Line:
    return say("called_off.slot", day=ShortDay(moment), time=Time(moment), name=Name(name))


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_and_times_fit_on_buttons_all_year_with_the_longest_name(language: str) -> None:
    lines = [
        line
        for moment in YEAR
        for line in (
            Day(moment),
            say("alternatives.slot", day=ShortDay(moment), time=Time(moment)),
            with_name(moment, "Ioana Martoiu-Barjaktarovic"),
            say("mine.item", day=ShortDay(moment), time=Time(moment), code=Code("K7PM")),
            say("time_asked.keep", day=ShortDay(moment), time=Time(moment)),
        )
    ]
    assert [one for one in labels(language, *lines) if visible_length(one) > LONGEST] == []


def test_a_name_loses_its_end_where_there_is_no_room_for_it() -> None:
    assert labels("en", with_name(TUESDAY, "Martoiu-Barjaktarovic"), with_name(TUESDAY, "Ada")) == [
        "Tue 1 Dec, 09:00 · Martoiu-Barj…",
        "Tue 1 Dec, 09:00 · Ada",
    ]


def test_names_that_would_look_alike_stay_whole() -> None:
    names = ("Martoiu-Barjaktarovic", "Martoiu-Barjaktarova")
    assert labels("en", *(with_name(TUESDAY, name) for name in names)) == [
        "Tue 1 Dec, 09:00 · Martoiu-Barjaktarovic",
        "Tue 1 Dec, 09:00 · Martoiu-Barjaktarova",
    ]


def test_a_label_that_is_too_long_without_a_name_stays() -> None:
    office = Name("Advice centre for newcomers of Smallville")
    assert labels("en", office, say("privacy.withdraw")) == [
        "Advice centre for newcomers of Smallville",
        TEXTS.message("en", "privacy.withdraw"),
    ]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        (Day(TUESDAY), "Marți, 1 decembrie"),
        (ShortDay(TUESDAY), "Marți, 01.12"),
        (Language("uk"), "Ucraineană"),
        (Languages(("uk", "ru")), "Ucraineană și rusă"),
        (say("suggested.day", day=Day(TUESDAY)), "🗓️ Marți, 1 decembrie"),
        (say("suggested.between", first=Day(TUESDAY), last=Day(TUESDAY)), None),
        (say("people.speaks", name=Name("de Boer"), languages=Languages(("uk",))), None),
        (say("wish.chosen", wish=Language("uk")), "✓ Ucraineană"),
        (OwnName("uk"), "Українська"),
    ],
)
def test_a_day_or_a_language_is_capital_where_it_begins(line: Line, label: str | None) -> None:
    writer = Writer(TEXTS, CITY, "ro")
    assert writer.line(line) == (label or writer.value(line))
    assert writer.line(line) == writer.label(line)


def test_a_day_that_begins_in_bold_is_capital_too() -> None:
    line = say("door.when", day=Day(TUESDAY), time=Time(TUESDAY))
    assert Writer(TEXTS, CITY, "uk").line(line) == "⏰ <b>Вівторок, 1 грудня, 09:00</b>"
