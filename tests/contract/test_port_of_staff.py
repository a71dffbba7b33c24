"""The same of what the staff look up: days with talks, times a closing takes, and the same day."""

from dataclasses import replace
from datetime import date

from port_sides import Side
from test_port import (
    BELAS,
    DESK,
    GONE,
    NO_WISHES,
    SPEAKS_AS_ADA,
    SPEAKS_AS_BELA,
    TAKEN,
    TUESDAY,
    bela_at,
    booked,
    member,
    times,
    town,
)
from town_in_memory import at

from bot.conversation.port import Port
from bot.conversation.staff_port import StaffPort
from bot.domain.actors import OPERATOR
from bot.domain.appointment import Answer, Appointment, Reason, Refused
from bot.domain.appointment_view import AppointmentView
from bot.domain.lifecycle import Act
from bot.domain.open_matters import Matter
from bot.domain.slots import Slot

__all__ = ["town"]

NEXT_TUESDAY, TODAY = date(2026, 12, 1), date(2026, 11, 23)
AT_THE_DESK = replace(BELAS, walk_in=True)


def staff(port: Port) -> StaffPort:
    """What one of the staff can look up."""
    found = port.staff()
    assert found is not None
    return found


async def test_late_in_the_evening_the_next_morning_is_too_soon_but_for_who_is_there(
    town: Side,
) -> None:
    amal, desk = await town.enters(), await member(town, DESK)
    town.goes_on_to("2026-11-23 23:39")
    assert times(await town.asks(amal, lambda port: port.free_times(BELAS, TUESDAY))) == ["12:20"]
    assert await town.asks(amal, lambda port: port.earliest(BELAS)) == bela_at("12:20")
    assert await town.asks(amal, lambda port: port.hold(bela_at("09:00"), None)) == TAKEN
    town.goes_on_to("2026-11-24 09:05")
    found = await town.asks(desk, lambda port: port.free_times(AT_THE_DESK, TUESDAY))
    assert times(found) == ["09:40", "10:20", "11:00", "11:40", "12:20"]
    days = await town.asks(desk, lambda port: port.free_days(AT_THE_DESK, TODAY, 2))
    assert days == (TUESDAY, NEXT_TUESDAY)
    made = await town.asks(desk, lambda port: port.book_walk_in(bela_at("09:40"), "en", NO_WISHES))
    assert isinstance(made, Appointment)
    late = await town.asks(desk, lambda port: port.book_walk_in(bela_at("09:00"), "en", NO_WISHES))
    assert late == TAKEN


async def test_the_days_with_talks_are_those_of_whose_lists_they_are(town: Side) -> None:
    amal, bela, ada, desk = (
        await town.enters(),
        await member(town, SPEAKS_AS_BELA),
        await member(town, SPEAKS_AS_ADA),
        await member(town, DESK),
    )
    await booked(town, amal, bela_at("09:00"))
    gone = await booked(town, amal, bela_at("09:00", NEXT_TUESDAY))
    found = [
        await town.asks(one, lambda port: staff(port).booked_days()) for one in (bela, ada, desk)
    ]
    assert found == [(TUESDAY, NEXT_TUESDAY), (), (TUESDAY, NEXT_TUESDAY)]
    await town.asks(bela, lambda port: staff(port).do(Act.CALL_OFF, gone.version))
    assert await town.asks(bela, lambda port: staff(port).booked_days()) == (TUESDAY,)
    town.goes_on_to("2026-12-08 12:00")
    assert await town.asks(bela, lambda port: staff(port).booked_days()) == (TUESDAY,)
    town.goes_on_to("2026-12-09 12:00")
    assert await town.asks(bela, lambda port: staff(port).booked_days()) == ()


async def test_whoever_runs_the_program_sees_what_is_left_to_do_and_changes_nothing(
    town: Side,
) -> None:
    amal, bela, runner = (
        await town.enters(),
        await member(town, SPEAKS_AS_BELA),
        await member(town, OPERATOR),
    )
    made = await booked(town, amal, bela_at("09:00"))
    assert await town.asks(runner, lambda port: staff(port).open_matters()) == ()
    await town.asks(bela, lambda port: staff(port).do(Act.CALL_OFF, made.version))
    [left] = await town.asks(runner, lambda port: staff(port).open_matters())
    assert (left.about.id, left.matters, left.topic) == (made.id, (Matter.CALLED_OFF,), None)
    assert await town.asks(runner, lambda port: staff(port).view(made.id)) is None
    settled = await town.asks(runner, lambda port: staff(port).do(Act.SETTLE, left.about.version))
    assert settled == GONE


async def test_a_closing_takes_the_free_times_it_touches_and_no_other(town: Side) -> None:
    amal, bela, ada = (
        await town.enters(),
        await member(town, SPEAKS_AS_BELA),
        await member(town, SPEAKS_AS_ADA),
    )
    hour = at("2026-11-24 10:00"), at("2026-11-24 11:00")
    days = at("2026-11-24 00:00"), at("2026-11-26 00:00")

    async def taken(person: int, stretch: tuple[int, int]) -> list[str]:
        return times(
            await town.asks(person, lambda port: staff(port).no_longer_free("busch", *stretch))
        )

    assert await taken(bela, hour) == ["09:40", "10:20"]
    assert await taken(bela, days) == []
    assert await taken(ada, hour) == []
    await booked(town, amal, bela_at("10:20"))
    assert await taken(bela, hour) == ["09:40"]
    await town.asks(bela, lambda port: staff(port).absent("busch", *hour))
    assert times(await town.asks(amal, lambda port: port.free_times(BELAS, TUESDAY))) == [
        *("09:00", "11:00", "11:40", "12:20"),
    ]
    assert await taken(bela, hour) == []


async def test_a_client_is_asked_about_times_they_could_take_and_nothing_is_held(
    town: Side,
) -> None:
    amal, bela, ada, desk = (
        await town.enters(),
        await member(town, SPEAKS_AS_BELA),
        await member(town, SPEAKS_AS_ADA),
        await member(town, DESK),
    )
    made = await booked(town, amal, bela_at("09:00"))

    async def asked(person: int, *slots: Slot) -> AppointmentView | Refused:
        return await town.asks(person, lambda port: staff(port).ask_time(made.version, slots))

    others = await town.asks(bela, lambda port: staff(port).other_times(made.id))
    assert others == (bela_at("09:40"), bela_at("09:00", NEXT_TUESDAY), others[2])
    assert await town.asks(ada, lambda port: staff(port).other_times(made.id)) == ()
    assert await asked(ada, bela_at("09:40")) == GONE
    assert await asked(bela) == GONE
    assert await asked(bela, *(bela_at(f"{hour}:20") for hour in ("10", "12", "10", "12"))) == GONE
    assert await asked(bela, bela_at("09:00")) == TAKEN
    berta = await town.enters()
    await booked(town, berta, bela_at("09:40"))
    assert await asked(bela, bela_at("09:40")) == TAKEN
    changed = replace(made.version, sequence=1)
    late = await town.asks(bela, lambda port: staff(port).ask_time(changed, [bela_at("10:20")]))
    assert late == Refused(Reason.CHANGED)
    done = await asked(desk, bela_at("10:20"), bela_at("12:20"))
    assert isinstance(done, AppointmentView)
    assert (done.about.answer, done.about.sequence) == (Answer.ASKED, 0)
    assert done.matters == (Matter.TIME_ASKED,)
    assert Act.ASK_TIME not in done.acts
    again = await asked(bela, bela_at("11:00"))
    assert isinstance(again, AppointmentView)
    assert again.about.answer is Answer.ASKED
    assert await town.asks(bela, lambda port: staff(port).other_times(made.id)) == ()
    free = await town.asks(berta, lambda port: port.free_times(BELAS, TUESDAY))
    assert {"10:20", "12:20"} <= {*times(free)}


async def test_who_keeps_the_time_answers_only_while_they_are_asked(town: Side) -> None:
    amal, bela = await town.enters(), await member(town, SPEAKS_AS_BELA)
    made = await booked(town, amal, bela_at("09:00"))
    kept = await town.asks(amal, lambda port: port.keep_time(made.version))
    assert isinstance(kept, Appointment)
    assert kept.answer is Answer.NONE
    await town.asks(bela, lambda port: staff(port).ask_time(made.version, [bela_at("10:20")]))
    kept = await town.asks(amal, lambda port: port.keep_time(made.version))
    assert isinstance(kept, Appointment)
    assert kept.answer is Answer.KEPT
    other = replace(made.version, sequence=7)
    assert await town.asks(amal, lambda port: port.keep_time(other)) == Refused(Reason.CHANGED)
