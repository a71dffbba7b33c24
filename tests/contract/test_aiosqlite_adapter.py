"""What we rely on in aiosqlite beyond its public interface. If this fails, look at sqlite.py."""

import asyncio
import logging
import threading
from importlib.metadata import version
from pathlib import Path
from typing import Any

import aiosqlite
import pytest

from bot.storage.engine.sqlite import _on_thread


async def result_of(future: asyncio.Future[Any]) -> Any:
    await asyncio.wait([future])
    return future.result()


def test_the_version_is_the_one_the_adapter_was_written_for() -> None:
    assert version("aiosqlite") == "0.22.1"


async def test_a_call_is_queued_at_once_and_its_future_needs_nobody_waiting(tmp_path: Path) -> None:
    async with aiosqlite.connect(tmp_path / "x.db") as connection:
        started = threading.Event()
        future = _on_thread(connection, lambda _: started.set())
        assert started.wait(timeout=5)
        assert await result_of(future) is None


async def test_the_call_gets_the_connection_and_its_arguments(tmp_path: Path) -> None:
    async with aiosqlite.connect(tmp_path / "x.db") as connection:
        future = _on_thread(connection, lambda raw, *rest: (raw is connection._conn, rest), 1, 2)
        assert await result_of(future) == (True, (1, 2))


async def test_the_library_does_not_log_the_arguments(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with aiosqlite.connect(tmp_path / "x.db") as connection:
        await result_of(_on_thread(connection, lambda _, words: words, "words of a client"))
    assert "executing" in caplog.text
    assert "words of a client" not in caplog.text


async def test_what_the_call_raises_arrives_in_the_future(tmp_path: Path) -> None:
    def fail(_: object) -> None:
        raise LookupError("no")

    async with aiosqlite.connect(tmp_path / "x.db") as connection:
        with pytest.raises(LookupError, match="no"):
            await result_of(_on_thread(connection, fail))


async def test_calls_are_run_in_order_on_one_thread(tmp_path: Path) -> None:
    order: list[int] = []
    async with aiosqlite.connect(tmp_path / "x.db") as connection:
        futures = [_on_thread(connection, lambda _, n: order.append(n), n) for n in range(50)]
        await result_of(futures[-1])
    assert order == list(range(50))


async def test_a_closed_connection_refuses_the_call_at_once(tmp_path: Path) -> None:
    connection = await aiosqlite.connect(tmp_path / "x.db")
    await connection.close()
    with pytest.raises(ValueError, match=r"closed|no active connection"):
        _on_thread(connection, lambda _: None)
