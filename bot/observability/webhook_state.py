"""Whether updates still come our way, as Telegram tells it, and how often that was taken from us.

The way is a webhook of ours, or for a bot that fetches its updates that nobody has set one.
"""

from collections.abc import Callable

CONTESTED, CONTESTED_SECONDS = 3, 600.0
ERROR_SECONDS = 300.0


class WebhookState:
    """What was seen of it, by a clock in seconds that only goes forward."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lost: list[float] = []
        self._error, self._failed_at = "", 0.0
        self.stands = False
        self.losses = 0
        self.errors = 0

    def found(self) -> None:
        """Updates come our way."""
        self.stands = True

    def lost(self) -> int:
        """Somebody has taken it away; how often that has happened not long ago, with this time."""
        self.stands = False
        self.losses += 1
        self._lost = [*self._lately, self._clock()]
        return len(self._lost)

    def failed(self, error: str) -> bool:
        """Telegram could not bring us an update; whether that is news. No word of it names
        anybody."""
        is_news = self.error != error
        self.errors += 1
        self._error, self._failed_at = error, self._clock()
        return is_news

    @property
    def contested(self) -> bool:
        """Whether it is taken away again and again: two bots on one token."""
        return len(self._lately) >= CONTESTED

    @property
    def ours(self) -> bool:
        """Whether updates come our way, and will go on doing so."""
        return self.stands and not self.contested

    @property
    def error(self) -> str | None:
        """Why Telegram could not bring us an update not long ago."""
        recent = self._clock() - self._failed_at <= ERROR_SECONDS
        return self._error if self._error and recent else None

    @property
    def _lately(self) -> list[float]:
        return [at for at in self._lost if self._clock() - at <= CONTESTED_SECONDS]
