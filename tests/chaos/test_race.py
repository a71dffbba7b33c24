"""Everybody presses at once: exactly one wins, the others get other times offered, nobody an error.

The town has one talk a day. Where three processes serve it, their city files differ in the length
of that talk, as in the middle of a change: whatever is booked, all times of a day overlap.
"""

import time
from pathlib import Path

import pytest
from audit import OVERLAPS
from crowd import at_rest, effects, town
from figures import NOT_COUNTED, Sizes
from fleet import Fleet
from postgres import Server
from racer import Racer, at_once, in_groups, racers, with_button
from racetown import CITY, with_other_talks

SHORTER = {30: "09:00-09:30", 45: "09:00-09:45"}
MOST_ROUNDS = 60
BOOKED = "SELECT COUNT(*) AS n FROM appointments WHERE status = 'booked'"
HELD = "SELECT COUNT(*) AS n FROM appointments WHERE status = 'held'"
ASIDE = """
    SELECT (SELECT COUNT(*) FROM inbox) + (SELECT COUNT(*) FROM outbox WHERE state = 'failed') AS n
"""
HANDLED = "SELECT COUNT(*) AS n FROM handled"


async def the_same_last_time(fleet: Fleet, people: list[Racer]) -> Racer:
    """The only time of the first day; the one who gets it."""
    await at_once([each.first("office", "person", "day") for each in people])
    assert with_button(people, "time") == people
    await at_once([each.first("time") for each in people])
    (winner,) = with_button(people, "confirm")
    assert len(with_button(people, "time")) == len(people) - 1
    assert await fleet.number(HELD) == 1
    await winner.twice("confirm")
    assert await fleet.number(BOOKED) == 1
    return winner


async def the_earliest(fleet: Fleet, people: list[Racer]) -> list[Racer]:
    """Earliest free time, and then whatever is offered instead; those who get a time."""
    await at_once([each.begins() for each in people])
    await at_once([each.first("earliest") for each in people])
    for _ in range(MOST_ROUNDS):
        lost = with_button(people, "time")
        assert await fleet.number(HELD) == len(with_button(people, "confirm")) > 0
        if not lost:
            break
        await at_once([each.first("time") for each in lost])
    return with_button(people, "confirm")


async def race(fleet: Fleet, people: list[Racer]) -> int:
    """All of it; how many appointments there are in the end."""
    for group in in_groups(people):
        await at_once([each.comes() for each in group])
    winner = await the_same_last_time(fleet, people)
    losers = [each for each in people if each is not winner]
    lucky = await the_earliest(fleet, losers)
    await at_once([each.twice("confirm") for each in lucky])
    await winner.begins()
    await winner.first("earliest")
    assert not winner.may("confirm") and not winner.may("time"), "every time has been given"
    return 1 + len(lucky)


async def race_test(url: str, processes: int, sizes: Sizes, row: list[str], *cities: str) -> None:
    began = time.monotonic()
    async with town(url, CITY) as (fleet, staff):
        people = racers(fleet, sizes.on(url).racers)
        async with fleet.running(processes, *cities):
            await fleet.serve()
            wins = await race(fleet, people)
            await at_rest(fleet)
            errors = [line for each in fleet.members for line in each.program.errors]
        sent = sum(each.memory.updates for each in people) + len(staff)
        handled, overlaps = await fleet.number(HANDLED), await fleet.number(OVERLAPS)
        what = f"{len(people)} press at once{', 3 lengths' if cities else ''}"
        row += map(str, (fleet.engine, processes, 0, what, handled, len(await effects(fleet))))
        row += map(str, (sent - handled, NOT_COUNTED, overlaps, round(time.monotonic() - began)))
        assert (sent - handled, overlaps, errors) == (0, 0, [])
        assert await fleet.number(BOOKED) == wins
        assert (await fleet.number(HELD), await fleet.number(ASIDE)) == (0, 0)
        for each in people:
            seen = "".join(message["text"] for message in each.memory.received.values())
            assert "went wrong" not in seen


@pytest.mark.timeout(1800)
async def test_of_all_who_press_a_time_at_once_one_has_it_and_the_others_are_offered_others(
    tmp_path: Path, sizes: Sizes, row: list[str]
) -> None:
    await race_test(f"sqlite:///{tmp_path}/lotse.db", 1, sizes, row)


@pytest.mark.soak
@pytest.mark.timeout(1800)
async def test_it_is_so_on_a_server(postgres_server: Server, sizes: Sizes, row: list[str]) -> None:
    with postgres_server.fresh() as url:
        await race_test(url, 1, sizes, row)


@pytest.mark.timeout(1800)
async def test_three_processes_that_know_talks_of_other_lengths_do_not_book_an_overlap(
    postgres_server: Server, tmp_path: Path, sizes: Sizes, row: list[str]
) -> None:
    with postgres_server.fresh() as url:
        await race_test(url, 3, sizes, row, *with_other_talks(tmp_path, SHORTER), CITY)
