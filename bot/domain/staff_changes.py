"""What can happen to somebody of the staff and their time, as data: of no single appointment."""

from dataclasses import dataclass
from typing import ClassVar

from bot.domain.absence import Absence
from bot.domain.actors import Actor


@dataclass(frozen=True, slots=True)
class Closed:
    """A stretch of somebody's time is closed; what was booked in it is called off by itself."""

    name: ClassVar = "closed"
    absence: Absence
    by: Actor


@dataclass(frozen=True, slots=True)
class Reopened:
    """A closed stretch is open again."""

    name: ClassVar = "reopened"
    absence: Absence
    by: Actor


@dataclass(frozen=True, slots=True)
class Left:
    """A case manager leaves, or an office closes; what was booked is handed over or called off."""

    name: ClassVar = "left"
    who: Actor
    by: Actor


@dataclass(frozen=True, slots=True)
class Stayed:
    """A case manager who was to leave stays, or an office is open again."""

    name: ClassVar = "stayed"
    who: Actor
    by: Actor


OfStaff = Closed | Reopened | Left | Stayed
