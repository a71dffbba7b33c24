"""What the bot has called, for tests to read afterwards; no texts are kept."""

from collections import deque
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any

MOST_CALLS = 200_000


@dataclass(frozen=True, slots=True)
class RecordedCall:
    """One call; at is epoch seconds by the simulator's clock."""

    n: int
    at: float
    method: str
    chat_id: int | str | None
    message_id: int | None
    ok: bool
    error_code: int | None
    description: str | None


class Record:
    """The newest calls, numbered from 1."""

    def __init__(self) -> None:
        self.n = 0
        self._calls: deque[RecordedCall] = deque(maxlen=MOST_CALLS)

    def add(self, at: float, method: str, **details: Any) -> None:
        """Note one answered call."""
        self.n += 1
        self._calls.append(RecordedCall(self.n, at, method, **details))

    def after(self, n: int) -> list[dict[str, Any]]:
        """The calls numbered above n, as JSON objects."""
        skipped = max(0, n - (self.n - len(self._calls)))
        return [asdict(call) for call in islice(self._calls, skipped, None)]
