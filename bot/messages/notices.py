"""Notices: what one of the staff is told about an appointment, in chat and by mail alike.

A notice keeps its facts as they were when it was written, whatever happens until it is sent. Of
the client it holds not even a number, and never the topic.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.conversation import presses, staff_lines
from bot.conversation.content import Button, Day, Line, Name, Screen, Time, say
from bot.domain.appointment import Appointment
from bot.domain.staffing import StandIn

Paragraphs = tuple[tuple[Line, ...], ...]
Rows = tuple[tuple[Button, ...], ...]


class NoticeKind(StrEnum):
    """What a notice tells."""

    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"
    CALLED_OFF = "called_off"
    COMING = "is_coming"
    NOT_SEEN = "not_seen"
    LANGUAGE_HELP = "language_help"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice.

    `was` is when the talk would have been before it was moved (UTC epoch seconds), `whose` names
    the case manager of whom others are told, `if_unseen` is who will be asked if nobody sees it.
    """

    kind: NoticeKind
    about: Appointment
    was: int | None = None
    whose: str | None = None
    first_talk: bool = False
    if_unseen: StandIn | None = None


TITLES = {
    NoticeKind.BOOKED: "staff.booked",
    NoticeKind.MOVED: "staff.moved",
    NoticeKind.CANCELLED: "staff.cancelled",
    NoticeKind.CALLED_OFF: "staff.called_off",
    NoticeKind.COMING: "staff.is_coming",
    NoticeKind.NOT_SEEN: "staff.passed_on",
    NoticeKind.LANGUAGE_HELP: "staff.help_asked",
    NoticeKind.NOT_REACHED: "staff.not_reached",
}
TO_BE_OPENED = frozenset(
    {NoticeKind.BOOKED, NoticeKind.MOVED, NoticeKind.NOT_SEEN, NoticeKind.NOT_REACHED}
)
WITH_LISTS = frozenset(
    {
        *(NoticeKind.BOOKED, NoticeKind.MOVED, NoticeKind.CANCELLED),
        *(NoticeKind.CALLED_OFF, NoticeKind.COMING),
    }
)


def frozen(about: Appointment) -> Appointment:
    """What is kept of an appointment that others are told of."""
    return replace(about, person_id=0, wishes=replace(about.wishes, topic=None))


def paragraphs(notice: Notice) -> Paragraphs:
    """What a notice says, whatever way it takes."""
    return (_title(notice), staff_lines.facts(notice.about))


def screen(notice: Notice) -> Screen:
    """The notice as a message in chat, with buttons that last as long as it stands there."""
    return Screen(paragraphs(notice), _buttons(notice))


def _title(notice: Notice) -> tuple[Line, ...]:
    title = TITLES[notice.kind]
    if notice.whose is not None and notice.kind is NoticeKind.NOT_SEEN:
        return (say(title, name=Name(notice.whose)),)
    if notice.whose is not None:
        return (say(title), say("staff.with", name=Name(notice.whose)))
    if notice.was is not None:
        return (say(title), say("staff.was", day=Day(notice.was), time=Time(notice.was)))
    return (say(title),)


def _buttons(notice: Notice) -> Rows:
    number, rows = str(notice.about.id), list[tuple[Button, ...]]()
    if notice.kind in TO_BE_OPENED:
        rows.append(
            (_lasting("staff.see", "seen", number), _lasting("staff.open", "visit", number))
        )
    if notice.kind is NoticeKind.LANGUAGE_HELP:
        rows.append((_lasting("staff.help_yes", "help_yes", number),))
        rows.append((_lasting("staff.help_no", "help_no", number),))
    if notice.kind in WITH_LISTS:
        rows.append((_lasting("staff.today", "today"), _lasting("staff.week", "week")))
    return tuple(rows)


def _lasting(label: str, action: str, value: str = "") -> Button:
    return Button(say(label), presses.encode(action, None, value))
