"""The bot as a process on a machine whose clock is wrong (libfaketime): nothing is lost."""

import asyncio
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest
from phone import Client
from processes import program, running

from bot.simulator.server import Simulator

FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
WATCHED_SECONDS = 8
ROWS = {
    "appointments": "SELECT * FROM appointments",
    "cells": "SELECT * FROM case_manager_cells",
    "persons": "SELECT * FROM persons",
    "messages": "SELECT id, kind, state, due_at FROM outbox",
}


def rows(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """What a wrong clock would take."""
    with closing(sqlite3.connect(folder / "lotse.db")) as file:
        return {name: file.execute(query).fetchall() for name, query in ROWS.items()}


@pytest.mark.soak
@pytest.mark.skipif(FAKETIME is None, reason="Debian's libfaketime is not installed")
async def test_a_machine_with_a_wrong_clock_loses_nothing(tmp_path: Path) -> None:
    simulator = Simulator(time.time)
    await simulator.start()
    settings = running(simulator.url)
    async with aiohttp.ClientSession() as session:
        anna = Client(session, simulator.url, 7, "Anna", "en")
        await anna.join()
        async with program("run", folder=tmp_path, **settings) as bot:
            await bot.says("Lotse serves herne")
            await anna.says_and_waits("/start", 10)
            await anna.walks("English", "I agree", "Book an appointment")
            await anna.walks("I don’t know, show all offices", "Earliest free time", "Confirm")
            await asyncio.sleep(2)
            await bot.stops()
        before, told = rows(tmp_path), len(anna.messages)
        for offset in ("+1d", "+2d", "+20d", "+365d", "-3d", "-400d"):
            moved = {"LD_PRELOAD": str(FAKETIME), "FAKETIME": offset, "DONT_FAKE_MONOTONIC": "1"}
            async with program("run", folder=tmp_path, **settings, **moved) as bot:
                await bot.says("the clock is wrong")
                await asyncio.sleep(WATCHED_SECONDS)
                await bot.stops()
            assert len(bot.errors) == 1, bot.errors
            assert rows(tmp_path) == before, offset
        async with program("run", folder=tmp_path, **settings) as bot:
            await bot.says("Lotse serves herne")
            await asyncio.sleep(2)
            await bot.stops()
        assert (bot.errors, rows(tmp_path), len(anna.messages)) == ([], before, told)
    await simulator.stop()
