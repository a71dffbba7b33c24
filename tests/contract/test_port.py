"""The town in memory answers the conversation as the services do on a real database.

Every scenario runs on all three, so that a step tested in memory means what it says.
"""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime

import pytest
from port_sides import Side, side
from town_in_memory import ADA, BELA, CLEO, ZONE, at

from bot.conversation.port import Port, Search
from bot.domain.actors import Actor, Role
from bot.domain.appointment import Answer, Appointment, Reason, Refused, Status, Version, Wishes
from bot.domain.appointment_view import AppointmentView
from bot.domain.halves import Half
from bot.domain.lifecycle import Act
from bot.domain.slots import Slot, slot_at
from bot.domain.waiting_for import WaitingFor

TUESDAY, NEXT_TUESDAY = date(2026, 11, 24), date(2026, 12, 1)
HALL = Search(("hall",))
BELAS = Search(("hall",), "busch")
NO_WISHES = Wishes()
GONE, TAKEN = Refused(Reason.GONE), Refused(Reason.TAKEN)
SPEAKS_AS_BELA, SPEAKS_AS_ADA = Actor.of(BELA), Actor.of(ADA)
DESK = Actor(Role.FRONT_DESK, office_id="hall")


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
async def town(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Side]:
    """The three of them in turn."""
    if request.param == "postgresql":
        server = request.getfixturevalue("postgres_server")
        with server.fresh() as url:
            async with side(url) as made:
                yield made
        return
    folder = tmp_path_factory.mktemp("port")
    async with side(f"sqlite:///{folder}/lotse.db" if request.param == "sqlite" else None) as made:
        yield made


def bela_at(time: str, day: date = TUESDAY) -> Slot:
    """A slot of Bela's."""
    return slot_at(BELA, at(f"{day} {time}"))


def times(slots: tuple[Slot, ...]) -> list[str]:
    """When slots begin, as on the wall."""
    return [f"{datetime.fromtimestamp(slot.start, ZONE):%H:%M}" for slot in slots]


async def booked(town: Side, person: int, slot: Slot, wishes: Wishes = NO_WISHES) -> Appointment:
    """An appointment a client holds and confirms."""
    assert await town.asks(person, lambda port: port.hold(slot, None)) is None
    made = await town.asks(person, lambda port: port.confirm(slot, wishes, None))
    assert isinstance(made, Appointment)
    return made


async def member(town: Side, actor: Actor) -> int:
    """Somebody whose chat speaks for one of the staff."""
    person = await town.enters()
    await town.speaks_as(person, actor)
    return person


def do(port: Port, act: Act, appointment_id: int) -> AppointmentView | Refused:
    """One of the staff does something about an appointment as it is."""
    staff = port.staff()
    assert staff is not None
    view = staff.view(appointment_id)
    return staff.do(act, view.about.version if view else Version(appointment_id, 0))


async def test_what_is_booked_or_held_is_free_to_nobody_else(town: Side) -> None:
    amal, olena = await town.enters(), await town.enters()
    assert times(await town.asks(amal, lambda port: port.free_times(BELAS, TUESDAY))) == [
        *("09:00", "09:40", "10:20", "11:00", "11:40", "12:20"),
    ]
    await booked(town, amal, bela_at("09:40"))
    await town.asks(amal, lambda port: port.hold(bela_at("11:00"), None))
    seen = await town.asks(olena, lambda port: port.free_times(BELAS, TUESDAY))
    assert times(seen) == ["09:00", "10:20", "11:40", "12:20"]
    own = await town.asks(amal, lambda port: port.free_times(BELAS, TUESDAY))
    assert times(own) == ["09:00", "10:20", "11:00", "11:40", "12:20"]


async def test_days_with_room_the_soonest_and_the_nearest_times(town: Side) -> None:
    amal = await town.enters()
    days = await town.asks(amal, lambda port: port.free_days(HALL, TUESDAY, 4))
    assert days == (TUESDAY, date(2026, 11, 25), date(2026, 11, 30), NEXT_TUESDAY)
    assert await town.asks(amal, lambda port: port.earliest(HALL)) == bela_at("09:00")
    near = await town.asks(amal, lambda port: port.nearest(BELAS, bela_at("10:20").start, 3))
    assert times(near) == ["09:40", "10:20", "11:00"]
    team = await town.asks(amal, lambda port: port.team("library", "hall"))
    assert [each.id for each in team] == ["clark", "adler", "busch"]


async def test_only_who_speaks_a_language_and_only_half_of_the_day_can_be_asked_for(
    town: Side,
) -> None:
    amal = await town.enters()
    english, afternoons = replace(HALL, speaking="en"), replace(HALL, half=Half.AFTERNOON)
    days = await town.asks(amal, lambda port: port.free_days(english, TUESDAY, 2))
    assert days == (TUESDAY, NEXT_TUESDAY)
    late = await town.asks(amal, lambda port: port.free_days(afternoons, TUESDAY, 2))
    assert late == (TUESDAY, date(2026, 11, 30))
    found = await town.asks(amal, lambda port: port.free_times(afternoons, TUESDAY))
    assert times(found) == ["12:20"]
    assert await town.asks(amal, lambda p: p.earliest(replace(HALL, speaking="tr"))) is None


async def test_what_is_near_begins_at_different_times_while_there_are_any(town: Side) -> None:
    amal, everywhere = await town.enters(), Search(("hall", "library"))
    start = at("2026-11-26 09:00")
    near = await town.asks(amal, lambda port: port.nearest(everywhere, start, 3))
    assert times(near) == ["09:00", "09:40", "10:20"]


async def test_the_same_confirm_twice_books_once_and_another_person_is_told_taken(
    town: Side,
) -> None:
    amal, olena = await town.enters(), await town.enters()
    first = await booked(town, amal, bela_at("09:00"), Wishes(adults=1))
    again = await town.asks(
        amal, lambda port: port.confirm(bela_at("09:00"), Wishes(adults=1), None)
    )
    assert again == first
    assert await town.asks(olena, lambda port: port.hold(bela_at("09:00"), None)) == TAKEN
    late = await town.asks(olena, lambda port: port.confirm(bela_at("09:00"), NO_WISHES, None))
    assert late == TAKEN
    assert await town.asks(amal, lambda port: port.coming_appointments()) == (first,)
    assert await town.asks(amal, lambda port: port.last_case_manager()) == BELA


async def test_a_third_appointment_is_too_many(town: Side) -> None:
    amal = await town.enters()
    await booked(town, amal, bela_at("09:00"))
    await booked(town, amal, bela_at("10:20"))
    third = await town.asks(amal, lambda port: port.confirm(bela_at("11:40"), NO_WISHES, None))
    assert third == Refused(Reason.TOO_MANY)


async def test_moving_keeps_the_appointment_and_gives_its_time_back(town: Side) -> None:
    amal, olena = await town.enters(), await town.enters()
    before = await booked(town, amal, bela_at("09:00"))
    assert await town.asks(olena, lambda port: port.hold(bela_at("10:20"), before.id)) == GONE
    assert await town.asks(amal, lambda port: port.hold(bela_at("10:20"), before.id)) is None
    after = await town.asks(
        amal, lambda port: port.confirm(bela_at("10:20"), Wishes(children=2), before.version)
    )
    assert isinstance(after, Appointment)
    assert (after.id, after.code) == (before.id, before.code)
    assert (after.start, after.sequence) == (bela_at("10:20").start, 1)
    assert after.wishes == Wishes(children=2)
    seen = await town.asks(olena, lambda port: port.free_times(BELAS, TUESDAY))
    assert times(seen) == ["09:00", "09:40", "11:00", "11:40", "12:20"]


async def test_what_is_cancelled_is_gone_and_free_again(town: Side) -> None:
    amal, olena = await town.enters(), await town.enters()
    mine = await booked(town, amal, bela_at("09:00"))
    assert await town.asks(olena, lambda port: port.cancel(mine.version)) == GONE
    gone = await town.asks(amal, lambda port: port.cancel(mine.version))
    assert isinstance(gone, Appointment)
    assert gone.status is Status.CANCELLED
    assert await town.asks(amal, lambda port: port.cancel(mine.version)) == GONE
    assert await town.asks(amal, lambda port: port.coming_appointments()) == ()
    assert "09:00" in times(await town.asks(olena, lambda port: port.free_times(BELAS, TUESDAY)))


async def test_who_says_they_are_coming_may_say_so_twice_but_not_for_the_first_time_once_it_began(
    town: Side,
) -> None:
    amal, olena = await town.enters(), await town.enters()
    mine = await booked(town, amal, bela_at("09:00"))
    hers = await booked(town, olena, bela_at("09:40"))
    for _ in range(2):
        await town.asks(amal, lambda port: port.say_coming(mine.version))
    known = await town.asks(amal, lambda port: port.appointment(mine.id))
    assert known is not None
    assert known.answer is Answer.COMING
    town.goes_on_to("2026-11-24 10:00")
    assert await town.asks(olena, lambda port: port.say_coming(hers.version)) == GONE
    assert await town.asks(olena, lambda port: port.appointment(hers.id)) == hers
    town.goes_on_to("2026-11-24 10:15")
    assert await town.asks(olena, lambda port: port.appointment(hers.id)) is None


async def test_who_was_reminded_of_an_appointment_is_asked_until_they_say_something_or_it_begins(
    town: Side,
) -> None:
    amal, olena = await town.enters(), await town.enters()
    mine = await booked(town, amal, bela_at("09:40"))
    hers = await booked(town, olena, bela_at("10:20"))
    assert await town.asks(amal, lambda port: port.reminded()) is None
    for each in (mine, hers):
        await town.reminds(each.id)
    assert await town.asks(amal, lambda port: port.reminded()) == mine
    await town.asks(amal, lambda port: port.say_coming(mine.version))
    assert await town.asks(amal, lambda port: port.reminded()) is None
    town.goes_on_to("2026-11-24 10:19")
    assert await town.asks(olena, lambda port: port.reminded()) == hers
    town.goes_on_to("2026-11-24 10:20")
    assert await town.asks(olena, lambda port: port.reminded()) is None


async def test_only_those_whose_it_is_see_an_appointment_and_do_something_about_it(
    town: Side,
) -> None:
    amal, bela, ada, desk = (
        await town.enters(),
        await member(town, SPEAKS_AS_BELA),
        await member(town, SPEAKS_AS_ADA),
        await member(town, DESK),
    )
    mine = await booked(town, amal, bela_at("09:00"), Wishes(language_help=True))
    assert await town.asks(amal, lambda port: port.staff()) is None
    assert await town.asks(ada, lambda port: do(port, Act.SEE, mine.id)) == GONE
    seen = await town.asks(bela, lambda port: do(port, Act.ARRANGE_HELP, mine.id))
    assert isinstance(seen, AppointmentView)
    assert (seen.about.help_arranged, seen.own) == (True, True)
    assert Act.SEE not in seen.acts
    at_desk = await town.asks(
        desk,
        lambda port: [each.about.id for each in port.staff().diary(TUESDAY, TUESDAY)],  # type: ignore[union-attr]
    )
    assert at_desk == [mine.id]


async def test_who_came_is_known_only_once_it_has_begun_and_can_be_taken_back(town: Side) -> None:
    amal, bela = await town.enters(), await member(town, SPEAKS_AS_BELA)
    mine = await booked(town, amal, bela_at("09:00"))
    assert await town.asks(bela, lambda port: do(port, Act.CAME, mine.id)) == GONE
    town.goes_on_to("2026-11-24 09:05")
    for act, status in (
        (Act.CAME, Status.CAME),
        (Act.UNDO, Status.BOOKED),
        (Act.MISSED, Status.MISSED),
    ):
        view = await town.asks(bela, lambda port, act=act: do(port, act, mine.id))  # type: ignore[misc]
        assert isinstance(view, AppointmentView)
        assert view.about.status is status


async def test_an_absence_calls_off_what_lies_in_it_and_nobody_can_book_there(town: Side) -> None:
    amal, bela = await town.enters(), await member(town, SPEAKS_AS_BELA)
    mine = await booked(town, amal, bela_at("09:00"))
    start, end = at("2026-11-24 00:00"), at("2026-11-24 10:00")
    hit = await town.asks(
        bela,
        lambda port: [each.about.id for each in port.staff().affected("busch", start, end)],  # type: ignore[union-attr]
    )
    assert hit == [mine.id]
    closing = await town.asks(bela, lambda port: port.staff().absent("busch", start, end))  # type: ignore[union-attr]
    assert not isinstance(closing, Refused)
    assert [each.status for each in closing.called_off] == [Status.CALLED_OFF]
    free = times(await town.asks(amal, lambda port: port.free_times(BELAS, TUESDAY)))
    assert free == ["10:20", "11:00", "11:40", "12:20"]
    assert await town.asks(amal, lambda port: port.called_off(mine.id)) is not None
    opened = await town.asks(bela, lambda port: port.staff().present(closing.absence.id))  # type: ignore[union-attr]
    assert not isinstance(opened, Refused)
    assert [each.id for each in opened.asked] == [mine.id]
    assert opened.to_phone == ()
    again = times(await town.asks(amal, lambda port: port.free_times(BELAS, TUESDAY)))
    assert again == ["09:00", "09:40", "10:20", "11:00", "11:40", "12:20"]


async def test_a_slip_is_taken_once_and_by_nobody_of_the_staff(town: Side) -> None:
    amal, olena, desk = await town.enters(), await town.enters(), await member(town, DESK)
    made = await town.asks(desk, lambda port: port.book_walk_in(bela_at("09:00"), "en", NO_WISHES))
    assert isinstance(made, Appointment)
    view = await town.asks(desk, lambda port: port.staff().view(made.id))  # type: ignore[union-attr]
    assert view is not None
    assert (view.on_paper, view.has_slip) == (True, True)
    link = await town.slip(made.id)
    assert await town.asks(desk, lambda port: port.claim(link)) is None
    claimed = await town.asks(amal, lambda port: port.claim(link))
    assert claimed is not None
    assert claimed.person_id == amal
    assert await town.asks(olena, lambda port: port.claim(link)) is None
    assert [each.id for each in await town.asks(amal, lambda p: p.coming_appointments())] == [
        made.id
    ]


async def test_who_is_forgotten_leaves_a_free_time_behind(town: Side) -> None:
    amal, olena = await town.enters(), await town.enters()
    await booked(town, amal, bela_at("09:00"))
    await town.asks(amal, lambda port: port.forget())
    assert "09:00" in times(await town.asks(olena, lambda port: port.free_times(BELAS, TUESDAY)))


async def test_by_phone_only_who_can_be_called_is_looked_at(town: Side) -> None:
    amal, calls = await town.enters(), Search(("library",), by_phone=True)
    thursday = date(2026, 11, 26)
    library = Search(("library",))
    assert await town.asks(amal, lambda port: port.free_times(calls, thursday)) == ()
    assert await town.asks(amal, lambda port: port.free_days(calls, TUESDAY, 1)) == ()
    assert await town.asks(amal, lambda port: port.free_days(library, TUESDAY, 1)) == (thursday,)
    both = Search(("library", "hall"), by_phone=True)
    assert await town.asks(amal, lambda port: port.earliest(both)) == bela_at("09:00")


async def test_of_the_wishes_what_can_be_met_is_kept(town: Side) -> None:
    amal, desk = await town.enters(), await member(town, DESK)
    every = Wishes(True, adults=1, children=2, step_free=True, topic="housing", by_phone=True)
    fits = Wishes(True, topic="housing", by_phone=True)
    made = await booked(town, amal, bela_at("09:00"), every)
    assert made.wishes == fits
    again = await town.asks(amal, lambda port: port.confirm(bela_at("09:00"), every, None))
    assert again == made
    walk_in = await town.asks(desk, lambda p: p.book_walk_in(bela_at("10:20"), "en", every))
    assert isinstance(walk_in, Appointment)
    assert walk_in.wishes == fits
    cleo = slot_at(CLEO, at("2026-11-26 09:00"))
    visit = await booked(town, amal, cleo, Wishes(adults=1, by_phone=True))
    assert visit.wishes == Wishes(adults=1)


async def waits(town: Side, person: int, target: str) -> WaitingFor:
    """A client who waits from now on."""
    return await town.asks(person, lambda port: port.wait(target))


async def test_who_waits_is_known_to_until_they_stop_or_book(town: Side) -> None:
    amal, olena = await town.enters(), await town.enters()
    assert await town.asks(amal, lambda port: port.waiting()) is None
    for target in ("hall", "busch"):
        begun = await waits(town, amal, target)
        assert begun == WaitingFor(target, at("2027-01-23 00:00") - 1)
        assert await town.asks(amal, lambda port: port.waiting()) == begun
    assert await town.asks(olena, lambda port: port.waiting()) is None
    await town.asks(amal, lambda port: port.stop_waiting())
    assert await town.asks(amal, lambda port: port.waiting()) is None
    await waits(town, amal, "")
    await booked(town, amal, bela_at("09:00"))
    assert await town.asks(amal, lambda port: port.waiting()) is None
