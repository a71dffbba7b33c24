"""What the clock brings to the staff: bookings nobody has seen, open questions, lost messages.

Nothing is told twice, and nobody is told anything at night. Each appointment is looked at by
itself: one that cannot be read, or told of, is set aside and keeps nobody else from theirs.
"""

from collections.abc import Callable, Iterable, Iterator
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
from bot.services.unit import Unit
from bot.storage.engine.each_by_itself import SetAside, each_by_itself
from bot.storage.queues import message_history
from bot.storage.records import appointment_lists, appointments, staff_chats

HOUR, DAY = 3600, 86_400
HELP_SECONDS = 2 * DAY
SETTLING_SECONDS = HOUR
"""Who has just been told of a booking is not asked about it at once."""


def escalate(unit: Unit) -> Iterator[SetAside]:
    """Tell what is due; what had to be set aside."""
    if unit.is_quiet:
        return
    for office in unit.city.offices:
        yield from _each(unit, _unseen(unit, office), Act.PASS_ON, _pass_on)
    yield from _each(unit, _help_open(unit), Act.ASK_ABOUT_HELP, _ask_about_help)
    lost = message_history.not_reached(unit.tx, unit.now - DAY, unit.now)
    tell_of = partial(_tell_not_reached, unit)
    yield from each_by_itself(unit.tx, "appointment", lost, tell_of)


def _each(
    unit: Unit, numbers: Iterable[int], act: Act, tell: Callable[[Unit, Appointment], None]
) -> Iterator[SetAside]:
    def look(number: int) -> None:
        about = appointments.known(unit.tx, number)
        if lifecycle.refusal(act, about, unit.now) is None:
            tell(unit, about)

    return each_by_itself(unit.tx, "appointment", numbers, look)


def _unseen(unit: Unit, office: Office) -> list[int]:
    """What was not seen within so many working hours of the booking, or before the talk itself."""
    hours = unit.staffing.office(office.id).seen_within_hours
    if hours is None:
        return []
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


def _pass_on(unit: Unit, about: Appointment) -> None:
    """Only where there is somebody to be told: until then it stays what nobody has seen."""
    operator_hears = OPERATOR in staff_chats.roles_with_channel(unit.tx)
    if staff_notifying.stand_in(unit, about) is None and not operator_hears:
        return
    appointments.note_passed_on(unit.tx, about.id, unit.now)
    happened(unit, PassedOn(about))


def _ask_about_help(unit: Unit, about: Appointment) -> None:
    appointments.note_asked(unit.tx, about.id, unit.now)
    happened(unit, HelpAsked(about))


def _tell_not_reached(unit: Unit, number: int) -> None:
    """The client may have come back since, and taken another time or got the next reminder."""
    about = appointments.known(unit.tx, number)
    if not staff_notifying.is_reached(unit, about):
        happened(unit, NotReached(about))
