"""Appointments, the wishes that go with them, and the reasons one can be refused."""

from dataclasses import dataclass, field
from enum import StrEnum

CODE_LETTERS = "BCDFGHJKLMNPQRSTVWXYZ"
CODE_SIGNS = CODE_LETTERS + "23456789"
CODE_LENGTH = 4
CODE_TABOOS = ("HJ", "KZ", "NS", "SS", "HH", "88")


class Status(StrEnum):
    """The life of an appointment: held -> booked -> came, missed or cancelled."""

    HELD = "held"
    BOOKED = "booked"
    CAME = "came"
    MISSED = "missed"
    CANCELLED = "cancelled"


class Answer(StrEnum):
    """What a client answered to a reminder; a client who cannot come cancels or moves."""

    NONE = "none"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a client asked for; all optional, `topic` is coarse and never sent in a notice."""

    language_help: bool = False
    adults: int = 0
    children: int = 0
    step_free: bool = False
    topic: str | None = None
    by_phone: bool = False


@dataclass(frozen=True, slots=True)
class Appointment:
    """A talk between one client and one case manager; times are UTC epoch seconds.

    `sequence` grows with every move, so that what was planned for an earlier time can tell.
    `seen_at` is when the case manager's side saw it; `help_arranged` tells whether somebody will
    help with the language, None while that is open.
    """

    id: int
    code: str
    person_id: int
    case_manager_id: str
    office_id: str
    start: int
    end: int
    status: Status
    sequence: int
    language: str
    wishes: Wishes = field(default_factory=Wishes)
    answer: Answer = Answer.NONE
    seen_at: int | None = None
    help_arranged: bool | None = None


class Reason(StrEnum):
    """Why something a person asked for cannot be done."""

    TAKEN = "taken"
    TOO_MANY = "too_many"
    GONE = "gone"
    PAUSED = "paused"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal a person can meet: a value, never an exception."""

    reason: Reason


def is_code(text: str) -> bool:
    """Whether `text` may be an appointment's code: four signs, a letter among them.

    Left out are codes that could be read as words (no vowels) and the pairs that German number
    plates leave out for what they stood for.
    """
    return (
        len(text) == CODE_LENGTH
        and all(sign in CODE_SIGNS for sign in text)
        and any(sign in CODE_LETTERS for sign in text)
        and not any(pair in text for pair in CODE_TABOOS)
    )
