"""The size of these tests, short with all others and long in `make soak`, and their table."""

import textwrap
from dataclasses import replace

import pytest
from figures import HEAD, ROWS, Sizes

SERVER = Sizes(
    kills=2, updates=300, reminders=2_000, watched=3.0, racers=16, full_disks=2, bookings=100
)
SHORT = replace(SERVER, kills=10, updates=2_000, racers=60, slower=SERVER)
LONG = Sizes(
    kills=100,
    updates=10_000,
    reminders=20_000,
    watched=60.0,
    racers=500,
    full_disks=20,
    bookings=1_000,
)
GAP = 2
WIDEST = 26


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--soak", action="store_true", help="the long crash and load tests")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "soak: only among the long tests")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--soak", default=False):
        items[:] = [item for item in items if item.get_closest_marker("soak") is None]


@pytest.fixture
def sizes(pytestconfig: pytest.Config) -> Sizes:
    """How much of everything."""
    return LONG if pytestconfig.getoption("--soak", default=False) else SHORT


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
