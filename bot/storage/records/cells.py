"""The cells appointments occupy: what makes an overlap impossible.

A taken cell is a row under a primary key, `(case manager, cell)` and `(client, cell)`, so that
two overlapping appointments cannot be stored, whatever the code above this module does.
"""

from collections.abc import Iterable
from functools import lru_cache

from bot.domain import slots
from bot.domain.slots import Slot
from bot.storage.engine.database import Tx


def take(
    tx: Tx, appointment_id: int, person_id: int, slot: Slot, *, sharing: int | None = None
) -> bool:
    """Occupy a slot for both sides. False if a cell is taken; then the caller must undo.

    Cells that the appointment `sharing` owns already count as ours.
    """
    for table, key, owner, wanted in (
        (
            "case_manager_cells",
            "case_manager_id",
            slot.case_manager_id,
            slots.cells(slot.start, slot.free_at),
        ),
        ("client_cells", "person_id", person_id, slots.cells(slot.start, slot.end)),
    ):
        missing = sorted(set(wanted) - _own(tx, table, key, owner, sharing))
        if missing and _insert(tx, table, key, owner, appointment_id, missing) < len(missing):
            return False
    return True


def free(tx: Tx, appointment_id: int) -> None:
    """Give back every cell an appointment or hold occupies."""
    tx.write("DELETE FROM case_manager_cells WHERE appointment_id = :id", id=appointment_id)
    tx.write("DELETE FROM client_cells WHERE appointment_id = :id", id=appointment_id)


def hand_over(tx: Tx, appointment_id: int, person_id: int) -> None:
    """Make what an appointment takes of its client's time this person's, who must be free."""
    tx.write(
        "UPDATE client_cells SET person_id = :person WHERE appointment_id = :id",
        person=person_id,
        id=appointment_id,
    )


def forget_past(tx: Tx, before: int, most: int) -> int:
    """Drop at most so many cells that began before a moment (UTC epoch seconds); how many.

    Those of a client's time go with those of the same talk: what it takes of its case manager's
    time begins when it does and ends no earlier.
    """
    first = before // slots.CELL_SECONDS
    # Case manager by case manager, in that order: so the key is an index to what has passed.
    gone = tx.all(
        "DELETE FROM case_manager_cells WHERE (case_manager_id, cell) IN"
        " (SELECT c.case_manager_id, c.cell FROM case_managers m CROSS JOIN case_manager_cells c"
        " WHERE c.case_manager_id = m.id AND c.cell < :first LIMIT :most) RETURNING appointment_id",
        first=first,
        most=most,
    )
    for appointment_id in sorted({row["appointment_id"] for row in gone}):
        tx.write(
            "DELETE FROM client_cells WHERE appointment_id = :id AND cell < :first",
            id=appointment_id,
            first=first,
        )
    return len(gone)


def _own(tx: Tx, table: str, key: str, owner: str | int, appointment_id: int | None) -> set[int]:
    if appointment_id is None:
        return set()
    rows = tx.all(
        f"SELECT cell FROM {table} WHERE appointment_id = :id AND {key} = :owner",  # noqa: S608  (names of ours)
        id=appointment_id,
        owner=owner,
    )
    return {row["cell"] for row in rows}


def _insert(
    tx: Tx, table: str, key: str, owner: str | int, appointment_id: int, wanted: Iterable[int]
) -> int:
    numbered = {f"c{n}": cell for n, cell in enumerate(wanted)}
    sql = _insert_sql(table, key, len(numbered))
    return len(tx.all(sql, owner=owner, id=appointment_id, **numbered))


@lru_cache(maxsize=256)
def _insert_sql(table: str, key: str, count: int) -> str:
    values = ", ".join(f"(:owner, :c{n}, :id)" for n in range(count))
    return (
        f"INSERT INTO {table} ({key}, cell, appointment_id) VALUES {values}"  # noqa: S608  (names of ours)
        " ON CONFLICT DO NOTHING RETURNING cell"
    )
