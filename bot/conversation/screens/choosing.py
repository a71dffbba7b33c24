"""The screens on the way to a time: where you live, which office, who, which day, when."""

from bot.conversation import slot_values
from bot.conversation.content import (
    CityText,
    Day,
    Languages,
    Line,
    Name,
    ShortDay,
    Time,
    say,
)
from bot.conversation.port import Port, Search
from bot.conversation.screens import entry
from bot.conversation.screens.view import Key, View, column, grid
from bot.conversation.session import Session
from bot.domain.city import Area
from bot.domain.contacts import can_be_called, public_name

DAYS_A_SCREEN = 6


def search_of(session: Session, port: Port) -> Search:
    """Where this client's choices say to look."""
    draft = session.draft
    order = draft.order or tuple(office.id for office in port.city.offices)
    office_ids = (draft.office_id,) if draft.office_id else order
    anybody = draft.case_manager_id is None
    return Search(
        office_ids=office_ids,
        case_manager_id=draft.case_manager_id,
        nearest_first=draft.place_known,
        moving=draft.moving,
        walk_in=draft.walk_in is not None,
        by_phone=anybody and _by_phone(session, port, *office_ids),
    )


def place(session: Session, port: Port) -> View:
    """Where do you live: postal codes, names of areas, location, or all offices."""
    codes = [Key(Name(p.code), "postal", p.code) for p in port.city.postal_codes]
    areas = [
        Key(_area_label(area, session.language), "area", area.id)
        for area in port.city.areas
        if area.button
    ]
    return View(
        ((say("place.question"),), (say("place.hint"),)),
        (
            *grid(codes, 3),
            *grid(areas, 2),
            *column(Key(say("place.location"), "locate"), Key(say("place.unknown"), "anywhere")),
        ),
    )


def which_place(session: Session, port: Port) -> View:
    """The typed name fits several places, or one in several districts: which is it?"""
    known = port.city.area
    keys = [
        Key(Name(known[name].name), "area", name)
        if name in known
        else Key(Name(port.city.district[name].name), "district", name)
        for name in session.draft.ambiguous
        if name in known or name in port.city.district
    ]
    return View(
        ((say("which_place.question"),),),
        (*column(*keys), (Key(say("place.unknown"), "anywhere"),)),
    )


def offices(session: Session, port: Port) -> View:
    """All offices, nearest first, and the earliest free time above them.

    For who would rather talk by phone those where a number answers.
    """
    order = session.draft.order or tuple(office.id for office in port.city.offices)
    called = [name for name in order if _answer(port, name)]
    by_phone = _by_phone(session, port, *order)
    chosen = [port.city.office[name] for name in (called if by_phone else order)]
    title = say("offices.near" if session.draft.place_known else "offices.all")
    title = say("offices.by_phone") if by_phone else title
    outside = (say("offices.outside", city=CityText("city")),) if session.draft.outside else ()
    lines = tuple(
        say(
            "offices.line",
            office=entry.heading(port, office),
            speaks=entry.speaks(office, session.language),
        )
        for office in chosen
    )
    keys = [Key(entry.heading(port, office), "office", office.id) for office in chosen]
    first, way = Key(say("book.earliest"), "earliest"), _way(bool(called), by_phone=by_phone)
    return View(((*outside, title), lines), (*column(first, *keys), *way))


def people(session: Session, port: Port) -> View:
    """One office: its card, its case managers by name, and the earliest of them.

    For who would rather talk by phone those who can be called, and nothing of the way there.
    """
    office = port.city.office[session.draft.office_id or port.city.offices[0].id]
    by_phone = _by_phone(session, port, office.id)
    team = [
        (person, Name(public_name(port.city, person)))
        for person in port.team(office.id)
        if not by_phone or can_be_called(port.city, person)
    ]
    last = port.last_case_manager()
    again = [(p, name) for p, name in team if last is not None and p.id == last.id]
    keys = [Key(say("people.again", name=name), "person", p.id) for p, name in again]
    keys += [Key(name, "person", p.id) for p, name in team if (p, name) not in again]
    spoken = tuple(
        say("people.speaks", name=name, languages=Languages(tuple(sorted(p.languages))))
        for p, name in team
        if p.languages
    )
    question = say("people.question") if team else say("people.nobody")
    earliest = column(Key(say("book.earliest"), "earliest", office.id)) if team else ()
    way = _way(_answer(port, office.id), by_phone=by_phone)
    about = entry.office_called if by_phone else entry.office_card
    return View(
        (*about(port, office, with_people=not team), *((spoken,) if spoken else ()), (question,)),
        (*earliest, *column(*keys), *way, *(() if by_phone else entry.map_row(office))),
    )


def _way(possible: bool, *, by_phone: bool) -> tuple[tuple[Key, ...], ...]:
    """To a talk by phone, where one is possible, and back to a visit."""
    if by_phone:
        return column(Key(say("offices.rather_come"), "way", "visit"))
    return column(Key(say("offices.rather_phone"), "way", "phone")) if possible else ()


def _by_phone(session: Session, port: Port, *office_ids: str) -> bool:
    """Whether the client would rather talk by phone, and could in one of these offices."""
    return session.draft.wishes.by_phone and _answer(port, *office_ids)


def _answer(port: Port, *office_ids: str) -> bool:
    """Whether somebody in one of these offices can be called."""
    people = (person for id in office_ids for person in port.city.team(id))
    return any(can_be_called(port.city, person) for person in people)


def days(session: Session, port: Port) -> View:
    """The next days that have room, a handful at a time."""
    first = slot_values.to_day(session.draft.days_from or "") or port.today
    found = port.free_days(search_of(session, port), first, DAYS_A_SCREEN + 1)
    shown, more = found[:DAYS_A_SCREEN], found[DAYS_A_SCREEN:]
    keys = [Key(Day(port.start_of(day)), "day", day.isoformat()) for day in shown]
    later = [Key(say("days.later"), "later", more[0].isoformat())] if more else []
    question = "days.question" if shown else "days.none"
    return View(
        ((say(question, name=_person_name(session, port)),),),
        column(*keys, *later, *_others(session)),
    )


def times(session: Session, port: Port) -> View:
    """The free times of the chosen day."""
    day = slot_values.to_day(session.draft.day or "") or port.today
    free = port.free_times(search_of(session, port), day)
    keys = [Key(Time(slot.start), "time", slot_values.of_slot(slot)) for slot in free]
    key = "times.question" if free else "times.none"
    question = say(key, name=_person_name(session, port), day=Day(port.start_of(day)))
    return View(((question,),), grid(keys, 3))


def alternatives(session: Session, port: Port) -> View:
    """The time is gone: the free ones nearest to it."""
    wanted = slot_values.to_slot(session.draft.slot or "")
    free = port.nearest(search_of(session, port), wanted[1], 3) if wanted else ()
    keys = [
        Key(
            say("alternatives.slot", day=ShortDay(slot.start), time=Time(slot.start)),
            "time",
            slot_values.of_slot(slot),
        )
        for slot in free
    ]
    return View(
        ((say("alternatives.question" if free else "alternatives.none"),),),
        column(*keys, *_others(session)),
    )


def _others(session: Session) -> tuple[Key, ...]:
    """Another person or office; the staff book their own."""
    return () if session.draft.walk_in else (Key(say("days.others"), "others"),)


def _area_label(area: Area, language: str | None) -> Line:
    spoken = area.spoken.get(language or "")
    if not spoken:
        return Name(area.name)
    return say("place.area", name=Name(area.name), spoken=Name(spoken))


def _person_name(session: Session, port: Port) -> Line:
    person = port.city.case_manager.get(session.draft.case_manager_id or "")
    return Name(public_name(port.city, person)) if person else say("book.anybody")
