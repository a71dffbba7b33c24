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
class Closed:
    """A stretch that was closed, and the talks in it that were called off."""

    absence: Absence
    called_off: tuple[Appointment, ...]
