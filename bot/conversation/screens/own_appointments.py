"""A client's own appointments: the list, one of them, what to show at the door, cancelling."""

from bot.conversation.appointment_lines import call_first, wish_lines, with_whom
from bot.conversation.content import (
    Code,
    Day,
    Language,
    Line,
    Phone,
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
    office = port.city.office.get(found.office_id)
    wishes, asked = wish_lines(found.wishes), call_first(port.city, found)
    return View(
        (
            (say("appointment.code", code=Code(found.code)),),
            confirming.when_and_where(port, found.case_manager_id, found.office_id, found.start),
            *((asked,) if asked else ()),
            *((wishes,) if wishes else ()),
            _what_to_do(port, found),
            (say("appointment.free"), *entry.example(port.city)),
        ),
        (
            *column(
                Key(say("appointment.door"), "door", str(found.id)),
                Key(say("appointment.file"), "file", str(found.id)),
                Key(say("appointment.change"), "change", str(found.id)),
                Key(say("appointment.cancel"), "cancel", str(found.id)),
            ),
            *(entry.map_row(office) if office else ()),
        ),
    )


def door(session: Session, port: Port) -> View:
    """For the person at the door: large, in the door's language and in the client's."""
    found = looked_at(session, port)
    if found is None:
        return _gone()
    at_the_door = port.city.languages[0]
    both = dict.fromkeys((at_the_door, session.language or at_the_door))
    facts: dict[str, Line] = {
        "name": with_whom(port.city, found),
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


def _what_to_do(port: Port, found: Appointment) -> tuple[Line, ...]:
    """What to bring; or, for a talk on the phone, whom to call and what to say."""
    office = port.city.office.get(found.office_id)
    if not found.wishes.by_phone or office is None or not office.phones:
        return (say("appointment.bring"),)
    words = Say(
        "appointment.words_on_phone",
        {"language": Language(found.language), "code": Code(found.code)},
        port.city.languages[0],
    )
    return (
        say("card.phone", phone=Phone(office.phones[0])),
        say("appointment.call", time=Time(found.start), words=words),
    )


def _door_lines(facts: dict[str, Line], language: str) -> list[Line]:
    return [
        Say("door.hello", {}, language),
        Say("door.who", {"name": facts["name"]}, language),
        Say("door.when", {"day": facts["day"], "time": facts["time"]}, language),
        Say("door.code", {"code": facts["code"]}, language),
        Say("door.language", {"language": facts["language"]}, language),
    ]
