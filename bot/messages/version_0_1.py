"""What version 0.1 kept in the outbox: notices as finished screens, mails in a form of their own.

Such rows wait for weeks where a case manager has no chat. They are read as what is written today; a
notice for a chat, which is only a screen, goes out as the screen it is.
"""

import json
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from bot.conversation import content, screen_codec
from bot.conversation.content import Day, Name, Passage, Say, Screen
from bot.domain.appointment import Appointment
from bot.messages.notices import Notice, NoticeKind


@dataclass(frozen=True, slots=True)
class EarlierDigest:
    """The list of a day as finished lines: its heading first, then a paragraph for each of them."""

    paragraphs: tuple[tuple[Passage, ...], ...]


@dataclass(frozen=True, slots=True)
class EarlierNotice:
    """A notice for a chat, as a finished screen."""

    screen: Screen


MAIL, NOTICE = "mail", "notice"
RENAMED = {"changed": NoticeKind.MOVED}
DIGEST = "digest"
CALLED_OFF = "staff.called_off"
_APPOINTMENT = TypeAdapter(Appointment)


def wrote(kind: str, text: str) -> bool:
    """Whether a row is one of theirs: a screen is kept as a list."""
    return kind == MAIL or (kind == NOTICE and text.startswith("["))


def read(kind: str, text: str) -> Notice | EarlierNotice | EarlierDigest:
    """What such a row tells. Raises ValueError, LookupError or TypeError for another shape."""
    if kind == NOTICE:
        return EarlierNotice(screen_codec.from_json(text))
    told = json.loads(text)
    screen = screen_codec.from_json(told["notice"])
    if told["kind"] == DIGEST:
        return EarlierDigest(screen.paragraphs)
    return _notice(told, screen)


def _notice(told: dict[str, Any], screen: Screen) -> Notice:
    title = {name: value for line in screen.paragraphs[0] for name, value in _values(line).items()}
    was, whose = title.get("day"), title.get("name")
    return Notice(
        _kind(told["kind"], screen),
        _APPOINTMENT.validate_python(told["about"]),
        was=was.value if isinstance(was, Day) else None,
        whose=whose.value if isinstance(whose, Name) else None,
        first_talk=told["first_talk"],
    )


def _kind(named: str, screen: Screen) -> NoticeKind:
    """A cancellation by the office was told from one by the client only in its words."""
    first = screen.paragraphs[0][0]
    if isinstance(first, Say) and first.key == CALLED_OFF:
        return NoticeKind.CALLED_OFF
    return RENAMED.get(named) or NoticeKind(named)


def _values(line: Passage) -> dict[str, content.Value]:
    return dict(line.values) if isinstance(line, Say) else {}
