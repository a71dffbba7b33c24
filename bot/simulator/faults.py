"""Trouble on demand: flood control, a revoked token, and a script of failing calls."""

from dataclasses import dataclass, field
from math import ceil
from typing import Any

from bot.simulator.refusal import Refusal, too_many_requests

OVERALL_PER_SECOND = 30.0
PER_CHAT_PER_SECOND = 1.0
PER_CHAT_BURST = 5.0
DESCRIPTIONS = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


@dataclass(slots=True)
class Fault:
    """What happens to the next calls of one method, or of all ("*"); delay is in seconds.

    A status is told with its own description, or with the usual one.
    """

    method: str
    times: int = 1
    status: int | None = None
    retry_after: int | None = None
    delay: float = 0.0
    drop: str | None = None
    description: str | None = None

    def refusal(self) -> Refusal | None:
        """The answer in place of the real one."""
        if self.status == 429 or (self.status is None and self.retry_after is not None):
            return too_many_requests(1 if self.retry_after is None else self.retry_after)
        if self.status is None:
            return None
        usual = DESCRIPTIONS.get(self.status, "Bad Request")
        return Refusal(self.status, self.description or usual, self.retry_after)


@dataclass(slots=True)
class _Bucket:
    tokens: float
    filled_at: float

    def missing(self, rate: float, burst: float, at: float) -> float:
        """Seconds until there is a token; 0 where there is one."""
        self.tokens = min(burst, self.tokens + (at - self.filled_at) * rate)
        self.filled_at = at
        return max(0.0, (1.0 - self.tokens) / rate)


class FloodControl:
    """Telegram's limits; at is monotonic seconds. Edits count only overall."""

    def __init__(self) -> None:
        self._overall: _Bucket | None = None
        self._chats: dict[int, _Bucket] = {}

    def admit(self, method: str, chat_id: int | None, at: float) -> Refusal | None:
        """None where the call is within the limits, and counted."""
        if method == "sendChatAction" or not method.startswith(("send", "edit")):
            return None
        overall = self._overall = self._overall or _Bucket(OVERALL_PER_SECOND, at)
        used = [overall]
        wait = overall.missing(OVERALL_PER_SECOND, OVERALL_PER_SECOND, at)
        if method.startswith("send") and chat_id is not None:
            chat = self._chats.setdefault(chat_id, _Bucket(PER_CHAT_BURST, at))
            used.append(chat)
            wait = max(wait, chat.missing(PER_CHAT_PER_SECOND, PER_CHAT_BURST, at))
        if wait > 0:
            return too_many_requests(ceil(wait))
        for bucket in used:
            bucket.tokens -= 1
        return None


@dataclass(slots=True)
class Faults:
    """All trouble asked for at present."""

    flood: FloodControl | None = None
    revoked: bool = False
    script: list[Fault] = field(default_factory=list)

    @classmethod
    def of(cls, wanted: dict[str, Any]) -> "Faults":
        """From the JSON of PUT /faults; raises TypeError for what it does not know."""
        known = {"flood_control", "revoked", "script"}
        if unknown := wanted.keys() - known:
            raise TypeError(f"unknown faults: {', '.join(sorted(unknown))}")
        return cls(
            FloodControl() if wanted.get("flood_control") else None,
            bool(wanted.get("revoked")),
            [Fault(**fault) for fault in wanted.get("script", [])],
        )

    def next_for(self, method: str) -> Fault | None:
        """The fault that strikes this call, used up by one."""
        for fault in self.script:
            if fault.times > 0 and fault.method.lower() in ("*", method.lower()):
                fault.times -= 1
                return fault
        return None
