"""When a case manager cannot be booked: a stretch of time, and nothing about why."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Absence:
    """From `start` to `end`, both UTC epoch seconds."""

    id: int
    case_manager_id: str
    start: int
    end: int
