"""What every test can ask for, and the size of those that are long in `make soak`."""

import coverage
import pytest
from engines import fresh, postgres_server, url
from figures import LONG, SHORT, Sizes
from hypothesis import settings

__all__ = ["fresh", "postgres_server", "url"]

# How long an example takes says more of the machine than of the code; `make bench` times.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--soak", action="store_true", help="the long crash, load and property tests")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "soak: only among the long tests")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--soak"):
        items[:] = [item for item in items if item.get_closest_marker("soak") is None]


@pytest.fixture
def sizes(pytestconfig: pytest.Config) -> Sizes:
    """How much of everything."""
    return LONG if pytestconfig.getoption("--soak") else SHORT


def pytest_sessionfinish(session: pytest.Session) -> None:
    """What a worker reached is kept before it says that it is done: then it may be ended."""
    measured = coverage.Coverage.current()
    if measured is not None and hasattr(session.config, "workerinput"):
        measured.stop()
        measured.save()
