"""Changes that follow one another within minutes: the staff are told once, of first and last."""

from collections.abc import AsyncIterator, Iterator
from itertools import cycle
from typing import NamedTuple

import pytest
from test_notices import tie
from town import MONDAY_MORNING, Town, at, block, case_manager, invented, open_town

from bot.domain import fair_use
from bot.domain.actors import Actor, Role
from bot.domain.appointment import Appointment, Reason, Refused, Wishes
from bot.domain.appointment_view import AppointmentView
from bot.domain.staffing import CHAT_ONLY, Reach, Staffing
from bot.messages import payloads
from bot.messages.joined_notices import APART_SECONDS
from bot.messages.notices import Notice, NoticeKind
from bot.services.staff_service import StaffService
from bot.storage.queues import claimed_mails, outbox
from bot.storage.records import appointments, tallies
from bot.storage.records.tallies import Tally
from bot.storage.upkeep import staff_ties

ANNA_MAIL = "case_manager:anna"
BY_MAIL = Staffing({"anna": Reach("anna@town.example", by_mail=True, by_chat=False)})
DESK = Actor(Role.FRONT_DESK, office_id="mill")
WEDNESDAY = "2026-11-25 09:00"
BOOKED, MOVED, CANCELLED = NoticeKind.BOOKED, NoticeKind.MOVED, NoticeKind.CANCELLED
EVERY_DAY = tuple(block(weekday, "09:00", "17:00") for weekday in range(5))


class Told(NamedTuple):
    """A notice as its reader has it, or will have it."""

    kind: NoticeKind
    start: int
    was: int | None
    state: str


@pytest.fixture
async def town(url: str) -> AsyncIterator[Town]:
    team = (case_manager(id, "mill", *EVERY_DAY, talks_a_day=9) for id in ("anna", "ben"))
    async with open_town(url, invented(*team)) as made:
        made.staffing = BY_MAIL
        yield made


@pytest.fixture
async def amal(town: Town) -> int:
    return await town.client(7)


async def told(town: Town, to: str) -> list[Told]:
    """What a mailbox or somebody's chat gets about the only appointment, in order."""
    rows = await town.rows(
        "SELECT content, state FROM outbox WHERE kind = 'notice'"
        " AND COALESCE(mailbox, case_manager_id) = :reader ORDER BY id",
        reader=to,
    )
    notices = [(payloads.decode("notice", content), state) for content, state in rows]
    return [
        Told(each.kind, each.about.start, each.was, state)
        for each, state in notices
        if isinstance(each, Notice)
    ]


async def goes_out(town: Town) -> None:
    """All mails and messages whose time has come are sent."""
    await town.database.run(outbox.promote_due, town.now)
    term = await town.database.run(claimed_mails.begin_term)
    while mail := await town.database.run(claimed_mails.claim, term, ()):
        await town.database.run(outbox.settle, mail.id, "sent", town.now)
    for each in await town.claim():
        await town.database.run(outbox.settle, each.id, "sent", town.now)


async def known_since_yesterday(town: Town, amal: int) -> Appointment:
    """An appointment of which everybody has been told."""
    booked = await town.book(amal, town.slot("anna", WEDNESDAY))
    await goes_out(town)
    return booked


async def at_the_desk(town: Town, about: Appointment, moment: str) -> Appointment:
    """The front desk gives an appointment another time."""
    slot = town.slot("anna", moment)
    given = await town.does(lambda unit: StaffService(unit, DESK).another_time(about.version, slot))
    assert isinstance(given, AppointmentView)
    return given.about


async def wishes(
    town: Town, client: int, about: Appointment, wanted: Wishes
) -> Appointment | Refused:
    """A client wishes for something else."""
    return await town.database.run(
        lambda tx: town.bookings(tx, client).change_wishes(about.version, wanted)
    )


def other_times(who: str = "anna") -> Iterator[tuple[str, str]]:
    return cycle((who, f"2026-11-{day} {hour}:00") for day in (25, 26, 27) for hour in (10, 11, 12))


async def test_two_dozen_moves_in_six_minutes_are_a_few_mails_and_a_limit(
    town: Town, amal: int
) -> None:
    about = await known_since_yesterday(town, amal)
    before, times = about, other_times()
    for _ in range(24):
        slot = town.slot(*next(times))
        moved = await town.confirm(amal, slot, about.version)
        if isinstance(moved, Appointment):
            about = moved
        else:
            assert moved == Refused(Reason.CHANGED_OFTEN)
        town.now += 15
        await goes_out(town)
    assert about.sequence == fair_use.CHANGES_A_DAY
    town.now += APART_SECONDS
    await goes_out(town)
    first, then, *more = (await told(town, ANNA_MAIL))[1:]
    assert (first.kind, first.was) == (MOVED, before.start)
    assert then == Told(MOVED, about.start, first.start, "sent")
    assert more == []


async def test_what_is_not_sent_yet_tells_from_where_it_was_to_where_it_is(
    town: Town, amal: int
) -> None:
    booked = await known_since_yesterday(town, amal)
    thursday = await town.move(amal, booked, town.slot("anna", "2026-11-26 10:00"))
    friday = await town.move(amal, thursday, town.slot("anna", "2026-11-27 11:00"))
    assert (await told(town, ANNA_MAIL))[1:] == [Told(MOVED, friday.start, booked.start, "waiting")]


async def test_a_moment_after_a_notice_the_next_one_waits_and_a_little_later_not(
    town: Town, amal: int
) -> None:
    booked = await known_since_yesterday(town, amal)
    moved = await town.move(amal, booked, town.slot("anna", "2026-11-26 10:00"))
    assert (await told(town, ANNA_MAIL))[-1].state == "waiting"
    await goes_out(town)
    town.now += 60
    moved = await town.move(amal, moved, town.slot("anna", "2026-11-26 11:00"))
    assert (await told(town, ANNA_MAIL))[-1].state == "planned"
    town.now += APART_SECONDS
    await goes_out(town)
    town.now += APART_SECONDS
    await town.move(amal, moved, town.slot("anna", "2026-11-26 12:00"))
    assert [each.state for each in await told(town, ANNA_MAIL)] == [
        "sent",
        "sent",
        "sent",
        "waiting",
    ]


async def test_to_and_fro_between_two_people_each_is_told_what_holds(town: Town, amal: int) -> None:
    await tie(town, "ben", 900)
    about = await known_since_yesterday(town, amal)
    for who in ("ben", "anna") * 3:
        about = await town.move(amal, about, town.slot(who, "2026-11-26 10:00"))
    assert (await told(town, ANNA_MAIL))[1:] == [
        Told(MOVED, about.start, at(WEDNESDAY), "waiting"),
    ]
    assert await told(town, "ben") == []


async def test_whoever_has_seen_what_nobody_told_them_is_told_that_it_has_gone(
    town: Town, amal: int
) -> None:
    about = await known_since_yesterday(town, amal)
    about = await town.move(amal, about, town.slot("ben", "2026-11-26 10:00"))
    await town.database.run(appointments.mark_seen, about.id, town.now)
    await town.cancel(amal, about.id)
    assert [each.kind for each in await told(town, "ben")] == [CANCELLED]


async def test_what_is_cancelled_is_told_at_once_and_with_the_time_its_reader_knows(
    town: Town, amal: int
) -> None:
    booked = await known_since_yesterday(town, amal)
    moved = await town.move(amal, booked, town.slot("anna", "2026-11-26 10:00"))
    await goes_out(town)
    moved = await town.move(amal, moved, town.slot("anna", "2026-11-26 11:00"))
    await town.cancel(amal, moved.id)
    thursday = at("2026-11-26 10:00")
    assert (await told(town, ANNA_MAIL))[1:] == [
        Told(MOVED, thursday, booked.start, "sent"),
        Told(CANCELLED, thursday, None, "waiting"),
    ]


async def test_other_wishes_are_told_with_what_waits(town: Town, amal: int) -> None:
    booked = await known_since_yesterday(town, amal)
    moved = await town.move(amal, booked, town.slot("anna", "2026-11-26 10:00"))
    for adults in (1, 2):
        changed = await wishes(town, amal, moved, Wishes(adults=adults))
        assert isinstance(changed, Appointment)
    assert (await told(town, ANNA_MAIL))[1:] == [
        Told(MOVED, moved.start, booked.start, "waiting"),
    ]
    content = await town.rows("SELECT content FROM outbox WHERE state = 'waiting'")
    assert '"adults":2' in content[-1][0]


async def test_about_a_talk_within_two_hours_nothing_waits(town: Town, amal: int) -> None:
    booked = await known_since_yesterday(town, amal)
    moved = await town.move(amal, booked, town.slot("anna", "2026-11-25 10:00"))
    town.now = at("2026-11-25 09:30")
    for hour in (11, 12):
        await goes_out(town)
        moved = await at_the_desk(town, moved, f"2026-11-25 {hour}:00")
    assert (await told(town, ANNA_MAIL))[-1].state == "waiting"


async def test_what_waits_for_a_chat_that_speaks_for_nobody_any_more_is_kept_for_the_next(
    town: Town, amal: int
) -> None:
    town.staffing = CHAT_ONLY
    chat = await tie(town, "anna", 900)
    booked = await known_since_yesterday(town, amal)
    moved = await town.move(amal, booked, town.slot("anna", "2026-11-26 10:00"))
    await goes_out(town)
    await town.move(amal, moved, town.slot("anna", "2026-11-26 11:00"))
    assert (await told(town, "anna"))[-1].state == "planned"
    await town.database.run(staff_ties.speak_for_nobody, chat)
    assert (await told(town, "anna"))[-1].state == "unaddressed"
    await tie(town, "anna", 901)
    assert (await told(town, "anna"))[-1].state == "waiting"


async def test_a_notice_of_another_version_is_left_as_it_is(town: Town, amal: int) -> None:
    booked = await known_since_yesterday(town, amal)
    moved = await town.move(amal, booked, town.slot("anna", "2026-11-26 10:00"))
    for content in ("[]", "{}", "nonsense"):
        odd = "UPDATE outbox SET content = :it WHERE state = 'waiting' RETURNING id"
        await town.rows(odd, it=content)
        slot = town.slot("anna", f"2026-11-2{6 + moved.sequence % 2} 12:00")
        moved = await town.move(amal, moved, slot)
    waiting = "SELECT id FROM outbox WHERE mailbox = :mailbox AND state = 'waiting'"
    assert len(await town.rows(waiting, mailbox=ANNA_MAIL)) == 4


async def test_a_change_by_the_staff_counts_towards_nobodys_limit(town: Town, amal: int) -> None:
    booked = await known_since_yesterday(town, amal)
    for number in range(fair_use.CHANGES_A_DAY + 1):
        moment = f"2026-11-2{5 + number % 3} 1{number % 2}:00"
        booked = await at_the_desk(town, booked, moment)
    changed = await town.database.run(tallies.moments, amal, Tally.CHANGED, MONDAY_MORNING - 1)
    assert changed == []
