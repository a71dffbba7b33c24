"""The queue of updates: kept until confirmed, handed out by long poll or pushed to a webhook."""

import asyncio
import json
from bisect import insort
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.simulator.refusal import Refusal

FIRST_UPDATE_ID = 100_000_001
DAY = 24 * 3600
PRESS_LIFETIME = 150
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
MOST_CONNECTIONS = 40

TERMINATED = Refusal(
    409,
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running",
)
WEBHOOK_ACTIVE = Refusal(
    409,
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first",
)
WEBHOOK_SET = Refusal(409, "Conflict: terminated by setWebhook request")


@dataclass(order=True, slots=True)
class Entry:
    """One update as the text that is sent; ordered by id, equal ids by arrival."""

    id: int
    text: str = field(compare=False)
    expires_at: float = field(compare=False)
    in_flight: bool = field(default=False, compare=False)


@dataclass(slots=True)
class Webhook:
    """Where updates are pushed to, and how the last failure looked."""

    url: str
    secret_token: str = ""
    most_connections: int = MOST_CONNECTIONS
    ip_address: str | None = None
    certificate: bool = False
    failed_at: float | None = None
    failure: str = ""


class Updates:
    """All updates not yet confirmed. One poller waits at most; a newer one ends the older."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.allowed: Collection[str] = ()
        self.webhook: Webhook | None = None
        self.to_push = asyncio.Event()
        self._next_id = FIRST_UPDATE_ID
        self._poller: asyncio.Future[Refusal | None] | None = None
        self._closed = False

    def put(self, kind: str, content: Mapping[str, Any], now: float) -> int | None:
        """Queue an update; None where the bot did not ask for that kind."""
        if kind not in self.allowed if self.allowed else kind in NOT_BY_DEFAULT:
            return None
        lifetime = PRESS_LIFETIME if kind == "callback_query" else DAY
        return self._insert(self._next_id, {kind: content}, now + lifetime)

    def put_raw(self, update: dict[str, Any], now: float) -> int:
        """Queue an update unchecked; its own update_id is kept where it has one."""
        given = update.get("update_id")
        if not isinstance(given, int) or isinstance(given, bool):
            given = self._next_id
        return self._insert(given, update, now + DAY)

    def pending(self, now: float) -> int:
        """How many updates are not yet confirmed and not yet too old."""
        self._forget_old(now)
        return len(self.entries)

    def confirm(self, offset: int) -> None:
        """Forget all below offset; a negative one keeps that many from the end."""
        if offset < 0:
            del self.entries[:offset]
        else:
            self.entries = [entry for entry in self.entries if entry.id >= offset]

    async def poll(
        self, offset: int, limit: int, seconds: float, now: float
    ) -> list[str] | Refusal:
        """The oldest unconfirmed updates, waited for where there are none."""
        if self.webhook is not None:
            return WEBHOOK_ACTIVE
        self._wake(TERMINATED)
        self.confirm(offset)
        self._forget_old(now)
        if not self.entries and seconds > 0 and not self._closed:
            refusal = await self._wait(seconds)
            if refusal is not None:
                return refusal
        return [entry.text for entry in self.entries[:limit]]

    def set_webhook(self, webhook: Webhook | None) -> None:
        """Push from now on, or hand out to pollers again."""
        self.webhook = webhook
        for entry in self.entries:
            entry.in_flight = False
        if webhook is not None:
            self._wake(WEBHOOK_SET)
        self.to_push.set()

    def take_for_push(self) -> list[Entry]:
        """The oldest entries that may be pushed now, marked as under way."""
        if self.webhook is None:
            return []
        room = self.webhook.most_connections - sum(entry.in_flight for entry in self.entries)
        taken = [entry for entry in self.entries if not entry.in_flight][: max(room, 0)]
        for entry in taken:
            entry.in_flight = True
        return taken

    def pushed(self, entry: Entry) -> None:
        """The webhook took this one."""
        self.entries = [other for other in self.entries if other is not entry]
        self.to_push.set()

    def close(self) -> None:
        """Let the poller go with what there is."""
        self._closed = True
        self._wake(None)

    def _insert(self, update_id: int, update: Mapping[str, Any], expires_at: float) -> int:
        text = json.dumps({"update_id": update_id, **update})
        insort(self.entries, Entry(update_id, text, expires_at))
        self._next_id = max(self._next_id, update_id + 1)
        self._wake(None)
        self.to_push.set()
        return update_id

    def _forget_old(self, now: float) -> None:
        if any(entry.expires_at < now for entry in self.entries):
            self.entries = [entry for entry in self.entries if entry.expires_at >= now]

    def _wake(self, reason: Refusal | None) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(reason)

    async def _wait(self, seconds: float) -> Refusal | None:
        poller: asyncio.Future[Refusal | None] = asyncio.get_running_loop().create_future()
        self._poller = poller
        try:
            async with asyncio.timeout(seconds):
                return await poller
        except TimeoutError:
            return None
