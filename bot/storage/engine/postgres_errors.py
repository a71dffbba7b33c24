"""What PostgreSQL's errors mean to those above, in one line without values or addresses."""

import psycopg

from bot.storage.engine.database import DatabaseUnavailable, StorageError

# By SQLSTATE, or by its first two signs: the class.
STATES = {
    "08": "cannot be reached",
    "25006": "cannot be written",
    "28": "does not accept this user and password",
    "3D": "does not exist",
    "40": "is too busy: transactions keep getting in each other's way",
    "53": "has no room or connection left",
    "53100": "cannot grow: the disk is full",
    "53300": "accepts no more connections",
    "55P03": "is locked by another program",
    "57": "is shutting down or cancels what it is asked",
    "58": "cannot be read or written: the server reports an error",
    "XX": "is damaged",
}
# While connecting there is no SQLSTATE, only a text, which may quote parts of a wrong URL.
TEXTS = {
    "password": STATES["28"],
    "does not exist": "or its user does not exist",
    "too many": STATES["53300"],
    "starting up": "is starting up",
}
# Constraints, syntax, missing tables: their texts name what we wrote, not what was stored.
TELLING = {"23", "3B", "42"}


def translated(error: psycopg.Error) -> StorageError:
    """The error as our own: a state of the server the operator can change, or a mistake of ours."""
    state = error.sqlstate or ""
    if known := STATES.get(state) or STATES.get(state[:2]):
        return DatabaseUnavailable(f"the PostgreSQL database {known}")
    if not state and isinstance(error, psycopg.OperationalError):
        return DatabaseUnavailable(f"the PostgreSQL database {_while_connecting(error)}")
    told = error.diag.message_primary if state[:2] in TELLING else state
    return StorageError(f"{type(error).__name__}: {told or 'no more is known'}")


def _while_connecting(error: psycopg.Error) -> str:
    text = str(error)
    return next((told for sign, told in TEXTS.items() if sign in text), STATES["08"])
