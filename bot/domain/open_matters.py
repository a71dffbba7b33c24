"""What is left to do about an appointment, so that nobody stands before a closed door.

A matter stays open until somebody has settled it, or until the talk's own time is over, whatever
happened before. How it is settled: by what was missing (a booking is seen, help arranged, another
time taken), or by somebody of the staff who says so.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.appointment import Answer, Appointment, Status

HELP_SECONDS = 2 * 86_400
"""So long before a talk it is high time to know who helps with the language."""
ON_PAPER_SECONDS = 86_400
"""So long before a talk somebody without a chat can be reminded by nobody but a person."""


class Matter(StrEnum):
    """What can be open about an appointment, the most pressing first."""

    ORPHANED = "orphaned"
    CALLED_OFF = "called_off"
    OUTSIDE_HOURS = "outside_hours"
    NOT_REACHED = "not_reached"
    NOT_SEEN = "not_seen"
    HELP_OPEN = "help_open"
    NOT_CLAIMED = "not_claimed"
    TIME_ASKED = "time_asked"


TO_BE_SAID = frozenset(
    {Matter.ORPHANED, Matter.CALLED_OFF, Matter.OUTSIDE_HOURS, Matter.NOT_REACHED}
)
"""What is settled when its client has been told in person."""
SETTLED_BY_WORD = TO_BE_SAID | {Matter.NOT_CLAIMED, Matter.TIME_ASKED}
"""What somebody may settle by saying so; the others end with what is missing."""


@dataclass(frozen=True, slots=True)
class MatterFacts:
    """What is known of an appointment beside its own facts.

    `in_file`, that the city file names its case manager at its office; `inside_hours`, that its
    time is released there. `reached` and `rebooked` are of its client; `on_paper`, that they have
    no chat; `handed_over`, that a colleague has taken the talk over; `passed_on`, that it was not
    seen in time.
    """

    in_file: bool
    inside_hours: bool
    reached: bool
    on_paper: bool
    rebooked: bool
    handed_over: bool
    passed_on: bool
    settled: frozenset[Matter] = frozenset()


def open_matters(about: Appointment, known: MatterFacts, now: int) -> tuple[Matter, ...]:
    """What is open at `now` (UTC epoch seconds), the most pressing first."""
    if about.end <= now:
        return ()
    if about.status is Status.CALLED_OFF:
        found = set() if known.rebooked else {Matter.CALLED_OFF}
    elif about.status is Status.BOOKED:
        found = _of_booked(about, known, now)
    else:
        found = set()
    return tuple(matter for matter in Matter if matter in found - known.settled)


def _of_booked(about: Appointment, known: MatterFacts, now: int) -> set[Matter]:
    left = about.start - now
    help_open = about.wishes.language_help and about.help_arranged is None
    holds = {
        Matter.ORPHANED: not known.in_file,
        Matter.OUTSIDE_HOURS: known.in_file and not known.inside_hours,
        Matter.NOT_REACHED: known.handed_over if known.on_paper else not known.reached,
        Matter.NOT_SEEN: known.passed_on and about.seen_at is None,
        Matter.HELP_OPEN: help_open and left <= HELP_SECONDS,
        Matter.NOT_CLAIMED: known.on_paper and left <= ON_PAPER_SECONDS,
        Matter.TIME_ASKED: about.answer is Answer.ASKED,
    }
    return {matter for matter, held in holds.items() if held}
