"""Files of key and data that are open to others, or lie together, are told of and nothing fails."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.commands import check
from bot.runtime import exposed_files
from bot.settings import Settings
from bot.storage.keyfile import key_text, make_key

OTHERS = "others can read or write it: chmod 600"
BESIDE = "a copy of the database beside the key: whoever gets the folder can read who is in it"


def database(file: Path) -> Path:
    with closing(sqlite3.connect(file)) as made:
        made.execute("CREATE TABLE a (b)")
    file.chmod(0o600)
    return file


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Of a database and its key, each for its owner only."""
    make_key(tmp_path / "lotse.key")
    return Settings(database_url=f"sqlite:///{database(tmp_path / 'lotse.db')}")


def told(settings: Settings) -> list[str]:
    return [str(problem) for problem in check.of_files(settings)]


def test_files_of_their_owner_alone_are_nothing_to_tell_of(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    exposed_files.warn(settings)
    assert caplog.messages == []
    assert told(settings) == []


@pytest.mark.parametrize(
    "name", ["lotse.key", "lotse.key.old", "lotse.db", "lotse.db-wal", "lotse.db-shm"]
)
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_file_that_others_can_get_at_is_named(
    settings: Settings, tmp_path: Path, name: str, mode: int
) -> None:
    (tmp_path / name).touch()
    (tmp_path / name).chmod(mode)
    assert told(settings) == [f"warning: {tmp_path / name}: mode: {OTHERS}"]


def test_a_copy_of_the_database_is_named_where_the_key_lies(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    copy = database(tmp_path / "2026-11-30.db")
    (tmp_path / "letter.txt").write_text("no database")
    os.mkfifo(tmp_path / "pipe")
    assert told(settings) == [f"warning: {copy}: folder: {BESIDE}"]
    exposed_files.warn(settings)
    assert caplog.messages == ["copies of the database lie beside the key"]


def test_a_copy_apart_from_the_key_is_named_only_if_it_is_open_to_others(
    settings: Settings, tmp_path: Path
) -> None:
    apart = tmp_path / "key"
    apart.mkdir()
    (tmp_path / "lotse.key").rename(apart / "lotse.key")
    elsewhere = settings.model_copy(update={"data_key_file": apart / "lotse.key"})
    copy = database(tmp_path / "2026-11-30.db")
    assert told(elsewhere) == []
    copy.chmod(0o644)
    assert told(elsewhere) == [f"warning: {copy}: mode: {OTHERS}"]


def test_a_key_from_the_environment_has_no_file(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "lotse.key").chmod(0o644)
    key = SecretStr(key_text(bytes(32)))
    assert told(settings.model_copy(update={"data_key": key})) == []


def test_what_is_not_there_is_not_told_of_and_not_made(tmp_path: Path) -> None:
    nowhere = Settings(database_url=f"sqlite:///{tmp_path}/nowhere/lotse.db")
    assert told(nowhere) == []
    assert list(tmp_path.iterdir()) == []


def test_a_link_that_leads_nowhere_is_no_copy(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "dangling.db").symlink_to(tmp_path / "nowhere.db")
    assert told(settings) == []
