"""What a word of a table of days stands for, as one letter, so that sentences can be matched.

A message becomes a string of signs, one for each word or number, and the grammar of days and
times (dates.py, clock_times.py) is regular expressions over such strings, the same for every
language. Only the tables know words.
"""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

Value = int | tuple[int, ...]


class Part(StrEnum):
    """A part of the day as people name it."""

    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number of a message: its sign, and the day, hour or count it names."""

    sign: str
    value: Value = 0


WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS: Final = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
DAYS: Final = ("today", "tomorrow", "after_tomorrow", "in_three_days")
PARTS: Final = tuple(Part)
LENGTHS: Final = MappingProxyType(
    {"day": ("d", 1), "week": ("K", 1), "month": ("L", 1), "weekend": ("k", 1)}
    | {"two_days": ("d", 2), "two_weeks": ("K", 2), "two_months": ("L", 2)}
)
CLOCK: Final = MappingProxyType(
    {"at": "C", "at_or_in": "c", "oclock": "U", "am": "A", "pm": "B"}
    | {"half_before": "1", "half_past": "2", "and_half": "3", "quarter_past": "4"}
    | {"quarter_to": "5", "quarter_of_the_hour_before": "6", "and_quarter": "7"}
    | {"less_quarter": "8", "and_third": "'", "less_third": '"', "past": "9"}
    | {"less": "s", "and": "&", "minutes": "i"}
)
WHICH: Final = MappingProxyType(
    {"next": ">", "coming": "v", "this": "=", "last": "<", "after_next": "}"}
)
BOUND: Final = MappingProxyType(
    {"in": "I", "after": "a", "before": "b", "from": "f", "until": "t"}
    | {"on_day": "*", "onto": "^", "onto_day": "E", "part_of_month": "r", "of_the_month": "+"}
)
UNLESS: Final = MappingProxyType(
    {"not": "!", "no": "-", "doubt": "?", "past": "%", "busy": "$", "every": "q", "instead": "~"}
)
BESIDE: Final = MappingProxyType(
    {"wish": "g", "but": "@", "moving": "V", "filler": "e", "greeting": "h", "counted": "u"}
    | {"address": "#", "label": "l", "other_words": "x"}
)
BOTH: Final = MappingProxyType(
    {
        frozenset(pair): sign
        for pair, sign in (
            ("dB", "z"),  # Slavonic: "3 дня" is three days and three in the afternoon.
            ("dA", "z"),
            ("WL", "y"),  # Romanian: "luni" is Monday and months.
            ("Is", "Z"),  # Ukrainian: "за тиждень", "за десять десята".
            ("t9", "Y"),  # Ukrainian: "по четвер", "десять по десятій".
            ("!s", "G"),  # "без", "fără".
            ("!-", "-"),
            ("aI", "a"),  # Arabic: "بعد".
            ("d*", "Q"),  # Arabic: "يوم".
            ("ul", "H"),
            ("nm", "p"),  # French: "sept".
        )
    }
)
"""Signs of words that are two things at once; which one, their neighbours tell."""

FILLING: Final = "[ec*Q^E]*"
NUMBER: Final = "[NOnop]"
UNKNOWN, SENTENCE_END, CLAUSE_END = "x", "|", ","
