"""The vault: from one key, what hides chat ids and texts in the database.

HKDF-SHA256 makes independent keys of the one that is kept: for lookups (HMAC-SHA256, the same
chat id always gives the same text), for sealing (AES-GCM, never the same text twice), for signing
links, and for a check value that tells whether a database was written with this key.
"""

import hmac
import os
from base64 import b64decode, b64encode, urlsafe_b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
SIGNATURE_BYTES = 16


class KeyProblem(Exception):  # noqa: N818  (a state of the world, not of the code)
    """The key cannot be used; the message is one line for the operator."""


class WrongKey(KeyProblem):
    """The database was written with another key."""

    def __init__(self) -> None:
        super().__init__("this is not the key the database was written with")


class SealBroken(KeyProblem):
    """A sealed text was damaged, or sealed with another key."""


class Vault:
    """Hides and shows what the database must not tell without the key."""

    def __init__(self, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError(f"a key has {KEY_BYTES} bytes")
        self._lookup = HMAC(_derived(key, "lookup"), SHA256())
        self._links = HMAC(_derived(key, "links"), SHA256())
        self._cipher = AESGCM(_derived(key, "seal"))
        self.key_check = _text(_derived(key, "check"))

    def matches(self, key_check: str) -> bool:
        """Whether this check value was made by a vault with the same key."""
        return hmac.compare_digest(self.key_check.encode(), key_check.encode())

    def lookup(self, chat_id: int) -> str:
        """What stands for this chat id in the database; always the same, 43 characters."""
        keyed = self._lookup.copy()
        keyed.update(b"%d" % chat_id)
        return _text(keyed.finalize())

    def sign(self, text: str) -> str:
        """What only this key can make of a text: 128 bits as 22 characters of base64url."""
        keyed = self._links.copy()
        keyed.update(text.encode())
        return _text(keyed.finalize()[:SIGNATURE_BYTES])

    def seal(self, content: str | bytes) -> str:
        """The content, readable with the key only, as base64. A string is sealed as UTF-8."""
        nonce = os.urandom(NONCE_BYTES)
        plain = content.encode() if isinstance(content, str) else content
        return b64encode(nonce + self._cipher.encrypt(nonce, plain, None)).decode()

    def open(self, sealed: str) -> bytes:
        """What was sealed. Raises SealBroken."""
        try:
            raw = b64decode(sealed, validate=True)
            return self._cipher.decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], None)
        except (ValueError, InvalidTag):
            raise SealBroken("a sealed text cannot be opened") from None


def unlock(key: bytes, key_check: str | None) -> Vault:
    """The vault for a database that holds this check value; None for one not used before.

    Raises WrongKey.
    """
    vault = Vault(key)
    if key_check is not None and not vault.matches(key_check):
        raise WrongKey
    return vault


def _derived(key: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"lotse {purpose}".encode()).derive(key)


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")
