"""A database the version before wrote, with rows of every kind, and the bot that takes it over."""

import gzip
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random
from typing import Any, TypeVar

from accounts import city_of, renderer_of
from mail_room import letters
from typed_words import WORDS

from bot.chat import reading_updates
from bot.chat.telegram_limits import LIMITS
from bot.city import staffing_file
from bot.delivery.channel import ADDING, CHANGING, Call, Rejected, Sent, Unreachable
from bot.delivery.composing import MessageComposer
from bot.delivery.recording import Attempt, settle
from bot.domain.city import City
from bot.domain.staffing import Staffing
from bot.services.unit import Outbound, Unit
from bot.services.updates import Queue, UpdateHandler
from bot.storage.engine.database import Database, Tx
from bot.storage.engine.migrations import migrate
from bot.storage.engine.opening import open_database, open_snapshot
from bot.storage.queues import claimed_mails, claimed_messages, outbox
from bot.storage.queues.claimed_messages import ClaimedMessage
from bot.storage.upkeep import copier
from bot.storage.vault import Vault

T = TypeVar("T")
DATA = Path(__file__).with_name("data")
VAULT = Vault(bytes(range(32)))
NOW = 1_795_420_800
"""Monday 23 November 2026, nine o'clock in Herne: the moment at which it was left."""

Row = dict[str, Any]
Content = dict[str, list[Row]]
"""The rows of each table, by its name, in the order of their keys."""


def write_before(file: Path) -> None:
    """Put the database of the version before into a new file."""
    text = gzip.decompress((DATA / "before.sql.gz").read_bytes()).decode()
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(text)


def before(file: Path) -> Content:
    """What is in a file, read past our own code."""
    with closing(sqlite3.connect(file)) as connection:
        connection.row_factory = sqlite3.Row
        found = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        return {
            name: _sorted(connection.execute(f"SELECT * FROM {name}").fetchall())
            for (name,) in found.fetchall()
            if name != "sqlite_sequence"
        }


def after(tx: Tx, tables: Iterator[str]) -> Content:
    """What is in the database now."""
    return {table: _sorted(tx.all(f"SELECT * FROM {table}")) for table in tables}


def _sorted(rows: list[Any]) -> list[Row]:
    return sorted((dict(row) for row in rows), key=lambda row: repr(sorted(row.items())))


def staffing_of(city: City) -> Staffing:
    """How the staff of that time is reached."""
    return staffing_file.load(DATA / "before_staffing.toml", city)


@dataclass
class Successor:
    """The bot of today in one transaction; `sent` is every call it made."""

    tx: Tx
    now: int = NOW
    sent: list[tuple[ClaimedMessage, Call]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    _update_ids: Iterator[int] = field(default_factory=lambda: count(10**6))
    _message_ids: Iterator[int] = field(default_factory=lambda: count(10**6))

    def __post_init__(self) -> None:
        self.choose = Random(1).choice
        self.city = city_of("herne")
        self.staffing = staffing_of(self.city)
        self.handler = UpdateHandler(reading_updates.read, 0)
        self.composer = MessageComposer(renderer_of("herne"))
        self.term = claimed_messages.begin_term(self.tx)
        outbox.release_abandoned(self.tx, self.term)

    def open_unit(self, tx: Tx, now: int) -> Unit:
        """The unit of work of a transaction."""
        return Unit(
            tx, self.city, WORDS, self.staffing, now, VAULT, self.choose, LIMITS, Outbound()
        )

    def handles_what_waits(self, chat_key: str) -> None:
        """Every update that waits of a chat, in order."""
        unit = self.open_unit(self.tx, self.now)
        while self.handler.next_of(unit, chat_key) is Queue.MORE:
            pass

    def gets(self, chat: int, **message: Any) -> None:
        """A message of a chat is taken in and handled."""
        number = next(self._update_ids)
        sender = {"id": chat, "is_bot": False, "language_code": "en"}
        place = {"chat": {"id": chat, "type": "private"}, "from": sender}
        made = {"message_id": next(self._message_ids), **place, **message}
        arrival = reading_updates.arrival(number, {"message": made})
        assert arrival is not None
        unit = self.open_unit(self.tx, self.now)
        assert self.handler.at_once(unit, VAULT.lookup(chat), arrival)

    def delivers(self) -> None:
        """Claim, compose and settle all that is due in chats."""
        outbox.promote_due(self.tx, self.now)
        while claimed := claimed_messages.claim(self.tx, self.term, 64):
            for each in claimed:
                self._deliver(each)

    def _deliver(self, claimed: ClaimedMessage) -> None:
        unit = self.open_unit(self.tx, self.now)
        if not claimed.reachable:
            settle(
                self.open_unit(self.tx, self.now), Attempt(claimed, Unreachable()), Unreachable()
            )
            return
        try:
            call = self.composer.call(unit, claimed)
        except Exception as error:
            self.refused.append(f"{claimed.kind} {claimed.id}: {error!r}")
            settle(unit, Attempt(claimed, None), Rejected("poison"))
            return
        if call is None:
            settle(unit, Attempt(claimed, None), None)
            return
        self.sent.append((claimed, call))
        settle(
            self.open_unit(self.tx, self.now),
            Attempt(claimed, call),
            Sent(self._number(claimed, call)),
        )

    def _number(self, claimed: ClaimedMessage, call: Call) -> int | None:
        assert isinstance(call, ADDING + CHANGING)
        return next(self._message_ids) if isinstance(call, ADDING) else claimed.live_message

    def mails(self) -> list[str]:
        """Claim, write and settle every mail; their subjects."""
        made, term = letters(self.city, self.staffing, VAULT), claimed_mails.begin_term(self.tx)
        subjects = []
        while claimed := claimed_mails.claim(self.tx, term, ()):
            mail = made.write(claimed)
            assert not isinstance(mail, Rejected)
            subjects.append(str(mail.message["Subject"]))
            outbox.settle(self.tx, claimed.id, "sent", self.now)
        return subjects


@dataclass(frozen=True)
class Upgraded:
    """The database as it is now, and what was in it before."""

    database: Database
    before: Content

    async def run(self, work: Callable[[Tx], T]) -> T:
        return await self.database.run(work)

    async def now(self, *tables: str) -> Content:
        return await self.run(lambda tx: after(tx, iter(tables or self.before)))


@asynccontextmanager
async def open_upgraded(url: str, file: Path) -> AsyncIterator[Upgraded]:
    """On SQLite the file itself, on PostgreSQL what a copy of it is restored to."""
    write_before(file)
    content = before(file)
    database = await open_database(url)
    try:
        if url.startswith("sqlite"):
            await database.run(migrate, database.dialect)
        else:
            source = await open_snapshot(f"sqlite:///{file}")
            await copier.copy(source, database)
            await source.close()
        yield Upgraded(database, content)
    finally:
        await database.close()
