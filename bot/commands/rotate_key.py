"""`python -m bot rotate-key`: the database gets another key, in one transaction.

The new key is on disk before the transaction begins, and takes the place of the old one after it.
So whenever this is ended, one of the two files opens the database; running it again goes on.
"""

import json

from bot.chat import reading_updates
from bot.runtime.keys import KEY_CHECK, new_file, unlock
from bot.settings import Settings
from bot.storage import keyfile
from bot.storage.engine.database import Database, Tx
from bot.storage.engine.migrations import open_newest
from bot.storage.engine.opening import runner_of
from bot.storage.records import key_values
from bot.storage.upkeep.rekeying import rekey
from bot.storage.vault import KeyProblem, Vault


async def rotate(settings: Settings) -> str:
    """Give the database of the settings a new key; what to tell. Raises KeyProblem."""
    with runner_of(settings.database_url):
        async with open_newest(settings.database_url) as database:
            if await database.run(key_values.get, KEY_CHECK) is None:
                raise KeyProblem("the database has not been used yet: there is no key to change")
            if settings.new_data_key is not None:
                return await _to_given(settings, database, settings.new_data_key.get_secret_value())
            if settings.data_key is not None:
                raise KeyProblem("BOT_NEW_DATA_KEY: needed where BOT_DATA_KEY holds the key")
            return await _to_file(settings, database)


async def _to_given(settings: Settings, database: Database, text: str) -> str:
    new = Vault(keyfile.parse_key(text, "BOT_NEW_DATA_KEY"))
    told = await _change(settings, database, new)
    where = "BOT_DATA_KEY" if settings.data_key is not None else str(settings.key_file)
    return f"{told}\nPut the new key into {where} before the bot starts. {_of_backups('the old')}"


async def _to_file(settings: Settings, database: Database) -> str:
    file, new = settings.key_file, new_file(settings)
    old = file.with_name(f"{file.name}.old")
    if old.exists() and keyfile.read_key(old) != keyfile.read_key(file):
        raise KeyProblem(f"{old}: the key before this one; put it beside its backups, or delete it")
    if not new.exists():
        keyfile.make_key(new)
    told = await _change(settings, database, Vault(keyfile.read_key(new)))
    keyfile.succeed(file, new, old)
    return f"{told}\nThe new key is {file}: copy it now. {_of_backups(str(old))}"


async def _change(settings: Settings, database: Database, new: Vault) -> str:
    known = await database.run(key_values.get, KEY_CHECK)
    if known is not None and new.matches(known):
        return "The database has the new key already."
    old = await unlock(settings, database)
    rows = await database.run(_in_one_transaction, old, new)
    return f"{rows} rows have the new key."


def _in_one_transaction(tx: Tx, old: Vault, new: Vault) -> int:
    key_values.put(tx, KEY_CHECK, new.key_check)
    return rekey(tx, old, new, _chat_of)


def _chat_of(raw: bytes) -> int:
    return reading_updates.private_chat(json.loads(raw)) or 0


def _of_backups(key: str) -> str:
    return f"Backups made before need {key}: delete it with the last of them."
