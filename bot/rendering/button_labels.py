"""Labels of buttons: a name in one loses its end where there is no room for all of it.

A phone cuts a label at its own end, and there stand the names that tell buttons apart.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.conversation.content import Line, Name, Say, Value
from bot.rendering.direction import visible_length
from bot.rendering.text import Writer

LONGEST = 32
FEWEST_OF_A_NAME = 4


def fitting(lines: Sequence[Line], writer: Writer) -> list[str]:
    """The labels of one message. Names that would look alike when cut stay whole."""
    labels = [writer.label(line) for line in lines]
    cut = [_cut(line, visible_length(label)) for line, label in zip(lines, labels, strict=True)]
    meant: dict[str, set[str]] = defaultdict(set)
    for whole, short in (pair for names in cut for pair in names.items()):
        meant[short].add(whole)
    alone = [{w: s for w, s in names.items() if len(meant[s]) == 1} for names in cut]
    return [
        writer.label(_renamed(line, names)) if names else label
        for line, label, names in zip(lines, labels, alone, strict=True)
    ]


def _cut(line: Line, length: int) -> Mapping[str, str]:
    """What becomes of each name in a label that is too long."""
    over = length - LONGEST
    return {name: _shortened(name, over) for name in _names(line)} if over > 0 else {}


def _names(line: Line) -> list[str]:
    """The names within other words: one that is all of a label says more than its beginning."""
    values = line.values.values() if isinstance(line, Say) else ()
    return [each.value for each in values if isinstance(each, Name)]


def _shortened(name: str, by: int) -> str:
    room = max(len(name) - by, FEWEST_OF_A_NAME)
    return name if room >= len(name) else f"{name[: room - 1].rstrip()}…"


def _renamed(line: Line, names: Mapping[str, str]) -> Line:
    if not isinstance(line, Say):
        return line
    values: dict[str, Value] = {
        key: Name(names.get(each.value, each.value)) if isinstance(each, Name) else each
        for key, each in line.values.items()
    }
    return replace(line, values=values)
