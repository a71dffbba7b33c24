"""A backup taken from a bot that runs, and a bot that goes on from it."""

import os
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from phone import Client
from postgres import Server
from processes import program, running
from pydantic import SecretStr
from stage import World, book_earliest

from bot import app
from bot.commands import backup, restore
from bot.runtime.clock import Clock
from bot.settings import Settings
from bot.simulator.person import words
from bot.simulator.server import Simulator
from bot.storage.engine.database import DatabaseUnavailable
from bot.storage.engine.run_lock import AlreadyRunning
from bot.storage.keyfile import key_text
from bot.storage.upkeep.brought_back import Kept
from bot.storage.vault import Vault

NOW, DAY = 1_796_000_000, 86_400
LOCAL = "http://127.0.0.1:1"


async def restored(world: World, people: list[Client], later: timedelta) -> World:
    """Another bot, on what a backup of the first one held, some time after it is gone."""
    elsewhere = world.folder / "elsewhere"
    elsewhere.mkdir()
    file = world.folder / "backup.db"
    told = await backup.backup(world.settings, file, world.clock.now())
    assert "lotse.key" in told
    await world.stop()
    world.clock.ahead += later.total_seconds()
    shutil.copy(world.folder / "lotse.key", elsewhere)
    other = World(elsewhere, world.clock, world.simulator, world.session)
    await restore.restore(other.settings, file, world.clock.now(), Kept(chats=True))
    await other.start()
    for person in people:
        person.at_rest = other.taken
    return other


async def reminders(world: World) -> list[tuple[object, ...]]:
    """The states of all reminders."""
    return await world.sql("SELECT DISTINCT state FROM outbox WHERE kind = 'reminder'")


async def test_after_a_restore_the_bot_goes_on_where_the_backup_was_taken(world: World) -> None:
    ali = await world.case_manager("mohammad")
    anna = await world.person()
    await book_earliest(anna)
    other = await restored(world, [anna, ali], timedelta(minutes=5))
    try:
        assert await reminders(other) == [("planned",)]
        await anna.walks("Main menu", "My appointments")
        assert len([label for label in anna.labels if "·" in label]) == 1
        seen = len(anna.messages)
        assert other.process is not None
        due = await other.process.next_due()
        assert due is not None
        await other.passes(seconds=due - other.clock.exact())
        await anna.settles()
        assert len(anna.messages) == seen + 1
    finally:
        await other.close()


async def test_after_a_restore_nothing_of_the_past_is_sent(world: World) -> None:
    ali = await world.case_manager("mohammad")
    anna = await world.person()
    await book_earliest(anna)
    for person in (anna, ali):
        await person.settles()
    seen = [len(person.messages) for person in (anna, ali)]
    other = await restored(world, [anna, ali], timedelta(days=6))
    try:
        assert other.process is not None
        await other.process.catch_up()
        for person in (anna, ali):
            await person.settles()
        assert [len(person.messages) for person in (anna, ali)] == seen
        assert await reminders(other) == [("expired",)]
        await anna.says_and_waits("/start")
        assert "What would you like to do?" in words(anna.now)
    finally:
        await other.close()


async def test_a_backup_needs_no_rest_and_a_restore_does(tmp_path: Path) -> None:
    simulator = Simulator(time.time)
    await simulator.start()
    file = tmp_path / "backup.db"
    async with program("run", folder=tmp_path, **running(simulator.url)) as bot:
        await bot.says("Lotse serves herne")
        async with program("backup", str(file), folder=tmp_path) as made:
            assert await made.ends() == 0
        assert f"rows are in {file}" in made.text
        assert f"{tmp_path}/lotse.key" in made.text
        settings = Settings(database_url=f"sqlite:///{tmp_path}/lotse.db")
        with pytest.raises(AlreadyRunning):
            await restore.restore(settings, file, 0, Kept())
    await simulator.stop()


@pytest.fixture
async def settings(tmp_path: Path) -> Settings:
    """Of a database that a bot has been opened on, and of its key."""
    made = Settings(database_url=f"sqlite:///{tmp_path}/lotse.db", api_url=LOCAL)
    async with app.open_resources(made, Clock()):
        return made


def case_managers(file: Path) -> int:
    with closing(sqlite3.connect(file)) as opened:
        return int(opened.execute("SELECT COUNT(*) FROM case_managers").fetchone()[0])


async def test_a_database_can_be_moved_and_the_old_one_stays(
    settings: Settings, tmp_path: Path
) -> None:
    told = await backup.move(settings, f"sqlite:///{tmp_path}/moved.db")
    assert "Set BOT_DATABASE_URL" in told
    assert case_managers(tmp_path / "moved.db") == case_managers(tmp_path / "lotse.db") > 0
    assert (tmp_path / "moved.db").stat().st_mode & 0o777 == 0o600


@pytest.fixture
def any_mode() -> Iterator[None]:
    """A process that takes nothing away from the mode a file is made with."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("any_mode")
async def test_a_backup_is_one_file_for_its_owner_only_and_overwrites_none(
    settings: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    assert backup.BESIDE_THE_KEY not in await backup.backup(settings, folder / "one.db", NOW)
    assert [found.name for found in folder.iterdir()] == ["one.db"]
    assert (folder / "one.db").stat().st_mode & 0o777 == 0o600
    with pytest.raises(DatabaseUnavailable, match="exists already"):
        await backup.backup(settings, folder / "one.db", NOW)
    with pytest.raises(DatabaseUnavailable, match="No such file"):
        await backup.backup(settings, tmp_path / "nowhere" / "one.db", NOW)


async def test_a_backup_beside_the_key_is_told_so(settings: Settings, tmp_path: Path) -> None:
    told = await backup.backup(settings, tmp_path / "one.db", NOW)
    assert told.splitlines()[-1] == backup.BESIDE_THE_KEY


async def test_nothing_is_restored_over_what_is_there(settings: Settings, tmp_path: Path) -> None:
    await backup.backup(settings, tmp_path / "backup.db", NOW)
    with pytest.raises(ExceptionGroup) as raised:
        await restore.restore(settings, tmp_path / "backup.db", 0, Kept())
    assert [str(error) for error in raised.value.exceptions] == [
        "the database to be filled is not empty; nothing was changed"
    ]


async def test_a_backup_past_its_term_is_refused(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "backup.db"
    told = await backup.backup(settings, file, NOW)
    assert "delete it by 2026-12-14" in told
    url = f"sqlite:///{tmp_path}/other.db"
    other = settings.model_copy(update={"database_url": url})
    with pytest.raises(ExceptionGroup) as raised:
        await restore.restore(other, file, NOW + 14 * DAY + 1, Kept())
    assert [str(error) for error in raised.value.exceptions] == [
        "the backup is of 2026-11-30: it expired after 14 days; nothing was restored"
    ]
    assert "rows restored" in await restore.restore(other, file, NOW + 14 * DAY, Kept())


async def test_what_is_no_backup_is_told_in_one_line(settings: Settings, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear reader, " * 100)
    for file, wanted in ((letter, "not a database"), (tmp_path / "nowhere.db", "no such file")):
        with pytest.raises(DatabaseUnavailable, match=wanted):
            await restore.restore(settings, file, 0, Kept())


async def test_a_backup_of_a_server_is_a_file_and_can_be_restored_there(
    tmp_path: Path, postgres_server: Server
) -> None:
    key, file = key_text(bytes(32)), tmp_path / "backup.db"
    with postgres_server.fresh() as url, postgres_server.fresh() as empty:
        made = Settings(database_url=url, data_key=SecretStr(key), api_url=LOCAL)
        async with app.open_resources(made, Clock()):
            told = await backup.backup(made, file, NOW)
        assert "BOT_DATA_KEY" in told
        assert key not in told
        other = made.model_copy(update={"database_url": empty})
        await restore.restore(other, file, NOW, Kept())
        async with app.open_resources(other, Clock()) as resources:
            assert resources.vault.lookup(7) == Vault(bytes(32)).lookup(7)
    assert case_managers(file) > 0
