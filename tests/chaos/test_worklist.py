"""What the staff are shown of each appointment is what Telegram and the mail server recorded."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from figures import NOT_COUNTED, Sizes
from stage import MONDAY_MORNING, open_world
from week import FIRST_DAY, TALKS_A_DAY, Week
from worklist import BLOCKING, CHATTING, TEAM, MailingWorld, Refusing, chat_of, write_files

HOUR = timedelta(hours=1)
OUTAGES = 2


def days(bookings: int) -> list[datetime]:
    """When the days begin that so many bookings fill."""
    filled = -(-bookings // (len(TEAM) * TALKS_A_DAY))
    return [FIRST_DAY + timedelta(days=number) for number in range(filled)]


def table_row(week: Week, seconds: float) -> list[str]:
    """What the week was made of; nothing is lost, or the test would not have come so far."""
    office, clients = week.office, week.clients
    faults = (
        f"{len(clients)} bookings, {len(week.warned)} not reached, {office.refused} mails refused,"
        f" {OUTAGES} mail outages"
    )
    arrived, doubled = len(office.subjects), office.taken - len(office.subjects)
    counts = (NOT_COUNTED, str(arrived), "0", str(doubled), NOT_COUNTED)
    return ["SQLite", "1", "0", faults, *counts, str(round(seconds))]


@asynccontextmanager
async def a_week(folder: Path) -> AsyncIterator[Week]:
    """Everybody is there; one case manager has blocked the bot."""
    write_files(folder)
    office = Refusing()
    await office.open()
    try:
        MailingWorld.port = office.port
        async with open_world(folder, str(folder / "town.toml"), MailingWorld) as world:
            assert isinstance(world, MailingWorld)
            chats = {CHATTING: 901, BLOCKING: 902}
            for case_manager_id, chat_id in chats.items():
                await world.case_manager(case_manager_id, chat_id)
            chat_of(world, chats[BLOCKING]).blocked = True
            yield Week(world, office, chats)
    finally:
        await office.close()


@pytest.mark.timeout(1800)
async def test_each_appointments_state_is_what_the_simulator_and_the_mail_server_recorded(
    tmp_path: Path, sizes: Sizes, row: list[str]
) -> None:
    began, half = time.monotonic(), sizes.bookings // 2
    async with a_week(tmp_path) as week:
        await week.books(half)
        await week.mails_arrive(half // 3)
        await week.mail_goes_away()
        await week.books(sizes.bookings - half)
        await week.to(MONDAY_MORNING + HOUR)
        await week.tells_the_truth()
        await week.mail_is_back()
        await week.tells_the_truth()
        await week.to(MONDAY_MORNING + 6 * HOUR)
        await week.changes()
        await week.mail_goes_away()
        await week.to(MONDAY_MORNING + 7 * HOUR)
        await week.tells_the_truth()
        for day in days(sizes.bookings):
            await week.to(day - 14 * HOUR)
            await week.tells_the_truth()
            await week.to(day - 13 * HOUR)
            await week.evening()
            await week.to(day - 12 * HOUR)
            await week.tells_the_truth()
            await week.mail_is_back()
            for hours in (-1, 1, 4):
                await week.to(day + hours * HOUR)
                await week.tells_the_truth()
    row += table_row(week, time.monotonic() - began)
    assert week.office.taken - len(week.office.subjects) <= OUTAGES
    assert {state.reached for state in week.seen} == {True, False}
    assert {state.failed for state in week.seen} >= {None, 0, 1, 2}
    assert {state.answered for state in week.seen if state.reminded} == {True, False}
    assert any(state.told is None for state in week.seen)
    assert any(state.reminded and not state.reached for state in week.seen)
