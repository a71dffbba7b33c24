"""A client's own appointments: the list, one of them, what to show at the door, cancelling."""

from collections.abc import Iterator

from bot.conversation import phone_lines, slot_values, way_of_talking, wish_lines
from bot.conversation.appointment_lines import who_and_where, with_whom
from bot.conversation.content import (
    Code,
    Day,
    Language,
    Line,
    Passage,
    Say,
    ShortDay,
    Time,
    say,
)
from bot.conversation.port import Port
from bot.conversation.screens import confirming, copying, entry, way_in
from bot.conversation.screens.view import Key, View, column, ends
from bot.conversation.session import Session
from bot.conversation.whom_to_call import call_first
from bot.domain import lifecycle
from bot.domain.appointment import Answer, Appointment, Wishes
from bot.domain.city import City
from bot.domain.contacts import Contact, Whose, contact, to_call
from bot.domain.fair_use import has_enough
from bot.domain.lifecycle import Act, Party


def mine(session: Session, port: Port) -> View:
    """The booked appointments that are not over."""
    booked = port.coming_appointments()
    keys = [Key(_item(port.city, about), "details", str(about.id)) for about in booked]
    most = port.city.rules.appointments_per_client
    more = [] if has_enough(booked, most, port.now) else [Key(say("menu.book"), "book")]
    title = say("mine.title") if booked else say("mine.none")
    return View(((title,),), column(*keys, *more))


def _item(city: City, about: Appointment) -> Line:
    day, time, code = ShortDay(about.start), Time(about.start), Code(about.code)
    return way_of_talking.told(city, about, "mine.item", day=day, time=time, code=code)


def appointment(session: Session, port: Port) -> View:
    """Everything about one appointment, and what can be done with it."""
    found = looked_at(session, port)
    if found is None:
        return _gone()
    called = to_call(port.city, found)
    asked, entrance = call_first(port.city, found), _entrance(session, port, found)
    named = not asked and not entrance.paragraphs
    whom = _whom(port.city, found, called, named=named)
    when, code = confirming.when(found.start), say("appointment.code", code=Code(found.code))
    wishes = _wishes(port.city, way_in.without(found.wishes, entrance), found)
    return View(
        (
            (*_standing(port.city, found, port.now), code),
            (*whom, *when) if called else (*when, *whom),
            *((asked,) if asked else ()),
            *((wishes,) if wishes else ()),
            *entrance.paragraphs,
            _what_to_do(port.city, found),
            (say("appointment.free"), *entry.example(port.city)),
        ),
        (*entrance.rows, *_buttons(port, found, called, named=named)),
    )


def _wishes(city: City, wishes: Wishes, found: Appointment) -> tuple[Passage, ...]:
    """What they asked for, what comes of it, and that their language may not be spoken."""
    calls, person = way_of_talking.calls(city, found), found.case_manager_id
    wished = wish_lines.wish_lines(wishes, calls=calls, help_arranged=found.help_arranged)
    unknown = wish_lines.not_understood(city, person, found.language, wishes, calls=calls)
    return (*wish_lines.at_a_glance(wished), *unknown)


def _entrance(session: Session, port: Port, found: Appointment) -> View:
    """Where no way in without steps is known to who needs one: that, and where one is.

    Nothing to who calls.
    """
    if way_of_talking.calls(port.city, found):
        return way_in.NOTHING
    can_move = lifecycle.refusal(Act.MOVE, found, port.now) is None
    return way_in.hint(
        *(session, port, found.wishes, found.case_manager_id, found.office_id), can_move=can_move
    )


def _buttons(
    port: Port, found: Appointment, called: Contact | None, *, named: bool
) -> tuple[tuple[Key, ...], ...]:
    """What can be done; who calls stands before no door, and needs no way there."""
    visits, office = called is None, port.city.office.get(found.office_id)
    keys = (key for key in _keys(port.city, found, port.now) if visits or key.action != "door")
    where = office if visits else None
    given = called or (_number(port.city, found) if named else None)
    return (
        *column(*keys),
        copying.row(code=found.code, office=where, phone=given.phone if given else None),
        *(entry.map_row(where) if where else ()),
    )


KEYS = (
    (Act.LOOK, "appointment.door", "door"),
    (Act.SAY_LATE, "appointment.late", "late"),
    (Act.LOOK, "appointment.file", "file"),
    (Act.CHANGE_WISHES, "confirm.wish", "wishes"),
    (Act.MOVE, "appointment.change", "change"),
    (Act.CANCEL, "appointment.cancel", "cancel"),
)
"""The buttons below an appointment, each as long as it may be done."""


def _keys(city: City, found: Appointment, now: int) -> Iterator[Key]:
    may = lifecycle.open_acts(Party.CLIENT, found, now)
    for act, label, action in KEYS:
        if act in may:
            exact = act is Act.SAY_LATE
            value = slot_values.of_version(found.version) if exact else str(found.id)
            yield Key(_label(city, found, label), action, value)


def _label(city: City, found: Appointment, key: str) -> Line:
    """A button says something else to who calls in some cases."""
    if key in way_of_talking.BY_PHONE:
        return way_of_talking.told(city, found, key)
    return say(key)


def _standing(city: City, found: Appointment, now: int) -> tuple[Line, ...]:
    """That it has begun, or that the office knows of their being late."""
    told, time = way_of_talking.told, Time(found.start)
    begun = (told(city, found, "appointment.has_begun", time=time),) if now >= found.start else ()
    late = (told(city, found, "appointment.late_known"),) if found.answer is Answer.LATE else ()
    return (*begun, *late)


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
    lines = tuple(tuple(_door_lines(facts, language)) for language in both)
    return View(lines, (copying.row(code=found.code),))


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
            ends(Key(say("cancel.yes"), "cancel_yes", slot_values.of_version(found.version))),
            Key(say("cancel.no"), "details", number),
        ),
    )


def looked_at(session: Session, port: Port) -> Appointment | None:
    """The appointment on the screen, if it is not over."""
    number = session.draft.looking_at
    return None if number is None else port.appointment(number)


def _gone() -> View:
    return View(((say("refused.gone"),),), column(Key(say("menu.mine"), "mine")))


def _whom(
    city: City, found: Appointment, called: Contact | None, *, named: bool
) -> tuple[Line, ...]:
    """With whom and where, and the number that answers for it: beside the name, if it is theirs.

    It is not `named` where it stands below anyhow.
    """
    lines = who_and_where(city, found.case_manager_id, found.office_id, called)
    given = _number(city, found)
    if called is not None or given is None or not named:
        return lines
    if given.whose is Whose.PERSON:
        return (phone_lines.person_called(given), *lines[1:])
    return (*lines, phone_lines.number(given))


def _number(city: City, found: Appointment) -> Contact | None:
    return contact(city, found.case_manager_id, found.office_id)


def _what_to_do(city: City, found: Appointment) -> tuple[Line, ...]:
    """What to bring; or, in a talk by phone, first what to say."""
    words = phone_lines.to_be_noted(city, found)[1:]
    return (*words, way_of_talking.told(city, found, "appointment.bring"))


def _door_lines(facts: dict[str, Line], language: str) -> list[Line]:
    return [
        Say("door.hello", {}, language),
        Say("door.who", {"name": facts["name"]}, language),
        Say("door.when", {"day": facts["day"], "time": facts["time"]}, language),
        Say("door.code", {"code": facts["code"]}, language),
        Say("door.language", {"language": facts["language"]}, language),
    ]
