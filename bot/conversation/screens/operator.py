"""What whoever runs the program sees in chat: whether everything gets through, and what is left to
do; of clients no more than the code."""

from collections.abc import Iterator

from bot.conversation import staff_facts, staff_lines
from bot.conversation.content import Day, Line, Name, Time, say
from bot.conversation.port import Port
from bot.conversation.screens.view import Key, View, column
from bot.domain.appointment_view import AppointmentView
from bot.domain.city import City
from bot.domain.delivery_failures import DeliveryFailures
from bot.domain.staffing import CASE_MANAGER

MINUTE = 60
MOST_MATTERS = 12


def standing(port: Port) -> View:
    """How things stand at this moment."""
    now = port.now
    lines = tuple(_lines(port.delivery_failures(), port.city)) or (say("operator.fine"),)
    return View(
        (
            (say("operator.standing", day=Day(now), time=Time(now)),),
            lines,
            *_matters(port),
            (say("operator.explained"),),
        ),
        column(Key(say("operator.again"), "menu")),
    )


def _matters(port: Port) -> Iterator[tuple[Line, ...]]:
    """How much is left to do, and what comes next of it."""
    staff = port.staff()
    found = staff.open_matters() if staff else ()
    if found:
        yield (say("operator.matters", n=_number(len(found))),)
        yield from (_matter(view, port.city) for view in found[:MOST_MATTERS])


def _matter(view: AppointmentView, city: City) -> tuple[Line, ...]:
    about = view.about
    return (
        staff_facts.item(about),
        say("staff.with", name=Name(city.staff_name(about.case_manager_id))),
        *(each.line for each in staff_lines.matters(view)),
    )


def _lines(known: DeliveryFailures, city: City) -> Iterator[Line]:
    if known.waiting:
        minutes = Name(str(known.waiting_seconds // MINUTE))
        yield say("operator.waiting", n=_number(known.waiting), minutes=minutes)
    if known.set_aside:
        yield say("operator.set_aside", n=_number(known.set_aside))
    for mailbox, lost in known.lost_to_staff.items():
        yield say("operator.lost", name=whose(city, mailbox), n=_number(lost))
    for case_manager_id, kept in known.unaddressed.items():
        name = whose(city, f"{CASE_MANAGER}:{case_manager_id}")
        yield say("operator.unaddressed", name=name, n=_number(kept))
    if known.lost_to_clients:
        yield say("operator.lost_to_clients", n=_number(known.lost_to_clients))


def whose(city: City, mailbox: str) -> Name:
    """Whose mailbox it is; by its id if the city file no longer names them."""
    kind, _, id = mailbox.partition(":")
    if kind == CASE_MANAGER:
        return Name(city.staff_name(id))
    office = city.office.get(id)
    return Name(office.provider if office else id)


def _number(n: int) -> Name:
    return Name(str(n))
