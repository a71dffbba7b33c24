"""What a word, number or mark of a message stands for where it is about days and times."""

from dataclasses import dataclass
from enum import StrEnum, auto
from types import MappingProxyType
from typing import Final

Value = int | tuple[int, ...]


class Part(StrEnum):
    """A part of the day as people name it."""

    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class TokenKind(StrEnum):
    """A kind of words, numbers or marks. Most are sections or keys of `days.toml`.

    Each has a letter of its own, without any meaning, so that a message can be searched as a
    string of kinds; patterns name them (token_patterns.py).
    """

    @staticmethod
    def _generate_next_value_(name: str, start: int, count: int, last_values: list[str]) -> str:
        return chr(ord("Ā") + count)

    FIGURE = auto()
    FIGURE_DOT = auto()
    """ "3." """
    FIGURE_ENDING = auto()
    """ "3rd" """
    NUMBER = auto()
    ORDINAL = auto()
    YEAR = auto()
    DATE = auto()
    TIME = auto()
    DATE_OR_TIME = auto()
    """ "10.30" """
    FROM_TO = auto()
    """ "3-5" """

    DAY = auto()
    """ "Tomorrow" """
    WEEKDAY = auto()
    WEEKDAY_SHORT = auto()
    MONTH = auto()
    MONTH_SHORT = auto()
    PART = auto()
    AHEAD = auto()
    """ "In a fortnight" """

    DAYS = auto()
    WEEKS = auto()
    MONTHS = auto()
    WEEKEND = auto()

    AT = auto()
    AT_OR_IN = auto()
    OCLOCK = auto()
    AM = auto()
    PM = auto()
    HALF_BEFORE = auto()
    HALF_PAST = auto()
    AND_HALF = auto()
    QUARTER_PAST = auto()
    QUARTER_TO = auto()
    QUARTER_OF_THE_HOUR_BEFORE = auto()
    AND_QUARTER = auto()
    LESS_QUARTER = auto()
    AND_THIRD = auto()
    LESS_THIRD = auto()
    PAST = auto()
    LESS = auto()
    AND = auto()
    MINUTES = auto()

    NEXT = auto()
    COMING = auto()
    THIS = auto()
    LAST = auto()
    AFTER_NEXT = auto()

    IN = auto()
    AFTER = auto()
    BEFORE = auto()
    FROM = auto()
    UNTIL = auto()
    ON_DAY = auto()
    ONTO = auto()
    ONTO_DAY = auto()
    PART_OF_MONTH = auto()
    OF_THE_MONTH = auto()

    NOT = auto()
    NO = auto()
    DOUBT = auto()
    OVER = auto()
    BUSY = auto()
    EVERY = auto()
    INSTEAD = auto()

    WISH = auto()
    BUT = auto()
    MOVING = auto()
    FILLER = auto()
    GREETING = auto()
    COUNTED = auto()
    ADDRESS = auto()
    LABEL = auto()

    DAYS_OR_PM = auto()
    WEEKDAY_OR_MONTHS = auto()
    IN_OR_LESS = auto()
    UNTIL_OR_PAST = auto()
    NOT_OR_LESS = auto()
    DAYS_OR_ON_DAY = auto()
    COUNTED_OR_LABEL = auto()
    NUMBER_OR_MONTH = auto()

    SENTENCE_END = auto()
    CLAUSE_END = auto()
    NAMED_DAY = auto()
    """Whatever a day was read from, once it is read."""
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number of a message: its kind, and the day, hour or count it names."""

    kind: TokenKind
    value: Value = 0


def _by_key(*kinds: TokenKind) -> dict[str, TokenKind]:
    return {kind.name.lower(): kind for kind in kinds}


WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
DAYS: Final = ("today", "tomorrow", "after_tomorrow", "in_three_days")
PARTS: Final = tuple(Part)
_K = TokenKind
LENGTHS: Final = MappingProxyType(
    {"day": Token(_K.DAYS, 1), "week": Token(_K.WEEKS, 1), "month": Token(_K.MONTHS, 1)}
    | {"weekend": Token(_K.WEEKEND, 1), "two_days": Token(_K.DAYS, 2)}
    | {"two_weeks": Token(_K.WEEKS, 2), "two_months": Token(_K.MONTHS, 2)}
)
CLOCK: Final = MappingProxyType(
    _by_key(
        *(_K.AT, _K.AT_OR_IN, _K.OCLOCK, _K.AM, _K.PM, _K.HALF_BEFORE, _K.HALF_PAST, _K.AND_HALF),
        *(_K.QUARTER_PAST, _K.QUARTER_TO, _K.QUARTER_OF_THE_HOUR_BEFORE, _K.AND_QUARTER),
        *(_K.LESS_QUARTER, _K.AND_THIRD, _K.LESS_THIRD, _K.PAST, _K.LESS, _K.AND, _K.MINUTES),
    )
)
WHICH: Final = MappingProxyType(_by_key(_K.NEXT, _K.COMING, _K.THIS, _K.LAST, _K.AFTER_NEXT))
BOUND: Final = MappingProxyType(
    _by_key(
        *(_K.IN, _K.AFTER, _K.BEFORE, _K.FROM, _K.UNTIL, _K.ON_DAY, _K.ONTO, _K.ONTO_DAY),
        *(_K.PART_OF_MONTH, _K.OF_THE_MONTH),
    )
)
UNLESS: Final = MappingProxyType(
    _by_key(_K.NOT, _K.NO, _K.DOUBT) | {"past": _K.OVER} | _by_key(_K.BUSY, _K.EVERY, _K.INSTEAD)
)
BESIDE: Final = MappingProxyType(
    _by_key(_K.WISH, _K.BUT, _K.MOVING, _K.FILLER, _K.GREETING, _K.COUNTED, _K.ADDRESS, _K.LABEL)
    | {"other_words": _K.UNKNOWN}
)
BOTH: Final = MappingProxyType(
    {
        frozenset((_K.DAYS, _K.PM)): _K.DAYS_OR_PM,  # Slavonic: "3 дня", days and afternoon.
        frozenset((_K.DAYS, _K.AM)): _K.DAYS_OR_PM,
        frozenset((_K.WEEKDAY, _K.MONTHS)): _K.WEEKDAY_OR_MONTHS,  # Romanian: "luni".
        frozenset((_K.IN, _K.LESS)): _K.IN_OR_LESS,  # Ukrainian: "за тиждень", "за десять десята".
        frozenset((_K.UNTIL, _K.PAST)): _K.UNTIL_OR_PAST,  # Ukrainian: "десять по десятій".
        frozenset((_K.NOT, _K.LESS)): _K.NOT_OR_LESS,  # "без", "fără".
        frozenset((_K.NOT, _K.NO)): _K.NO,
        frozenset((_K.AFTER, _K.IN)): _K.AFTER,  # Arabic: "بعد".
        frozenset((_K.DAYS, _K.ON_DAY)): _K.DAYS_OR_ON_DAY,  # Arabic: "يوم".
        frozenset((_K.COUNTED, _K.LABEL)): _K.COUNTED_OR_LABEL,
        frozenset((_K.NUMBER, _K.MONTH_SHORT)): _K.NUMBER_OR_MONTH,  # French: "sept".
    }
)
"""Kinds of words that are two things at once; which one, their neighbours tell."""
