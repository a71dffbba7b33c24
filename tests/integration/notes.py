"""A table of notes, for tests of what a database does with any table."""

from bot.storage.engine.database import Tx


def create(tx: Tx) -> None:
    """An empty table of notes, and one of links to them that only the commit checks."""
    tx.run("CREATE TABLE notes (name TEXT PRIMARY KEY, size BIGINT NOT NULL)")
    tx.run("CREATE TABLE links (note TEXT REFERENCES notes (name) DEFERRABLE INITIALLY DEFERRED)")


def add(tx: Tx, name: str, size: int = 0) -> int:
    """Write a note; how many were."""
    return tx.run("INSERT INTO notes (name, size) VALUES (:name, :size)", name=name, size=size)


def add_and_fail(tx: Tx, name: str) -> None:
    """Write a note and raise LookupError."""
    add(tx, name)
    raise LookupError(name)


def names(tx: Tx) -> list[str]:
    """The names of all notes, in order."""
    return [row["name"] for row in tx.all("SELECT name FROM notes ORDER BY name")]
