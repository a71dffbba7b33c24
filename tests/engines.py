"""Fixtures for both engines: whatever asks for a `url` runs once on each."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from postgres import REQUIRED, NoBinaries, Server, serving


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A server, started once and only if asked for; where one is required, its absence fails."""
    try:
        with serving() as server:
            yield server
    except NoBinaries:
        assert not REQUIRED, "LOTSE_REQUIRE names postgres, and there is no PostgreSQL"
        pytest.skip("no PostgreSQL here: the tests on it did not run")


@pytest.fixture
def fresh(postgres_server: Server) -> Iterator[str]:
    """A new, empty database on the server."""
    with postgres_server.fresh() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A new, empty database on one of the engines."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/lotse.db"
    else:
        server: Server = request.getfixturevalue("postgres_server")
        with server.fresh() as fresh:
            yield fresh
