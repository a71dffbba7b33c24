"""`python -m bot check`: settings, city file and catalogues, every problem by file and key."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.app import LOCALES
from bot.city import staffing_file as staffing_file
from bot.city.load import Problem, inspect, label
from bot.domain.bookable import Lack, lacks
from bot.domain.city import City
from bot.domain.contacts import may_be_named
from bot.domain.staffing import CHAT_ONLY, Staffing
from bot.rendering import catalogue_checks, catalogues
from bot.rendering.languages import STYLES
from bot.storage.engine.database import StorageError, Tx
from bot.storage.engine.opening import open_snapshot
from bot.storage.records import staff_chats

REASONS = {
    Lack.HOURS: "cannot be booked, their hours are not confirmed",
    Lack.CHANNEL: "cannot be booked, no chat to tell them (`python -m bot invite ID`)",
}
UNSEEN_BY_ALL = (
    "a booking of theirs that nobody sees in time is passed on to no deputy and no office,"
    " at most to the operator's chat (BOT_STAFF)"
)
NOT_ALLOWED = "cannot be booked, told neither by mail nor in chat (BOT_STAFF)"


@dataclass(frozen=True, slots=True)
class Mail:
    """Of the settings, what decides who can be told by mail: the file, the server, the pages."""

    staff: Path | None = None
    has_server: bool = False
    has_pages: bool = False


NO_MAIL = Mail()


async def everything(
    city: str, database_url: str, *, for_telegram: bool, live: bool, mail: Mail = NO_MAIL
) -> tuple[Problem, ...]:
    """All errors and warnings of a city file, a staffing file and the catalogues.

    Where the settings are `for_telegram` itself, it is told who cannot be booked yet, and why;
    where they are `live`, with a token, what a real run needs is an error.
    """
    languages = catalogues.available(LOCALES)
    known, _ = inspect(city, languages)
    _, problems = inspect(city, languages, live=live)
    if known:
        staffing, found = _staffing(mail, known)
        problems += found
    if known and for_telegram:
        in_chat, desks = await _in_chat(database_url)
        problems += tuple(
            Problem(label(city), "office.case_manager", reason, "warning")
            for reason in (
                *not_bookable(known, in_chat, staffing),
                *not_passed_on(known, in_chat, desks, staffing),
            )
        )
    return problems + tuple(
        Problem(found.file, found.key, found.reason)
        for found in catalogue_checks.check(LOCALES, STYLES)
    )


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


async def _in_chat(database_url: str) -> tuple[Collection[str], Collection[str]]:
    """The case managers and the offices whose chats are tied and can be written to.

    Nobody's where there is no database yet.
    """
    try:
        database = await open_snapshot(database_url)
    except StorageError:
        return (), ()
    try:
        return await database.run(_tied)
    except StorageError:
        return (), ()
    finally:
        await database.close()


def _tied(tx: Tx) -> tuple[Collection[str], Collection[str]]:
    roles = staff_chats.roles_with_channel(tx)
    return staff_chats.with_channel(tx), {each.office_id for each in roles if each.office_id}
