"""How long what is kept: the table of docs/privacy.md, as rules that let rows go.

Each rule names rows of one kind and how many seconds they stay; a test compares it with the page
a data protection officer reads. What is still needed stays: a person with an appointment, a
message or an update that waits. Rows that go one by one do so by themselves: one that cannot
keeps none of the others.
"""

from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.conversation import session
from bot.conversation.session import Session
from bot.storage.engine.database import Tx
from bot.storage.engine.each_by_itself import SetAside, each_by_itself
from bot.storage.queues import inbox, outbox
from bot.storage.records import (
    absences,
    audit,
    blocked_clients,
    cells,
    chats,
    invitations,
    lists_links,
    persons,
    sent_messages,
    slip_claims,
    staff_chats,
    tallies,
    waiting_list,
)
from bot.storage.records.tallies import Tally
from bot.storage.upkeep import erasure

MINUTE = 60
HOUR = 3600
DAY = 24 * HOUR

Forget = Callable[[Tx, int, ZoneInfo], list[SetAside]]
"""Lets go what is older than a moment (UTC epoch seconds); the zone tells which month it was.

What could not be let go is returned; what could is gone.
"""


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """What stays for so many seconds, and how it goes."""

    what: str
    seconds: int
    forget: Forget


def _rows(*forgets: Callable[[Tx, int], None]) -> Forget:
    def forget(tx: Tx, before: int, zone: ZoneInfo) -> list[SetAside]:
        for each in forgets:
            each(tx, before)
        return []

    return forget


def _appointments(where: str) -> Forget:
    due = f"SELECT id FROM appointments WHERE {where} ORDER BY id"  # noqa: S608  (names of ours)

    def forget(tx: Tx, before: int, zone: ZoneInfo) -> list[SetAside]:
        found = _ids(tx, due, before)
        return _each(tx, "appointment", found, lambda id: erasure.forget_appointment(tx, id, zone))

    return forget


def _persons(where: str) -> Forget:
    """Whom nothing is kept of, and who was last seen, or without a chat made, before."""
    due = (
        "SELECT p.id FROM persons p LEFT JOIN chats c ON c.person_id = p.id"  # noqa: S608  (names of ours)
        f" WHERE {where} AND COALESCE(c.seen_at, p.created_at) < :before"
        " AND NOT EXISTS (SELECT 1 FROM appointments a WHERE a.person_id = p.id)"
        " AND NOT EXISTS (SELECT 1 FROM staff_chats s WHERE s.person_id = p.id)"
        " AND NOT EXISTS (SELECT 1 FROM role_chats r WHERE r.person_id = p.id)"
        " AND NOT EXISTS (SELECT 1 FROM inbox i WHERE i.chat_key = c.chat_key AND i.set_aside = 0)"
        " AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.person_id = p.id"
        " AND o.state IN ('waiting', 'sending'))"
    )

    def forget(tx: Tx, before: int, zone: ZoneInfo) -> list[SetAside]:
        def forget_unless_back(person_id: int) -> None:
            chats.lock(tx, person_id)
            if tx.one(f"{due} AND p.id = :id", before=before, id=person_id):
                erasure.forget(tx, person_id)

        return _each(tx, "person", _ids(tx, due, before), forget_unless_back)

    return forget


def _who_left(tx: Tx, before: int, zone: ZoneInfo) -> list[SetAside]:
    def forget(person_id: int) -> None:
        erasure.forget_appointments_of(tx, person_id, zone)
        staff_chats.untie(tx, person_id)
        erasure.forget(tx, person_id)

    return _each(tx, "person", persons.who_left(tx, before), forget)


def _choices(tx: Tx, before: int, zone: ZoneInfo) -> list[SetAside]:
    """Which offices are near, what was wished for and looked at; the revision stays.

    Of a session that cannot be read nothing stays.
    """
    midway = chats.midway(tx, before)

    def rest(person_id: int) -> None:
        rested = session.rested(session.from_json(midway[person_id], None, None))
        chats.rest(tx, person_id, session.to_json(rested))

    unreadable = list(each_by_itself(tx, "session of", midway, rest))
    for each in unreadable:
        chats.rest(tx, int(each.key), session.to_json(Session()))
    return unreadable


def _tallies(what: Tally) -> Forget:
    return _rows(lambda tx, before: tallies.forget_past(tx, what, before))


def _ids(tx: Tx, due: str, before: int) -> list[int]:
    return [int(row["id"]) for row in tx.all(due, before=before)]


def _each(tx: Tx, what: str, ids: list[int], forget: Callable[[int], None]) -> list[SetAside]:
    """Let them go one by one; those that stay."""
    return list(each_by_itself(tx, what, ids, forget))


RULES = (
    RetentionRule("persons who deleted everything", 24 * HOUR, _who_left),
    RetentionRule("update numbers", 48 * HOUR, _rows(inbox.forget_handled)),
    RetentionRule("failed updates", 48 * HOUR, _rows(inbox.forget_set_aside)),
    # What was told about an appointment is shown with it, and goes with it.
    RetentionRule("settled messages", 48 * HOUR, _rows(outbox.forget_settled)),
    RetentionRule("message numbers", 90 * DAY, _rows(sent_messages.forget_past)),
    RetentionRule("blocks", 90 * DAY, _rows(blocked_clients.forget_past)),
    RetentionRule("pace", MINUTE, _tallies(Tally.ACTIONS)),
    RetentionRule("own changes", DAY, _tallies(Tally.CHANGED)),
    RetentionRule("own cancellations", 7 * DAY, _tallies(Tally.CANCELLED)),
    RetentionRule("holds", HOUR, _appointments("status = 'held' AND hold_until < :before")),
    RetentionRule("cells", DAY, _rows(cells.forget_past)),
    RetentionRule(
        "cancelled appointments",
        7 * DAY,
        # What an office called off stays until the talk's own time: its client may not know.
        _appointments(
            "status = 'cancelled' AND cancelled_at < :before"
            " AND (cancelled_by_client <> 0 OR end_at < :before)"
        ),
    ),
    RetentionRule("appointments", 14 * DAY, _appointments("status <> 'held' AND end_at < :before")),
    RetentionRule("choices", 48 * HOUR, _choices),
    RetentionRule("persons without consent", 48 * HOUR, _persons("p.consent_version IS NULL")),
    RetentionRule("persons", 90 * DAY, _persons("TRUE")),
    RetentionRule("invitations", 0, _rows(invitations.forget_expired, slip_claims.forget_expired)),
    RetentionRule("links to lists", 0, _rows(lists_links.forget_past)),
    RetentionRule("waiting list", 0, _rows(waiting_list.forget_past)),
    RetentionRule("absences", DAY, _rows(absences.forget_past)),
    RetentionRule("audit", 14 * DAY, _rows(audit.forget_past)),
)
