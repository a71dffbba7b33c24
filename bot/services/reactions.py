"""What follows from what has happened: one table, in the transaction in which it happened.

Everything that happens is kept in the audit trail under its name. What else follows stands in
`FOLLOWS`, in order; docs/architecture.md shows the table as it is here.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.domain import reminder_times
from bot.domain.appointment import Status
from bot.domain.changes import (
    Booked,
    CalledOff,
    Came,
    Cancelled,
    Change,
    Claimed,
    Closed,
    HandedOver,
    HelpArranged,
    HelpAsked,
    HelpRefused,
    Left,
    Missed,
    Moved,
    NotReached,
    OfStaff,
    PassedOn,
    Rebooked,
    Reopened,
    RunsLate,
    SaidComing,
    Seen,
    Settled,
    Stayed,
    Undone,
    WentElsewhere,
    WishesChanged,
)
from bot.messages.client_news import (
    CalledOffNews,
    CancelledNews,
    HandedOverNews,
    HelpNews,
    NewTimeNews,
)
from bot.messages.notices import NoticeKind, frozen
from bot.services import outgoing, staff_notifying
from bot.services.unit import Unit
from bot.storage.queues import outbox
from bot.storage.records import audit, chats

Reaction = Callable[[Unit, Any, int], None]
"""What to do about a change whose number in the audit trail is the last argument."""


def happened(unit: Unit, change: Change) -> None:
    """Keep a change, and do all that follows from it."""
    about = None if isinstance(change, OfStaff) else change.about.id
    number = audit.note(unit.tx, about, change.by.label, _named(change), unit.now)
    for react in FOLLOWS[type(change)]:
        react(unit, change, number)


def case_manager_is_told_of_booking(unit: Unit, change: Booked | Rebooked, number: int) -> None:
    """In chat and by mail; in the chat they booked in themselves, they know."""
    staff_notifying.tell_its_case_manager(unit, NoticeKind.BOOKED, change.about, change.by)


def both_case_managers_are_told(unit: Unit, change: Moved, number: int) -> None:
    """Whose it stays hears of the new time; else who loses it and who gains it."""
    before, after = change.before, change.about
    if before.case_manager_id == after.case_manager_id:
        staff_notifying.tell_its_case_manager(
            unit, NoticeKind.MOVED, after, change.by, was=before.start
        )
        return
    # The sequence is the new one: it takes the entry out of a calendar that had the last.
    lost = replace(before, sequence=after.sequence)
    staff_notifying.tell_its_case_manager(unit, NoticeKind.CANCELLED, lost, change.by)
    staff_notifying.tell_its_case_manager(unit, NoticeKind.BOOKED, after, change.by)


def case_manager_is_told_of_cancellation(unit: Unit, change: Cancelled, number: int) -> None:
    """In chat and by mail."""
    kind = NoticeKind.CANCELLED_FOR_CLIENT if change.by.is_staff else NoticeKind.CANCELLED
    staff_notifying.tell_its_case_manager(unit, kind, change.about, change.by)


def case_manager_is_told_of_calling_off(unit: Unit, change: CalledOff, number: int) -> None:
    """In chat unless they did it themselves, and by mail: the calendar must know."""
    staff_notifying.tell_its_case_manager(unit, NoticeKind.CALLED_OFF, change.about, change.by)


def case_manager_is_told_of_wishes(unit: Unit, change: WishesChanged, number: int) -> None:
    """Each time, in chat and by mail: the time stays as it is."""
    staff_notifying.tell_its_case_manager(
        unit, NoticeKind.WISHES, change.about, change.by, number=number
    )


def office_is_told_of_lateness(unit: Unit, change: RunsLate, number: int) -> None:
    """The case manager and the front desk: somebody is on the way."""
    _tell_office(unit, NoticeKind.LATE, change)


def office_is_told_of_other_door(unit: Unit, change: WentElsewhere, number: int) -> None:
    """The case manager and the front desk: whom they wait for stands somewhere else."""
    _tell_office(unit, NoticeKind.ELSEWHERE, change)


def who_gives_and_who_takes_are_told(unit: Unit, change: HandedOver, number: int) -> None:
    """Whose it was, as long as the city file names them, and whose it is now."""
    before, after = change.before, change.about
    lost = replace(before, sequence=after.sequence)
    if before.case_manager_id == after.case_manager_id:
        staff_notifying.tell_its_case_manager(
            unit, NoticeKind.MOVED, after, change.by, was=before.start
        )
        return
    if before.case_manager_id in unit.city.case_manager:
        staff_notifying.tell_its_case_manager(unit, NoticeKind.CALLED_OFF, lost, change.by)
    staff_notifying.tell_its_case_manager(unit, NoticeKind.BOOKED, after, change.by)


def case_manager_is_told_of_answer(unit: Unit, change: SaidComing, number: int) -> None:
    """In chat alone."""
    staff_notifying.tell_its_case_manager(unit, NoticeKind.COMING, change.about, change.by)


def stand_in_is_told(unit: Unit, change: PassedOn, number: int) -> None:
    """The deputy, else the office, else whoever runs the program."""
    staff_notifying.tell_stand_in(unit, change.about)


def case_manager_is_asked_about_help(unit: Unit, change: HelpAsked, number: int) -> None:
    """In chat and by mail, with the two answers."""
    staff_notifying.tell_its_case_manager(unit, NoticeKind.LANGUAGE_HELP, change.about, change.by)


def office_is_told_of_silence(unit: Unit, change: NotReached, number: int) -> None:
    """The case manager and the front desk: its client may come all the same."""
    off = change.about.status is Status.CALLED_OFF
    _tell_office(unit, NoticeKind.UNTOLD if off else NoticeKind.NOT_REACHED, change)


def client_is_offered_others(unit: Unit, change: CalledOff, number: int) -> None:
    """That it is called off, and the times that are free instead."""
    news = CalledOffNews(frozen(change.about), change.others)
    outgoing.to_client(unit, change.about, "called_off", news)


def client_is_told_of_new_time(unit: Unit, change: Moved | Rebooked, number: int) -> None:
    """If the staff chose it: a client who chose it themselves knows."""
    if not change.by.is_staff:
        return
    before = change.before if isinstance(change, Moved) else change.instead_of
    news = NewTimeNews(frozen(change.about), was=before.start)
    outgoing.to_client(unit, change.about, "new_time", news)


def client_is_told_of_cancellation(unit: Unit, change: Cancelled, number: int) -> None:
    """If the staff noted it: what a client cancelled themselves they know."""
    if change.by.is_staff:
        news = CancelledNews(frozen(change.about))
        outgoing.to_client(unit, change.about, "cancelled", news)


def client_is_told_who_it_is_with(unit: Unit, change: HandedOver, number: int) -> None:
    """The same time; with whom, and where."""
    outgoing.to_client(unit, change.about, "handed_over", HandedOverNews(frozen(change.about)))


def client_is_told_of_help(unit: Unit, change: HelpArranged | HelpRefused, number: int) -> None:
    """Each time it is decided anew."""
    news = HelpNews(frozen(change.about), isinstance(change, HelpArranged))
    outgoing.to_client(unit, change.about, f"help_{number}", news)


def client_keeps_it(unit: Unit, change: Booked | Claimed | Moved, number: int) -> None:
    """A message that stays in the chat, of what they chose there themselves."""
    if not change.by.is_staff:
        outgoing.confirm_to_client(unit, change.about)


def what_was_said_is_marked(
    unit: Unit, change: Moved | HandedOver | Cancelled | CalledOff, number: int
) -> None:
    """In the client's chat nothing is left that sends them there at a time that is no more."""
    before = change.before if isinstance(change, Moved | HandedOver) else change.about
    outgoing.mark_outdated(unit, before)


def reminders_are_planned(
    unit: Unit, change: Booked | Claimed | Moved | HandedOver | Rebooked, number: int
) -> None:
    """For who has a chat: whom the staff book for may have none until it is claimed."""
    if change.by.is_staff and chats.of(unit.tx, change.about.person_id) is None:
        return
    for planned in reminder_times.plan(change.about.start, unit.now, unit.zone):
        outgoing.remind_client(unit, change.about, planned)


def reminders_are_dropped(
    unit: Unit, change: Moved | HandedOver | Cancelled | CalledOff, number: int
) -> None:
    """Of the time that no longer holds."""
    outbox.drop_reminders(unit.tx, change.about.id)


FOLLOWS: Mapping[type[Change], tuple[Reaction, ...]] = {
    Booked: (client_keeps_it, case_manager_is_told_of_booking, reminders_are_planned),
    Claimed: (client_keeps_it, reminders_are_planned),
    Moved: (
        reminders_are_dropped,
        what_was_said_is_marked,
        client_keeps_it,
        client_is_told_of_new_time,
        both_case_managers_are_told,
        reminders_are_planned,
    ),
    WishesChanged: (case_manager_is_told_of_wishes,),
    Cancelled: (
        reminders_are_dropped,
        what_was_said_is_marked,
        client_is_told_of_cancellation,
        case_manager_is_told_of_cancellation,
    ),
    CalledOff: (
        reminders_are_dropped,
        what_was_said_is_marked,
        client_is_offered_others,
        case_manager_is_told_of_calling_off,
    ),
    Rebooked: (
        client_is_told_of_new_time,
        case_manager_is_told_of_booking,
        reminders_are_planned,
    ),
    HandedOver: (
        reminders_are_dropped,
        what_was_said_is_marked,
        client_is_told_who_it_is_with,
        who_gives_and_who_takes_are_told,
        reminders_are_planned,
    ),
    SaidComing: (case_manager_is_told_of_answer,),
    RunsLate: (office_is_told_of_lateness,),
    WentElsewhere: (office_is_told_of_other_door,),
    Seen: (),
    HelpArranged: (client_is_told_of_help,),
    HelpRefused: (client_is_told_of_help,),
    Settled: (),
    Came: (),
    Missed: (),
    Undone: (),
    PassedOn: (stand_in_is_told,),
    HelpAsked: (case_manager_is_asked_about_help,),
    NotReached: (office_is_told_of_silence,),
    Closed: (),
    Reopened: (),
    Left: (),
    Stayed: (),
}


def _tell_office(
    unit: Unit, kind: NoticeKind, change: RunsLate | WentElsewhere | NotReached
) -> None:
    staff_notifying.tell_its_case_manager(unit, kind, change.about, change.by)
    staff_notifying.tell_front_desk(unit, kind, change.about, change.by)


def _named(change: Change) -> str:
    """The change's name; that of one of the staff says whose it is."""
    match change:
        case Closed(absence) | Reopened(absence):
            return f"{change.name}:{absence.case_manager_id}"
        case Left(who) | Stayed(who):
            return f"{change.name}:{who.id}"
        case _:
            return change.name
