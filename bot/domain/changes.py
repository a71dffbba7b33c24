"""What can happen to an appointment, as data; what can happen to the staff stands beside it.

A service does what was asked and hands over what has happened; one table in `services.reactions`
says what follows. No change names a client: the audit trail keeps it under `name` and who did it.
"""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.actors import CLIENT, CLOCK, Actor
from bot.domain.appointment import Appointment
from bot.domain.asking_changes import TimeAsked, TimeKept
from bot.domain.slots import Slot
from bot.domain.staff_changes import OfStaff


@dataclass(frozen=True, slots=True)
class Booked:
    """A time became an appointment: its client's own press, or somebody of the staff for them."""

    name: ClassVar = "booked"
    about: Appointment
    by: Actor


@dataclass(frozen=True, slots=True)
class Claimed:
    """The chat of whom it was booked for has taken it over, by the slip."""

    name: ClassVar = "claimed"
    about: Appointment
    by: Actor = CLIENT


@dataclass(frozen=True, slots=True)
class Moved:
    """It has another time, and perhaps another case manager."""

    name: ClassVar = "moved"
    before: Appointment
    about: Appointment
    by: Actor


@dataclass(frozen=True, slots=True)
class WishesChanged:
    """Its client wishes for something else; the time stays."""

    name: ClassVar = "wishes_changed"
    about: Appointment
    by: Actor = CLIENT


@dataclass(frozen=True, slots=True)
class Cancelled:
    """Its client gave it back, or told somebody of the staff to."""

    name: ClassVar = "cancelled"
    about: Appointment
    by: Actor


@dataclass(frozen=True, slots=True)
class Rebooked:
    """Somebody of the staff found another time for one that was called off."""

    name: ClassVar = "rebooked"
    about: Appointment
    instead_of: Appointment
    by: Actor


@dataclass(frozen=True, slots=True)
class CalledOff:
    """Its office cannot keep it; `others` are the times its client is offered instead."""

    name: ClassVar = "called_off"
    about: Appointment
    by: Actor
    others: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class PossibleAgain:
    """What was called off is possible after all: its client is asked whether they want it."""

    name: ClassVar = "possible_again"
    about: Appointment
    by: Actor


@dataclass(frozen=True, slots=True)
class HandedOver:
    """A colleague holds the talk at the same time, or it is at another office of the same person.

    `before` is the appointment as it was.
    """

    name: ClassVar = "handed_over"
    before: Appointment
    about: Appointment
    by: Actor


@dataclass(frozen=True, slots=True)
class SaidComing:
    """Its client answered a reminder."""

    name: ClassVar = "coming"
    about: Appointment
    by: Actor = CLIENT


@dataclass(frozen=True, slots=True)
class RunsLate:
    """Its client comes later: they said so, or told somebody of the staff."""

    name: ClassVar = "runs_late"
    about: Appointment
    by: Actor


@dataclass(frozen=True, slots=True)
class WentElsewhere:
    """Its client stands at the door of another office."""

    name: ClassVar = "went_elsewhere"
    about: Appointment
    by: Actor


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody of its office saw the booking."""

    name: ClassVar = "seen"
    about: Appointment
    by: Actor


@dataclass(frozen=True, slots=True)
class HelpArranged:
    """Somebody will help with the language."""

    name: ClassVar = "help_arranged"
    about: Appointment
    by: Actor


@dataclass(frozen=True, slots=True)
class HelpRefused:
    """Nobody will help with the language."""

    name: ClassVar = "help_refused"
    about: Appointment
    by: Actor


@dataclass(frozen=True, slots=True)
class Settled:
    """Somebody has seen to what was open about it: told its client in person, say."""

    name: ClassVar = "settled"
    about: Appointment
    by: Actor


@dataclass(frozen=True, slots=True)
class Came:
    """The client came."""

    name: ClassVar = "came"
    about: Appointment
    by: Actor


@dataclass(frozen=True, slots=True)
class Missed:
    """The client did not come."""

    name: ClassVar = "missed"
    about: Appointment
    by: Actor


@dataclass(frozen=True, slots=True)
class Undone:
    """Nobody has said whether the client came."""

    name: ClassVar = "undone"
    about: Appointment
    by: Actor


@dataclass(frozen=True, slots=True)
class PassedOn:
    """Nobody saw the booking in time: whoever stands in is told."""

    name: ClassVar = "passed_on"
    about: Appointment
    by: Actor = CLOCK


@dataclass(frozen=True, slots=True)
class HelpAsked:
    """Help with the language is still open shortly before the talk: its case manager is asked."""

    name: ClassVar = "help_asked"
    about: Appointment
    by: Actor = CLOCK


@dataclass(frozen=True, slots=True)
class NotReached:
    """A message to its client did not arrive."""

    name: ClassVar = "not_reached"
    about: Appointment
    by: Actor = CLOCK


Change = (
    Booked
    | Claimed
    | Moved
    | WishesChanged
    | Cancelled
    | CalledOff
    | PossibleAgain
    | Rebooked
    | HandedOver
    | SaidComing
    | TimeAsked
    | TimeKept
    | RunsLate
    | WentElsewhere
    | Seen
    | HelpArranged
    | HelpRefused
    | Settled
    | Came
    | Missed
    | Undone
    | PassedOn
    | HelpAsked
    | NotReached
    | OfStaff
)
