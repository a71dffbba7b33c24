"""The quick search for free times finds what a plain one finds, whatever the city and its rows.

Nothing it knows outlives what it was read from: a row that is rolled back, or that another
connection writes.
"""

from dataclasses import replace
from datetime import date, time, timedelta
from itertools import chain, count

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from plain_search import PlainSearch, Stored
from town import BERLIN, Town, at, case_manager, invented, open_town

from bot.conversation.port import Search
from bot.domain import local_time, slots
from bot.domain.actors import Actor, Role
from bot.domain.appointment import Wishes
from bot.domain.blocks import Block
from bot.domain.city import CaseManager, City
from bot.domain.halves import Half
from bot.domain.slots import Slot, slot_at
from bot.services.availability import Availability
from bot.storage.engine.database import Tx
from bot.storage.engine.opening import SQLITE, open_database
from bot.storage.records import absences, appointments, departures

CLIENTS = (1, 2, 3)
# Both changes of the clock lie within the horizon of one of them, a turn of the year of another.
MOMENTS = tuple(map(at, ("2026-10-20 10:37", "2026-12-23 23:40", "2027-03-25 03:00")))
HORIZON = 6
EVER = 2**53
OFFICES = {"anna": "mill", "ben": "mill", "cora": "quay"}

CLOCKS = st.sampled_from([time(0), time(1, 30), *(time(n) for n in range(8, 24)), time(23, 30)])
VALID = st.sampled_from((None, None, None, None, None, 1, 3))


class UndoneError(Exception):
    """Raised in a transaction so that it is rolled back."""


@st.composite
def blocks(draw: st.DrawFn, today: date) -> Block:
    start, end = sorted(draw(st.tuples(CLOCKS, CLOCKS)))
    first, last = draw(VALID), draw(VALID)
    return Block(
        draw(st.integers(0, 6)),
        start,
        end,
        None if first is None else today + timedelta(days=first),
        None if last is None else today + timedelta(days=last),
    )


@st.composite
def cities(draw: st.DrawFn, now: int) -> City:
    today = local_time.local_day(now, BERLIN)
    days = st.integers(0, HORIZON).map(lambda n: today + timedelta(days=n))
    team = [
        replace(
            case_manager(
                id,
                office_id,
                talk=draw(st.sampled_from((20, 30, 45, 240))),
                buffer=draw(st.sampled_from((15, 0, 120))),
                talks_a_day=draw(st.sampled_from((2, 3, 8))),
            ),
            blocks=tuple(draw(st.lists(blocks(today), min_size=12, max_size=14))),
        )
        for id, office_id in OFFICES.items()
    ]
    closures, lead = draw(st.sets(days, max_size=1)), draw(st.integers(0, 1))
    city = invented(*team, closures=closures, lead=lead, lead_hours=lead * 2, horizon=HORIZON)
    mill, quay = city.offices
    return replace(
        city, offices=(replace(mill, closures=frozenset(draw(st.sets(days, max_size=2)))), quay)
    )


@st.composite
def rows(draw: st.DrawFn, city: City, now: int) -> list[Stored]:
    """Talks around the released hours, holds of one each, absences, somebody who leaves."""
    moments = st.builds(
        lambda released, minutes: released + minutes * 60,
        st.sampled_from(_released_starts(city, now) or [now]),
        st.sampled_from((0, 5, -5, -15, 60, -235, -300)),
    )
    people = st.sampled_from(city.case_managers)
    found = [
        _talk(draw(people), draw(moments), draw(st.sampled_from(CLIENTS)))
        for _ in range(draw(st.sampled_from((0, 10, 20))))
    ]
    for client in CLIENTS:
        held = _talk(draw(people), draw(moments), client)
        found.append(replace(held, until=now + draw(st.sampled_from((0, 1)))))
    for _ in range(draw(st.sampled_from((0, 0, 2)))):
        start, length = draw(moments), draw(st.sampled_from((5, 60, 1_500))) * 60
        found.append(Stored(draw(people).id, start, start + length, start + length))
    if leaver := draw(st.sampled_from((None, None, "ben", "quay"))):
        found.append(Stored(leaver, draw(moments), EVER, EVER))
    return found


def _released_starts(city: City, now: int) -> list[int]:
    today = local_time.local_day(now, BERLIN)
    days = [today + timedelta(days=n) for n in range(HORIZON + 1)]
    every = (slots.starts_on(each, day, BERLIN) for each in city.case_managers for day in days)
    return list(chain.from_iterable(every))


def _talk(person: CaseManager, start: int, client: int) -> Stored:
    slot = slot_at(person, start)
    return Stored(person.id, start, slot.end, slot.free_at, client)


@st.composite
def situations(draw: st.DrawFn) -> tuple[int, City, list[Stored]]:
    now = draw(st.sampled_from(MOMENTS))
    city = draw(cities(now))
    return now, city, draw(rows(city, now))


@st.composite
def searches(draw: st.DrawFn) -> Search:
    one = draw(st.sampled_from((None, "anna", "cora")))
    return Search(
        ("mill", "quay") if one is None else (OFFICES[one],),
        one,
        walk_in=draw(st.booleans()),
        half=draw(st.sampled_from((None, *Half))),
    )


def write(tx: Tx, number: int, each: Stored) -> Stored:
    """Store it; with its id, if it is a talk."""
    if each.end == EVER:
        office = each.whose not in OFFICES
        who = (
            Actor(Role.FRONT_DESK, office_id=each.whose)
            if office
            else Actor.speaking_as(Role.CASE_MANAGER, each.whose)
        )
        departures.note(tx, who, each.start)
        return each
    if each.client is None:
        absences.add(tx, each.whose, each.start, each.end)
        return each
    slot = Slot(each.whose, each.start, each.end, each.free)
    until = each.until or 0
    office_id = OFFICES[each.whose]
    id = appointments.hold(
        tx, f"code{number}", each.client, office_id, slot, "en", until=until, moves_id=None
    )
    if each.until is None:
        appointments.book(tx, id, "en", Wishes(), 0)
    return replace(each, id=id)


def compare(town: Town, tx: Tx, stored: list[Stored], search: Search) -> None:
    """All that is asked of the quick search, against the plain one."""
    client = CLIENTS[0]
    quick = Availability(town.unit(tx), client)
    expected = PlainSearch(town.city, stored, client, town.now).slots(search)
    today = local_time.local_day(town.now, BERLIN)
    days = [local_time.local_day(slot.start, BERLIN) for slot in expected]
    assert list(quick.days(search, today)) == list(dict.fromkeys(days))
    assert list(quick.in_order(search, today)) == expected
    assert quick.earliest(search) == next(iter(expected), None)
    for day in (today + timedelta(days=n) for n in range(HORIZON + 2)):
        there = [slot for slot, its in zip(expected, days, strict=True) if its == day]
        assert list(quick.on(search, day)) == there


async def test_it_finds_what_is_released_and_touched_by_nothing(url: str) -> None:
    async with open_town(url, invented()) as town:
        assert [await town.client(chat) for chat in (7, 8, 9)] == list(CLIENTS)

        def all_of_them(tx: Tx) -> None:
            @settings(
                max_examples=30 if url.startswith(SQLITE) else 12,
                deadline=None,
                derandomize=True,
                database=None,
                phases=(Phase.explicit, Phase.generate),
            )
            @given(situations(), searches(), st.booleans())
            def one(situation: tuple[int, City, list[Stored]], search: Search, moves: bool) -> None:
                town.now, town.city, wanted = situation
                with tx.savepoint() as point:
                    numbers = count(1)
                    stored = [write(tx, next(numbers), each) for each in wanted]
                    own = [s.id for s in stored if s.client == CLIENTS[0] and s.until is None]
                    moving = own[0] if moves and own else None
                    compare(town, tx, stored, replace(search, moving=moving))
                    point.undo()
                compare(town, tx, [], search)

            one()

        await town.database.run(all_of_them)


async def test_what_was_seen_in_a_transaction_that_is_rolled_back_was_never_there(
    url: str,
) -> None:
    async with open_town(url, invented()) as town:
        client = await town.client(7)
        before = await town.free(client, "anna", "2026-11-24")

        def takes_one_and_fails(tx: Tx) -> None:
            taken = _talk(town.city.case_manager["anna"], at("2026-11-24 10:00"), client)
            write(tx, 1, taken)
            search = Search(("mill",), "anna")
            seen = Availability(town.unit(tx), client).on(search, date(2026, 11, 24))
            assert len(seen) == len(before) - 1
            raise UndoneError

        with pytest.raises(UndoneError):
            await town.database.run(takes_one_and_fails)
        assert (
            await town.free(client, "anna", "2026-11-24") == before == ("09:00", "10:00", "11:00")
        )


async def test_what_another_process_books_is_taken_at_once(url: str) -> None:
    async with open_town(url, invented()) as town:
        client, other = await town.client(7), await town.client(8)
        assert await town.free(client, "anna", "2026-11-24") == ("09:00", "10:00", "11:00")
        beside = await open_database(url)
        await replace(town, database=beside).book(other, town.slot("anna", "2026-11-24 10:00"))
        await beside.close()
        assert await town.free(client, "anna", "2026-11-24") == ("09:00", "11:00")
