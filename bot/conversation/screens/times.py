"""The screens on which a time is chosen: which day, when, and what else is free."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.conversation import public_names, slot_labels, slot_values
from bot.conversation.content import Day, Line, Time, say
from bot.conversation.port import Port, Search
from bot.conversation.screens import waiting
from bot.conversation.screens.choosing import search_of
from bot.conversation.screens.view import Key, View, column, grid
from bot.conversation.session import Session
from bot.domain import bounds, differing, slots
from bot.domain.halves import Half, half_of

DAYS_A_SCREEN = 6
MANY_TIMES = 5
"""A day of more times than these is offered by halves."""
MOST_ALTERNATIVES = 3
HALVES = {Half.MORNING: "days.mornings", Half.AFTERNOON: "days.afternoons"}


def days(session: Session, port: Port) -> View:
    """The next days that have room, a handful at a time; all day or a half of it."""
    first = bounds.day(session.draft.days_from or "", port.today) or port.today
    search = _within_the_half(session, port)
    found = port.free_days(search, first, DAYS_A_SCREEN + 1)
    shown, more = found[:DAYS_A_SCREEN], found[DAYS_A_SCREEN:]
    keys = [Key(Day(port.start_of(day)), "day", day.isoformat()) for day in shown]
    later = [Key(say("days.later"), "later", more[0].isoformat())] if more else []
    nothing = "days.none_then" if search.half else "days.none"
    question = "days.question" if shown else nothing
    instead = View(()) if shown or search.half else waiting.nothing_free(session, port)
    return View(
        ((say(question, name=_person_name(session, port)),), *instead.paragraphs),
        (
            *column(*keys, *later),
            *_halves(session, port, shown),
            *instead.rows,
            *column(*_others(session)),
        ),
    )


def times(session: Session, port: Port) -> View:
    """The free times of the chosen day, each once; with who speaks the client's language first."""
    day = bounds.day(session.draft.day or "", port.today) or port.today
    free = differing.each_start_once(port.free_times(_within_the_half(session, port), day))
    keys = [Key(Time(slot.start), "time", slot_values.of_slot(slot)) for slot in free]
    key = "times.question" if free else "times.none"
    question = say(key, name=_person_name(session, port), day=Day(port.start_of(day)))
    return View(((question,),), grid(keys, 3))


def alternatives(session: Session, port: Port) -> View:
    """The time is gone: the free ones nearest to it, and with whom where it may be anybody."""
    wanted = slot_values.to_slot(session.draft.slot or "")
    search = search_of(session, port)
    free = port.nearest(search, wanted[1], MOST_ALTERNATIVES) if wanted else ()
    alone = search.case_manager_id is not None
    labels = map(slot_labels.when, free) if alone else slot_labels.with_whom(port.city, free)
    keys = [
        Key(label, "time", slot_values.of_slot(slot))
        for label, slot in zip(labels, free, strict=True)
    ]
    instead = View(()) if free else waiting.nothing_free(session, port)
    return View(
        ((say("alternatives.question" if free else "alternatives.none"),), *instead.paragraphs),
        (*column(*keys), *instead.rows, *column(*_others(session))),
    )


def _within_the_half(session: Session, port: Port) -> Search:
    half = Half(session.draft.half) if session.draft.half else None
    return replace(search_of(session, port), half=half)


def _halves(session: Session, port: Port, shown: Sequence[date]) -> tuple[tuple[Key, ...], ...]:
    """Mornings and afternoons, where one of the days has many times; pressed again, all day."""
    chosen = session.draft.half
    if chosen is None and not _any_has_many(session, port, shown):
        return ()
    keys = [
        Key(say("wish.chosen", wish=say(label)), "half")
        if half == chosen
        else Key(say(label), "half", half)
        for half, label in HALVES.items()
    ]
    return grid(keys, 2)


def _any_has_many(session: Session, port: Port, shown: Sequence[date]) -> bool:
    """Whether a day is released for many talks, before and after noon."""
    search, zone = search_of(session, port), port.city.rules.time_zone
    people = [
        person
        for person in port.team(*search.office_ids)
        if search.case_manager_id in (None, person.id)
    ]
    for day in shown:
        starts = {start for one in people for start in slots.starts_on(one, day, zone)}
        if len(starts) > MANY_TIMES and len({half_of(start, zone) for start in starts}) > 1:
            return True
    return False


def _others(session: Session) -> tuple[Key, ...]:
    """Another person or office; the staff book their own."""
    return () if session.draft.walk_in else (Key(say("days.others"), "others"),)


def _person_name(session: Session, port: Port) -> Line:
    person = port.city.case_manager.get(session.draft.case_manager_id or "")
    return public_names.name_of(port.city, person) if person else say("book.anybody")
