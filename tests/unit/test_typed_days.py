"""Days and times typed in seven languages, line by line as their readers wrote them down."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding import day_tables
from bot.understanding.typed_days import TypedWhen, when

ROOT = Path(__file__).parents[2]
PHRASES = ROOT / "tests/phrases"
LANGUAGES = ("de", "en", "uk", "ru", "fr", "ro", "ar")
TABLES = day_tables.load(ROOT / "locales", LANGUAGES)
MONDAY = date(2026, 11, 30)
WEDNESDAY = date(2026, 11, 25)
IN_A_SENTENCE = "# Each also inside this sentence: "

Line = tuple[str, str, str, str]
"""A phrase, and the day, the time and the part of the day it means, as the files write them."""


def lines(language: str, name: str) -> Iterator[Line]:
    for line in (PHRASES / language / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith(("#", "phrase\t")):
            phrase, day, time, part = (*line.split("\t"), "", "", "")[:4]
            yield phrase, "" if day == "-" else day, time, part


def sentence(language: str) -> str:
    text = (PHRASES / language / "days_in_a_sentence.tsv").read_text(encoding="utf-8")
    return text.splitlines()[0].removeprefix(IN_A_SENTENCE)


def understood(text: str, language: str, today: date = WEDNESDAY) -> tuple[str, str, str]:
    return written(when(text, today, TABLES, language))


def written(meant: TypedWhen) -> tuple[str, str, str]:
    day = " or ".join(map(str, meant.days))
    if meant.day_from or meant.day_to:
        day = f"{meant.day_from or ''}..{meant.day_to or ''}"
    return day, f"{meant.at:%H:%M}" if meant.at else "", meant.part or ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_is_understood_as_its_line_says_or_not_at_all(language: str) -> None:
    table = list(lines(language, "days.tsv"))
    wrong = [
        (phrase, understood(phrase, language))
        for phrase, *meant in table
        if understood(phrase, language) != tuple(meant)
    ]
    assert wrong == []
    assert len(table) >= 300
    assert sum(1 for _, *meant in table if meant == ["", "", ""]) >= 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phrase_means_the_same_inside_a_sentence(language: str) -> None:
    for phrase, day, time, part in lines(language, "days_in_a_sentence.tsv"):
        for text in (phrase, sentence(language).replace("…", phrase)):
            days, *rest = understood(text, language)
            assert (text, rest) == (text, [time, part])
            assert set(days.split(" or ")) <= set(day.split(" or "))


@pytest.mark.parametrize("chosen", LANGUAGES)
def test_who_types_another_language_than_chosen_is_never_sent_to_another_day(chosen: str) -> None:
    strayed = [
        (phrase, day, understood(phrase, chosen)[0])
        for language in LANGUAGES
        for phrase, day, *_ in lines(language, "days.tsv")
        if understood(phrase, chosen)[0] not in (day, "")
    ]
    assert strayed == []


@pytest.mark.parametrize(
    ("text", "language", "meant"),
    [
        ("هل يمكنني الحضور 10.12.", "ar", ("2026-12-10", "", "")),
        ("можно прийти am Freitag?", "ru", ("2026-11-27", "", "")),
        ("Pot să vin tomorrow la 10?", "ro", ("2026-11-26", "10:00", "")),
        ("завтра через 2 часа", "ru", ("2026-11-26", "", "")),
        ("the day after toomrrow", "en", ("2026-11-27", "", "")),
        ("nicht tomorrow", "de", ("", "", "")),
        ("not завтра please", "en", ("", "", "")),
        ("Termin mañana", "de", ("", "", "")),
    ],
)
def test_a_foreign_word_in_a_sentence_is_understood_above_all_a_foreign_not(
    text: str, language: str, meant: tuple[str, str, str]
) -> None:
    assert understood(text, language) == meant


@pytest.mark.parametrize(
    ("today", "text", "day"),
    [
        (date(2026, 12, 31), "morgen", "2027-01-01"),
        (date(2026, 12, 30), "am 2.1.", "2027-01-02"),
        (date(2026, 12, 30), "am 2.", "2027-01-02"),
        (date(2027, 1, 31), "in einem Monat", "2027-02-28"),
        (date(2027, 1, 31), "am 30.", "2027-03-30"),
        (date(2028, 2, 1), "29. Februar", "2028-02-29"),
        (date(2027, 3, 1), "29. Februar", "2028-02-29"),
        (date(2027, 2, 1), "29. Februar", ""),
        (date(2026, 11, 29), "am Wochenende", "2026-11-29..2026-11-29"),
        (date(2026, 11, 30), "diesen Montag", "2026-11-30"),
        (date(2026, 11, 30), "Montag", "2026-11-30 or 2026-12-07"),
        (date(2026, 11, 30), "nächsten Montag", "2026-12-07"),
        (date(2026, 11, 27), "diesen Montag", "2026-11-30"),
        (date(2026, 11, 27), "Montag diese Woche", ""),
        (date(2026, 12, 1), "im Dezember", "2026-12-01..2026-12-31"),
    ],
)
def test_days_are_counted_over_the_ends_of_months_and_years(
    today: date, text: str, day: str
) -> None:
    assert understood(text, "de", today)[0] == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("vom 3. bis 5. Dezember", "2026-12-03..2026-12-05"),
        ("vom 5. bis 3. Dezember", ""),
        ("3.-5. Dezember", "2026-12-03..2026-12-05"),
        ("3-5 Dezember", "2026-12-03..2026-12-05"),
        ("in den nächsten zwei Wochen", "2026-11-25..2026-12-09"),
        ("in den nächsten 59 Wochen", "2026-11-25..2028-01-12"),
        ("in 59 Wochen", "2028-01-12"),
        ("in 13 Monaten", ""),
        ("in 13 Monaten am Montag", ""),
        ("Montag in 13 Monaten", ""),
        ("Montag bis Mittwoch nächste Woche", "2026-11-30..2026-12-02"),
        ("nächste Woche Montag bis Mittwoch", "2026-11-30..2026-12-02"),
        ("Freitag bis Montag", "2026-11-27..2026-11-30"),
        ("Montag bis Freitag", "2026-11-30..2026-12-04"),
        ("5-3 Dezember", ""),
        ("12.11. oder morgen", ""),
        ("bis Freitag", ""),
        ("letzten Monat", ""),
        ("letztes Wochenende", ""),
        ("Freitag letzte Woche", ""),
        ("nächstes Wochenende", "2026-12-05..2026-12-06"),
        ("diesen Monat", "2026-11-25..2026-11-30"),
        ("nächste Woche, am Freitag", "2026-12-04"),
        ("im November", "2026-11-25..2026-11-30"),
        ("vor heute", ""),
        ("ab nächster Woche am Freitag", "2026-12-04.."),
        ("بعد 59 أسبوعين الاثنين", ""),
        ("am Montag im Dezember", "2026-12-01..2026-12-31"),
        ("Montag im November", "2026-11-30"),
        ("vor Montag bis Dienstag", ""),
        ("in 59 Wochen am Montag", "2028-01-10 or 2028-01-17"),
        ("nach nächster Woche", ""),
        ("ab heute", "2026-11-25.."),
        ("Montag, Dienstag, Mittwoch, Donnerstag, Freitag, Samstag", ""),
        ("am 32.", ""),
        ("lundi dans quinze jours", "2026-12-14"),
    ],
)
def test_spans_have_both_ends_and_what_cannot_be_planned_is_nothing(text: str, day: str) -> None:
    language = "fr" if text.startswith("lundi") else "de"
    assert understood(text, language)[0] == day


@pytest.mark.parametrize(
    ("text", "time", "part"),
    [
        ("um 0 Uhr", "", ""),
        ("um 25 Uhr", "", ""),
        ("um 24 Uhr", "", ""),
        ("25:30", "", ""),
        ("um 10:75", "", ""),
        ("um 12 Uhr mittags", "12:00", ""),
        ("um eins", "13:00", ""),
        ("halb eins", "12:30", ""),
        ("13 Uhr 15", "13:15", ""),
        ("um 10 oder um 11", "", ""),
        ("vor 12 Uhr", "", "morning"),
        ("vor 15 Uhr", "", ""),
        ("ab 9 Uhr", "", ""),
        ("von 8 bis 15 Uhr", "", ""),
        ("von 14 bis 16 Uhr", "", "afternoon"),
        ("von 2 bis 4 Uhr", "", "afternoon"),
        ("10-12", "", ""),
        ("Brief 10-12", "", ""),
        ("morgen 14-16", "", "afternoon"),
        ("um 10.10", "10:10", ""),
        ("at 12 am", "00:00", ""),
    ],
)
def test_times_are_of_the_clock_on_the_wall_and_bounds_are_parts(
    text: str, time: str, part: str
) -> None:
    assert understood(text, "en" if text.endswith("am") else "de")[1:] == (time, part)


def test_a_message_that_says_nothing_of_days_is_nothing() -> None:
    assert not when("Guten Tag", WEDNESDAY, TABLES, "de")
    assert not when("", WEDNESDAY, TABLES, "de")
    assert not when("Ich komme morgen. " * 60, WEDNESDAY, TABLES, "de")


def test_an_open_end_beside_a_word_nobody_knows_may_be_told_of_something_else() -> None:
    assert not when("Ich möchte kommen, ab Montag Zirkus", WEDNESDAY, TABLES, "de")
    assert when("Ich möchte ab Montag kommen", WEDNESDAY, TABLES, "de").day_from == MONDAY


PIECES = st.sampled_from(
    sorted(
        {word for language in LANGUAGES for line in lines(language, "days.tsv")
         for word in line[0].split()}
    )
)  # fmt: skip


@given(
    st.lists(PIECES | st.text(max_size=8), max_size=12).map(" ".join), st.sampled_from(LANGUAGES)
)
def test_no_text_is_a_day_that_is_over_or_too_far_to_plan(text: str, language: str) -> None:
    meant = when(text, WEDNESDAY, TABLES, language)
    ends = [day for day in (*meant.days, meant.day_from, meant.day_to) if day]
    assert [day for day in ends if not WEDNESDAY <= day <= WEDNESDAY + timedelta(600)] == []
    assert sorted(meant.days) == list(meant.days)
