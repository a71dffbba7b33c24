"""The outbox: every message is a row first, and one row is one call, or one mail.

Rows of one person go out in order of id, and so do the mails to one mailbox. A person's open rows
all carry the best priority among them, so that an answer is not stuck behind a reminder of the
same chat.
"""

from dataclasses import dataclass
from enum import IntEnum

from bot.storage.engine.database import Tx

SCREEN = "screen"
CHAT, MAIL = "chat", "mail"
# The second condition is the index's own: the rows of others are never read.
WAITING_OF_PERSON = "person_id = :person AND state IN ('waiting', 'sending') AND state = 'waiting'"


class Priority(IntEnum):
    """What goes first: the answer somebody waits for, then news, then reminders."""

    ANSWER = 0
    NOTICE = 1
    REMINDER = 2


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to be written: for a person, or for whoever speaks for a case manager.

    `due_at` and `not_after` are UTC epoch seconds; `content` is JSON of its `kind`. The dedupe
    key makes a second row for the same thing impossible. A mail is for no person but for
    `mailbox`, which names a case manager or an office and never an address.
    """

    kind: str
    content: str
    dedupe_key: str
    priority: Priority
    due_at: int
    person_id: int | None = None
    case_manager_id: str | None = None
    appointment_id: int | None = None
    not_after: int | None = None
    mailbox: str | None = None

    @property
    def channel(self) -> str:
        """The way this message takes."""
        return CHAT if self.mailbox is None else MAIL


def put(tx: Tx, draft: Draft, now: int) -> bool:
    """Write a message. False if its dedupe key is there already. A screen supersedes an older."""
    if draft.kind == SCREEN:
        _supersede_screens(tx, draft.person_id)
    written = tx.run(
        "INSERT INTO outbox (person_id, case_manager_id, kind, content, appointment_id, due_at,"
        " not_after, priority, state, dedupe_key, channel, mailbox)"
        " VALUES (:person, :staff, :kind, :content, :appointment, :due, :not_after, :priority,"
        " :state, :dedupe, :channel, :mailbox) ON CONFLICT (dedupe_key) DO NOTHING",
        person=draft.person_id,
        staff=draft.case_manager_id,
        kind=draft.kind,
        content=draft.content,
        appointment=draft.appointment_id,
        due=draft.due_at,
        not_after=draft.not_after,
        priority=int(draft.priority),
        state=_first_state(draft, now),
        dedupe=draft.dedupe_key,
        channel=draft.channel,
        mailbox=draft.mailbox,
    )
    if written and draft.priority is Priority.ANSWER:
        _hurry(tx, draft.person_id, Priority.ANSWER)
    return written == 1


def drop_planned(tx: Tx, appointment_id: int) -> int:
    """Forget the reminders of an appointment that was moved or cancelled; how many."""
    return tx.run(
        "DELETE FROM outbox WHERE appointment_id = :id AND kind = 'reminder'"
        " AND state IN ('planned', 'waiting')",
        id=appointment_id,
    )


def address_unaddressed(tx: Tx, case_manager_id: str, person_id: int) -> int:
    """Deliver what was kept for a case manager until a chat was tied; how many."""
    return tx.run(
        "UPDATE outbox SET person_id = :person, state = 'waiting'"
        " WHERE case_manager_id = :staff AND state = 'unaddressed'",
        person=person_id,
        staff=case_manager_id,
    )


def _first_state(draft: Draft, now: int) -> str:
    if draft.person_id is None and draft.channel == CHAT:
        return "unaddressed"
    return "planned" if draft.due_at > now else "waiting"


def _supersede_screens(tx: Tx, person_id: int | None) -> None:
    tx.run(
        f"DELETE FROM outbox WHERE {WAITING_OF_PERSON} AND kind = 'screen'",  # noqa: S608
        person=person_id,
    )


def _hurry(tx: Tx, person_id: int | None, priority: Priority) -> None:
    tx.run(
        f"UPDATE outbox SET priority = :priority WHERE {WAITING_OF_PERSON}"  # noqa: S608
        " AND priority > :priority",
        priority=int(priority),
        person=person_id,
    )
