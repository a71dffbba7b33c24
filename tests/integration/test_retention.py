"""What the notice promises: each kind of row is gone after its term, and not before."""

from collections.abc import AsyncIterator

import pytest
from town import MONDAY_MORNING, TEAM, Town, at, invented, open_town

from bot import chores
from bot.storage import inbox, persons

HOUR, DAY = 3600, 86_400
TUESDAY = "2026-11-24 10:00"


@pytest.fixture
async def town(url: str) -> AsyncIterator[Town]:
    async with open_town(url, invented(*TEAM)) as made:
        yield made


async def left(town: Town, moment: int, table: str) -> int:
    """How many rows are left after the chores of this moment."""
    await town.database.run(chores.tidy, moment)
    return len(await town.rows(f"SELECT * FROM {table}"))


async def agreed(town: Town, chat_id: int) -> int:
    client = await town.client(chat_id)
    await town.database.run(persons.agree, client, "1", town.now)
    return client


async def test_an_appointment_is_gone_14_days_after_its_end_with_all_its_messages(
    town: Town,
) -> None:
    client = await agreed(town, 7)
    booked = await town.book(client, town.slot(TEAM[0].id, TUESDAY))
    assert await left(town, booked.end + 14 * DAY, "appointments") == 1
    assert await left(town, booked.end + 14 * DAY + 1, "appointments") == 0
    assert await left(town, booked.end + 14 * DAY + 1, "outbox") == 0


async def test_a_cancelled_appointment_is_gone_7_days_later(town: Town) -> None:
    client = await agreed(town, 7)
    booked = await town.book(client, town.slot(TEAM[0].id, TUESDAY))
    await town.cancel(client, booked.id)
    assert await left(town, MONDAY_MORNING + 7 * DAY, "appointments") == 1
    assert await left(town, MONDAY_MORNING + 7 * DAY + 1, "appointments") == 0


async def test_a_hold_that_ran_out_is_gone_after_a_day(town: Town) -> None:
    client = await agreed(town, 7)
    assert await town.hold(client, town.slot(TEAM[0].id, TUESDAY)) is None
    assert await left(town, MONDAY_MORNING + 2 * DAY, "appointments") == 0


async def test_a_stranger_is_forgotten_after_48_hours_and_a_client_after_90_days(
    town: Town,
) -> None:
    await town.client(7)
    await agreed(town, 8)
    assert await left(town, MONDAY_MORNING + 48 * HOUR, "persons") == 2
    assert await left(town, MONDAY_MORNING + 48 * HOUR + 1, "persons") == 1
    assert await left(town, MONDAY_MORNING + 90 * DAY, "persons") == 1
    assert await left(town, MONDAY_MORNING + 90 * DAY + 1, "persons") == 0


async def test_a_client_with_an_appointment_is_kept_however_long_ago_they_wrote(
    town: Town,
) -> None:
    client = await agreed(town, 7)
    booked = await town.book(client, town.slot(TEAM[0].id, TUESDAY))
    await town.database.run(
        lambda tx: tx.run("UPDATE persons SET seen_at = :then", then=at("2026-01-01 09:00"))
    )
    assert await left(town, booked.end, "persons") == 1


async def test_a_poison_update_is_gone_after_14_days(town: Town) -> None:
    await town.database.run(inbox.keep, 1, "chat", "sealed", MONDAY_MORNING)
    await town.database.run(inbox.set_aside, 1)
    assert await left(town, MONDAY_MORNING + 14 * DAY, "inbox") == 1
    assert await left(town, MONDAY_MORNING + 14 * DAY + 1, "inbox") == 0
