"""Appointments, the wishes that go with them, and the reasons one can be refused."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

CODE_LETTERS = "BCDFGHJKLMNPQRSTVWXYZ"
CODE_SIGNS = CODE_LETTERS + "23456789"
CODE_LENGTH = 4
CODE_TABOOS = ("HJ", "KZ", "NS", "SS", "HH", "88")


class Status(StrEnum):
    """Where an appointment stands; `domain.lifecycle` says what leads from one to the next."""

    HELD = "held"
    BOOKED = "booked"
    CAME = "came"
    MISSED = "missed"
    CANCELLED = "cancelled"
    CALLED_OFF = "called_off"


class Answer(StrEnum):
    """What is known of a client on the way; one who cannot come cancels or moves.

    Late and elsewhere (at the door of another office) may also be noted by the staff. Asked, that
    they have been asked whether another time suits and have not answered; kept, that they answered
    by keeping the time.
    """

    NONE = "none"
    COMING = "coming"
    LATE = "late"
    ELSEWHERE = "elsewhere"
    ASKED = "asked"
    KEPT = "kept"


MOST_COMPANIONS = 5
"""As many adults, and as many children, can be said to come along."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a client asked for; all optional, `topic` is coarse and never sent in a notice.

    `for_family` says that somebody of theirs comes instead of them; who that is nobody asks.
    """

    language_help: bool = False
    adults: int = 0
    children: int = 0
    step_free: bool = False
    topic: str | None = None
    by_phone: bool = False
    for_family: bool = False

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """What was kept by field; one that only another version of the program knows is left."""
        return cls(**{name: value for name, value in kept.items() if name in cls.__slots__})

    @classmethod
    def read(cls, text: str) -> Self | None:
        """What was kept as JSON; None for what cannot be read."""
        try:
            return cls.of(json.loads(text))
        except (ValueError, AttributeError):
            return None


@dataclass(frozen=True, slots=True)
class Version:
    """An appointment as somebody saw it when they decided something about it."""

    id: int
    sequence: int


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

    @property
    def version(self) -> Version:
        """What a button or form about it as it is now names."""
        return Version(self.id, self.sequence)


class Reason(StrEnum):
    """Why something a person asked for cannot be done."""

    TAKEN = "taken"
    TOO_MANY = "too_many"
    GONE = "gone"
    CHANGED = "changed"
    PAUSED = "paused"
    BLOCKED = "blocked"
    CHANGED_OFTEN = "changed_often"


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
