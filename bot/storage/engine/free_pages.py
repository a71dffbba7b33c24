"""What a flood has left in the file is given back: an SQLite file shrinks, a bit at a time."""

from bot.storage.engine.database import SQLITE, Dialect, Tx

PAGES_AT_ONCE = 200
"""Not a megabyte: moving them keeps nobody waiting."""


def give_back(tx: Tx, dialect: Dialect) -> bool:
    """Cut some free pages off a file that was made to be cut; whether there may be more.

    PostgreSQL sees to that by itself.
    """
    if dialect.name != SQLITE:
        return False
    before = _free(tx)
    for _ in range(min(before, PAGES_AT_ONCE)):
        # The driver takes one step of a statement without rows, and each step cuts one page.
        tx.write("PRAGMA incremental_vacuum(1)")
    return 0 < _free(tx) < before


def _free(tx: Tx) -> int:
    free = tx.one("PRAGMA freelist_count")
    return 0 if free is None else int(free["freelist_count"])
