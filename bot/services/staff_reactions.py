"""What the staff are told when something has happened to an appointment: whose it is, the desk."""

from dataclasses import replace

from bot.domain.actors import Actor, Role
from bot.domain.appointment import Answer, Appointment, Status
from bot.domain.asking_changes import TimeAsked, TimeKept
from bot.domain.changes import (
    Booked,
    CalledOff,
    Cancelled,
    HandedOver,
    HelpAsked,
    Moved,
    NotReached,
    PassedOn,
    Rebooked,
    RunsLate,
    SaidComing,
    WentElsewhere,
    WishesChanged,
)
from bot.messages.notices import NoticeKind
from bot.services import staff_notifying
from bot.services.unit import Unit
from bot.storage.records import audit


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


def office_is_told_that_it_stays(unit: Unit, change: TimeKept, number: int) -> None:
    """The case manager and the front desk, each time: either may have asked."""
    kind, about, by = NoticeKind.TIME_KEPT, change.about, change.by
    staff_notifying.tell_its_case_manager(unit, kind, about, by, number=number)
    staff_notifying.tell_front_desk(unit, kind, about, by, number=number)
    asked = _who_asked(unit, about)
    if asked is not None and asked.role is Role.CASE_MANAGER:
        staff_notifying.tell_who_asked(unit, kind, about, asked, number, None)


def who_asked_is_told_what_was_chosen(unit: Unit, change: Moved, number: int) -> None:
    """Where its client answers a question: whose appointment it is, is told of the move anyway."""
    before, about = change.before, change.about
    if change.by.is_staff or before.answer is not Answer.ASKED:
        return
    asked = _who_asked(unit, before)
    if asked is not None and asked.case_manager_id != about.case_manager_id:
        kind = NoticeKind.TIME_CHOSEN
        staff_notifying.tell_who_asked(unit, kind, about, asked, number, before.start)


def _who_asked(unit: Unit, about: Appointment) -> Actor | None:
    """Who asked last about another time, other than whose appointment it is."""
    done = audit.of(unit.tx, about.id)
    asked = [Actor.read(each.actor) for each in done if each.action == TimeAsked.name][-1:]
    return next((each for each in asked if each.case_manager_id != about.case_manager_id), None)


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


def _tell_office(
    unit: Unit, kind: NoticeKind, change: RunsLate | WentElsewhere | NotReached
) -> None:
    staff_notifying.tell_its_case_manager(unit, kind, change.about, change.by)
    staff_notifying.tell_front_desk(unit, kind, change.about, change.by)
