"""Slots, days, stretches of time, appointments and numbers as the values buttons carry.

A client can send any data. What these forms let through is a moment that can be shown.
"""

import re
from datetime import date

from bot.domain.appointment import Version
from bot.domain.slots import CELL_SECONDS, Slot

_SLOT = re.compile(r"(.+)\.([0-9a-f]{1,7})")
_LAST = 4_102_444_800  # the year 2100, in UTC epoch seconds
NEVER_SEEN = -1
_DAY = re.compile(r"2[0-9]{3}-[0-9]{2}-[0-9]{2}")


def of_slot(slot: Slot) -> str:
    """A slot as a button carries it: the person and the five-minute cell it starts in."""
    return f"{slot.case_manager_id}.{slot.start // CELL_SECONDS:x}"


def to_slot(value: str) -> tuple[str, int] | None:
    """The case manager and the start in UTC epoch seconds, or None for a forged value."""
    form = _SLOT.fullmatch(value)
    return None if form is None else (form[1], int(form[2], 16) * CELL_SECONDS)


def to_day(value: str) -> date | None:
    """The day a button carries, or None for a forged value."""
    try:
        return date.fromisoformat(value) if _DAY.fullmatch(value) else None
    except ValueError:
        return None


def of_stretch(start: int, end: int) -> str:
    """From one moment to another, in UTC epoch seconds."""
    return f"{start}.{end}"


def to_stretch(value: str) -> tuple[int, int] | None:
    """The two moments a button carries, or None for a forged value."""
    start, end = (to_number(part) for part in value.partition(".")[::2])
    if start is None or end is None or not start < end < _LAST:
        return None
    return start, end


def of_version(seen: Version) -> str:
    """An appointment as it stood when the button was made."""
    return f"{seen.id}.{seen.sequence}"


def to_version(value: str) -> Version | None:
    """The appointment and its sequence; None for a forged value.

    A button made before buttons named the sequence has seen none: every change is newer.
    """
    id, _, sequence = value.partition(".")
    number, known = to_number(id), to_number(sequence or "0")
    if number is None or known is None:
        return None
    return Version(number, known if sequence else NEVER_SEEN)


def to_number(value: str) -> int | None:
    """The number a button carries, or None for a forged value."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 16 else None
