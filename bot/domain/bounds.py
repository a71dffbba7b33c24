"""What a value from outside may be: a form's field, a query, a part of a path, a button.

This is the one place for it, for chat and pages alike. What passes here can be stored, and shown
by every page, list and file; whatever else somebody sends is no value at all, and that is None.
"""

import re
from datetime import date

from bot.domain import local_time
from bot.domain.absence import HOURS
from bot.domain.appointment import MOST_COMPANIONS

LONGEST_TEXT = 200
"""So many signs a field has at most; the longest that is meant is a day with a time and a name."""
MOST_DIGITS = 15
DAYS_AROUND = 400
"""No day further from today is asked for: appointments, lists and absences end within a year."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{1,64}")


def text(value: str) -> str | None:
    """What somebody has typed, without the spaces around it; nothing that cannot be seen."""
    typed = value.strip()
    return typed if len(typed) <= LONGEST_TEXT and typed.isprintable() else None


def number(value: str, most: int = 10**MOST_DIGITS - 1) -> int | None:
    """A whole number of plain digits from 0 to `most`."""
    if not (value.isascii() and value.isdigit() and len(value) <= MOST_DIGITS):
        return None
    found = int(value)
    return found if found <= most else None


def companions(value: str) -> int | None:
    """How many come along."""
    return number(value, MOST_COMPANIONS)


def day(value: str, today: date) -> date | None:
    """A day by its ISO date, about a year away at most."""
    try:
        found = date.fromisoformat(value) if _DAY.fullmatch(value) else None
    except ValueError:
        return None
    return found if found and abs((found - today).days) <= DAYS_AROUND else None


def hour(value: str) -> int | None:
    """A full hour of the day at which a closed time can begin or end."""
    found = number(value)
    return found if found in range(HOURS.start, HOURS.stop + 1) else None


def moment(value: str) -> int | None:
    """UTC epoch seconds that every calendar can show."""
    return number(value, local_time.LAST - 1)


def token(value: str) -> str | None:
    """The mark of a form that was shown, by which it is known again when it is sent twice."""
    return value if _TOKEN.fullmatch(value) else None
