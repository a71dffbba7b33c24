"""However much has passed its term, it goes a little at a time, and nothing is left."""

from collections.abc import AsyncIterator

import pytest
from town import BERLIN, MONDAY_MORNING, TEAM, Town, invented, open_town, telegram

from bot.storage.engine.database import Tx
from bot.storage.queues import inbox
from bot.storage.records import cells, persons
from bot.storage.upkeep import housekeeping
from bot.storage.upkeep.letting_go import (
    BEGINNING,
    LOOKED_AT,
    ONE_BY_ONE,
    TOGETHER,
    RetentionPlace,
    RetentionStep,
)
from bot.storage.upkeep.retention import RULES

DAY = 86_400
RULE = {rule.what: rule for rule in RULES}


@pytest.fixture
async def town(url: str) -> AsyncIterator[Town]:
    async with open_town(url, invented(*TEAM)) as made:
        yield made


async def steps(town: Town, what: str, now: int) -> list[RetentionStep]:
    """All steps of one rule, each in a transaction of its own."""
    found, after = list[RetentionStep](), BEGINNING
    while True:
        step = await town.database.run(housekeeping.follow, RULE[what], now, BERLIN, after)
        found.append(step)
        if step.after is None:
            return found
        after = step.after


async def count(town: Town, table: str) -> int:
    [(number,)] = await town.rows(f"SELECT COUNT(*) FROM {table}")
    return int(number)


async def test_rows_nothing_hangs_on_go_some_hundreds_at_a_time(town: Town) -> None:
    def handle(tx: Tx) -> None:
        for number in range(2 * TOGETHER + 1):
            inbox.done(tx, telegram(number), MONDAY_MORNING)

    await town.database.run(handle)
    left = []
    after: RetentionPlace | None = BEGINNING
    while after is not None:
        step = await town.database.run(
            housekeeping.follow,
            RULE["update numbers"],
            MONDAY_MORNING + 3 * DAY,
            BERLIN,
            after,
        )
        after = step.after
        left.append(await count(town, "handled"))
    assert left == [TOGETHER + 1, 1, 0]


async def test_persons_are_looked_through_and_go_a_few_at_a_time(town: Town) -> None:
    strangers = LOOKED_AT + 2 * ONE_BY_ONE

    def come(tx: Tx) -> None:
        for _ in range(strangers):
            persons.add(tx, MONDAY_MORNING)

    await town.database.run(come)
    soon = await steps(town, "persons without consent", MONDAY_MORNING + DAY)
    assert [step.after for step in soon[:-1]] == [
        RetentionPlace(id=LOOKED_AT),
        RetentionPlace(id=strangers),
    ]
    assert await count(town, "persons") == strangers
    later = await steps(town, "persons without consent", MONDAY_MORNING + 3 * DAY)
    assert len(later) > strangers / ONE_BY_ONE
    assert await count(town, "persons") == 0


async def test_appointments_that_stay_keep_none_of_many_others(town: Town) -> None:
    """More than a step has, all over at the same moment; one is still referred to."""
    await town.client(1)
    await town.database.run(many_over)
    found = await steps(town, "appointments", MONDAY_MORNING)
    assert [each.item for step in found for each in step.stayed] == ["appointment 1"]
    assert await town.rows("SELECT id FROM appointments ORDER BY id") == [(1,), (1000,)]


def many_over(tx: Tx) -> None:
    insert = (
        "INSERT INTO appointments (id, code, person_id, case_manager_id, office_id, start_at,"
        " end_at, free_at, status, moves_id, language, wishes, answer) VALUES (:id, :code, 1,"
        " 'anna', 'mill', :start, :end, :end, 'booked', :moves, 'en', '{}', 'none')"
    )
    over = MONDAY_MORNING - 30 * DAY
    for id in range(1, 3 * ONE_BY_ONE):
        tx.run(insert, id=id, code=f"c{id}", start=over - 60, end=over, moves=None)
    far = MONDAY_MORNING + DAY
    tx.run(insert, id=1000, code="far", start=far, end=far + 60, moves=1)


async def test_cells_of_both_sides_go_when_they_have_passed(town: Town) -> None:
    early, late = [
        await town.book(await town.client(number), town.slot("anna", f"2026-11-24 {hour}"))
        for number, hour in enumerate(("09:00", "10:00"), 1)
    ]
    assert await town.database.run(cells.forget_past, late.start, 1) == 1
    assert await town.database.run(cells.forget_past, late.start, TOGETHER) > 0
    assert await town.database.run(cells.forget_past, late.start, TOGETHER) == 0
    assert await town.cells(early.id) == ([], [])
    assert await town.cells(late.id) != ([], [])
