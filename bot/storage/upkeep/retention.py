"""How long what is kept: the table of docs/privacy.md, as rules that let rows go.

Each rule names rows of one kind and how many seconds they stay; a test compares it with the page
a data protection officer reads. What is still needed stays: a person with an appointment, a
message or an update that waits. They go in steps: see letting_go.
"""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.conversation import session
from bot.conversation.session import Session
from bot.storage.engine.database import Tx
from bot.storage.engine.each_by_itself import SetAside, each_by_itself
from bot.storage.queues import inbox, outbox
from bot.storage.queues.outbox_states import UNSETTLED
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
from bot.storage.upkeep.letting_go import (
    ONE_BY_ONE,
    Forget,
    at_once,
    looked_through,
    one_by_one,
    together,
)

MINUTE = 60
HOUR = 3600
DAY = 24 * HOUR
MIDWAY = 50
"""So many sessions are put to rest in a step."""
CANCELLED_SINCE = (
    "(CASE WHEN cancelled_by_client <> 0 OR cancelled_at > end_at THEN cancelled_at ELSE end_at"
    " END)"
)
"""The columns of an index, word for word: what an office called off stays until the talk's time."""


@dataclass(frozen=True, slots=True)
class RetentionRule:
    """What stays for so many seconds, and how it goes."""

    what: str
    seconds: int
    forget: Forget


def _appointments(due_at: str, where: str) -> Forget:
    rows = f"appointments WHERE {where}"
    return one_by_one("appointment", due_at, rows, erasure.forget_appointment)


def _persons(where: str) -> Forget:
    """Whom nothing is kept of, and who was last seen, or without a chat made, before."""
    due = (
        "SELECT p.id FROM persons p LEFT JOIN chats c ON c.person_id = p.id"  # noqa: S608  (names of ours)
        " WHERE p.id > :after AND p.id <= :until"
        f" AND {where} AND COALESCE(c.seen_at, p.created_at) < :before"
        " AND NOT EXISTS (SELECT 1 FROM appointments a WHERE a.person_id = p.id)"
        " AND NOT EXISTS (SELECT 1 FROM staff_chats s WHERE s.person_id = p.id)"
        " AND NOT EXISTS (SELECT 1 FROM role_chats r WHERE r.person_id = p.id)"
        " AND NOT EXISTS (SELECT 1 FROM inbox i WHERE i.chat_key = c.chat_key AND i.set_aside = 0)"
        " AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.person_id = p.id"
        f" AND o.{UNSETTLED} AND o.state <> 'planned') ORDER BY p.id LIMIT {ONE_BY_ONE}"
    )

    def ids(tx: Tx, before: int, after: int, until: int) -> list[int]:
        rows = tx.all(due, before=before, after=after, until=until)
        return [int(row["id"]) for row in rows]

    def look(tx: Tx, before: int, after: int, until: int) -> tuple[list[SetAside], int]:
        def forget_unless_back(person_id: int) -> None:
            chats.lock(tx, person_id)
            if ids(tx, before, person_id - 1, person_id):
                erasure.forget(tx, person_id)

        found = ids(tx, before, after, until)
        stayed = list(each_by_itself(tx, "person", found, forget_unless_back))
        return stayed, found[-1] if len(found) == ONE_BY_ONE else until

    return looked_through(persons.stretch, look)


def _who_left() -> Forget:
    return one_by_one("person", "left_at", "persons WHERE left_at IS NOT NULL", _forget_who_left)


def _forget_who_left(tx: Tx, person_id: int, zone: ZoneInfo) -> None:
    erasure.forget_appointments_of(tx, person_id, zone)
    staff_chats.untie(tx, person_id)
    erasure.forget(tx, person_id)


def _rest(tx: Tx, before: int, after: int, until: int) -> tuple[list[SetAside], int]:
    """Which offices are near, what was wished for and looked at; the revision stays.

    Of a session that cannot be read nothing stays.
    """
    midway = chats.midway(tx, before, after, until, MIDWAY)

    def rest(person_id: int) -> None:
        rested = session.rested(session.from_json(midway[person_id], None, None))
        chats.rest(tx, person_id, session.to_json(rested))

    unreadable = list(each_by_itself(tx, "session of", midway, rest))
    for each in unreadable:
        chats.rest(tx, int(each.key), session.to_json(Session()))
    return unreadable, max(midway) if len(midway) == MIDWAY else until


def _tallies(what: Tally) -> Forget:
    return together(lambda tx, before, most: tallies.forget_past(tx, what, before, most))


RULES = (
    RetentionRule("persons who deleted everything", 24 * HOUR, _who_left()),
    RetentionRule("update numbers", 48 * HOUR, together(inbox.forget_handled)),
    RetentionRule("failed updates", 48 * HOUR, together(inbox.forget_set_aside)),
    # What was told about an appointment is shown with it, and goes with it.
    RetentionRule("settled messages", 48 * HOUR, together(outbox.forget_settled)),
    RetentionRule("message numbers", 90 * DAY, together(sent_messages.forget_past)),
    RetentionRule("blocks", 90 * DAY, at_once(blocked_clients.forget_past)),
    RetentionRule("pace", MINUTE, _tallies(Tally.ACTIONS)),
    RetentionRule("own changes", DAY, _tallies(Tally.CHANGED)),
    RetentionRule("own cancellations", 7 * DAY, _tallies(Tally.CANCELLED)),
    RetentionRule("holds", HOUR, _appointments("hold_until", "status = 'held'")),
    RetentionRule("cells", DAY, together(cells.forget_past)),
    RetentionRule(
        "cancelled appointments",
        7 * DAY,
        # What an office called off stays until the talk's own time: its client may not know.
        _appointments(CANCELLED_SINCE, "status = 'cancelled'"),
    ),
    RetentionRule("appointments", 14 * DAY, _appointments("end_at", "status <> 'held'")),
    RetentionRule("choices", 48 * HOUR, looked_through(persons.stretch, _rest)),
    RetentionRule("persons without consent", 48 * HOUR, _persons("p.consent_version IS NULL")),
    RetentionRule("persons", 90 * DAY, _persons("TRUE")),
    RetentionRule(
        "invitations", 0, together(invitations.forget_expired, slip_claims.forget_expired)
    ),
    RetentionRule("links to lists", 0, together(lists_links.forget_past)),
    RetentionRule("waiting list", 0, at_once(waiting_list.forget_past)),
    RetentionRule("absences", DAY, at_once(absences.forget_past)),
    RetentionRule("audit", 14 * DAY, together(audit.forget_past)),
)
