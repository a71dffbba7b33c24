"""How fast the sender may go, overall and to each chat.

Token buckets over a monotonic clock. A rate of 0 lifts a limit.
"""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Bucket:
    """Tokens that come back at `rate` a second, up to `capacity`."""

    rate: float
    capacity: float
    tokens: float
    at: float

    def wait(self, now: float) -> float:
        """Seconds until the next token is there; 0 if one is."""
        if not self.rate:
            return 0.0
        self.tokens = min(self.capacity, self.tokens + (now - self.at) * self.rate)
        self.at = now
        return 0.0 if self.tokens >= 1 else (1 - self.tokens) / self.rate

    def take(self) -> None:
        """Use a token, one that is not there yet if need be."""
        if self.rate:
            self.tokens -= 1


@dataclass(slots=True)
class SendRates:
    """The limit over all chats and one for each chat."""

    overall_rate: float
    per_chat_rate: float
    per_chat_burst: float
    clock: Callable[[], float]
    _overall: Bucket = field(init=False)
    _chats: dict[int, Bucket] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        capacity = max(1.0, self.overall_rate / 5)
        self._overall = Bucket(self.overall_rate, capacity, capacity, self.clock())

    def overall_wait(self) -> float:
        """Seconds until anything may be sent."""
        return self._overall.wait(self.clock())

    def allowance(self, most: int) -> int:
        """How many calls may be made at once right now, at most `most`."""
        self._overall.wait(self.clock())
        return min(most, int(self._overall.tokens)) if self.overall_rate else most

    def take_overall(self) -> None:
        """One call is about to be made."""
        self._overall.take()

    def chat_wait(self, person_id: int) -> float:
        """Seconds until a message may be sent to this chat."""
        bucket = self._chats.get(person_id)
        return bucket.wait(self.clock()) if bucket else 0.0

    def take_chat(self, person_id: int) -> None:
        """One message is about to be sent to this chat."""
        if not self.per_chat_rate:
            return
        burst, now = self.per_chat_burst, self.clock()
        bucket = self._chats.setdefault(person_id, Bucket(self.per_chat_rate, burst, burst, now))
        bucket.wait(now)
        bucket.take()

    def forget_rested(self) -> None:
        """Drop the chats whose bucket is full again: they are as good as new."""
        now = self.clock()
        for person_id, bucket in list(self._chats.items()):
            if bucket.wait(now) == 0.0 and bucket.tokens >= bucket.capacity:
                del self._chats[person_id]
