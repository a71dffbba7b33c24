"""Screens as data: message keys and values, never text.

A screen is stored as JSON in the outbox and becomes text only when it is sent, in the language
its reader has then.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pydantic_core


@dataclass(frozen=True, slots=True)
class Name:
    """A person, street, office or link: shown as it is written on the door."""

    value: str


@dataclass(frozen=True, slots=True)
class Code:
    """The four signs that stand for an appointment."""

    value: str


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number, to be dialled from left to right."""

    value: str


@dataclass(frozen=True, slots=True)
class Day:
    """The day of a moment (UTC epoch seconds): weekday and date, written out."""

    value: int


@dataclass(frozen=True, slots=True)
class ShortDay:
    """The day of a moment (UTC epoch seconds), short enough for a button."""

    value: int


@dataclass(frozen=True, slots=True)
class Time:
    """The wall-clock time of a moment (UTC epoch seconds)."""

    value: int


@dataclass(frozen=True, slots=True)
class Times:
    """The wall-clock times of several moments (UTC epoch seconds), in this order."""

    value: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """A language, named in the reader's own."""

    value: str


@dataclass(frozen=True, slots=True)
class Languages:
    """Several languages, named in the reader's own and joined as a list."""

    value: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CityText:
    """Something only the city can say, by its key in the city file."""

    value: str


@dataclass(frozen=True, slots=True)
class Count:
    """A number that chooses the plural form of the message it stands in."""

    value: int


@dataclass(frozen=True, slots=True)
class Kilometres:
    """A distance, rounded before it got here."""

    value: float


@dataclass(frozen=True, slots=True)
class Say:
    """A message of the catalogue by its key, with the values of its placeholders.

    `language` fixes the language whatever the reader's, for words that somebody else must read.
    """

    key: str
    values: Mapping[str, "Value"] = field(default_factory=dict)
    language: str | None = None


Value = (
    Name
    | Code
    | Phone
    | Day
    | ShortDay
    | Time
    | Times
    | Language
    | Languages
    | CityText
    | Count
    | Kilometres
    | Say
)
Line = Value


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press: a label and either what it means to the bot, or a link."""

    label: Line
    data: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Screen:
    """Paragraphs of lines and rows of buttons. A traceless one must not stay once it is left."""

    paragraphs: tuple[tuple[Line, ...], ...]
    rows: tuple[tuple[Button, ...], ...] = ()
    traceless: bool = False


def say(key: str, /, **values: Value) -> Say:
    """A message of the catalogue."""
    return Say(key, values) if values else _plain(key)


@cache
def _plain(key: str) -> Say:
    """Most messages say one thing, always: there are as many as the catalogue has."""
    return Say(key)


_TAGS: dict[str, type] = {
    kind.__name__: kind
    for kind in (
        Name,
        Code,
        Phone,
        Day,
        ShortDay,
        Time,
        Times,
        Language,
        Languages,
        CityText,
        Count,
        Kilometres,
    )
}


def to_json(screen: Screen) -> str:
    """The screen as it is kept in the outbox."""
    paragraphs = [[_pack(line) for line in paragraph] for paragraph in screen.paragraphs]
    rows = [[[_pack(b.label), b.data, b.url] for b in row] for row in screen.rows]
    packed = [paragraphs, rows, *([True] if screen.traceless else [])]
    return pydantic_core.to_json(packed).decode()


def from_json(text: str) -> Screen:
    """The screen that `to_json` wrote."""
    paragraphs, rows, *traceless = json.loads(text)
    return Screen(
        tuple(tuple(_unpack(line) for line in paragraph) for paragraph in paragraphs),
        tuple(tuple(Button(_unpack(b[0]), b[1], b[2]) for b in row) for row in rows),
        *traceless,
    )


def _pack(value: Value) -> Any:
    if isinstance(value, Say):
        if not value.values and value.language is None:
            return value.key
        packed = {name: _pack(inner) for name, inner in value.values.items()}
        return {"say": value.key, "with": packed, "in": value.language}
    return [type(value).__name__, value.value]


def _unpack(packed: Any) -> Value:
    if isinstance(packed, str):
        return _plain(packed)
    if isinstance(packed, dict):
        values = {name: _unpack(inner) for name, inner in packed["with"].items()}
        return Say(packed["say"], values, packed["in"])
    tag, value = packed
    made: Value = _TAGS[tag](tuple(value) if isinstance(value, list) else value)
    return made
