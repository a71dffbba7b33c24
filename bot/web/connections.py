"""Who is connected to the HTTP server, and who may go on.

A connection is either waited for (the client has to send a request, or to read an answer) or
worked for. Whoever is waited for has so many seconds; where every place is taken, whoever has been
waited for longest gives theirs to who comes anew. How much is worked on is bounded, so that some
are always waited for: who comes anew gets a place, and keeps it long enough to be read.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class HttpLimits:
    """How many connections there may be, and how long each is waited for.

    `head_seconds` are for a request's line and headers, `body_seconds` for what follows them,
    `answer_seconds` for reading an answer and sending the next request: longer than the minute
    for which proxies keep an idle connection.

    Each of five shares (webhook, three pages of health, all others) has `at_work` requests at
    most. Up to `backlog` connections are taken at once, and asyncio needs four turns to bring a
    request that came with its connection to us: four times as many must be left of `connections`.
    """

    head_seconds: float = 10.0
    body_seconds: float = 10.0
    answer_seconds: float = 75.0
    connections: int = 640
    at_work: int = 64
    backlog: int = 64


class Ending(Protocol):
    """What can be hung up on."""

    def end(self) -> None:
        """Close at once and leave."""


@dataclass(slots=True)
class Connections:
    """All that are open. Each path of `own_share` has a share, all others have one together."""

    limits: HttpLimits
    own_share: Collection[str]
    _shares: dict[Ending, str | None] = field(default_factory=dict)
    """What each has a part of: of a share from the beginning of a request to its answer."""
    _waited_for: dict[Ending, None] = field(default_factory=dict)
    """Longest first."""

    def enter(self, one: Ending) -> None:
        """Somebody comes anew; where it is full, somebody goes."""
        self._shares[one] = self._waited_for[one] = None
        if len(self._shares) > self.limits.connections:
            next(iter(self._waited_for)).end()

    def leave(self, one: Ending) -> None:
        """A connection has ended."""
        self._shares.pop(one, None)
        self._waited_for.pop(one, None)

    def begin(self, one: Ending, path: str) -> bool:
        """Whether a request can be worked on; who is slow with a body of the share makes room."""
        share = path if path in self.own_share else ""
        if list(self._shares.values()).count(share) >= self.limits.at_work:
            slow = next((each for each in self._waited_for if self._shares[each] == share), None)
            if slow is None:
                return False
            slow.end()
        self._shares[one] = share
        self.resume(one)
        return True

    def pause(self, one: Ending) -> None:
        """The work waits for the client, who has to send the body."""
        self._waited_for[one] = None

    def resume(self, one: Ending) -> None:
        """The work goes on."""
        self._waited_for.pop(one, None)

    def finish(self, one: Ending) -> None:
        """The work is done, and the answer is to be read."""
        self.leave(one)
        self._shares[one] = self._waited_for[one] = None

    def end_waiting(self) -> None:
        """Nobody is waited for any longer."""
        for one in list(self._waited_for):
            one.end()
