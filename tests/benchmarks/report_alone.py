"""The tables of what Lotse is measured by itself."""

from collections.abc import Iterator, Sequence
from statistics import median

from .gates import at_most, spread
from .scale.comparing import Comparison

SCALES = f"{'ms a job':34}{'engine':>12}{'small':>8}{'large':>8}{'ratio':>7}"
MOST_MEMORY, MOST_START, MOST_TYPING_MS = 1.1, 1.5, 2.0


def scales(found: Sequence[Comparison], rounds: int) -> Iterator[str]:
    """The same jobs in a small and a large city."""
    yield (
        f"1,000 case managers, 250,000 + 50,000 appointments, 1,000,000 planned messages against"
        f" 10, 250 + 50 and 1,000; {rounds} alternating jobs, medians"
    )
    yield SCALES
    for row in found:
        figures = f"{row.small:>8.2f}{row.large:>8.2f}{row.ratio:>7.2f}"
        gate = at_most(row.ratio, row.job.most_ratio)
        if row.job.most_ms is not None:
            gate = f"{gate}, {at_most(row.large, row.job.most_ms, ' ms')}"
        yield f"{row.job.name:34}{row.engine:>12}{figures}  {gate}"


def memories(early: float, late: float) -> Iterator[str]:
    """Resident memory of Lotse as people come and go."""
    gate = at_most(late / early, MOST_MEMORY)
    yield "Resident memory of Lotse after 10,000 and after 100,000 persons, each with one press"
    yield f"{early:.1f} MB, then {late:.1f} MB: {late / early:.3f}  {gate}"


def starts(seconds: Sequence[float]) -> Iterator[str]:
    """From the start of the program to the first press that is answered."""
    gate = at_most(median(seconds), MOST_START, " s")
    yield (
        "From the start of the program to the first press that is answered, with 100,000 persons;"
        f" {len(seconds)} starts, median"
    )
    yield f"{spread(seconds)} s  {gate}"


def typings(milliseconds: Sequence[float]) -> Iterator[str]:
    """How long it takes to know what a message says."""
    found = sorted(milliseconds)
    slowest_but_few = found[int(len(found) * 0.99)]
    gate = at_most(slowest_but_few, MOST_TYPING_MS, " ms")
    yield f"A typed message, read whole, with 2,000 streets and 248 stops; {len(found)} messages"
    yield (
        f"median {median(found):.2f} ms, 99 of 100 within {slowest_but_few:.2f} ms,"
        f" slowest {found[-1]:.2f} ms  {gate}"
    )
