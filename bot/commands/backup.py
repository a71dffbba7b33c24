"""`python -m bot backup` and `move-database`: pages where there are some, else one table copier."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot.settings import Settings
from bot.storage.engine.database import Database, DatabaseUnavailable, Tx
from bot.storage.engine.opening import (
    SQLITE,
    copy_pages_of,
    open_database,
    open_snapshot,
    runner_of,
)
from bot.storage.records import key_values
from bot.storage.upkeep import copier

DAYS = 14
"""How long a backup is good: what is in it has a term, and so has the backup."""
DAY_SECONDS = 86_400
MADE = "backup_made"
BESIDE_THE_KEY = "The key lies in the same folder: whoever gets the folder can read who is in it."


async def backup(settings: Settings, file: Path, now: int) -> str:
    """Copy the database to a new SQLite file, whether the bot runs or not; what to tell.

    `now`, in UTC epoch seconds, is when the term of the backup begins.
    """
    with _arriving(file) as made:
        dated = partial(key_values.put, name=MADE, value=str(now))
        rows = await _kept_in(made, settings.database_url, dated)
    until = datetime.fromtimestamp(now + DAYS * DAY_SECONDS, UTC)
    told = f"{rows} rows are in {file}; delete it by {until:%Y-%m-%d}.\n{of_the_key(settings)}"
    return f"{told}\n{BESIDE_THE_KEY}" if _is_beside_the_key(settings, file) else told


async def _kept_in(file: Path, url: str, afterwards: Callable[[Tx], None]) -> int:
    """Copy a database to a new file; how many rows. `afterwards` completes the same copy."""
    if not await asyncio.to_thread(copy_pages_of, url, file):
        return await copied(url, f"{SQLITE}{file}", afterwards)
    made = await open_database(f"{SQLITE}{file}")
    try:
        return await made.run(copier.complete, made.dialect, afterwards)
    finally:
        await made.close()


async def move(settings: Settings, url: str) -> str:
    """Copy the database of the settings to an empty one elsewhere; what to tell."""
    with runner_of(settings.database_url), runner_of(url):
        rows = await copied(settings.database_url, url)
    next_step = "Set BOT_DATABASE_URL to the new database before the bot starts again."
    return f"{rows} rows copied. {next_step}\n{of_the_key(settings)}"


async def copied(
    source_url: str,
    target_url: str,
    afterwards: Callable[[Tx], None] | None = None,
    *,
    ahead: int = 0,
) -> int:
    """Copy one database to another that is empty; how many rows. Raises as copier.copy does."""
    async with _pair(source_url, target_url) as (source, target):
        return await copier.copy(source, target, afterwards, ahead=ahead)


def of_the_key(settings: Settings) -> str:
    """Where the key is, which no copy holds."""
    where = "what BOT_DATA_KEY holds" if settings.data_key else str(settings.key_file)
    return f"The key is not in it and travels separately: {where}. Without it nobody can be named."


def _is_beside_the_key(settings: Settings, file: Path) -> bool:
    own = settings.data_key is None
    return own and settings.key_file.resolve().parent == file.resolve().parent


@contextmanager
def _arriving(file: Path) -> Iterator[Path]:
    """Where to write what is to be the file: nobody must take half a backup for a whole one."""
    if file.exists():
        raise DatabaseUnavailable(f"{file}: exists already; a backup goes to a new file")
    try:
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=f"{file.name}.") as folder:
            made = Path(folder, file.name)
            yield made
            made.rename(file)
    except OSError as error:
        raise DatabaseUnavailable(f"{file}: {error.strerror}") from None


@asynccontextmanager
async def _pair(source_url: str, target_url: str) -> AsyncIterator[tuple[Database, Database]]:
    source = await open_snapshot(source_url)
    try:
        target = await open_database(target_url)
        try:
            yield source, target
        finally:
            await target.close()
    finally:
        await source.close()
