"""Takes what the bot has said out of a chat: deleted where that can still be done, else emptied."""

from collections.abc import Iterator

from bot.domain.deletion_limits import DeletionLimits
from bot.messages.tidying import Blank, Delete, DeleteAll, Strip
from bot.services import outgoing
from bot.services.unit import Unit
from bot.storage.records import sent_messages
from bot.storage.records.chats import Chat


def clear(unit: Unit, chat: Chat) -> None:
    """Write the calls that clear a chat, all but the screen that is about to be edited."""
    tx, now, kept, person_id = unit.tx, unit.now, chat.screen_at_the_bottom, chat.person.id
    sent = {each: at for each, at in sent_messages.of(tx, person_id).items() if each != kept}
    for payload in _payloads(sent, now, unit.deletion_limits):
        # A chat's messages are numbered once and for all, and forgotten when they are cleared.
        outgoing.answer(unit, person_id, f"clear:{person_id}:{_first(payload)}", payload)
    sent_messages.forget(tx, person_id, but=kept)


def farewell(
    unit: Unit, person_id: int, message_id: int, *, traceless: bool
) -> Strip | Delete | Blank:
    """What ends a screen which another message has taken over from.

    It loses its buttons; a traceless one all it says, and itself where it can still be deleted.
    """
    if not traceless:
        return Strip(message_id)
    sent_at = sent_messages.sent_at(unit.tx, person_id, message_id)
    gone = sent_at is None or unit.deletion_limits.deletes(sent_at, unit.now)
    return Delete(message_id) if gone else Blank(message_id)


def _first(payload: DeleteAll | Blank) -> int:
    return payload.messages[0] if isinstance(payload, DeleteAll) else payload.message


def _payloads(
    sent: dict[int, int], now: int, limits: DeletionLimits
) -> Iterator[DeleteAll | Blank]:
    young = [each for each, at in sent.items() if limits.deletes(at, now)]
    for at in range(0, len(young), limits.deleted_at_once):
        yield DeleteAll(tuple(young[at : at + limits.deleted_at_once]))
    yield from (Blank(each) for each in sent if each not in young)
