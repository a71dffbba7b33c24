"""What the staff do in chat about appointments. Checked here, not only hidden."""

from dataclasses import replace

from bot.conversation import slot_values
from bot.conversation.content import Code, Line, say
from bot.conversation.outcome import Outcome
from bot.conversation.port import Port
from bot.conversation.session import Session
from bot.conversation.staff_port import StaffPort
from bot.domain import bounds
from bot.domain.actors import Role
from bot.domain.appointment import Appointment, Reason, Refused, Version, is_code
from bot.domain.lifecycle import Act

ABOUT_HELP = "staff.client_told", "staff.noted_alone"
TIED = {
    Role.CASE_MANAGER: "staff.tied",
    Role.FRONT_DESK: "front_desk.tied",
    Role.OPERATOR: "operator.tied",
}


def today(session: Session, value: str, port: Port) -> Outcome:
    """Today's list."""
    return _only_for_staff(session, port, "today")


def week(session: Session, value: str, port: Port) -> Outcome:
    """A week of the list, from today or from the day a button names."""
    return _only_for_staff(session, port, "week", value if bounds.day(value, port.today) else None)


def visit(session: Session, value: str, port: Port) -> Outcome:
    """One of the case manager's own appointments, opened: here the topic is shown."""
    return _opened(session, value, port, "visit")


def by_code(session: Session, text: str, port: Port) -> Outcome:
    """An appointment of theirs by the code that was typed: what a client reads out at the door."""
    code, staff = text.strip().upper(), port.staff()
    if not is_code(code) or staff is None:
        return Outcome(session, notice=(say("staff.type_a_code"),))
    view = staff.find(code)
    if view is None:
        return Outcome(session, notice=(say("staff.no_such_code", code=Code(code)),))
    return _at(session, view.about.id, "visit")


def seen(session: Session, value: str, port: Port) -> Outcome:
    """ "I have seen it"."""
    return _done(session, value, port, Act.SEE)


def ask_cannot(session: Session, value: str, port: Port) -> Outcome:
    """Really call it off?"""
    return _opened(session, value, port, "cannot")


def cannot(session: Session, value: str, port: Port) -> Outcome:
    """Call it off; the client is offered other times, if our messages reach them."""
    told = "staff.cannot_done", "staff.cannot_alone"
    return _done(session, value, port, Act.CALL_OFF, told)


def matters(session: Session, value: str, port: Port) -> Outcome:
    """What is left to do."""
    return _only_for_staff(session, port, "matters")


def settle(session: Session, value: str, port: Port) -> Outcome:
    """What was open has been seen to."""
    return _done(session, value, port, Act.SETTLE)


def heard(session: Session, value: str, port: Port) -> Outcome:
    """The client has called, or stands at the desk."""
    return _opened(session, value, port, "heard")


def ask_gone(session: Session, value: str, port: Port) -> Outcome:
    """Has the client really cancelled?"""
    return _opened(session, value, port, "client_cancels")


def gone(session: Session, value: str, port: Port) -> Outcome:
    """The client told them that they cancel: the time is free again, the client gets a line."""
    return _done(session, value, port, Act.CANCEL_FOR_CLIENT, ABOUT_HELP)


def late(session: Session, value: str, port: Port) -> Outcome:
    """The client told them that they come later."""
    return _done(session, value, port, Act.NOTE_LATE)


def elsewhere(session: Session, value: str, port: Port) -> Outcome:
    """The client stands at another office."""
    return _done(session, value, port, Act.NOTE_ELSEWHERE)


def another_time(session: Session, value: str, port: Port) -> Outcome:
    """Another time, on which they have agreed with the client: on which day?"""
    seen, staff = slot_values.to_version(value), port.staff()
    view = None if seen is None or staff is None else staff.view(seen.id)
    if view is None or not view.acts & {Act.MOVE_FOR_CLIENT, Act.REBOOK_FOR_CLIENT}:
        return _gone(session, port)
    if view.about.version != seen:
        return replace(_at(session, view.about.id, "visit"), notice=(say("staff.changed"),))
    return _days_for(session, view.about, port)


def ask_time(session: Session, value: str, port: Port) -> Outcome:
    """About which other times would its client be asked?"""
    seen, staff = slot_values.to_version(value), port.staff()
    if seen is None or staff is None:
        return _gone(session, port)
    view = staff.view(seen.id)
    if view is None or Act.ASK_TIME not in view.acts:
        return _opened(session, str(seen.id), port, "visit")
    if view.about.version != seen:
        return replace(_at(session, seen.id, "visit"), notice=(say("staff.changed"),))
    return _offering(session, seen, staff)


def ask_time_yes(session: Session, value: str, port: Port) -> Outcome:
    """Ask about those times; one that has been taken since is replaced, and they read it again."""
    seen, staff = slot_values.to_version(value), port.staff()
    if seen is None or staff is None:
        return _gone(session, port)
    wanted = map(slot_values.to_slot, session.draft.offered)
    asked = staff.ask_time(seen, [slot for at in wanted if at and (slot := port.slot(*at))])
    match asked:
        case Refused(Reason.TAKEN):
            return _offering(session, seen, staff, say("staff.ask_time_taken"))
        case Refused():
            return _too_late(session, seen, asked, port, "visit")
        case _:
            shown = _at(session, seen.id, "visit")
            return replace(shown, notice=(say("staff.ask_time_done"),))


def came(session: Session, value: str, port: Port) -> Outcome:
    """The client came."""
    return _done(session, value, port, Act.CAME)


def missed(session: Session, value: str, port: Port) -> Outcome:
    """The client did not come."""
    return _done(session, value, port, Act.MISSED)


def undo(session: Session, value: str, port: Port) -> Outcome:
    """It was pressed by mistake."""
    return _done(session, value, port, Act.UNDO)


def help_arranged(session: Session, value: str, port: Port) -> Outcome:
    """Somebody will help with the language."""
    return _done(session, value, port, Act.ARRANGE_HELP, ABOUT_HELP)


def no_help(session: Session, value: str, port: Port) -> Outcome:
    """Nobody will help with the language."""
    return _done(session, value, port, Act.REFUSE_HELP, ABOUT_HELP)


def redeem(session: Session, token: str, port: Port) -> Outcome | None:
    """An invitation from a link; None if it is not good, whatever the reason."""
    actor = port.redeem(token)
    if actor is None:
        return None
    session = replace(session.only("staff_menu"), language=port.city.staff_languages[0])
    return Outcome(session, notice=(say(TIED[actor.role]),))


def _opened(session: Session, value: str, port: Port, screen: str) -> Outcome:
    number, staff = bounds.number(value), port.staff()
    if number is None or staff is None or staff.view(number) is None:
        return _gone(session, port)
    return _at(session, number, screen)


def _done(
    session: Session, value: str, port: Port, act: Act, told: tuple[str, str] | None = None
) -> Outcome:
    """The appointment after what was done; of `told`, the second if the client is not reached.

    What came too late changes nothing, and shows the appointment as it is.
    """
    seen, staff = slot_values.to_version(value), port.staff()
    if seen is None or staff is None:
        return _gone(session, port)
    found = staff.do(act, seen)
    if isinstance(found, Refused):
        return _too_late(session, seen, found, port, "cannot" if act is Act.CALL_OFF else "visit")
    shown = _at(session, seen.id, "visit")
    if told is None:
        return shown
    return replace(shown, notice=(say(told[not found.delivery.reached]),))


def _too_late(session: Session, seen: Version, refused: Refused, port: Port, again: str) -> Outcome:
    """How it is now: what was asked about a time that is past is asked anew."""
    if refused.reason is not Reason.CHANGED:
        return _opened(session, str(seen.id), port, "visit")
    asked = _opened(session, str(seen.id), port, again)
    return replace(asked, notice=asked.notice or (say("staff.changed"),))


def _at(session: Session, number: int, screen: str) -> Outcome:
    return Outcome(session.only("staff_menu").choosing(looking_at=number).to(screen))


def _gone(session: Session, port: Port) -> Outcome:
    """For a client there is nothing behind these buttons."""
    if port.actor() is None:
        return Outcome(session, stale=True)
    return Outcome(session.only("staff_menu"), notice=(say("staff.gone"),))


def _days_for(session: Session, about: Appointment, port: Port) -> Outcome:
    """The days of whose appointment it is, while they can be booked; else the office's people."""
    team = {person.id for person in port.team(about.office_id)}
    own = about.case_manager_id if about.case_manager_id in team else None
    chosen = session.only("staff_menu").choosing(
        looking_at=about.id,
        moving=about.id,
        sequence=about.sequence,
        walk_in=about.language,
        office_id=about.office_id,
        case_manager_id=own,
        wishes=about.wishes,
    )
    return Outcome(chosen.to("visit").to("days" if own else "people"))


def _offering(session: Session, seen: Version, staff: StaffPort, *notice: Line) -> Outcome:
    """The times that could be offered, to be read before its client is asked."""
    others = staff.other_times(seen.id)
    if not others:
        return replace(_at(session, seen.id, "visit"), notice=(say("staff.ask_time_none"),))
    shown = _at(session, seen.id, "ask_time").session
    return Outcome(shown.choosing(offered=tuple(map(slot_values.of_slot, others))), notice=notice)


def _only_for_staff(session: Session, port: Port, screen: str, first: str | None = None) -> Outcome:
    if port.actor() is None:
        return Outcome(session, stale=True)
    return Outcome(session.only("staff_menu").choosing(days_from=first).to(screen))
