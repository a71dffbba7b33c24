"""The screens on the way to a person: where you live, which office, who."""

from itertools import groupby

from bot.conversation import public_names
from bot.conversation.content import CityText, Language, Languages, Line, say
from bot.conversation.port import Port, Search
from bot.conversation.screens import entry
from bot.conversation.screens.view import Key, View, column
from bot.conversation.session import Session
from bot.domain import spoken
from bot.domain.city import CaseManager
from bot.domain.contacts import can_be_called


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
        speaking=draft.speaking,
        prefers=session.clients_language,
    )


def offices(session: Session, port: Port) -> View:
    """All offices, nearest first, and the earliest free time above them.

    Where the client's language is spoken in some of them only, those alone can be asked for. For
    who would rather talk by phone those where a number answers.
    """
    order = session.draft.order or tuple(office.id for office in port.city.offices)
    team = port.team(*order)
    teams = {id: [*people] for id, people in groupby(team, key=lambda one: one.office_id)}
    called = [name for name in order if _answer(port, name)]
    by_phone, keep = _by_phone(session, port, *order), _where_spoken(session, port, team)
    offered = called if by_phone else order
    chosen = [port.city.office[name] for name in offered if name in keep]
    title = say("offices.near" if session.draft.place_known else "offices.all")
    title = say("offices.by_phone") if by_phone else title
    outside = (say("offices.outside", city=CityText("city")),) if session.draft.outside else ()
    lines = tuple(
        say(
            "offices.line",
            office=entry.heading(port, office),
            speaks=entry.speaks(port, office, teams.get(office.id, ()), session.language),
        )
        for office in chosen
    )
    keys = [Key(entry.heading(port, office), "office", office.id) for office in chosen]
    first, way = Key(say("book.earliest"), "earliest"), _way(bool(called), by_phone=by_phone)
    return View(
        ((*outside, *_only(session), title), lines),
        (*column(first, *keys, *_speaking(session, port, team)), *way),
    )


def people(session: Session, port: Port) -> View:
    """One office: its card, its case managers by name, and the earliest of them.

    For who would rather talk by phone those who can be called, and nothing of the way there.
    """
    office = port.city.office[session.draft.office_id or port.city.offices[0].id]
    by_phone = _by_phone(session, port, office.id)
    team = [
        (person, public_names.name_of(port.city, person))
        for person in port.team(office.id)
        if _wanted(session, port, person) and (not by_phone or can_be_called(port.city, person))
    ]
    last = port.last_case_manager()
    again = [(p, name) for p, name in team if last is not None and p.id == last.id]
    keys = [Key(say("people.again", name=name), "person", p.id) for p, name in again]
    keys += [Key(name, "person", p.id) for p, name in team if (p, name) not in again]
    theirs = tuple(
        say("people.speaks", name=name, languages=Languages(tuple(sorted(p.languages))))
        for p, name in team
        if p.languages
    )
    question = say("people.question") if team else say("people.nobody")
    earliest = column(Key(say("book.earliest"), "earliest", office.id)) if team else ()
    way = _way(_answer(port, office.id), by_phone=by_phone)
    about = entry.office_called if by_phone else entry.office_card
    others = column(Key(say("days.others"), "others")) if _led_here(session) else ()
    return View(
        (
            *about(port, office, with_people=not team),
            *((theirs,) if theirs else ()),
            (*_only(session), question),
        ),
        (*earliest, *column(*keys), *way, *others, *(() if by_phone else entry.map_row(office))),
    )


def _led_here(session: Session) -> bool:
    """Whether a link named this office: no list of offices lies behind it."""
    return "place" in session.trail and "offices" not in session.trail


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


def _wanted(session: Session, port: Port, person: CaseManager) -> bool:
    """Whether a person speaks the language that was asked for, if one was."""
    return spoken.speaks(port.city, person, session.draft.speaking)


def _where_spoken(session: Session, port: Port, team: tuple[CaseManager, ...]) -> set[str]:
    """The offices to choose from: all, or those where the language asked for is spoken."""
    if session.draft.speaking is None:
        return set(port.city.office)
    return {person.office_id for person in team if _wanted(session, port, person)}


def _speaking(session: Session, port: Port, team: tuple[CaseManager, ...]) -> tuple[Key, ...]:
    """Only with somebody who speaks the client's language, where that leaves fewer; or all."""
    if session.draft.speaking is not None:
        return (Key(say("speaking.all"), "speaking"),)
    language = session.language or port.city.languages[0]
    fits = {spoken.speaks(port.city, person, language) for person in team}
    label = say("speaking.ask", language=Language(language))
    return (Key(label, "speaking", language),) if fits == {True, False} else ()


def _only(session: Session) -> tuple[Line, ...]:
    """That not everybody is shown."""
    language = session.draft.speaking
    return (say("speaking.only", language=Language(language)),) if language else ()
