"""Lines about an appointment that its client may read, and its case manager is told."""

from bot.conversation import phone_lines
from bot.conversation.content import CityText, Count, Line, Name, Say, Value, say
from bot.domain.appointment import Appointment, Wishes
from bot.domain.city import City, Office
from bot.domain.contacts import Contact, Whose, public_name
from bot.domain.routing import nearest_stop


def who_and_where(
    city: City, case_manager_id: str, office_id: str, called: Contact | None = None
) -> tuple[Line, ...]:
    """Person, office and address, a line each; or whose number is `called` in a talk by phone.

    Whoever left the city file is not named.
    """
    if called is not None and called.whose is Whose.PERSON:
        return (phone_lines.person_called(called), say("phone_talk.kind"))
    if called is not None:
        number = phone_lines.number(called)
        return (*_who(city, case_manager_id), say("phone_talk.kind"), number)
    return (*_who(city, case_manager_id), *door_and_address(city, office_id))


def _who(city: City, case_manager_id: str) -> tuple[Line, ...]:
    person = city.case_manager.get(case_manager_id)
    return (
        () if person is None else (say("appointment.person", name=Name(public_name(city, person))),)
    )


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
        return Name(public_name(city, person))
    office = city.office.get(about.office_id)
    return Name(office.provider) if office else CityText("organisation")


def wish_lines(wishes: Wishes) -> tuple[Line, ...]:
    """The wishes a client may see and a case manager is told: all but the topic.

    That it is a talk by phone is no wish among others: it has lines of its own.
    """
    said: list[Say] = []
    if wishes.language_help:
        said.append(say("wishes.language_help"))
    if wishes.adults:
        said.append(say("wishes.adults", n=Count(wishes.adults)))
    if wishes.children:
        said.append(say("wishes.children", n=Count(wishes.children)))
    if wishes.step_free:
        said.append(say("wishes.step_free"))
    if wishes.for_family:
        said.append(say("wishes.for_family"))
    return tuple(said)


def door(city: City, office: Office) -> Name:
    """Provider and district: two offices share a street name, two a district."""
    return Name(f"{office.provider}, {city.district[office.district_id].name}")


def address(office: Office) -> str:
    """Street, postal code and town as on a letter."""
    return f"{office.street}, {office.postal_code} {office.town}"
