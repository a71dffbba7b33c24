"""Files with the key or the data that others than their owner can get at, or that lie together.

Said at the start and by `check`; nothing fails by it, since only the operator knows the machine.
"""

import logging
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from bot.observability.logs import fields
from bot.settings import Settings

log = logging.getLogger(__name__)

OTHERS = 0o066
"""Reading and writing, for group and others."""
SQLITE_BEGINS = b"SQLite format 3\0"
BESIDE_DATABASE = ("", "-wal", "-shm")
BESIDE_KEY = ("", ".new", ".old")


def open_to_others(settings: Settings) -> tuple[Path, ...]:
    """The files of key, database and copies of it that are not for their owner alone."""
    files = (*_of_key(settings), *_of_database(settings), *_copies(settings))
    return tuple(file for file in dict.fromkeys(files) if _mode(file) & OTHERS)


def beside_the_key(settings: Settings) -> tuple[Path, ...]:
    """The copies of a database, such as backups, in the folder of the key."""
    folders = {file.parent.resolve() for file in _of_key(settings)}
    return tuple(file for file in _copies(settings) if file.parent.resolve() in folders)


def warn(settings: Settings) -> None:
    """Say in a line of the log what of it there is."""
    if files := open_to_others(settings):
        log.warning("others can read or write files of ours", extra=fields(files=_names(files)))
    if files := beside_the_key(settings):
        log.warning("copies of the database lie beside the key", extra=fields(files=_names(files)))


def _of_key(settings: Settings) -> Iterator[Path]:
    if settings.data_key is None:
        yield from _with(settings.key_file, BESIDE_KEY)


def _of_database(settings: Settings) -> Iterator[Path]:
    if settings.database_file is not None:
        yield from _with(settings.database_file, BESIDE_DATABASE)


def _copies(settings: Settings) -> Iterator[Path]:
    """Other databases that lie where the key or the database lies."""
    own = {file.resolve() for file in _of_database(settings)}
    beside = (*_of_key(settings), *_of_database(settings))
    for folder in dict.fromkeys(file.parent for file in beside):
        with suppress(OSError):
            for file in sorted(folder.iterdir()):
                if file.resolve() not in own and _is_copy(file):
                    yield file


def _with(file: Path, endings: tuple[str, ...]) -> Iterator[Path]:
    return (file.with_name(f"{file.name}{ending}") for ending in endings)


def _is_copy(file: Path) -> bool:
    """Whether it is a database; what a tool hides for itself is none of ours."""
    try:
        if file.name.startswith(".") or not file.is_file():
            return False
        with file.open("rb") as opened:
            return opened.read(len(SQLITE_BEGINS)) == SQLITE_BEGINS
    except OSError:
        return False


def _mode(file: Path) -> int:
    """Its permissions; none for a file that is not there."""
    try:
        return file.stat().st_mode
    except OSError:
        return 0


def _names(files: tuple[Path, ...]) -> str:
    return ", ".join(map(str, files))
