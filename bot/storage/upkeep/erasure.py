"""Somebody deletes everything: nothing stays but what the last message needs.

The chat loses its hash at once, so that the same one is a stranger from then on. Its address and
the person's language go with the last message, or with the next tidying a day later.
"""

from zoneinfo import ZoneInfo

from bot.storage.engine.database import Tx
from bot.storage.queues import inbox, outbox
from bot.storage.records import (
    appointment_lists,
    appointments,
    chats,
    lists_links,
    persons,
    statistics,
    waiting_list,
)
from bot.storage.upkeep import staff_ties


def leave(tx: Tx, person_id: int, now: int, zone: ZoneInfo) -> None:
    """Forget a person but for the address; appointments to come must be cancelled before.

    `now` is in UTC epoch seconds, `zone` tells in which month an appointment is counted.
    """
    inbox.forget_set_aside_of(tx, person_id)
    staff_ties.speak_for_nobody(tx, person_id)
    waiting_list.end(tx, person_id)
    forget_appointments_of(tx, person_id, zone)
    outbox.forget_untaken_of(tx, person_id)
    chats.hide(tx, person_id)
    persons.leave(tx, person_id, now)


def forget_if_served(tx: Tx, person_id: int, now: int) -> None:
    """Forget the address of somebody who left, once nothing more is to be sent there."""
    if not outbox.has_open(tx, person_id, now):
        forget(tx, person_id)


def forget(tx: Tx, person_id: int) -> None:
    """Forget a person who has no appointments, with all that was to be told them."""
    outbox.forget_all_of(tx, person_id)
    waiting_list.end(tx, person_id)
    chats.forget(tx, person_id)
    persons.forget(tx, person_id)


def forget_appointments_of(tx: Tx, person_id: int, zone: ZoneInfo) -> None:
    """Count a person's appointments and forget them, and a hold."""
    for appointment_id in appointment_lists.all_of(tx, person_id):
        forget_appointment(tx, appointment_id, zone)


def forget_appointment(tx: Tx, appointment_id: int, zone: ZoneInfo) -> None:
    """Count an appointment and forget it, with what was told about it; that it was, stays.

    What is still to be told of it keeps its frozen facts, and is gone once sent.
    """
    appointments.lock(tx, appointment_id)
    statistics.add(tx, appointment_id, zone)
    persons.remember_talk(tx, appointment_id)
    outbox.forget_closed_about(tx, appointment_id)
    outbox.detach(tx, appointment_id)
    lists_links.forget_ended(tx, appointment_id)
    appointments.forget(tx, appointment_id)
