"""How long what is kept: the table of docs/privacy.md, as rules that let rows go.

Each rule names rows of one kind and how many seconds they stay; a test compares it with the page
a data protection officer reads. What is still needed stays: a person with an appointment, a
message or an update that waits.
"""

from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.conversation import session
from bot.domain import slots
from bot.storage.engine.database import Tx
from bot.storage.records import statistics

HOUR = 3600
DAY = 24 * HOUR

Forget = Callable[[Tx, int, ZoneInfo], None]
"""Lets go what is older than a moment (UTC epoch seconds); the zone tells which month it was."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What stays for so many seconds, and how it goes."""

    what: str
    seconds: int
    forget: Forget


def _rows(table: str, where: str) -> Forget:
    def forget(tx: Tx, before: int, zone: ZoneInfo) -> None:
        tx.run(f"DELETE FROM {table} WHERE {where}", before=before)  # noqa: S608

    return forget


def _appointments(where: str) -> Forget:
    """Count them, and take with them their cells, their settled messages and holds to move them."""
    gone = f"SELECT id FROM appointments WHERE {where}"  # noqa: S608
    moving = f"SELECT id FROM appointments WHERE moves_id IN ({gone})"  # noqa: S608
    statements = (
        *(
            f"DELETE FROM {table} WHERE appointment_id IN ({ids})"  # noqa: S608
            for ids in (moving, gone)
            for table in ("case_manager_cells", "client_cells")
        ),
        f"DELETE FROM appointments WHERE moves_id IN ({gone})",  # noqa: S608
        f"DELETE FROM outbox WHERE appointment_id IN ({gone})"  # noqa: S608
        " AND state NOT IN ('waiting', 'sending', 'unaddressed')",
        f"DELETE FROM appointments WHERE {where}",  # noqa: S608
    )

    def forget(tx: Tx, before: int, zone: ZoneInfo) -> None:
        rows = tx.all(f"SELECT * FROM appointments WHERE {where}", before=before)  # noqa: S608
        statistics.add(tx, rows, zone)
        for statement in statements if rows else ():
            tx.run(statement, before=before)

    return forget


def _persons(where: str) -> Forget:
    gone = (
        f"SELECT id FROM persons p WHERE {where}"  # noqa: S608
        " AND NOT EXISTS (SELECT 1 FROM appointments a WHERE a.person_id = p.id)"
        " AND NOT EXISTS (SELECT 1 FROM staff_chats s WHERE s.person_id = p.id)"
        " AND NOT EXISTS (SELECT 1 FROM role_chats r WHERE r.person_id = p.id)"
        " AND NOT EXISTS (SELECT 1 FROM inbox i WHERE i.chat_key = p.chat_key AND i.set_aside = 0)"
        " AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.person_id = p.id"
        " AND o.state IN ('waiting', 'sending'))"
    )

    def forget(tx: Tx, before: int, zone: ZoneInfo) -> None:
        for row in tx.all(gone, before=before):
            tx.run("DELETE FROM outbox WHERE person_id = :id", id=row["id"])
            tx.run("DELETE FROM persons WHERE id = :id", id=row["id"])

    return forget


def _all_of(*forgets: Forget) -> Forget:
    def forget(tx: Tx, before: int, zone: ZoneInfo) -> None:
        for each in forgets:
            each(tx, before, zone)

    return forget


def _choices(tx: Tx, before: int, zone: ZoneInfo) -> None:
    """Which offices are near, what was wished for and looked at; the revision stays."""
    rows = tx.all(
        "SELECT id, session FROM persons WHERE seen_at < :before"
        " AND (session NOT LIKE :nothing OR session LIKE :way)",
        before=before,
        nothing=session.NOTHING_CHOSEN,
        way=session.ON_THE_WAY,
    )
    for row in rows:
        rested = session.to_json(session.rested(session.from_json(row["session"], None, None)))
        tx.run("UPDATE persons SET session = :rested WHERE id = :id", rested=rested, id=row["id"])


def _cells(tx: Tx, before: int, zone: ZoneInfo) -> None:
    for table in ("case_manager_cells", "client_cells"):
        tx.run(f"DELETE FROM {table} WHERE cell < :cell", cell=before // slots.CELL_SECONDS)  # noqa: S608


WHO_LEFT = "SELECT id FROM persons WHERE left_at < :before"

RULES = (
    Rule(
        "persons who deleted everything",
        24 * HOUR,
        _all_of(
            _appointments(f"person_id IN ({WHO_LEFT})"),
            _rows("outbox", f"person_id IN ({WHO_LEFT})"),
            _rows("staff_chats", f"person_id IN ({WHO_LEFT})"),
            _rows("role_chats", f"person_id IN ({WHO_LEFT})"),
            _rows("persons", "left_at < :before"),
        ),
    ),
    Rule("update numbers", 48 * HOUR, _rows("handled", "handled_at < :before")),
    Rule("failed updates", 48 * HOUR, _rows("inbox", "set_aside = 1 AND received_at < :before")),
    # What was told about an appointment is shown with it, and goes with it.
    Rule(
        "settled messages",
        48 * HOUR,
        _rows(
            "outbox",
            "settled_at < :before AND NOT EXISTS"
            " (SELECT 1 FROM appointments a WHERE a.id = outbox.appointment_id)",
        ),
    ),
    Rule("message numbers", 90 * DAY, _rows("sent_messages", "sent_at < :before")),
    Rule("blocks", 90 * DAY, _rows("blocked", "blocked_at < :before")),
    Rule("holds", HOUR, _appointments("status = 'held' AND hold_until < :before")),
    Rule("cells", DAY, _cells),
    Rule(
        "cancelled appointments",
        7 * DAY,
        _appointments("status = 'cancelled' AND cancelled_at < :before"),
    ),
    Rule("appointments", 14 * DAY, _appointments("status <> 'held' AND end_at < :before")),
    Rule("choices", 48 * HOUR, _choices),
    Rule(
        "persons without consent",
        48 * HOUR,
        _persons("consent_version IS NULL AND seen_at < :before"),
    ),
    Rule("persons", 90 * DAY, _persons("seen_at < :before")),
    Rule(
        "invitations",
        0,
        _all_of(
            _rows("invites", "expires_at <= :before"),
            _rows("role_invites", "expires_at <= :before"),
            _rows("claims", "expires_at <= :before"),
        ),
    ),
    Rule("absences", DAY, _rows("absences", "end_at < :before")),
    Rule("audit", 14 * DAY, _rows("audit", "appointment_id IS NULL AND at < :before")),
)
