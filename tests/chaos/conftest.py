"""The table of these tests."""

import textwrap

import pytest
from figures import HEAD, ROWS

GAP = 2
WIDEST = 26


@pytest.fixture
def row(pytestconfig: pytest.Config) -> list[str]:
    """A new row of the table; the test fills it."""
    made: list[str] = []
    pytestconfig.stash.setdefault(ROWS, []).append(made)
    return made


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """The table, for whoever reads the log of `make soak`; long cells go on below."""
    rows = [HEAD, *(made for made in config.stash.get(ROWS, []) if made)]
    if len(rows) > 1:
        wrapped = [[textwrap.wrap(cell, WIDEST) or [""] for cell in each] for each in rows]
        widths = [
            max(len(line) for cell in column for line in cell)
            for column in zip(*wrapped, strict=True)
        ]
        for each in wrapped:
            for number in range(max(map(len, each))):
                lines = [cell[number] if number < len(cell) else "" for cell in each]
                padded = (
                    line.ljust(width + GAP) for line, width in zip(lines, widths, strict=True)
                )
                terminalreporter.write_line("".join(padded).rstrip())
