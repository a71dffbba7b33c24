"""The key as text, and the file it is kept in: made once, never overwritten."""

import os
import tempfile
from base64 import urlsafe_b64decode, urlsafe_b64encode
from contextlib import suppress
from pathlib import Path

from bot.storage.vault import KEY_BYTES, KeyProblem

FORM = "a key is 32 random bytes as base64url, 43 characters"


class MalformedKey(KeyProblem):
    """What should be a key is not one."""


class MissingKey(KeyProblem):
    """There is no key where one is needed."""


def new_key() -> bytes:
    """A key nobody else has."""
    return os.urandom(KEY_BYTES)


def key_text(key: bytes) -> str:
    """The key as it stands in a file or in the environment."""
    return urlsafe_b64encode(key).decode().rstrip("=")


def parse_key(text: str, source: str) -> bytes:
    """The key from its text. Raises MalformedKey, which names the source and not the text."""
    stripped = text.strip()
    try:
        key = urlsafe_b64decode(stripped + "=" * (-len(stripped) % 4))
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES or key_text(key) != stripped.rstrip("="):
        raise MalformedKey(f"{source}: not a key ({FORM})")
    return key


def read_key(file: Path) -> bytes:
    """The key in the file. Raises MissingKey or MalformedKey."""
    try:
        text = file.read_text(encoding="ascii")
    except FileNotFoundError:
        raise MissingKey(f"{file}: the key file is missing") from None
    except OSError as error:
        raise MissingKey(f"{file}: the key file cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise MalformedKey(f"{file}: not a key ({FORM})") from None
    return parse_key(text, str(file))


def read_or_make_key(file: Path, *, used: bool) -> bytes:
    """The key in the file, made if there is none; but never for a database already used.

    Raises MissingKey or MalformedKey.
    """
    if not used and not file.exists():
        make_key(file)
    return read_key(file)


def make_key(file: Path) -> None:
    """Put a new key into a new file with mode 0600; one that exists stays as it is.

    The file appears complete or not at all, also when the power fails. Raises KeyProblem.
    """
    try:
        draft, name = tempfile.mkstemp(dir=file.parent, prefix=f"{file.name}.")
        try:
            with os.fdopen(draft, "w") as out:
                out.write(key_text(new_key()) + "\n")
                out.flush()
                os.fsync(draft)
            with suppress(FileExistsError):
                os.link(name, file)
        finally:
            Path(name).unlink()
        _sync_folder(file.parent)
    except OSError as error:
        raise KeyProblem(f"{file}: the key file cannot be made: {error.strerror}") from None


def succeed(file: Path, new: Path, old: Path) -> None:
    """Let `new` take the place of `file`, which stays as `old`. Raises KeyProblem."""
    try:
        with suppress(FileExistsError):
            os.link(file, old)
        new.replace(file)
        _sync_folder(file.parent)
    except OSError as error:
        raise KeyProblem(
            f"{new} is the key of the database now, but cannot become {file}: {error.strerror}"
        ) from None


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
