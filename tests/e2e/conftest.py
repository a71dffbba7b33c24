"""The bot and its simulator, up and ready, for scripted people."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from stage import World, open_world


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
