"""A closed time is open again, or was closed twice: what nobody has answered is put right."""

from collections.abc import AsyncIterator

import pytest
from test_staff_service import acts, deeds, does
from town import Town, at, invented, open_town

from bot.domain.absence import Closing, Opening
from bot.domain.actors import Actor, Role
from bot.domain.appointment import Appointment, Reason, Refused, Wishes
from bot.domain.lifecycle import Act
from bot.domain.staffing import Reach, Staffing
from bot.messages import payloads
from bot.messages.client_news import PossibleAgainNews
from bot.messages.confirmations import Outdated
from bot.storage.records import chats, sent_messages

TUESDAY = "2026-11-24"
NINE, TEN = f"{TUESDAY} 09:00", f"{TUESDAY} 10:00"
DAY = (at(f"{TUESDAY} 00:00"), at("2026-11-25 00:00"))
WEEK = (at("2026-11-23 00:00"), at("2026-11-28 00:00"))
ANNA = Actor(Role.CASE_MANAGER, "anna", "mill")
BEN = Actor(Role.CASE_MANAGER, "ben", "mill")
MILL = Actor(Role.FRONT_DESK, office_id="mill")


@pytest.fixture
async def town(url: str) -> AsyncIterator[Town]:
    async with open_town(url, invented()) as made:
        yield made


async def closes(town: Town, stretch: tuple[int, int] = DAY, actor: Actor = ANNA) -> Closing:
    """Anna's time is closed."""
    closed = await does(town, actor, "absent", "anna", *stretch)
    assert isinstance(closed, Closing)
    return closed


async def opens(town: Town, closed: Closing, actor: Actor = ANNA) -> Opening:
    """It is open again."""
    opened = await does(town, actor, "present", closed.absence.id)
    assert isinstance(opened, Opening)
    return opened


async def called_off(town: Town, client: int, moment: str = NINE) -> tuple[Appointment, Closing]:
    """A client had a talk with Anna; the day was closed."""
    booked = await town.book(client, town.slot("anna", moment), Wishes(language_help=True))
    return booked, await closes(town)


def numbers(found: tuple[Appointment, ...]) -> list[int]:
    return [about.id for about in found]


async def told(town: Town, client: int) -> list[str]:
    """What a client is told about talks that are not to be, or are after all."""
    rows = await town.rows(
        "SELECT kind FROM outbox WHERE kind IN ('called_off', 'possible_again')"
        " AND person_id = :client ORDER BY id",
        client=client,
    )
    return [kind for (kind,) in rows]


async def test_who_has_not_answered_is_asked_once_whether_they_want_to_keep_it(town: Town) -> None:
    client = await town.client(1)
    booked, closed = await called_off(town, client)
    opened = await opens(town, closed)
    assert (numbers(opened.asked), opened.to_phone) == ([booked.id], ())
    assert await told(town, client) == ["called_off", "possible_again"]
    [(text,)] = await town.rows("SELECT content FROM outbox WHERE kind = 'possible_again'")
    news = payloads.decode("possible_again", text)
    assert isinstance(news, PossibleAgainNews)
    assert (news.about.id, news.about.start) == (booked.id, at(NINE))
    assert (await deeds(town, booked.id))[-2:] == [
        (ANNA.label, "called_off"),
        (ANNA.label, "possible_again"),
    ]


async def test_they_take_the_same_time_again_with_their_wishes_however_soon_it_is(
    town: Town,
) -> None:
    client, other = await town.client(1), await town.client(2)
    booked, closed = await called_off(town, client)
    town.now = at(f"{TUESDAY} 08:00")
    await opens(town, closed)
    slot = town.slot("anna", NINE)
    assert await town.hold(other, slot) == Refused(Reason.TAKEN)
    kept = await town.book(client, slot, booked.wishes)
    assert (kept.start, kept.wishes, kept.id != booked.id) == (booked.start, booked.wishes, True)
    view = await does(town, ANNA, "view", booked.id)
    assert view.matters == ()


async def test_until_then_somebody_else_may_take_it(town: Town) -> None:
    client, other = await town.client(1), await town.client(2)
    _, closed = await called_off(town, client)
    await opens(town, closed)
    slot = town.slot("anna", NINE)
    await town.book(other, slot)
    assert await town.hold(client, slot) == Refused(Reason.TAKEN)


async def test_who_has_taken_another_time_keeps_that_and_is_not_asked(town: Town) -> None:
    client = await town.client(1)
    _, closed = await called_off(town, client)
    await town.book(client, town.slot("ben", NINE))
    assert await opens(town, closed) == Opening(closed.absence)
    assert await told(town, client) == ["called_off"]


async def test_what_the_staff_have_settled_is_not_asked_about(town: Town) -> None:
    client = await town.client(1)
    booked, closed = await called_off(town, client)
    await acts(town, ANNA, Act.SETTLE, booked.id)
    assert await opens(town, closed) == Opening(closed.absence)


async def test_a_time_that_has_begun_is_not_asked_about(town: Town) -> None:
    client = await town.client(1)
    _, closed = await called_off(town, client)
    town.now = at(f"{TUESDAY} 09:10")
    assert await opens(town, closed) == Opening(closed.absence)


async def test_what_its_client_cancelled_stays_cancelled(town: Town) -> None:
    client = await town.client(1)
    booked = await town.book(client, town.slot("anna", NINE))
    await town.cancel(client, booked.id)
    closed = await closes(town)
    assert await opens(town, closed) == Opening(closed.absence)


async def test_a_talk_called_off_by_itself_is_asked_about_when_its_time_is_open_again(
    town: Town,
) -> None:
    client = await town.client(1)
    booked = await town.book(client, town.slot("anna", NINE))
    await acts(town, ANNA, Act.CALL_OFF, booked.id)
    (absence,) = await does(town, ANNA, "absences", "anna")
    assert numbers((await opens(town, Closing(absence, ()))).asked) == [booked.id]


async def test_what_another_absence_still_covers_stays_called_off_until_that_is_gone_too(
    town: Town,
) -> None:
    client = await town.client(1)
    booked, day = await called_off(town, client)
    week = await closes(town, WEEK)
    assert (week.called_off, await told(town, client)) == ((), ["called_off"])
    assert await opens(town, day) == Opening(day.absence)
    assert await told(town, client) == ["called_off"]
    assert numbers((await opens(town, week)).asked) == [booked.id]
    assert await told(town, client) == ["called_off", "possible_again"]


async def test_of_two_absences_what_only_the_released_one_covered_is_put_right(town: Town) -> None:
    early, late = await town.client(1), await town.client(2)
    await town.book(early, town.slot("anna", NINE))
    second = await town.book(late, town.slot("anna", TEN))
    morning = await closes(town, (at(NINE), at(TEN)))
    whole = await closes(town)
    assert (len(morning.called_off), numbers(whole.called_off)) == (1, [second.id])
    assert numbers((await opens(town, whole)).asked) == [second.id]
    assert (await told(town, early), await told(town, late)) == (
        ["called_off"],
        ["called_off", "possible_again"],
    )


@pytest.mark.parametrize("again", [DAY, WEEK, (DAY[0], DAY[1] - 3600), (DAY[0] + 3600, DAY[1])])
async def test_who_is_called_off_by_two_absences_is_told_once(
    town: Town, again: tuple[int, int]
) -> None:
    client = await town.client(1)
    await called_off(town, client)
    assert (await closes(town, again, MILL)).called_off == ()
    assert await told(town, client) == ["called_off"]


async def test_a_shorter_absence_entered_at_once_asks_only_whom_it_does_not_hit(
    town: Town,
) -> None:
    early, late = await town.client(1), await town.client(2)
    await town.book(early, town.slot("anna", NINE))
    _, whole = await called_off(town, late, TEN)
    await opens(town, whole)
    shorter = await closes(town, (DAY[0], at(TEN)))
    assert (await told(town, early), await told(town, late)) == (
        ["called_off"],
        ["called_off", "possible_again"],
    )
    assert await town.hold(early, town.slot("anna", NINE)) == Refused(Reason.TAKEN)
    assert await town.hold(late, town.slot("anna", TEN)) is None
    assert len((await opens(town, shorter)).asked) == 1
    assert await told(town, early) == ["called_off", "possible_again"]


async def test_a_question_is_taken_back_when_it_is_closed_again_and_asked_when_it_is_open(
    town: Town,
) -> None:
    client = await town.client(1)
    booked, closed = await called_off(town, client)
    await opens(town, closed)
    await town.database.run(
        lambda tx: tx.run("UPDATE outbox SET state = 'sent', settled_at = :now", now=town.now)
    )
    await town.database.run(sent_messages.note_about, client, 77, booked.id, town.now)
    again = await closes(town)
    assert again.called_off == ()
    [(text,)] = await town.rows("SELECT content FROM outbox WHERE kind = 'outdated'")
    assert payloads.decode("outdated", text) == Outdated(77, booked.start, booked.code)
    assert numbers((await opens(town, again)).asked) == [booked.id]
    assert await told(town, client) == ["called_off", "possible_again", "possible_again"]


async def test_who_has_no_chat_or_blocked_the_bot_must_be_phoned_and_stays_open(town: Town) -> None:
    silent = await town.client(1)
    booked, closed = await called_off(town, silent)
    await town.database.run(chats.mark_unreachable, silent)
    opened = await opens(town, closed)
    assert (opened.asked, numbers(opened.to_phone)) == ((), [booked.id])
    assert await told(town, silent) == ["called_off"]
    left = await does(town, ANNA, "open_matters")
    assert [view.about.id for view in left] == [booked.id]


async def test_of_two_who_had_the_same_time_who_had_it_last_is_asked(town: Town) -> None:
    first, last = await town.client(1), await town.client(2)
    _, closed = await called_off(town, first)
    await opens(town, closed)
    town.now += 60
    booked = await town.book(last, town.slot("anna", NINE))
    again = await closes(town)
    assert numbers((await opens(town, again)).asked) == [booked.id]


@pytest.mark.parametrize("actor", [MILL, BEN])
async def test_the_front_desk_and_a_deputy_put_it_right_too(town: Town, actor: Actor) -> None:
    staffing = Staffing({"anna": Reach(deputy="ben")})
    booked = await town.book(await town.client(1), town.slot("anna", NINE))
    closed = await does(town, actor, "absent", "anna", *DAY, staffing=staffing)
    opened = await does(town, actor, "present", closed.absence.id, staffing=staffing)
    assert numbers(opened.asked) == [booked.id]
