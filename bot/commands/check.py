"""`python -m bot check`: settings, city file and catalogues, every problem by file and key."""

import asyncio
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from bot import settings
from bot.app import LOCALES
from bot.city import staffing_file
from bot.city.load import Problem, inspect, label
from bot.commands.check_texts import text_problems
from bot.domain.bookable import Lack, lacks
from bot.domain.city import City
from bot.domain.contacts import may_be_named
from bot.domain.staffing import CHAT_ONLY, Staffing
from bot.rendering import catalogues
from bot.runtime import exposed_files, mailing, unsafe_settings
from bot.services import orphans
from bot.services.orphans import Orphan
from bot.settings import Settings, SettingsError
from bot.storage.engine.database import StorageError, Tx
from bot.storage.engine.opening import open_snapshot
from bot.storage.records import staff_chats
from bot.storage.records.staff_named import Ties

T = TypeVar("T")

REASONS = {
    Lack.HOURS: "cannot be booked, their hours are not confirmed",
    Lack.CHANNEL: "cannot be booked, no chat to tell them (`python -m bot invite ID`)",
}
UNSEEN_BY_ALL = (
    "a booking of theirs that nobody sees in time is passed on to no deputy and no office,"
    " at most to the operator's chat (BOT_STAFF)"
)
LEFT = (
    "{id} is no longer there, but still has {hanging}; `python -m bot staff leave {id}` shows"
    " what becomes of it"
)
MOVED = (
    "{id} sits at another office than was told to clients, booked: {booked};"
    " `python -m bot staff moved {id}` shows what becomes of it"
)
OUTSIDE = "booked on a day that is closed now, or outside of the hours that are released now"
OPEN = "others can read or write it: chmod 600"
BESIDE = "a copy of the database beside the key: whoever gets the folder can read who is in it"
NOT_ALLOWED = "cannot be booked, told neither by mail nor in chat (BOT_STAFF)"


@dataclass(frozen=True, slots=True)
class Mail:
    """Of the settings, what decides who can be told by mail: the file, the server, the pages."""

    staff: Path | None = None
    has_server: bool = False
    has_pages: bool = False


NO_MAIL = Mail()


def of_this_process(now: int) -> tuple[Problem, ...]:
    """What is wrong with the settings of this process and all they name, at `now`."""
    try:
        return asyncio.run(whole(settings.read(), now))
    except SettingsError as error:
        told = (line.partition(": ") for line in error.problems)
        return tuple(Problem("environment", key, reason) for key, _, reason in told)


async def whole(known: Settings, now: int) -> tuple[Problem, ...]:
    """Everything that is wrong with an installation at `now`. Raises SettingsError."""
    mailing.sender_of(known)
    mail = Mail(known.staff, mailing.server_of(known) is not None, known.public_url is not None)
    found = await everything(
        known.city,
        known.database_url,
        for_telegram=not known.is_local,
        live=not known.is_local and known.token is not None,
        now=now,
        mail=mail,
        streets=known.streets,
    )
    return (*found, *of_settings(known), *of_files(known))


async def everything(
    city: str,
    database_url: str,
    *,
    for_telegram: bool,
    live: bool,
    now: int,
    mail: Mail = NO_MAIL,
    streets: Path | None = None,
) -> tuple[Problem, ...]:
    """All errors and warnings of a city file, its streets, a staffing file and all texts.

    Where there is a database, whom of it the city file leaves behind at `now` (UTC epoch seconds)
    is an error. Where the settings are `for_telegram` itself, it is told who cannot be booked yet,
    and why; where they are `live`, with a token, what a real run needs is an error.
    """
    written = catalogues.available(LOCALES)
    known, _ = inspect(city, written)
    _, problems = inspect(city, written, live=live, streets=streets)
    if known:
        staffing, found = _staffing(mail, known)
        problems += found
    if known:
        problems += await _left_behind(city, database_url, known, now)
    if known and for_telegram:
        in_chat, desks = await _look(database_url, _tied) or ((), ())
        problems += tuple(
            Problem(label(city), "office.case_manager", reason, "warning")
            for reason in (
                *not_bookable(known, in_chat, staffing),
                *not_passed_on(known, in_chat, desks, staffing),
            )
        )
    return (*problems, *await text_problems(known, written, now))


def of_files(settings: Settings) -> Iterator[Problem]:
    """A warning for each file of key or data that is not its owner's alone, or lies with the key.

    A file that is not there is not looked at, and none is made.
    """
    for file in exposed_files.open_to_others(settings):
        yield Problem(str(file), "mode", OPEN, "warning")
    for file in exposed_files.beside_the_key(settings):
        yield Problem(str(file), "folder", BESIDE, "warning")


def of_settings(settings: Settings) -> Iterator[Problem]:
    """A warning for each setting that is not safe."""
    for key, reason in unsafe_settings.unsafe_settings(settings):
        yield Problem("environment", key, reason, "warning")


def not_bookable(
    city: City, in_chat: Collection[str], staffing: Staffing = CHAT_ONLY
) -> Iterator[str]:
    """A line for each thing people lack, with their ids; last, who is not named to clients."""
    people, reached = city.case_managers, staffing.reached(city, in_chat)
    lacking: dict[str, list[str]] = {reason: [] for reason in (*REASONS.values(), NOT_ALLOWED)}
    for person in people:
        for lack in lacks(person, reached):
            mute = lack is Lack.CHANNEL and not staffing.in_chat(city, person.id)
            lacking[NOT_ALLOWED if mute else REASONS[lack]].append(person.id)
    for reason, ids in lacking.items():
        if ids:
            yield f"{reason}: {', '.join(ids)}"
    if unnamed := [person.id for person in people if not may_be_named(person)]:
        yield (
            "named as their team, neither published nor agreed_to_be_named is true:"
            f" {', '.join(unnamed)}"
        )


def not_passed_on(
    city: City, in_chat: Collection[str], desks: Collection[str], staffing: Staffing
) -> Iterator[str]:
    """A line with those for whom nobody stands in, where it is asked that bookings are seen.

    `desks` are the offices whose front desk has a chat.
    """
    reached = staffing.reached(city, in_chat)
    alone = [
        person.id
        for person in city.case_managers
        if staffing.office(person.office_id).seen_within_hours is not None
        and not staffing.stand_in(
            person.id, person.office_id, reached, desk_in_chat=person.office_id in desks
        )
    ]
    if alone:
        yield f"{UNSEEN_BY_ALL}: {', '.join(alone)}"


def left_behind(orphan: Orphan) -> str:
    """Who it is, what still hangs on them, and what to do."""
    id, ties = orphan.who.id, orphan.ties
    if orphan.sits_elsewhere:
        return MOVED.format(id=id, booked=orphan.booked)
    hanging = [f"booked: {orphan.booked}"] * bool(orphan.booked)
    hanging += [f"{name}: {n}" for name in Ties.__slots__ if (n := getattr(ties, name))]
    return LEFT.format(id=id, hanging=", ".join(hanging))


async def _left_behind(file: str, database_url: str, city: City, now: int) -> tuple[Problem, ...]:
    """Who is booked with nobody, or when nobody is there, as far as there is a database."""
    gone = await _look(database_url, partial(orphans.of_city, city=city, now=now)) or ()
    found = [Problem(label(file), "office.case_manager", left_behind(each)) for each in gone]
    outside = await _look(database_url, partial(orphans.out_of_hours, city=city, now=now)) or ()
    if outside:
        codes = ", ".join(each.code for each in outside)
        found.append(Problem(label(file), "office.hours", f"{OUTSIDE}: {codes}", "warning"))
    return tuple(found)


def _staffing(mail: Mail, city: City) -> tuple[Staffing, tuple[Problem, ...]]:
    """How everybody is reached, in chat where the file has errors, and what is wrong."""
    if mail.staff is None:
        return CHAT_ONLY, ()
    known, found = staffing_file.inspect(mail.staff, city)
    staffing = known or CHAT_ONLY
    if staffing.needs_mail and not mail.has_server:
        found += (Problem("environment", "BOT_SMTP_URL", "needed, BOT_STAFF tells people by mail"),)
    if staffing.needs_mail and not mail.has_pages:
        missing = "not set, so that mails have no links to act on"
        found += (Problem("environment", "BOT_PUBLIC_URL", missing, "warning"),)
    return staffing, found


async def _look(database_url: str, look: Callable[[Tx], T]) -> T | None:
    """What is to be seen in the database; None where there is none yet, or an older one."""
    try:
        database = await open_snapshot(database_url)
    except StorageError:
        return None
    try:
        return await database.run(look)
    except StorageError:
        return None
    finally:
        await database.close()


def _tied(tx: Tx) -> tuple[Collection[str], Collection[str]]:
    """The case managers and the offices whose chats are tied and can be written to."""
    roles = staff_chats.roles_with_channel(tx)
    return staff_chats.with_channel(tx), {each.office_id for each in roles if each.office_id}
