"""What the forms show that give somebody a time: plain facts, in words already."""

from dataclasses import dataclass

from bot.web.page_facts import Choice, FormTarget, PageLink


@dataclass(frozen=True, slots=True)
class Entered:
    """What somebody has entered into the form that books, as it came; empty is not chosen.

    `token` is the form's own: sent twice, it books once.
    """

    token: str
    language: str = ""
    time: str = ""
    language_help: bool = False
    step_free: bool = False
    by_phone: bool = False
    adults: str = "0"
    children: str = "0"


@dataclass(frozen=True, slots=True)
class BookingDayFacts:
    """Booking for a client without Telegram: on which day? What was entered is in the links."""

    days: tuple[PageLink, ...]
    overview: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class BookingFacts:
    """Then the time of `day`, an ISO date, and all the rest; `most` may come along at most.

    `by_phone`, if somebody can be called.
    """

    day: str
    heading: str
    times: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    entered: Entered
    most: int
    post_to: FormTarget
    overview: str
    by_phone: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class AnotherTimeFacts:
    """Another time for an appointment: first the days, then the `times` of one of them.

    `what` says which appointment it is; the form carries the `sequence` that was seen.
    """

    what: str
    days: tuple[PageLink, ...]
    heading: str
    times: tuple[Choice, ...]
    sequence: str
    post_to: FormTarget
    back: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class DayChoices:
    """The times of one day."""

    heading: str
    times: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class AskingFacts:
    """Up to three times the client of an appointment is asked about.

    `fields` are the names of the form's, each with what was chosen in it.
    """

    what: str
    days: tuple[DayChoices, ...]
    fields: tuple[Choice, ...]
    sequence: str
    post_to: FormTarget
    back: str
    problem: str = ""
