"""The outbox as the sender sees it: what is due, with all that is known of who it is for."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.storage.engine.database import Row, Tx
from bot.storage.queues import outbox
from bot.storage.queues.outbox import MOST_PUT_OFF_SECONDS
from bot.storage.queues.outbox_row import CHAT, Priority
from bot.storage.queues.outbox_states import OPEN, OPEN_OR_SOON, UNSETTLED
from bot.storage.records import key_values

TERM = "courier_term"
BESIDE_IT = (
    f"SELECT 1 FROM outbox e WHERE e.person_id = o.person_id AND e.{UNSETTLED}"  # noqa: S608  (names of ours)
    " AND e.state <> 'planned'"
)
CLAIMED = (
    "SELECT o.id, o.person_id, c.chat_sealed, c.reachable, c.live_message,"
    " c.last_message, c.live_traceless, p.language, p.reminder_details, p.left_at,"
    " o.kind, o.content, o.appointment_id, o.not_after, o.attempts"
    " FROM outbox o JOIN persons p ON p.id = o.person_id"
    " LEFT JOIN chats c ON c.person_id = o.person_id"
)
LEADS = "(SELECT value FROM facts WHERE name = :fact) = :term"
BEING_SENT = f"{BESIDE_IT} AND e.state = 'sending'"
# What only tidies the chat goes after everything else, whichever was written first.
EARLIER = "(e.priority = :tidying, e.id) < (o.priority = :tidying, o.id)"
BEFORE_IT = f"{BESIDE_IT} AND (e.state = 'sending' OR {EARLIER})"


@dataclass(frozen=True, slots=True)
class ClaimedMessage:
    """A claimed row with what is known of its recipient at this moment.

    Who has no chat has no address, and is not reachable.
    """

    id: int
    person_id: int
    chat_sealed: str | None
    language: str | None
    reachable: bool
    live_message: int | None
    last_message: int
    live_traceless: bool
    reminder_details: bool
    leaving: bool
    kind: str
    content: str
    appointment_id: int | None
    not_after: int | None
    attempts: int


def begin_term(tx: Tx, name: str = TERM) -> int:
    """Number the time in which one sender delivers; a sender of an earlier term claims no more.

    So two processes never send to one chat at once, not even while one of them has not yet
    noticed that it has lost the right to. The mail sender's terms go by another name.
    """
    term = int(key_values.get(tx, name) or 0) + 1
    key_values.put(tx, name, str(term))
    return term


def claim(tx: Tx, term: int, limit: int) -> list[ClaimedMessage]:
    """Take the first row of each of the most urgent recipients nothing is being sent to."""
    rows = tx.all(
        f"{CLAIMED} WHERE {LEADS} AND o.state = 'waiting' AND NOT EXISTS ({BEFORE_IT})"
        " ORDER BY o.priority, o.id LIMIT :limit",
        fact=TERM,
        term=str(term),
        tidying=int(Priority.TIDYING),
        limit=limit,
    )
    ours = outbox.take(tx, [row["id"] for row in rows], term)
    return [_claimed(row) for row in rows if row["id"] in ours]


def any_waits(tx: Tx) -> bool:
    """Whether any message to a chat waits for the sender."""
    row = tx.one(
        f"SELECT 1 AS x FROM outbox o WHERE o.{OPEN} AND o.state = 'waiting'"  # noqa: S608  (names of ours)
        " AND o.channel = :chat LIMIT 1",
        chat=CHAT,
    )
    return row is not None


def may_take_along(tx: Tx, term: int, chat_key: str, now: int) -> Callable[[], bool]:
    """Whether a sender may take along what is written for whose chat this is, from now on.

    It leads, and nothing is open for them that would have to go first.
    """
    found = tx.ask(
        f"SELECT 1 AS x WHERE {LEADS} AND NOT EXISTS (SELECT 1 FROM outbox WHERE person_id ="  # noqa: S608  (names of ours)
        f" (SELECT person_id FROM chats WHERE chat_key = :chat) AND {OPEN_OR_SOON})",
        fact=TERM,
        term=str(term),
        chat=chat_key,
        soon=now + MOST_PUT_OFF_SECONDS,
    )
    return lambda: bool(found())


def taken_along(tx: Tx, term: int, person_id: int) -> list[ClaimedMessage]:
    """What was taken along for a person, in the order in which it goes."""
    rows = tx.all(
        f"{CLAIMED} WHERE o.{UNSETTLED} AND o.person_id = :person AND o.term = :term"
        " AND o.state = 'sending' ORDER BY o.priority = :tidying, o.id",
        person=person_id,
        term=term,
        tidying=int(Priority.TIDYING),
    )
    return [_claimed(row) for row in rows]


def claim_answer(tx: Tx, term: int, person_id: int) -> ClaimedMessage | None:
    """Take the first answer that waits for somebody, if nothing is being sent to them."""
    row = tx.one(
        f"{CLAIMED} WHERE {LEADS} AND o.{UNSETTLED} AND o.person_id = :person"
        " AND o.state = 'waiting' AND o.priority = :answer"
        f" AND NOT EXISTS ({BEING_SENT}) ORDER BY o.id LIMIT 1",
        fact=TERM,
        term=str(term),
        person=person_id,
        answer=int(Priority.ANSWER),
    )
    return _claimed(row) if row and outbox.take(tx, [row["id"]], term) else None


def take_again(tx: Tx, row_id: int, term: int) -> ClaimedMessage | None:
    """The same row once more, for another attempt; None if it was closed in the meantime."""
    ours = tx.one(
        "SELECT id FROM outbox WHERE id = :id AND state = 'sending'"  # noqa: S608  (names of ours)
        f" AND term = :term {tx.for_update}",
        id=row_id,
        term=term,
    )
    row = tx.one(f"{CLAIMED} WHERE o.id = :id", id=row_id) if ours else None
    return None if row is None else _claimed(row)


def _claimed(row: Row) -> ClaimedMessage:
    return ClaimedMessage(
        id=row["id"],
        person_id=row["person_id"],
        chat_sealed=row["chat_sealed"],
        language=row["language"],
        reachable=bool(row["reachable"]),
        live_message=row["live_message"],
        last_message=row["last_message"] or 0,
        live_traceless=bool(row["live_traceless"]),
        reminder_details=bool(row["reminder_details"]),
        leaving=row["left_at"] is not None,
        kind=row["kind"],
        content=row["content"],
        appointment_id=row["appointment_id"],
        not_after=row["not_after"],
        attempts=row["attempts"],
    )
