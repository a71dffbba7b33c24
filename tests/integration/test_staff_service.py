"""What the staff of an office do about appointments, and what everybody hears of it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import time
from typing import Any

import pytest
from town import MONDAY_MORNING, Town, as_it_is, at, invented, open_town, swept

from bot.conversation.content import Say, Screen
from bot.domain.absence import Absence, Closing, Opening
from bot.domain.actors import Actor, Role
from bot.domain.appointment import Appointment, Reason, Refused, Status, Wishes
from bot.domain.appointment_view import AppointmentView
from bot.domain.city import City
from bot.domain.delivery_status import DeliveryStatus
from bot.domain.lifecycle import Act
from bot.domain.staffing import OfficeReach, Reach, Staffing
from bot.messages import client_news, digests, notices, payloads
from bot.messages.client_news import CalledOffNews, HelpNews
from bot.messages.digests import Digest
from bot.messages.notices import Notice
from bot.services import daily_digest, escalation
from bot.services.staff_service import StaffService
from bot.services.unit import Unit
from bot.storage.engine.each_by_itself import SetAside
from bot.storage.records import audit, chats
from bot.storage.records.audit import Deed
from bot.storage.upkeep import staff_ties

TUESDAY = "2026-11-24"
NINE, TEN, ELEVEN = (f"{TUESDAY} {hour}" for hour in ("09:00", "10:00", "11:00"))
ANNA = Actor(Role.CASE_MANAGER, "anna", "mill")
BEN = Actor(Role.CASE_MANAGER, "ben", "mill")
CORA = Actor(Role.CASE_MANAGER, "cora", "quay")
MILL, QUAY = Actor(Role.FRONT_DESK, office_id="mill"), Actor(Role.FRONT_DESK, office_id="quay")
OPERATOR = Actor(Role.OPERATOR)
HELP = Wishes(language_help=True, children=2)
NOT_THERE = Refused(Reason.GONE)
BOOKED_BY_CLIENT = ("client:all", "booked")
DAY = 86_400


@pytest.fixture
async def town(url: str) -> AsyncIterator[Town]:
    async with open_town(url, invented()) as made:
        yield made


async def does(
    town: Town, actor: Actor, what: str, *args: Any, staffing: Staffing | None = None
) -> Any:
    """What comes of something an actor does."""

    def work(unit: Unit) -> Any:
        return getattr(StaffService(replace(unit, staffing=staffing or Staffing()), actor), what)(
            *args
        )

    return await town.does(work)


async def acts(
    town: Town, actor: Actor, act: Act, number: int, staffing: Staffing | None = None
) -> Any:
    """The appointment after an act of theirs, or why it was refused."""
    seen = await town.database.run(as_it_is, number)
    found = await does(town, actor, "do", act, seen, staffing=staffing)
    return found if isinstance(found, Refused) else found.about


async def attend(town: Town, staffing: Staffing, moment: int) -> None:
    """What the clock brings at a moment."""

    def work(unit: Unit) -> list[SetAside]:
        then = replace(unit, staffing=staffing, now=moment)
        return swept(then, daily_digest.sweeps, escalation.sweeps)

    assert await town.does(work) == []


async def tie(town: Town, case_manager_id: str, chat_id: int = 900) -> int:
    """The chat of a case manager."""
    person = await town.client(chat_id)
    actor = Actor.of(town.city.case_manager[case_manager_id])
    await town.database.run(staff_ties.tie, actor, person, town.now)
    return person


async def told(town: Town) -> list[tuple[str | None, str]]:
    """Which case manager is told what in chat, by the keys of the first lines."""
    rows = await town.rows(
        "SELECT case_manager_id, kind, content FROM outbox WHERE kind IN ('notice', 'digest')"
        " AND channel = 'chat' ORDER BY id"
    )
    return [(who, _title(shown(kind, text, town.city))) for who, kind, text in rows]


def shown(kind: str, text: str, city: City) -> Screen:
    """What a row of the outbox shows in chat."""
    match payloads.decode(kind, text):
        case Notice() as notice:
            return notices.screen(notice, city)
        case Digest() as digest:
            return digests.screen(digest, city)
        case CalledOffNews() | HelpNews() as news:
            return client_news.screen(news, city)
        case _:
            raise AssertionError(kind)


def _title(screen: Screen) -> str:
    line = screen.paragraphs[0][0]
    assert isinstance(line, Say)
    return line.key


async def news(town: Town, client: int) -> list[Screen]:
    rows = await town.rows(
        "SELECT kind, content FROM outbox WHERE kind IN ('called_off', 'language_help')"
        " AND person_id = :id ORDER BY id",
        id=client,
    )
    return [shown(kind, text, town.city) for kind, text in rows]


async def deeds(town: Town, appointment_id: int) -> list[tuple[str, str]]:
    done: list[Deed] = await town.database.run(audit.of, appointment_id)
    return [(deed.actor, deed.action) for deed in done]


async def test_a_case_manager_who_falls_ill_calls_off_every_talk_and_offers_others(
    town: Town,
) -> None:
    clients = [await town.client(chat) for chat in (1, 2, 3)]
    booked = [
        await town.book(client, town.slot("anna", moment), HELP)
        for client, moment in zip(clients, (NINE, TEN, ELEVEN), strict=True)
    ]
    closed = await does(
        town, ANNA, "absent", "anna", at(f"{TUESDAY} 00:00"), at("2026-11-26 00:00")
    )
    assert isinstance(closed, Closing)
    assert [(each.id, each.status) for each in closed.called_off] == [
        (each.id, Status.CALLED_OFF) for each in booked
    ]
    assert await town.rows("SELECT id FROM outbox WHERE kind = 'reminder'") == []
    offered: list[str] = []
    for client in clients:
        (screen,) = await news(town, client)
        assert _title(screen) == "called_off.title"
        offered += [row[0].data for row in screen.rows if row[0].data.startswith("rebook:")]
    assert len(offered) == len({data.partition(".")[2] for data in offered}) == 9
    assert not any(".anna." in data and data.endswith(_cell(NINE)) for data in offered)
    assert await town.free(clients[0], "anna", TUESDAY) == ()


def _cell(moment: str) -> str:
    return f"{at(moment) // 300:x}"


async def test_an_absence_half_an_hour_before_the_first_talk_calls_it_off_and_says_so_at_once(
    town: Town,
) -> None:
    client = await town.client(1)
    booked = await town.book(client, town.slot("anna", NINE))
    town.now = at(f"{TUESDAY} 08:30")
    closed = await does(town, ANNA, "absent", "anna", town.now, at(f"{TUESDAY} 12:00"))
    assert isinstance(closed, Closing)
    assert [each.id for each in closed.called_off] == [booked.id]
    assert [_title(screen) for screen in await news(town, client)] == ["called_off.title"]
    assert client in [each.person_id for each in await town.claim()]


async def test_a_time_that_was_called_off_is_free_for_nobody_until_it_is_opened_again(
    town: Town,
) -> None:
    client, other = await town.client(1), await town.client(2)
    booked = await town.book(client, town.slot("anna", NINE))
    await acts(town, ANNA, Act.CALL_OFF, booked.id)
    assert "09:00" not in await town.free(other, "anna", TUESDAY)
    (closed,) = await does(town, ANNA, "absences", "anna")
    await does(town, ANNA, "present", closed.id)
    assert "09:00" in await town.free(other, "anna", TUESDAY)


async def test_what_an_office_cancels_never_counts_against_the_client(town: Town) -> None:
    client = await town.client(1)
    for week in ("2026-11-24", "2026-12-01", "2026-12-08"):
        booked = await town.book(client, town.slot("anna", f"{week} 09:00"))
        assert (await acts(town, MILL, Act.CALL_OFF, booked.id)).id == booked.id
    assert await town.hold(client, town.slot("anna", "2026-12-15 09:00")) is None


async def test_a_talk_that_touches_an_absence_only_at_its_edge_stays(town: Town) -> None:
    client = await town.client(1)
    booked = await town.book(client, town.slot("anna", NINE))
    closed = await does(town, ANNA, "absent", "anna", booked.end, booked.end + 3600)
    assert closed.called_off == ()
    assert await town.free(client, "anna", TUESDAY) == ("11:00",)


async def test_closing_the_same_hour_twice_is_one_absence_and_can_be_taken_back(
    town: Town,
) -> None:
    start = at(NINE)
    one = await does(town, ANNA, "absent", "anna", start, start + 3600)
    again = await does(town, ANNA, "absent", "anna", start, start + 3600)
    assert again == Closing(one.absence, ())
    assert await does(town, ANNA, "present", one.absence.id) == Opening(one.absence)
    assert await does(town, ANNA, "absences", "anna") == ()
    assert await town.free(await town.client(1), "anna", TUESDAY) == ("09:00", "10:00", "11:00")


async def test_an_absence_is_no_talk_and_takes_nothing_from_the_days_limit(url: str) -> None:
    busy = replace(invented().case_manager["anna"], talks_a_day=2)
    async with open_town(url, invented(busy)) as town:
        client = await town.client(1)
        await does(town, ANNA, "absent", "anna", at(NINE), at(NINE) + 2700)
        await town.book(client, town.slot("anna", TEN))
        assert await town.free(await town.client(2), "anna", TUESDAY) == ("11:00",)


async def test_an_absence_takes_the_time_somebody_is_reading_about(town: Town) -> None:
    client = await town.client(1)
    slot = town.slot("anna", NINE)
    assert await town.hold(client, slot) is None
    await does(town, ANNA, "absent", "anna", slot.start, slot.end)
    assert await town.confirm(client, slot) == Refused(Reason.TAKEN)


async def test_an_absence_and_a_booking_at_the_same_moment_never_both_hold(town: Town) -> None:
    for number, day in enumerate(("2026-11-24", "2026-12-01", "2026-12-08", "2026-12-15")):
        client, slot = await town.client(number), town.slot("anna", f"{day} 09:00")
        await town.hold(client, slot)
        closing = does(town, ANNA, "absent", "anna", slot.start, slot.end)
        acts = [town.confirm(client, slot), closing]
        await asyncio.gather(*(acts if number % 2 else reversed(acts)))
        ((booked,),) = await town.rows(
            "SELECT COUNT(*) FROM appointments WHERE status = 'booked' AND start_at = :start",
            start=slot.start,
        )
        assert booked == 0


async def test_came_and_did_not_come_can_be_taken_back(town: Town) -> None:
    booked = await town.book(await town.client(1), town.slot("anna", NINE))
    assert await acts(town, ANNA, Act.CAME, booked.id) == NOT_THERE
    town.now = booked.start
    for act, status in (
        (Act.CAME, Status.CAME),
        (Act.CAME, Status.CAME),
        (Act.UNDO, Status.BOOKED),
        (Act.MISSED, Status.MISSED),
    ):
        assert (await acts(town, ANNA, act, booked.id)).status is status
    assert await acts(town, ANNA, Act.CAME, booked.id) == NOT_THERE
    assert (await deeds(town, booked.id))[1:] == [
        ("case_manager:anna", "came"),
        ("case_manager:anna", "undone"),
        ("case_manager:anna", "missed"),
    ]


async def test_a_talk_that_has_begun_cannot_be_called_off(town: Town) -> None:
    booked = await town.book(await town.client(1), town.slot("anna", NINE))
    town.now = booked.start
    assert await acts(town, ANNA, Act.CALL_OFF, booked.id) == NOT_THERE


@pytest.mark.parametrize("actor", [BEN, CORA, QUAY, OPERATOR])
async def test_whoever_it_is_not_for_gets_the_answer_for_what_does_not_exist(
    town: Town, actor: Actor
) -> None:
    booked = await town.book(await town.client(1), town.slot("anna", NINE), HELP)
    closed = await does(town, ANNA, "absent", "anna", at(TEN), at(TEN) + 3600)
    for number in (booked.id, 999):
        assert await does(town, actor, "view", number) is None
        for act in Act:
            assert await acts(town, actor, act, number) == NOT_THERE
    assert await does(town, actor, "absent", "anna", at(NINE), at(TEN)) == NOT_THERE
    assert await does(town, actor, "present", closed.absence.id) == NOT_THERE
    assert await does(town, actor, "affected", "anna", at(NINE), at(TEN)) == ()
    assert await does(town, actor, "absences", "anna") == ()
    assert await deeds(town, booked.id) == [BOOKED_BY_CLIENT]


async def test_the_front_desk_acts_for_its_office_and_a_deputy_for_whom_they_stand_in(
    town: Town,
) -> None:
    booked = await town.book(await town.client(1), town.slot("anna", NINE))
    staffing = Staffing({"anna": Reach(deputy="ben")})
    seen = await acts(town, BEN, Act.SEE, booked.id, staffing=staffing)
    assert seen.seen_at == MONDAY_MORNING
    await acts(town, MILL, Act.CALL_OFF, booked.id)
    assert await deeds(town, booked.id) == [
        BOOKED_BY_CLIENT,
        ("case_manager:ben", "seen"),
        ("front_desk:mill", "called_off"),
    ]
    assert await told(town) == [("anna", "staff.booked"), ("anna", "staff.called_off")]


async def test_a_deputy_closes_the_days_of_whom_they_stand_in_for(town: Town) -> None:
    await town.book(await town.client(1), town.slot("anna", NINE))
    staffing = Staffing({"anna": Reach(deputy="ben")})
    closed = await does(town, BEN, "absent", "anna", at(NINE), at(TEN), staffing=staffing)
    assert [each.case_manager_id for each in closed.called_off] == ["anna"]
    assert await does(town, BEN, "absences", "anna", staffing=staffing) == (closed.absence,)
    assert await does(town, CORA, "absent", "anna", at(NINE), at(TEN), staffing=staffing) == (
        NOT_THERE
    )
    assert await does(town, ANNA, "absent", "ben", at(NINE), at(TEN), staffing=staffing) == (
        NOT_THERE
    )


async def test_help_with_the_language_is_told_to_the_client_at_every_change_and_once(
    town: Town,
) -> None:
    client = await town.client(1)
    booked = await town.book(client, town.slot("anna", NINE), HELP)
    for arranged in (True, True, False, True):
        act = Act.ARRANGE_HELP if arranged else Act.REFUSE_HELP
        found = await acts(town, ANNA, act, booked.id)
        assert found.help_arranged is arranged
    assert [_title(screen) for screen in await news(town, client)] == [
        "help.arranged",
        "help.not_arranged",
        "help.arranged",
    ]


async def test_a_new_time_is_to_be_seen_and_helped_with_anew(town: Town) -> None:
    client = await town.client(1)
    booked = await town.book(client, town.slot("anna", NINE), HELP)
    await acts(town, ANNA, Act.SEE, booked.id)
    await acts(town, ANNA, Act.ARRANGE_HELP, booked.id)
    moved = await town.move(client, booked, town.slot("anna", TEN))
    assert (moved.seen_at, moved.help_arranged) == (None, None)


async def test_a_booking_nobody_saw_in_time_goes_to_the_deputy_once(town: Town) -> None:
    await tie(town, "ben")
    client = await town.client(1)
    booked = await town.book(client, town.slot("anna", f"{TUESDAY} 11:00"))
    staffing = Staffing({"anna": Reach(deputy="ben")}, {"mill": OfficeReach(seen_within_hours=4)})
    await attend(town, staffing, MONDAY_MORNING + 4 * 3600 - 1)
    assert await told(town) == [("anna", "staff.booked")]
    for later in (0, 60, 3600):
        await attend(town, staffing, MONDAY_MORNING + 4 * 3600 + later)
    assert await told(town) == [("anna", "staff.booked"), ("ben", "staff.passed_on")]
    assert await deeds(town, booked.id) == [BOOKED_BY_CLIENT, ("clock:all", "passed_on")]


async def test_what_was_booked_in_the_evening_may_be_seen_the_next_day_unless_it_is_soon(
    town: Town,
) -> None:
    staffing = Staffing({"anna": Reach(deputy="ben")}, {"mill": OfficeReach(seen_within_hours=4)})
    await tie(town, "ben")
    town.now = at("2026-11-23 19:00")
    await town.book(await town.client(1), town.slot("anna", "2026-12-01 09:00"))
    await town.book(await town.client(2), town.slot("anna", "2026-12-01 10:00"))
    told_at = []
    for moment in ("2026-11-24 07:00", "2026-11-24 11:59", "2026-11-24 12:00"):
        await attend(town, staffing, at(moment))
        told_at.append(len(await told(town)))
    assert told_at == [2, 2, 4]
    town.now = at("2026-11-30 19:00")
    await town.book(await town.client(3), town.slot("anna", "2026-12-01 11:00"))
    await attend(town, staffing, at("2026-12-01 07:00"))
    assert len(await told(town)) == 6


async def test_what_was_seen_goes_to_nobody_else_and_without_a_deputy_to_the_office(
    town: Town,
) -> None:
    staffing = Staffing({}, {"mill": OfficeReach("mill@example.org", True, 4)})
    one = await town.book(await town.client(1), town.slot("anna", NINE))
    await town.book(await town.client(2), town.slot("anna", TEN))
    await acts(town, ANNA, Act.SEE, one.id)
    await attend(town, staffing, MONDAY_MORNING + 4 * 3600)
    assert await town.rows("SELECT mailbox, kind FROM outbox WHERE channel = 'mail'") == [
        ("office:mill", "notice")
    ]


async def test_help_still_open_two_days_before_is_asked_about_once_and_not_at_night(
    town: Town,
) -> None:
    await town.book(await town.client(1), town.slot("anna", "2026-12-01 09:00"), HELP)
    await town.book(await town.client(2), town.slot("anna", "2026-12-01 10:00"))
    for moment in ("2026-11-29 08:59", "2026-11-29 21:00", "2026-11-30 06:59"):
        await attend(town, Staffing(), at(moment))
    asked = ("anna", "staff.help_asked")
    assert await told(town) == [("anna", "staff.booked")] * 2
    for moment in ("2026-11-30 07:00", "2026-11-30 07:01", "2026-11-30 12:00"):
        await attend(town, Staffing(), at(moment))
    assert (await told(town))[2:] == [asked]


async def test_the_morning_is_told_at_its_hour_once_and_only_when_there_is_something(
    town: Town,
) -> None:
    staffing = Staffing({"anna": Reach(digest=time(7, 30)), "cora": Reach(digest=time(7, 30))})
    await town.book(await town.client(1), town.slot("anna", NINE))
    await attend(town, staffing, at(f"{TUESDAY} 07:29"))
    assert await told(town) == [("anna", "staff.booked")]
    for moment in ("07:30", "07:31", "12:00"):
        await attend(town, staffing, at(f"{TUESDAY} {moment}"))
    assert await told(town) == [("anna", "staff.booked"), ("anna", "staff.digest")]


async def delivery(town: Town, booked: Appointment) -> DeliveryStatus:
    """What its office is shown of the messages about an appointment."""
    office = Actor(Role.FRONT_DESK, office_id=booked.office_id)
    view: AppointmentView = await does(town, office, "view", booked.id)
    return view.delivery


async def settle(town: Town, kind: str, state: str, moment: int) -> None:
    await town.database.run(
        lambda tx: tx.run(
            "UPDATE outbox SET state = :state, settled_at = :now WHERE kind = :kind",
            state=state,
            now=moment,
            kind=kind,
        )
    )


async def test_delivery_tells_when_the_client_knew_was_reminded_and_answered(town: Town) -> None:
    client = await town.client(1)
    booked = await town.book(client, town.slot("anna", "2026-12-01 09:00"))
    assert await delivery(town, booked) == DeliveryStatus(MONDAY_MORNING, None, False, True, 1)
    await settle(town, "notice", "sent", 76)
    assert await delivery(town, booked) == DeliveryStatus(MONDAY_MORNING, None, False, True, 0)
    await settle(town, "reminder", "sent", 77)
    await settle(town, "notice", "failed", 78)
    await town.say_coming(client, booked.id)
    assert await delivery(town, booked) == DeliveryStatus(MONDAY_MORNING, 77, True, True, 2)


@pytest.mark.parametrize(
    ("mail", "failed"), [("sent", 0), ("waiting", 0), ("failed", 1), ("expired", 1)]
)
async def test_what_waits_for_a_chat_nobody_tied_failed_only_if_the_mail_did_too(
    town: Town, mail: str, failed: int
) -> None:
    town.staffing = Staffing({"anna": Reach("anna@example.org", by_mail=True)})
    booked = await town.book(await town.client(1), town.slot("anna", NINE))
    await town.database.run(
        lambda tx: tx.run("UPDATE outbox SET state = :mail WHERE channel = 'mail'", mail=mail)
    )
    states = await town.rows("SELECT state FROM outbox WHERE kind = 'notice' ORDER BY channel")
    assert states == [("unaddressed",), (mail,)]
    assert (await delivery(town, booked)).failed == failed


async def test_a_client_who_was_not_told_that_it_is_called_off_is_shown_as_not_reached(
    town: Town,
) -> None:
    client = await town.client(1)
    booked = await town.book(client, town.slot("anna", NINE))
    await acts(town, ANNA, Act.CALL_OFF, booked.id)
    await settle(town, "notice", "sent", 1)
    assert await delivery(town, booked) == DeliveryStatus(None, None, False, True, 0)
    await town.database.run(chats.mark_unreachable, client)
    await settle(town, "called_off", "failed", MONDAY_MORNING + 5)
    assert await delivery(town, booked) == DeliveryStatus(None, None, False, False, 0)
    for later in (60, 120):
        await attend(town, Staffing(), MONDAY_MORNING + later)
    assert (await told(town))[1:] == [("anna", "staff.untold")]


async def test_a_client_who_was_told_knows_since_the_message_arrived(town: Town) -> None:
    booked = await town.book(await town.client(1), town.slot("anna", NINE))
    await acts(town, ANNA, Act.CALL_OFF, booked.id)
    await settle(town, "notice", "sent", 1)
    await settle(town, "called_off", "sent", MONDAY_MORNING + 5)
    assert await delivery(town, booked) == DeliveryStatus(MONDAY_MORNING + 5, None, False, True, 0)


async def test_a_deed_goes_with_its_appointment(town: Town) -> None:
    booked = await town.book(await town.client(1), town.slot("anna", NINE))
    await acts(town, ANNA, Act.SEE, booked.id)
    await town.at_port(booked.person_id, lambda port: port.forget())
    assert await town.rows("SELECT * FROM audit") == []


@pytest.mark.parametrize("stretch", [(5, 5), (5, 4), (0, 10), (10**9 * 2, 10**9 * 3)])
async def test_an_odd_stretch_is_refused(town: Town, stretch: tuple[int, int]) -> None:
    assert await does(town, ANNA, "absent", "anna", *stretch) == NOT_THERE


def test_an_absence_has_no_reason() -> None:
    assert Absence.__slots__ == ("id", "case_manager_id", "start", "end")
