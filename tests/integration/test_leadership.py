"""Leadership: one process sends, whichever ends; the others can wake it."""

import asyncio
from collections.abc import Callable

import psycopg
import pytest
from postgres import Server

from bot.storage.engine.leadership import Leadership
from bot.storage.engine.opening import leadership_on

TAKE_OVER_SECONDS = 10
HOLDERS = b"SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND granted"

pytestmark = pytest.mark.timeout(30)


class Process:
    """A process that would be leading."""

    def __init__(self, url: str) -> None:
        self.rung = asyncio.Event()
        self.works = asyncio.Event()
        self.times = 0
        self.leadership: Leadership = leadership_on(url, self.rung.set)

    async def run(self) -> None:
        await self.leadership.run(self._work)

    async def _work(self) -> None:
        self.times += 1
        self.works.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.works.clear()


async def until(happens: Callable[[], bool]) -> None:
    """Wait, but not for ever."""
    async with asyncio.timeout(TAKE_OVER_SECONDS):
        while not happens():  # noqa: ASYNC110  (three processes of which none tells)
            await asyncio.sleep(0.01)


def end_holder(server: Server, url: str) -> None:
    """The connection of whoever is leading breaks."""
    with psycopg.connect(url, autocommit=True) as connection:
        for (pid,) in connection.execute(HOLDERS).fetchall():
            server.end_backend(pid)


async def test_one_is_leading_and_another_takes_over_when_it_is_cut_off(
    postgres_server: Server,
) -> None:
    with postgres_server.fresh() as url:
        all_three = [Process(url) for _ in range(3)]
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(process.run()) for process in all_three]
            await until(
                lambda: [process.leadership.ours for process in all_three].count(False) == 2
            )
            (first,) = [process for process in all_three if process.leadership.ours]
            await first.works.wait()
            await asyncio.to_thread(end_holder, postgres_server, url)
            await until(lambda: not first.works.is_set())
            await until(lambda: sum(process.works.is_set() for process in all_three) == 1)
            await until(
                lambda: [process.leadership.ours for process in all_three].count(False) == 2
            )
            assert sum(process.times for process in all_three) == 2
            for task in tasks:
                task.cancel()


async def test_who_is_not_leading_wakes_who_is(postgres_server: Server) -> None:
    with postgres_server.fresh() as url:
        one, other = Process(url), Process(url)
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one.run())]
            await one.works.wait()
            tasks.append(group.create_task(other.run()))
            await until(lambda: other.leadership.ours is False)
            other.leadership.ring()
            await until(one.rung.is_set)
            assert not other.rung.is_set()
            one.rung.clear()
            one.leadership.ring()
            assert one.rung.is_set()
            for task in tasks:
                task.cancel()


async def test_on_sqlite_the_one_process_is_leading(tmp_path: object) -> None:
    process = Process(f"sqlite:///{tmp_path}/lotse.db")
    assert process.leadership.ours is True
    process.leadership.ring()
    assert process.rung.is_set()
