"""What a flood has left in the file is given back: an SQLite file shrinks, a bit at a time."""

from bot.storage.engine.database import SQLITE, Dialect, Tx

PAGES_AT_ONCE = 2_000
"""8 MB: moving them keeps nobody waiting for long."""


def give_back(tx: Tx, dialect: Dialect) -> None:
    """Cut free pages off a file that was made to be cut; PostgreSQL sees to that by itself."""
    if dialect.name != SQLITE:
        return
    free = tx.one("PRAGMA freelist_count")
    assert free is not None
    for _ in range(min(free["freelist_count"], PAGES_AT_ONCE)):
        # The driver takes one step of a statement without rows, and each step cuts one page.
        tx.write("PRAGMA incremental_vacuum(1)")
