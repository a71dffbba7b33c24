"""Telegram's HTML, text with tags, becomes plain text with entities.

Offsets and lengths are UTF-16 code units, as everywhere in the Bot API. Custom emoji and dates
are left out; the errors are Telegram's own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.simulator.refusal import Refusal, bad_request

Entity = dict[str, Any]

ENTITY_OF_TAG = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
QUOTE = "blockquote"
WHERE = "\0"
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
REFERENCE = re.compile(r"&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]+));?")
TAG = re.compile(r"<(/?)([^\s>]*+)((?:\"[^\"]*\"|'[^']*'|[^>\"'])*+)>")
ATTRIBUTE = re.compile(r"\s+([^\s=>\"']+)(?:\s*=\s*(\"[^\"]*\"|'[^']*'|[A-Za-z0-9.\-]+))?")


@dataclass(frozen=True, slots=True)
class Formatted:
    """Plain text and its entities, trimmed."""

    text: str
    entities: list[Entity]


@dataclass(slots=True)
class _Open:
    tag: str
    offset: int
    details: Entity


@dataclass(slots=True)
class _Reading:
    parts: list[str] = field(default_factory=list)
    offset: int = 0
    open: list[_Open] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def add(self, text: str) -> None:
        plain = _decoded(text)
        self.parts.append(plain)
        self.offset += units(plain)


def units(text: str) -> int:
    """The length in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse(source: str) -> Formatted | Refusal:
    """Telegram's reading of parse_mode HTML."""
    reading, position = _Reading(), 0
    while (start := source.find("<", position)) >= 0:
        reading.add(source[position:start])
        problem = _tag(reading, source, start)
        if isinstance(problem, str):
            at = len(source[:start].encode())
            where = f" at byte offset {at}"
            return bad_request(f"can't parse entities: {problem.replace(WHERE, where)}")
        position = problem
    reading.add(source[position:])
    if reading.open:
        tag = reading.open[-1].tag
        return bad_request(
            f"can't parse entities: Can't find end tag corresponding to start tag \"{tag}\""
        )
    return trimmed("".join(reading.parts), reading.entities)


def trimmed(text: str, entities: Sequence[Entity]) -> Formatted:
    """Without space at both ends, the entities moved and cut accordingly."""
    plain = text.strip()
    lead, length = units(text[: len(text) - len(text.lstrip())]), units(plain)
    kept = []
    for entity in entities:
        start = min(max(entity["offset"] - lead, 0), length)
        end = min(max(entity["offset"] + entity["length"] - lead, 0), length)
        if end > start:
            kept.append({**entity, "offset": start, "length": end - start})
    kept.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return Formatted(plain, kept)


def _tag(reading: _Reading, source: str, start: int) -> int | str:
    """Where reading goes on after the tag at start, or what is wrong with it."""
    match = TAG.match(source, start)
    if match is None:
        return f"Unclosed {'end' if source.startswith('</', start) else 'start'} tag{WHERE}"
    closing, name, rest = match.groups()
    problem = _end(reading, name, rest) if closing else _start(reading, name.lower(), rest)
    return problem or match.end()


def _start(reading: _Reading, tag: str, rest: str) -> str | None:
    if tag not in ENTITY_OF_TAG:
        return f'Unsupported start tag "{tag}"{WHERE}'
    attributes = _attributes(rest)
    if attributes is None:
        return f'Expected equal sign in declaration of an attribute of the tag "{tag}"{WHERE}'
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        return f'Tag "span" must have class "tg-spoiler"{WHERE}'
    if tag == QUOTE and any(outer.tag == QUOTE for outer in reading.open):
        return f'Tag "{QUOTE}" can\'t be nested{WHERE}'
    reading.open.append(_Open(tag, reading.offset, _details(tag, attributes)))
    return None


def _attributes(rest: str) -> dict[str, str] | None:
    if ATTRIBUTE.sub("", rest).strip():
        return None
    return {
        name.lower(): _decoded(value[1:-1] if value[:1] in ("'", '"') else value.lower())
        for name, value in ATTRIBUTE.findall(rest)
    }


def _details(tag: str, attributes: dict[str, str]) -> Entity:
    details: Entity = {"type": ENTITY_OF_TAG[tag]}
    if tag == "a" and "href" in attributes:
        details["url"] = attributes["href"]
    if tag == QUOTE and "expandable" in attributes:
        details["type"] = "expandable_blockquote"
    if tag == "code" and attributes.get("class", "").startswith("language-"):
        details["language"] = attributes["class"].removeprefix("language-")
    return details


def _end(reading: _Reading, name: str, rest: str) -> str | None:
    if not reading.open:
        return f"Unexpected end tag{WHERE}"
    if rest.strip():
        return f"Unclosed end tag{WHERE}"
    expected = reading.open[-1]
    if name and name.lower() != expected.tag:
        return f'Unmatched end tag{WHERE}, expected "</{expected.tag}>", found "</{name}>"'
    reading.open.pop()
    _add_entity(reading, expected)
    return None


def _add_entity(reading: _Reading, opened: _Open) -> None:
    length = reading.offset - opened.offset
    entity = {"offset": opened.offset, "length": length, **opened.details}
    inside = reading.entities[-1] if reading.entities else None
    if opened.tag == "pre" and inside and _same_place(inside, entity) and "language" in inside:
        reading.entities[-1] = {**inside, "type": "pre"}
    elif length and (opened.tag != "a" or "url" in entity):
        if opened.tag == "code" and not _directly_in_pre(reading, opened):
            entity.pop("language", None)
        reading.entities.append(entity)


def _directly_in_pre(reading: _Reading, opened: _Open) -> bool:
    outer = reading.open[-1] if reading.open else None
    return outer is not None and outer.tag == "pre" and outer.offset == opened.offset


def _same_place(one: Entity, other: Entity) -> bool:
    return bool(one["offset"] == other["offset"] and one["length"] == other["length"])


def _decoded(text: str) -> str:
    return REFERENCE.sub(_character, text) if "&" in text else text


def _character(match: re.Match[str]) -> str:
    decimal, hexadecimal, name = match.groups()
    if name:
        return NAMED.get(name, match[0])
    code = int(decimal) if decimal else int(hexadecimal, 16)
    return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF else match[0]
