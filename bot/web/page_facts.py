"""What the pages of case managers and front desk show: plain facts, in words already.

Links and the paths that forms post to are paths on this server; whoever makes them signs them.
No name, phone number or chat of a client is among the facts.
"""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.appointment_view import Mark
from bot.domain.lifecycle import Act


class PageAct(StrEnum):
    """What a form asks for that is not about one appointment, as the value of its field `act`."""

    BLOCK = "block"
    AWAY = "away"
    RELEASE = "release"
    BOOK = "book"
    ANOTHER_TIME = "another_time"
    ASK_TIME = "ask_time"


@dataclass(frozen=True, slots=True)
class News:
    """A line on what a client was told and answered, or on what failed, and the sign before it."""

    text: str
    mark: Mark
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that has happened to an appointment."""

    when: str
    what: str
    by: str


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link to another page or file."""

    text: str
    path: str


@dataclass(frozen=True, slots=True)
class FormTarget:
    """Where a form is sent, and the token without which one of a session is refused."""

    path: str
    token: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry of a list to choose from: the value a form sends, and its words."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class ActButton:
    """Something that can be done about an appointment now."""

    act: Act
    label: str


@dataclass(frozen=True, slots=True)
class AppointmentFacts:
    """One appointment, and the buttons of what can be done. An empty text says nothing.

    `for_client` is what can be noted for a client who has called, `another_time` the path of the
    form that gives one, `asking` that of the form that asks about one; `matters` is what is left
    to do. `reached`, whether its client is told in chat of what is done here; `slip` is the path of
    the slip of paper, if there is one; `overview` leads to the lists of who has come from there.
    `case_manager` names whose it is, where that is not the reader; `call` says of a talk by phone
    who calls whom. Forms carry the `sequence` that was seen.
    """

    code: str
    day: str
    time: str
    until: str
    language: str
    post_to: FormTarget
    overview: str
    acts: tuple[ActButton, ...]
    for_client: tuple[ActButton, ...]
    another_time: str
    asking: str
    matters: tuple[News, ...]
    reached: bool
    wishes: tuple[str, ...] = ()
    talk: str = ""
    call: str = ""
    topic: str = ""
    slip: str = ""
    news: tuple[News, ...] = ()
    history: tuple[Happening, ...] = ()
    sequence: str = ""
    case_manager: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ListEntry:
    """An appointment in a list; `notes` are its wishes in a word or two each.

    `news` tells what became of it, and what sets it apart from one that everybody knows of.
    """

    time: str
    code: str
    language: str
    path: str = ""
    notes: tuple[str, ...] = ()
    news: tuple[News, ...] = ()
    case_manager: str = ""


@dataclass(frozen=True, slots=True)
class DayList:
    """The appointments of one day under a heading such as "Heute, Mittwoch, 4. Februar"."""

    heading: str
    entries: tuple[ListEntry, ...]


@dataclass(frozen=True, slots=True)
class ClosingFacts:
    """The forms that close times. Days are ISO dates for the calendar fields of the browser.

    `team` are those whose days can be closed, empty where it is only one's own; `hours` are the
    full hours at which a closed time can begin, `ends` those at which it can end. `closed` are the
    absences and blocked hours to come, by the value that releases them.
    """

    first_day: str
    last_day: str
    post_to: FormTarget
    hours: tuple[Choice, ...]
    ends: tuple[Choice, ...]
    team: tuple[Choice, ...] = ()
    closed: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """A case manager's own page.

    `matters` are the talks about which something is left to do. `later` are the days with talks
    after tomorrow, `past` those before today, the latest first.
    """

    name: str
    matters: tuple[ListEntry, ...]
    today: DayList
    tomorrow: DayList
    later: tuple[DayList, ...]
    past: tuple[DayList, ...]
    page: str
    post_to: FormTarget
    booking: str
    closing: ClosingFacts
    problem: str = ""


@dataclass(frozen=True, slots=True)
class DeskFacts:
    """The list of one day for the front desk of one office.

    `matters` are the talks about which something is left to do. `coming` and `past` lead to the
    days that have talks, from today on, and before, the latest first.
    """

    office: str
    matters: tuple[ListEntry, ...]
    day: DayList
    previous: PageLink
    today: str
    following: PageLink
    coming: tuple[PageLink, ...]
    past: tuple[PageLink, ...]
    booking: str
    closing: ClosingFacts
    printed: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class DoneFacts:
    """What was done; `undo_at` is the path that takes it back, if it can be."""

    title: str
    text: str
    links: tuple[PageLink, ...]
    undo_at: FormTarget | None = None
    sequence: str = ""
    mark: Mark = Mark.GOOD


@dataclass(frozen=True, slots=True)
class ConfirmFacts:
    """A question before something that hits clients; `fields` go with the form, as they came.

    `points` name what it hits, one by one.
    """

    title: str
    text: str
    yes: str
    act: Act | PageAct
    fields: tuple[Choice, ...]
    post_to: FormTarget
    back: str
    points: tuple[str, ...] = ()
