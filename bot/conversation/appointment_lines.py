"""Lines about an appointment that its client may read: with whom, and where."""

from bot.conversation import phone_lines, public_names
from bot.conversation.content import CityText, Line, Name, Value, say
from bot.domain.appointment import Appointment
from bot.domain.city import City, Office
from bot.domain.contacts import Contact, Whose
from bot.domain.routing import nearest_stop


def who_and_where(
    city: City, case_manager_id: str, office_id: str, called: Contact | None = None
) -> tuple[Line, ...]:
    """Person, office and address, a line each; of a talk by phone first the number to be `called`.

    Whoever left the city file is not named.
    """
    if called is not None:
        person = () if called.whose is Whose.PERSON else who(city, case_manager_id)
        return (phone_lines.number(called), say("phone_talk.kind"), *person)
    return (*who(city, case_manager_id), *door_and_address(city, office_id))


def who(city: City, case_manager_id: str) -> tuple[Line, ...]:
    """The person; nothing of whom the city file names no more."""
    if person := city.case_manager.get(case_manager_id):
        return (say("appointment.person", name=public_names.name_of(city, person)),)
    return ()


def door_and_address(city: City, office_id: str) -> tuple[Line, ...]:
    """Office and address, a line each; nothing of one that the city file no longer names."""
    office = city.office.get(office_id)
    if office is None:
        return ()
    return (
        say("appointment.office", office=door(city, office)),
        say("card.address", address=Name(address(office))),
    )


def stop_line(city: City, office: Office) -> tuple[Line, ...]:
    """Where to get off for an office whose door is known; else nothing."""
    stop = nearest_stop(city, office)
    return (say("card.stop", stop=Name(stop.name)),) if stop else ()


def with_whom(city: City, about: Appointment) -> Value:
    """Who holds the talk; if the city file names them no more, the office, else the whole."""
    if person := city.case_manager.get(about.case_manager_id):
        return public_names.name_of(city, person)
    office = city.office.get(about.office_id)
    return Name(office.provider) if office else CityText("organisation")


def door(city: City, office: Office) -> Name:
    """Provider and district: two offices share a street name, two a district."""
    return Name(f"{office.provider}, {city.district[office.district_id].name}")


def address(office: Office) -> str:
    """Street, postal code and town as on a letter."""
    return f"{office.street}, {office.postal_code} {office.town}"
