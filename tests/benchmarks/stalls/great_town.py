"""A database of 8.5 million rows: a large city after months, filled by statements in bulk.

On top of what the comparison of a large and a small city fills: messages that were sent, what the
audit trail keeps, numbers of messages and of updates. A fifth of the talks to come were booked
within the last hours, and nobody has seen them; one client in five hundred wants help with the
language.
"""

from bot.domain.appointment import Wishes
from bot.domain.city import City
from bot.storage.engine.database import Tx
from bot.storage.records.appointment_rows import wishes_json

from ..scale.city import Size
from ..scale.filling import NUMBERS, fill

GREAT = Size("great", 1_000, 250_000, 50_000, 1_000_000)
DAY = 86_400
SENT_EACH, DEEDS_EACH, NUMBERS_EACH, UPDATES = 3, 2, 20, 200_000
CONTENT = '{"screen":"' + "x" * 150 + '"}'


def fill_greatly(tx: Tx, engine: str, city: City, size: Size, now: int) -> None:
    """Everything, in one transaction on a database that is migrated and empty."""
    fill(tx, engine, city, size, now)
    _talks(tx, now)
    _sent(tx, now)
    _trail(tx, now)
    _numbers(tx, now)
    _mostly_tidied(tx, size)


def _talks(tx: Tx, now: int) -> None:
    """When they were booked, whether they were seen, and what was wished for."""
    tx.run(
        "UPDATE appointments SET booked_at = :now - (CASE WHEN id % 5 = 0 THEN 7000 ELSE :month"
        " END), seen_at = CASE WHEN id % 5 = 0 THEN NULL ELSE :now - :month END,"
        " wishes = CASE WHEN id % 500 = 0 THEN :help ELSE :plain END",
        now=now,
        month=30 * DAY,
        help=wishes_json(Wishes(language_help=True)),
        plain=wishes_json(Wishes()),
    )


def _sent(tx: Tx, now: int) -> None:
    tx.run(
        NUMBERS + "INSERT INTO outbox (person_id, kind, content, appointment_id, due_at, priority,"
        " state, dedupe_key, settled_at) SELECT person_id, 'notice', :content, id, :then, 1,"
        " 'sent', 's' || (10000000 + id * :each + n), :then FROM appointments, n ORDER BY id, n",
        last=SENT_EACH - 1,
        each=SENT_EACH,
        content=CONTENT,
        then=now - 3 * DAY,
    )


def _trail(tx: Tx, now: int) -> None:
    tx.run(
        NUMBERS + "INSERT INTO audit (appointment_id, at, actor, action)"
        " SELECT id, :then, 'client:', 'booked' FROM appointments, n ORDER BY id, n",
        last=DEEDS_EACH - 1,
        then=now - 3 * DAY,
    )


def _numbers(tx: Tx, now: int) -> None:
    tx.run(
        NUMBERS + "INSERT INTO sent_messages (person_id, message_id, sent_at)"
        " SELECT id, n + 1, :then + n FROM persons, n ORDER BY id, n",
        last=NUMBERS_EACH - 1,
        then=now - 3 * DAY,
    )
    tx.run(
        NUMBERS + "INSERT INTO handled (channel, update_id, handled_at)"
        " SELECT 'telegram', n, :now - n % :kept FROM n",
        last=UPDATES - 1,
        now=now,
        kept=2 * DAY,
    )


def _mostly_tidied(tx: Tx, size: Size) -> None:
    """Of the talks that are over, most take nobody's time any more."""
    for table in ("case_manager_cells", "client_cells"):
        tx.run(
            f"DELETE FROM {table} WHERE appointment_id > :future AND appointment_id % 10 <> 0",
            future=size.future,
        )
