"""What has to be reached, told beside what was: met or missed. A missed gate stops nothing."""

from collections.abc import Callable, Sequence
from statistics import median

from .measure import Sample


def at_most(found: float, most: float, unit: str = "", note: str = "") -> str:
    """Met where it is no more."""
    return _told(found <= most, f"at most {most:g}{unit}{note}")


def at_least(found: float, least: float, note: str = "") -> str:
    """Met where it is no less."""
    return _told(found >= least, f"at least {least:g}{note}")


def ratios(
    ours: Sequence[Sample], theirs: Sequence[Sample], of: Callable[[Sample], float]
) -> list[float]:
    """Run by run, each over the one that was measured beside it."""
    return [of(one) / of(other) for one, other in zip(ours, theirs, strict=True)]


def spread(found: Sequence[float]) -> str:
    """The median and between what the runs were."""
    return f"{median(found):.2f}  (min-max {min(found):.2f}-{max(found):.2f})"


def _told(met: bool, gate: str) -> str:
    return f"{'met' if met else 'MISSED'} ({gate})"
