"""Whom the city file leaves behind is named, and what was to be told to them is told to others."""

import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import pytest
from town import TUESDAY, Town, block, invented, open_town

from bot.commands.check import left_behind
from bot.domain.actors import OPERATOR, Actor, Role
from bot.domain.appointment import Appointment
from bot.domain.city import City
from bot.domain.lifecycle import Act
from bot.domain.staffing import OfficeReach, Reach, Staffing
from bot.messages import payloads
from bot.messages.notices import Notice
from bot.messages.operator_news import Orphaned
from bot.services import orphans, staff_invitations
from bot.services.orphans import Orphan
from bot.services.staff_service import StaffService
from bot.services.unit import Unit
from bot.storage.records import absences, feeds, staff_named
from bot.storage.records.staff_named import Ties
from bot.storage.upkeep import staff_ties

ANNA, BEN = (Actor.speaking_as(Role.CASE_MANAGER, id) for id in ("anna", "ben"))
MILL, QUAY = (Actor.speaking_as(Role.FRONT_DESK, id) for id in ("mill", "quay"))
NINE, TEN = "2026-11-24 09:00", "2026-11-24 10:00"
WITH_MAIL = Staffing({}, {"mill": OfficeReach("mill@example.org")})


@pytest.fixture
async def town(url: str) -> AsyncIterator[Town]:
    async with open_town(url, invented(limit=4)) as made:
        yield made


def without(city: City, *gone: str) -> City:
    """The city file without these people and offices, and without who is at those."""
    return replace(
        city,
        offices=tuple(each for each in city.offices if each.id not in gone),
        case_managers=tuple(
            each for each in city.case_managers if not {each.id, each.office_id} & {*gone}
        ),
    )


async def tie(town: Town, who: Actor, chat_id: int) -> int:
    person = await town.client(chat_id)
    await town.database.run(staff_ties.tie, who, person, town.now)
    return person


async def named(town: Town) -> tuple[Orphan, ...]:
    return await town.does(lambda unit: orphans.of_city(unit.tx, unit.city, unit.now))


async def told(town: Town, person: int) -> list[tuple[str, str | None]]:
    """The notices in somebody's chat, and whose they are."""
    rows = await town.rows(
        "SELECT content FROM outbox WHERE person_id = :id AND kind = 'notice' ORDER BY id",
        id=person,
    )
    found = [payloads.decode("notice", text) for (text,) in rows]
    return [(each.kind.value, each.whose) for each in found if isinstance(each, Notice)]


async def operators_told(town: Town) -> list[tuple[str, ...]]:
    rows = await town.rows("SELECT content FROM outbox WHERE kind = 'orphaned' ORDER BY id")
    found = [payloads.decode("orphaned", text) for (text,) in rows]
    return [each.ids for each in found if isinstance(each, Orphaned)]


async def lost(town: Town, *gone: str) -> Appointment:
    """Anna has a talk at nine, and the city file no longer names these."""
    about = await town.book(await town.client(1), town.slot("anna", NINE))
    town.city = without(town.city, *gone)
    return about


async def test_while_the_city_file_names_everybody_nobody_is_left_behind(town: Town) -> None:
    await town.book(await town.client(1), town.slot("anna", NINE))
    await tie(town, ANNA, 900)
    await tie(town, MILL, 901)
    await tie(town, OPERATOR, 902)
    assert await named(town) == ()


async def test_who_left_with_a_talk_to_come_is_named_until_it_begins(town: Town) -> None:
    about = await lost(town, "anna")
    assert await named(town) == (Orphan(ANNA, booked=1),)
    look = orphans.appointments
    assert await town.does(lambda unit: look(unit.tx, unit.city, unit.now)) == (about,)
    town.now = about.start
    assert await named(town) == ()


async def test_of_an_office_that_is_gone_its_people_and_it_itself_are_named(town: Town) -> None:
    await lost(town, "mill")
    assert await named(town) == (Orphan(ANNA, booked=1), Orphan(MILL, booked=1))


async def test_who_sits_at_another_office_than_their_talks_is_named(town: Town) -> None:
    await lost(town)
    anna, *others = town.city.case_managers
    town.city = replace(town.city, case_managers=(replace(anna, office_id="quay"), *others))
    assert await named(town) == (Orphan(ANNA, booked=1, sits_elsewhere=True),)
    assert left_behind((await named(town))[0]) == (
        "anna sits at another office than was told to clients, booked: 1;"
        " `python -m bot staff moved anna` shows what becomes of it"
    )


async def test_chats_invitations_calendars_and_absences_of_who_left_are_named(town: Town) -> None:
    def let_in(unit: Unit) -> None:
        staff_invitations.invite(unit.tx, ANNA, "token", unit.now)
        staff_invitations.invite(unit.tx, MILL, "another", unit.now)
        feeds.make(unit.tx, "anna", "hash", unit.now)
        absences.add(unit.tx, "anna", unit.now, unit.now + 60)

    await town.does(let_in)
    await tie(town, ANNA, 900)
    await tie(town, MILL, 901)
    await tie(town, MILL, 902)
    await lost(town, "mill")
    anna, mill = await named(town)
    assert anna == Orphan(ANNA, 1, Ties(1, 1, 1, 0, 1))
    assert mill == Orphan(MILL, 1, Ties(chats=2, invitations=1))
    assert left_behind(mill) == (
        "mill is no longer there, but still has booked: 1, chats: 2, invitations: 1;"
        " `python -m bot staff leave mill` shows what becomes of it"
    )
    town.now += 86_400
    assert [each.ties.invitations for each in await named(town)] == [0, 0]


async def test_talks_on_a_closed_day_or_outside_of_hours_are_found(town: Town) -> None:
    async def found() -> tuple[Appointment, ...]:
        look, count = orphans.out_of_hours, orphans.number_out_of_hours
        listed = await town.does(lambda unit: look(unit.tx, unit.city, unit.now))
        counted = [
            await town.database.run(count, town.city, person, town.now)
            for person in town.city.case_managers
        ]
        assert sum(counted) == len(listed)
        return listed

    client = await town.client(1)
    nine = await town.book(client, town.slot("anna", NINE))
    ten = await town.book(client, town.slot("anna", TEN))
    assert await found() == ()
    anna, *others = town.city.case_managers
    later = replace(anna, blocks=(block(TUESDAY, "10:00", "12:00"),))
    town.city = replace(town.city, case_managers=(later, *others))
    assert await found() == (nine,)
    town.city = replace(town.city, closures=frozenset({date.fromisoformat(NINE[:10])}))
    assert await found() == (nine, ten)
    town.city = without(town.city, "anna")
    assert await found() == ()


async def test_a_start_logs_each_and_tells_operators_once_for_each_change(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    await lost(town, "anna")
    with caplog.at_level(logging.ERROR):
        await town.does(orphans.report)
    assert [each.getMessage() for each in caplog.records] == [
        "the city file leaves somebody behind"
    ]
    assert await operators_told(town) == []
    await tie(town, OPERATOR, 900)
    for _ in range(2):
        await town.does(orphans.report)
    assert await operators_told(town) == [("anna",)]
    full, town.city = town.city, without(town.city, "mill")
    await town.does(orphans.report)
    town.city = invented()
    await town.does(orphans.report)
    town.city = full
    town.now += 1
    await town.does(orphans.report)
    assert await operators_told(town) == [("anna",), ("anna", "mill"), ("anna",)]


async def test_the_front_desk_hears_in_place_of_who_left(town: Town) -> None:
    anna, desk = await tie(town, ANNA, 900), await tie(town, MILL, 901)
    about = await lost(town, "anna")
    await town.say_coming(about.person_id, about.id)
    await town.cancel(about.person_id, about.id)
    assert await told(town, anna) == [("booked", None)]
    assert await told(town, desk) == [("is_coming", "anna"), ("cancelled", "anna")]


async def test_by_mail_too_but_not_what_stands_in_the_list_anyway(town: Town) -> None:
    town.staffing = WITH_MAIL
    about = await lost(town, "anna")
    await town.say_coming(about.person_id, about.id)
    await town.cancel(about.person_id, about.id)
    rows = await town.rows("SELECT mailbox, dedupe_key FROM outbox WHERE mailbox IS NOT NULL")
    assert [(box, key.split(":")[3]) for box, key in rows] == [("office:mill", "cancelled")]


async def test_a_deputy_hears_of_it_where_there_is_one(town: Town) -> None:
    ben = await tie(town, BEN, 900)
    town.staffing = Staffing({"anna": Reach(deputy="ben")}, {})
    about = await lost(town, "anna")
    await town.say_coming(about.person_id, about.id)
    await town.cancel(about.person_id, about.id)
    assert await told(town, ben) == [("is_coming", "anna"), ("cancelled", "anna")]


async def test_where_nobody_stands_in_operators_hear_of_it_once_a_day(town: Town) -> None:
    await tie(town, OPERATOR, 900)
    desk = await tie(town, MILL, 901)
    about = await lost(town, "mill")
    await town.say_coming(about.person_id, about.id)
    await town.cancel(about.person_id, about.id)
    assert await operators_told(town) == [("anna",)]
    assert await told(town, desk) == []


async def test_a_front_desk_is_not_told_of_what_it_did_itself(town: Town) -> None:
    desk = await tie(town, MILL, 900)
    about = await lost(town, "anna")
    await town.does(lambda unit: StaffService(unit, MILL).do(Act.CALL_OFF, about.version))
    assert await town.rows("SELECT status FROM appointments") == [("cancelled",)]
    assert await told(town, desk) == []


async def test_an_id_is_known_as_long_as_any_row_names_it(town: Town) -> None:
    async def formerly(id: str) -> Actor | None:
        return await town.does(lambda unit: staff_named.formerly(unit.tx, id))

    assert await formerly("quay") is None
    await town.book(await town.client(1), town.slot("cora", TEN))
    town.city = without(town.city, "quay")
    assert [await formerly(id) for id in ("cora", "quay", "nobody")] == [
        Actor.speaking_as(Role.CASE_MANAGER, "cora"),
        QUAY,
        None,
    ]
