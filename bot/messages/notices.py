"""Notices: what one of the staff is told about an appointment, in chat and by mail alike.

A notice keeps its facts as they were when it was written, whatever happens until it is sent. Of
the client it holds not even a number, and never the topic.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from bot.conversation import presses, slot_values, staff_lines
from bot.conversation.content import Button, Day, Line, Name, Passage, Screen, Time, say
from bot.domain.appointment import Appointment, Status
from bot.domain.city import City
from bot.domain.staffing import StandIn

Paragraphs = tuple[tuple[Passage, ...], ...]
Rows = tuple[tuple[Button, ...], ...]


class NoticeKind(StrEnum):
    """What a notice tells."""

    BOOKED = "booked"
    MOVED = "moved"
    CANCELLED = "cancelled"
    CANCELLED_FOR_CLIENT = "cancelled_for_client"
    CALLED_OFF = "called_off"
    WISHES = "wishes"
    COMING = "is_coming"
    LATE = "runs_late"
    ELSEWHERE = "elsewhere"
    TIME_KEPT = "time_kept"
    TIME_CHOSEN = "time_chosen"
    NOT_SEEN = "not_seen"
    LANGUAGE_HELP = "language_help"
    NOT_REACHED = "not_reached"
    UNTOLD = "untold"


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice.

    `was` is when the talk would have been before it was moved (UTC epoch seconds), `whose` names
    its case manager where somebody else is told, `if_unseen` is who will be asked if nobody sees
    it. `first_talk` is None where nobody knows.
    """

    kind: NoticeKind
    about: Appointment
    was: int | None = None
    whose: str | None = None
    first_talk: bool | None = False
    if_unseen: StandIn | None = None


TITLES = {
    NoticeKind.BOOKED: "staff.booked",
    NoticeKind.MOVED: "staff.moved",
    NoticeKind.CANCELLED: "staff.cancelled",
    NoticeKind.CANCELLED_FOR_CLIENT: "staff.cancelled_for_client",
    NoticeKind.CALLED_OFF: "staff.called_off",
    NoticeKind.WISHES: "staff.wishes_changed",
    NoticeKind.COMING: "staff.is_coming",
    NoticeKind.LATE: "staff.runs_late",
    NoticeKind.ELSEWHERE: "staff.went_elsewhere",
    NoticeKind.TIME_KEPT: "staff.keeps_time",
    NoticeKind.TIME_CHOSEN: "staff.chose_time",
    NoticeKind.NOT_SEEN: "staff.passed_on",
    NoticeKind.LANGUAGE_HELP: "staff.help_asked",
    NoticeKind.NOT_REACHED: "matter.not_reached",
    NoticeKind.UNTOLD: "staff.untold",
}
TO_BE_SEEN = frozenset(
    {NoticeKind.BOOKED, NoticeKind.MOVED, NoticeKind.NOT_SEEN, NoticeKind.NOT_REACHED}
)
TO_BE_OPENED = TO_BE_SEEN | {
    *(NoticeKind.UNTOLD, NoticeKind.WISHES, NoticeKind.LATE, NoticeKind.ELSEWHERE),
    *(NoticeKind.TIME_KEPT, NoticeKind.TIME_CHOSEN),
}
OF_GONE = frozenset({NoticeKind.CANCELLED, NoticeKind.CANCELLED_FOR_CLIENT, NoticeKind.CALLED_OFF})
"""What takes an appointment out of its case manager's calendar."""
IN_CALENDAR = frozenset({NoticeKind.BOOKED, NoticeKind.MOVED, NoticeKind.WISHES})
"""What puts an appointment into its case manager's calendar, or changes it there."""
WITH_LISTS = OF_GONE | {NoticeKind.BOOKED, NoticeKind.MOVED, NoticeKind.COMING}


def frozen(about: Appointment) -> Appointment:
    """What is kept of an appointment that others are told of."""
    return replace(about, person_id=0, wishes=replace(about.wishes, topic=None))


def paragraphs(notice: Notice, city: City) -> Paragraphs:
    """What a notice says, whatever way it takes."""
    return (_title(notice), staff_lines.facts(notice.about, city))


def screen(notice: Notice, city: City) -> Screen:
    """The notice as a message in chat, with buttons that last as long as it stands there."""
    return Screen(paragraphs(notice, city), _buttons(notice))


def is_passed_on(notice: Notice) -> bool:
    """Whether the appointment takes place, only not with whom this tells that it is gone."""
    is_reader, stands = notice.whose is None, notice.about.status is Status.BOOKED
    return notice.kind in OF_GONE and is_reader and stands


def _title(notice: Notice) -> tuple[Line, ...]:
    title, by_phone = TITLES[notice.kind], notice.about.wishes.by_phone
    if is_passed_on(notice):
        title = "staff.passed_to_other"
    if by_phone and notice.kind is NoticeKind.COMING:
        title = "staff.is_calling"
    if notice.whose is not None and notice.kind is NoticeKind.NOT_SEEN:
        return (say(title, name=Name(notice.whose)),)
    was: tuple[Line, ...] = ()
    if notice.was is not None:
        was = (say("staff.was", day=Day(notice.was), time=Time(notice.was)),)
    whose = () if notice.whose is None else (say("staff.with", name=Name(notice.whose)),)
    return (say(title), *was, *whose, *_not_reached(notice))


def _not_reached(notice: Notice) -> tuple[Line, ...]:
    """What may happen all the same where our message did not arrive."""
    if notice.kind is not NoticeKind.NOT_REACHED:
        return ()
    by_phone = notice.about.wishes.by_phone
    return (say("staff.not_reached_by_phone" if by_phone else "staff.not_reached"),)


def _buttons(notice: Notice) -> Rows:
    number, rows = str(notice.about.id), list[tuple[Button, ...]]()
    seen = slot_values.of_version(notice.about.version)
    if notice.kind in TO_BE_OPENED:
        see = (_lasting("staff.see", "seen", seen),) if notice.kind in TO_BE_SEEN else ()
        rows.append((*see, _lasting("staff.open", "visit", number)))
    if notice.kind is NoticeKind.LANGUAGE_HELP:
        rows.append((_lasting("staff.help_yes", "help_yes", seen),))
        rows.append((_lasting("staff.help_no", "help_no", seen),))
    if notice.kind in WITH_LISTS:
        rows.append((_lasting("staff.today", "today"), _lasting("staff.week", "week")))
    return tuple(rows)


def _lasting(label: str, action: str, value: str = "") -> Button:
    return Button(say(label), presses.encode(action, None, value))
