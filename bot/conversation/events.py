"""What a person in a private chat can do, as the conversation sees it."""

from dataclasses import dataclass
from enum import StrEnum

from bot.conversation.presses import Press


@dataclass(frozen=True, slots=True)
class Started:
    """/start, perhaps with what a link carried."""

    argument: str = ""


@dataclass(frozen=True, slots=True)
class Commanded:
    """A command by its name, without the slash."""

    name: str


@dataclass(frozen=True, slots=True)
class Wrote:
    """Text that is no command."""

    text: str


@dataclass(frozen=True, slots=True)
class Located:
    """A shared location in degrees."""

    latitude: float
    longitude: float


class SentKind(StrEnum):
    """What it was that nobody opens here."""

    VOICE = "voice"
    FILE = "file"
    CONTACT = "contact"
    STICKER = "sticker"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class SentSomethingElse:
    """A sticker, voice, photo, document, contact, forwarded message: nothing we open.

    What was sent together, as one album, has the `album` in common.
    """

    album: str = ""
    what: SentKind = SentKind.OTHER


@dataclass(frozen=True, slots=True)
class Reacted:
    """A thumbs-up or the like, set on one of our messages."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button; None if its data was never ours."""

    press: Press | None


Event = Started | Commanded | Wrote | Located | SentSomethingElse | Reacted | Pressed
