"""Somebody leaves, or an office closes: what is booked is handed over or called off, ties end."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from town import TEAM, VAULT, Town, at, case_manager, invented, open_town, swept

from bot.app import LOCALES
from bot.conversation.port import Search
from bot.domain.actors import OPERATOR, Actor, Role
from bot.domain.appointment import Appointment, Reason, Refused, Wishes
from bot.domain.city import City
from bot.domain.lifecycle import Act
from bot.domain.open_matters import Matter
from bot.domain.slots import Slot
from bot.domain.staffing import Reach, Staffing
from bot.messages import payloads
from bot.messages.client_news import CalledOffNews, HandedOverNews
from bot.messages.notices import Notice
from bot.messages.payloads import Payload
from bot.rendering import catalogues
from bot.services import leaving, staff_invitations
from bot.services.leaving import KEPT_SECONDS, Aftermath, Leave
from bot.services.links import Links, to_lists
from bot.services.staff_service import StaffService
from bot.services.unit import Unit
from bot.services.walk_in_bookings import WalkInBookings
from bot.storage.engine.database import Tx
from bot.storage.records import absences, audit, departures, feeds, lists_links, staff_named
from bot.storage.records.staff_named import NO_TIES, Ties
from bot.storage.upkeep import staff_ties
from bot.web.access import Access, Door

ANNA, BEN = (Actor.speaking_as(Role.CASE_MANAGER, id) for id in ("anna", "ben"))
MILL, QUAY = (Actor.speaking_as(Role.FRONT_DESK, id) for id in ("mill", "quay"))
NINE, NEXT_WEEK = "2026-11-24 09:00", "2026-12-01 09:00"
TEXTS = catalogues.load(LOCALES, ["de"], ["de"])
DAY = 86_400


@pytest.fixture
async def town(url: str) -> AsyncIterator[Town]:
    async with open_town(url, invented(limit=4)) as made:
        yield made


async def leaves(town: Town, who: Actor, *to: str, on: str | None = None) -> Aftermath:
    """Somebody leaves, from now or from a moment on, with these asked to take over."""
    moment = town.now if on is None else at(on)
    people = tuple(town.city.case_manager[id] for id in to)
    return await town.does(lambda unit: leaving.leave(unit, Leave(who, moment, people)))


async def booked(town: Town) -> list[tuple[object, ...]]:
    """Who is booked with whom, where."""
    return await town.rows(
        "SELECT person_id, case_manager_id, office_id FROM appointments WHERE status = 'booked'"
        " ORDER BY person_id, start_at"
    )


async def told(town: Town, person: int) -> list[Payload]:
    """What somebody is sent, but for reminders and what they keep of a booking."""
    rows = await town.rows(
        "SELECT kind, content FROM outbox WHERE person_id = :id"
        " AND kind NOT IN ('reminder', 'confirmation') ORDER BY id",
        id=person,
    )
    return [payloads.decode(kind, text) for kind, text in rows]


async def notices(town: Town, person: int) -> list[tuple[str, str]]:
    """What one of the staff is told of, and with whom it is."""
    found = await told(town, person)
    return [(n.kind.value, n.about.case_manager_id) for n in found if isinstance(n, Notice)]


async def tie(town: Town, who: Actor, chat_id: int) -> int:
    person = await town.client(chat_id)
    await town.database.run(staff_ties.tie, who, person, town.now)
    return person


async def ties(town: Town, who: Actor) -> Ties:
    return await town.does(lambda unit: staff_named.ties(unit.tx, unit.now).get(who, NO_TIES))


def let_in(who: Actor) -> Callable[[Unit], None]:
    """An invitation and a calendar for a case manager, and a day off."""

    def work(unit: Unit) -> None:
        staff_invitations.invite(unit.tx, who, "token", unit.now)
        feeds.make(unit.tx, who.id, "hash", unit.now)
        absences.add(unit.tx, who.id, unit.now + 2 * DAY, unit.now + 3 * DAY)

    return work


async def minute(town: Town) -> None:
    """What the clock brings each minute."""
    assert await town.does(lambda unit: swept(unit, leaving.sweeps)) == []


async def test_what_a_colleague_takes_over_is_no_other_time_for_what_was_called_off(
    town: Town,
) -> None:
    client = await town.client(1)
    lost = await town.book(client, town.slot("anna", NINE))
    await town.book(client, town.slot("anna", NEXT_WEEK))
    town.now += 60
    await town.does(lambda unit: StaffService(unit, ANNA).do(Act.CALL_OFF, lost.version))
    town.now += 60
    done = await leaves(town, ANNA, "ben")
    assert [each.case_manager_id for each in done.handed_over] == ["ben"]
    [open_one] = await town.does(lambda unit: StaffService(unit, ANNA).open_matters())
    assert (open_one.about.id, open_one.matters) == (lost.id, (Matter.CALLED_OFF,))


async def test_a_colleague_who_is_free_takes_over_and_the_client_is_told_once(town: Town) -> None:
    client = await town.client(1)
    before = await town.book(client, town.slot("anna", NINE))
    done = await leaves(town, ANNA, "cora")
    (after,) = done.handed_over
    assert done.called_off == ()
    assert await booked(town) == [(client, "cora", "quay")]
    assert (after.start, after.sequence) == (before.start, before.sequence + 1)
    (news,) = await told(town, client)
    assert isinstance(news, HandedOverNews)
    assert (news.about.case_manager_id, news.about.start) == ("cora", before.start)


async def test_its_cells_are_the_colleagues_and_its_reminders_are_of_what_it_is_now(
    town: Town,
) -> None:
    client = await town.client(1)
    about = await town.book(client, town.slot("anna", NEXT_WEEK))
    await leaves(town, ANNA, "cora")
    owners = await town.rows("SELECT DISTINCT case_manager_id FROM case_manager_cells")
    assert owners == [("cora",)]
    keys = await town.rows("SELECT dedupe_key FROM outbox WHERE kind = 'reminder'")
    assert len(keys) == 2
    assert {key.split(":")[2] for (key,) in keys} == {str(about.sequence + 1)}
    assert await town.free(client, "cora", NEXT_WEEK[:10]) == ("10:00", "11:00")


async def test_both_sides_are_told(town: Town) -> None:
    anna, cora = await tie(town, ANNA, 900), await tie(town, Actor(Role.CASE_MANAGER, "cora"), 901)
    await town.book(await town.client(1), town.slot("anna", NEXT_WEEK))
    await leaves(town, ANNA, "cora", on="2026-11-30")
    assert await notices(town, anna) == [("booked", "anna"), ("called_off", "anna")]
    assert await notices(town, cora) == [("booked", "cora")]


async def test_the_calendar_of_who_leaves_hears_of_it_though_their_chat_does_not(
    town: Town,
) -> None:
    town.staffing = Staffing({"anna": Reach("anna@example.org", by_mail=True)})
    anna = await tie(town, ANNA, 900)
    await town.book(await town.client(1), town.slot("anna", NEXT_WEEK))
    await leaves(town, ANNA, "cora")
    assert await notices(town, anna) == []
    mails = await town.rows(
        "SELECT content FROM outbox WHERE mailbox = :box", box="case_manager:anna"
    )
    kinds = [payloads.decode("notice", text) for (text,) in mails]
    assert [n.kind.value for n in kinds if isinstance(n, Notice)] == ["booked", "called_off"]
    kept = "SELECT DISTINCT case_manager_id FROM outbox WHERE state = 'unaddressed'"
    assert await town.rows(kept) == [("cora",)]


async def test_where_nobody_is_free_it_is_called_off_and_others_are_offered(town: Town) -> None:
    client, other = await town.client(1), await town.client(2)
    await town.book(client, town.slot("anna", NINE))
    await town.book(other, town.slot("cora", NINE))
    done = await leaves(town, ANNA, "cora")
    assert [each.person_id for each in done.called_off] == [client]
    assert await booked(town) == [(other, "cora", "quay")]
    (news,) = await told(town, client)
    assert isinstance(news, CalledOffNews)
    assert len(news.others) == 3
    assert {slot.case_manager_id for slot in news.others} <= {"ben", "cora"}


async def test_a_colleague_on_a_closed_day_or_away_is_not_free(town: Town) -> None:
    client = await town.client(1)
    await town.book(client, town.slot("anna", NINE))
    await town.book(client, town.slot("anna", NEXT_WEEK))
    town.city = replace(town.city, closures=frozenset({date.fromisoformat(NINE[:10])}))
    nine = at(NEXT_WEEK)
    await town.does(lambda unit: absences.add(unit.tx, "cora", nine, nine + 60))
    done = await leaves(town, ANNA, "cora")
    assert (len(done.handed_over), len(done.called_off)) == (0, 2)


async def test_a_client_with_another_talk_then_keeps_that_one_alone(town: Town) -> None:
    """A colleague whose talks are longer would run into it."""
    long = case_manager("eva", "quay", talk=90)
    town.city = invented(*TEAM, long, limit=4)
    await town.does(lambda unit: unit.tx.run("INSERT INTO case_managers (id) VALUES ('eva')"))
    client = await town.client(1)
    await town.book(client, town.slot("anna", NINE))
    await town.book(client, town.slot("ben", "2026-11-24 10:20"))
    done = await leaves(town, ANNA, "eva")
    assert [each.case_manager_id for each in done.called_off] == ["anna"]
    assert await booked(town) == [(client, "ben", "mill")]


async def test_of_a_whole_office_whoever_is_free_takes_over(town: Town) -> None:
    first, second = await town.client(1), await town.client(2)
    await town.book(first, town.slot("cora", NINE))
    await town.book(second, town.slot("anna", NINE))
    await leaves(town, QUAY, "anna", "ben")
    assert await booked(town) == [(first, "ben", "mill"), (second, "anna", "mill")]


async def test_from_the_day_on_nobody_can_be_booked_and_until_then_all_stays(town: Town) -> None:
    client = await town.client(1)
    await town.book(client, town.slot("anna", NINE))
    await town.does(let_in(ANNA))
    anna = await tie(town, ANNA, 900)
    await leaves(town, ANNA, on="2026-11-30")
    assert await booked(town) == [(client, "anna", "mill")]
    assert await town.free(client, "anna", NINE[:10]) == ("10:00", "11:00")
    assert await town.free(client, "anna", NEXT_WEEK[:10]) == ()
    assert await town.free(client, "ben", NEXT_WEEK[:10]) != ()
    await minute(town)
    assert await ties(town, ANNA) == Ties(1, 1, 1, 0, 1)
    town.now = at("2026-11-30")
    await minute(town)
    assert await ties(town, ANNA) == NO_TIES
    assert await notices(town, anna) == []
    await minute(town)


async def test_who_leaves_at_once_has_no_chat_invitation_calendar_or_absence_left(
    town: Town,
) -> None:
    await town.does(let_in(ANNA))
    await tie(town, ANNA, 900)
    done = await leaves(town, ANNA)
    assert done.ties == Ties(1, 1, 1, 0, 1)
    assert await ties(town, ANNA) == NO_TIES


async def test_links_to_the_pages_of_who_left_open_nothing(town: Town) -> None:
    links = Links(VAULT, "https://termine.example")
    until = at("2026-12-24")

    def given(tx: Tx, who: Actor) -> Door:
        return Door(to_lists(who, lists_links.make(tx, who, town.now, until)))

    doors = [await town.database.run(given, who) for who in (ANNA, MILL)]

    def let_in_by_links(tx: Tx) -> list[bool]:
        access = Access(lambda tx, now: town.unit(tx), links, TEXTS, lambda: town.now)
        return [access.visitor(tx, door) is not None for door in doors]

    assert await town.database.run(let_in_by_links) == [True, True]
    await leaves(town, ANNA, on="2026-11-24")
    await leaves(town, MILL, on="2026-11-25")
    assert await town.database.run(let_in_by_links) == [True, True]
    town.now = at("2026-11-24")
    assert await town.database.run(let_in_by_links) == [False, True]
    town.now = at("2026-11-25")
    assert await town.database.run(let_in_by_links) == [False, False]
    for who in (ANNA, MILL):
        assert await town.does(partial(leaving.stay, who=who))
    assert await town.database.run(let_in_by_links) == [False, False]


async def test_what_is_held_of_that_time_is_let_go_and_not_booked(town: Town) -> None:
    client = await town.client(1)
    slot = town.slot("anna", NINE)
    assert await town.hold(client, slot) is None
    await leaves(town, ANNA)
    assert await town.confirm(client, slot) == Refused(Reason.TAKEN)
    assert await town.rows("SELECT id FROM appointments") == []


async def test_a_client_who_is_about_to_move_it_keeps_it_with_the_colleague(town: Town) -> None:
    client = await town.client(1)
    about = await town.book(client, town.slot("anna", NINE))
    assert await town.hold(client, town.slot("anna", NEXT_WEEK), about.id) is None
    await leaves(town, ANNA, "cora")
    assert await booked(town) == [(client, "cora", "quay")]
    assert await town.rows("SELECT id FROM appointments WHERE status = 'held'") == []


async def test_a_talk_that_has_begun_stays(town: Town) -> None:
    client = await town.client(1)
    await town.book(client, town.slot("anna", NINE))
    town.now = at(NINE) + 60
    done = await leaves(town, ANNA, "cora")
    assert (done.handed_over, done.called_off) == ((), ())
    assert await booked(town) == [(client, "anna", "mill")]


async def test_who_is_booked_on_paper_is_not_reminded_after_it_was_handed_over(
    town: Town,
) -> None:
    slot = town.slot("anna", NEXT_WEEK)
    about = await town.does(
        lambda unit: WalkInBookings(unit, MILL).book(slot, "ar", Wishes(), form=None)
    )
    assert isinstance(about, Appointment)
    await leaves(town, ANNA, "cora")
    assert await booked(town) == [(about.person_id, "cora", "quay")]
    assert await town.rows("SELECT id FROM outbox WHERE kind = 'reminder'") == []


async def test_an_office_that_closes_takes_the_time_of_everybody_in_it(town: Town) -> None:
    client = await town.client(1)
    await town.book(client, town.slot("anna", NINE))
    await town.book(client, town.slot("ben", "2026-11-24 10:20"))
    desk = await tie(town, MILL, 900)
    done = await leaves(town, MILL)
    assert (len(done.called_off), done.ties) == (2, Ties(chats=1))
    assert await town.free(client, "ben", NEXT_WEEK[:10]) == ()
    assert await town.free(client, "cora", NEXT_WEEK[:10]) == ("09:00", "10:00", "11:00")
    offered = [news.others for news in await told(town, client) if isinstance(news, CalledOffNews)]
    assert {slot.case_manager_id for others in offered for slot in others} == {"cora"}
    assert await ties(town, MILL) == NO_TIES
    assert await told(town, desk) == []


def renamed(city: City, **new: str) -> City:
    """Offices with other ids, and everybody in them."""
    return replace(
        city,
        offices=tuple(replace(one, id=new.get(one.id, one.id)) for one in city.offices),
        case_managers=tuple(
            replace(one, office_id=new.get(one.office_id, one.office_id))
            for one in city.case_managers
        ),
    )


async def test_at_an_office_with_a_new_id_everybody_stays_with_whom_they_were(town: Town) -> None:
    first, second = await town.client(1), await town.client(2)
    await town.book(first, town.slot("ben", NINE))
    await town.book(second, town.slot("anna", NINE))
    town.city = renamed(town.city, mill="barn")
    done = await leaves(town, MILL, "anna", "ben")
    assert done.called_off == ()
    assert await booked(town) == [(first, "ben", "barn"), (second, "anna", "barn")]


async def test_what_is_booked_with_somebody_who_has_moved_goes_along(town: Town) -> None:
    client = await town.client(1)
    about = await town.book(client, town.slot("anna", NINE))
    anna, *others = town.city.case_managers
    anna = replace(anna, office_id="quay")
    town.city = replace(town.city, case_managers=(anna, *others))
    done = await town.does(lambda unit: leaving.move_along(unit, anna))
    assert await booked(town) == [(client, "anna", "quay")]
    assert [each.id for each in done.handed_over] == [about.id]
    assert await town.free(client, "anna", NEXT_WEEK[:10]) == ("09:00", "10:00", "11:00")
    again = await town.does(lambda unit: leaving.move_along(unit, anna))
    assert again == Aftermath((), (), NO_TIES)


async def test_of_somebody_the_city_file_no_longer_names_all_is_handed_over(town: Town) -> None:
    client = await town.client(1)
    await town.book(client, town.slot("anna", NINE))
    town.city = replace(town.city, case_managers=town.city.case_managers[1:])
    await leaves(town, ANNA, "cora")
    assert await booked(town) == [(client, "cora", "quay")]


async def test_who_stays_can_be_booked_again(town: Town) -> None:
    client = await town.client(1)
    await leaves(town, ANNA)
    assert await town.does(lambda unit: leaving.stay(unit, ANNA))
    assert not await town.does(lambda unit: leaving.stay(unit, BEN))
    assert await town.free(client, "anna", NINE[:10]) == ("09:00", "10:00", "11:00")
    trail = await town.rows("SELECT actor, action FROM audit ORDER BY id")
    assert trail == [("operator:all", "left:anna"), ("operator:all", "stayed:anna")]


async def test_the_trail_of_an_appointment_says_that_it_was_handed_over(town: Town) -> None:
    about = await town.book(await town.client(1), town.slot("anna", NINE))
    await leaves(town, ANNA, "cora")
    deeds = await town.does(lambda unit: audit.of(unit.tx, about.id))
    assert [(deed.actor, deed.action) for deed in deeds] == [
        ("client:all", "booked"),
        (OPERATOR.label, "handed_over"),
    ]


async def test_who_left_stands_in_for_nobody(town: Town) -> None:
    await leaves(town, BEN)
    assert await town.does(lambda unit: absences.away(unit.tx, unit.now)) == {"ben"}


async def test_who_left_long_ago_is_forgotten_once_the_city_file_does_not_name_them(
    town: Town,
) -> None:
    await leaves(town, ANNA)
    await leaves(town, BEN)
    town.city = replace(town.city, case_managers=town.city.case_managers[1:])

    async def left() -> list[Actor]:
        await town.does(leaving.forget_long_gone)
        return await town.does(lambda unit: departures.have_left(unit.tx, unit.now))

    town.now += KEPT_SECONDS
    assert await left() == [ANNA, BEN]
    town.now += 1
    assert await left() == [BEN]


async def test_the_earliest_time_is_with_somebody_who_is_still_there(town: Town) -> None:
    client = await town.client(1)
    await leaves(town, ANNA)
    found: Slot = await town.looks(client, lambda free: free.earliest(Search(("mill",))))
    assert found.case_manager_id == "ben"
