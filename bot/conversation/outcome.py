"""What one step of a conversation leads to."""

from dataclasses import dataclass, field

from bot.conversation.content import Line, Screen
from bot.conversation.session import Session
from bot.domain.appointment import Appointment


@dataclass(frozen=True, slots=True)
class SendCalendarFile:
    """The appointment as a calendar file."""

    appointment_id: int


@dataclass(frozen=True, slots=True)
class SendSlip:
    """The slip of paper for whom an appointment was booked for."""

    appointment_id: int


@dataclass(frozen=True, slots=True)
class SendPin:
    """The office's door on a map; only for exact positions."""

    office_id: str


@dataclass(frozen=True, slots=True)
class AskForLocation:
    """A message with the one-time keyboard that shares the phone's location."""


@dataclass(frozen=True, slots=True)
class TakeKeyboardAway:
    """A short message that removes the one-time keyboard."""


@dataclass(frozen=True, slots=True)
class DeleteTheirMessage:
    """Delete what the person just sent, so that it does not stay in the chat."""


@dataclass(frozen=True, slots=True)
class SendDataExport:
    """A file with everything that is held about the person."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A message of its own, whose buttons last."""

    question: Screen


Order = (
    SendCalendarFile
    | SendSlip
    | SendPin
    | SendDataExport
    | AskForLocation
    | TakeKeyboardAway
    | DeleteTheirMessage
    | Ask
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The session from now on, what to say above its screen, and what to send besides.

    How the appointment in `kept` stands now, a message goes on saying when the screen has moved on.
    A press that came too late leaves the session as it is: its screen is shown again, under the
    same revision, so that the buttons already on their way stay good.

    After a `silent` one the screen stays where it is, and is not shown again. `said` is what must
    not be said twice in a row.
    """

    session: Session
    notice: tuple[Line, ...] = ()
    orders: tuple[Order, ...] = field(default=())
    kept: Appointment | None = None
    stale: bool = False
    silent: bool = False
    said: str = ""
