"""Running a command to its end: what it says, and in one line what an operator can mend."""

import asyncio
import errno
import signal
import sys
from collections.abc import Callable, Coroutine
from socket import gaierror
from typing import Any, TypeVar

import click

from bot import settings
from bot.chat.connecting import NotAccepted
from bot.city.language_file import LanguageFilesError
from bot.city.load import CityError
from bot.city.street_registers import UnknownRegister
from bot.commands import (
    block,
    poster,
    preview,
    staff_access,
    staff_leaving,
    staff_links,
    stats,
    street_import,
)
from bot.observability import logs
from bot.settings import Settings, SettingsError
from bot.storage.engine.database import StorageError
from bot.storage.vault import KeyProblem
from bot.understanding.word_file import WordFilesError

T = TypeVar("T")

UNKNOWN = (
    *(block.UnknownCode, staff_access.UnknownStaff, poster.NoPoster, preview.NoPreview),
    *(staff_links.UnknownLink, staff_leaving.NotPossible),
    *(UnknownRegister, street_import.CannotImport, stats.NoReport),
)
FAULTY_FILES = (CityError, LanguageFilesError, WordFilesError)
EXPECTED = (SettingsError, *FAULTY_FILES, StorageError, KeyProblem, *UNKNOWN, NotAccepted)
NO_ADDRESS = (errno.EADDRINUSE, errno.EADDRNOTAVAIL)


def tell(command: Callable[[Settings], Coroutine[Any, Any, str]]) -> None:
    """Run a command and say what it has done; an interrupted one says nothing and fails."""
    told = finish(command)
    if told is None:
        sys.exit(1)
    click.echo(told)


def finish(command: Callable[[Settings], Coroutine[Any, Any, T]]) -> T | None:
    """Run a command to its end or to a signal; what an operator can mend is one line."""
    try:
        known = settings.read()
        logs.set_level(known.log_level)
        return asyncio.run(_until_signal(command(known)))
    except Exception as error:
        line = _mendable(error)
        if line is None:
            raise
        click.echo(line, err=True)
        sys.exit(2)
    except KeyboardInterrupt:
        return None


def _mendable(error: Exception) -> str | None:
    """What an operator can mend, in a line; None for a bug, of which the log tells."""
    if isinstance(error, ExceptionGroup):
        lines = [_mendable(each) for each in error.exceptions]
        return lines[0] if all(lines) else None
    if isinstance(error, EXPECTED):
        return str(error)
    if isinstance(error, OSError) and (error.errno in NO_ADDRESS or isinstance(error, gaierror)):
        return f"cannot listen: {error.strerror}"
    return None


async def _until_signal(work: Coroutine[Any, Any, T]) -> T | None:
    """SIGTERM ends a command in order, as Ctrl+C does."""
    task = asyncio.current_task()
    assert task is not None
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    try:
        return await work
    except asyncio.CancelledError:
        return None
