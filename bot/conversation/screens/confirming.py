"""The screens before and after Confirm: the summary, the wishes."""

from bot.conversation import slot_values, staff_facts, wish_lines
from bot.conversation.appointment_lines import who_and_where
from bot.conversation.content import (
    CityText,
    Day,
    Language,
    Line,
    Name,
    Passage,
    ShortDay,
    Time,
    say,
)
from bot.conversation.port import Port
from bot.conversation.screens import entry, walk_ins, way_in
from bot.conversation.screens.view import Key, View, column, does, grid
from bot.conversation.session import Session
from bot.domain.appointment import MOST_COMPANIONS, Wishes
from bot.domain.city import CaseManager, City
from bot.domain.contacts import Contact, can_be_called, contact, fitting
from bot.domain.slots import Slot
from bot.domain.spoken import speaks


def confirm(session: Session, port: Port) -> View:
    """The whole appointment in one look, and one press to have it."""
    wanted = slot_values.to_slot(session.draft.slot or "")
    slot = port.slot(*wanted) if wanted else None
    person = person_of(port.city, session.draft.slot)
    if slot is None or person is None:
        return View(((say("alternatives.none"),),), column(Key(say("days.others"), "others")))
    spoken, wishes = _spoken(session, port, slot), fitting(port.city, session.draft.wishes, person)
    entrance = way_in.hint(session, port, wishes, person.id, person.office_id)
    question = "confirm.question_move" if session.draft.moving else "confirm.question"
    return View(
        (
            (*walk_ins.for_whom(session), say(question)),
            *_summary(session, port, slot, person, way_in.without(wishes, entrance)),
            *entrance.paragraphs,
            *_language(session, port, person, wishes, spoken),
        ),
        (
            *column(does(Key(say("confirm.yes"), "confirm", slot_values.of_slot(slot)))),
            *entrance.rows,
            *column(
                *spoken,
                *_for_whom(session, port),
                Key(say("confirm.wish"), "wish"),
                Key(say("confirm.other_times"), "other_times", slot.case_manager_id),
            ),
        ),
    )


def _for_whom(session: Session, port: Port) -> tuple[Key, ...]:
    """Whether another appointment beside the one they have is for somebody of their family."""
    draft = session.draft
    is_another = draft.walk_in is None and draft.moving is None and bool(port.coming_appointments())
    return (_toggle("confirm.for_family", "family", draft.wishes.for_family),) if is_another else ()


def _summary(
    session: Session, port: Port, slot: Slot, person: CaseManager, wishes: Wishes
) -> tuple[tuple[Passage, ...], ...]:
    """What would be booked: a visit with its address, or a talk by phone with its number."""
    wanted, office = session.draft.wishes, port.city.office[person.office_id]
    called = contact(port.city, person.id, office.id) if wishes.by_phone else None
    client = session.draft.walk_in is None
    how = _how(session, port.city, person, called)
    paragraphs = (
        (say("confirm.no_phone"),) if wanted.by_phone and called is None else (),
        (*how, *when(slot.start)) if called and client else (*when(slot.start), *how),
        *(entry.note(port, office) if called is None else ()),
        _wished(session, wishes),
    )
    return tuple(lines for lines in paragraphs if lines)


def _wished(session: Session, wishes: Wishes) -> tuple[Passage, ...]:
    if session.draft.walk_in is not None:
        return staff_facts.wishes(wishes)
    wanted = wish_lines.wish_lines(wishes, calls=wishes.by_phone)
    return wish_lines.at_a_glance(wanted)


def _how(
    session: Session, city: City, person: CaseManager, called: Contact | None
) -> tuple[Line, ...]:
    """To the client, whom to call; to the staff who book for them, that it is not they who call."""
    if called is None or session.draft.walk_in is None:
        return who_and_where(city, person.id, person.office_id, called)
    return (say("appointment.person", name=Name(person.name)), staff_facts.calls(city, called))


def wish(session: Session, port: Port) -> View:
    """What may be wished for; each a press, none needed. To a talk by phone nobody comes along."""
    wishes, person = session.draft.wishes, with_whom(session, port)
    may_call = person is not None and can_be_called(port.city, person)
    keys = [_toggle("wish.language_help", "wish_language", wishes.language_help)]
    if not (may_call and wishes.by_phone):
        keys += _of_a_visit(wishes)
    if port.city.topics:
        keys.append(_toggle("wish.topic", "wish_topic", wishes.topic is not None))
    if may_call:
        keys.append(_toggle("wish.by_phone", "wish_phone", wishes.by_phone))
    entrance = _entrance(session, port, person, wishes)
    asked = wishes.language_help and session.draft.walk_in is None
    helped = (say("wishes.help_open"),) if asked else ()
    return View(
        ((say("wish.question"),), *((helped,) if helped else ()), *entrance.paragraphs),
        (*column(*keys, Key(say("wish.done"), "wish_done")), *entrance.rows),
    )


def _entrance(session: Session, port: Port, person: CaseManager | None, wishes: Wishes) -> View:
    """What is known of the way in, as soon as one without steps is wished for."""
    if person is None:
        return way_in.NOTHING
    fit = fitting(port.city, wishes, person)
    return way_in.hint(session, port, fit, person.id, person.office_id)


def adults(session: Session, port: Port) -> View:
    """How many adults come along."""
    return View(((say("wish.how_many_adults"),),), _numbers("adults"))


def children(session: Session, port: Port) -> View:
    """How many children come along."""
    return View(((say("wish.how_many_children"),),), _numbers("children"))


def topic(session: Session, port: Port) -> View:
    """What it is about, coarsely; only the case manager will read it."""
    keys = [Key(CityText(f"topic.{name}"), "topic", name) for name in port.city.topics]
    return View(((say("wish.which_topic"),),), column(*keys))


def when(start: int) -> tuple[Line, ...]:
    """Day and time, a line each."""
    return (say("appointment.day", day=Day(start)), say("appointment.time", time=Time(start)))


def person_of(city: City, slot_value: str | None) -> CaseManager | None:
    """The case manager of the chosen slot."""
    wanted = slot_values.to_slot(slot_value or "")
    return city.case_manager.get(wanted[0]) if wanted else None


def with_whom(session: Session, port: Port) -> CaseManager | None:
    """Whose appointment the wishes are about: one there is, or that of the chosen slot."""
    wishing = session.draft.wishing
    if wishing is None:
        return person_of(port.city, session.draft.slot)
    found = port.appointment(wishing)
    return port.city.case_manager.get(found.case_manager_id) if found else None


def _of_a_visit(wishes: Wishes) -> list[Key]:
    return [
        _toggle("wish.adults", "wish_adults", bool(wishes.adults)),
        _toggle("wish.children", "wish_children", bool(wishes.children)),
        _toggle("wish.step_free", "wish_step", wishes.step_free),
    ]


def _spoken(session: Session, port: Port, slot: Slot) -> tuple[Key, ...]:
    """The soonest time with somebody who speaks the client's language, if this is not one."""
    language = session.clients_language or port.city.languages[0]
    wanted = slot_values.to_slot(session.draft.spoken or "")
    other = port.slot(*wanted) if wanted else None
    if other is None:
        return ()
    here, there = (port.city.case_manager[one.case_manager_id] for one in (slot, other))
    if speaks(port.city, here, language) or not speaks(port.city, there, language):
        return ()  # another language has been chosen since
    day, time = ShortDay(other.start), Time(other.start)
    label = say("confirm.spoken", language=Language(language), day=day, time=time)
    return (Key(label, "spoken", slot_values.of_slot(other)),)


def _language(
    session: Session, port: Port, person: CaseManager, wishes: Wishes, spoken: tuple[Key, ...]
) -> tuple[tuple[Line, ...], ...]:
    """That the client's language may not be spoken: where there is a button with whom it is, or
    what else helps. The staff who book know."""
    language = session.clients_language or port.city.languages[0]
    if spoken:
        return ((say("confirm.not_spoken", language=Language(language)),),)
    if session.draft.walk_in is not None:
        return ()
    calls = wishes.by_phone
    unknown = wish_lines.not_understood(port.city, person.id, language, wishes, calls=calls)
    return (unknown,) if unknown else ()


def _toggle(key: str, action: str, chosen: bool) -> Key:
    label = say(key)
    return Key(say("wish.chosen", wish=label) if chosen else label, action)


def _numbers(action: str) -> tuple[tuple[Key, ...], ...]:
    return grid([Key(Name(str(n)), action, str(n)) for n in range(MOST_COMPANIONS + 1)], 3)
