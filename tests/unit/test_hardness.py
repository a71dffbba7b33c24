"""German texts that are hard to read are found; screens are measured as they are shown."""

import re

import pytest
from shown import chat_of
from test_screens_say import SHOWN
from texts.hardness import check, groups, hardest, measure, prose_of, sentences, syllables
from texts.readable import ReadText, everything
from town_in_memory import CITY

from bot.app import LOCALES
from bot.rendering import catalogues
from bot.rendering.chat_message import Renderer

TEXTS = catalogues.load(LOCALES, ["de"], ["de"])
KEY = re.compile(r"[a-z_]+(?:\.[a-z_]+)+")
EASY = "Ihr Termin ist am Montag. Bitte kommen Sie zum Büro. Sie brauchen keine Papiere."
LONG_WORDS = (
    "Beratungsleistungen, Unterstützungsangebote und Vermittlungstätigkeiten erfordern"
    " vorausgehende Terminvereinbarungen. Terminabsagen erfordern die rechtzeitige Benachrichtigung"
    " aller Beteiligten."
)
LONG_SENTENCE = (
    "Wenn Sie an dem Tag, den Sie mit der Frau im Büro am Ende des Gangs im ersten Stock für das"
    " Gespräch gewählt haben, doch nicht da sein können, weil Sie an dem Tag in der Schule sind"
    " oder mit dem Kind zum Arzt gehen oder zur Arbeit müssen, rufen Sie bitte vorher an."
)


def read(key: str, text: str, language: str = "de", file: str = "lotse.po") -> ReadText:
    """A text of a catalogue."""
    return ReadText(language, file, key, text)


@pytest.mark.parametrize(
    ("word", "number"),
    [
        *(("Uhr", 1), ("Büro", 2), ("über", 2), ("Abend", 2), ("Beratung", 3), ("Aufenthalt", 3)),
        *(("beenden", 3), ("Situation", 5), ("bequem", 2), ("Ausländerbehörde", 6), ("48", 1)),
    ],
)
def test_syllables_are_counted(word: str, number: int) -> None:
    assert syllables(word) == number


def test_sentences_are_split_at_marks_and_colons_but_not_at_ordinals_and_times() -> None:
    text = "<b>Zeit:</b> am 3. Mai um 14:30 Uhr! Wo? Im „Büro“ (bei {name}). Bis dann…"
    assert sentences(text) == [
        ["Zeit"],
        ["am", "3", "Mai", "um", "14:30", "Uhr"],
        ["Wo"],
        ["Im", "Büro", "bei", "Name"],
        ["Bis", "dann"],
    ]


def test_both_formulas_are_those_that_were_published() -> None:
    """Four words in a sentence, 8 syllables; half of the words have three and are long, and half
    have one: 0.1935 * 50 + 0.1672 * 4 + 0.1297 * 50 - 0.0327 * 50 - 0.875, 180 - 4 - 58.5 * 2."""
    found = measure("x", ["Die Beratung ist kostenlos."])
    assert (found.words, round(found.years, 4), round(found.ease, 4)) == (4, 14.3188, 59.0)


@pytest.mark.parametrize("text", [LONG_WORDS, LONG_SENTENCE])
def test_a_text_of_long_words_or_of_long_sentences_is_too_hard(text: str) -> None:
    texts = [read("menu.hard", text), read("menu.easy", EASY)]
    assert [each.key for each in check(texts)][:1] == ["menu.hard"]


def test_an_easy_text_is_not_too_hard() -> None:
    assert list(check([read("menu.easy", EASY)])) == []


def test_texts_too_short_to_tell_are_measured_with_their_group() -> None:
    texts = [
        read(f"menu.{part}", "Terminvereinbarungen erfordern Mitteilungen.") for part in "abcd"
    ]
    (problem,) = check(texts)
    assert str(problem).startswith("error: de: menu.*: is too hard as a whole: ")


def test_neither_labels_nor_other_languages_nor_what_the_staff_read_is_measured() -> None:
    texts = [
        read("a.b", "Terminvereinbarung bestätigen"),
        read("a.c", LONG_WORDS, language="en"),
        read("a.d", LONG_WORDS, file="staff.po"),
    ]
    assert prose_of(texts) == []


def test_the_hardest_come_first() -> None:
    texts = [read("a.easy", EASY), read("a.hard", LONG_WORDS), read("a.short", "Nur drei Worte.")]
    assert [each.name for each in hardest(texts)] == ["a.hard", "a.easy"]
    assert [each.name for each in hardest(texts, 1)] == ["a.hard"]


def test_no_shipped_text_is_too_hard() -> None:
    texts = everything()
    assert [str(problem) for problem in check(texts)] == []
    assert len(groups(prose_of(texts))) > 20


def test_no_screen_as_a_client_sees_it_is_too_hard() -> None:
    renderer = Renderer(TEXTS, CITY)
    hard, seen = [], 0
    for shown in SHOWN:
        if TEXTS.staff_keys.isdisjoint(KEY.findall(shown.text)):
            text = renderer.message(chat_of(shown).shown, "de").text
            said = [line for line in text.split("\n") if re.search(r"[.!?]\W*$", line)]
            seen += bool(said)
            measured = measure(str(shown), said) if said else None
            hard += [str(measured)] if measured and measured.is_hard else []
    assert hard == []
    assert seen > 50
