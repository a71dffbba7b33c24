"""What the sender asks of a channel, and what a channel can answer.

Receipt
├── Sent         it is there, under this message id
├── Missing      the message to edit is gone from the chat: send a new one
├── Later        the messenger wants us to wait so many seconds
├── Unsure       it may or may not have arrived: send again
├── Unreachable  this person cannot be written to
├── Unfound      the messenger does not know this chat, as it says now and then of one that is there
├── Rejected      the messenger will never take this call
└── Locked       our token is no longer good: nothing can be sent
"""

from dataclasses import dataclass
from email.message import EmailMessage
from typing import Protocol

from bot.domain.appointment import Appointment
from bot.rendering.chat_message import Message


@dataclass(frozen=True, slots=True)
class NewMessage:
    """A message at the bottom of the chat; protected ones cannot be forwarded, silent ones make
    no sound."""

    message: Message
    protected: bool = False
    silent: bool = False


@dataclass(frozen=True, slots=True)
class EditMessage:
    """New content for a message that is there."""

    message_id: int
    message: Message


@dataclass(frozen=True, slots=True)
class RewriteMessage:
    """A message that stays and says something else, without buttons; none if it is gone."""

    message_id: int
    message: Message


@dataclass(frozen=True, slots=True)
class StripButtons:
    """A message that stays but can no longer be pressed."""

    message_id: int


@dataclass(frozen=True, slots=True)
class DeleteMessage:
    """A message that leaves the chat."""

    message_id: int


@dataclass(frozen=True, slots=True)
class DeleteMessages:
    """Messages that leave the chat together, at most a hundred."""

    message_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BlankMessage:
    """A message too old to be deleted, which says nothing any more."""

    message_id: int


@dataclass(frozen=True, slots=True)
class UploadFile:
    """A file by its name."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class UploadSlip:
    """The slip of paper of an appointment; `start` is what the link on it carries to the bot."""

    about: Appointment
    start: str


@dataclass(frozen=True, slots=True)
class ShowPin:
    """A place on a map, with title and address."""

    latitude: float
    longitude: float
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class OfferLocationKey:
    """A message with the one-time keyboard whose only key shares the location."""

    text: str
    key: str


@dataclass(frozen=True, slots=True)
class RemoveKeyboard:
    """A message that removes the one-time keyboard."""

    text: str


Call = (
    NewMessage
    | EditMessage
    | RewriteMessage
    | StripButtons
    | DeleteMessage
    | DeleteMessages
    | BlankMessage
    | UploadFile
    | UploadSlip
    | ShowPin
    | OfferLocationKey
    | RemoveKeyboard
)

CHANGING = (EditMessage, RewriteMessage, StripButtons, DeleteMessage, DeleteMessages, BlankMessage)
"""The calls that change what stands in the chat."""

ADDING = (NewMessage, UploadFile, UploadSlip, ShowPin, OfferLocationKey, RemoveKeyboard)
"""The calls that put a new message into the chat."""


@dataclass(frozen=True, slots=True)
class WrittenMail:
    """A mail to be handed in, what it does to its reader's calendar, and where that is, sealed."""

    message: EmailMessage
    entry: str | None = None
    address_sealed: str | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """It is there; None where the call makes no message."""

    message_id: int | None


@dataclass(frozen=True, slots=True)
class Missing:
    """The message the call is about is not in the chat any more."""


@dataclass(frozen=True, slots=True)
class Later:
    """Not now: again after so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Unsure:
    """Nobody knows whether it took effect; the reason names no person."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Blocked, deactivated, or never started."""


@dataclass(frozen=True, slots=True)
class Unfound:
    """The messenger knows no such chat just now: to be asked again some time later."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """The call itself is wrong and always will be; the reason names no person."""

    reason: str


@dataclass(frozen=True, slots=True)
class Locked:
    """The token was revoked."""


Result = Sent | Missing | Later | Unsure | Unreachable | Unfound | Rejected | Locked


def counted_as(result: Result | None) -> str:
    """What an attempt is counted as; None for a row that came too late for one."""
    return "expired" if result is None else type(result).__name__.lower()


class Channel(Protocol):
    """A way to people."""

    async def send(self, chat_id: int, call: Call) -> Result:
        """Make one call; every way it can fail is a result."""
