"""The machine's clock is set wrong: nothing is lost, nobody is told anything false, and when it is
right again all goes on."""

import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from phone import Client
from stage import MONDAY_MORNING, World, agree, book_at, open_world

from bot.domain.actors import OPERATOR, Actor, Role
from bot.runtime.clock import Clock
from bot.simulator.person import words
from bot.storage.records import departures

DAY = 86_400
ROWS = {
    "appointments": "SELECT * FROM appointments",
    "cells": "SELECT * FROM case_manager_cells",
    "persons": "SELECT id, consent_version FROM persons",
    "reminders": "SELECT id, state, due_at FROM outbox WHERE kind = 'reminder'",
}


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[World]:
    """A bot in Herne."""
    async with open_world(tmp_path, "herne") as made:
        yield made


async def booked(town: World) -> tuple[Client, Client]:
    """Anna has an appointment on Wednesday; Olga runs the program."""
    anna, olga = await town.person(), await town.person(910, "de", "Olga")
    await agree(anna)
    await book_at(anna)
    await olga.says_and_waits(await town.invitation_of(OPERATOR))
    await town.taken()
    return anna, olga


async def rows(town: World) -> dict[str, list[tuple[object, ...]]]:
    """What a wrong clock would take."""
    return {name: await town.sql(query) for name, query in ROWS.items()}


def wrong(town: World, days: float) -> None:
    """Set the machine's clock so many days ahead; below 0, behind."""
    town.clock.machine = lambda: time.time() + days * DAY


async def looks(town: World) -> None:
    """Let all that goes by the clock happen."""
    assert town.process is not None
    await town.process.clock_watch.look()
    await town.process.jobs.tidy()
    await town.process.jobs.tell_staff()
    await town.process.chat_sender.sweep()
    await town.taken()


def warned(olga: Client) -> list[str]:
    """What the operator was told of the clock."""
    return [one for one in map(words, olga.messages) if "Die Uhr des Rechners oder" in one]


def said_once(caplog: pytest.LogCaptureFixture) -> None:
    """Expect the one line in the log, and no other error."""
    lines = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert lines == ["the clock is wrong: nothing is deleted, reminded or passed on"]
    caplog.clear()


@pytest.mark.parametrize("days", [1, 2, 20, 365, -3])
async def test_a_clock_that_jumps_takes_nothing_and_says_so_once(
    town: World, days: int, caplog: pytest.LogCaptureFixture
) -> None:
    anna, olga = await booked(town)
    before, told = await rows(town), len(anna.messages)
    wrong(town, days)
    await looks(town)
    assert warned(olga) == []
    for _ in range(3):
        town.clock.hear("Bot API", time.time() + town.clock.ahead)
        await looks(town)
    assert await rows(town) == before
    assert len(anna.messages) == told
    await olga.settles()
    assert len(warned(olga)) == 1
    said_once(caplog)


async def test_after_a_rest_nobody_is_told_that_the_clock_is_wrong(
    town: World, caplog: pytest.LogCaptureFixture
) -> None:
    _, olga = await booked(town)
    wrong(town, 0.5)  # of the Bot API only what it said before the rest is known
    for _ in range(2):
        await looks(town)
    town.clock.hear("Bot API", town.clock.machine() + town.clock.ahead)
    await looks(town)
    await olga.settles()
    assert (town.clock.goes_right(), warned(olga)) == (True, [])
    said_once(caplog)


async def test_whose_clock_differs_is_in_the_log(
    town: World, caplog: pytest.LogCaptureFixture
) -> None:
    await looks(town)
    town.clock.hear("database", town.clock.exact() + 2 * 3600)
    await looks(town)
    (line,) = [record for record in caplog.records if record.levelname == "ERROR"]
    told = line.fields  # type: ignore[attr-defined]
    assert set(told) == {"machine", "bot_api", "database"}
    assert (told["machine"], abs(int(told["bot_api"])) < 60) == ("+0", True)
    assert 7100 < int(told["database"]) < 7300
    said_once(caplog)


async def test_by_a_wrong_clock_nobody_has_left_long_ago(
    town: World, caplog: pytest.LogCaptureFixture
) -> None:
    assert town.process is not None
    gone, database = Actor(Role.CASE_MANAGER, "gone"), town.process.resources.database
    wrong(town, 20)
    await looks(town)
    said_once(caplog)
    await database.run(departures.note, gone, 0)
    await town.process.look_back()
    assert await database.run(departures.has_left, gone.id, town.clock.now())
    wrong(town, 0)
    await town.process.look_back()
    assert not await database.run(departures.has_left, gone.id, town.clock.now())


@pytest.mark.parametrize("days", [20, 365, -20])
async def test_a_start_with_a_wrong_clock_takes_nothing(
    town: World, days: int, caplog: pytest.LogCaptureFixture
) -> None:
    await booked(town)
    await looks(town)
    before = await rows(town)
    await town.stop()
    town.clock = Clock(town.clock.ahead)
    wrong(town, days)
    await town.start()
    assert town.process is not None
    await town.process.ingress.connection.identity.username()
    for _ in range(2):
        await looks(town)
    assert (town.clock.goes_right(), await rows(town)) == (False, before)
    said_once(caplog)


async def test_who_writes_meanwhile_is_answered_by_the_time_it_is(
    town: World, caplog: pytest.LogCaptureFixture
) -> None:
    anna, _ = await booked(town)
    wrong(town, 20)
    await looks(town)
    await anna.says_and_waits("/menu")
    assert "25 November" in words(anna.now)
    said_once(caplog)


async def test_when_the_clock_is_right_again_reminders_go_out_and_once(
    town: World, caplog: pytest.LogCaptureFixture
) -> None:
    anna, _ = await booked(town)
    for days in (2, -2, 20):
        wrong(town, days)
        await looks(town)
    said_once(caplog)
    town.clock.machine = time.time
    await town.to(MONDAY_MORNING + timedelta(days=1, hours=1))
    await looks(town)
    await anna.settles()
    reminded = [one for one in map(words, anna.messages) if "tomorrow" in one]
    assert len(reminded) == 1


async def test_after_a_long_jump_that_nobody_noticed_terms_end_a_day_at_a_time(
    town: World,
) -> None:
    await booked(town)
    assert town.process is not None
    await town.process.jobs.tidy()
    town.clock.ahead += 40 * DAY
    steps = 0
    while steps < 30 and await town.sql("SELECT 1 FROM appointments"):
        await town.process.jobs.tidy()
        steps += 1
    assert steps == 17  # it ends on the third day, and stays two weeks
