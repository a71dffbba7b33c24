"""One appointment in front of one of the staff: what was told, what came of it, what to do."""

from dataclasses import replace

from bot.conversation import slot_values, staff_facts, staff_lines
from bot.conversation.content import Day, Line, say
from bot.conversation.port import Port
from bot.conversation.screens import staff as lists
from bot.conversation.screens.view import Key, View, column, does, ends
from bot.conversation.session import Session
from bot.conversation.staff_lines import FOR_CLIENT
from bot.domain.appointment_view import AppointmentView
from bot.domain.lifecycle import Act

ACTIONS = {
    Act.SETTLE: "settle",
    Act.SEE: "seen",
    Act.ARRANGE_HELP: "help_yes",
    Act.REFUSE_HELP: "help_no",
    Act.NOTE_LATE: "late_for",
    Act.NOTE_ELSEWHERE: "elsewhere",
    Act.MOVE_FOR_CLIENT: "another_time",
    Act.REBOOK_FOR_CLIENT: "another_time",
    Act.CANCEL_FOR_CLIENT: "client_cancels",
    Act.ASK_TIME: "ask_time",
    Act.CALL_OFF: "cannot",
    Act.CAME: "came",
    Act.MISSED: "missed",
    Act.UNDO: "undo",
}
"""What the button of each act does, in the order in which they stand."""
SIDE_BY_SIDE = frozenset({Act.CAME, Act.MISSED})
ASKED_FIRST = frozenset({Act.CALL_OFF, Act.CANCEL_FOR_CLIENT})


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
        return View(((say("staff.gone"),),), column(Key(say("staff.menu"), "menu")))
    reached = view.delivery.reached
    question = say("staff.cannot_question" if reached else "staff.cannot_question_alone")
    yes = say("staff.cannot_yes" if reached else "staff.cannot_plain_yes")
    return _question(view, port, question, ends(Key(yes, "cannot_yes")))


def heard(session: Session, port: Port) -> View:
    """The client has called: what did they say?"""
    view = looked_at(session, port)
    if view is None:
        return View(((say("staff.gone"),),), column(Key(say("staff.menu"), "menu")))
    keys = [_button(act, view) for act in FOR_CLIENT if act in view.acts]
    back = Key(say("staff.back"), "visit", str(view.about.id))
    return View(((say("staff.heard_question"),), _headline(view, port)), column(*keys, back))


def client_cancels(session: Session, port: Port) -> View:
    """Has the client cancelled?"""
    view = looked_at(session, port)
    if view is None:
        return View(((say("staff.gone"),),), column(Key(say("staff.menu"), "menu")))
    yes = ends(Key(say("staff.client_cancels_yes"), "client_gone"))
    return _question(view, port, say("staff.client_cancels_question"), yes)


def ask_time(session: Session, port: Port) -> View:
    """Ask its client whether one of these times suits as well?"""
    view = looked_at(session, port)
    if view is None:
        return View(((say("staff.gone"),),), column(Key(say("staff.menu"), "menu")))
    wanted = map(slot_values.to_slot, session.draft.offered)
    free = [slot for each in wanted if each and (slot := port.slot(*each))]
    own = view.about.case_manager_id
    times = staff_facts.offered(port.city, own, free)
    yes = does(Key(say("staff.ask_time_yes"), "ask_time_yes"))
    asked = _question(view, port, say("staff.ask_time_question"), yes)
    return replace(asked, paragraphs=(*asked.paragraphs, times))


def _question(view: AppointmentView, port: Port, question: Line, yes: Key) -> View:
    exactly = replace(yes, value=slot_values.of_version(view.about.version))
    no = Key(say("staff.cannot_no"), "visit", str(view.about.id))
    return View(((question,), _headline(view, port)), column(exactly, no))


def looked_at(session: Session, port: Port) -> AppointmentView | None:
    """The appointment on the screen."""
    staff, number = port.staff(), session.draft.looking_at
    return None if staff is None or number is None else staff.view(number)


def _headline(view: AppointmentView, port: Port) -> tuple[Line, ...]:
    """Day, time, whose it is, and with whom where that is not the reader."""
    told = staff_lines.headline(view.about, port.city, staff_lines.whose(view, port.city))
    return (say("staff.day", day=Day(view.about.start)), *told)


def _lines(view: AppointmentView, port: Port) -> tuple[Line, ...]:
    open_first = (*staff_lines.matters(view), *staff_lines.standing(view, port.now))
    return tuple(each.line for each in open_first)


def _buttons(view: AppointmentView) -> tuple[tuple[Key, ...], ...]:
    own = view.acts - SIDE_BY_SIDE - {*FOR_CLIENT, Act.CALL_OFF}
    alone = tuple((_button(act, view),) for act in ACTIONS if act in own)
    off = tuple((_button(act, view),) for act in view.acts & {Act.CALL_OFF})
    beside = tuple(_button(act, view) for act in ACTIONS if act in view.acts & SIDE_BY_SIDE)
    called = view.acts & {*FOR_CLIENT}
    heard = column(Key(say("staff.heard"), "heard", str(view.about.id))) if called else ()
    return (*((beside,) if beside else ()), *alone, *heard, *off)


def _button(act: Act, view: AppointmentView) -> Key:
    about = view.about
    value = str(about.id) if act in ASKED_FIRST else slot_values.of_version(about.version)
    return Key(staff_lines.label(act, view), ACTIONS[act], value)
