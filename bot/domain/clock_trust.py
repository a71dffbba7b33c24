"""Whether this machine's clock can be believed, from what other clocks say of the same moment.

What is deleted, reminded of or passed on by the clock waits while it cannot. Moments are UTC epoch
seconds.
"""

from dataclasses import dataclass

TOLERANCE_SECONDS = 3600


def agree(one: float, another: float) -> bool:
    """Whether two clocks say the same, as nearly as is needed here."""
    return abs(one - another) <= TOLERANCE_SECONDS


@dataclass(frozen=True, slots=True)
class Clocks:
    """What the clocks say it is.

    `others` are those of other machines, such as the Bot API's. `expected` is counted on from the
    last moment on which all agreed; `earliest` is the latest that an earlier run believed. None
    where there is none.
    """

    machine: float
    others: tuple[float, ...] = ()
    expected: float | None = None
    earliest: float | None = None

    @property
    def is_right(self) -> bool:
        """Whether the machine agrees with the others; alone, whether it goes on as it went."""
        if self.others:
            return all(agree(self.machine, each) for each in self.others)
        if self.expected is not None:
            return agree(self.machine, self.expected)
        return self.earliest is None or self.machine >= self.earliest - TOLERANCE_SECONDS

    @property
    def believed(self) -> float:
        """The machine's moment if it is right, else whichever fits best with what went before."""
        if self.is_right:
            return self.machine
        before = self.earliest if self.expected is None else self.expected
        if before is None:
            return self.others[0]
        if not self.others:
            return before
        return min((self.machine, *self.others), key=lambda moment: abs(moment - before))
