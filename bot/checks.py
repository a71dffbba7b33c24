"""`python -m bot check`: settings, city file and catalogues, every problem by file and key."""

from collections.abc import Collection, Iterator

from bot.app import LOCALES
from bot.city.load import Problem, inspect, label
from bot.domain.bookable import Lack, lacks
from bot.domain.city import City
from bot.rendering import catalogue_checks, catalogues
from bot.rendering.languages import STYLES
from bot.storage import staff
from bot.storage.database import StorageError, open_snapshot

REASONS = {
    Lack.HOURS: "cannot be booked, their hours are not confirmed",
    Lack.CHANNEL: "cannot be booked, no chat to tell them (`python -m bot invite ID`)",
}


async def everything(
    city: str, database_url: str, *, for_telegram: bool, live: bool
) -> tuple[Problem, ...]:
    """All errors and warnings of a city file and of the catalogues.

    Where the settings are `for_telegram` itself, it is told who cannot be booked yet, and why;
    where they are `live`, with a token, what a real run needs is an error.
    """
    languages = catalogues.available(LOCALES)
    known, _ = inspect(city, languages)
    _, problems = inspect(city, languages, live=live)
    if known and for_telegram:
        reached = await _reached(database_url)
        problems += tuple(
            Problem(label(city), "office.case_manager", reason, "warning")
            for reason in not_bookable(known, reached)
        )
    return problems + tuple(
        Problem(found.file, found.key, found.reason)
        for found in catalogue_checks.check(LOCALES, STYLES)
    )


def not_bookable(city: City, reached: Collection[str]) -> Iterator[str]:
    """A line for each thing people lack, with their ids; last, who is not named to clients."""
    people = city.case_managers
    for lack, reason in REASONS.items():
        if lacking := [person.id for person in people if lack in lacks(person, reached)]:
            yield f"{reason}: {', '.join(lacking)}"
    if unnamed := [person.id for person in people if not person.agreed_to_be_named]:
        yield f"named as their team, agreed_to_be_named is not true: {', '.join(unnamed)}"


async def _reached(database_url: str) -> Collection[str]:
    """Who can be told of a booking; nobody where there is no database yet."""
    try:
        database = await open_snapshot(database_url)
    except StorageError:
        return ()
    try:
        return await database.run(staff.with_channel)
    except StorageError:
        return ()
    finally:
        await database.close()
