"""What the clock brings to the staff: bookings nobody has seen, open questions, lost messages.

Nothing is told twice, and nobody is told anything at night. Each appointment is looked at by
itself: one that cannot be read, or told of, is set aside and keeps nobody else from theirs.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from bot.domain import lifecycle, working_hours
from bot.domain.actors import OPERATOR
from bot.domain.appointment import Appointment
from bot.domain.calendar import Calendar
from bot.domain.changes import HelpAsked, NotReached, PassedOn
from bot.domain.city import Office
from bot.domain.lifecycle import Act
from bot.services import staff_notifying
from bot.services.reactions import happened
from bot.services.sweeps import Sweep
from bot.services.unit import Unit
from bot.storage.queues import message_history
from bot.storage.records import appointment_lists, appointments, staff_chats

HOUR, DAY = 3600, 86_400
HELP_SECONDS = 2 * DAY
OFFICES_AT_ONCE = 20
"""So many offices are looked at in one transaction."""
SETTLING_SECONDS = HOUR
"""Who has just been told of a booking is not asked about it at once."""


def sweeps(unit: Unit) -> Iterator[Sweep[int]]:
    """What is due by day."""
    if unit.is_quiet:
        return
    asking = [each for each in unit.city.offices if _hours(unit, each) is not None]
    for first in range(0, len(asking), OFFICES_AT_ONCE):
        due = partial(_unseen_at, asking[first : first + OFFICES_AT_ONCE])
        yield Sweep("appointment", due, _if(Act.PASS_ON, _pass_on))
    yield Sweep("appointment", _help_open, _if(Act.ASK_ABOUT_HELP, _ask_about_help))
    yield Sweep("appointment", _not_reached, _tell_not_reached)


def _if(act: Act, tell: Callable[[Unit, Appointment], None]) -> Callable[[Unit, int], None]:
    def look(unit: Unit, number: int) -> None:
        about = appointments.known(unit.tx, number)
        if lifecycle.refusal(act, about, unit.now) is None:
            tell(unit, about)

    return look


def _hours(unit: Unit, office: Office) -> int | None:
    return unit.staffing.office(office.id).seen_within_hours


def _unseen_at(offices: Sequence[Office], unit: Unit) -> list[int]:
    """What nobody has seen at these offices, as far as somebody can be told of it.

    Until then it stays what nobody has seen, and is not looked at one by one each time.
    """
    operator_hears = OPERATOR in staff_chats.roles_with_channel(unit.tx)
    stand_in = staff_notifying.stand_ins(unit)
    return [
        number
        for office in offices
        for number, case_manager_id in _unseen(unit, office).items()
        if operator_hears or stand_in(case_manager_id, office.id) is not None
    ]


def _unseen(unit: Unit, office: Office) -> dict[int, str]:
    """What was not seen within so many working hours of the booking, or before the talk itself."""
    hours = _hours(unit, office)
    if hours is None:
        return {}
    return appointment_lists.unseen(
        unit.tx,
        office.id,
        booked_before=working_hours.since(Calendar.of(unit.city, office.id), hours, unit.now),
        start_before=unit.now + hours * HOUR,
        settled_before=unit.now - SETTLING_SECONDS,
        now=unit.now,
    )


def _help_open(unit: Unit) -> list[int]:
    soon, settled = unit.now + HELP_SECONDS, unit.now - SETTLING_SECONDS
    return appointment_lists.help_open(unit.tx, soon, settled, unit.now)


def _not_reached(unit: Unit) -> list[int]:
    return message_history.not_reached(unit.tx, unit.now - DAY, unit.now)


def _pass_on(unit: Unit, about: Appointment) -> None:
    if appointments.note_passed_on(unit.tx, about.id, unit.now):
        happened(unit, PassedOn(about))


def _ask_about_help(unit: Unit, about: Appointment) -> None:
    if appointments.note_asked(unit.tx, about.id, unit.now):
        happened(unit, HelpAsked(about))


def _tell_not_reached(unit: Unit, number: int) -> None:
    """The client may have come back since, and taken another time or got the next reminder."""
    about = appointments.known(unit.tx, number)
    if not staff_notifying.is_reached(unit, about):
        happened(unit, NotReached(about))
