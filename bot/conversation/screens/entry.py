"""The first screens: language, notice, main menu, offices with their phones, emergency."""

from urllib.parse import quote

from bot.conversation.content import (
    CityText,
    Language,
    Languages,
    Line,
    Name,
    Phone,
    say,
)
from bot.conversation.desk import Desk
from bot.conversation.screens.view import Key, View, column, grid
from bot.conversation.session import Session
from bot.domain.city import Office


def language(session: Session, desk: Desk) -> View:
    """The picker: every language by its own name, the phone's first."""
    first = session.language
    codes = sorted(desk.city.languages, key=lambda code: code != first)
    keys = [Key(say(f"language.own_name.{code}"), "language", code) for code in codes]
    return View(((say("language.choose"),),), grid(keys, 2))


def notice(session: Session, desk: Desk) -> View:
    """What is kept and why, and two equal buttons."""
    return View(
        (
            (say("notice.who", organisation=CityText("organisation")),),
            (say("notice.kept"),),
            (say("notice.not_asked"),),
            (say("notice.choice"),),
        ),
        ((Key(say("notice.agree"), "agree"),), (Key(say("notice.decline"), "decline"),)),
    )


def menu(session: Session, desk: Desk) -> View:
    """Everything the bot can do, one press away."""
    return View(
        ((say("menu.title", organisation=CityText("organisation")),), (say("menu.question"),)),
        column(
            Key(say("menu.book"), "book"),
            Key(say("menu.mine"), "mine"),
            Key(say("menu.offices"), "directory"),
            Key(say("menu.emergency"), "emergency"),
            Key(say("menu.settings"), "settings"),
        ),
    )


def emergency(session: Session, desk: Desk) -> View:
    """The numbers that help at any hour."""
    lines = tuple(
        say(f"emergency.{which}", phone=Phone(number))
        for which, number in (
            ("police", "110"),
            ("fire", "112"),
            ("women", "116 016"),
            ("children", "116 111"),
            ("doctor", "116 117"),
        )
    )
    return View(((say("emergency.title"),), lines, (say("emergency.free"),)))


def directory(session: Session, desk: Desk) -> View:
    """Every office with its phone numbers, those that have one first; no consent is needed."""
    offices = sorted(desk.city.offices, key=lambda office: not office.phones)
    paragraphs = tuple((heading(desk, office), *_phones(office)) for office in offices)
    keys = [Key(heading(desk, office), "card", office.id) for office in offices]
    return View(((say("directory.title"),), *paragraphs), column(*keys))


def card(session: Session, desk: Desk) -> View:
    """One office: where, how to call, who is understood there."""
    office = desk.city.office[session.draft.office_id or desk.city.offices[0].id]
    return View(
        office_card(desk, office),
        (*map_row(office), (Key(say("card.book_here"), "office", office.id),)),
    )


def office_card(desk: Desk, office: Office) -> tuple[tuple[Line, ...], ...]:
    """The paragraphs that describe an office, wherever it is shown."""
    where = (
        heading(desk, office),
        say("card.address", address=Name(address(office))),
    )
    facts = (*_phones(office), _spoken(office), say(f"card.step_free.{office.step_free}"))
    return (where, facts, *note(desk, office))


def note(desk: Desk, office: Office) -> tuple[tuple[Line, ...], ...]:
    """What the city says about an office, if anything: a paragraph."""
    key = f"office.{office.id}.note"
    return ((CityText(key),),) if desk.city.text(desk.city.languages[0], key) else ()


def map_row(office: Office) -> tuple[tuple[Key, ...], ...]:
    """A pin where the door's position is exact, else a search for the written address."""
    if office.position.exact:
        return ((Key(say("card.pin"), "pin", office.id),),)
    url = f"https://www.openstreetmap.org/search?query={quote(address(office))}"
    return ((Key(say("card.map"), url=url),),)


def address(office: Office) -> str:
    """Street, postal code and town as on a letter."""
    return f"{office.street}, {office.postal_code} {office.town}"


def heading(desk: Desk, office: Office) -> Name:
    """Provider and district: two offices share a street name, two a district."""
    return Name(f"{office.provider}, {desk.city.district[office.district_id].name}")


def _phones(office: Office) -> tuple[Line, ...]:
    if not office.phones:
        return (say("card.no_phone"),)
    return tuple(say("card.phone", phone=Phone(phone)) for phone in office.phones)


def _spoken(office: Office) -> Line:
    if not office.languages:
        return say("card.languages_unknown")
    return say("card.languages", languages=Languages(tuple(sorted(office.languages))))


def speaks(office: Office, code: str | None) -> Line:
    """Whether the client's language is spoken there: yes, or not known."""
    which = "yes" if code in office.languages else "unknown"
    return say(f"offices.speaks_{which}", language=Language(code or "en"))
