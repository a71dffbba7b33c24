"""The part of PostgreSQL that runs in a thread: a batch of jobs, one transaction."""

from asyncio import Future
from collections import deque
from collections.abc import Iterator
from itertools import chain

import psycopg

from bot.storage.engine.jobs import Job, Outcome
from bot.storage.engine.postgres_pipeline import ConnectionLostError
from bot.storage.engine.postgres_session import NotReachedError, Session

MOST_ATTEMPTS = 5
GETS_BETTER = (
    psycopg.errors.SerializationFailure,
    psycopg.errors.DeadlockDetected,
    ConnectionLostError,
)

Waiting = tuple[Job, Future[Outcome]]
Settled = tuple[Future[Outcome], Outcome]


class Batch:
    """Takes from the jobs that wait, `most` at most; none after its first once it is `slow`."""

    def __init__(self, waiting: deque[Waiting], most: int) -> None:
        self._waiting = waiting
        self._most = most
        self._taken: list[Waiting] = []
        self.slow = False

    def run(self, session: Session) -> list[Settled]:
        """Run jobs and commit; if one of them fails, undo all and run each of them alone.

        So an error is of the job that makes it. Together they wait for no lock for long: it would
        be one that holds up those who wait for theirs.
        """
        first = self._take()
        if first is None:
            return []
        if self._most > 1:
            try:
                return self._together(session, chain([first], iter(self._take_in_time, None)))
            except BaseException:
                session.rollback()
        return self._each_alone(session)

    def _together(self, session: Session, jobs: Iterator[Waiting]) -> list[Settled]:
        tx = session.begin(in_haste=True)
        settled: list[Settled] = [
            (done, (work(tx, *args, **kwargs), None)) for (work, args, kwargs), done in jobs
        ]
        session.commit()
        return settled

    def _each_alone(self, session: Session) -> list[Settled]:
        settled: list[Settled] = []
        outcome: Outcome = (None, None)
        for job, done in self._taken:
            if not isinstance(outcome[1], NotReachedError):  # nor would the next one reach it
                outcome = _alone(session, job)
            settled.append((done, outcome))
        return settled

    def _take_in_time(self) -> Waiting | None:
        return None if self.slow or len(self._taken) >= self._most else self._take()

    def _take(self) -> Waiting | None:
        try:
            self._taken.append(self._waiting.popleft())
        except IndexError:  # other batches take from them, too
            return None
        return self._taken[-1]


def _alone(session: Session, job: Job) -> Outcome:
    """What comes of a job in a transaction of its own, again where another got in its way."""
    for _ in range(MOST_ATTEMPTS - 1):
        value, error = _once(session, job)
        if not isinstance(error, GETS_BETTER):
            return value, error
    return _once(session, job)


def _once(session: Session, job: Job) -> Outcome:
    work, args, kwargs = job
    try:
        value = work(session.begin(in_haste=False), *args, **kwargs)
        session.commit()
    except BaseException as error:
        session.rollback()
        return None, error
    return value, None
