"""A client's own appointments: the list, one of them, what to show at the door, cancelling."""

from bot.conversation import phone_lines
from bot.conversation.appointment_lines import who_and_where, wish_lines
from bot.conversation.content import (
    Code,
    Day,
    Language,
    Line,
    Name,
    Say,
    ShortDay,
    Time,
    say,
)
from bot.conversation.port import Port
from bot.conversation.screens import confirming, entry
from bot.conversation.screens.view import Key, View, column
from bot.conversation.session import Session
from bot.domain.appointment import Appointment
from bot.domain.city import City
from bot.domain.contacts import Contact, Whose, contact, public_name, to_call


def mine(session: Session, port: Port) -> View:
    """The booked appointments that have not begun."""
    booked = port.coming_appointments()
    keys = [
        Key(
            say("mine.item", day=ShortDay(a.start), time=Time(a.start), code=Code(a.code)),
            "details",
            str(a.id),
        )
        for a in booked
    ]
    title = say("mine.title") if booked else say("mine.none")
    return View(((title,),), column(*keys, Key(say("menu.book"), "book")))


def appointment(session: Session, port: Port) -> View:
    """Everything about one appointment, and what can be done with it."""
    found = looked_at(session, port)
    if found is None:
        return _gone()
    called, wishes = to_call(port.city, found), wish_lines(found.wishes)
    return View(
        (
            (say("appointment.code", code=Code(found.code)),),
            (*confirming.when(found.start), *_whom(port.city, found, called)),
            *((wishes,) if wishes else ()),
            _what_to_do(port.city, found, called),
            (say("appointment.free"), *entry.example(port.city)),
        ),
        _buttons(port, found, called),
    )


def _buttons(port: Port, found: Appointment, called: Contact | None) -> tuple[tuple[Key, ...], ...]:
    """What can be done; who calls stands before no door, and needs no way there."""
    number, office = str(found.id), port.city.office.get(found.office_id)
    visits = called is None
    return (
        *(column(Key(say("appointment.door"), "door", number)) if visits else ()),
        *column(
            Key(say("appointment.file"), "file", number),
            Key(say("appointment.change"), "change", number),
            Key(say("appointment.cancel"), "cancel", number),
        ),
        *(entry.map_row(office) if office and visits else ()),
    )


def door(session: Session, port: Port) -> View:
    """For the person at the door: large, in the door's language and in the client's."""
    found = looked_at(session, port)
    if found is None:
        return _gone()
    at_the_door = port.city.languages[0]
    both = dict.fromkeys((at_the_door, session.language or at_the_door))
    person = port.city.case_manager.get(found.case_manager_id)
    facts: dict[str, Line] = {
        "name": Name(public_name(port.city, person) if person else found.office_id),
        "day": Day(found.start),
        "time": Time(found.start),
        "code": Code(found.code),
        "language": Language(session.language or at_the_door),
    }
    return View(tuple(tuple(_door_lines(facts, language)) for language in both))


def cancel(session: Session, port: Port) -> View:
    """Really? Another time is offered first."""
    found = looked_at(session, port)
    if found is None:
        return _gone()
    number = str(found.id)
    return View(
        (
            (say("cancel.question"),),
            (say("cancel.which", day=Day(found.start), time=Time(found.start)),),
        ),
        column(
            Key(say("cancel.another_time"), "change", number),
            Key(say("cancel.yes"), "cancel_yes", number),
            Key(say("cancel.no"), "details", number),
        ),
    )


def looked_at(session: Session, port: Port) -> Appointment | None:
    """The appointment on the screen, if it is still to come."""
    number = session.draft.looking_at
    return None if number is None else port.appointment(number)


def _gone() -> View:
    return View(((say("refused.gone"),),), column(Key(say("menu.mine"), "mine")))


def _whom(city: City, found: Appointment, called: Contact | None) -> tuple[Line, ...]:
    """With whom and where, and the number that answers for it: beside the name, if it is theirs."""
    lines = who_and_where(city, found.case_manager_id, found.office_id, called)
    given = contact(city, found.case_manager_id, found.office_id)
    if called is not None or given is None:
        return lines
    if given.whose is Whose.PERSON:
        return (phone_lines.person_called(given), *lines[1:])
    return (*lines, phone_lines.number(given))


def _what_to_do(city: City, found: Appointment, called: Contact | None) -> tuple[Line, ...]:
    """What to bring; or, in a talk by phone, what to say."""
    if called is None:
        return (say("appointment.bring"),)
    return (phone_lines.what_to_say(city, found), say("phone_talk.bring"))


def _door_lines(facts: dict[str, Line], language: str) -> list[Line]:
    return [
        Say("door.hello", {}, language),
        Say("door.who", {"name": facts["name"]}, language),
        Say("door.when", {"day": facts["day"], "time": facts["time"]}, language),
        Say("door.code", {"code": facts["code"]}, language),
        Say("door.language", {"language": facts["language"]}, language),
    ]
