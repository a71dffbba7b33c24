"""The disk is full in the middle of things: all waits, nothing is lost, and nothing comes twice.

What may be written is taken from the running process by the system's limit on the size of files.
"""

import asyncio
import random
import resource
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from audit import audited
from crashes import Crashes
from crowd import AT_ONCE, CITY, SEED, Clients, at_rest, effects, town
from figures import Sizes
from fleet import Fleet

FULL_SECONDS = 0.5
MOST_SECONDS = 20
SENDING = "SELECT COUNT(*) AS n FROM outbox WHERE state = 'sending'"
STRUCK = {"turn": "updates stay with Telegram", "settling": "what was sent waits"}


@asynccontextmanager
async def full_disk(pid: int) -> AsyncIterator[None]:
    """Inside the block the process can write to no file; what it has open stays open."""
    _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (hard, hard))


async def in_mid_turn(fleet: Fleet) -> None:
    """Wait until an answer is under way."""
    async with asyncio.timeout(MOST_SECONDS):
        # Nothing tells of a new row.
        while not await fleet.number(SENDING):  # noqa: ASYNC110
            await asyncio.sleep(0)


def struck(fleet: Fleet) -> dict[str, int]:
    """How often the full disk was met, by what was being done."""
    text = fleet.members[0].program.text
    return {what: text.count(told) for what, told in STRUCK.items()}


@pytest.mark.timeout(1800)
async def test_a_full_disk_in_the_middle_of_things_loses_nothing(
    tmp_path: Path, sizes: Sizes, row: list[str]
) -> None:
    began, dice = time.monotonic(), random.Random(SEED)
    async with town(f"sqlite:///{tmp_path}/lotse.db", CITY) as (fleet, staff):
        notes, clients = Crashes(fleet, dice), Clients(fleet)
        async with fleet.running(1), asyncio.TaskGroup() as group:
            await fleet.serve()
            over = asyncio.Event()
            people = [group.create_task(clients.come_and_go(over)) for _ in range(AT_ONCE)]
            times = 0
            while times < sizes.full_disks or not all(struck(fleet).values()):
                await asyncio.sleep(dice.uniform(0.1, 0.6))
                await in_mid_turn(fleet)
                async with full_disk(fleet.members[0].program.process.pid):
                    await asyncio.sleep(FULL_SECONDS)
                    await notes.make_reminders_due()
                times += 1
            over.set()
            await asyncio.wait(people)
            await notes.make_notices_due()
            await at_rest(fleet)
        found = await audited(notes, clients.everybody, staff)
        met = struck(fleet)
        what = f"disk full {times} times: " + " ".join(f"{each}:{n}" for each, n in met.items())
        row += map(str, (fleet.engine, 1, 0, what, found.updates, len(await effects(fleet))))
        row += map(str, (len(found.lost), found.doubled, found.overlaps))
        row.append(str(round(time.monotonic() - began)))
    assert (found.lost, found.wrong, found.unexplained, found.overlaps) == ([], [], [], 0)
    assert found.doubled == 0
