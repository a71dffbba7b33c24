"""Which notices count as not delivered: those to who has the appointment now, and to its office."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from test_staff_service import delivery
from town import MONDAY_MORNING, Town, invented, open_town, swept

from bot.domain.appointment import Appointment
from bot.domain.staffing import OfficeReach, Reach, Staffing
from bot.services import escalation
from bot.services.unit import Unit

NINE, TEN = "2026-11-24 09:00", "2026-11-24 10:20"
HOUR = 3600


@pytest.fixture
async def town(url: str) -> AsyncIterator[Town]:
    async with open_town(url, invented()) as made:
        yield made


async def settle(town: Town, state: str, which: str) -> None:
    """Let what has not been settled yet, of the staff, come to this end."""
    await town.database.run(
        lambda tx: tx.run(
            f"UPDATE outbox SET state = '{state}', settled_at = {MONDAY_MORNING}"
            f" WHERE state IN ('waiting', 'unaddressed') AND kind = 'notice' AND {which}"
        )
    )


async def failed(town: Town, booked: Appointment) -> int:
    found = await delivery(town, booked)
    assert found is not None
    return found.failed


async def pass_on(town: Town, staffing: Staffing) -> None:
    """Nobody has seen anything for four hours."""

    def work(unit: Unit) -> None:
        assert swept(replace(unit, staffing=staffing), escalation.sweeps) == []

    town.now = MONDAY_MORNING + 4 * HOUR
    await town.does(work)
    town.now = MONDAY_MORNING


async def test_what_a_former_case_manager_did_not_get_does_not_count(town: Town) -> None:
    client = await town.client(1)
    booked = await town.book(client, town.slot("anna", NINE))
    await settle(town, "failed", "case_manager_id = 'anna'")
    assert await failed(town, booked) == 1
    moved = await town.move(client, booked, town.slot("ben", TEN))
    await settle(town, "failed", "case_manager_id = 'anna'")
    await settle(town, "sent", "case_manager_id = 'ben'")
    assert await failed(town, moved) == 0


async def test_a_mail_the_office_did_not_get_counts_and_is_not_the_clients(town: Town) -> None:
    booked = await town.book(await town.client(1), town.slot("anna", NINE))
    await settle(town, "sent", "case_manager_id = 'anna'")
    await pass_on(town, Staffing({}, {"mill": OfficeReach("mill@example.org", True, 4)}))
    assert await failed(town, booked) == 0
    await settle(town, "failed", "case_manager_id IS NULL")
    told = await delivery(town, booked)
    assert told is not None
    assert (told.failed, told.reached) == (1, True)


async def test_what_a_deputy_did_not_get_is_not_the_case_managers(town: Town) -> None:
    booked = await town.book(await town.client(1), town.slot("anna", NINE))
    await settle(town, "sent", "case_manager_id = 'anna'")
    staffing = Staffing({"anna": Reach(deputy="ben")}, {"mill": OfficeReach(seen_within_hours=4)})
    await pass_on(town, staffing)
    await settle(town, "failed", "case_manager_id = 'ben'")
    assert await failed(town, booked) == 0


async def test_a_case_manager_who_gets_it_back_did_not_get_what_failed_before(town: Town) -> None:
    client = await town.client(1)
    booked = await town.book(client, town.slot("anna", NINE))
    await settle(town, "failed", "case_manager_id = 'anna'")
    moved = await town.move(client, booked, town.slot("ben", TEN))
    back = await town.move(client, moved, town.slot("anna", NINE))
    await settle(town, "sent", "TRUE")
    assert await failed(town, back) == 1
