"""Under which name and number clients know a case manager, and where they can call instead."""

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.appointment import Appointment, Wishes
from bot.domain.city import CaseManager, City, Office


class Whose(StrEnum):
    """Whose number it is."""

    PERSON = "person"
    OFFICE = "office"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class OneOfATeam:
    """Somebody whose name clients do not read: of which office, and which of several there.

    `number` counts those of an office from one; it is none where nobody else there is unnamed.
    """

    office_id: str
    number: int = 0


PublicName = str | OneOfATeam


@dataclass(frozen=True, slots=True)
class Contact:
    """A number that clients are given; `name` is that of the person or office, if it is one's."""

    phone: str
    whose: Whose
    name: PublicName = ""


def may_be_named(person: CaseManager) -> bool:
    """Whether clients may read the name: their employer publishes it, or they agreed."""
    return person.published or person.agreed_to_be_named


def public_name(city: City, person: CaseManager) -> PublicName:
    """By name where that may be, and in an example; else as one of their office."""
    if city.example or may_be_named(person):
        return person.name
    unnamed = [one.id for one in city.team(person.office_id) if not may_be_named(one)]
    number = unnamed.index(person.id) + 1 if len(unnamed) > 1 else 0
    return OneOfATeam(person.office_id, number)


def contact(city: City, case_manager_id: str, office_id: str) -> Contact | None:
    """The number of this case manager, else of the office, else the one that answers for all."""
    person, office = city.case_manager.get(case_manager_id), city.office.get(office_id)
    if person is not None and person.phone is not None:
        return Contact(person.phone, Whose.PERSON, public_name(city, person))
    if office is not None and office.phones:
        return Contact(office.phones[0], Whose.OFFICE, office.provider)
    return for_all(city)


def of_office(city: City, office: Office) -> tuple[Contact, ...]:
    """All numbers of an office: its own, and those of its people who are published as contacts.

    Where there is none, the one that answers for all.
    """
    own = [Contact(phone, Whose.OFFICE, office.provider) for phone in office.phones]
    people = [
        Contact(person.phone, Whose.PERSON, person.name)
        for person in city.team(office.id)
        if person.published and person.phone is not None and person.phone not in office.phones
    ]
    common = for_all(city)
    return (*own, *people) or (() if common is None else (common,))


def can_be_called(city: City, person: CaseManager) -> bool:
    """Whether a talk with this case manager can be held by phone: a number answers."""
    return contact(city, person.id, person.office_id) is not None


def to_call(city: City, about: Appointment) -> Contact | None:
    """The number its client calls when the talk begins; None for a visit.

    None also where no number is left to call: then its client is shown the way in.
    """
    if not about.wishes.by_phone:
        return None
    return contact(city, about.case_manager_id, about.office_id)


def fitting(city: City, wishes: Wishes, person: CaseManager) -> Wishes:
    """The wishes as this case manager can meet them: by phone only where a number answers.

    To a talk by phone nobody comes along, and nobody needs a way in.
    """
    if not wishes.by_phone:
        return wishes
    if not can_be_called(city, person):
        return replace(wishes, by_phone=False)
    return replace(wishes, adults=0, children=0, step_free=False)


def for_all(city: City) -> Contact | None:
    """The number that answers for every office, if the city has one."""
    phone = None if city.operator is None else city.operator.phone
    return None if phone is None else Contact(phone, Whose.ALL)
