"""After a start the log says how many talks the city file has no hours for; nobody waits for it."""

import logging

import pytest
from stage import World, book_earliest


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What was worth a warning; what else is logged depends on the tests before."""
    return [each.getMessage() for each in caplog.records if each.levelno >= logging.WARNING]


async def test_talks_outside_of_hours_are_counted_at_a_start(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await book_earliest(await world.person())
    assert world.process is not None
    with caplog.at_level(logging.WARNING):
        await world.process.compare_hours()
        assert warnings(caplog) == []
        later = "start_at = start_at + 43200, end_at = end_at + 43200"
        await world.sql(f"UPDATE appointments SET {later}")
        await world.process.compare_hours()
    assert warnings(caplog) == ["talks are on closed days or outside of hours"]
