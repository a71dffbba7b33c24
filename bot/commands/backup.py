"""`python -m bot backup`, `restore` and `move-database`: one table copier, three directions."""

import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot.city.load import load
from bot.domain.city import City
from bot.settings import Settings
from bot.storage.engine.database import Database, DatabaseUnavailable, Tx
from bot.storage.engine.opening import SQLITE, open_database, open_snapshot, runner_of
from bot.storage.records import key_values
from bot.storage.upkeep import copier, housekeeping
from bot.storage.upkeep.after_restore import leave_the_past

DAYS = 14
"""How long a backup is good: what is in it has a term, and so has the backup."""
DAY_SECONDS = 86_400
MADE = "backup_made"


class Expired(DatabaseUnavailable):
    """The backup holds what should have been forgotten long ago."""


async def backup(settings: Settings, file: Path, now: int) -> str:
    """Copy the database to a new SQLite file, whether the bot runs or not; what to tell.

    `now`, in UTC epoch seconds, is when the term of the backup begins.
    """
    with _arriving(file) as made:
        rows = await _copied(
            settings.database_url,
            f"{SQLITE}{made}",
            partial(key_values.put, name=MADE, value=str(now)),
        )
    until = _day(now + DAYS * DAY_SECONDS)
    return f"{rows} rows are in {file}; delete it by {until}.\n{_of_the_key(settings)}"


async def restore(settings: Settings, file: Path, now: int) -> str:
    """Fill the empty database of the settings from a backup; what to tell.

    `now` is UTC epoch seconds: what was due before is not sent again, what has passed its term
    is forgotten at once; of what cannot be, the bot tells when it starts. A backup past its own
    term is refused.
    """
    city = load(settings.city)
    with runner_of(settings.database_url):
        rows = await _copied(
            f"{SQLITE}{file}",
            settings.database_url,
            partial(_take_up, city=city, now=now),
        )
    late = "Reminders whose time has passed are not sent again."
    return f"{rows} rows restored. {late}\n{_of_the_key(settings)}"


async def move(settings: Settings, url: str) -> str:
    """Copy the database of the settings to an empty one elsewhere; what to tell."""
    with runner_of(settings.database_url), runner_of(url):
        rows = await _copied(settings.database_url, url)
    next_step = "Set BOT_DATABASE_URL to the new database before the bot starts again."
    return f"{rows} rows copied. {next_step}\n{_of_the_key(settings)}"


def _take_up(tx: Tx, city: City, now: int) -> None:
    made = key_values.take(tx, MADE)
    if made is not None and int(made) + DAYS * DAY_SECONDS < now:
        day = _day(int(made))
        raise Expired(f"the backup is of {day}: it expired after {DAYS} days; nothing was restored")
    leave_the_past(tx, now)
    housekeeping.tidy(tx, now, city.rules.time_zone)


def _day(moment: int) -> str:
    return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d}"


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


async def _copied(
    source_url: str, target_url: str, afterwards: Callable[[Tx], None] | None = None
) -> int:
    async with _pair(source_url, target_url) as (source, target):
        return await copier.copy(source, target, afterwards)


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


def _of_the_key(settings: Settings) -> str:
    where = "what BOT_DATA_KEY holds" if settings.data_key else str(settings.key_file)
    return f"The key is not in it and travels separately: {where}. Without it nobody can be named."
