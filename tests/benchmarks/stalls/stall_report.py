"""The table of what might stall, and whether each stays within what it may take."""

from collections.abc import Iterator, Sequence
from statistics import median, quantiles

from .stalling import Stall

STALLS = f"{'ms':38}{'engine':>12}{'times':>8}{'median':>9}{'p99':>9}{'max':>9}"


def stalls(found: Sequence[Stall]) -> Iterator[str]:
    """Medians, slowest of a hundred and slowest of all; what counts is the slowest of a hundred."""
    yield (
        "8.5 million rows: 1.9 million messages, 300,000 appointments, 3.6 million cells, 83,334"
        " persons; each a transaction"
    )
    yield STALLS
    for row in found:
        slow = _slow(row.took)
        figures = f"{len(row.took):>8}{median(row.took):>9.2f}{slow:>9.2f}{max(row.took):>9.2f}"
        gate = f"{'met' if slow <= row.most else 'MISSED'} (at most {row.most:,.0f})"
        yield f"{row.what:38}{row.engine:>12}{figures}  {gate}"


def _slow(took: Sequence[float]) -> float:
    """The 99th percentile; of a few, the slowest."""
    return quantiles(took, n=100, method="inclusive")[98] if len(took) > 100 else max(took)
