"""A new key for all that is sealed or looked up by a hash, in the transaction it is given."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.storage.engine.database import Tx
from bot.storage.records import blocked_clients, feeds, lists_links, tallies
from bot.storage.vault import Vault


@dataclass(frozen=True, slots=True)
class Sealed:
    """A table with a sealed column, and beside it the hash of the chat the content is about.

    `chat_of` is None where it is about no chat, and stands in some rows only.
    """

    table: str
    key: tuple[str, ...]
    content: str
    chat_of: Callable[[bytes], int] | None


def rekey(tx: Tx, old: Vault, new: Vault, chat_of_update: Callable[[bytes], int]) -> int:
    """Open with the old key, hash and seal with the new one; how many rows. Raises SealBroken.

    Links end with the old key, and so that nothing outlives it, calendars do as well.
    """
    sealed = (
        Sealed("chats", ("person_id",), "chat_sealed", int),
        Sealed("inbox", ("channel", "update_id"), "payload_sealed", chat_of_update),
        Sealed("outbox", ("id",), "address_sealed", None),
    )
    _rename_chats(tx, old, new)
    lists_links.end_everybodys(tx)
    feeds.revoke_everybodys(tx)
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
    rows = tx.all(f"SELECT * FROM {table} WHERE {content} IS NOT NULL")  # noqa: S608  (names of ours)
    this = " AND ".join(f"{column} = :{column}" for column in sealed.key)
    for row in rows:
        opened = old.open(row[content])
        values = {content: new.seal(opened)}
        if sealed.chat_of is not None:
            chat = sealed.chat_of(opened)
            # Somebody who left has no hash any more, and gets none.
            known = row["chat_key"] == old.lookup(chat)
            values["chat_key"] = new.lookup(chat) if known else row["chat_key"]
        change = ", ".join(f"{column} = :{column}" for column in values)
        key = {column: row[column] for column in sealed.key}
        tx.write(f"UPDATE {table} SET {change} WHERE {this}", **values, **key)  # noqa: S608  (names of ours)
    return len(rows)
