"""Screens as data survive the outbox."""

import json
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.content import (
    Button,
    CityText,
    Code,
    Count,
    Day,
    Emphasis,
    Fold,
    Kilometres,
    Language,
    Languages,
    Name,
    OwnName,
    Phone,
    Say,
    Screen,
    ShortDay,
    Time,
    Times,
    Value,
    say,
)
from bot.conversation.screen_codec import from_json, to_json

TEXTS = st.text(max_size=20)
NUMBERS = st.integers(-(2**53), 2**53)
PLAIN: st.SearchStrategy[Value] = st.one_of(
    *(st.builds(kind, TEXTS) for kind in (Name, Code, Phone, Language, OwnName, CityText)),
    *(st.builds(kind, NUMBERS) for kind in (Day, ShortDay, Time, Count)),
    st.builds(Kilometres, st.floats(0, 100)),
    st.builds(Languages, st.lists(TEXTS, max_size=3).map(tuple)),
    st.builds(Times, st.lists(NUMBERS, max_size=3).map(tuple)),
)
EARLIER = ("language.own_name.", "refused.too_many")
KEYS = TEXTS.filter(lambda key: not key.startswith(EARLIER))
LINES: st.SearchStrategy[Value] = st.recursive(
    PLAIN,
    lambda inner: st.builds(
        Say,
        key=KEYS,
        values=st.dictionaries(st.text("abc", min_size=1, max_size=3), inner, max_size=3),
        language=st.none() | TEXTS,
    ),
    max_leaves=5,
)
BUTTONS = st.builds(Button, LINES, TEXTS, TEXTS, TEXTS, st.sampled_from(Emphasis))
FOLDS = st.builds(Fold, st.lists(LINES, max_size=2).map(tuple))
SCREENS = st.builds(
    Screen,
    st.lists(st.lists(LINES | FOLDS, max_size=2).map(tuple), max_size=3).map(tuple),
    st.lists(st.lists(BUTTONS, max_size=2).map(tuple), max_size=3).map(tuple),
)


@given(SCREENS)
def test_a_screen_comes_back_as_it_was_written(screen: Screen) -> None:
    assert from_json(to_json(screen)) == screen


@pytest.mark.parametrize("kind", get_args(Value))
def test_every_kind_of_value_comes_back_as_itself(kind: type) -> None:
    samples: dict[type, Value] = {
        Say: say("a.key", name=Name("Ada"), inner=say("another", n=Count(2))),
        Languages: Languages(("de", "ar")),
        Times: Times((7, 8)),
        Kilometres: Kilometres(1.5),
    }
    made: Value = samples.get(kind) or kind(7 if kind in (Day, ShortDay, Time, Count) else "x")
    back = from_json(to_json(Screen(((made,),)))).paragraphs[0][0]
    assert (type(back), back) == (kind, made)


def test_words_for_somebody_else_keep_their_language() -> None:
    words = Say("door.hello", {}, "de")
    assert from_json(to_json(Screen(((words,),)))).paragraphs == ((words,),)


def test_a_screen_is_kept_as_keys_and_values() -> None:
    screen = Screen(((say("menu.title"),),), ((Button(say("menu.book"), "book:1:"),),))
    assert json.loads(to_json(screen)) == [
        [["menu.title"]],
        [[["menu.book", "book:1:", ""]]],
    ]


def test_other_scripts_are_kept_readable() -> None:
    assert "فانه" in to_json(Screen(((Name("فانه"),),)))


def test_something_that_was_never_a_value_is_a_bug() -> None:
    with pytest.raises(KeyError):
        from_json('[[[["Secret", "x"]]], []]')


def test_the_own_name_of_a_language_as_an_earlier_version_wrote_it_can_be_read() -> None:
    row = '[[["menu.title"]], [[["language.own_name.uk", "language:1:uk", ""]]]]'
    assert from_json(row).rows == ((Button(OwnName("uk"), "language:1:uk"),),)


def test_a_closed_time_as_an_earlier_version_wrote_it_can_be_read() -> None:
    row = (
        '[[[{"say": "staff.stretch", "with": {"day": ["Day", 0], "time": ["Time", 0],'
        ' "last_day": ["Day", 7199], "last_time": ["Time", 7199]}, "in": null}]], []]'
    )
    now = say(
        "staff.stretch_from_to", day=Day(0), time=Time(0), last_day=Day(7199), until=Time(7199)
    )
    assert from_json(row) == Screen(((now,),))


def test_a_refusal_of_an_earlier_version_that_names_no_number_is_left_out() -> None:
    row = '[[["refused.too_many"], ["mine.title"]], []]'
    assert from_json(row).paragraphs == ((), (say("mine.title"),))
