"""What the running bot has counted since it started: numbers, and nothing of any person.

Each part of the bot that does something worth counting is given the one counters by `app`; `web`
shows it. Seconds are those of a clock that only goes forward.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from itertools import accumulate

from bot.observability.webhook_state import WebhookState

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
SEND_RESULTS = (
    *("sent", "missing", "later", "unsure"),
    *("unreachable", "unfound", "rejected", "locked", "expired"),
)
MAIL_RESULTS = ("sent", "later", "unsure", "rejected", "locked", "expired")
API_SILENCE_SECONDS = 75.0
SENDER_SILENCE_SECONDS = 15.0
MAIL_SILENCE_SECONDS = 15 * 60
JOB_SILENCE_SECONDS = {"tidy": 3 * 3600, "tell_staff": 5 * 60}
"""After so long without success a scheduled job counts as standing still."""


class Histogram:
    """How many values were at most as large as each bound of `BUCKETS`."""

    def __init__(self) -> None:
        self._counts = [0] * (len(BUCKETS) + 1)
        self.sum = 0.0

    def add(self, value: float) -> None:
        """Count one value."""
        self._counts[bisect_left(BUCKETS, value)] += 1
        self.sum += value

    @property
    def cumulative(self) -> list[int]:
        """The count up to each bound, and last the count of all."""
        return list(accumulate(self._counts))


class Counters:
    """Counts, and remembers when the API and the senders last showed that they are there."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._api_seen: float | None = None
        self._sender_seen: float | None = None
        self._mail_sent = clock()
        self.updates = 0
        self.handled = Counter({"handled": 0, "failed": 0})
        self.update_seconds = Histogram()
        self.sends = Counter(dict.fromkeys(SEND_RESULTS, 0))
        self.mails = Counter(dict.fromkeys(MAIL_RESULTS, 0))
        self.set_aside: dict[str, int] = {}
        self._jobs_done: dict[str, float] = {}
        self.webhook = WebhookState(clock)

    def moment(self) -> float:
        """Now, to be handed back when what begins is done."""
        return self._clock()

    def update_handled(self, begun: float) -> None:
        """An update whose handling began at `begun` has had its effect."""
        self.handled["handled"] += 1
        self.update_seconds.add(self._clock() - begun)

    def update_failed(self) -> None:
        """Handling an update met a mistake of ours."""
        self.handled["failed"] += 1

    def api_answered(self) -> None:
        """The Bot API did what it was asked for."""
        self._api_seen = self._clock()

    def api_failed(self) -> None:
        """The Bot API was away, or would not have us."""
        self._api_seen = None

    def sender_looked(self) -> None:
        """The sender looked for what is due."""
        self._sender_seen = self._clock()

    def mails_begin(self) -> None:
        """Mails are sent by this process from now on; none can have been sent by it before."""
        self._mail_sent = self._clock()

    def mail_tried(self, result: str) -> None:
        """An attempt to hand in a mail had this result, one of `MAIL_RESULTS`."""
        self.mails[result] += 1
        if result == "sent":
            self._mail_sent = self._clock()

    def job_done(self, job: str, set_aside: int) -> None:
        """A scheduled job has done what was due, but for so many items that it set aside."""
        self.set_aside[job] = set_aside
        self._jobs_done[job] = self._clock()

    def jobs_left(self) -> None:
        """Another process does the scheduled jobs from now on."""
        self.set_aside.clear()
        self._jobs_done.clear()

    @property
    def job_ages(self) -> dict[str, int]:
        """Seconds since each scheduled job last did what was due."""
        now = self._clock()
        return {job: int(now - done) for job, done in self._jobs_done.items()}

    @property
    def jobs_run(self) -> bool:
        """Whether every scheduled job has succeeded not long ago."""
        return all(age <= JOB_SILENCE_SECONDS[job] for job, age in self.job_ages.items())

    @property
    def api_answers(self) -> bool:
        """Whether the last attempt to reach the API succeeded, not long ago."""
        return self._within(self._api_seen, API_SILENCE_SECONDS)

    @property
    def sender_runs(self) -> bool:
        """Whether the sender has looked for what is due not long ago."""
        return self._within(self._sender_seen, SENDER_SILENCE_SECONDS)

    @property
    def mails_go_out(self) -> bool:
        """Whether a mail was sent, or the first could be sent at all, not long ago."""
        return self._within(self._mail_sent, MAIL_SILENCE_SECONDS)

    def _within(self, seen: float | None, seconds: float) -> bool:
        return seen is not None and self._clock() - seen <= seconds
