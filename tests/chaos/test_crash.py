"""The promise under SIGKILL: no update, appointment or message is lost, whatever dies when."""

import asyncio
import random
import time

import pytest
from audit import audited
from crashes import Crashes
from crowd import AT_ONCE, CALM_SECONDS, CITY, SEED, Clients, at_rest, effects, town
from figures import Sizes
from fleet import Fleet
from postgres import Server

TAKE_OVER_SECONDS = 10


async def live_and_die(crashes: Crashes, clients: Clients, kills: int) -> None:
    """People use the bot, its processes are killed; in the end they finish what they began."""
    over = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        people = [group.create_task(clients.come_and_go(over)) for _ in range(AT_ONCE)]
        await crashes.happen(kills)
        await crashes.cause_trouble(0)
        while not crashes.reminders:
            await asyncio.sleep(CALM_SECONDS)
            await crashes.make_reminders_due()
        over.set()
        await asyncio.wait(people)
        await crashes.make_notices_due()
        await at_rest(crashes.fleet)


def slowest_take_over(crashes: Crashes, sent: list[float]) -> tuple[float, float]:
    """The longest time from a kill to the new one leading, and to its first message, in seconds."""
    taken = crashes.taken_over
    leadership = max((new - killed for killed, new in taken), default=0.0)
    message = max((min(at for at in sent if at >= new) - old for old, new in taken), default=0.0)
    return leadership, message


async def one_sends_and_all_are_ready(fleet: Fleet) -> None:
    """Wait until each of several processes says that of itself."""
    await fleet.serve()
    wanted = [*((True, False) for _ in fleet.members[1:]), (True, True)]
    async with asyncio.timeout(TAKE_OVER_SECONDS):
        # A page tells only who asks.
        while await told(fleet) != wanted:  # noqa: ASYNC110
            await asyncio.sleep(0.1)


async def told(fleet: Fleet) -> list[tuple[bool, bool]]:
    """Of each process, whether it is ready, and whether it sends."""
    pages = []
    for member in fleet.members:
        async with fleet.session.get(f"http://{member.settings['BOT_LISTEN']}/readyz") as answer:
            page = await answer.json()
            pages.append((page["ready"], page["leader"]))
    return sorted(pages)


async def crash_test(url: str, processes: int, kills: int, row: list[str]) -> None:
    began = time.monotonic()
    async with town(url, CITY) as (fleet, staff):
        crashes, clients = Crashes(fleet, random.Random(SEED)), Clients(fleet)
        async with fleet.running(processes):
            await fleet.serve()
            await live_and_die(crashes, clients, kills)
            if processes > 1:
                await one_sends_and_all_are_ready(fleet)
        found, sent = await audited(crashes, clients.everybody, staff), await effects(fleet)
    leadership, message = slowest_take_over(crashes, sent)
    what = crashes.struck
    if processes > 1:
        what += f"; of {len(crashes.taken_over)} take-overs the slowest {leadership:.1f} s,"
        what += f" {message:.1f} s to its first message"
    row += map(str, (fleet.engine, processes, crashes.kills, what, found.updates, len(sent)))
    row += map(str, (len(found.lost), found.doubled, found.overlaps))
    row.append(str(round(time.monotonic() - began)))
    assert (found.lost, found.wrong, found.unexplained, found.overlaps) == ([], [], [], 0)
    assert crashes.kills == kills
    assert max(leadership, message) < TAKE_OVER_SECONDS


@pytest.mark.timeout(1800)
async def test_nothing_is_lost_when_the_bot_is_killed_at_any_moment(
    url: str, sizes: Sizes, row: list[str]
) -> None:
    await crash_test(url, 1, sizes.on(url).kills, row)


@pytest.mark.timeout(1800)
async def test_nothing_is_lost_when_one_of_three_is_killed_and_the_sender_is_replaced_at_once(
    postgres_server: Server, sizes: Sizes, row: list[str]
) -> None:
    with postgres_server.fresh() as url:
        await crash_test(url, 3, sizes.on(url).kills, row)
