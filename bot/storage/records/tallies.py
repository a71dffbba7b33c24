"""What counts towards the limits of a chat, by the hash it is found by.

The hash outlives the person's row, so that deleting oneself resets nothing. For who has no chat
nothing is counted: somebody of the staff acts for them. Moments are UTC epoch seconds.
"""

from enum import StrEnum

from bot.domain.fair_use import ActionRate
from bot.storage.engine.database import Tx


class Tally(StrEnum):
    """What is counted: own cancellations, own changes, and the pace of who deleted everything."""

    CANCELLED = "cancelled"
    CHANGED = "changed"
    ACTIONS = "actions"


def count(tx: Tx, person_id: int, what: Tally, now: int) -> None:
    """Keep that a client has done this themselves."""
    _add(tx, person_id, what, now, 1)


def moments(tx: Tx, person_id: int, what: Tally, since: int) -> list[int]:
    """When this was done in a person's chat after `since`, whoever they were to us then."""
    rows = tx.all(
        "SELECT t.at, t.number FROM tallies t JOIN chats c ON c.chat_key = t.chat_key"
        " WHERE c.person_id = :person AND t.what = :what AND t.at > :since ORDER BY t.at",
        person=person_id,
        what=what.value,
        since=since,
    )
    return [row["at"] for row in rows for _ in range(row["number"])]


def leave_pace(tx: Tx, person_id: int, rate: ActionRate) -> None:
    """Keep the pace of somebody who deletes everything, before their chat loses its hash."""
    _add(tx, person_id, Tally.ACTIONS, rate.since, rate.actions)


def take_pace(tx: Tx, chat_key: str) -> ActionRate:
    """The pace of a chat that comes anew: what was kept goes back to it."""
    row = tx.one(
        "SELECT at, number FROM tallies WHERE chat_key = :chat AND what = :what"
        " ORDER BY at DESC LIMIT 1",
        chat=chat_key,
        what=Tally.ACTIONS.value,
    )
    if row is None:
        return ActionRate()
    tx.write(
        "DELETE FROM tallies WHERE chat_key = :chat AND what = :what",
        chat=chat_key,
        what=Tally.ACTIONS.value,
    )
    return ActionRate(row["at"], row["number"])


def rename(tx: Tx, chat_key: str, new_key: str) -> None:
    """Let what a chat has done be found by another hash."""
    tx.write("UPDATE tallies SET chat_key = :new WHERE chat_key = :was", new=new_key, was=chat_key)


def forget_strangers(tx: Tx) -> None:
    """Drop what counts against chats that are not known any more."""
    tx.write("DELETE FROM tallies WHERE chat_key NOT IN (SELECT chat_key FROM chats)")


def forget_past(tx: Tx, what: Tally, before: int, most: int) -> int:
    """Drop at most so many rows of what was done before a moment; how many."""
    return tx.run(
        "DELETE FROM tallies WHERE (chat_key, what, at) IN (SELECT chat_key, what, at FROM tallies"
        " WHERE what = :what AND at < :before LIMIT :most)",
        what=what.value,
        before=before,
        most=most,
    )


def _add(tx: Tx, person_id: int, what: Tally, at: int, number: int) -> None:
    tx.write(
        "INSERT INTO tallies (chat_key, what, at, number)"
        " SELECT chat_key, :what, :at, :number FROM chats WHERE person_id = :person"
        " ON CONFLICT (chat_key, what, at) DO UPDATE SET number = tallies.number + excluded.number",
        what=what.value,
        at=at,
        number=number,
        person=person_id,
    )
