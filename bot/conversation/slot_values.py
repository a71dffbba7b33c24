"""Slots, days and sequences as the values buttons carry."""

from datetime import date

from bot.domain.slots import CELL_SECONDS, Slot


def of_slot(slot: Slot) -> str:
    """A slot as a button carries it: the person and the five-minute cell it starts in."""
    return f"{slot.case_manager_id}.{slot.start // CELL_SECONDS:x}"


def to_slot(value: str) -> tuple[str, int] | None:
    """The case manager and the start in UTC epoch seconds, or None for a forged value."""
    person, _, cell = value.rpartition(".")
    try:
        return person, int(cell, 16) * CELL_SECONDS
    except ValueError:
        return None


def to_day(value: str) -> date | None:
    """The day a button carries, or None for a forged value."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def to_number(value: str) -> int | None:
    """The number a button carries, or None for a forged value."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 16 else None
