"""How far the self-counting key of a table has come, whichever engine counts.

A key that was given once must not be given again, even when its row is gone: links, calendar
entries and messages that are out there still speak of it.
"""

from bot.storage.engine.database import POSTGRESQL, Dialect, Tx


def last(tx: Tx, dialect: Dialect, table: str) -> int:
    """The last key that a table has given, or that stands in it; 0 for none."""
    given = (
        f"pg_sequence_last_value(CAST(pg_get_serial_sequence('{table}', 'id') AS regclass))"
        if dialect.name == POSTGRESQL
        else f"(SELECT MAX(seq) FROM sqlite_sequence WHERE name = '{table}')"  # noqa: S608  (names of ours)
    )
    row = tx.one(f"SELECT COALESCE({given}, 0) AS given, MAX(id) AS there FROM {table}")  # noqa: S608  (names of ours)
    assert row is not None
    return max(int(row["given"]), int(row["there"] or 0))


def go_on_after(tx: Tx, dialect: Dialect, table: str, last_key: int) -> None:
    """Let the next key be a later one than this. PostgreSQL does not undo it: keys are left out."""
    if not last_key:
        return
    if dialect.name == POSTGRESQL:
        counter = f"pg_get_serial_sequence('{table}', 'id')"
        tx.one(f"SELECT setval({counter}, :last) AS at", last=last_key)
        return
    tx.write("DELETE FROM sqlite_sequence WHERE name = :table", table=table)
    tx.write(
        "INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :last)",
        table=table,
        last=last_key,
    )
