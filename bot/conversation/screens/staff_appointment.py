"""One appointment in front of its case manager: what was told, what came of it, what to do."""

from bot.conversation.content import CityText, Day, Line, Time, say
from bot.conversation.port import Port
from bot.conversation.screens import staff as lists
from bot.conversation.screens.view import Key, View, column
from bot.conversation.session import Session
from bot.conversation.staff_port import StaffPort
from bot.domain.actors import Role
from bot.domain.appointment import Appointment, Status
from bot.domain.delivery_status import Delivery


def visit(session: Session, port: Port) -> View:
    """All that was told, the topic among it."""
    staff, number = port.staff(), session.draft.looking_at or 0
    found = staff.visit(number) if staff else None
    delivery = staff.delivery(number) if staff else None
    if staff is None or found is None or delivery is None:
        return View(((say("staff.gone"),),), lists.switch())
    on_paper = staff.on_paper(number)
    when = (say("staff.day", day=Day(found.start)), *lists.entry(found), *_topic(found, staff))
    told = (*_state(found), *_delivered(delivery, found, port.now, on_paper=on_paper))
    slip = column(Key(say("walk_in.slip"), "slip", str(number))) if port.has_slip(number) else ()
    actions = _actions(found, port.now, reached=delivery.reached)
    return View((when, told), (*slip, *actions, *lists.switch()))


def cannot(session: Session, port: Port) -> View:
    """Really call it off?"""
    staff, number = port.staff(), session.draft.looking_at or 0
    found = staff.visit(number) if staff else None
    if staff is None or found is None:
        return View(((say("staff.gone"),),), lists.switch())
    reached = is_reached(staff, found)
    question = say("staff.cannot_question" if reached else "staff.cannot_question_alone")
    when = (say("staff.day", day=Day(found.start)), *lists.entry(found))
    yes = say("staff.cannot_yes" if reached else "staff.cannot_plain_yes")
    keys = (
        Key(yes, "cannot_yes", str(number)),
        Key(say("staff.cannot_no"), "visit", str(number)),
    )
    return View(((question,), when), column(*keys))


def is_reached(staff: StaffPort, about: Appointment) -> bool:
    """Whether our messages reach the client."""
    delivery = staff.delivery(about.id)
    return delivery is not None and delivery.reached


def _topic(about: Appointment, staff: StaffPort) -> tuple[Line, ...]:
    """What it is about, for case managers only: who opens the door need not know."""
    topic = about.wishes.topic
    if topic is None or staff.actor.role is not Role.CASE_MANAGER:
        return ()
    return (say("staff.topic", topic=CityText(f"topic.{topic}")),)


def _state(found: Appointment) -> tuple[Line, ...]:
    if found.status is Status.CANCELLED:
        return (say("staff.called_off"),)
    lines: list[Line] = []
    if found.status is Status.BOOKED:
        lines.append(say("staff.is_seen" if found.seen_at else "staff.not_seen"))
    if found.wishes.language_help:
        lines.append(_help(found.help_arranged))
    return tuple(lines)


def _help(arranged: bool | None) -> Line:
    if arranged is None:
        return say("staff.help_open")
    return say("staff.help_comes" if arranged else "staff.help_missing")


def _delivered(
    delivery: Delivery, found: Appointment, now: int, *, on_paper: bool
) -> tuple[Line, ...]:
    lines: list[Line] = []
    if (at := delivery.told_at) is not None:
        lines.append(say("staff.told", day=Day(at), time=Time(at)))
    if (at := delivery.reminded_at) is not None:
        lines.append(say("staff.reminded", day=Day(at), time=Time(at)))
    if on_paper:
        lines.append(say("walk_in.on_paper"))
    elif not delivery.reached and found.end > now:
        lines.append(say("staff.not_reached"))
    if delivery.failed:
        lines.append(say("staff.notice_failed"))
    return tuple(lines)


def _actions(found: Appointment, now: int, *, reached: bool) -> tuple[tuple[Key, ...], ...]:
    number = str(found.id)
    if found.status in (Status.CAME, Status.MISSED):
        return column(Key(say("staff.undo"), "undo", number))
    if found.status is not Status.BOOKED:
        return ()
    if found.start <= now:
        came = Key(say("staff.came"), "came", number)
        return ((came, Key(say("staff.missed"), "missed", number)),)
    seen = () if found.seen_at else column(Key(say("staff.see"), "seen", number))
    helped: tuple[tuple[Key, ...], ...] = ()
    if found.wishes.language_help:
        yes = Key(say("staff.help_yes"), "help_yes", number)
        helped = column(yes, Key(say("staff.help_no"), "help_no", number))
    cannot = say("staff.cannot" if reached else "staff.cannot_plain")
    return (*seen, *helped, *column(Key(cannot, "cannot", number)))
