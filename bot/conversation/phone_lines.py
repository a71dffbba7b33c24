"""Lines that give a number: whose it is, and for a talk by phone when to call and what to say."""

from bot.conversation import public_names
from bot.conversation.content import Line, OnPhone, Phone, Time, say
from bot.domain.appointment import Appointment
from bot.domain.city import City, Office
from bot.domain.contacts import Contact, Whose, contact, of_office, to_call


def number(given: Contact) -> Line:
    """A number and whose it is."""
    return say("contact.number", phone=Phone(given.phone), whose=whose(given))


def whose(given: Contact) -> Line:
    """Whose number it is, within a line."""
    if given.whose is Whose.ALL:
        return say("contact.of_all")
    of_person = given.whose is Whose.PERSON
    return say(
        "contact.of_person" if of_person else "contact.of_office",
        name=public_names.shown(given.name),
    )


def person_called(given: Contact) -> Line:
    """A case manager with their own number."""
    name, phone = public_names.shown(given.name), Phone(given.phone)
    return say("appointment.person_called", name=name, phone=phone)


def number_of(city: City, about: Appointment) -> tuple[Line, ...]:
    """Where to reach whom the appointment is with; nothing where no number answers."""
    given = contact(city, about.case_manager_id, about.office_id)
    return () if given is None else (number(given),)


def on_card(city: City, office: Office, *, with_people: bool = True) -> tuple[Line, ...]:
    """The numbers on an office's card: its own, then those of its people with their names."""
    every = of_office(city, office)
    shown = (each for each in every if with_people or each.whose is not Whose.PERSON)
    return tuple(map(_on_card, shown)) or (() if every else (say("card.no_phone"),))


def what_to_say(city: City, about: Appointment) -> Line:
    """When to call and what to say then, in the office's language; nothing else tells them who."""
    words = OnPhone((about.language, about.code, city.languages[0]))
    return say("appointment.call", time=Time(about.start), words=words)


def to_be_noted(city: City, about: Appointment) -> tuple[Line, ...]:
    """For who calls: which number, whose it is, when, and what to say; nothing for a visit."""
    given = to_call(city, about)
    return () if given is None else (number(given), what_to_say(city, about))


def _on_card(given: Contact) -> Line:
    if given.whose is Whose.ALL:
        return number(given)
    if given.whose is Whose.OFFICE:
        return say("card.phone", phone=Phone(given.phone))
    return say("card.phone_of", phone=Phone(given.phone), name=public_names.shown(given.name))
