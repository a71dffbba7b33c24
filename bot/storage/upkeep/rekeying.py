"""A new key for all that is sealed or looked up by a hash, in the transaction it is given."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.storage.engine.database import Tx
from bot.storage.records import blocked_clients, tallies
from bot.storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Sealed:
    """A table with a sealed column, and beside it the hash of the chat the content is about."""

    table: str
    key: tuple[str, ...]
    content: str
    chat_of: Callable[[bytes], int]


def rekey(tx: Tx, old: Vault, new: Vault, chat_of_update: Callable[[bytes], int]) -> int:
    """Open with the old key, hash and seal with the new one; how many rows. Raises SealBroken."""
    sealed = (
        Sealed("chats", ("person_id",), "chat_sealed", int),
        Sealed("inbox", ("channel", "update_id"), "payload_sealed", chat_of_update),
    )
    _rename_chats(tx, old, new)
    return sum(_rekey(tx, each, old, new) for each in sealed)


def _rename_chats(tx: Tx, old: Vault, new: Vault) -> None:
    """Only hashes are kept of who is blocked, and of what counts towards a limit.

    Against somebody not known any more neither counts from here on.
    """
    for table in (blocked_clients, tallies):
        table.forget_strangers(tx)
    rows = tx.all(
        "SELECT c.chat_sealed, c.chat_key FROM chats c"
        " WHERE EXISTS (SELECT 1 FROM blocked b WHERE b.chat_key = c.chat_key)"
        " OR EXISTS (SELECT 1 FROM tallies t WHERE t.chat_key = c.chat_key)"
    )
    for row in rows:
        found = new.lookup(int(old.open(row["chat_sealed"])))
        blocked_clients.rename(tx, row["chat_key"], found)
        tallies.rename(tx, row["chat_key"], found)


def _rekey(tx: Tx, sealed: Sealed, old: Vault, new: Vault) -> int:
    table, content = sealed.table, sealed.content
    rows = tx.all(f"SELECT {', '.join(sealed.key)}, chat_key, {content} FROM {table}")  # noqa: S608
    this = " AND ".join(f"{column} = :{column}" for column in sealed.key)
    update = f"UPDATE {table} SET chat_key = :chat, {content} = :sealed WHERE {this}"  # noqa: S608
    for row in rows:
        opened = old.open(row[content])
        chat = sealed.chat_of(opened)
        # Somebody who left has no hash any more, and gets none.
        found = new.lookup(chat) if row["chat_key"] == old.lookup(chat) else row["chat_key"]
        key = {column: row[column] for column in sealed.key}
        tx.run(update, chat=found, sealed=new.seal(opened), **key)
    return len(rows)
