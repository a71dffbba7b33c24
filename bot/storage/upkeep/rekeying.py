"""A new key for all that is sealed or looked up by a hash, in the transaction it is given."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.storage.engine.database import Tx
from bot.storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Sealed:
    """A table with a sealed column, and beside it the hash of the chat the content is about."""

    table: str
    key: str
    content: str
    chat_of: Callable[[bytes], int]


def rekey(tx: Tx, old: Vault, new: Vault, chat_of_update: Callable[[bytes], int]) -> int:
    """Open with the old key, hash and seal with the new one; how many rows. Raises SealBroken."""
    sealed = (
        Sealed("persons", "id", "chat_sealed", int),
        Sealed("inbox", "update_id", "payload_sealed", chat_of_update),
    )
    _rename_blocks(tx, old, new)
    return sum(_rekey(tx, each, old, new) for each in sealed)


def _rename_blocks(tx: Tx, old: Vault, new: Vault) -> None:
    """Only hashes are kept of who is blocked: a block of somebody not known any more ends here."""
    tx.run("DELETE FROM blocked WHERE chat_key NOT IN (SELECT chat_key FROM persons)")
    rows = tx.all("SELECT p.chat_sealed, b.chat_key FROM blocked b JOIN persons p USING (chat_key)")
    for row in rows:
        tx.run(
            "UPDATE blocked SET chat_key = :chat WHERE chat_key = :was",
            chat=new.lookup(int(old.open(row["chat_sealed"]))),
            was=row["chat_key"],
        )


def _rekey(tx: Tx, sealed: Sealed, old: Vault, new: Vault) -> int:
    table, key, content = sealed.table, sealed.key, sealed.content
    rows = tx.all(f"SELECT {key}, chat_key, {content} FROM {table}")  # noqa: S608
    update = f"UPDATE {table} SET chat_key = :chat, {content} = :sealed WHERE {key} = :key"  # noqa: S608
    for row in rows:
        opened = old.open(row[content])
        chat = sealed.chat_of(opened)
        # Somebody who left has no hash any more, and gets none.
        found = new.lookup(chat) if row["chat_key"] == old.lookup(chat) else row["chat_key"]
        tx.run(update, chat=found, sealed=new.seal(opened), key=row[key])
    return len(rows)
