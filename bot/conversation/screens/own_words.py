"""What somebody may have meant with what they typed: free times, or buttons that do it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from bot.conversation import public_names, slot_labels, slot_values, whom_to_call
from bot.conversation.content import Code, Day, Language, Line, OwnName, Time, say
from bot.conversation.port import Port, Search
from bot.conversation.screens import entry, whereabouts
from bot.conversation.screens.choosing import search_of
from bot.conversation.screens.view import Key, View, column
from bot.conversation.session import Session
from bot.domain import bounds, differing, fair_use, lifecycle
from bot.domain.appointment import Appointment
from bot.domain.halves import Half
from bot.domain.lifecycle import Act
from bot.domain.slots import Slot

MOST_TIMES = 6
DAYS_OF_A_SPAN = 2
"""On so many days times are offered where a span was typed, or a time without a day."""
NEAREST = 3
NOON_SECONDS = 12 * 3600
HALVES = {Half.MORNING: "suggested.morning", Half.AFTERNOON: "suggested.afternoon"}
ONLY = {Half.MORNING: "suggested.only_mornings", Half.AFTERNOON: "suggested.only_afternoons"}
"""Of a span of days, which half of them."""
SPANS = {
    ("first", "last"): "suggested.between",
    ("first",): "suggested.from",
    ("last",): "suggested.until",
}
LABELS = {
    "book": "menu.book",
    "mine": "menu.mine",
    "directory": "menu.offices",
    "privacy": "settings.privacy",
    "way": "offices.rather_phone",
}


def suggested(session: Session, port: Port) -> View:
    """Did you mean this day, at this time? What is free then, or else nearest to it."""
    moves = (*_moves(session, port),)
    if _has_enough(session, port):
        return View(((say("suggested.full"),),), column(*moves))
    asked = (*_span(session, port), *(_asked(session, port, day) for day in _meant(session, port)))
    meant = ((say("suggested.question"), *asked),) if asked else ()
    if moves and (session.draft.wanted.moves or port.barred(None) is not None):
        change = say("typed.change", button=moves[0].label)
        which = say("typed.which_one") if moves[1:] else change
        return View((*meant, (which,)), column(*moves))
    search, days = _search(session, port), _days(session, port)
    free = [*chain.from_iterable(_on(session, port, search, day, len(days)) for day in days)]
    shown = free or _nearest(session, port, search, days)
    instead = "suggested.none" if shown else "suggested.nothing"
    return View(
        (*meant, (say("suggested.free" if free else instead),)),
        column(*_times(session, port, shown), *moves, _others()),
    )


def guessed(session: Session, port: Port) -> View:
    """Did you mean one of these? Or that we did not understand, and whom to call."""
    misses = session.draft.misses
    keys = column(*_guesses(session, port))
    if not misses:
        return View(((say("guessed.question"),),), keys)
    return View(((not_understood(misses),), whom_to_call.number(session.draft, port)), keys)


def not_understood(misses: int) -> Line:
    """That a message was not understood, so many in a row; in other words each time."""
    return say("guessed.not_understood" if misses % 2 else "guessed.again")


def _has_enough(session: Session, port: Port) -> bool:
    """Whether all they may do is to move what they have."""
    most = port.city.rules.appointments_per_client
    moving = session.draft.moving is not None
    return not moving and fair_use.has_enough(port.coming_appointments(), most, port.now)


def _search(session: Session, port: Port) -> Search:
    """Where the choices say to look, and what was typed says more narrowly."""
    wanted, search = session.draft.wanted, search_of(session, port)
    person = port.city.case_manager.get(wanted.case_manager_id or "")
    if person is not None:
        search = replace(search, office_ids=(person.office_id,), case_manager_id=person.id)
    elif wanted.office_id is not None and wanted.office_id in port.city.office:
        search = replace(search, office_ids=(wanted.office_id,), case_manager_id=None)
    spoken = wanted.speaking or search.speaking
    return replace(search, speaking=spoken, half=wanted.half)


def _meant(session: Session, port: Port) -> list[date]:
    """The days that were typed, as far as they are days still."""
    days = (bounds.day(each, port.today) for each in session.draft.wanted.days)
    return [day for day in days if day is not None]


def _days(session: Session, port: Port) -> Sequence[date]:
    """The days that were typed; of a span, or without any, the next that have room."""
    wanted, today = session.draft.wanted, port.today
    if wanted.days:
        return _meant(session, port)
    first = max(bounds.day(wanted.first or "", today) or today, today)
    free = port.free_days(_search(session, port), first, DAYS_OF_A_SPAN)
    return [day for day in free if wanted.last is None or day.isoformat() <= wanted.last]


def _on(session: Session, port: Port, search: Search, day: date, days: int) -> list[Slot]:
    """Free times of one day: those next to the time that was typed, or the first."""
    free = [*differing.each_start_once(port.free_times(search, day))]
    moment = _moment(session, port, day)
    if moment is not None:
        free.sort(key=lambda slot: abs(slot.start - moment))
    return sorted(free[: max(MOST_TIMES // days, 1)], key=lambda slot: slot.start)


def _moment(session: Session, port: Port, day: date) -> int | None:
    """The time that was typed, on this day."""
    time = session.draft.wanted.time
    return None if time is None else port.start_of(day) + time


def _nearest(session: Session, port: Port, search: Search, days: Sequence[date]) -> Sequence[Slot]:
    """What is nearest where nothing is free on the days that were typed."""
    day = days[0] if days else port.today
    moment = _moment(session, port, day)
    around = port.start_of(day) + NOON_SECONDS if moment is None else moment
    return port.nearest(replace(search, half=None), around, NEAREST)


def _asked(session: Session, port: Port, day: date) -> Line:
    """A day that may be meant, with the time or the half of it that was typed."""
    half, moment = session.draft.wanted.half, _moment(session, port, day)
    named = Day(port.start_of(day))
    if moment is not None:
        return say("suggested.at", day=named, time=Time(moment))
    return say(HALVES[half], day=named) if half else say("suggested.day", day=named)


def _span(session: Session, port: Port) -> tuple[Line, ...]:
    """The span that was typed, either end of which may be left open, and which half of its days."""
    wanted = session.draft.wanted
    first, last = (bounds.day(each or "", port.today) for each in (wanted.first, wanted.last))
    ends = {
        name: Day(port.start_of(day)) for name, day in (("first", first), ("last", last)) if day
    }
    if not ends:
        return ()
    half = (say(ONLY[wanted.half]),) if wanted.half and wanted.time is None else ()
    return (say(SPANS[tuple(ends)], **ends), *half)


def _times(session: Session, port: Port, shown: Sequence[Slot]) -> Iterator[Key]:
    alone = len({slot.case_manager_id for slot in shown}) == 1
    labels = map(slot_labels.when, shown) if alone else slot_labels.with_whom(port.city, shown)
    for label, slot in zip(labels, shown, strict=True):
        yield Key(label, "time", slot_values.of_slot(slot))


def movable(port: Port) -> tuple[Appointment, ...]:
    """The appointments they have that they may move still."""
    return tuple(
        each
        for each in port.coming_appointments()
        if lifecycle.refusal(Act.MOVE, each, port.now) is None and port.barred(each.id) is None
    )


def _moves(session: Session, port: Port) -> Iterator[Key]:
    """The appointment they have, which may be what they want at another time."""
    if session.draft.moving is None:
        for booked in movable(port):
            yield Key(say("suggested.move", code=Code(booked.code)), "change", str(booked.id))


def _others() -> Key:
    return Key(say("days.others"), "others")


def _guesses(session: Session, port: Port) -> Iterator[Key]:
    for guess in session.draft.guesses:
        action, _, value = guess.partition(":")
        if (label := _label(port, action, value)) is not None:
            yield Key(label, action, value)


def _label(port: Port, action: str, value: str) -> Line | None:
    """What a button says that may do what was typed; None where what it names is gone."""
    city = port.city
    match action:
        case "area":
            return whereabouts.label_of(city, value)
        case "person" if value in city.case_manager:
            return public_names.name_of(city, city.case_manager[value])
        case "office" if value in city.office:
            return entry.heading(port, city.office[value])
        case "speaking" if value in city.languages:
            return say("speaking.ask", language=Language(value))
        case "language" if value in city.languages:
            return OwnName(value)
        case _ if action in LABELS:
            return say(LABELS[action])
        case _:
            return None
