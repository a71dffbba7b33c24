"""Chats: how a person is reached, and where the conversation with them stands.

A chat is found by a keyed hash and answered at a sealed address. Its channel names the messenger.
Somebody who was booked for in person has no chat.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from bot.domain.fair_use import ActionRate
from bot.storage.engine.database import Row, Tx
from bot.storage.records import persons, tallies
from bot.storage.records.persons import Person
from bot.storage.vault import Vault

TELEGRAM = "telegram"
"""The one channel there is."""

KNOWN = (
    f"SELECT {persons.COLUMNS}, c.chat_sealed, c.session, c.midway, c.live_message,"  # noqa: S608  (names of ours)
    " c.last_message, c.live_traceless, c.reachable, c.minute_at, c.actions"
    " FROM chats c JOIN persons p ON p.id = c.person_id"
)


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat and whose it is. The session is the conversation's own JSON.

    `midway` tells whether the session holds choices or a way through the screens, which are
    forgotten before the chat is. `sealed` is the address.
    """

    person: Person
    sealed: str
    session: str
    midway: bool = False
    live_message: int | None = None
    last_message: int = 0
    live_traceless: bool = False
    reachable: bool = True
    action_rate: ActionRate = field(default_factory=ActionRate)

    @property
    def screen_at_the_bottom(self) -> int | None:
        """The live screen, if nothing newer stands below it."""
        live = self.live_message
        return live if live is not None and live >= self.last_message else None


def lock(tx: Tx, person_id: int) -> None:
    """Take somebody's rows, their chat's first as `take` does, if they have one."""
    tx.write("UPDATE chats SET seen_at = seen_at WHERE person_id = :id", id=person_id)
    persons.lock(tx, person_id)


def by_key(tx: Tx, chat_key: str) -> Chat | None:
    """The chat of this hash, or None for one not seen before."""
    row = tx.one(f"{KNOWN} WHERE c.chat_key = :key", key=chat_key)
    return None if row is None else _chat(row)


def take(tx: Tx, chat_key: str) -> Callable[[], Chat | None]:
    """As by_key, and nobody else can change chat or person until the transaction ends.

    What is returned tells the chat.
    """
    found = tx.ask(f"{KNOWN} WHERE c.chat_key = :key {tx.for_update}", key=chat_key)
    return lambda: next(map(_chat, found()), None)


def of(tx: Tx, person_id: int) -> Chat | None:
    """A person's chat; None if they have none."""
    row = tx.one(f"{KNOWN} WHERE c.person_id = :id", id=person_id)
    return None if row is None else _chat(row)


def add(tx: Tx, vault: Vault, chat_id: int, session: str, now: int) -> Chat:
    """Take in a chat not seen before, or of somebody who has left, and with it somebody new."""
    key = vault.lookup(chat_id)
    made = Chat(
        persons.add(tx, now),
        vault.seal(str(chat_id)),
        session,
        action_rate=tallies.take_pace(tx, key),
    )
    tx.write(
        "INSERT INTO chats (person_id, channel, chat_key, chat_sealed, session, seen_at)"
        " VALUES (:id, :channel, :key, :sealed, :session, :now)",
        id=made.person.id,
        channel=TELEGRAM,
        key=key,
        sealed=made.sealed,
        session=session,
        now=now,
    )
    return made


def save(tx: Tx, chat: Chat, now: int) -> None:
    """Write what an update changed: the session, the pace and what is known of the chat."""
    tx.write(
        "UPDATE chats SET session = :session, midway = :midway, live_message = :live,"
        " last_message = :last, reachable = :reachable, live_traceless = :traceless,"
        " seen_at = :now, minute_at = :minute, actions = :actions WHERE person_id = :id",
        session=chat.session,
        midway=int(chat.midway),
        live=chat.live_message,
        last=chat.last_message,
        reachable=int(chat.reachable),
        traceless=int(chat.live_traceless),
        now=now,
        minute=chat.action_rate.since,
        actions=chat.action_rate.actions,
        id=chat.person.id,
    )


def note_sent(
    tx: Tx, person_id: int, message_id: int, *, live: bool, traceless: bool = False
) -> None:
    """Keep that `message_id` now stands in the chat, and whether it is the live screen.

    A traceless one must not stay once it is left.
    """
    tx.write(
        "UPDATE chats SET last_message = CASE WHEN last_message > :message"
        " THEN last_message ELSE :message END,"
        " live_message = CASE WHEN :live = 1 THEN :message ELSE live_message END,"
        " live_traceless = CASE WHEN :live = 1 THEN :traceless ELSE live_traceless END"
        " WHERE person_id = :id",
        message=message_id,
        live=int(live),
        traceless=int(traceless),
        id=person_id,
    )


def forget_live_screen(tx: Tx, person_id: int) -> None:
    """Keep that the live screen is gone from the chat; the next one is a new message."""
    tx.write("UPDATE chats SET live_message = NULL WHERE person_id = :id", id=person_id)


def mark_unreachable(tx: Tx, person_id: int) -> None:
    """Keep that the bot was blocked or the account deleted; any update from them undoes it."""
    tx.write("UPDATE chats SET reachable = 0 WHERE person_id = :id", id=person_id)


def midway(tx: Tx, before: int, after: int, until: int, most: int) -> dict[int, str]:
    """The sessions of who has choices and was last seen before a moment, by person.

    Those of the persons after one and up to another, the first so many.
    """
    rows = tx.all(
        "SELECT person_id, session FROM chats WHERE midway = 1 AND seen_at < :before"
        " AND person_id > :after AND person_id <= :until ORDER BY person_id LIMIT :most",
        before=before,
        after=after,
        until=until,
        most=most,
    )
    return {row["person_id"]: row["session"] for row in rows}


def rest(tx: Tx, person_id: int, session: str) -> None:
    """Put a session without choices in the place of one that had some."""
    tx.write(
        "UPDATE chats SET session = :session, midway = 0 WHERE person_id = :id",
        session=session,
        id=person_id,
    )


def hide(tx: Tx, person_id: int) -> None:
    """Let nobody find the chat any more; only its address stays, for the last message."""
    tx.write(
        "UPDATE chats SET chat_key = :nobody WHERE person_id = :id",
        nobody=f"left-{person_id}",
        id=person_id,
    )


def forget(tx: Tx, person_id: int) -> None:
    """Drop the chat of a person, if they have one."""
    tx.write("DELETE FROM chats WHERE person_id = :id", id=person_id)


def _chat(row: Row) -> Chat:
    return Chat(
        person=persons.from_row(row),
        sealed=row["chat_sealed"],
        session=row["session"],
        midway=bool(row["midway"]),
        live_message=row["live_message"],
        last_message=row["last_message"],
        live_traceless=bool(row["live_traceless"]),
        reachable=bool(row["reachable"]),
        action_rate=ActionRate(row["minute_at"], row["actions"]),
    )
