"""However the city file is edited between two starts, nobody who is booked is lost in silence.

People, offices, ids, hours, languages and closures come, go and move, with appointments in them, on
real storage. Whoever the file leaves behind is named, and nobody once it was dealt with.
"""

import asyncio
import tempfile
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

from city_files import HOURS, EditedFile
from figures import Sizes
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)
from machines import NewDatabase, new_file, run
from postgres import Server
from town import BERLIN, Town, open_town, swept

from bot.commands.check import left_behind
from bot.conversation.port import Search
from bot.domain import local_time
from bot.domain.actors import Actor, Role
from bot.domain.appointment import Appointment
from bot.domain.city import CaseManager
from bot.messages import reminders
from bot.runtime.scheduled_jobs import PARTS
from bot.services import leaving, orphans
from bot.services.availability import Availability
from bot.services.leaving import Aftermath, Leave
from bot.services.orphans import Orphan
from bot.services.staff_service import StaffService
from bot.services.unit import Unit
from bot.storage.records import appointments, case_managers, feeds
from bot.storage.upkeep import staff_ties

CLIENTS = (1, 2, 3)
WHICH = st.integers(0, 5)
CLOSED = ("2026-11-24", "2026-11-25", "2026-12-01", "2026-12-08")
DAYS, MOST = 60, 9
"""Makes a database for the length of a block, and gives its URL."""


class EditedCity(RuleBasedStateMachine):
    """Three clients, some offices and people, and an operator with an editor."""

    def __init__(self, new_database: NewDatabase) -> None:
        super().__init__()
        self.new_database = new_database
        self.runner = asyncio.Runner()
        self.open = AsyncExitStack()
        folder = self.open.enter_context(tempfile.TemporaryDirectory())
        self.file = EditedFile(Path(folder, "city.toml"))
        self.chats = 1000
        self.town = self.runner.run(self._open())

    async def _open(self) -> Town:
        url = self.open.enter_context(self.new_database())
        town = await self.open.enter_async_context(open_town(url, self.file.load()))
        assert tuple([await town.client(100 + number) for number in CLIENTS]) == CLIENTS
        return town

    def teardown(self) -> None:
        self.runner.run(self.open.aclose())
        self.runner.close()

    @initialize(wishes=st.lists(st.tuples(st.sampled_from(CLIENTS), WHICH, WHICH), max_size=6))
    def some_have_booked(self, wishes: list[tuple[int, int, int]]) -> None:
        for wish in wishes:
            self.books(*wish)

    @rule(client=st.sampled_from(CLIENTS), whom=WHICH, when=WHICH)
    def books(self, client: int, whom: int, when: int) -> None:
        person = self._person(whom)
        slots = self._does(partial(_free, client=client, person=person))
        if slots and len([each for each in self._booked() if each.person_id == client]) < MOST:
            self.runner.run(self.town.book(client, slots[when % len(slots)]))

    @rule(whom=WHICH)
    def somebody_is_let_in(self, whom: int) -> None:
        person = self._person(whom)

        def tie(unit: Unit) -> None:
            staff_ties.tie(unit.tx, Actor.of(person), chat, unit.now)
            feeds.make(unit.tx, person.id, f"hash of {person.id}", unit.now)

        self.chats += 1
        chat = self.runner.run(self.town.client(self.chats))
        self._does(tie)

    @rule(whom=WHICH)
    def somebody_is_taken_out(self, whom: int) -> None:
        if len(self.file.people) > 1:
            del self.file.people[self._person(whom).id]
            self._restart()

    @rule(whom=WHICH)
    def somebody_gets_another_id(self, whom: int) -> None:
        old = self._person(whom).id
        self.file.people[self.file.new_name("person")] = self.file.people.pop(old)
        self._restart()

    @rule(whom=WHICH, where=WHICH)
    def somebody_moves(self, whom: int, where: int) -> None:
        id = self._person(whom).id
        self.file.people[id] = (self._office(where), self.file.people[id][1])
        self._restart()

    @rule(whom=WHICH, hours=st.integers(0, len(HOURS) - 1))
    def hours_change(self, whom: int, hours: int) -> None:
        id = self._person(whom).id
        self.file.people[id] = (self.file.people[id][0], hours)
        self._restart()

    @rule(where=WHICH)
    def somebody_comes(self, where: int) -> None:
        self.file.people[self.file.new_name("person")] = (self._office(where), 0)
        self._restart()

    @rule(where=WHICH)
    def an_office_gets_another_id(self, where: int) -> None:
        old, new = self._office(where), self.file.new_name("office")
        self.file.offices[self.file.offices.index(old)] = new
        for person in self.file.team(old):
            self.file.people[person] = (new, self.file.people[person][1])
        self._restart()

    @rule(where=WHICH)
    def an_office_closes(self, where: int) -> None:
        old = self._office(where)
        if len(self.file.team(old)) < len(self.file.people):
            for person in self.file.team(old):
                del self.file.people[person]
            self.file.offices.remove(old)
            self._restart()

    @rule()
    def an_office_opens(self) -> None:
        self.file.offices.append(self.file.new_name("office"))
        self._restart()

    @rule(day=st.sampled_from(CLOSED))
    def a_day_is_closed_or_open_again(self, day: str) -> None:
        self.file.closures ^= {day}
        self._restart()

    @rule(languages=st.sampled_from((["de", "en"], ["en"], ["en", "de"])))
    def the_languages_change(self, languages: list[str]) -> None:
        self.file.languages = languages
        self._restart()

    @rule(hours=st.sampled_from((1, 15, 24, 7 * 24)))
    def time_passes(self, hours: int) -> None:
        self.town.now += hours * 3600
        assert self._does(lambda unit: swept(unit, *PARTS.values())) == []

    @rule(whom=WHICH, to=st.none() | WHICH)
    def somebody_leaves(self, whom: int, to: int | None) -> None:
        self._leave(Actor.speaking_as(Role.CASE_MANAGER, self._person(whom).id), to)

    @rule(to=st.none() | WHICH)
    def what_check_says_is_done(self, to: int | None) -> None:
        for orphan in self._orphans():
            line = left_behind(orphan)
            if "staff moved" in line:
                moved = self.town.city.case_manager[orphan.who.id]
                self._told_once(self._does(partial(leaving.move_along, person=moved)))
            else:
                self._leave(orphan.who, to)
        assert self._orphans() == ()

    @invariant()
    def who_is_booked_is_with_somebody_in_whose_lists_it_stands_or_is_named(self) -> None:
        city, named = self.town.city, {each.id for each in self._does(_named)}
        ids = {orphan.who.id for orphan in self._orphans()}
        for about in self._booked():
            gone = {about.case_manager_id, about.office_id} - {*city.case_manager, *city.office}
            lists = [about.id in shown for shown in self._lists(about)]
            if city.has_at(about.case_manager_id, about.office_id):
                assert (about.id in named, lists) == (False, [True, True])
            else:
                assert about.id in named
                assert (gone or {about.case_manager_id}) <= ids

    @invariant()
    def whoever_is_named_is_nobody_of_the_file_or_sits_elsewhere(self) -> None:
        for orphan in self._orphans():
            assert orphan.sits_elsewhere == self.town.city.names(orphan.who.id)
            assert orphan.who.id in left_behind(orphan)

    @invariant()
    def what_the_calendar_no_longer_has_room_for_is_found(self) -> None:
        outside = {each.id for each in self._does(_outside)}
        for about in self._booked():
            day = local_time.local_day(about.start, BERLIN)
            named = about.case_manager_id in self.town.city.case_manager
            if named and day in self.town.city.closures:
                assert about.id in outside

    @invariant()
    def a_reminder_can_be_written_and_says_whom_to_call_where_nobody_is_there(self) -> None:
        city, now = self.town.city, self.town.now
        for about in self._booked():
            _, *more = reminders.screen(about, city, now, with_details=True).paragraphs
            there = city.has_at(about.case_manager_id, about.office_id)
            phones = [office for office in city.offices if office.phones]
            assert bool(more) == bool(not there and phones)

    def _leave(self, who: Actor, to: int | None) -> None:
        takers = [self._person(to)] if to is not None else []
        wanted = Leave(who, self.town.now, tuple(p for p in takers if p.id != who.id))
        self._told_once(self._does(partial(leaving.leave, wanted=wanted)))
        assert [a for a in self._booked() if who.id in (a.case_manager_id, a.office_id)] == []

    def _told_once(self, done: Aftermath) -> None:
        sql = (
            "SELECT COUNT(*) FROM outbox WHERE appointment_id = :id AND person_id = :person"
            " AND kind IN ('handed_over', 'called_off') AND dedupe_key LIKE :key"
        )
        for about in (*done.handed_over, *done.called_off):
            key = f"appt:{about.id}:{about.sequence}:%"
            told = self.town.rows(sql, id=about.id, person=about.person_id, key=key)
            assert self.runner.run(told) == [(1,)]

    def _lists(self, about: Appointment) -> list[set[int]]:
        """What stands in the list of its case manager, and in that of its office."""
        person = self.town.city.case_manager.get(about.case_manager_id)
        own = Actor.of(person) if person else Actor(Role.CASE_MANAGER, about.case_manager_id)
        desk = Actor(Role.FRONT_DESK, office_id=about.office_id)
        return [self._does(partial(_diary, who=who)) for who in (own, desk)]

    def _booked(self) -> list[Appointment]:
        """What is to come, read without any of the lists."""
        rows = self.runner.run(
            self.town.rows(
                "SELECT id FROM appointments WHERE status = 'booked' AND start_at > :now",
                now=self.town.now,
            )
        )
        return [self._does(partial(_known, number=number)) for (number,) in rows]

    def _orphans(self) -> tuple[Orphan, ...]:
        found: tuple[Orphan, ...] = self._does(_orphans)
        return found

    def _restart(self) -> None:
        self.town.city = self.file.load()
        enlisted = list(self.town.city.case_manager)
        self._does(lambda unit: case_managers.enlist(unit.tx, enlisted))
        self._does(leaving.forget_long_gone)
        self._does(orphans.report)

    def _person(self, which: int) -> CaseManager:
        people = self.town.city.case_managers
        return people[which % len(people)]

    def _office(self, which: int) -> str:
        return self.file.offices[which % len(self.file.offices)]

    def _does(self, work: Callable[[Unit], Any]) -> Any:
        return self.runner.run(self.town.does(work))


def _free(unit: Unit, client: int, person: CaseManager) -> list[Any]:
    search = Search((person.office_id,), person.id)
    days = list(Availability(unit, client).days(search, unit.today))[:3]
    return [slot for day in days for slot in Availability(unit, client).on(search, day)]


def _named(unit: Unit) -> tuple[Appointment, ...]:
    return orphans.appointments(unit.tx, unit.city, unit.now)


def _orphans(unit: Unit) -> tuple[Orphan, ...]:
    return orphans.of_city(unit.tx, unit.city, unit.now)


def _outside(unit: Unit) -> tuple[Appointment, ...]:
    return orphans.out_of_hours(unit.tx, unit.city, unit.now)


def _known(unit: Unit, number: int) -> Appointment:
    return appointments.known(unit.tx, number)


def _diary(unit: Unit, who: Actor) -> set[int]:
    last = unit.today + timedelta(days=DAYS)
    return {view.about.id for view in StaffService(unit, who).diary(unit.today, last)}


def check(new_database: NewDatabase, examples: int) -> None:
    run(EditedCity, new_database, examples=examples, steps=30)


def test_a_city_file_is_edited_on_sqlite(sizes: Sizes) -> None:
    check(new_file, sizes.edits)


def test_a_city_file_is_edited_on_postgresql(postgres_server: Server, sizes: Sizes) -> None:
    check(postgres_server.fresh, (sizes.slower or sizes).edits)
