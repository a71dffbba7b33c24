"""What cannot be read stops only itself: everybody else is told, and somebody can see it."""

import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import time

import pytest
from town import Town, at, invented, open_town, swept

from bot.domain.actors import OPERATOR, Actor, Role
from bot.domain.appointment import Appointment, Status, Wishes
from bot.domain.appointment_view import AppointmentView
from bot.domain.lifecycle import Act
from bot.domain.staffing import OFFICE, Mailbox, OfficeReach, Reach, Staffing
from bot.messages.payloads import Kind
from bot.services import daily_digest, escalation, operator_alerts
from bot.services.staff_service import StaffService
from bot.services.unit import Unit
from bot.storage.engine.database import Tx
from bot.storage.queues import outbox
from bot.storage.queues.outbox_row import OutboxRow, Priority
from bot.storage.records import key_values
from bot.storage.upkeep import staff_ties

TUESDAY = "2026-12-01"
ANNA = Actor(Role.CASE_MANAGER, "anna", "mill")
SEVEN = time(7)
STAFFING = Staffing(
    {
        "anna": Reach(digest=SEVEN, deputy="ben"),
        "ben": Reach(digest=SEVEN, deputy="anna"),
        "cora": Reach(digest=SEVEN),
    },
    {
        "mill": OfficeReach("mill@example.org", True, 1, SEVEN),
        "quay": OfficeReach("quay@example.org", True, 1, SEVEN),
    },
)
HELP = Wishes(language_help=True)


@pytest.fixture
async def town(url: str) -> AsyncIterator[Town]:
    async with open_town(url, invented()) as made:
        made.staffing = STAFFING
        yield made


async def two_booked(town: Town) -> tuple[Appointment, Appointment]:
    """A talk of Anna's and one of Cora's, who sits in another office."""
    first, second = await town.client(1), await town.client(2)
    return (
        await town.book(first, town.slot("anna", f"{TUESDAY} 09:00"), HELP),
        await town.book(second, town.slot("cora", f"{TUESDAY} 09:00"), HELP),
    )


async def spoil(town: Town, about: Appointment, column: str, value: str) -> None:
    await town.database.run(
        lambda tx: tx.run(
            f"UPDATE appointments SET {column} = :value WHERE id = :id", value=value, id=about.id
        )
    )


async def told(town: Town) -> list[str]:
    """What the staff are to be told beside their bookings, by the keys of the rows."""
    rows = await town.rows(
        "SELECT dedupe_key FROM outbox WHERE kind <> 'reminder'"
        " AND dedupe_key NOT LIKE '%booked%' AND kind <> 'confirmation' ORDER BY dedupe_key"
    )
    return [key for (key,) in rows]


def tell(unit: Unit) -> list[str]:
    """What the clock brings to the staff, and what was set aside."""
    parts = (daily_digest.sweeps, escalation.sweeps, operator_alerts.sweeps)
    return [each.item for each in swept(unit, *parts)]


async def test_a_row_nobody_can_read_keeps_nobody_else_from_what_is_theirs(town: Town) -> None:
    bad, good = await two_booked(town)
    await spoil(town, bad, "answer", "perhaps")
    town.now = at("2026-11-30 12:00")
    day_before = await town.does(tell)
    assert day_before == [f"appointment {bad.id}", f"appointment {bad.id}"]
    asked, unseen = f"appt:{good.id}:0:language_help", f"appt:{good.id}:0:not_seen"
    monday = ["digest:cora:2026-11-30:cora", "digest:office:quay:2026-11-30:mail:office:quay"]
    first = [f"{asked}:cora", f"{unseen}:mail:office:quay", *monday]
    assert await told(town) == first
    town.now = at(f"{TUESDAY} 07:00")
    set_aside = await town.does(tell)
    assert {"digest of case_manager anna", "digest of office mill"} < set(set_aside)
    assert [each for each in await told(town) if each not in first] == [
        f"digest:cora:{TUESDAY}:cora",
        f"digest:office:quay:{TUESDAY}:mail:office:quay",
    ]


async def test_once_it_can_be_read_again_it_is_told_as_if_nothing_had_been(town: Town) -> None:
    bad, _ = await two_booked(town)
    await spoil(town, bad, "answer", "perhaps")
    town.now = at(f"{TUESDAY} 07:00")
    await town.does(tell)
    before = set(await told(town))
    await spoil(town, bad, "answer", "none")
    assert await town.does(tell) == []
    assert set(await told(town)) - before == {
        f"appt:{bad.id}:0:language_help:anna",
        f"appt:{bad.id}:0:not_seen:mail:office:mill",
        f"digest:anna:{TUESDAY}:anna",
        f"digest:office:mill:{TUESDAY}:mail:office:mill",
    }


async def test_of_a_client_not_reached_whose_row_is_bad_the_others_are_told_of(town: Town) -> None:
    bad, good = await two_booked(town)
    await spoil(town, bad, "answer", "perhaps")
    town.now = at("2026-11-30 12:00")
    await town.database.run(
        lambda tx: tx.run(
            "UPDATE outbox SET state = 'failed', settled_at = :now WHERE kind = 'reminder'",
            now=town.now,
        )
    )
    set_aside = await town.does(lambda unit: [each.item for each in swept(unit, escalation.sweeps)])
    assert set_aside.count(f"appointment {bad.id}") == 3
    assert f"appt:{good.id}:0:not_reached:cora" in await told(town)


def refused_mail(tx: Tx, mailbox: str, now: int) -> None:
    """A mail its server will never take."""
    row = OutboxRow(Kind.DIGEST, "{}", mailbox, Priority.NOTICE, now, mailbox=mailbox)
    outbox.put(tx, row, now)
    failed = "UPDATE outbox SET state = 'failed', settled_at = :now WHERE mailbox = :mailbox"
    tx.run(failed, now=now, mailbox=mailbox)


async def test_an_operator_hears_of_every_mailbox_but_the_one_that_cannot_be_told_of(
    town: Town,
) -> None:
    operator = await town.client(900)
    await town.database.run(staff_ties.tie, OPERATOR, operator, town.now)
    mill, quay = (str(Mailbox(OFFICE, id)) for id in ("mill", "quay"))
    for mailbox in (mill, quay):
        await town.database.run(refused_mail, mailbox, town.now)
    await town.database.run(key_values.put, f"operators_told:{mill}", "no moment")
    assert await town.does(tell) == [f"mailbox {mill}"]
    assert await town.rows("SELECT person_id FROM outbox WHERE kind = 'undelivered'") == [
        (operator,)
    ]


@pytest.mark.parametrize("unreadable", ["", "7", "[]", "no JSON", '{"adults'])
async def test_an_appointment_whose_wishes_cannot_be_read_is_one_all_the_same(
    town: Town, caplog: pytest.LogCaptureFixture, unreadable: str
) -> None:
    bad, _ = await two_booked(town)
    await spoil(town, bad, "wishes", unreadable)
    town.now = at(f"{TUESDAY} 07:00")
    with caplog.at_level(logging.ERROR):
        assert await town.does(tell) == []
    assert {each.getMessage() for each in caplog.records} == {
        "the wishes of an appointment cannot be read"
    }
    assert f"digest:anna:{TUESDAY}:anna" in await told(town)
    view = await town.does(lambda unit: StaffService(unit, ANNA).do(Act.CALL_OFF, bad.version))
    assert isinstance(view, AppointmentView)
    assert view.about == replace(bad, status=Status.CALLED_OFF, sequence=1, wishes=Wishes())
    assert f"appt:{bad.id}:1:called_off:{bad.person_id}" in await told(town)
