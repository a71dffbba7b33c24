"""One appointment in front of one of the staff: what was told, what came of it, what to do."""

from bot.conversation import staff_lines
from bot.conversation.content import Day, Line, say
from bot.conversation.port import Port
from bot.conversation.screens import staff as lists
from bot.conversation.screens.view import Key, View, column
from bot.conversation.session import Session
from bot.domain.appointment_view import AppointmentView
from bot.domain.lifecycle import Act

ACTIONS = {
    Act.SEE: "seen",
    Act.ARRANGE_HELP: "help_yes",
    Act.REFUSE_HELP: "help_no",
    Act.CALL_OFF: "cannot",
    Act.CAME: "came",
    Act.MISSED: "missed",
    Act.UNDO: "undo",
}
"""What the button of each act does, in the order in which they stand."""
SIDE_BY_SIDE = frozenset({Act.CAME, Act.MISSED})


def visit(session: Session, port: Port) -> View:
    """All that is known of it, the topic for who may read it."""
    view = looked_at(session, port)
    if view is None:
        return View(((say("staff.gone"),),), lists.switch())
    number = str(view.about.id)
    slip = column(Key(say("walk_in.slip"), "slip", number)) if view.has_slip else ()
    paragraphs = ((*_headline(view, port), *staff_lines.topic(view)), _lines(view, port))
    return View(paragraphs, (*slip, *_buttons(view), *lists.switch()))


def cannot(session: Session, port: Port) -> View:
    """Really call it off?"""
    view = looked_at(session, port)
    if view is None:
        return View(((say("staff.gone"),),), column(Key(say("around.menu"), "menu")))
    reached, number = view.delivery.reached, str(view.about.id)
    question = say("staff.cannot_question" if reached else "staff.cannot_question_alone")
    yes = say("staff.cannot_yes" if reached else "staff.cannot_plain_yes")
    keys = (Key(yes, "cannot_yes", number), Key(say("staff.cannot_no"), "visit", number))
    return View(((question,), _headline(view, port)), column(*keys))


def looked_at(session: Session, port: Port) -> AppointmentView | None:
    """The appointment on the screen."""
    staff, number = port.staff(), session.draft.looking_at
    return None if staff is None or number is None else staff.view(number)


def _headline(view: AppointmentView, port: Port) -> tuple[Line, ...]:
    """Day, time, whose it is, and with whom where that is not the reader."""
    about = view.about
    person = None if view.own else port.city.case_manager.get(about.case_manager_id)
    told = staff_lines.headline(about, port.city, person.name if person else None)
    return (say("staff.day", day=Day(about.start)), *told)


def _lines(view: AppointmentView, port: Port) -> tuple[Line, ...]:
    return tuple(each.line for each in staff_lines.standing(view, port.now))


def _buttons(view: AppointmentView) -> tuple[tuple[Key, ...], ...]:
    alone = tuple((_button(act, view),) for act in ACTIONS if act in view.acts - SIDE_BY_SIDE)
    beside = tuple(_button(act, view) for act in ACTIONS if act in view.acts & SIDE_BY_SIDE)
    return (*((beside,) if beside else ()), *alone)


def _button(act: Act, view: AppointmentView) -> Key:
    return Key(staff_lines.label(act, view), ACTIONS[act], str(view.about.id))
