"""The life of an appointment: its states, and what may be done in each, by whom and when.

    nothing --hold--> HELD --book--> BOOKED --came--> CAME
                                       |  \\--missed--> MISSED
                                       |--cancel----> CANCELLED   by its client, or for them
                                       \\--call_off--> CALLED_OFF  by its office

The table below is the only place that says so. Services refuse by it, chat and pages offer by it,
and the diagram in docs/architecture.md is drawn from it. Whose appointment it is, is another
question: see `domain.actors`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from bot.domain.appointment import Answer, Appointment, Reason, Refused, Status

AROUND_SECONDS = 2 * 3600


class Party(StrEnum):
    """Who can do something about an appointment."""

    CLIENT = "client"
    STAFF = "staff"
    CLOCK = "clock"


class Act(StrEnum):
    """What can be done about an appointment."""

    HOLD = "hold"
    LET_GO = "let_go"
    BOOK = "book"
    BOOK_WALK_IN = "book_walk_in"
    CLAIM = "claim"
    LOOK = "look"
    SAY_COMING = "say_coming"
    SAY_LATE = "say_late"
    CHANGE_WISHES = "change_wishes"
    KEEP = "keep"
    MOVE = "move"
    CANCEL = "cancel"
    REBOOK = "rebook"
    SEE = "see"
    ARRANGE_HELP = "arrange_help"
    REFUSE_HELP = "refuse_help"
    NOTE_LATE = "note_late"
    NOTE_ELSEWHERE = "note_elsewhere"
    ASK_TIME = "ask_time"
    MOVE_FOR_CLIENT = "move_for_client"
    CANCEL_FOR_CLIENT = "cancel_for_client"
    CALL_OFF = "call_off"
    REBOOK_FOR_CLIENT = "rebook_for_client"
    SETTLE = "settle"
    CAME = "came"
    MISSED = "missed"
    UNDO = "undo"
    REMIND = "remind"
    PASS_ON = "pass_on"  # noqa: S105  (no password)  # nosec B105
    ASK_ABOUT_HELP = "ask_about_help"


class When(StrEnum):
    """When in the course of the talk's own time something may be done."""

    ALWAYS = "always"
    BEFORE = "before it begins"
    UNTIL_END = "until it ends"
    AROUND = "from two hours before it begins until it ends"
    BEGUN = "once it has begun"

    def allows(self, about: Appointment, now: int) -> bool:
        """Whether `now` (UTC epoch seconds) is such a moment."""
        match self:
            case When.ALWAYS:
                return True
            case When.BEFORE:
                return now < about.start
            case When.UNTIL_END:
                return now < about.end
            case When.AROUND:
                return about.start - AROUND_SECONDS <= now < about.end
            case When.BEGUN:
                return now >= about.start
            case _ as never:
                assert_never(never)


Test = Callable[[Appointment], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """One act: who may do it in which states and when, and the state it leads to.

    `at` is empty for what makes a new appointment; `to` is None for what leaves the state as it
    is, and for what makes the appointment go. `only_if` is what else must be so; where `done` holds
    nothing is left to do: the act is not offered, and doing it again changes nothing.
    """

    act: Act
    party: Party
    at: frozenset[Status]
    when: When = When.ALWAYS
    to: Status | None = None
    only_if: Test = lambda about: True
    done: Test = lambda about: False


def _wants_help(about: Appointment) -> bool:
    return about.wishes.language_help


ON_THE_WAY = frozenset({Answer.LATE, Answer.ELSEWHERE})
NOTHING: frozenset[Status] = frozenset()
HELD, BOOKED = frozenset({Status.HELD}), frozenset({Status.BOOKED})
CALLED_OFF = frozenset({Status.CALLED_OFF})
ENDED = frozenset({Status.CAME, Status.MISSED})
VISIBLE_TO_STAFF = BOOKED | ENDED | CALLED_OFF | frozenset({Status.CANCELLED})
"""What an office can look at, by a link, a button or the code."""

RULES = (
    Rule(Act.HOLD, Party.CLIENT, NOTHING, to=Status.HELD),
    Rule(Act.LET_GO, Party.CLOCK, HELD),
    Rule(Act.BOOK, Party.CLIENT, HELD, to=Status.BOOKED),
    Rule(Act.BOOK_WALK_IN, Party.STAFF, NOTHING, to=Status.BOOKED),
    Rule(Act.CLAIM, Party.CLIENT, BOOKED, When.UNTIL_END),
    Rule(Act.LOOK, Party.CLIENT, BOOKED, When.UNTIL_END),
    Rule(
        *(Act.SAY_COMING, Party.CLIENT, BOOKED, When.BEFORE),
        done=lambda about: about.answer is Answer.COMING,
    ),
    Rule(
        *(Act.SAY_LATE, Party.CLIENT, BOOKED, When.AROUND),
        done=lambda about: about.answer is Answer.LATE,
    ),
    Rule(Act.CHANGE_WISHES, Party.CLIENT, BOOKED, When.BEFORE),
    Rule(
        *(Act.KEEP, Party.CLIENT, BOOKED, When.BEFORE),
        done=lambda about: about.answer is not Answer.ASKED,
    ),
    Rule(Act.MOVE, Party.CLIENT, BOOKED, When.BEFORE, Status.BOOKED),
    Rule(Act.CANCEL, Party.CLIENT, BOOKED, When.BEFORE, Status.CANCELLED),
    Rule(Act.REBOOK, Party.CLIENT, CALLED_OFF),
    Rule(
        *(Act.SEE, Party.STAFF, BOOKED, When.BEFORE),
        done=lambda about: about.seen_at is not None,
    ),
    Rule(
        *(Act.ARRANGE_HELP, Party.STAFF, BOOKED, When.BEFORE),
        only_if=_wants_help,
        done=lambda about: about.help_arranged is True,
    ),
    Rule(
        *(Act.REFUSE_HELP, Party.STAFF, BOOKED, When.BEFORE),
        only_if=_wants_help,
        done=lambda about: about.help_arranged is False,
    ),
    Rule(
        *(Act.NOTE_LATE, Party.STAFF, BOOKED, When.AROUND),
        done=lambda about: about.answer is Answer.LATE,
    ),
    Rule(
        *(Act.NOTE_ELSEWHERE, Party.STAFF, BOOKED, When.AROUND),
        done=lambda about: about.answer is Answer.ELSEWHERE,
    ),
    Rule(
        *(Act.ASK_TIME, Party.STAFF, BOOKED, When.BEFORE),
        only_if=lambda about: about.answer not in ON_THE_WAY,
        done=lambda about: about.answer is Answer.ASKED,
    ),
    Rule(Act.MOVE_FOR_CLIENT, Party.STAFF, BOOKED, When.UNTIL_END, Status.BOOKED),
    Rule(Act.CANCEL_FOR_CLIENT, Party.STAFF, BOOKED, When.UNTIL_END, Status.CANCELLED),
    Rule(Act.CALL_OFF, Party.STAFF, BOOKED, When.BEFORE, Status.CALLED_OFF),
    Rule(Act.REBOOK_FOR_CLIENT, Party.STAFF, CALLED_OFF),
    Rule(Act.SETTLE, Party.STAFF, BOOKED | CALLED_OFF, When.UNTIL_END),
    Rule(Act.CAME, Party.STAFF, BOOKED, When.BEGUN, Status.CAME),
    Rule(Act.MISSED, Party.STAFF, BOOKED, When.BEGUN, Status.MISSED),
    Rule(Act.UNDO, Party.STAFF, ENDED, When.BEGUN, Status.BOOKED),
    Rule(Act.REMIND, Party.CLOCK, BOOKED, When.BEFORE),
    Rule(
        *(Act.PASS_ON, Party.CLOCK, BOOKED, When.BEFORE),
        only_if=lambda about: about.seen_at is None,
    ),
    Rule(
        *(Act.ASK_ABOUT_HELP, Party.CLOCK, BOOKED, When.BEFORE),
        only_if=lambda about: _wants_help(about) and about.help_arranged is None,
    ),
)

RULE = {rule.act: rule for rule in RULES}


def refusal(act: Act, about: Appointment, now: int) -> Refused | None:
    """Why this cannot be done about an appointment at `now` (UTC epoch seconds); None if it can."""
    rule = RULE[act]
    may = about.status in rule.at and rule.when.allows(about, now) and rule.only_if(about)
    return None if may or is_done(act, about) else Refused(Reason.GONE)


def is_done(act: Act, about: Appointment) -> bool:
    """Whether it is so already, so that doing it again changes nothing."""
    rule = RULE[act]
    ended_so = rule.to in ENDED and about.status is rule.to
    return ended_so or (about.status in rule.at and rule.done(about))


def open_acts(party: Party, about: Appointment, now: int) -> frozenset[Act]:
    """What somebody can do about an appointment at `now`, and has not done yet."""
    return frozenset(
        rule.act
        for rule in RULES
        if rule.party is party and refusal(rule.act, about, now) is None
        if not is_done(rule.act, about)
    )
