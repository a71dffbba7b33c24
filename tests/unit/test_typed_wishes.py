"""What takes a wish back, what hides another, which language is asked for or was typed."""

import pytest
from seven_languages import LANGUAGES, LOCALES

from bot.understanding.dangers import danger
from bot.understanding.heard import tables_of
from bot.understanding.intent_kinds import Alarm, Danger, Intent
from bot.understanding.intents import LONGEST_TEXT, intents
from bot.understanding.typed_language import typed_language
from bot.understanding.wanted_languages import same_person, speaks

TABLES = tables_of(LOCALES, LANGUAGES).intents


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Don't cancel, I want to change the day", (Intent.CHANGE,)),
        ("I can't come. Please cancel my appointment", (Intent.CANCEL, Intent.CANNOT_COME)),
        ("absagen will ich nicht", ()),
        ("I do not know whether to cancel", ()),
        ("what if I cancel, where is the office", (Intent.WHERE,)),
        ("Hello, I can't come, thank you", (Intent.CANNOT_COME, Intent.THANKS, Intent.HELLO)),
        ("I don't thank you", (Intent.THANKS,)),
        ("I need to cancel my appointment", (Intent.CANCEL,)),
        ("", ()),
        ("…", ()),
    ],
)
def test_a_negation_or_doubt_in_the_same_part_takes_a_wish_back(
    text: str, wanted: tuple[Intent, ...]
) -> None:
    assert intents(text, TABLES) == wanted


def test_of_a_long_text_only_the_beginning_is_read_for_wishes_but_all_of_it_for_dangers() -> None:
    text = "x " * LONGEST_TEXT + "cancel my appointment, he hit me"
    assert intents(text, TABLES) == ()
    assert danger(text, TABLES) == Alarm((Danger.VIOLENCE,), ("en",))


def test_the_worst_danger_comes_first_with_every_language_it_was_said_in() -> None:
    text = "Wir haben Hunger. My husband beats me. хочу умереть"
    assert danger(text, TABLES) == Alarm(
        (Danger.SUICIDE, Danger.VIOLENCE, Danger.SHELTER), ("de", "en", "ru")
    )


def test_a_language_is_asked_for_beside_a_word_like_speak_or_alone() -> None:
    texts = {
        "jemand, der Arabisch spricht": "ar",
        "українською, будь ласка": "uk",
        "Arabic": "ar",
        "I do not speak German": None,
        "a German course": None,
        "life in Germany is hard": None,
        "viața în Germania e grea": None,
        "ich bin neu in Deutschland": None,
        "Arabic numbers are nice": None,
        "hello": None,
        "": None,
    }
    assert {text: speaks(text, TABLES) for text in texts} == texts


def test_the_same_person_is_asked_for() -> None:
    texts = {"with the same person as last time": True, "same day": False, "": False}
    assert {text: same_person(text, TABLES) for text in texts} == texts


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Ich brauche einen Termin im Jobcenter", "de"),
        ("мені потрібен термін у Jobcenter завтра", "uk"),
        ("мне нужен термин завтра", "ru"),
        ("je voudrais un Termin demain", "fr"),
        ("vreau o programare mâine", "ro"),
        ("أريد موعدا من فضلك", "ar"),
        ("Wanne-Eickel Hauptbahnhof", None),
        ("Strünkede Schloss 44629", None),
        ("Termin", None),
        ("12.12.2026 10:30", None),
        ("Olga Kowalczyk", None),
        ("я живу Herne", None),
        ("as soon as possible", None),
        ("мені каждый день", None),
        ("мен ертең келемін, жоқ па", None),
        ("", None),
    ],
)
def test_the_typed_language_is_told_only_where_it_is_beyond_doubt(
    text: str, language: str | None
) -> None:
    assert typed_language(text, TABLES, None) == language


def test_the_chosen_language_is_no_other_language() -> None:
    text = "Ich brauche einen Termin"
    chosen = {code: typed_language(text, TABLES, code) for code in ("de", "en")}
    assert chosen == {"de": None, "en": "de"}
