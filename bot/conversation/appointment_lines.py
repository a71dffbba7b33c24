"""Lines about an appointment that its client may read, and its case manager is told."""

from bot.conversation.content import Count, Line, Name, Say, say
from bot.domain.appointment import Wishes
from bot.domain.city import City, Office
from bot.domain.contacts import public_name


def who_and_where(city: City, case_manager_id: str, office_id: str) -> tuple[Line, ...]:
    """Person, office and address, a line each."""
    lines: list[Line] = []
    if person := city.case_manager.get(case_manager_id):
        lines.append(say("appointment.person", name=Name(public_name(city, person))))
    if office := city.office.get(office_id):
        lines.append(say("appointment.office", office=door(city, office)))
        lines.append(say("card.address", address=Name(address(office))))
    return tuple(lines)


def wish_lines(wishes: Wishes) -> tuple[Line, ...]:
    """The wishes a client may see and a case manager is told: all but the topic."""
    said: list[Say] = []
    if wishes.language_help:
        said.append(say("wishes.language_help"))
    if wishes.adults:
        said.append(say("wishes.adults", n=Count(wishes.adults)))
    if wishes.children:
        said.append(say("wishes.children", n=Count(wishes.children)))
    if wishes.step_free:
        said.append(say("wishes.step_free"))
    if wishes.by_phone:
        said.append(say("wishes.by_phone"))
    return tuple(said)


def door(city: City, office: Office) -> Name:
    """Provider and district: two offices share a street name, two a district."""
    return Name(f"{office.provider}, {city.district[office.district_id].name}")


def address(office: Office) -> str:
    """Street, postal code and town as on a letter."""
    return f"{office.street}, {office.postal_code} {office.town}"
