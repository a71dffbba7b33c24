"""What a row of the outbox holds: a union of payloads, and the one codec that writes and reads it.

Unknown names in what is read are ignored: a version reads what the next one wrote, as far as it
knows the kind. What earlier versions wrote otherwise is read by `messages.version_0_1`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter

from bot.conversation import screen_codec
from bot.conversation.content import Screen
from bot.messages import client_news, version_0_1
from bot.messages.access_news import AccessMade
from bot.messages.client_news import ClientNews
from bot.messages.confirmations import Confirmation, Outdated
from bot.messages.digests import Digest
from bot.messages.free_time import FreeTimeNews
from bot.messages.notices import Notice
from bot.messages.operator_news import (
    ClockWrong,
    OperatorNews,
    Orphaned,
    Unattended,
    Undelivered,
    UpdatesKept,
)
from bot.messages.reminders import Reminder
from bot.messages.tidying import Blank, Delete, DeleteAll, Strip
from bot.messages.version_0_1 import EarlierDigest, EarlierNotice


class Kind(StrEnum):
    """The kind of a payload, as the outbox names it."""

    SCREEN = "screen"
    TEXT = "message"
    NOTICE = "notice"
    DIGEST = "digest"
    ACCESS_MADE = "access_made"
    CALLED_OFF = "called_off"
    POSSIBLE_AGAIN = "possible_again"
    HANDED_OVER = "handed_over"
    LANGUAGE_HELP = "language_help"
    NEW_TIME = "new_time"
    CANCELLED_FOR_CLIENT = "cancelled_for_client"
    TIME_ASKED = "time_asked"
    FREE_TIME = "free_time"
    UNDELIVERED = "undelivered"
    UNATTENDED = "unattended"
    ORPHANED = "orphaned"
    UPDATES_KEPT = "updates_kept"
    CLOCK_WRONG = "clock_wrong"
    REMINDER = "reminder"
    CONFIRMATION = "confirmation"
    OUTDATED = "outdated"
    CALENDAR_FILE = "calendar_file"
    SLIP = "slip"
    DATA_EXPORT = "data_export"
    PIN = "pin"
    ASK_LOCATION = "ask_location"
    TAKE_KEYBOARD = "take_keyboard"
    DELETE = "delete"
    DELETE_ALL = "delete_all"
    BLANK = "blank"
    STRIP = "strip"


@dataclass(frozen=True, slots=True)
class LiveScreen:
    """The person's screen: it takes the place of the one that is there."""

    screen: Screen


@dataclass(frozen=True, slots=True)
class Text:
    """A message that stays as it is."""

    screen: Screen


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """An appointment as a calendar file."""

    appointment: int


@dataclass(frozen=True, slots=True)
class Slip:
    """The slip of paper of an appointment."""

    appointment: int


@dataclass(frozen=True, slots=True)
class DataExport:
    """A file with everything that is held about the person."""


@dataclass(frozen=True, slots=True)
class Pin:
    """An office's door on a map."""

    office: str


@dataclass(frozen=True, slots=True)
class AskLocation:
    """The one-time keyboard that shares the phone's location."""


@dataclass(frozen=True, slots=True)
class TakeKeyboard:
    """That keyboard goes."""


Payload = (
    LiveScreen
    | Text
    | Notice
    | Digest
    | AccessMade
    | EarlierNotice
    | EarlierDigest
    | ClientNews
    | FreeTimeNews
    | OperatorNews
    | Reminder
    | Confirmation
    | Outdated
    | CalendarFile
    | Slip
    | DataExport
    | Pin
    | AskLocation
    | TakeKeyboard
    | Delete
    | DeleteAll
    | Blank
    | Strip
)

KINDS: dict[type[Any], Kind] = {
    LiveScreen: Kind.SCREEN,
    Text: Kind.TEXT,
    Notice: Kind.NOTICE,
    Digest: Kind.DIGEST,
    AccessMade: Kind.ACCESS_MADE,
    client_news.CalledOffNews: Kind.CALLED_OFF,
    client_news.PossibleAgainNews: Kind.POSSIBLE_AGAIN,
    client_news.HandedOverNews: Kind.HANDED_OVER,
    client_news.HelpNews: Kind.LANGUAGE_HELP,
    client_news.NewTimeNews: Kind.NEW_TIME,
    client_news.CancelledNews: Kind.CANCELLED_FOR_CLIENT,
    client_news.AskedNews: Kind.TIME_ASKED,
    FreeTimeNews: Kind.FREE_TIME,
    Undelivered: Kind.UNDELIVERED,
    Unattended: Kind.UNATTENDED,
    Orphaned: Kind.ORPHANED,
    UpdatesKept: Kind.UPDATES_KEPT,
    ClockWrong: Kind.CLOCK_WRONG,
    Reminder: Kind.REMINDER,
    Confirmation: Kind.CONFIRMATION,
    Outdated: Kind.OUTDATED,
    CalendarFile: Kind.CALENDAR_FILE,
    Slip: Kind.SLIP,
    DataExport: Kind.DATA_EXPORT,
    Pin: Kind.PIN,
    AskLocation: Kind.ASK_LOCATION,
    TakeKeyboard: Kind.TAKE_KEYBOARD,
    Delete: Kind.DELETE,
    DeleteAll: Kind.DELETE_ALL,
    Blank: Kind.BLANK,
    Strip: Kind.STRIP,
}
SCREENS: Mapping[str, Callable[[Screen], Payload]] = {Kind.SCREEN: LiveScreen, Kind.TEXT: Text}
"""Those with the compact form that a screen has for itself: most rows are screens."""
BARE: Mapping[str, Payload] = {
    KINDS[type(each)]: each for each in (DataExport(), AskLocation(), TakeKeyboard(), ClockWrong())
}
"""Those that say all by their kind; what earlier versions wrote beside it is not looked at."""
_ADAPTERS: Mapping[str, TypeAdapter[Any]] = {
    kind: TypeAdapter(type) for type, kind in KINDS.items() if kind not in SCREENS
}


class UnknownKindError(ValueError):
    """A row of a kind that this version does not know."""


class UnreadableError(ValueError):
    """A row of a known kind whose text is JSON of another shape."""


def encode(payload: Payload) -> tuple[Kind, str]:
    """The kind and the JSON a payload is kept as."""
    kind = KINDS[type(payload)]
    if isinstance(payload, LiveScreen | Text):
        return kind, screen_codec.to_json(payload.screen)
    return kind, _ADAPTERS[kind].dump_json(payload).decode()


def decode(kind: str, text: str) -> Payload:
    """The payload that was kept. Raises ValueError for what cannot be read."""
    try:
        return _read(kind, text)
    except (LookupError, TypeError, AttributeError) as error:
        raise UnreadableError(kind) from error


def _read(kind: str, text: str) -> Payload:
    if of_screen := SCREENS.get(kind):
        return of_screen(screen_codec.from_json(text))
    if version_0_1.wrote(kind, text):
        return version_0_1.read(kind, text)
    if (bare := BARE.get(kind)) is not None:
        return bare
    if (adapter := _ADAPTERS.get(kind)) is None:
        raise UnknownKindError(kind)
    payload: Payload = adapter.validate_json(text)
    return payload
