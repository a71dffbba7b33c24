"""What screens look like to who has come to them, from the texts in `screens`.

A text is headed by `=== screen: who` or `=== screen: who, path`; `~` stands for the buttons that
stand around most of a client's screens.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType

import beginnings
import beginnings_of_staff
import late_arrivals
import riders
import ways_to_a_time
import writers
from chat_in_memory import Chat

PEOPLE: tuple[ModuleType, ...] = (
    *(beginnings, beginnings_of_staff, ways_to_a_time, late_arrivals, riders),
    writers,
)
AROUND = """\
[around.back -> back] [around.menu -> menu] [around.language -> settings]
[menu.emergency -> emergency]"""


@dataclass(frozen=True)
class Shown:
    """`who` goes `path` and sees `text` on `screen`."""

    screen: str
    who: str
    path: str
    text: str

    def __str__(self) -> str:
        return "-".join(filter(None, (self.screen, self.who, self.path)))


@cache
def chat_of(shown: Shown) -> Chat:
    """The chat on the screen; it is shared, so nothing may change in it."""
    (begins,) = {vars(module)[shown.who] for module in PEOPLE if shown.who in vars(module)}
    chat: Chat = begins()
    return chat.walks(shown.path)


def read(file: Path) -> list[Shown]:
    """The screens written down in a file."""
    _, *texts = f"\n{file.read_text(encoding='utf-8')}".split("\n=== ")
    return [_shown(*each.split("\n", 1)) for each in texts]


def _shown(heading: str, text: str) -> Shown:
    screen, _, where = heading.partition(": ")
    who, _, path = where.partition(", ")
    return Shown(screen, who, path, text.strip().replace("~", AROUND))
