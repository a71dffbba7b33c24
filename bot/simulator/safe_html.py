"""Plain text with entities becomes HTML that a page may show as it is."""

import re
from collections.abc import Callable, Sequence
from html import escape

from bot.simulator.html import Entity

TAG_OF_ENTITY = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": 'span class="tg-spoiler"',
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "expandable_blockquote": "blockquote expandable",
}
SAFE_LINK = re.compile(r"(?:https?|tg)://", re.IGNORECASE)

Between = Callable[[int, int], str]


def to_html(text: str, entities: Sequence[Entity]) -> str:
    """HTML for a page: everything escaped but the tags of the entities."""
    if not entities:
        return escape(text)
    coded = text.encode("utf-16-le", "surrogatepass")

    def between(start: int, end: int) -> str:
        return escape(coded[2 * start : 2 * end].decode("utf-16-le", "replace"))

    out: list[str] = []
    closing: list[tuple[int, str]] = []
    position = 0
    for entity in sorted(entities, key=lambda each: (each["offset"], -each["length"])):
        while closing and closing[-1][0] <= entity["offset"]:
            position = _close(out, closing, between, position)
        if (tags := _tags(entity, between)) is None:
            continue
        out += between(position, entity["offset"]), tags[0]
        position = entity["offset"]
        end = position + entity["length"]
        closing.append((min(end, closing[-1][0]) if closing else end, tags[1]))
    while closing:
        position = _close(out, closing, between, position)
    out.append(between(position, len(coded) // 2))
    return "".join(out)


def _close(out: list[str], closing: list[tuple[int, str]], between: Between, position: int) -> int:
    end, tag = closing.pop()
    out += between(position, end), tag
    return end


def _tags(entity: Entity, between: Between) -> tuple[str, str] | None:
    kind = entity["type"]
    if kind in ("text_link", "url"):
        shown = between(entity["offset"], entity["offset"] + entity["length"])
        target = escape(entity["url"]) if kind == "text_link" else shown
        if not SAFE_LINK.match(target):
            return None
        return f'<a href="{target}" target="_blank" rel="noopener noreferrer">', "</a>"
    if (tag := TAG_OF_ENTITY.get(kind)) is None:
        return None
    return f"<{tag}>", f"</{tag.split()[0]}>"
