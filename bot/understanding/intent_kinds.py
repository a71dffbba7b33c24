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
    OK = "ok"
    THANKS = "thanks"
    HELLO = "hello"


COURTESY = frozenset({Intent.THANKS, Intent.HELLO})
"""What is said besides, and means no more with a "not" beside it than without."""


_ABOUT_AN_APPOINTMENT = frozenset(
    {Intent.CANCEL, Intent.CANNOT_COME, Intent.LATE, Intent.CHANGE, Intent.WHEN, Intent.WHERE}
)
YIELDS_TO = {
    Intent.BOOK: _ABOUT_AN_APPOINTMENT,
    Intent.HELP: frozenset(Intent) - COURTESY - {Intent.HELP, Intent.BOOK},
}
"""What is said better by something else beside it: "I need to move my appointment"."""


class Danger(StrEnum):
    """What may be wrong where somebody needs help at once, the worst first."""

    SUICIDE = "suicide"
    MEDICAL = "medical"
    VIOLENCE = "violence"
    FEAR = "fear"
    EXPLOITATION = "exploitation"
    SHELTER = "shelter"
    EMERGENCY = "emergency"


Intents = tuple[Intent, ...]
"""What is wanted, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """What may be wrong, the worst first, and the languages it was said in."""

    dangers: tuple[Danger, ...]
    languages: tuple[str, ...]
