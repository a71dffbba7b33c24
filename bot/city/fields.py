"""The values in a city file: how each is written, and what to say when it is not."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field

from bot.domain.city import StepFree
from bot.domain.referral import OTHER

GRID_MINUTES = 5

_SPAN = re.compile(r"([01]?\d|2[0-3]):([0-5]\d) ?[-–] ?([01]?\d|2[0-3]):([0-5]\d)")
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")

Entry = TypeVar("Entry")
Many = Annotated[tuple[Entry, ...], Field(strict=False)]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of local time within one day."""

    start: time
    end: time


def _shaped(pattern: str, reason: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(reason)
        return text

    return check


def _span(value: object) -> Span:
    found = _SPAN.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        raise ValueError('must be written as "08:00-12:00"')
    start_hour, start_minute, end_hour, end_minute = map(int, found.groups())
    span = Span(time(start_hour, start_minute), time(end_hour, end_minute))
    if span.end <= span.start:
        raise ValueError(f'"{value}" ends before it starts')
    if start_minute % GRID_MINUTES or end_minute % GRID_MINUTES:
        raise ValueError(f'"{value}" is not on the grid of {GRID_MINUTES} minutes')
    return span


def _closed_day(value: object) -> date:
    try:
        if isinstance(value, str) and _ISO_DATE.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise ValueError('must be a date with a reason, written as 2026-12-24 = "Christmas Eve"')


def _latitude_longitude(position: tuple[float, float]) -> tuple[float, float]:
    latitude, longitude = position
    if abs(latitude) > 90 or abs(longitude) > 180:
        raise ValueError("must be [latitude, longitude] in degrees")
    return position


def _choice_of_step_free(value: object) -> StepFree:
    try:
        return StepFree(str(value))
    except ValueError:
        raise ValueError('must be "yes", "no" or "unknown"') from None


def _flat(table: object) -> object:
    """Nested tables as dotted keys, so that `office.city.note = …` needs no quotation marks."""
    if not isinstance(table, Mapping):
        return table
    flat: dict[str, Any] = {}
    for key, value in table.items():
        inner = _flat(value)
        flat |= (
            {f"{key}.{k}": v for k, v in inner.items()} if isinstance(inner, dict) else {key: inner}
        )
    return flat


def _not_empty(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    if not entries:
        raise ValueError("must have at least one entry")
    return entries


def _on_grid(minutes: int) -> int:
    if minutes % GRID_MINUTES:
        raise ValueError(f"must be a multiple of {GRID_MINUTES} minutes")
    return minutes


Id = Annotated[
    str, AfterValidator(_shaped(r"[a-z0-9_]{1,16}", "must be 1 to 16 of a-z, 0-9 and _"))
]
Source = Annotated[
    str,
    AfterValidator(
        _shaped(
            rf"(?!{OTHER}$)(?!.*-[rop]_)[a-z0-9_-]{{1,24}}",
            'must be 1 to 24 of a-z, 0-9, - and _, without "-r_", "-o_" and "-p_", and not "other"',
        )
    ),
]
Words = Annotated[str, AfterValidator(_shaped(r"(?s).*\S.*", "must not be empty"))]
Code = Annotated[str, AfterValidator(_shaped(r"[0-9]{5}", "must be a postal code of 5 digits"))]
Phone = Annotated[str, AfterValidator(_shaped(r"\+?[0-9][0-9 ()/-]{2,}", "must be a phone number"))]
Coordinates = Annotated[
    tuple[float, float], Field(strict=False), AfterValidator(_latitude_longitude)
]
# Not min_length: pydantic would count the faultless entries and report a second mistake.
OneOrMore = Annotated[tuple[Entry, ...], Field(strict=False), AfterValidator(_not_empty)]
Spans = Many[Annotated[Span, BeforeValidator(_span)]]
Minutes = Annotated[int, AfterValidator(_on_grid)]
ClosedDay = Annotated[date, BeforeValidator(_closed_day)]
Translations = Annotated[dict[str, Words], BeforeValidator(_flat)]
StepFreeAccess = Annotated[StepFree, BeforeValidator(_choice_of_step_free)]


def overlap(spans: tuple[Span, ...]) -> tuple[Span, Span] | None:
    """The first two spans of a day that share time, if any."""
    ordered = sorted(spans, key=lambda span: span.start)
    return next((pair for pair in pairwise(ordered) if pair[1].start < pair[0].end), None)
