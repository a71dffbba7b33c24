"""What people did in a thousand presses: who is compared must have been asked for the same."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from .crowd import ROUND

CHANGES = ("booked", "moved", "cancelled")
MOST_DIFFERENT = 0.05
FEWEST_ROUNDS = 3
"""In fewer, which presses of the lives at either end of a run are in it makes a difference."""


@dataclass(frozen=True, slots=True)
class Mix:
    """So many presses, and how often each action was done in them."""

    done: Mapping[str, int]

    @property
    def presses(self) -> int:
        """All of them."""
        return sum(self.done.values())

    @property
    def a_thousand(self) -> dict[str, float]:
        """How often each change was made in a thousand presses."""
        return {change: 1000 * self.done.get(change, 0) / self.presses for change in CHANGES}


def between(before: Mapping[str, int], after: Mapping[str, int]) -> Mix:
    """What was done between two counts of all that has been handled."""
    return Mix(Counter(after) - Counter(before))


def together(mixes: Iterable[Mix]) -> Mix:
    """Several runs as if they were one."""
    return Mix(sum((Counter(mix.done) for mix in mixes), Counter[str]()))


def differences(mixes: Mapping[str, Mix]) -> Iterator[str]:
    """A line for each two that do not compare.

    They do not where one change, or all of them together, was made more often or more rarely by
    more than 5 % of all changes.
    """
    for (one, first), (other, second) in combinations(mixes.items(), 2):
        if min(first.presses, second.presses) >= FEWEST_ROUNDS * ROUND and _differ(first, second):
            told = f"{_told(first)}; {_told(second)}"
            yield f"{one} and {other} do not compare: in a thousand presses {told}"


def _differ(one: Mix, other: Mix) -> bool:
    mine, theirs = one.a_thousand, other.a_thousand
    most = MOST_DIFFERENT * max(sum(mine.values()), sum(theirs.values()))
    apart = [mine[change] - theirs[change] for change in CHANGES]
    return any(abs(difference) > most for difference in (*apart, sum(apart)))


def _told(mix: Mix) -> str:
    return ", ".join(f"{often:.1f} {change}" for change, often in mix.a_thousand.items())
