"""What must become of appointments and of who hears of it: a model that knows none of the code."""

from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import NamedTuple

from town import MONDAY_MORNING, block, case_manager, invented

from bot.domain.actors import OPERATOR, Actor, Role
from bot.domain.appointment import Status
from bot.domain.lifecycle import Act
from bot.domain.open_matters import SETTLED_BY_WORD, Matter
from bot.domain.slots import Slot
from bot.domain.staffing import OfficeReach, Reach, Staffing

MINUTE, HOUR, DAY = 60, 3600, 86_400
CITY = invented(
    case_manager("anna", "mill", *(block(day, "09:00", "12:00") for day in range(7))),
    case_manager("ben", "mill", *(block(day, "09:00", "11:20") for day in range(7)), talk=30),
    case_manager("cora", "quay", *(block(day, "09:00", "11:00") for day in range(7)), talk=45),
    horizon=4,
    limit=3,
)
STAFFING = Staffing({"ben": Reach(deputy="anna")}, {"mill": OfficeReach(seen_within_hours=4)})
TEAM = {each.id: Actor.of(each) for each in CITY.case_managers}
DESKS = {id: Actor(Role.FRONT_DESK, office_id=id) for id in ("mill", "quay")}
STAFF = (*TEAM.values(), *DESKS.values())
COMES, GOES = ("booked", "moved"), ("cancelled", "cancelled_for_client", "called_off")
OVER = frozenset({Status.CAME, Status.MISSED})


@dataclass(frozen=True)
class Life:
    """An appointment as it must be now; `changed` is when its client last took this time."""

    id: int
    client: int
    who: str
    start: int
    changed: int
    sequence: int = 0
    status: Status = Status.BOOKED
    late: bool = False
    handed_over: bool = False
    cancelled: int = 0
    settled: frozenset[Matter] = frozenset()

    @property
    def office(self) -> str:
        return CITY.case_manager[self.who].office_id

    @property
    def end(self) -> int:
        return self.start + CITY.case_manager[self.who].talk_minutes * MINUTE

    @property
    def free(self) -> int:
        return self.end + CITY.case_manager[self.who].buffer_minutes * MINUTE


class Told(NamedTuple):
    """What one person or case manager must be told of an appointment, at its `sequence`.

    `start` is when it is to be, as far as it is theirs.
    """

    about: int
    sequence: int
    what: str
    whom: str
    start: int = 0

    @property
    def key(self) -> str:
        return f"appt:{self.about}:{self.sequence}:{self.what}:{self.whom}"


@dataclass
class Lives:
    """All appointments there are, and what was to be told; `paper` are clients without a chat.

    `desks` are the chats of the front desks, `left` case managers who have left once: what was
    kept for them until they have a chat may be gone. `asked` are those, with their sequence, whose
    client was asked whether to keep what is possible again.
    """

    all: dict[int, Life] = field(default_factory=dict)
    told: set[Told] = field(default_factory=set)
    paper: set[int] = field(default_factory=set)
    unreachable: set[int] = field(default_factory=set)
    desks: dict[str, int] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)
    asked: set[tuple[int, int]] = field(default_factory=set)
    now: int = MONDAY_MORNING

    def of(self, client: int, status: Status = Status.BOOKED) -> list[Life]:
        return [e for e in self.all.values() if e.client == client and e.status is status]

    def to_come(self, client: int) -> list[Life]:
        return [each for each in self.of(client) if each.start > self.now]

    def may(self, act: Act, about: Life) -> bool:
        """What somebody of the staff can do about an appointment that is theirs."""
        booked, now = about.status is Status.BOOKED, self.now
        match act:
            case Act.SEE | Act.CALL_OFF:
                return booked and now < about.start
            case Act.CANCEL_FOR_CLIENT | Act.MOVE_FOR_CLIENT:
                return booked and now < about.end
            case Act.NOTE_LATE | Act.NOTE_ELSEWHERE:
                return booked and about.start - 2 * HOUR <= now < about.end
            case Act.SETTLE:
                return (booked or about.status is Status.CALLED_OFF) and now < about.end
            case Act.CAME | Act.MISSED:
                return booked and now >= about.start
            case _:
                return about.status in OVER

    def looks_after(self, actor: Actor, about: Life) -> bool:
        """Its case manager, who stands in for them, the desk of its office, and the operator."""
        stands_in = about.who == "ben" and actor.case_manager_id == "anna"
        return stands_in or actor in (TEAM[about.who], DESKS[about.office], OPERATOR)

    def is_rebooked(self, off: Life) -> bool:
        """Whether the client of what was called off has another time, taken since."""
        return any(
            each.changed >= off.cancelled and each.status in {Status.BOOKED, *OVER}
            for each in self.all.values()
            if each.client == off.client and each.id != off.id
        )

    def can_be_kept(self, id: int) -> bool:
        """Whether what was called off is to come, and nobody has answered or settled it."""
        off = self.all[id]
        nobody_said = Matter.CALLED_OFF not in off.settled and not self.is_rebooked(off)
        return off.status is Status.CALLED_OFF and off.start > self.now and nobody_said

    def matters(self, about: Life, *, missed: bool) -> set[Matter]:
        """What must be open about it; `missed`, that the last message about it failed."""
        if about.end <= self.now:
            return set()
        if about.status is Status.CALLED_OFF:
            found = set() if self.is_rebooked(about) else {Matter.CALLED_OFF}
        elif about.status is Status.BOOKED and about.client in self.paper:
            found = {Matter.NOT_CLAIMED} if about.start - self.now <= DAY else set()
            found |= {Matter.NOT_REACHED} if about.handed_over else set()
        elif about.status is Status.BOOKED:
            lost = missed or about.client in self.unreachable
            found = {Matter.NOT_REACHED} if lost else set()
        else:
            found = set()
        return found - about.settled

    def books(self, id: int, client: int, slot: Slot, by: Actor, *, instead: bool = False) -> None:
        self.all[id] = about = Life(id, client, slot.case_manager_id, slot.start, self.now)
        self._tells_client(about, by, "new_time" if instead else "")
        self._tells(about, "booked", by)

    def moves(self, id: int, slot: Slot, by: Actor) -> None:
        before = self.all[id]
        if (before.who, before.start) == (slot.case_manager_id, slot.start):
            return
        after = self._at(before, slot.case_manager_id, slot.start, self.now)
        self._tells_client(after, by, "new_time")
        if before.who == after.who:
            self._tells(after, "moved", by)
        else:
            self._tells(replace(before, sequence=after.sequence), "cancelled", by)
            self._tells(after, "booked", by)

    def is_handed_over(self, id: int, who: str, by: Actor) -> None:
        before = self.all[id]
        after = replace(self._at(before, who, before.start, before.changed), handed_over=True)
        self.all[id] = after
        self._tells_client(after, by, "handed_over")
        self._tells(replace(before, sequence=after.sequence), "called_off", by)
        self._tells(after, "booked", by)

    def is_claimed(self, id: int, client: int) -> None:
        walk_in = self.all[id].client
        self.told -= {each for each in self.told if each.whom == str(walk_in)}
        for each in [each for each in self.all.values() if each.client == walk_in]:
            self.all[each.id] = replace(each, client=client)

    def ends(self, id: int, status: Status, by: Actor) -> None:
        """Cancelled by its client or for them, or called off."""
        before = self.all[id]
        about = replace(before, status=status, sequence=before.sequence + 1, cancelled=self.now)
        self.all[id] = about
        if status is Status.CALLED_OFF:
            self._tells_client(about, by, "called_off")
            self._tells(about, "called_off", by)
        else:
            self._tells_client(about, by, "cancelled")
            self._tells(about, "cancelled_for_client" if by.is_staff else "cancelled", by)

    def does(self, act: Act, id: int, by: Actor) -> None:
        about = self.all[id]
        match act:
            case Act.CALL_OFF:
                self.ends(id, Status.CALLED_OFF, by)
            case Act.CANCEL_FOR_CLIENT:
                self.ends(id, Status.CANCELLED, by)
            case Act.CAME | Act.MISSED:
                status = Status.CAME if act is Act.CAME else Status.MISSED
                self.all[id] = replace(about, status=status)
            case Act.UNDO:
                self.all[id] = replace(about, status=Status.BOOKED)
            case Act.NOTE_ELSEWHERE:
                self.all[id] = replace(about, late=False)
                self._tells_office(about, "elsewhere", by)
            case Act.NOTE_LATE:
                self.is_late(id, by)

    def is_late(self, id: int, by: Actor) -> None:
        if not self.all[id].late:
            self.all[id] = replace(self.all[id], late=True)
            self._tells_office(self.all[id], "runs_late", by)

    def is_settled(self, id: int, open_now: set[Matter]) -> None:
        about = self.all[id]
        self.all[id] = replace(about, settled=about.settled | (open_now & SETTLED_BY_WORD))

    def stories(self) -> dict[tuple[int, str], list[Told]]:
        """What each case manager is to know of each appointment, in order: it comes, moves, goes.

        It may be told in fewer notices than it took, as long as the last of them says how it is.
        """
        found: dict[tuple[int, str], list[Told]] = {}
        for each in sorted(self.told, key=lambda told: told.sequence):
            if each.whom in TEAM.keys() - self.left and each.what in (*COMES, *GOES):
                found.setdefault((each.about, each.whom), []).append(each)
        return found

    def no_two_overlap(self) -> bool:
        booked = [each for each in self.all.values() if each.status is Status.BOOKED]
        return not any(
            (one.who == other.who and one.start < other.free and other.start < one.free)
            or (one.client == other.client and one.start < other.end and other.start < one.end)
            for one, other in combinations(booked, 2)
        )

    def _at(self, before: Life, who: str, start: int, changed: int) -> Life:
        after = Life(before.id, before.client, who, start, changed, before.sequence + 1)
        self.all[before.id] = after
        return after

    def _tells_client(self, about: Life, by: Actor, what: str) -> None:
        """Of what somebody else did: what they did themselves is the answer on their screen."""
        if what and by.is_staff:
            self.told.add(Told(about.id, about.sequence, what, str(about.client)))

    def _tells(self, about: Life, what: str, by: Actor) -> None:
        if by.case_manager_id != about.who:
            self.told.add(Told(about.id, about.sequence, what, about.who, about.start))

    def _tells_office(self, about: Life, what: str, by: Actor) -> None:
        self._tells(about, what, by)
        chat = self.desks.get(about.office)
        if chat is not None and by != DESKS[about.office]:
            self.told.add(Told(about.id, about.sequence, what, f"front_desk:{chat}"))
