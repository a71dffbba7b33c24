"""What time it is by the database's own server, where it has one."""

from bot.storage.engine.database import POSTGRESQL, Dialect, Tx


def server_time(tx: Tx, dialect: Dialect) -> float | None:
    """UTC epoch seconds; None for SQLite, which has no other clock than ours."""
    if dialect.name != POSTGRESQL:
        return None
    row = tx.one("SELECT EXTRACT(EPOCH FROM clock_timestamp()) AS moment")
    return None if row is None else float(row["moment"])
