"""Screens as data: message keys and values, never text.

A screen is stored as JSON in the outbox (`screen_codec`) and becomes text only when it is sent, in
the language its reader has then.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache


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
class OwnName:
    """A language, named as its own speakers name it, whatever the reader's."""

    value: str


@dataclass(frozen=True, slots=True)
class OnPhone:
    """What a client says on the phone: their language, their code, and the language it is said in.

    Who reads another script is shown how it sounds.
    """

    value: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class CityText:
    """Something only the city can say, by its key in the city file."""

    value: str


@dataclass(frozen=True, slots=True)
class OfficeCalled:
    """What people call an office, by its id: in the reader's language where the city file says."""

    value: str


@dataclass(frozen=True, slots=True)
class OfficePlace:
    """The district an office is in, by the office's id: as the reader says it."""

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
    | OwnName
    | OnPhone
    | CityText
    | OfficeCalled
    | OfficePlace
    | Count
    | Kilometres
    | Say
)
Line = Value


@dataclass(frozen=True, slots=True)
class Fold:
    """Lines of a long text: its beginning is shown, the rest where the reader asks for it."""

    lines: tuple[Line, ...]


Passage = Line | Fold


class Emphasis(StrEnum):
    """What a button is among those around it: one of them, the one that does what the screen is
    for, or the one after which something is gone."""

    NONE = ""
    DOES = "does"
    ENDS = "ends"


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press: a label and what it means to the bot, or a link, or what it `copies`."""

    label: Line
    data: str = ""
    url: str = ""
    copies: str = ""
    emphasis: Emphasis = Emphasis.NONE


@dataclass(frozen=True, slots=True)
class Screen:
    """Paragraphs and rows of buttons. A traceless one must not stay once it is left."""

    paragraphs: tuple[tuple[Passage, ...], ...]
    rows: tuple[tuple[Button, ...], ...] = ()
    traceless: bool = False


def say(key: str, /, **values: Value) -> Say:
    """A message of the catalogue."""
    return Say(key, values) if values else _plain(key)


@cache
def _plain(key: str) -> Say:
    """Most messages say one thing, always: there are as many as the catalogue has."""
    return Say(key)
