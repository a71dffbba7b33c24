"""Whom a client can call, wherever that is asked: one rule, and each number says whose it is."""

from collections.abc import Iterable, Iterator

from bot.conversation import phone_lines, public_names
from bot.conversation.appointment_lines import door
from bot.conversation.content import Line, Phone, say
from bot.conversation.port import Port
from bot.conversation.session import Draft
from bot.domain.appointment import Appointment
from bot.domain.city import City, Office
from bot.domain.contacts import Contact, Whose, contact, for_all, of_office


def number(draft: Draft, port: Port) -> tuple[Line, ...]:
    """The number that answers for what they are about, if there is any.

    That is the appointment they look at or move, then whom or the office they have chosen, then
    their next appointment. Where no number answers for these it is that of somebody else.
    """
    for given in _answering(draft, port):
        if given is not None:
            return (phone_lines.number(given),)
    return somebodys(port.city, draft.order)


def somebodys(city: City, order: Iterable[str] = ()) -> tuple[Line, ...]:
    """The number for all offices, else that of the nearest in this `order` that has one."""
    if common := for_all(city):
        return (phone_lines.number(common),)
    nearest = [city.office[id] for id in order if id in city.office] or city.offices
    reached = ((office, given) for office in nearest for given in of_office(city, office))
    return tuple(_elsewhere(city, *found) for found in [*reached][:1])


def call_first(city: City, about: Appointment) -> tuple[Line, ...]:
    """Of a talk with somebody, or at an office, the city file names no more: whom to ask."""
    if city.has_at(about.case_manager_id, about.office_id):
        return ()
    asked = phone_lines.number_of(city, about) or somebodys(city)
    return (say("appointment.call_first"), *asked) if asked else ()


def _answering(draft: Draft, port: Port) -> Iterator[Contact | None]:
    city = port.city
    for id in (draft.looking_at, draft.moving):
        if id is not None and (about := port.appointment(id)):
            yield contact(city, about.case_manager_id, about.office_id)
    if draft.office_id:
        yield contact(city, draft.case_manager_id or "", draft.office_id)
    for coming in port.coming_appointments():
        yield contact(city, coming.case_manager_id, coming.office_id)


def _elsewhere(city: City, office: Office, given: Contact) -> Line:
    """Somebody's number who is not the one they know: at which office that is."""
    if given.whose is not Whose.PERSON:
        return phone_lines.number(given)
    name = public_names.shown(given.name)
    whose = say("contact.of_person_at", name=name, office=door(city, office))
    return say("contact.number", phone=Phone(given.phone), whose=whose)
