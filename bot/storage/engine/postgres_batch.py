"""The part of PostgreSQL that runs in a thread: a batch of jobs, one transaction."""

from asyncio import Future
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

import psycopg

from bot.storage.engine.jobs import Job, Outcome
from bot.storage.engine.postgres_pipeline import CommitInDoubtError, ConnectionLostError
from bot.storage.engine.postgres_session import NotReachedError, PostgresSession

MOST_ATTEMPTS = 5
GETS_BETTER = (
    psycopg.errors.SerializationFailure,
    psycopg.errors.DeadlockDetected,
    ConnectionLostError,
)

Settled = tuple[Future[Outcome], Outcome]


@dataclass(slots=True)
class QueuedJob:
    """A job that waits, and who is told; `alone`, once it was in a batch that failed."""

    job: Job
    done: Future[Outcome]
    alone: bool = False


class Batch:
    """Takes from the jobs that wait, `most` at most; none after its first once it is `slow`."""

    def __init__(self, waiting: deque[QueuedJob], most: int) -> None:
        self._waiting = waiting
        self._most = most
        self._taken: list[QueuedJob] = []
        self.slow = False

    def run(self, session: PostgresSession) -> list[Settled]:
        """Run jobs and commit; if one of them fails, all is undone and each waits to run alone.

        So an error is of the job that makes it, and who must wait for another's row holds up
        nobody who need not: together they wait only for a moment. What may have been kept is not
        run again.
        """
        first = self._take()
        if first is None:
            return []
        if first.alone or self._most == 1:
            return [(first.done, _alone(session, first.job))]
        try:
            return self._together(session, chain([first], iter(self._take_another, None)))
        except (NotReachedError, CommitInDoubtError) as error:
            session.rollback()
            return [(each.done, (None, error)) for each in self._taken]
        except BaseException:
            session.rollback()
        for each in reversed(self._taken):
            each.alone = True
            self._waiting.appendleft(each)
        return []

    def _together(self, session: PostgresSession, jobs: Iterable[QueuedJob]) -> list[Settled]:
        tx = session.begin(in_haste=True)
        settled: list[Settled] = []
        for each in jobs:
            work, args, kwargs = each.job
            settled.append((each.done, (work(tx, *args, **kwargs), None)))
        session.commit()
        return settled

    def _take_another(self) -> QueuedJob | None:
        if self.slow or len(self._taken) >= self._most:
            return None
        found = self._take()
        if found is not None and found.alone:
            self._waiting.appendleft(self._taken.pop())
            return None
        return found

    def _take(self) -> QueuedJob | None:
        try:
            self._taken.append(self._waiting.popleft())
        except IndexError:  # other batches take from them, too
            return None
        return self._taken[-1]


def _alone(session: PostgresSession, job: Job) -> Outcome:
    """What comes of a job in a transaction of its own, again where another got in its way."""
    for _ in range(MOST_ATTEMPTS - 1):
        value, error = _once(session, job)
        if not isinstance(error, GETS_BETTER):
            return value, error
    return _once(session, job)


def _once(session: PostgresSession, job: Job) -> Outcome:
    work, args, kwargs = job
    try:
        value = work(session.begin(in_haste=False), *args, **kwargs)
        session.commit()
    except BaseException as error:
        session.rollback()
        return None, error
    return value, None
