"""When a call is made again, and when it is given up.

While nothing arrives at all, the API is away and nothing is given up. A call that fails again and
again while others arrive is poison. A chat that is not found is looked for again after minutes;
until then what else is for it goes out.
"""

from dataclasses import dataclass

from bot.delivery.channel import (
    Later,
    Locked,
    Missing,
    Rejected,
    Result,
    Unfound,
    Unreachable,
    Unsure,
)

MOST_ATTEMPTS = 12
MOST_SEARCHES = 4


@dataclass(frozen=True, slots=True)
class Away:
    """It may or may not have arrived, but neither does anything else: the row is not to blame."""


Finding = Result | Away | None
"""What an attempt means for its row; None for a row that is void."""


@dataclass(frozen=True, slots=True)
class RetryPauses:
    """Seconds between attempts: the first, doubled up to the longest, for a revoked token, and
    until a chat that was not found is looked for again, doubled each time."""

    first: float = 1.0
    longest: float = 10.0
    locked: float = 30.0
    unfound: int = 60

    def after(self, found: Finding, failures: int) -> float | None:
        """Until the same call is made again, the next of so many failures; None if it is not."""
        match found:
            case Later(seconds):
                return seconds
            case Unsure() | Away():
                return min(self.first * 2.0**failures, self.longest)
            case Locked():
                return self.locked
            case Missing():
                return 0.0
            case _:
                return None

    def until_search(self, attempts: int) -> int:
        """Until a row whose chat was not found is due again, after so many attempts before."""
        return self.unfound << attempts


PAUSES = RetryPauses()


def judged(result: Result | None, attempts: int, *, others_arrive: bool) -> Finding:
    """What came of an attempt of a row that had so many before which counted."""
    if isinstance(result, Unfound) and attempts + 1 >= MOST_SEARCHES:
        return Unreachable()
    if not isinstance(result, Unsure):
        return result
    if not others_arrive:
        return Away()
    if attempts + 1 >= MOST_ATTEMPTS:
        return Rejected(f"{result.reason}, {MOST_ATTEMPTS} times")
    return result
