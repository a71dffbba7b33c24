"""What somebody of the staff does about one appointment: it is changed, and what follows is begun.

Whether they may is asked before, by whoever has taken the row that guards it.
"""

from collections.abc import Callable

from bot.domain import lifecycle
from bot.domain.actors import Actor
from bot.domain.appointment import Answer, Appointment
from bot.domain.changes import (
    Came,
    Cancelled,
    Change,
    HelpArranged,
    HelpRefused,
    Missed,
    RunsLate,
    Seen,
    Undone,
    WentElsewhere,
)
from bot.domain.lifecycle import Act
from bot.services.calling_off import call_off, cancel
from bot.services.reactions import happened
from bot.services.unit import Unit
from bot.storage.records import absences, appointments
from bot.storage.records.appointments import CancelledBy

CHANGES: dict[Act, Callable[[Appointment, Actor], Change]] = {
    Act.SEE: Seen,
    Act.ARRANGE_HELP: HelpArranged,
    Act.REFUSE_HELP: HelpRefused,
    Act.NOTE_LATE: RunsLate,
    Act.NOTE_ELSEWHERE: WentElsewhere,
    Act.CAME: Came,
    Act.MISSED: Missed,
    Act.UNDO: Undone,
}
"""What has happened when an act of theirs is done; calling off offers other times besides."""
ANSWERS = {Act.NOTE_LATE: Answer.LATE, Act.NOTE_ELSEWHERE: Answer.ELSEWHERE}


def do(unit: Unit, actor: Actor, act: Act, about: Appointment) -> None:
    """Do what takes no more than the press; an appointment called off closes its time."""
    tx, now, rule = unit.tx, unit.now, lifecycle.RULE[act]
    if act is Act.CALL_OFF:
        absences.add(tx, about.case_manager_id, about.start, about.end)
        call_off(unit, [about], actor)
        return
    if act is Act.CANCEL_FOR_CLIENT:
        cancel(unit, about, CancelledBy.STAFF_FOR_CLIENT)
        happened(unit, Cancelled(appointments.known(tx, about.id), actor))
        return
    if answer := ANSWERS.get(act):
        appointments.set_answer(tx, about.id, answer)
    if act in (Act.ARRANGE_HELP, Act.REFUSE_HELP):
        appointments.set_help(tx, about.id, act is Act.ARRANGE_HELP)
    if rule.to is not None:
        appointments.set_status(tx, about.id, rule.to)
    else:
        appointments.mark_seen(tx, about.id, now)
    happened(unit, CHANGES[act](appointments.known(tx, about.id), actor))
