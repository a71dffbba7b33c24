"""The outbox's codec: what is written comes back, and what cannot be read says so."""

import json
from typing import Any, get_args

import pytest
from payload_samples import SAMPLES, SCREEN

from bot.messages import payloads
from bot.messages.payloads import BARE, KINDS, Kind, LiveScreen, Payload, UnknownKindError
from bot.messages.version_0_1 import EarlierDigest, EarlierNotice

ONLY_READ: set[type[Any]] = {EarlierDigest, EarlierNotice}
"""What version 0.1 wrote; this version writes no more of it."""
NO_PAYLOAD = ("", "{", "null", "7", '"text"', "{}", "[1, 2]", '[[["a"]]]', '[[[["Secret", 1]]],[]]')


def name(payload: Payload) -> str:
    return type(payload).__name__


@pytest.mark.parametrize("sample", SAMPLES, ids=name)
def test_a_payload_comes_back_as_it_was_written(sample: Payload) -> None:
    kind, text = payloads.encode(sample)
    assert kind == KINDS[type(sample)]
    back = payloads.decode(kind, text)
    assert (type(back), back) == (type(sample), sample)


def test_there_is_a_sample_of_every_payload_and_of_every_kind() -> None:
    sampled = [type(sample) for sample in SAMPLES]
    assert {*sampled} == {*KINDS} == {*get_args(Payload)} - ONLY_READ
    assert [KINDS[each] for each in sampled] == list(Kind)


@pytest.mark.parametrize("sample", SAMPLES, ids=name)
def test_what_a_later_version_writes_beside_it_is_passed_over(sample: Payload) -> None:
    kind, text = payloads.encode(sample)
    later = json.dumps(_with_more(json.loads(text)))
    assert payloads.decode(kind, later) == sample


def _with_more(kept: Any) -> Any:
    """The same with a name nobody knows in every object; placeholders' names are their own."""
    if isinstance(kept, list):
        return [_with_more(each) for each in kept]
    if not isinstance(kept, dict):
        return kept
    inner = {
        key: {k: _with_more(v) for k, v in value.items()} if key == "with" else _with_more(value)
        for key, value in kept.items()
    }
    return {"mood": {"of": ["tomorrow"]}, **inner}


def test_a_name_nobody_knows_is_put_into_the_deepest_object() -> None:
    kept = {"about": {"wishes": {"adults": 1}}, "with": {"n": {"say": "x"}}}
    more = {"of": ["tomorrow"]}
    assert _with_more(kept) == {
        "mood": more,
        "about": {"mood": more, "wishes": {"mood": more, "adults": 1}},
        "with": {"n": {"mood": more, "say": "x"}},
    }


@pytest.mark.parametrize("text", NO_PAYLOAD)
@pytest.mark.parametrize("kind", [*(kind for kind in Kind if kind not in BARE), "mail"])
def test_a_text_that_is_no_payload_is_a_value_error(kind: str, text: str) -> None:
    with pytest.raises(ValueError):
        payloads.decode(kind, text)


@pytest.mark.parametrize("text", NO_PAYLOAD)
@pytest.mark.parametrize("kind", BARE)
def test_of_a_kind_that_says_all_nothing_else_is_looked_at(kind: Kind, text: str) -> None:
    assert payloads.decode(kind, text) == BARE[kind]


def test_a_kind_this_version_does_not_know_is_named() -> None:
    with pytest.raises(UnknownKindError, match="hologram"):
        payloads.decode("hologram", "{}")


def test_a_screen_that_stays_in_the_chat_does_not_say_so_in_the_outbox() -> None:
    """The mark of a traceless screen is written only where it is one."""
    staying = LiveScreen(type(SCREEN)(SCREEN.paragraphs, SCREEN.rows))
    assert len(json.loads(payloads.encode(staying)[1])) == 2
    assert len(json.loads(payloads.encode(LiveScreen(SCREEN))[1])) == 3
