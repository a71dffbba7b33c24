"""The bot and its simulator, up and ready, for scripted people."""

import functools
import logging
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from stage import World, open_world

from bot.rendering import catalogues

compile_once = functools.cache(catalogues.load)


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    """Herne on Monday 23 November 2026, 9:00; the bot is up."""
    async with open_world(tmp_path, "herne") as made:
        yield made


@pytest.fixture
async def smallville(tmp_path: Path) -> AsyncIterator[World]:
    """The invented second city; the bot is up."""
    async with open_world(tmp_path, "tests/cities/smallville.toml") as made:
        yield made


@pytest.fixture(autouse=True)
def catalogues_are_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each bot reads the same seven files; the second need not wait for that."""
    monkeypatch.setattr(catalogues, "load", compile_once)


@pytest.fixture(autouse=True)
def nothing_goes_wrong_unseen(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever a test does, neither bot nor simulator logs an error."""
    yield
    records = caplog.get_records("call")
    assert [each.getMessage() for each in records if each.levelno >= logging.ERROR] == []
