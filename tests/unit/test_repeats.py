"""Whatever makes a library complain a thousand times a second fills no disk."""

import logging

import pytest

from bot.observability.logs import Lines
from bot.observability.repeats import PAUSE_SECONDS, Repeats

NOON = 1_800_000_000.0


def said(
    seconds: float, name: str = "aiohttp.server", line: int = 20, error: Exception | None = None
) -> logging.LogRecord:
    """What is reported so many seconds after noon."""
    caught = None if error is None else (type(error), error, error.__traceback__)
    record = logging.LogRecord(name, logging.ERROR, __file__, line, "x %s", ("secret",), caught)
    record.created = NOON + seconds
    return record


def raised(key: str) -> Exception:
    """One of two kinds of error, of one place."""
    nothing: dict[str, int] = {}
    with pytest.raises((KeyError, ValueError)) as caught:
        nothing[key] if key else int(key)
    return caught.value


def test_the_same_thing_is_written_once_a_minute_with_how_often_it_was_said() -> None:
    repeats = Repeats()
    moments = [0, 1, 2, PAUSE_SECONDS - 0.1, PAUSE_SECONDS, PAUSE_SECONDS + 1, 3 * PAUSE_SECONDS]
    records = [said(moment) for moment in moments]
    written = [record for record in records if repeats.filter(record)]
    assert [record.created - NOON for record in written] == [0, PAUSE_SECONDS, 3 * PAUSE_SECONDS]
    told = [Lines().format(record).partition(" unsaid=")[2] for record in written]
    assert told == ["", "3", "1"]


def test_what_differs_by_logger_place_or_error_is_another_thing() -> None:
    repeats = Repeats()
    records = [
        *(said(0), said(0, name="asyncio"), said(0, line=21)),
        *(said(0, error=raised("a")), said(0, error=raised("")), said(0, error=raised("b"))),
    ]
    assert [repeats.filter(record) for record in records] == [True] * 5 + [False]


def test_a_clock_set_back_keeps_nothing_unsaid() -> None:
    repeats = Repeats()
    assert [repeats.filter(said(moment)) for moment in (0, -3600, -3599)] == [True, True, False]


def test_our_own_events_are_always_written() -> None:
    repeats = Repeats()
    assert [repeats.filter(said(0, name="bot.web.webhook")) for _ in range(3)] == [True] * 3
