"""Takes the bot's messages out of a chat: deleted where that can still be done, else emptied."""

from collections.abc import Iterator

from bot.domain.deletion_limits import DeletionLimits
from bot.messages import payloads
from bot.messages.payloads import Blank, DeleteAll
from bot.services.unit import Unit
from bot.storage.queues import outbox
from bot.storage.queues.outbox import OutboxRow, Priority
from bot.storage.records import sent_messages
from bot.storage.records.chats import Chat


def clear(unit: Unit, chat: Chat) -> None:
    """Write the calls that clear a chat, all but the screen that is about to be edited."""
    tx, now, kept, person_id = unit.tx, unit.now, _edited(chat), chat.person.id
    sent = {each: at for each, at in sent_messages.of(tx, person_id).items() if each != kept}
    for payload in _payloads(sent, now, unit.deletion_limits):
        kind, content = payloads.encode(payload)
        row = OutboxRow(
            kind=kind,
            content=content,
            # A chat's messages are numbered once and for all, and forgotten when they are cleared.
            dedupe_key=f"clear:{person_id}:{_first(payload)}",
            priority=Priority.ANSWER,
            due_at=now,
            person_id=person_id,
        )
        outbox.put(tx, row, now)
    sent_messages.forget(tx, person_id, but=kept)


def _first(payload: DeleteAll | Blank) -> int:
    return payload.messages[0] if isinstance(payload, DeleteAll) else payload.message


def _edited(chat: Chat) -> int | None:
    """The live screen, if nothing newer stands below it."""
    live = chat.live_message
    return live if live is not None and live >= chat.last_message else None


def _payloads(
    sent: dict[int, int], now: int, limits: DeletionLimits
) -> Iterator[DeleteAll | Blank]:
    young = [each for each, at in sent.items() if limits.deletes(at, now)]
    for at in range(0, len(young), limits.deleted_at_once):
        yield DeleteAll(tuple(young[at : at + limits.deleted_at_once]))
    yield from (Blank(each) for each in sent if each not in young)
