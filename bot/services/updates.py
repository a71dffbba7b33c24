"""Updates as they come in: handled at once, or kept and handled in order; one, one transaction."""

import json
from dataclasses import dataclass
from enum import StrEnum

from bot.conversation.content import Code, Screen, say
from bot.messages.payloads import Text
from bot.services import outgoing
from bot.services.incoming import Arrival, ReadUpdate
from bot.services.turn import Turn, add_chat, answer_key
from bot.services.unit import Unit
from bot.storage.queues import inbox
from bot.storage.queues.inbox import UpdateKey
from bot.storage.records import chats
from bot.storage.records.chats import Chat

MOST_ATTEMPTS = 3


class Queue(StrEnum):
    """How a chat's queue stands: nothing was in it, the last update is done, one is left behind
    it, or another process is at work on this chat."""

    EMPTY = "empty"
    DONE = "done"
    MORE = "more"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class UpdateHandler:
    """Takes updates in and handles them, each in the transaction it is given.

    `read_update` reads what was kept of one. A client's chat that does more than
    `actions_per_minute` is asked to slow down; 0 lifts the limit.
    """

    read_update: ReadUpdate
    actions_per_minute: int

    def at_once(self, unit: Unit, chat_key: str, arrival: Arrival) -> bool:
        """Handle an update that has just come, if it is its turn; whether it was."""
        key = UpdateKey(chats.TELEGRAM, arrival.number)
        if not unit.tx.try_lock(chat_key):
            return False
        its_turn = inbox.handle_at_once(unit.tx, key, chat_key, unit.now)
        return self._turn(unit, chat_key, key).take(arrival.incoming, its_turn)

    def keep(self, unit: Unit, arrivals: list[Arrival]) -> set[str]:
        """Keep updates before they are acknowledged; the chats they are of."""
        vault, keys = unit.vault, set()
        for arrival in arrivals:
            keys.add(chat_key := vault.lookup(arrival.incoming.chat_id))
            key = UpdateKey(chats.TELEGRAM, arrival.number)
            sealed = vault.seal(json.dumps(arrival.essence).encode())
            inbox.keep(unit.tx, key, chat_key, sealed, unit.now)
        return keys

    def next_of(self, unit: Unit, chat_key: str) -> Queue:
        """Handle the oldest update that is kept of a chat; how the chat's queue stands then."""
        if not unit.tx.try_lock(chat_key):
            return Queue.ELSEWHERE
        waiting = inbox.first_two(unit.tx, chat_key)
        if not waiting:
            return Queue.EMPTY
        oldest = waiting[0]
        is_new = inbox.done(unit.tx, oldest.key, unit.now)
        incoming = self.read_update(unit.vault.open(oldest.payload_sealed))
        if incoming is not None:
            self._turn(unit, chat_key, oldest.key).take(incoming, is_new)
        return Queue.MORE if waiting[1:] else Queue.DONE

    def failed(self, unit: Unit, chat_key: str) -> bool:
        """Count a failed attempt; after the last attempt set the update aside and say sorry.

        Whether the update was set aside.
        """
        found = inbox.first_two(unit.tx, chat_key) if unit.tx.try_lock(chat_key) else []
        if not found:
            return False
        waiting = found[0]
        inbox.count_attempt(unit.tx, waiting.key)
        if waiting.attempts + 1 < MOST_ATTEMPTS:
            return False
        inbox.set_aside(unit.tx, waiting.key)
        if chat := self._sender(unit, chat_key, waiting):
            sorry = Screen(((say("anything.went_wrong", command=Code("/start")),),))
            outgoing.answer(unit, chat.person.id, answer_key(waiting.key, 0), Text(sorry))
        return True

    def _sender(self, unit: Unit, chat_key: str, waiting: inbox.Waiting) -> Chat | None:
        """Who sent an update that could not be handled, if that much can be read."""
        if known := chats.by_key(unit.tx, chat_key):
            return known
        try:
            incoming = self.read_update(unit.vault.open(waiting.payload_sealed))
        except Exception:
            return None
        return add_chat(unit, incoming.chat_id) if incoming else None

    def _turn(self, unit: Unit, chat_key: str, key: UpdateKey) -> Turn:
        return Turn(unit, chat_key, key, self.actions_per_minute)
