"""A screen as JSON, as the outbox keeps it. What an earlier version wrote can be read."""

import json
from typing import Any

import pydantic_core

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
    OfficeCalled,
    OfficePlace,
    OnPhone,
    OwnName,
    Passage,
    Phone,
    Say,
    Screen,
    ShortDay,
    Time,
    Times,
    Value,
    say,
)

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
        OwnName,
        OnPhone,
        CityText,
        OfficeCalled,
        OfficePlace,
        Count,
        Kilometres,
    )
}

_EARLIER_OWN_NAME = "language.own_name."
_EARLIER_STRETCH, _STRETCH = "staff.stretch", "staff.stretch_from_to"
_NOW_WITH_A_NUMBER = "refused.too_many"
"""It stood above the appointments it speaks of: without its number it is left out."""


def to_json(screen: Screen) -> str:
    """The screen as it is kept in the outbox."""
    paragraphs = [[_pack_line(line) for line in paragraph] for paragraph in screen.paragraphs]
    rows = [[_pack_button(button) for button in row] for row in screen.rows]
    packed = [paragraphs, rows, *([True] if screen.traceless else [])]
    return pydantic_core.to_json(packed).decode()


def from_json(text: str) -> Screen:
    """The screen that `to_json` wrote."""
    paragraphs, rows, *traceless = json.loads(text)
    return Screen(
        tuple(
            tuple(_unpack_line(line) for line in paragraph if line != _NOW_WITH_A_NUMBER)
            for paragraph in paragraphs
        ),
        tuple(tuple(_unpack_button(*packed) for packed in row) for row in rows),
        *traceless,
    )


def _pack_button(button: Button) -> list[Any]:
    """Most buttons neither copy nor stand out: of those nothing is written."""
    packed = [_pack(button.label), button.data, button.url]
    more = [button.copies, button.emphasis]
    return [*packed, *more] if any(more) else packed


def _unpack_button(label: Any, data: str, url: str, copies: str = "", emphasis: str = "") -> Button:
    return Button(_unpack(label), data, url, copies, Emphasis(emphasis))


def _pack_line(line: Passage) -> Any:
    return {"fold": [*map(_pack, line.lines)]} if isinstance(line, Fold) else _pack(line)


def _unpack_line(packed: Any) -> Passage:
    if isinstance(packed, dict) and "fold" in packed:
        return Fold(tuple(map(_unpack, packed["fold"])))
    return _unpack(packed)


def _pack(value: Value) -> Any:
    if isinstance(value, Say):
        if not value.values and value.language is None:
            return value.key
        packed = {name: _pack(inner) for name, inner in value.values.items()}
        return {"say": value.key, "with": packed, "in": value.language}
    return [type(value).__name__, value.value]


def _unpack(packed: Any) -> Value:
    if isinstance(packed, str):
        own = packed.removeprefix(_EARLIER_OWN_NAME)
        return say(packed) if own == packed else OwnName(own)
    if isinstance(packed, dict):
        values = {name: _unpack(inner) for name, inner in packed["with"].items()}
        if packed["say"] == _EARLIER_STRETCH and "last_time" in values:
            values["until"] = values.pop("last_time")
            return Say(_STRETCH, values, packed["in"])
        return Say(packed["say"], values, packed["in"])
    tag, value = packed
    made: Value = _TAGS[tag](tuple(value) if isinstance(value, list) else value)
    return made
