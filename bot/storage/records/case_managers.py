"""Case managers: the row that guards the time of each, and what they were last told of."""

from collections.abc import Iterable

from bot.storage.engine.database import Tx


def enlist(tx: Tx, case_manager_ids: Iterable[str]) -> None:
    """Make sure that each case manager of the city file has a row."""
    for case_manager_id in sorted(case_manager_ids):
        tx.write(
            "INSERT INTO case_managers (id) VALUES (:id) ON CONFLICT (id) DO NOTHING",
            id=case_manager_id,
        )


def everybody(tx: Tx) -> frozenset[str]:
    """Whoever has a row, in the city file or not any more."""
    return frozenset(row["id"] for row in tx.all("SELECT id FROM case_managers"))


def lock(tx: Tx, case_manager_id: str) -> None:
    """Take the case manager's row before anything that changes their time."""
    tx.write("UPDATE case_managers SET version = version + 1 WHERE id = :id", id=case_manager_id)


def with_digest(tx: Tx, day: str) -> frozenset[str]:
    """Of whom the digest of this day, or a later one, was thought of."""
    rows = tx.all("SELECT id FROM case_managers WHERE digest_day >= :day", day=day)
    return frozenset(row["id"] for row in rows)


def begin_digest(tx: Tx, case_manager_id: str, day: str) -> bool:
    """Whether this day's digest is still to be thought of; it is not a second time."""
    begun = tx.run(
        "UPDATE case_managers SET digest_day = :day WHERE id = :id"
        " AND (digest_day IS NULL OR digest_day < :day)",
        day=day,
        id=case_manager_id,
    )
    return begun == 1
