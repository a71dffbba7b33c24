"""What the privacy page promises: each kind of row is gone after its term, and not before."""

from collections.abc import AsyncIterator

import pytest
from town import BERLIN, MONDAY_MORNING, TEAM, Town, at, invented, open_town, speaker, telegram

from bot.conversation.session import Session, from_json, to_json
from bot.domain.appointment import Wishes
from bot.domain.talk_report import TalkCount
from bot.messages.payloads import Kind
from bot.storage.queues import inbox, outbox
from bot.storage.queues.outbox_row import OutboxRow, Priority
from bot.storage.records import invitations, persons, statistics
from bot.storage.upkeep import erasure, housekeeping, staff_ties

HOUR, DAY = 3600, 86_400
TUESDAY, LATER = "2026-11-24 10:00", "2026-12-01 10:00"


@pytest.fixture
async def town(url: str) -> AsyncIterator[Town]:
    async with open_town(url, invented(*TEAM)) as made:
        yield made


async def tidy(town: Town, moment: int) -> None:
    await town.database.run(housekeeping.tidy, moment, BERLIN)


async def left(town: Town, moment: int, table: str) -> int:
    """How many rows are left after the chores of this moment."""
    await tidy(town, moment)
    return len(await town.rows(f"SELECT * FROM {table}"))


async def agreed(town: Town, chat_id: int) -> int:
    client = await town.client(chat_id)
    await town.database.run(persons.agree, client, "1", town.now)
    return client


async def wait(town: Town, person: int, key: str) -> None:
    draft = OutboxRow(Kind.TEXT, "{}", key, Priority.ANSWER, town.now, person)
    assert await town.database.run(lambda tx: outbox.put(tx, draft, town.now)())


async def settle_all(town: Town, moment: int) -> None:
    await town.database.run(
        lambda tx: tx.run("UPDATE outbox SET state = 'sent', settled_at = :now", now=moment)
    )


async def test_an_appointment_is_gone_14_days_after_its_end_with_all_its_messages(
    town: Town,
) -> None:
    client = await agreed(town, 7)
    booked = await town.book(client, town.slot(TEAM[0].id, TUESDAY))
    await settle_all(town, booked.end + 13 * DAY)
    assert await left(town, booked.end + 14 * DAY, "appointments") == 1
    assert await left(town, booked.end + 14 * DAY + 1, "appointments") == 0
    assert await town.rows("SELECT * FROM outbox") == []


async def test_a_cancelled_appointment_is_gone_7_days_later(town: Town) -> None:
    client = await agreed(town, 7)
    booked = await town.book(client, town.slot(TEAM[0].id, LATER))
    await town.cancel(client, booked.id)
    assert await left(town, MONDAY_MORNING + 7 * DAY, "appointments") == 1
    assert await left(town, MONDAY_MORNING + 7 * DAY + 1, "appointments") == 0


async def test_an_appointment_that_goes_takes_a_hold_to_move_it_along(town: Town) -> None:
    client = await agreed(town, 7)
    booked = await town.book(client, town.slot(TEAM[0].id, TUESDAY))
    assert await town.hold(client, town.slot(TEAM[0].id, LATER), booked.id) is None
    await town.database.run(
        lambda tx: tx.run("UPDATE appointments SET hold_until = :far", far=booked.end + 90 * DAY)
    )
    assert await left(town, booked.end + 14 * DAY + 1, "appointments") == 0
    assert await town.rows("SELECT * FROM client_cells") == []


async def test_a_notice_that_still_waits_outlives_its_appointment(town: Town) -> None:
    client = await agreed(town, 7)
    booked = await town.book(client, town.slot(TEAM[0].id, LATER))
    await town.cancel(client, booked.id)
    await tidy(town, MONDAY_MORNING + 7 * DAY + 1)
    staff = "SELECT kind, state FROM outbox WHERE case_manager_id IS NOT NULL"
    assert await town.rows(staff) == [("notice", "unaddressed")] * 2


async def test_a_hold_that_ran_out_is_gone_after_an_hour(town: Town) -> None:
    client = await agreed(town, 7)
    assert await town.hold(client, town.slot(TEAM[0].id, TUESDAY)) is None
    ran_out = MONDAY_MORNING + 600
    assert await left(town, ran_out + HOUR, "appointments") == 1
    assert await left(town, ran_out + HOUR + 1, "appointments") == 0


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
        lambda tx: tx.run("UPDATE chats SET seen_at = :then", then=at("2026-01-01 09:00"))
    )
    assert await left(town, booked.end, "persons") == 1


async def test_whom_a_message_or_an_update_waits_for_is_kept(town: Town) -> None:
    reader, writer, other = [await town.client(chat) for chat in (7, 8, 9)]
    await wait(town, reader, "reader")
    ((key,),) = await town.rows("SELECT chat_key FROM chats WHERE person_id = :id", id=writer)
    await town.database.run(inbox.keep, telegram(1), key, "sealed", MONDAY_MORNING)
    await tidy(town, MONDAY_MORNING + 90 * DAY + 1)
    kept = await town.rows("SELECT id FROM persons ORDER BY id")
    assert kept == [(reader,), (writer,)] and other not in kept[0]


async def test_a_case_manager_is_kept(town: Town) -> None:
    person = await town.client(7)
    await town.database.run(staff_ties.tie, speaker(TEAM[0].id), person, MONDAY_MORNING)
    assert await left(town, MONDAY_MORNING + 400 * DAY, "persons") == 1


async def test_what_somebody_chose_on_the_way_is_forgotten_after_48_hours(town: Town) -> None:
    client = await agreed(town, 7)
    chosen = Session(trail=("menu", "place", "offices"), revision=12)
    chosen = chosen.choosing(order=("quay", "mill"), wishes=Wishes(topic="housing"))
    await town.database.run(
        lambda tx: tx.run("UPDATE chats SET session = :made, midway = 1", made=to_json(chosen))
    )
    for moment, wanted in (
        (MONDAY_MORNING + 48 * HOUR, chosen),
        (MONDAY_MORNING + 48 * HOUR + 1, Session(trail=("menu",), revision=12)),
    ):
        await tidy(town, moment)
        ((kept,),) = await town.rows("SELECT session FROM chats WHERE person_id = :id", id=client)
        assert from_json(kept, None, None) == wanted


async def test_a_settled_message_is_gone_after_48_hours_and_one_that_waits_is_not(
    town: Town,
) -> None:
    client = await agreed(town, 7)
    await wait(town, client, "settled")
    await settle_all(town, MONDAY_MORNING)
    await wait(town, client, "waiting")
    assert await left(town, MONDAY_MORNING + 48 * HOUR, "outbox") == 2
    assert await left(town, MONDAY_MORNING + 48 * HOUR + 1, "outbox") == 1


async def test_an_update_number_is_gone_after_48_hours_and_may_come_again(town: Town) -> None:
    await town.database.run(inbox.done, telegram(1), MONDAY_MORNING)
    assert await left(town, MONDAY_MORNING + 48 * HOUR, "handled") == 1
    assert await left(town, MONDAY_MORNING + 48 * HOUR + 1, "handled") == 0
    assert await town.database.run(lambda tx: inbox.done(tx, telegram(1), MONDAY_MORNING)())


async def test_a_poison_update_is_gone_after_48_hours(town: Town) -> None:
    await town.database.run(inbox.keep, telegram(1), "chat", "sealed", MONDAY_MORNING)
    await town.database.run(inbox.set_aside, telegram(1))
    assert await left(town, MONDAY_MORNING + 48 * HOUR, "inbox") == 1
    assert await left(town, MONDAY_MORNING + 48 * HOUR + 1, "inbox") == 0


async def test_an_invitation_nobody_used_is_gone_when_it_expires(town: Town) -> None:
    await town.database.run(invitations.keep, "hash", speaker(TEAM[0].id), MONDAY_MORNING + DAY)
    assert await left(town, MONDAY_MORNING + DAY - 1, "invites") == 1
    assert await left(town, MONDAY_MORNING + DAY, "invites") == 0


async def test_appointments_are_counted_by_local_month_as_they_go(town: Town) -> None:
    first, second = await agreed(town, 7), await agreed(town, 8)
    for client, slot in ((first, TUESDAY), (second, "2026-11-24 11:00")):
        booked = await town.book(client, town.slot(TEAM[0].id, slot))
    gone = await town.book(second, town.slot(TEAM[2].id, LATER))
    await town.cancel(second, gone.id)
    await town.hold(second, town.slot(TEAM[0].id, LATER))
    await tidy(town, booked.end + 14 * DAY + 1)
    await tidy(town, booked.end + 15 * DAY)
    counted = await town.rows("SELECT * FROM talk_counts WHERE breakdown = 'office'")
    assert sorted(counted) == [
        ("2026-11", "office", "mill", "booked", 2),
        ("2026-12", "office", "quay", "cancelled_by_client", 1),
    ]


async def test_what_is_told_of_talks_is_the_same_before_and_after_they_are_deleted(
    town: Town,
) -> None:
    client = await agreed(town, 7)
    booked = await town.book(client, town.slot(TEAM[0].id, TUESDAY))
    gone = await town.book(client, town.slot(TEAM[2].id, LATER))
    await town.cancel(client, gone.id)
    look, zone = statistics.everything, town.city.rules.time_zone
    assert await town.database.run(look, zone, town.now) == [
        TalkCount("2026-12", breakdown, value, "cancelled_by_client", 1)
        for breakdown, value in (
            ("access", "telegram"),
            ("kind", "follow_up"),
            ("language", "en"),
            ("moved", "as_booked"),
            ("office", "quay"),
            ("reminded", "not_reminded"),
            ("topic", "none"),
        )
    ]
    over = await town.database.run(look, zone, booked.end)
    assert len(over) == 14
    await tidy(town, booked.end + 15 * DAY)
    assert await town.rows("SELECT id FROM appointments") == []
    assert await town.database.run(look, zone, town.now) == over


async def test_who_was_booked_for_in_person_goes_48_hours_after_their_appointment_is_gone(
    town: Town,
) -> None:
    walk_in = (await town.database.run(persons.add, town.now)).id
    assert await left(town, MONDAY_MORNING + 48 * HOUR, "persons") == 1
    booked = await town.book(walk_in, town.slot(TEAM[0].id, LATER))
    await town.database.run(outbox.expire, booked.end + 1)
    assert await left(town, booked.end + 14 * DAY, "persons") == 1
    assert await left(town, booked.end + 14 * DAY + 1, "persons") == 0


async def test_a_first_talk_counts_as_one_whichever_of_two_was_booked_first(town: Town) -> None:
    client = await agreed(town, 7)
    await town.book(client, town.slot(TEAM[0].id, LATER))
    await town.book(client, town.slot(TEAM[0].id, TUESDAY))
    zone = town.city.rules.time_zone
    await town.database.run(erasure.forget_appointments_of, client, zone)
    counted = await town.rows("SELECT month, value FROM talk_counts WHERE breakdown = 'kind'")
    assert sorted(counted) == [("2026-11", "first_within_3"), ("2026-12", "follow_up")]
