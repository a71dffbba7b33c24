"""The size of these tests, short with all others and long in `make soak`, and their table."""

import pytest
from figures import HEAD, ROWS, Sizes


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--soak", action="store_true", help="the long crash and load tests")


@pytest.fixture
def sizes(pytestconfig: pytest.Config) -> Sizes:
    """How much of everything."""
    if pytestconfig.getoption("--soak", default=False):
        return Sizes(kills=100, updates=10_000, reminders=20_000, watched=60.0)
    return Sizes(kills=10, updates=2_000, reminders=2_000, watched=3.0)


@pytest.fixture
def row(pytestconfig: pytest.Config) -> list[str]:
    """A new row of the table; the test fills it."""
    made: list[str] = []
    pytestconfig.stash.setdefault(ROWS, []).append(made)
    return made


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """The table, for whoever reads the log of `make soak`."""
    rows = [HEAD, *(made for made in config.stash.get(ROWS, []) if made)]
    if len(rows) > 1:
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for each in rows:
            cells = (cell.ljust(width) for cell, width in zip(each, widths, strict=True))
            terminalreporter.write_line("  ".join(cells).rstrip())
