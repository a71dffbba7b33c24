"""Which key opens the database: from the environment, or from the file beside it."""

from pathlib import Path

from bot.settings import Settings
from bot.storage import keyfile, vault
from bot.storage.engine.database import Database
from bot.storage.records import key_values
from bot.storage.vault import KeyProblem, Vault, WrongKey

KEY_CHECK = "key_check"


class RotationUnfinished(KeyProblem):
    """`rotate-key` was ended after the database had its new key and before the file had."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"{file} is the key of this database: `rotate-key` was interrupted;"
            " run it again, and it ends what it began"
        )


async def unlock(settings: Settings, database: Database) -> Vault:
    """The vault of this database, whose key is made if it is new. Raises KeyProblem."""
    known = await database.run(key_values.get, KEY_CHECK)
    key = _known_key(settings, used=known is not None)
    try:
        unlocked = vault.unlock(key, known)
    except WrongKey:
        if settings.data_key is None and has_key_of(new_file(settings), known):
            raise RotationUnfinished(new_file(settings)) from None
        raise
    if known is None:
        await database.run(key_values.put, KEY_CHECK, unlocked.key_check)
    return unlocked


def new_file(settings: Settings) -> Path:
    """Where `rotate-key` puts the next key until the database has it."""
    return settings.key_file.with_name(f"{settings.key_file.name}.new")


def has_key_of(file: Path, key_check: str | None) -> bool:
    """Whether the file is there and holds the key of the database with this check value."""
    if key_check is None or not file.exists():
        return False
    return Vault(keyfile.read_key(file)).matches(key_check)


def _known_key(settings: Settings, *, used: bool) -> bytes:
    if settings.data_key is not None:
        return keyfile.parse_key(settings.data_key.get_secret_value(), "BOT_DATA_KEY")
    shared = settings.database_file is None
    return keyfile.read_or_make_key(settings.key_file, used=shared or used)
