"""Slots, stretches of time and appointments as the values buttons carry.

A client can send any data. What these forms let through is within the bounds of the domain.
"""

import re

from bot.domain import bounds, local_time
from bot.domain.appointment import Version
from bot.domain.slots import CELL_SECONDS, Slot

_SLOT = re.compile(r"(.+)\.([0-9a-f]{1,7})")
NEVER_SEEN = -1


def of_slot(slot: Slot) -> str:
    """A slot as a button carries it: the person and the five-minute cell it starts in."""
    return f"{slot.case_manager_id}.{slot.start // CELL_SECONDS:x}"


def to_slot(value: str) -> tuple[str, int] | None:
    """The case manager and the start in UTC epoch seconds, or None for a forged value."""
    form = _SLOT.fullmatch(value)
    start = int(form[2], 16) * CELL_SECONDS if form else 0
    return (form[1], start) if form and start <= local_time.LAST else None


def of_stretch(start: int, end: int) -> str:
    """From one moment to another, in UTC epoch seconds."""
    return f"{start}.{end}"


def to_stretch(value: str) -> tuple[int, int] | None:
    """The two moments a button carries, or None for a forged value."""
    start, end = (bounds.moment(part) for part in value.partition(".")[::2])
    return None if start is None or end is None or start >= end else (start, end)


def of_version(seen: Version) -> str:
    """An appointment as it stood when the button was made."""
    return f"{seen.id}.{seen.sequence}"


def to_version(value: str) -> Version | None:
    """The appointment and its sequence; None for a forged value.

    A button made before buttons named the sequence has seen none: every change is newer.
    """
    id, _, sequence = value.partition(".")
    number, known = bounds.number(id), bounds.number(sequence or "0")
    if number is None or known is None:
        return None
    return Version(number, known if sequence else NEVER_SEEN)
