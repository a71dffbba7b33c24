"""What a typed message can be about."""

from dataclasses import dataclass
from enum import StrEnum


class Intent(StrEnum):
    """What somebody wants; where several fit, the earlier one here is the better answer."""

    CANCEL = "cancel"
    CANNOT_COME = "cannot_come"
    LATE = "late"
    CHANGE = "change"
    WHEN = "when"
    WHERE = "where"
    CALL_ME = "call_me"
    CALL_YOU = "call_you"
    BOOK = "book"
    LANGUAGE = "language"
    STOP = "stop"
    HELP = "help"
    YES = "yes"
    NO = "no"
    THANKS = "thanks"
    HELLO = "hello"


COURTESY = frozenset({Intent.THANKS, Intent.HELLO})
"""What is said besides, and means no more with a "not" beside it than without."""


class Danger(StrEnum):
    """What may be wrong where somebody needs help at once, the worst first."""

    SUICIDE = "suicide"
    MEDICAL = "medical"
    VIOLENCE = "violence"
    FEAR = "fear"
    EXPLOITATION = "exploitation"
    SHELTER = "shelter"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True)
class Intents:
    """What is wanted, best first; `unsure` are those of it beside which a doubt stands."""

    wanted: tuple[Intent, ...] = ()
    unsure: frozenset[Intent] = frozenset()
