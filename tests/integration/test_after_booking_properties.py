"""Whatever befalls appointments in whatever order: nobody is lost, nobody is told what is not so.

Clients, staff, the clock and the sender act at random on real storage; a model says what must then
be stored, told once, and listed where. Slots are taken as the services give them: which are free is
shown in test_bookings_properties.py.
"""

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from figures import Sizes
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)
from lives import (
    CITY,
    COMES,
    DAY,
    DESKS,
    GOES,
    HOUR,
    MINUTE,
    STAFF,
    STAFFING,
    TEAM,
    Life,
    Lives,
)
from machines import NewDatabase, new_file, run
from postgres import Server
from town import BERLIN, MONDAY_MORNING, VAULT, Town, open_town, swept

from bot.delivery.channel import Sent, Unreachable
from bot.delivery.recording import Attempt, settle
from bot.domain import local_time, reminder_times
from bot.domain.absence import Absence, Closing, Opening
from bot.domain.actors import CLIENT, OPERATOR, Actor, Role
from bot.domain.appointment import Appointment, Reason, Refused, Status, Version, Wishes
from bot.domain.appointment_view import AppointmentView
from bot.domain.lifecycle import Act
from bot.domain.open_matters import SETTLED_BY_WORD, Matter
from bot.domain.slots import Slot, slot_at
from bot.messages import payloads
from bot.messages.notices import Notice
from bot.messages.payloads import Kind
from bot.runtime.scheduled_jobs import PARTS
from bot.services import leaving, walk_in_bookings
from bot.services.bookings import Bookings
from bot.services.leaving import Leave
from bot.services.staff_service import StaffService
from bot.services.unit import Unit
from bot.services.walk_in_bookings import WalkInBookings
from bot.storage.engine.each_by_itself import SetAside
from bot.storage.queues import outbox
from bot.storage.records import absences, appointments, chats, persons
from bot.storage.upkeep import housekeeping, staff_ties

CLIENTS = (1, 2, 3)
ASKED = "possible_again_"
"""Whether to keep what is possible again; taken back where the time is closed anew."""
NOT_THE_MODELS = ("is_coming", "not_seen", "not_reached", "untold", "language_help")
"""What the clock tells of what is still open, and what is in the morning's list anyway."""
ACTS = (
    *(Act.SEE, Act.CALL_OFF, Act.CANCEL_FOR_CLIENT, Act.SETTLE, Act.SETTLE),
    *(Act.NOTE_LATE, Act.NOTE_ELSEWHERE, Act.CAME, Act.MISSED, Act.UNDO),
)
EVERYBODY = (*STAFF, OPERATOR)
WHO, WHICH = st.sampled_from(CLIENTS), st.integers(0, 11)
SOMETIMES = st.sampled_from((False, False, False, True))
PEOPLE, ACTORS = st.sampled_from(sorted(TEAM)), st.sampled_from(STAFF)
Time = tuple[str, int, int]
DAYS = st.sampled_from((0, 1, 1, 2))
TIMES = st.tuples(PEOPLE, DAYS, st.integers(0, 2))
"""A case manager, so many days ahead, and which of their times that day."""
STEPS = {"anna": 60, "ben": 45, "cora": 60}
LOOKS = {
    "appointments": "SELECT id, person_id, case_manager_id, office_id, start_at, end_at, sequence,"
    " CASE WHEN status <> 'cancelled' THEN status WHEN cancelled_by_client = 0 THEN 'called_off'"
    " ELSE 'cancelled' END FROM appointments WHERE status <> 'held'",
    "of staff": "SELECT case_manager_id, cell, appointment_id FROM case_manager_cells",
    "of clients": "SELECT person_id, cell, appointment_id FROM client_cells",
    "told": "SELECT dedupe_key, content FROM outbox WHERE dedupe_key LIKE 'appt:%'"
    " AND kind <> 'reminder' AND appointment_id IS NOT NULL ORDER BY id",
    "reminders": "SELECT appointment_id, dedupe_key FROM outbox WHERE kind = 'reminder'"
    " AND state IN ('planned', 'waiting')",
    "made out": "SELECT dedupe_key, person_id, state, settled_at FROM outbox WHERE dedupe_key LIKE"
    " 'appt:%' AND case_manager_id IS NULL AND state IN ('sent', 'failed')",
}
"""What is looked at after every step."""
"""Makes a database for the length of a block, and gives its URL."""


class AfterBooking(RuleBasedStateMachine):
    """Three clients and some who walk in, three case managers, two desks, and an operator."""

    def __init__(self, new_database: NewDatabase) -> None:
        super().__init__()
        self.new_database = new_database
        self.runner = asyncio.Runner()
        self.open = AsyncExitStack()
        self.lives = Lives()
        self.blocking: set[int] = set()
        self.seen: dict[str, list[tuple[Any, ...]]] = {}
        self.town = self.runner.run(self._open())

    async def _open(self) -> Town:
        url = self.open.enter_context(self.new_database())
        town = await self.open.enter_async_context(open_town(url, CITY))
        town.staffing = STAFFING
        assert tuple([await town.client(100 + number) for number in CLIENTS]) == CLIENTS
        for client in CLIENTS:
            await town.database.run(persons.agree, client, "1", town.now)
        for number, actor in enumerate((TEAM["anna"], TEAM["cora"], DESKS["mill"], OPERATOR)):
            chat = await town.client(200 + number)
            await town.database.run(staff_ties.tie, actor, chat, town.now)
            if actor.office_id and not actor.case_manager_id:
                self.lives.desks[actor.office_id] = chat
        return town

    def teardown(self) -> None:
        self.runner.run(self.open.aclose())
        self.runner.close()

    @initialize(wishes=st.lists(st.tuples(WHO | st.just(0), TIMES), min_size=2, max_size=5))
    def some_have_booked(self, wishes: list[tuple[int, Time]]) -> None:
        for client, time in wishes:
            if client:
                self.books(client, time)
            else:
                self.somebody_walks_in(TEAM[time[0]], time)

    @rule(client=WHO, time=TIMES)
    def books(self, client: int, time: Time) -> None:
        slot = self._slot(time)
        self._comes_back(client)
        answer = self._client(client, lambda b: b.confirm(slot, Wishes(), None))
        if isinstance(answer, Appointment) and answer.id not in self.lives.all:
            assert len(self.lives.to_come(client)) < CITY.rules.appointments_per_client
            self.lives.books(answer.id, client, slot, CLIENT)

    @rule(client=WHO, time=TIMES, which=WHICH, stale=SOMETIMES)
    def moves(self, client: int, time: Time, which: int, stale: bool) -> None:
        if (about := self._one(which, client)) is None:
            return
        slot, seen = self._slot(time), self._seen(about, stale)
        self._comes_back(client)
        self._client(client, lambda b: b.hold(slot, about.id))
        answer = self._client(client, lambda b: b.confirm(slot, Wishes(), seen))
        if about not in self.lives.to_come(client):
            assert answer == Refused(Reason.GONE)
        elif isinstance(answer, Appointment):
            there = (about.who, about.start) == (slot.case_manager_id, slot.start)
            assert there or not stale
            self.lives.moves(about.id, slot, CLIENT)

    @rule(client=WHO, time=TIMES)
    def presses_a_time(self, client: int, time: Time) -> None:
        slot = self._slot(time)
        self._client(client, lambda b: b.hold(slot, None))

    @rule(client=WHO, which=WHICH, stale=SOMETIMES)
    def cancels(self, client: int, which: int, stale: bool) -> None:
        if about := self._one(which, client):
            seen = self._seen(about, stale)
            answer = self._client(client, lambda b: b.cancel(seen))
            may = about in self.lives.to_come(client) and not stale
            assert isinstance(answer, Appointment) == may
            if may:
                self.lives.ends(about.id, Status.CANCELLED, CLIENT)

    @rule(client=WHO, which=WHICH)
    def says_they_are_late(self, client: int, which: int) -> None:
        if about := self._one(which, client):
            answer = self._client(client, lambda b: b.say_late(self._seen(about, stale=False)))
            may = about.client == client and self.lives.may(Act.NOTE_LATE, about)
            if may:
                self.lives.is_late(about.id, CLIENT)
            assert may <= isinstance(answer, Appointment)

    @rule(actor=ACTORS, time=TIMES)
    def somebody_walks_in(self, actor: Actor, time: Time) -> None:
        slot = self._slot(time)
        answer = self._does(
            lambda u: WalkInBookings(u, actor).book(slot, "ar", Wishes(), form=None)
        )
        if isinstance(answer, Appointment):
            assert actor.speaks_for(CITY.case_manager[slot.case_manager_id])
            self.lives.paper.add(answer.person_id)
            self.lives.books(answer.id, answer.person_id, slot, actor)

    @precondition(lambda self: self._on_paper())
    @rule(client=WHO, which=WHICH)
    def a_slip_is_claimed(self, client: int, which: int) -> None:
        every = self._on_paper()
        papers = [e for e in every if e.status is Status.BOOKED] or every
        about = papers[-1 - which % len(papers)]
        token = self._does(
            lambda u: walk_in_bookings.claim_token(VAULT, appointments.known(u.tx, about.id))
        )
        self._comes_back(client)
        answer = self._does(lambda u: walk_in_bookings.claim(u, token, client))
        mine = self.lives.to_come(client)
        overlaps = any(e.start < about.end and about.start < e.end for e in mine)
        may = about.status is Status.BOOKED and self.town.now < about.end and not overlaps
        assert (answer is not None) <= may
        if answer is not None:
            self.lives.is_claimed(about.id, client)

    @rule(who=WHICH, act=st.sampled_from(ACTS), which=WHICH, stale=SOMETIMES)
    def somebody_of_the_staff_does(self, who: int, act: Act, which: int, stale: bool) -> None:
        if (about := self._one(which)) is None:
            return
        actor = self._actor(who, about)
        seen, matters = (
            self._seen(about, stale),
            self.lives.matters(about, missed=about.id in self._missed()),
        )
        answer = self._does(lambda u: StaffService(u, actor).do(act, seen))
        if not self.lives.looks_after(actor, about):
            assert answer == Refused(Reason.GONE)
        elif stale:
            assert answer == Refused(Reason.CHANGED)
        elif self.lives.may(act, about):
            assert isinstance(answer, AppointmentView)
            if act is Act.SETTLE:
                self.lives.is_settled(about.id, matters)
            else:
                self.lives.does(act, about.id, actor)

    @rule(who=WHICH, which=WHICH, time=TIMES, stale=SOMETIMES)
    def somebody_of_the_staff_finds_another_time(
        self, who: int, which: int, time: Time, stale: bool
    ) -> None:
        off = [e for e in self.lives.all.values() if e.status is Status.CALLED_OFF]
        if (about := off[-1 - which % len(off)] if off and who % 2 else self._one(which)) is None:
            return
        actor = self._actor(who, about)
        slot = self._slot((actor.case_manager_id or time[0], *time[1:]))
        seen = self._seen(about, stale)
        answer = self._does(lambda u: StaffService(u, actor).another_time(seen, slot))
        theirs = actor.speaks_for(CITY.case_manager[slot.case_manager_id])
        anew = about.status is Status.CALLED_OFF and not self.lives.is_rebooked(about)
        may = (
            self.lives.looks_after(actor, about)
            and theirs
            and (anew or self.lives.may(Act.MOVE_FOR_CLIENT, about))
        )
        if not may:
            assert answer in (Refused(Reason.GONE), *[Refused(Reason.CHANGED)] * stale)
        elif isinstance(answer, AppointmentView) and anew:
            assert answer.about.id not in self.lives.all
            self.lives.books(answer.about.id, about.client, slot, actor, instead=True)
        elif isinstance(answer, AppointmentView):
            assert answer.about.id == about.id
            self.lives.moves(about.id, slot, actor)

    @rule(who=PEOPLE, days=DAYS, length=st.sampled_from((3, 24, 48)), by=st.none() | ACTORS)
    def somebody_is_absent(self, who: str, days: int, length: int, by: Actor | None) -> None:
        actor = by or TEAM[who]
        start = self.town.now - self.town.now % HOUR + (days * DAY if length > 3 else 0)
        end = start + length * HOUR
        answer = self._does(lambda u: StaffService(u, actor).absent(who, start, end))
        stands_in = who == "ben" and actor is TEAM["anna"]
        if end <= self.town.now or not (actor.speaks_for(CITY.case_manager[who]) or stands_in):
            assert answer == Refused(Reason.GONE)
            return
        assert isinstance(answer, Closing)
        hit = {
            each.id
            for each in self.lives.all.values()
            if each.status is Status.BOOKED and each.who == who and each.start > self.town.now
            if each.start < end and start < each.end
        }
        assert {each.id for each in answer.called_off} == hit
        for id in sorted(hit):
            self.lives.ends(id, Status.CALLED_OFF, actor)

    @rule(which=WHICH)
    def somebody_is_there_again(self, which: int) -> None:
        if known := self._does(_closed):
            self._opens(known[which % len(known)])

    @rule(who=PEOPLE, days=DAYS)
    def a_day_is_closed_by_mistake(self, who: str, days: int) -> None:
        self.somebody_is_absent(who, days, 24, None)
        for closed in self._does(_closed):
            if closed.case_manager_id == who:
                self._opens(closed)

    def _opens(self, closed: Absence) -> None:
        actor = TEAM[closed.case_manager_id]
        opening = self._does(lambda u: StaffService(u, actor).present(closed.id))
        assert isinstance(opening, Opening)
        assert opening.absence == closed
        for about in (*opening.asked, *opening.to_phone):
            assert self.lives.can_be_kept(about.id)
        self.lives.asked |= {(each.id, each.sequence) for each in opening.asked}

    @rule(who=PEOPLE, days=st.sampled_from((0, 0, 1)), to=st.sets(PEOPLE))
    def somebody_leaves(self, who: str, days: int, to: set[str]) -> None:
        at, takers = self.town.now + days * DAY, sorted(to - {who})
        wanted = Leave(
            Actor(Role.CASE_MANAGER, who), at, tuple(CITY.case_manager[id] for id in takers)
        )
        done = self._does(lambda u: leaving.leave(u, wanted))
        hit = {
            each.id
            for each in self.lives.all.values()
            if each.status is Status.BOOKED and each.who == who and each.start >= at
        }
        self.lives.left.add(who)
        assert {each.id for each in (*done.handed_over, *done.called_off)} == hit
        for each in done.handed_over:
            assert each.case_manager_id in takers
            self.lives.is_handed_over(each.id, each.case_manager_id, OPERATOR)
        for each in done.called_off:
            self.lives.ends(each.id, Status.CALLED_OFF, OPERATOR)

    @rule(who=PEOPLE)
    def somebody_stays(self, who: str) -> None:
        self._does(lambda u: leaving.stay(u, Actor(Role.CASE_MANAGER, who)))

    @rule(client=WHO)
    def blocks_the_bot(self, client: int) -> None:
        self.blocking.add(client)

    @rule()
    def messages_go_out(self) -> None:
        self._does(lambda unit: outbox.expire(unit.tx, unit.now))
        self._does(lambda unit: outbox.promote_due(unit.tx, unit.now))
        while claimed := self.runner.run(self.town.claim()):
            for each in claimed:
                lost = each.person_id in self.blocking or not each.reachable
                found = Unreachable() if lost else Sent(None)
                if lost:
                    self.lives.unreachable.add(each.person_id)
                self._does(partial(settle, attempt=Attempt(each, None), found=found))

    @rule(minutes=st.sampled_from((1, 11, 45, 60, 15 * 60, 24 * 60)))
    def time_passes(self, minutes: int) -> None:
        if self.town.now < MONDAY_MORNING + 6 * DAY:  # before anything is forgotten
            self._jump(self.town.now + minutes * MINUTE)

    @rule(minutes=st.sampled_from((-90, 5)))
    def it_is_about_the_next_talk(self, minutes: int) -> None:
        booked = [e.start for e in self.lives.all.values() if e.status is Status.BOOKED]
        coming = [start + minutes * MINUTE for start in booked if start > self.town.now]
        if coming:
            self._jump(max(self.town.now, min(coming)))

    @invariant()
    def a_second_passes(self) -> None:
        """What was called off and what was taken instead can be told apart by when."""
        self.town.now = self.lives.now = self.town.now + 1

    @invariant()
    def what_is_stored_is_what_happened(self) -> None:
        stored = self._look("appointments")
        assert {row[0]: row for row in stored} == {
            e.id: (e.id, e.client, e.who, e.office, e.start, e.end, e.sequence, e.status.value)
            for e in self.lives.all.values()
        }

    @invariant()
    def no_two_overlap_and_each_has_its_own_cells(self) -> None:
        assert self.lives.no_two_overlap()
        coming = [e for e in self._booked() if e.start >= self.town.now]
        of_staff = {(e.who, n, e.id) for e in coming for n in range(e.start // 300, e.free // 300)}
        of_client = {
            (e.client, n, e.id) for e in coming for n in range(e.start // 300, e.end // 300)
        }
        ids = {each.id for each in coming}
        for name, needed in (("of staff", of_staff), ("of clients", of_client)):
            assert {row for row in self._look(name) if row[2] in ids} == needed

    @invariant()
    def each_is_told_once_what_another_did_and_nobody_of_what_did_not_happen(self) -> None:
        keys = [key.split(":") for key, _ in self._look("told")]
        asked = {(int(id), int(n)) for _, id, n, what, *_ in keys if what.startswith(ASKED)}
        assert asked <= self.lives.asked
        others = [key for key in keys if not key[3].startswith(ASKED)]
        found = {":".join(key) for key in others if key[3] not in NOT_THE_MODELS}
        told = {each.key for each in self.lives.told}
        joined = {each.key for some in self.lives.stories().values() for each in some}
        must = {each.key for each in self.lives.told if each.whom not in self.lives.left}
        assert must - joined <= found <= told

    @invariant()
    def the_last_notice_a_case_manager_gets_of_an_appointment_says_how_it_is(self) -> None:
        kept: dict[tuple[int, str], list[Notice]] = {}
        for key, content in self._look("told"):
            _, about, _, what, *whom = key.split(":")
            if what in (*COMES, *GOES) and whom[-1] in TEAM:
                notice = payloads.decode(Kind.NOTICE, content)
                assert isinstance(notice, Notice)
                kept.setdefault((int(about), whom[-1]), []).append(notice)
        for (about, whom), told in self.lives.stories().items():
            notices, last = kept.get((about, whom), []), told[-1]
            assert len(notices) <= len(told)
            if last.what in COMES:
                known = notices[-1].about
                assert notices[-1].kind in COMES
                assert (known.sequence, known.start) == (last.sequence, last.start)
            else:
                assert not notices or notices[-1].kind in GOES

    @invariant()
    def only_what_is_booked_is_reminded_of_and_each_has_its_reminders(self) -> None:
        open_ones = set(self._look("reminders"))
        needed = {
            (e.id, f"appt:{e.id}:{e.sequence}:{planned.kind}:{e.client}")
            for e in self._booked()
            if e.client not in self.lives.paper
            for planned in reminder_times.plan(e.start, self.town.now, BERLIN)
        }
        lost = self.lives.unreachable
        alive = {
            e.id: e
            for e in self.lives.all.values()
            if e.status in (Status.BOOKED, Status.CAME, Status.MISSED)
        }
        assert {each for each in needed if alive[each[0]].client not in lost} <= open_ones
        assert {
            (about, key)
            for about, key in open_ones
            if about not in alive or key.split(":")[2] != str(alive[about].sequence)
        } == set()

    @invariant()
    def each_stands_in_the_lists_of_those_who_can_act_on_it_and_no_other(self) -> None:
        midnight, _ = local_time.day_bounds(local_time.local_day(self.town.now, BERLIN), BERLIN)
        shown = {Status.BOOKED, Status.CAME, Status.MISSED}
        alive = [e for e in self.lives.all.values() if e.status in shown and e.start >= midnight]
        missed = self._missed()
        open_now = {
            e.id: self.lives.matters(e, missed=e.id in missed) for e in self.lives.all.values()
        }
        lists = self._does(lambda unit: {actor: _lists(unit, actor) for actor in EVERYBODY})
        for actor, (diary, matters) in lists.items():
            own = {e.id for e in alive if actor in (TEAM[e.who], DESKS[e.office])}
            assert diary == own
            assert matters == {
                e.id: open_now[e.id]
                for e in self.lives.all.values()
                if open_now[e.id] and self.lives.looks_after(actor, e)
            }

    def _one(self, which: int, client: int | None = None) -> Life | None:
        """One of the client's own for most numbers, any else."""
        every = list(self.lives.all.values())
        own = [e for e in every if client is None or e.client == client]
        some = own if own and which < 9 else every
        return some[-1 - which % len(some)] if some else None

    def _actor(self, number: int, about: Life) -> Actor:
        """One of those whose appointment it is for most numbers, any else."""
        own = [each for each in STAFF if self.lives.looks_after(each, about)]
        some = own if number < 9 else list(STAFF)
        return some[number % len(some)]

    def _on_paper(self) -> list[Life]:
        return [e for e in self.lives.all.values() if e.client in self.lives.paper]

    def _booked(self) -> list[Life]:
        return [each for each in self.lives.all.values() if each.status is Status.BOOKED]

    def _seen(self, about: Life, stale: bool) -> Version:
        return Version(about.id, about.sequence - stale)

    def _missed(self) -> set[int]:
        """Of which the last message to its client, about it as it stands, did not arrive."""
        last: dict[int, tuple[int, bool]] = {}
        for key, person, state, at in self._look("made out"):
            _, id, sequence, *_ = key.split(":")
            about = self.lives.all.get(int(id))
            if about and (about.client, str(about.sequence)) == (person, sequence):
                last[about.id] = max(last.get(about.id, (-1, False)), (at, state == "failed"))
        return {id for id, (_, failed) in last.items() if failed}

    def _comes_back(self, client: int) -> None:
        """Whoever presses or writes can be written to again."""
        self.blocking.discard(client)
        self.lives.unreachable.discard(client)

        def work(unit: Unit) -> None:
            chat = chats.of(unit.tx, client)
            assert chat is not None
            chats.save(unit.tx, replace(chat, reachable=True), unit.now)

        self._does(work)

    def _jump(self, to: int) -> None:
        self.town.now = self.lives.now = to
        assert self.runner.run(self.town.database.run(housekeeping.tidy, to, BERLIN)) == []
        assert self._does(_told_by_the_clock) == []

    def _slot(self, time: Time) -> Slot:
        who, days, which = time
        today, _ = local_time.day_bounds(local_time.local_day(self.town.now, BERLIN), BERLIN)
        start = today + days * DAY + 9 * HOUR + which * STEPS[who] * MINUTE
        return slot_at(CITY.case_manager[who], start)

    def _client(self, client: int, act: Callable[[Bookings], Any]) -> Any:
        return self._does(lambda unit: act(Bookings(unit, client, "en", CLIENT)))

    def _does(self, work: Callable[[Unit], Any]) -> Any:
        self.seen = {}
        return self.runner.run(self.town.does(work))

    def _look(self, name: str) -> list[tuple[Any, ...]]:
        """All is read at once, and again after the next step."""
        self.seen = self.seen or self._does(_stored)
        return self.seen[name]


def _stored(unit: Unit) -> dict[str, list[tuple[Any, ...]]]:
    return {
        name: [tuple(dict(row).values()) for row in unit.tx.all(sql)] for name, sql in LOOKS.items()
    }


def _lists(unit: Unit, actor: Actor) -> tuple[set[int], dict[int, frozenset[Matter]]]:
    """The talks in somebody's list from today on, and what they are shown as left to do."""
    service = StaffService(unit, actor)
    diary = service.diary(unit.today, unit.today + timedelta(days=30))
    matters = {view.about.id: SETTLED_BY_WORD & {*view.matters} for view in service.open_matters()}
    return {view.about.id for view in diary}, {id: found for id, found in matters.items() if found}


def _closed(unit: Unit) -> list[Absence]:
    return [each for who in TEAM for each in absences.coming(unit.tx, who, unit.now)]


def _told_by_the_clock(unit: Unit) -> list[SetAside]:
    return swept(unit, *PARTS.values())


def check(new_database: NewDatabase, examples: int) -> None:
    run(AfterBooking, new_database, examples=examples, steps=12)


def test_after_booking_on_sqlite(sizes: Sizes) -> None:
    check(new_file, sizes.lives)


def test_after_booking_on_postgresql(postgres_server: Server, sizes: Sizes) -> None:
    check(postgres_server.fresh, (sizes.slower or sizes).lives)
