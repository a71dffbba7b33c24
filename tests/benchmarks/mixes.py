"""What people did in a thousand presses: who is compared must have been asked for the same."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

CHANGES = ("booked", "moved", "cancelled")
MOST_DIFFERENT = 0.05


@dataclass(frozen=True, slots=True)
class Mix:
    """How often something was done at a place in a life: the place and the action, a space between.

    Every place weighs the same, however often it came up: in which lives, and where in them, a run
    begins and ends makes no difference.
    """

    done: Mapping[str, int]

    @property
    def a_thousand(self) -> dict[str, float]:
        """How often each change was made in a thousand presses."""
        places, shares = Counter[str](), dict.fromkeys(CHANGES, 0.0)
        for each, often in self.done.items():
            places[_place(each)] += often
        for each, often in self.done.items():
            action = each.partition(" ")[2]
            if action in shares:
                shares[action] += often / places[_place(each)]
        return {change: 1000 * share / len(places) for change, share in shares.items()}


def _place(each: str) -> str:
    return each.partition(" ")[0]


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
        if _differ(first, second):
            told = f"{_told(first)}; {_told(second)}"
            yield f"{one} and {other} do not compare: in a thousand presses {told}"


def _differ(one: Mix, other: Mix) -> bool:
    mine, theirs = one.a_thousand, other.a_thousand
    most = MOST_DIFFERENT * max(sum(mine.values()), sum(theirs.values()))
    apart = [mine[change] - theirs[change] for change in CHANGES]
    return any(abs(difference) > most for difference in (*apart, sum(apart)))


def _told(mix: Mix) -> str:
    return ", ".join(f"{often:.1f} {change}" for change, often in mix.a_thousand.items())
