"""Telegram is told of the bot once, call by call: what is refused keeps nothing else."""

import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from telegram import InputProfilePhotoStatic

from bot.chat.connecting import Connection, connect
from bot.chat.profile import PAUSE_SECONDS, PHOTO, Profile
from bot.simulator.server import Simulator
from bot.storage.engine.database import Database
from bot.storage.engine.migrations import open_newest
from bot.storage.records import key_values

LANGUAGES = ("de", "en", "ar")
METHODS = ("setMyCommands", "setMyName", "setMyDescription", "setMyShortDescription")
ONCE = ("setChatMenuButton", "getMe", "getUserProfilePhotos", "setMyProfilePhoto")
ALL = len(METHODS) * (len(LANGUAGES) + 1) + len(ONCE)
A_DAY = 86_400


def texts(language: str, key: str) -> str:
    return f"{key} in {language}"


PROFILE = Profile(LANGUAGES, "en", texts)


@dataclass
class Told:
    """What a bot on this database has told Telegram."""

    url: str
    session: aiohttp.ClientSession
    connection: Connection
    database: Database

    async def publishes(self, profile: Profile = PROFILE) -> tuple[float | None, list[str]]:
        """When to try again, and the calls that were made."""
        before = len(await self._calls())
        pause = await profile.publish(self.connection, self.database)
        return pause, (await self._calls())[before:]

    async def strike(self, **fault: Any) -> None:
        async with self.session.put(f"{self.url}/faults", json={"script": [fault]}) as answer:
            answer.raise_for_status()

    async def _calls(self) -> list[str]:
        async with self.session.get(f"{self.url}/record") as answer:
            return [call["method"] for call in (await answer.json())["calls"]]


@pytest.fixture
async def told(tmp_path: Path) -> AsyncIterator[Told]:
    simulator = Simulator(time.time)
    await simulator.start()
    async with (
        aiohttp.ClientSession() as session,
        connect(simulator.url, "1:test") as connection,
        open_newest(f"sqlite:///{tmp_path}/lotse.db") as database,
    ):
        yield Told(simulator.url, session, connection, database)
    await simulator.stop()


async def test_all_is_told_once_in_each_language_and_for_any_other(told: Told) -> None:
    pause, calls = await told.publishes()
    assert (pause, sorted(calls)) == (None, sorted((*METHODS * (len(LANGUAGES) + 1), *ONCE)))
    assert await told.publishes() == (None, [])


async def test_what_may_be_called_a_few_times_a_day_keeps_nothing_else_and_is_resumed(
    told: Told,
) -> None:
    await told.strike(method="setMyName", times=3, retry_after=A_DAY)
    pause, calls = await told.publishes()
    assert (pause, len(calls)) == (A_DAY, ALL)
    assert await told.publishes() == (None, ["setMyName"] * 3)
    assert await told.publishes() == (None, [])


async def test_only_what_has_changed_is_told_again(told: Told) -> None:
    await told.publishes()
    another = Profile(
        LANGUAGES, "en", lambda code, key: f"{texts(code, key)}{'!' * (code == 'ar')}"
    )
    assert await told.publishes(another) == (None, list(METHODS))
    name = Profile(
        LANGUAGES, "en", lambda code, key: "Lotse" if key == "profile.name" else texts(code, key)
    )
    await told.publishes()
    assert await told.publishes(name) == (None, ["setMyName"] * 4)


@pytest.mark.parametrize(("status", "pause"), [(502, PAUSE_SECONDS), (400, None)])
async def test_what_is_refused_for_good_waits_for_the_next_start(
    told: Told, status: int, pause: float | None
) -> None:
    await told.strike(method="setMyDescription", times=1, status=status)
    assert (await told.publishes())[0] == pause
    assert await told.publishes() == (None, ["setMyDescription"])


@pytest.mark.parametrize("kept", ["0f" * 32, "[]", "7"])
async def test_what_an_earlier_version_kept_of_it_is_passed_over(told: Told, kept: str) -> None:
    await told.database.run(key_values.put, "profile", kept)
    assert len((await told.publishes())[1]) == ALL
    assert await told.publishes() == (None, [])


async def test_the_photo_is_told_where_the_bot_has_none(told: Told) -> None:
    await told.publishes()
    async with told.session.get(f"{told.url}/photo") as answer:
        assert await answer.read() == PHOTO.read_bytes()


async def test_a_photo_that_somebody_has_given_the_bot_stays(told: Told) -> None:
    theirs = PHOTO.read_bytes() + b"theirs"
    await told.connection.bot.set_my_profile_photo(InputProfilePhotoStatic(theirs))
    pause, calls = await told.publishes()
    assert (pause, calls.count("setMyProfilePhoto")) == (None, 0)
    async with told.session.get(f"{told.url}/photo") as answer:
        assert await answer.read() == theirs
    assert await told.publishes() == (None, [])
