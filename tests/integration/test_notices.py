"""What a booking, a move and a cancellation leave in the outbox."""

from collections.abc import AsyncIterator
from datetime import date
from typing import NamedTuple

import pytest
from test_staff_service import shown
from town import MONDAY_MORNING, Town, at, invented, open_town, speaker

from bot.conversation import screen_codec
from bot.conversation.content import Code, Day, Language, Say, Screen, Time
from bot.domain.actors import Actor
from bot.domain.appointment import Appointment, Refused, Wishes
from bot.services import staff_invitations
from bot.services.transaction_port import TransactionPort
from bot.storage.queues import outbox
from bot.storage.records import staff_chats
from bot.storage.upkeep import staff_ties

TUESDAY = "2026-11-24"
NINE, TEN = f"{TUESDAY} 09:00", f"{TUESDAY} 10:00"
NEXT_WEEK = "2026-12-01 11:00"


class Row(NamedTuple):
    """A message as it is stored."""

    kind: str
    person: int | None
    staff: str | None
    about: int
    due: int
    not_after: int
    priority: int
    state: str
    key: str


@pytest.fixture
async def town(url: str) -> AsyncIterator[Town]:
    async with open_town(url, invented()) as made:
        yield made


@pytest.fixture
async def amal(town: Town) -> int:
    return await town.client(7)


async def rows(town: Town, kind: str) -> list[Row]:
    found = await town.rows(
        "SELECT kind, person_id, case_manager_id, appointment_id, due_at, not_after, priority,"
        " state, dedupe_key FROM outbox WHERE kind = :kind ORDER BY id",
        kind=kind,
    )
    return [Row(*row) for row in found]


async def screens(town: Town) -> list[Screen]:
    found = await town.rows("SELECT content FROM outbox WHERE kind = 'notice' ORDER BY id")
    return [shown("notice", text, town.city) for (text,) in found]


async def titles(town: Town) -> list[str]:
    firsts = [screen.paragraphs[0][0] for screen in await screens(town)]
    return [line.key for line in firsts if isinstance(line, Say)]


def diary(port: TransactionPort, first: date, last: date) -> tuple[Appointment, ...]:
    staff = port.staff()
    assert staff is not None
    return tuple(view.about for view in staff.diary(first, last))


async def tie(town: Town, case_manager_id: str, chat_id: int) -> int:
    person = await town.client(chat_id)
    token = f"token-{case_manager_id}-{chat_id}"
    actor = Actor.of(town.city.case_manager[case_manager_id])
    await town.database.run(staff_invitations.invite, actor, token, town.now)
    redeemed = await town.at_port(person, lambda port: port.redeem(token))
    assert redeemed == actor
    return person


async def test_a_hold_tells_nobody(town: Town, amal: int) -> None:
    await town.hold(amal, town.slot("anna", NINE))
    assert await town.rows("SELECT id FROM outbox") == []


async def test_a_refused_confirm_tells_nobody(town: Town, amal: int) -> None:
    assert isinstance(await town.confirm(amal, town.slot("anna", f"{TUESDAY} 09:05")), Refused)
    assert await town.rows("SELECT id FROM outbox") == []


async def test_a_booking_tells_the_case_manager_once(town: Town, amal: int) -> None:
    anna = await tie(town, "anna", 900)
    booked = await town.book(amal, town.slot("anna", NINE))
    assert await rows(town, "notice") == [
        Row(
            kind="notice",
            person=anna,
            staff="anna",
            about=booked.id,
            due=MONDAY_MORNING,
            not_after=booked.end,
            priority=1,
            state="waiting",
            key=f"appt:{booked.id}:0:booked:anna",
        )
    ]


async def test_31_a_notice_says_when_and_which_language_and_never_the_topic(
    town: Town, amal: int
) -> None:
    wishes = Wishes(language_help=True, adults=1, children=2, step_free=True, topic="housing")
    booked = await town.book(amal, town.slot("anna", NINE), wishes)
    (screen,) = await screens(town)
    lines = [line for line in screen.paragraphs[1] if isinstance(line, Say)]
    assert screen.paragraphs[0] == (Say("staff.booked"),)
    assert lines[:2] == [
        Say("staff.when", {"day": Day(booked.start), "time": Time(booked.start)}),
        Say("staff.who", {"code": Code(booked.code), "language": Language("en")}),
    ]
    assert [line.key for line in lines[2:]] == [
        "staff.wish_language_help",
        "staff.wish_adults",
        "staff.wish_children",
        "staff.wish_step_free",
    ]
    assert "housing" not in screen_codec.to_json(screen)


async def test_3_a_booking_plans_both_reminders_for_the_client(town: Town, amal: int) -> None:
    booked = await town.book(amal, town.slot("anna", NEXT_WEEK))
    shared = {"kind": "reminder", "person": amal, "staff": None, "about": booked.id}
    assert await rows(town, "reminder") == [
        Row(
            **shared,  # type: ignore[arg-type]
            due=at("2026-11-30 11:00"),
            not_after=at("2026-11-30 20:00"),
            priority=2,
            state="planned",
            key=f"appt:{booked.id}:0:day_before:{amal}",
        ),
        Row(
            **shared,  # type: ignore[arg-type]
            due=at("2026-12-01 09:00"),
            not_after=at("2026-12-01 10:15"),
            priority=2,
            state="planned",
            key=f"appt:{booked.id}:0:hours_before:{amal}",
        ),
    ]
    assert (
        await town.rows("SELECT content FROM outbox WHERE kind = 'reminder'")
        == [('{"sequence":0}',)] * 2
    )


async def test_4_a_reminder_planned_before_the_booking_was_made_is_left_out(
    town: Town, amal: int
) -> None:
    booked = await town.book(amal, town.slot("anna", NINE))
    keys = [row.key for row in await rows(town, "reminder")]
    assert keys == [f"appt:{booked.id}:0:hours_before:{amal}"]


async def test_a_planned_reminder_waits_for_its_time(town: Town, amal: int) -> None:
    await town.book(amal, town.slot("anna", NEXT_WEEK))
    moments = [at("2026-11-30 11:00") - 1, at("2026-11-30 11:00"), at("2026-12-01 09:00")]
    waiting = []
    for now in moments:
        await town.database.run(outbox.promote_due, now)
        waiting += await town.rows(
            "SELECT COUNT(*) FROM outbox WHERE state = 'waiting' AND kind = 'reminder'"
        )
    assert waiting == [(0,), (1,), (2,)]


async def test_18_a_move_to_another_time_tells_the_case_manager_what_it_was(
    town: Town, amal: int
) -> None:
    booked = await town.book(amal, town.slot("anna", NINE))
    moved = await town.move(amal, booked, town.slot("anna", TEN))
    assert await titles(town) == ["staff.booked", "staff.moved"]
    assert (await screens(town))[1].paragraphs[0] == (
        Say("staff.moved"),
        Say("staff.was", {"day": Day(booked.start), "time": Time(booked.start)}),
    )
    last = (await rows(town, "notice"))[-1]
    assert (last.key, last.not_after) == (f"appt:{booked.id}:1:moved:anna", moved.end)


async def test_18_a_move_to_another_person_tells_who_loses_and_who_gains_it(
    town: Town, amal: int
) -> None:
    booked = await town.book(amal, town.slot("anna", NINE))
    await town.move(amal, booked, town.slot("cora", TEN))
    notices = await rows(town, "notice")
    assert [(row.staff, row.key) for row in notices] == [
        ("anna", f"appt:{booked.id}:0:booked:anna"),
        ("anna", f"appt:{booked.id}:1:cancelled:anna"),
        ("cora", f"appt:{booked.id}:1:booked:cora"),
    ]
    lost, gained = (await screens(town))[1:]
    assert lost.paragraphs[1][0] == Say(
        "staff.when", {"day": Day(booked.start), "time": Time(booked.start)}
    )
    assert gained.paragraphs[1][0] == Say(
        "staff.when", {"day": Day(at(TEN)), "time": Time(at(TEN))}
    )


async def test_18_there_and_back_and_cancelled_is_told_at_its_end(town: Town, amal: int) -> None:
    booked = await town.book(amal, town.slot("anna", NINE))
    there = await town.move(amal, booked, town.slot("cora", NINE))
    await town.move(amal, there, town.slot("anna", NINE))
    await town.cancel(amal, booked.id)
    told = [(row.staff, row.key.split(":", 2)[2]) for row in await rows(town, "notice")]
    assert told == [("anna", "0:booked:anna"), ("anna", "3:cancelled:anna")]


async def test_18_a_move_drops_the_planned_reminders_and_plans_new_ones(
    town: Town, amal: int
) -> None:
    booked = await town.book(amal, town.slot("anna", NEXT_WEEK))
    await town.move(amal, booked, town.slot("anna", "2026-12-08 10:00"))
    assert [(row.key, row.due) for row in await rows(town, "reminder")] == [
        (f"appt:{booked.id}:1:day_before:{amal}", at("2026-12-07 10:00")),
        (f"appt:{booked.id}:1:hours_before:{amal}", at("2026-12-08 08:00")),
    ]


async def test_36_a_cancellation_drops_planned_and_waiting_reminders(town: Town, amal: int) -> None:
    booked = await town.book(amal, town.slot("anna", NEXT_WEEK))
    other = await town.book(amal, town.slot("cora", NEXT_WEEK.replace("11:", "09:")))
    town.now = at("2026-11-30 11:00")
    await town.database.run(outbox.promote_due, town.now)
    await town.cancel(amal, booked.id)
    assert {row.about for row in await rows(town, "reminder")} == {other.id}
    assert (await titles(town))[-1] == "staff.cancelled"


async def test_36_cancelled_is_never_told_before_booked(town: Town, amal: int) -> None:
    await tie(town, "anna", 900)
    booked = await town.book(amal, town.slot("anna", NINE))
    await town.cancel(amal, booked.id)
    first = await town.claim(10)
    assert [shown("notice", each.content, town.city).paragraphs[0][0] for each in first] == [
        Say("staff.booked")
    ]
    await town.database.run(outbox.settle, first[0].id, "sent", town.now)
    then = await town.claim(10)
    assert [shown("notice", each.content, town.city).paragraphs[0][0] for each in then] == [
        Say("staff.cancelled")
    ]


async def test_the_case_manager_hears_once_that_a_client_is_coming(town: Town, amal: int) -> None:
    booked = await town.book(amal, town.slot("anna", NINE))
    assert isinstance(await town.say_coming(amal, booked.id), Appointment)
    assert isinstance(await town.say_coming(amal, booked.id), Appointment)
    assert await titles(town) == ["staff.booked", "staff.is_coming"]


async def test_after_a_move_a_client_can_say_again_that_they_are_coming(
    town: Town, amal: int
) -> None:
    booked = await town.book(amal, town.slot("anna", NINE))
    await town.say_coming(amal, booked.id)
    await town.move(amal, booked, town.slot("anna", TEN))
    await town.say_coming(amal, booked.id)
    assert await titles(town) == [
        "staff.booked",
        "staff.is_coming",
        "staff.moved",
        "staff.is_coming",
    ]


async def test_notices_are_kept_while_no_chat_is_tied_and_delivered_when_one_is(
    town: Town, amal: int
) -> None:
    await town.book(amal, town.slot("anna", NINE))
    await town.book(amal, town.slot("cora", TEN))
    waiting = await rows(town, "notice")
    assert [(row.staff, row.person, row.state) for row in waiting] == [
        ("anna", None, "unaddressed"),
        ("cora", None, "unaddressed"),
    ]
    assert await town.claim(10) == []
    anna = await tie(town, "anna", 900)
    delivered = await rows(town, "notice")
    assert [(row.staff, row.person, row.state) for row in delivered] == [
        ("anna", anna, "waiting"),
        ("cora", None, "unaddressed"),
    ]
    assert [claimed.person_id for claimed in await town.claim(10)] == [anna]


async def test_an_invitation_is_good_once_and_for_a_day(town: Town, amal: int) -> None:
    people = town.city.case_manager
    await town.database.run(staff_invitations.invite, Actor.of(people["anna"]), "one", town.now)
    await town.database.run(staff_invitations.invite, Actor.of(people["cora"]), "two", town.now)
    assert await town.at_port(amal, lambda port: port.redeem("nonsense")) is None
    assert await town.at_port(amal, lambda port: port.redeem("one")) == Actor.of(people["anna"])
    assert await town.at_port(amal, lambda port: port.redeem("one")) is None
    assert await town.at_port(amal, lambda port: port.case_manager()) == people["anna"]
    town.now += staff_invitations.VALID_SECONDS
    assert await town.at_port(amal, lambda port: port.redeem("two")) is None
    stored = await town.rows("SELECT token_hash FROM invites")
    assert stored == []


async def test_a_case_manager_has_one_chat_and_a_chat_one_case_manager(
    town: Town, amal: int
) -> None:
    first, second = await tie(town, "anna", 900), await tie(town, "anna", 901)
    assert await town.database.run(staff_chats.of_case_manager, "anna") == second
    assert await town.database.run(staff_chats.case_manager_of, first) is None
    await town.database.run(staff_ties.tie, speaker("cora"), second, town.now)
    assert await town.database.run(staff_chats.of_case_manager, "anna") is None
    assert await town.database.run(staff_chats.case_manager_of, second) == "cora"


async def test_the_diary_shows_a_case_managers_own_booked_appointments_in_order(
    town: Town, amal: int
) -> None:
    anna, olena = await tie(town, "anna", 900), await town.client(8)
    late = await town.book(amal, town.slot("anna", TEN))
    early = await town.book(olena, town.slot("anna", NINE))
    await town.book(amal, town.slot("cora", NINE))
    await town.hold(olena, town.slot("anna", f"{TUESDAY} 11:00"))
    today = await town.at_port(anna, lambda port: port.today)
    week = [today, today.replace(day=29)]
    assert await town.at_port(anna, lambda port: diary(port, *week)) == (early, late)
    assert await town.at_port(anna, lambda port: diary(port, today, today)) == ()
    assert await town.at_port(amal, lambda port: port.staff()) is None
