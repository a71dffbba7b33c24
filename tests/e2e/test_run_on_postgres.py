"""The bot as a process on PostgreSQL: nothing but the URL and the key is different."""

import base64
import time
from pathlib import Path

import aiohttp
from phone import Client
from postgres import Server
from processes import program, running

from bot.simulator.server import Simulator

KEY = base64.urlsafe_b64encode(bytes(32)).decode()


async def test_a_conversation_goes_on_after_a_kill(postgres_server: Server, tmp_path: Path) -> None:
    simulator = Simulator(time.time)
    await simulator.start()
    with postgres_server.fresh() as url:
        settings = {**running(simulator.url), "BOT_DATABASE_URL": url, "BOT_DATA_KEY": KEY}
        async with aiohttp.ClientSession() as session:
            anna = Client(session, simulator.url, 7, "Anna", "en")
            await anna.join()
            async with program("run", folder=tmp_path, **settings) as bot:
                await bot.says("Lotse serves herne")
                await anna.says_and_waits("/start", 10)
                await anna.walks("English", "I agree", "Book an appointment")
                async with program("run", folder=tmp_path, **settings) as second:
                    assert await second.ends() == 2
                assert second.err == ["a bot is already running on this PostgreSQL database\n"]
                await bot.kill()
            async with program("run", folder=tmp_path, **settings) as bot:
                await bot.says("Lotse serves herne")
                await anna.walks("I don’t know, show all offices", "Earliest free time", "Confirm")
                assert "Code " in anna.view[0]
                await bot.kill()
    await simulator.stop()
    assert not (tmp_path / "lotse.key").exists()


async def test_a_missing_key_file_is_not_made(postgres_server: Server, tmp_path: Path) -> None:
    missing = tmp_path / "missing.key"
    with postgres_server.fresh() as url:
        settings = {"BOT_DATABASE_URL": url, "BOT_DATA_KEY_FILE": str(missing)}
        local = running("http://127.0.0.1:1")
        async with program("run", folder=tmp_path, **local, **settings) as bot:
            assert await bot.ends() == 2
    assert bot.err == [f"{missing}: the key file is missing\n"]
    assert not missing.exists()
