"""The screens before and after Confirm: the summary, the wishes."""

from bot.conversation import slot_values
from bot.conversation.appointment_lines import who_and_where, wish_lines
from bot.conversation.content import (
    CityText,
    Day,
    Language,
    Line,
    Name,
    ShortDay,
    Time,
    say,
)
from bot.conversation.port import Port
from bot.conversation.screens import entry, walk_ins
from bot.conversation.screens.view import Key, View, column, grid
from bot.conversation.session import Session
from bot.domain.appointment import MOST_COMPANIONS
from bot.domain.city import City
from bot.domain.slots import Slot
from bot.domain.spoken import speaks


def confirm(session: Session, port: Port) -> View:
    """The whole appointment in one look, and one press to have it."""
    wanted = slot_values.to_slot(session.draft.slot or "")
    slot = port.slot(*wanted) if wanted else None
    office_id = office_of(port.city, session.draft.slot)
    if slot is None or office_id is None:
        return View(((say("alternatives.none"),),), column(Key(say("days.others"), "others")))
    wishes, spoken = wish_lines(session.draft.wishes), _spoken(session, port, slot)
    question = "confirm.question_move" if session.draft.moving else "confirm.question"
    return View(
        (
            (*walk_ins.for_whom(session), say(question)),
            when_and_where(port, slot.case_manager_id, office_id, slot.start),
            *entry.note(port, port.city.office[office_id]),
            *((wishes,) if wishes else ()),
            *((_not_spoken(session),) if spoken else ()),
        ),
        column(
            Key(say("confirm.yes"), "confirm", slot_values.of_slot(slot)),
            *spoken,
            Key(say("confirm.wish"), "wish"),
            Key(say("confirm.other_times"), "other_times", slot.case_manager_id),
        ),
    )


def wish(session: Session, port: Port) -> View:
    """What may be wished for; each a press, none needed."""
    wishes, phones = session.draft.wishes, _phones(session, port)
    keys = [
        _toggle("wish.language_help", "wish_language", wishes.language_help),
        _toggle("wish.adults", "wish_adults", bool(wishes.adults)),
        _toggle("wish.children", "wish_children", bool(wishes.children)),
        _toggle("wish.step_free", "wish_step", wishes.step_free),
    ]
    if port.city.topics:
        keys.append(_toggle("wish.topic", "wish_topic", wishes.topic is not None))
    if phones:
        keys.append(_toggle("wish.by_phone", "wish_phone", wishes.by_phone))
    return View(((say("wish.question"),),), column(*keys, Key(say("wish.done"), "wish_done")))


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


def when_and_where(
    port: Port, case_manager_id: str, office_id: str, start: int
) -> tuple[Line, ...]:
    """Day, time, person and address, a line each; whoever left the city file is not named."""
    lines = (say("appointment.day", day=Day(start)), say("appointment.time", time=Time(start)))
    return (*lines, *who_and_where(port.city, case_manager_id, office_id))


def office_of(city: City, slot_value: str | None) -> str | None:
    """The office of the chosen slot's case manager."""
    wanted = slot_values.to_slot(slot_value or "")
    person = city.case_manager.get(wanted[0]) if wanted else None
    return person.office_id if person else None


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


def _not_spoken(session: Session) -> tuple[Line, ...]:
    language = Language(session.clients_language or "")
    return (say("confirm.not_spoken", language=language),)


def _phones(session: Session, port: Port) -> tuple[str, ...]:
    office_id = office_of(port.city, session.draft.slot)
    return port.city.office[office_id].phones if office_id else ()


def _toggle(key: str, action: str, chosen: bool) -> Key:
    label = say(key)
    return Key(say("wish.chosen", wish=label) if chosen else label, action)


def _numbers(action: str) -> tuple[tuple[Key, ...], ...]:
    return grid([Key(Name(str(n)), action, str(n)) for n in range(MOST_COMPANIONS + 1)], 3)
