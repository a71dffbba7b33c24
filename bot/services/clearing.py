"""Takes the bot's messages out of a chat: deleted where Telegram still does that, else emptied."""

import json
from collections.abc import Iterator
from typing import Any

from bot.storage.engine.database import Tx
from bot.storage.queues import outbox
from bot.storage.queues.outbox import Draft, Priority
from bot.storage.records import sent_messages
from bot.storage.records.persons import Person
from bot.storage.records.sent_messages import is_deletable

MOST_AT_ONCE = 100
"""As many messages Telegram deletes in one call."""


def clear(tx: Tx, person: Person, now: int) -> None:
    """Write the calls that clear a chat, all but the screen that is about to be edited."""
    kept = _edited(person)
    sent = {each: at for each, at in sent_messages.of(tx, person.id).items() if each != kept}
    for kind, what in _calls(sent, now):
        draft = Draft(
            kind=kind,
            content=json.dumps(what),
            # A chat's messages are numbered once and for all, and forgotten when they are cleared.
            dedupe_key=f"clear:{person.id}:{_first(what)}",
            priority=Priority.ANSWER,
            due_at=now,
            person_id=person.id,
        )
        outbox.put(tx, draft, now)
    sent_messages.forget(tx, person.id, but=kept)


def _first(what: dict[str, Any]) -> int:
    return int(what["messages"][0] if "messages" in what else what["message"])


def _edited(person: Person) -> int | None:
    """The live screen, if nothing newer stands below it."""
    live = person.live_message
    return live if live is not None and live >= person.last_message else None


def _calls(sent: dict[int, int], now: int) -> Iterator[tuple[str, dict[str, Any]]]:
    young = [each for each, at in sent.items() if is_deletable(at, now)]
    for at in range(0, len(young), MOST_AT_ONCE):
        yield "delete_all", {"messages": young[at : at + MOST_AT_ONCE]}
    yield from (("blank", {"message": each}) for each in sent if each not in young)
