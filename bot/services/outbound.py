"""Rows for the outbox: left for a sender to find, or taken along by the one who runs the unit."""

from collections.abc import Callable

from bot.messages import payloads
from bot.messages.payloads import Payload
from bot.services.unit import Unit
from bot.storage.queues import claimed_messages, outbox
from bot.storage.queues.calendar_entries import EntryChange
from bot.storage.queues.outbox_row import OutboxRow, Priority


def take_along(unit: Unit, chat_key: str) -> Callable[[int], None]:
    """Ask whether a sender who is there may take with it what is written for whose chat this is.

    What is returned lets it, if so, once that person is known.
    """
    out = unit.outbound
    if not out.term:
        return lambda _: None
    may = claimed_messages.may_take_along(unit.tx, out.term, chat_key, unit.now)

    def let(person_id: int) -> None:
        if may():
            out.person_id = person_id

    return let


def write(
    unit: Unit,
    payload: Payload,
    key: str,
    priority: Priority,
    *,
    person_id: int | None = None,
    case_manager_id: str | None = None,
    appointment_id: int | None = None,
    not_after: int | None = None,
    due_at: int | None = None,
    mailbox: str | None = None,
    entry: EntryChange | None = None,
    address_sealed: str | None = None,
) -> Callable[[], bool]:
    """Write a message, unless its key is there already; moments are UTC epoch seconds.

    Who must know whether it was written calls what is returned.
    """
    kind, content = payloads.encode(payload)
    row = OutboxRow(
        kind=kind,
        content=content,
        dedupe_key=key,
        priority=priority,
        due_at=unit.now if due_at is None else due_at,
        person_id=person_id,
        case_manager_id=case_manager_id,
        appointment_id=appointment_id,
        not_after=not_after,
        mailbox=mailbox,
        entry=entry,
        address_sealed=address_sealed,
    )
    return _insert(unit, row, payload)


def _insert(unit: Unit, row: OutboxRow, payload: Payload) -> Callable[[], bool]:
    out, due = unit.outbound, row.due_at <= unit.now
    if due and row.person_id is not None and row.person_id == out.person_id:
        number = outbox.put_taken(unit.tx, row, out.term)
        out.taken.append((number, payload))
        return lambda: number() is not None
    out.left = out.left or due
    return outbox.put(unit.tx, row, unit.now)
