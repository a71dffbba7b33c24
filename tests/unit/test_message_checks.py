"""Each rule for a single text, broken in its own way and kept in the ways that look similar."""

import pytest
from seven_languages import WRITTEN

from bot.rendering.message_checks import Translation, faults

SPACES = "has a double, leading or trailing space or a line break"
TAGS = "does not have the HTML tags of the English text"
UNBALANCED = "has unbalanced HTML tags"
ISOLATES = "has unbalanced isolates"


def told(
    language: str, source: str, text: str, *, key: str = "some.key", comment: str = ""
) -> tuple[str, ...]:
    return faults(Translation(language, WRITTEN[language].letters, key, comment, source, text))


@pytest.mark.parametrize(
    ("language", "source", "text", "reason"),
    [
        ("de", "Back", "", "is not translated"),
        ("de", "Back", " ", "is not translated"),
        ("de", "At {time}", "Um {zeit}", "has the placeholders {zeit} instead of {time}"),
        ("de", "At {a} {b}", "Um {b}", "has the placeholders {b} instead of {a} {b}"),
        ("de", "At {a}", "Um {a} {a}", "has the placeholders {a} {a} instead of {a}"),
        ("de", "At {time}", "Um {time", "cannot be filled in"),
        ("de", "At {time}", "Um time}", "cannot be filled in"),
        ("de", "At {time}", "Um {time:d}", "cannot be filled in"),
        ("de", "<b>Now</b>", "<i>Jetzt</i>", TAGS),
        ("de", "<b>Now</b>", "Jetzt", TAGS),
        ("de", "<b>Now</b>", "</b>Jetzt<b>", UNBALANCED),
        ("de", "<b><i>Now</i></b>", "<b><i>Jetzt</b></i>", UNBALANCED),
        ("de", "House", "Haus & Hof", "has a bare &, which HTML does not allow"),
        ("de", "Less", "Weniger < mehr", "has a bare <, which HTML does not allow"),
        ("de", "Please call.", "Bitte rufen Sie an!", "ends with !, the English text with ."),
        ("de", "Please call.", "Bitte anrufen", "ends with no mark, the English text with ."),
        ("ar", "Where", "أين؟", "ends with ?, the English text with no mark"),
        ("uk", "Back", "Назаd", "has words in another script: Назаd"),
        ("ar", "Back", "Back رجوع", "has words in another script: Back"),
        ("de", "No", "Нет", "has words in another script: Нет"),
        ("uk", "More", "Ещё", "has signs of another language: ё"),
        ("uk", "Family", "Сім'я", "has signs of another language: '"),
        ("ru", "No", "НІ", "has signs of another language: і"),
        ("ro", "Your", "Ţara şi", "has signs of another language: ş ţ"),
        ("ar", "Two", "بعد ٢", "has signs of another language: ٢"),
        ("de", "Please call us.", "Please call us.", "is still in English"),
        ("de", "Back", "Zurück  dahin", SPACES),
        ("fr", "Back", "Retour \u00a0là", SPACES),
        ("de", "Back", "Zurück ", SPACES),
        ("de", "Back", "Zurück\ndahin", SPACES),
        ("ar", "Back", "\u200fرجوع", "has the direction control U+200F"),
        ("ar", "Back", "\u202bرجوع\u202c", "has the direction control U+202B"),
        ("ar", "Back", "\u2066رجوع", ISOLATES),
        ("ar", "Back", "\u2069رجوع\u2066", ISOLATES),
    ],
)
def test_a_text_that_breaks_a_rule_is_refused(
    language: str, source: str, text: str, reason: str
) -> None:
    assert told(language, source, text) == (reason,)


@pytest.mark.parametrize(
    ("language", "source", "text"),
    [
        ("de", "At {a} {b}", "{b} um {a}"),
        ("de", "<b>{a}</b>, <i>now</i>", "<i>Jetzt</i>: <b>{a}</b>"),
        ("de", "Both", "Haus &amp; Hof"),
        ("de", "Press “Back”.", "Drücken Sie „Zurück“."),
        ("fr", "What?", "Quoi\u202f?"),
        ("ar", "Where?", "أين؟"),
        ("ar", "<b>Code {code}</b>", "<b>\u2066Code\u2069 {code}</b>"),
        ("uk", "Please send /start.", "Надішліть /start."),
        ("uk", "Family", "Сім’я"),
        ("ro", "Your country", "Țara și"),
        ("de", "Details", "Details"),
        ("en", "Please call us.", "Please call us."),
    ],
)
def test_a_text_that_keeps_all_rules_is_accepted(language: str, source: str, text: str) -> None:
    assert told(language, source, text) == ()


@pytest.mark.parametrize(
    ("key", "comment", "most"),
    [
        ("a.b", "", 499),
        ("a.b", "Button.", 32),
        ("a.b", "Button, at most 14 characters.", 14),
        ("a.b", "Button: one of the offices.", 32),
        ("profile.name", "", 64),
        ("profile.short_description", "", 120),
    ],
)
def test_a_text_has_room_without_its_placeholders(key: str, comment: str, most: int) -> None:
    fits, too_long = (f"{'a' * length}{{name}}" for length in (most, most + 1))
    reason = f"is {most + 1} characters long, at most {most} fit"
    assert told("de", "{name}", fits, key=key, comment=comment) == ()
    assert told("de", "{name}", too_long, key=key, comment=comment) == (reason,)


def test_words_may_stand_for_the_number_where_a_form_means_one_number_only() -> None:
    words = Translation(
        "ar", WRITTEN["ar"].letters, "wishes.adults[2]", "Plural.", "{n} adults", "بالغان", True
    )
    assert faults(words) == ()


def test_a_text_names_buttons_as_they_are_labelled() -> None:
    labels = {"Confirm": "Bestätigen"}
    right, wrong = (
        Translation(
            "de",
            WRITTEN["de"].letters,
            "a.b",
            "",
            "Press “Confirm”.",
            f"Drücken Sie „{word}“.",
            labels=labels,
        )
        for word in ("Bestätigen", "Ja")
    )
    assert faults(right) == ()
    assert faults(wrong) == ("does not name the button “Bestätigen”",)


def test_every_reason_is_given() -> None:
    assert told("de", "At {time}.", "Um  {zeit}") == (
        "has the placeholders {zeit} instead of {time}",
        "ends with no mark, the English text with .",
        SPACES,
    )
