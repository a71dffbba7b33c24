"""Which chat speaks for whom of the staff: what begins and ends with it.

While a case manager has no chat, what is for them is kept until one is tied. What a front desk's
chat did not get is gone: other chats and the pages tell the same.
"""

from bot.domain.actors import Actor
from bot.storage.engine.database import Tx
from bot.storage.queues import outbox
from bot.storage.records import case_managers, invitations, staff_chats


def tie(tx: Tx, actor: Actor, person_id: int, now: int) -> None:
    """Let a chat speak for somebody of the staff and nobody else, and deliver what was kept.

    For a case manager it is the only one from now on. `now` is in UTC epoch seconds.
    """
    if actor.case_manager_id is None:
        _tie_to_role(tx, actor, person_id, now)
        return
    # No notice may be written meanwhile to a chat that is not theirs.
    case_managers.lock(tx, actor.case_manager_id)
    _end_chats(tx, actor)
    speak_for_nobody(tx, person_id)
    staff_chats.tie(tx, actor, person_id, now)
    outbox.address_unaddressed(tx, actor.case_manager_id, person_id)


def untie(tx: Tx, actor: Actor) -> None:
    """Let no chat speak for somebody of the staff, and no invitation be good."""
    if actor.case_manager_id is not None:
        case_managers.lock(tx, actor.case_manager_id)
    _end_chats(tx, actor)
    invitations.withdraw(tx, actor)


def speak_for_nobody(tx: Tx, person_id: int) -> None:
    """Let a chat speak for nobody of the staff."""
    if own := staff_chats.case_manager_of(tx, person_id):
        case_managers.lock(tx, own)
    outbox.leave_to_the_next_chat(tx, person_id)
    staff_chats.untie(tx, person_id)


def reached_again(tx: Tx, person_id: int) -> None:
    """A chat that could not be written to can: a case manager gets the notices of that time."""
    if own := staff_chats.case_manager_of(tx, person_id):
        outbox.address_unaddressed(tx, own, person_id)


def _tie_to_role(tx: Tx, actor: Actor, person_id: int, now: int) -> None:
    if staff_chats.role_of(tx, person_id) != actor:
        speak_for_nobody(tx, person_id)
        staff_chats.tie(tx, actor, person_id, now)


def _end_chats(tx: Tx, actor: Actor) -> None:
    for person_id in staff_chats.chats_of(tx, actor):
        speak_for_nobody(tx, person_id)
