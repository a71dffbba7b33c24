"""The first screens: language, notice, main menu, offices with their phones, emergency."""

from collections.abc import Iterable
from urllib.parse import quote

from bot.conversation import phone_lines, way_of_talking
from bot.conversation.appointment_lines import address, door, stop_line
from bot.conversation.content import (
    CityText,
    Code,
    Day,
    Fold,
    Language,
    Languages,
    Line,
    Name,
    OwnName,
    Passage,
    Phone,
    Say,
    Screen,
    Time,
    say,
)
from bot.conversation.port import Port
from bot.conversation.screens import copying, staff, waiting
from bot.conversation.screens.view import Key, View, column, does, grid
from bot.conversation.session import Session
from bot.domain import spoken
from bot.domain.appointment import Appointment
from bot.domain.city import CaseManager, City, Office
from bot.domain.contacts import of_office

EMERGENCIES = {
    "police": "110",
    "fire": "112",
    "women": "116 016",
    "despair": "116 123",
    "children": "116 111",
    "doctor": "116 117",
}
LONG_NOTE = 200
"""Letters: more than an app shows of a folded text at once."""


def language(session: Session, port: Port) -> View:
    """The picker: every language by its own name, the phone's first."""
    first = session.language
    codes = sorted(port.city.languages, key=lambda code: code != first)
    keys = [Key(OwnName(code), "language", code) for code in codes]
    if len(session.trail) < 2:
        return View(((say("language.choose"),),), grid(keys, 2))
    if port.actor() is not None:
        return staff.language(port)
    privacy = column(Key(say("settings.privacy"), "privacy"))
    return View(
        ((say("language.choose"),), (say("settings.explained"),)),
        (*grid(keys, 2), *_reminders(port), *privacy),
    )


def _reminders(port: Port) -> tuple[tuple[Key, ...], ...]:
    """The setting what reminders show."""
    label, on = say("settings.details"), port.shows_details()
    shown = say("wish.chosen", wish=label) if on else label
    return column(Key(shown, "reminder_details", "0" if on else "1"))


def notice(session: Session, port: Port) -> View:
    """What is kept and why, and two equal buttons; who agreed before knows whose bot this is."""
    who = say("notice.who", organisation=CityText("organisation"))
    return View(
        (
            (say("notice.changed") if session.consent else who,),
            (say("notice.kept"),),
            (say("notice.not_asked"),),
            (say("notice.choice"),),
        ),
        column(
            does(Key(say("notice.agree"), "agree")),
            does(Key(say("notice.decline"), "decline")),
            Key(say("settings.privacy"), "privacy"),
        ),
    )


def menu(session: Session, port: Port) -> View:
    """Everything the bot can do, one press away; the next appointment on top."""
    coming = port.coming_appointments()[:1]
    shown = tuple((_next(port.city, about),) for about in coming)
    keys = (Key(say("menu.open_next", code=Code(a.code)), "details", str(a.id)) for a in coming)
    waits = waiting.on_menu(port)
    return View(
        (
            (say("menu.title", organisation=CityText("organisation")), *example(port.city)),
            *shown,
            *waits.paragraphs,
            (say("menu.question"),),
        ),
        (
            *column(*keys, Key(say("menu.book"), "book"), Key(say("menu.mine"), "mine")),
            *waits.rows,
            *column(
                Key(say("menu.offices"), "directory"),
                Key(say("menu.emergency"), "emergency"),
                Key(say("menu.settings"), "settings"),
            ),
        ),
    )


def _next(city: City, about: Appointment) -> Line:
    day, time = Day(about.start), Time(about.start)
    return way_of_talking.told(city, about, "menu.next", day=day, time=time)


def emergency(session: Session, port: Port) -> View:
    """The numbers that help at any hour."""
    numbers = tuple(emergency_number(which) for which in EMERGENCIES)
    return View(((say("emergency.title"),), numbers, (say("emergency.free"),)))


def emergency_number(which: str, language: str | None = None) -> Line:
    """One of them and what it is for, in a language or in the reader's."""
    return Say(f"emergency.{which}", {"phone": Phone(EMERGENCIES[which])}, language)


def example(city: City) -> tuple[Line, ...]:
    """Where nothing is really booked, a line that says so."""
    return (say("example.note"),) if city.example else ()


def slow_down(city: City) -> Screen:
    """For somebody who presses faster than we answer: whom to call meanwhile."""
    reached = [office for office in city.offices if of_office(city, office)]
    lines = tuple((Name(office.provider), *phone_lines.on_card(city, office)) for office in reached)
    urgent = (emergency_number("police"), emergency_number("fire"))
    return Screen(((say("limited.wait"),), *lines, urgent))


def directory(session: Session, port: Port) -> View:
    """Every office with its phone numbers, those that have one first; no consent is needed."""
    city = port.city
    offices = sorted(city.offices, key=lambda office: not of_office(city, office))
    called = tuple(
        (heading(port, office), *phone_lines.on_card(city, office))
        for office in offices
        if of_office(city, office)
    )
    silent = tuple(heading(port, office) for office in offices[len(called) :])
    without = ((say("card.no_phone"), *silent),) if silent else ()
    keys = [Key(heading(port, office), "card", office.id) for office in offices]
    return View(((say("directory.title"),), *called, *without), column(*keys))


def card(session: Session, port: Port) -> View:
    """One office: where, how to call, who is understood there."""
    office = port.city.office[session.draft.office_id or port.city.offices[0].id]
    book_here = column(Key(say("card.book_here"), "office", office.id)) * bool(port.team(office.id))
    return View(
        office_card(port, office),
        (_copied(port, office), *map_row(office), *book_here),
    )


def _copied(port: Port, office: Office) -> tuple[Key, ...]:
    """The address, and the number where it is plain which: of several each has its name above."""
    known = of_office(port.city, office)
    return copying.row(office=office, phone=known[0].phone if len(known) == 1 else None)


def office_card(
    port: Port, office: Office, *, with_people: bool = True
) -> tuple[tuple[Passage, ...], ...]:
    """The paragraphs that describe an office, `with_people` if their numbers are wanted there."""
    where = (
        heading(port, office),
        say("card.address", address=Name(address(office))),
        *stop_line(port.city, office),
    )
    phones = phone_lines.on_card(port.city, office, with_people=with_people)
    facts = (*phones, _spoken(port, office), say(f"card.step_free.{office.step_free}"))
    return (where, facts, *note(port, office))


def office_called(
    port: Port, office: Office, *, with_people: bool = True
) -> tuple[tuple[Line, ...], ...]:
    """The same for who would rather talk by phone: nothing of the way there."""
    phones = phone_lines.on_card(port.city, office, with_people=with_people)
    return ((heading(port, office),), (*phones, _spoken(port, office)))


def note(port: Port, office: Office) -> tuple[tuple[Passage, ...], ...]:
    """What the city says about an office, if anything: a paragraph, folded where it is long."""
    key = f"office.{office.id}.note"
    longest = max(len(port.city.text(code, key) or "") for code in port.city.languages)
    if not longest:
        return ()
    told = CityText(key)
    return ((Fold((told,)) if longest > LONG_NOTE else told,),)


def map_row(office: Office) -> tuple[tuple[Key, ...], ...]:
    """A pin where the door's position is exact, else a search for the written address."""
    if office.position.exact:
        return ((Key(say("card.pin"), "pin", office.id),),)
    url = f"https://www.openstreetmap.org/search?query={quote(address(office))}"
    return ((Key(say("card.map"), url=url),),)


def heading(port: Port, office: Office) -> Name:
    """How an office is called in lists and on buttons."""
    return door(port.city, office)


def _spoken(port: Port, office: Office) -> Line:
    """The languages of the team, of which one is always known."""
    known = spoken.of_office(port.city, office, port.team(office.id))
    key = "card.languages" if len(known) > 1 else "card.languages_unknown"
    return say(key, languages=Languages(tuple(sorted(known))))


def speaks(port: Port, office: Office, team: Iterable[CaseManager], code: str | None) -> Line:
    """Whether the client's language is spoken there: yes, or not known."""
    which = "yes" if code in spoken.of_office(port.city, office, team) else "unknown"
    return say(f"offices.speaks_{which}", language=Language(code or "en"))
