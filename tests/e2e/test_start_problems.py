"""What an operator can get wrong is told in one line, without the token, and ends with code 2."""

import base64
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import aiohttp
import pytest
from phone import Client
from processes import TOKEN, Program, free_port, program, running

from bot.simulator.server import Simulator

SECRET = TOKEN.partition(":")[2]
NOWHERE = "http://127.0.0.1:1"
A_KEY, ANOTHER_KEY = (base64.urlsafe_b64encode(bytes([n]) * 32).decode() for n in (1, 2))


@asynccontextmanager
async def simulated() -> AsyncIterator[Simulator]:
    """A Bot API."""
    simulator = Simulator(time.time)
    await simulator.start()
    try:
        yield simulator
    finally:
        await simulator.stop()


async def refused(folder: Path, *mentioned: str, **settings: str) -> None:
    """`run` ends with code 2 and one line that says what to mend."""
    async with program("run", folder=folder, **settings) as bot:
        assert await bot.ends() == 2
    told = [line for line in bot.err if " INFO " not in line]
    assert len(told) == 1, bot.text
    for words in mentioned:
        assert words in told[0]
    never_told(bot)


def never_told(bot: Program) -> None:
    """Neither a traceback nor the token."""
    assert "Traceback" not in bot.text
    assert SECRET not in bot.text


async def test_without_a_token(tmp_path: Path) -> None:
    await refused(tmp_path, "BOT_TOKEN", "@BotFather")


async def test_a_key_that_others_can_read_is_told_of_first(tmp_path: Path) -> None:
    key = tmp_path / "lotse.key"
    key.write_text(A_KEY)
    key.chmod(0o644)
    async with program("run", folder=tmp_path) as bot:
        assert await bot.ends() == 2
    warned = 'level=warning event="others can read or write files of ours"'
    assert warned in bot.err[0]
    assert f"files={key}" in bot.err[0]


async def test_with_a_token_the_api_does_not_know(tmp_path: Path) -> None:
    async with simulated() as simulator:
        async with (
            aiohttp.ClientSession() as session,
            session.put(f"{simulator.url}/faults", json={"revoked": True}),
        ):
            pass
        await refused(tmp_path, "BOT_TOKEN", "does not accept", **running(simulator.url))


async def test_with_settings_that_cannot_be(tmp_path: Path) -> None:
    await refused(tmp_path, "BOT_LISTEN", BOT_TOKEN=TOKEN, BOT_LISTEN="nowhere")


async def test_with_a_city_file_that_is_broken(tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text("[city\n", encoding="utf-8")
    await refused(tmp_path, "broken.toml", "line 1", BOT_TOKEN=TOKEN, BOT_CITY=str(broken))


@pytest.mark.parametrize("url", ["https://api.telegram.org", "https://API.telegram.org:443/"])
async def test_for_real_people_without_somebody_who_answers_for_the_data(
    tmp_path: Path, url: str
) -> None:
    await refused(tmp_path, "herne.toml", "operator", "privacy", **running(url))
    assert not (tmp_path / "lotse.db").exists()


async def test_with_a_city_nobody_knows(tmp_path: Path) -> None:
    await refused(tmp_path, "atlantis", "herne", BOT_TOKEN=TOKEN, BOT_CITY="atlantis")


async def test_with_a_database_that_cannot_be_written(tmp_path: Path) -> None:
    url = "sqlite:////proc/nowhere/lotse.db"
    await refused(tmp_path, "/proc/nowhere", **running(NOWHERE), BOT_DATABASE_URL=url)


async def test_with_a_database_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "lotse.db").write_bytes(b"This is no database. " * 500)
    (tmp_path / "lotse.db").chmod(0o600)
    await refused(tmp_path, "database", **running(NOWHERE))


async def test_with_another_key_than_the_database_was_made_with(tmp_path: Path) -> None:
    async with simulated() as simulator:
        settings = running(simulator.url)
        async with program("run", folder=tmp_path, BOT_DATA_KEY=A_KEY, **settings) as bot:
            await bot.says("Lotse serves herne")
        await refused(tmp_path, "key", BOT_DATA_KEY=ANOTHER_KEY, **settings)
        await refused(tmp_path, "key", **settings)
    assert not (tmp_path / "lotse.key").exists()


async def test_on_postgresql_without_a_key_or_without_a_server(tmp_path: Path) -> None:
    url = "postgresql://lotse:secret-word@127.0.0.1:1/lotse"
    await refused(tmp_path, "BOT_DATA_KEY", "PostgreSQL", BOT_TOKEN=TOKEN, BOT_DATABASE_URL=url)
    missing = str(tmp_path / "missing.key")
    settings = {**running(NOWHERE), "BOT_DATABASE_URL": url, "BOT_DATA_KEY_FILE": missing}
    await refused(tmp_path, "PostgreSQL", "cannot be reached", **settings)


async def test_a_second_bot_on_the_same_database(tmp_path: Path) -> None:
    async with simulated() as simulator:
        settings = running(simulator.url)
        async with program("run", folder=tmp_path, **settings) as bot:
            await bot.says("Lotse serves herne")
            await refused(tmp_path, "already running", **settings)
            with closing(sqlite3.connect(tmp_path / "lotse.db")) as file:
                assert file.execute("SELECT COUNT(*) FROM persons").fetchone() == (0,)


async def test_with_a_webhook_on_an_address_that_is_taken(tmp_path: Path) -> None:
    async with simulated() as simulator:
        taken = simulator.url.removeprefix("http://")
        webhook = {
            "BOT_WEBHOOK_URL": "http://127.0.0.1:1/hook",
            "BOT_WEBHOOK_SECRET": "webhook-secret-0123456789",
            "BOT_LISTEN": taken,
        }
        settings = {**running(simulator.url), **webhook}
        await refused(tmp_path, "cannot listen", "already in use", **settings)


async def test_the_simulator_on_a_port_that_is_taken(tmp_path: Path) -> None:
    async with simulated() as simulator:
        port = simulator.url.rpartition(":")[2]
        async with program("simulator", "--port", port, folder=tmp_path) as another:
            assert await another.ends() == 2
        assert another.err[0].startswith("cannot listen")
        assert len(another.err) == 1


async def test_with_a_webhook_without_a_secret(tmp_path: Path) -> None:
    url = "http://127.0.0.1:1/hook"
    await refused(tmp_path, "BOT_WEBHOOK_SECRET", BOT_TOKEN=TOKEN, BOT_WEBHOOK_URL=url)


async def test_an_unknown_case_manager_is_not_invited(tmp_path: Path) -> None:
    async with program("invite", "nobody", folder=tmp_path, **running(NOWHERE)) as invite:
        assert await invite.ends() == 2
    assert len(invite.err) == 1
    assert "nobody: nobody of the staff; there are akelma" in invite.err[0]
    never_told(invite)


async def test_an_unreachable_api_is_told_once_and_waited_for(tmp_path: Path) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    async with program("run", folder=tmp_path, **running(url)) as bot:
        await bot.says("the Bot API is unreachable")
        simulator = Simulator(time.time)
        await simulator.start(port=port)
        await bot.says("Lotse serves herne")
        assert bot.text.count("unreachable") == 1
        async with aiohttp.ClientSession() as session:
            anna = Client(session, url, 7, "Anna", "en")
            await anna.join()
            await anna.says_and_waits("/start", 10)
            await anna.walks("English", "I agree")
        await simulator.stop()
    never_told(bot)
