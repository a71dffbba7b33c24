"""Single facts about the database itself, by name."""

from bot.storage.engine.database import Tx


def get(tx: Tx, name: str) -> str | None:
    """The fact's value, or None."""
    row = tx.one("SELECT value FROM facts WHERE name = :name", name=name)
    return None if row is None else str(row["value"])


def take(tx: Tx, name: str) -> str | None:
    """The fact's value, which is no longer kept; or None."""
    value = get(tx, name)
    tx.write("DELETE FROM facts WHERE name = :name", name=name)
    return value


def advance(tx: Tx, name: str, value: str) -> bool:
    """Set the fact to something later in the alphabet, such as a day; False if it is not later."""
    advanced = tx.run(
        "INSERT INTO facts (name, value) VALUES (:name, :value)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value"
        " WHERE facts.value < excluded.value",
        name=name,
        value=value,
    )
    return advanced == 1


def put(tx: Tx, name: str, value: str) -> None:
    """Set the fact."""
    tx.write(
        "INSERT INTO facts (name, value) VALUES (:name, :value)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        name=name,
        value=value,
    )
