"""Whatever several clients do in whatever order: no overlap, nothing lost, nothing left over.

Each step is predicted by a model that knows the rules of booking in minutes and nothing of the
code. What is then stored must be what the model says, cell by cell.
"""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from itertools import combinations
from typing import NamedTuple

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
from town import MONDAY_MORNING, Town, block, case_manager, invented, open_town

from bot.domain.appointment import Appointment, Reason, Refused
from bot.domain.slots import Slot, slot_at

MINUTE, DAY = 60, 86_400
MIDNIGHT = MONDAY_MORNING - 9 * 60 * MINUTE
CLIENTS = (1, 2, 3)
HOLD = 10 * MINUTE
LIMIT, HORIZON = 2, 4

# Talks of three lengths; Anna's blocks overlap, so that her own slots do, too.
CITY = invented(
    case_manager(
        "anna",
        "mill",
        *(block(day, "09:00", "11:00") for day in range(7)),
        *(block(day, "09:30", "11:30") for day in range(7)),
        talks_a_day=2,
    ),
    case_manager("ben", "mill", *(block(day, "09:00", "10:30") for day in range(7)), talk=30),
    case_manager(
        "cora", "quay", *(block(day, "09:15", "10:15") for day in range(7)), talk=20, buffer=0
    ),
    horizon=HORIZON,
    limit=LIMIT,
)


class Length(NamedTuple):
    """Minutes of a talk and its buffer, talks a day, and when talks can begin."""

    talk: int
    buffer: int
    talks_a_day: int
    starts: frozenset[int]


RELEASED = {
    "anna": Length(45, 15, 2, frozenset({540, 600, 570, 630})),
    "ben": Length(30, 15, 6, frozenset({540, 585})),
    "cora": Length(20, 0, 6, frozenset({555, 575, 595})),
}


@dataclass(frozen=True)
class Taken:
    """A stretch somebody holds or has booked."""

    client: int
    case_manager: str
    start: int
    until: int = 0
    moves: int | None = None

    @property
    def end(self) -> int:
        return self.start + RELEASED[self.case_manager].talk * MINUTE

    @property
    def free(self) -> int:
        return self.end + RELEASED[self.case_manager].buffer * MINUTE

    @property
    def day(self) -> int:
        return (self.start - MIDNIGHT) // DAY

    def is_released(self, now: int) -> bool:
        """Between lead time and horizon, where a talk begins; the week has no holiday."""
        today = (now - MIDNIGHT) // DAY
        first = today + (3 if today % 7 == 4 else 2 if today % 7 == 5 else 1)
        minute = (self.start - MIDNIGHT) % DAY // MINUTE
        return first <= self.day <= today + HORIZON and minute in RELEASED[self.case_manager].starts


class Model:
    """Who has what, and what must happen next."""

    def __init__(self) -> None:
        self.booked: dict[int, Taken] = {}
        self.holds: dict[int, Taken] = {}
        self.now = MONDAY_MORNING

    def is_own(self, client: int, number: int | None) -> bool:
        """Whether this is an appointment of the client that has not begun."""
        mine = self.booked.get(number or 0)
        return mine is not None and mine.client == client and mine.start > self.now

    def verdict(self, wish: Taken) -> bool:
        """Whether a time is open to a client; the buffer binds the case manager alone."""
        theirs = [taken for number, taken in self.booked.items() if number != wish.moves]
        holds = [
            held
            for held in self.holds.values()
            if held.client != wish.client and held.until > self.now
        ]
        same = [t for t in (*theirs, *holds) if t.case_manager == wish.case_manager]
        own = [t for t in theirs if t.client == wish.client and t.start > self.now]
        return not (
            not wish.is_released(self.now)
            or sum(t.day == wish.day for t in same) >= RELEASED[wish.case_manager].talks_a_day
            or any(t.start < wish.free and wish.start < t.free for t in same)
            or any(t.start < wish.end and wish.start < t.end for t in own)
        )

    def gives_up_hold(self, client: int, moving: int | None) -> None:
        """A hold is of no use once what it was for is done or gone."""
        held = self.holds.get(client)
        if held and held.moves == moving:
            del self.holds[client]

    def confirming(self, wish: Taken) -> Reason | bool | int:
        """A reason, an appointment that is there already, or whether the time is open."""
        if wish.moves is not None and not self.is_own(wish.client, wish.moves):
            return Reason.GONE
        mine = [n for n in self.booked if self.is_own(wish.client, n)]
        for number in mine:
            there = self.booked[number]
            if (there.case_manager, there.start) == (wish.case_manager, wish.start):
                return number if wish.moves in (None, number) else False
        if wish.moves is None and len(mine) >= LIMIT:
            return Reason.TOO_MANY
        held = self.holds.get(wish.client)
        if held and held.until > self.now and replace(held, until=0) == wish:
            return True
        return self.verdict(wish)


class Stored(NamedTuple):
    """A held or booked row."""

    id: int
    client: int
    case_manager: str
    start: int
    booked: bool
    until: int | None
    moves: int | None


HELD_AND_BOOKED = (
    "SELECT id, person_id, case_manager_id, start_at, status = 'booked' AS booked, hold_until,"
    " moves_id FROM appointments WHERE status IN ('held', 'booked')"
)
Time = tuple[tuple[str, int], int]
"""A case manager and a minute of the day, so many days ahead."""

TIMES = st.tuples(
    st.sampled_from(
        [(name, minute) for name, length in RELEASED.items() for minute in sorted(length.starts)]
    ),
    st.sampled_from((1, 1, 1, 2)),
)
WHO = st.sampled_from(CLIENTS)
WHICH = st.none() | st.integers(0, 2)


"""Makes a database for the length of a block, and gives its URL."""


class SeveralClients(RuleBasedStateMachine):
    """Three clients, three case managers, two days with room for few."""

    def __init__(self, new_database: NewDatabase) -> None:
        super().__init__()
        self.new_database = new_database
        self.runner = asyncio.Runner()
        self.open = AsyncExitStack()
        self.model = Model()
        self.ever: list[int] = []
        self.town = self.runner.run(self._open())

    async def _open(self) -> Town:
        url = self.open.enter_context(self.new_database())
        town = await self.open.enter_async_context(open_town(url, CITY))
        assert tuple([await town.client(100 + number) for number in CLIENTS]) == CLIENTS
        return town

    def teardown(self) -> None:
        self.runner.run(self.open.aclose())
        self.runner.close()

    @initialize(wishes=st.lists(st.tuples(WHO, TIMES), max_size=4))
    def some_have_booked(self, wishes: list[tuple[int, Time]]) -> None:
        for client, time in wishes:
            self.confirms(client, time, None)

    @rule(client=WHO, time=TIMES, which=WHICH)
    def presses_a_time(self, client: int, time: Time, which: int | None) -> None:
        self._hold(*self._wish(client, time, which))

    @rule(client=WHO, time=TIMES, which=WHICH)
    def confirms(self, client: int, time: Time, which: int | None) -> None:
        self._confirm(*self._wish(client, time, which))

    @rule(client=WHO)
    def confirms_what_was_held(self, client: int) -> None:
        if held := self.model.holds.get(client):
            wish = replace(held, until=0)
            self._confirm(wish, self._slot(wish))

    @rule(client=WHO, other=WHO, minutes=st.sampled_from((0, 9, 10)), which=WHICH)
    def presses_what_another_held(
        self, client: int, other: int, minutes: int, which: int | None
    ) -> None:
        if held := self.model.holds.get(other):
            self.time_passes(minutes)
            wish = replace(held, client=client, until=0, moves=self._chosen(client, which))
            self._hold(wish, self._slot(wish))

    @rule(client=WHO, which=st.integers(0, 5))
    def cancels(self, client: int, which: int) -> None:
        number = self.ever[which] if which < len(self.ever) else 999
        answer = self.runner.run(self.town.cancel(client, number))
        if self.model.is_own(client, number):
            assert isinstance(answer, Appointment)
            del self.model.booked[number]
            self.model.gives_up_hold(client, number)
        else:
            assert answer == Refused(Reason.GONE)

    @rule(minutes=st.sampled_from((1, 5, 9, 10, 11, 60, 15 * 60, 24 * 60)))
    def time_passes(self, minutes: int) -> None:
        if self.model.now > MONDAY_MORNING + 14 * DAY:  # before the holidays begin
            return
        self.model.now += minutes * MINUTE
        self.town.now = self.model.now

    @invariant()
    def what_is_stored_is_what_was_reported(self) -> None:
        rows = self._stored()
        booked = {row.id: (row.client, row.case_manager, row.start) for row in rows if row.booked}
        assert len(booked) == sum(row.booked for row in rows)
        assert booked == {
            number: (taken.client, taken.case_manager, taken.start)
            for number, taken in self.model.booked.items()
        }

    @invariant()
    def a_client_has_at_most_one_hold_and_it_is_the_last_one_reported(self) -> None:
        held = [row for row in self._stored() if not row.booked]
        assert len({row.client for row in held}) == len(held)
        standing = {
            row.client: Taken(row.client, row.case_manager, row.start, row.until or 0, row.moves)
            for row in held
            if (row.until or 0) > self.model.now
        }
        assert standing == {
            client: taken
            for client, taken in self.model.holds.items()
            if taken.until > self.model.now
        }

    @invariant()
    def every_cell_is_owned_by_who_needs_it(self) -> None:
        rows = {row.id: row for row in self._stored()}
        of_staff = self._cells("case_manager_cells", "case_manager_id")
        of_client = self._cells("client_cells", "person_id")
        assert of_staff.keys() | of_client.keys() <= rows.keys()
        for row in rows.values():
            taken = Taken(row.client, row.case_manager, row.start)
            for owned, who, end in (
                (of_staff, row.case_manager, taken.free),
                (of_client, row.client, taken.end),
            ):
                needed = {(who, cell) for cell in range(row.start // 300, end // 300)}
                mine = owned.get(row.id, set())
                if row.moves is None:
                    assert mine == needed
                elif row.moves in rows:  # a hold shares the cells of what it is to replace
                    assert mine == needed - owned[row.moves]
                else:
                    assert mine <= needed

    @invariant()
    def no_two_booked_appointments_overlap(self) -> None:
        for one, other in combinations(self.model.booked.values(), 2):
            if one.case_manager == other.case_manager:
                assert one.free <= other.start or other.free <= one.start
            if one.client == other.client:
                assert one.end <= other.start or other.end <= one.start

    @invariant()
    def no_day_and_no_client_has_more_than_allowed(self) -> None:
        days = [(t.case_manager, t.day) for t in self.model.booked.values()]
        assert all(days.count(day) <= RELEASED[day[0]].talks_a_day for day in days)
        coming = [t.client for t in self.model.booked.values() if t.start > self.model.now]
        assert all(coming.count(client) <= LIMIT for client in CLIENTS)

    def _hold(self, wish: Taken, slot: Slot) -> None:
        refused = self.runner.run(self.town.hold(wish.client, slot, wish.moves))
        if wish.moves is not None and not self.model.is_own(wish.client, wish.moves):
            assert refused == Refused(Reason.GONE)
            return
        self.model.holds.pop(wish.client, None)
        assert refused == (None if self.model.verdict(wish) else Refused(Reason.TAKEN))
        if refused is None:
            self.model.holds[wish.client] = replace(wish, until=self.model.now + HOLD)

    def _confirm(self, wish: Taken, slot: Slot) -> None:
        expected = self.model.confirming(wish)
        if wish.moves is None:
            answer = self.runner.run(self.town.confirm(wish.client, slot))
        else:
            answer = self.runner.run(self.town.move_as_it_is(wish.client, slot, wish.moves))
        if isinstance(expected, Reason):
            assert answer == Refused(expected)
        elif expected is False:
            assert answer == Refused(Reason.TAKEN)
            self.model.holds.pop(wish.client, None)
        else:
            assert isinstance(answer, Appointment)
            if expected is True:
                self._now_booked(wish, answer)
            else:
                assert answer.id == expected
                self.model.gives_up_hold(wish.client, wish.moves)

    def _now_booked(self, wish: Taken, answer: Appointment) -> None:
        new = answer.id not in self.ever
        assert new == (wish.moves is None)
        assert wish.moves in (None, answer.id)
        assert (answer.person_id, answer.case_manager_id, answer.start, answer.end) == (
            wish.client,
            wish.case_manager,
            wish.start,
            wish.end,
        )
        self.ever += [answer.id] if new else []
        self.model.booked[answer.id] = replace(wish, moves=None)
        self.model.holds.pop(wish.client, None)

    def _wish(self, client: int, time: Time, which: int | None) -> tuple[Taken, Slot]:
        (name, minute), days = time
        today = (self.model.now - MIDNIGHT) // DAY
        start = MIDNIGHT + (today + days) * DAY + minute * MINUTE
        moves = self._chosen(client, which)
        wish = Taken(client, name, start, moves=moves)
        return wish, self._slot(wish)

    def _chosen(self, client: int, which: int | None) -> int | None:
        """One of the client's own for the first two, anybody's or a cancelled one else."""
        if which is None or not self.ever:
            return None
        own = [n for n in self.model.booked if self.model.is_own(client, n)]
        return own[which % len(own)] if own and which < 2 else self.ever[which % len(self.ever)]

    def _slot(self, wish: Taken) -> Slot:
        return slot_at(CITY.case_manager[wish.case_manager], wish.start)

    def _stored(self) -> list[Stored]:
        return [Stored(*row) for row in self.runner.run(self.town.rows(HELD_AND_BOOKED))]

    def _cells(self, table: str, key: str) -> dict[int, set[tuple[str | int, int]]]:
        found: dict[int, set[tuple[str | int, int]]] = {}
        for number, owner, cell in self.runner.run(
            self.town.rows(f"SELECT appointment_id, {key}, cell FROM {table}")
        ):
            found.setdefault(number, set()).add((owner, cell))
        return found


def check(new_database: NewDatabase, examples: int) -> None:
    run(SeveralClients, new_database, examples=examples, steps=40)


def test_several_clients_on_sqlite(sizes: Sizes) -> None:
    check(new_file, sizes.crowds)


def test_several_clients_on_postgresql(postgres_server: Server, sizes: Sizes) -> None:
    check(postgres_server.fresh, (sizes.slower or sizes).crowds)
