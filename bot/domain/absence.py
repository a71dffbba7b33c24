"""When a case manager cannot be booked: a stretch of time, and nothing about why."""

from dataclasses import dataclass

from bot.domain.appointment import Appointment


@dataclass(frozen=True, slots=True)
class Absence:
    """From `start` to `end`, both UTC epoch seconds."""

    id: int
    case_manager_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Closing:
    """A stretch that was closed, and the talks in it that were called off."""

    absence: Absence
    called_off: tuple[Appointment, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """A stretch that is open again, and what was called off in it and is possible after all.

    The clients of `asked` are asked in chat whether they want to keep it; those of `to_phone` have
    no chat that can be written to.
    """

    absence: Absence
    asked: tuple[Appointment, ...] = ()
    to_phone: tuple[Appointment, ...] = ()


HOURS = range(6, 21)
"""The full hours of a day at which a single hour can be closed."""
DAYS_AHEAD = 365
"""So many days from today a time can be closed."""
LONGEST_SECONDS = 400 * 86_400
"""No absence is longer."""
