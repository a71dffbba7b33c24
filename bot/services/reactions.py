"""What follows from what has happened: one table, in the transaction in which it happened.

Everything that happens is kept in the audit trail under its name. What else follows stands in
`FOLLOWS`, in order; docs/architecture.md shows the table as it is here.
"""

from collections.abc import Callable, Mapping
from typing import Any

from bot.domain.asking_changes import TimeAsked, TimeKept
from bot.domain.changes import (
    Booked,
    CalledOff,
    Came,
    Cancelled,
    Change,
    Claimed,
    HandedOver,
    HelpArranged,
    HelpAsked,
    HelpRefused,
    Missed,
    Moved,
    NotReached,
    PassedOn,
    PossibleAgain,
    Rebooked,
    RunsLate,
    SaidComing,
    Seen,
    Settled,
    Undone,
    WentElsewhere,
    WishesChanged,
)
from bot.domain.staff_changes import Closed, Left, OfStaff, Reopened, Stayed
from bot.services import client_reactions, staff_reactions
from bot.services.unit import Unit
from bot.storage.records import audit

Reaction = Callable[[Unit, Any, int], None]
"""What to do about a change whose number in the audit trail is the last argument."""


def happened(unit: Unit, change: Change) -> None:
    """Keep a change, and do all that follows from it."""
    about = None if isinstance(change, OfStaff) else change.about.id
    number = audit.note(unit.tx, about, change.by.label, _named(change), unit.now)
    for react in FOLLOWS[type(change)]:
        react(unit, change, number)


FOLLOWS: Mapping[type[Change], tuple[Reaction, ...]] = {
    Booked: (
        staff_reactions.case_manager_is_told_of_booking,
        client_reactions.reminders_are_planned,
        client_reactions.client_waits_no_more,
    ),
    Claimed: (client_reactions.reminders_are_planned, client_reactions.client_waits_no_more),
    Moved: (
        client_reactions.reminders_are_dropped,
        client_reactions.what_was_said_is_marked,
        client_reactions.client_is_told_of_new_time,
        staff_reactions.both_case_managers_are_told,
        staff_reactions.who_asked_is_told_what_was_chosen,
        client_reactions.reminders_are_planned,
    ),
    WishesChanged: (staff_reactions.case_manager_is_told_of_wishes,),
    Cancelled: (
        client_reactions.reminders_are_dropped,
        client_reactions.what_was_said_is_marked,
        client_reactions.client_is_told_of_cancellation,
        staff_reactions.case_manager_is_told_of_cancellation,
    ),
    CalledOff: (
        client_reactions.reminders_are_dropped,
        client_reactions.what_was_said_is_marked,
        client_reactions.client_is_offered_others,
        staff_reactions.case_manager_is_told_of_calling_off,
    ),
    PossibleAgain: (client_reactions.client_is_asked_to_keep_it,),
    Rebooked: (
        client_reactions.client_is_told_of_new_time,
        staff_reactions.case_manager_is_told_of_booking,
        client_reactions.reminders_are_planned,
        client_reactions.client_waits_no_more,
    ),
    HandedOver: (
        client_reactions.reminders_are_dropped,
        client_reactions.what_was_said_is_marked,
        client_reactions.client_is_told_who_it_is_with,
        staff_reactions.who_gives_and_who_takes_are_told,
        client_reactions.reminders_are_planned,
    ),
    SaidComing: (staff_reactions.case_manager_is_told_of_answer,),
    TimeAsked: (client_reactions.client_is_asked,),
    TimeKept: (staff_reactions.office_is_told_that_it_stays,),
    RunsLate: (staff_reactions.office_is_told_of_lateness,),
    WentElsewhere: (staff_reactions.office_is_told_of_other_door,),
    Seen: (),
    HelpArranged: (client_reactions.client_is_told_of_help,),
    HelpRefused: (client_reactions.client_is_told_of_help,),
    Settled: (),
    Came: (),
    Missed: (),
    Undone: (),
    PassedOn: (staff_reactions.stand_in_is_told,),
    HelpAsked: (staff_reactions.case_manager_is_asked_about_help,),
    NotReached: (staff_reactions.office_is_told_of_silence,),
    Closed: (),
    Reopened: (),
    Left: (),
    Stayed: (),
}


def _named(change: Change) -> str:
    """The change's name; that of one of the staff says whose it is."""
    match change:
        case Closed(absence) | Reopened(absence):
            return f"{change.name}:{absence.case_manager_id}"
        case Left(who) | Stayed(who):
            return f"{change.name}:{who.id}"
        case _:
            return change.name
