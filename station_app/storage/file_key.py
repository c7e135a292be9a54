"""The key of an encrypted station file: derived from the password as SQLCipher does it, or read from a recovery sheet."""

import hashlib
import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

KEY_BYTES: Final = 32
SALT_BYTES: Final = 16
WORK: Final = 256_000
"""Rounds of PBKDF2-HMAC-SHA512 that SQLCipher 4 takes to turn a password into a key."""

_PLAIN_HEADER: Final = b"SQLite format 3\0"


@dataclass(frozen=True)
class FileKey:
    """What opens an encrypted file: handed to SQLCipher as it is, so that opening it again costs no derivation.

    Args:
        raw: 32 bytes.
        salt: 16 bytes, the first ones of the file.
    """

    raw: bytes = field(repr=False)
    salt: bytes = field(repr=False)

    @classmethod
    def from_password(cls, password: str, salt: bytes, work: int = WORK) -> Self:
        """Derive the key; the same password typed with another input method gives the same key (NFC).

        Args:
            salt: of the file, see `salt_of`.
            work: rounds; fewer only in tests.
        """
        typed = unicodedata.normalize("NFC", password).encode()
        return cls(hashlib.pbkdf2_hmac("sha512", typed, salt, work, KEY_BYTES), salt)

    @classmethod
    def fresh(cls, password: str, work: int = WORK, random_bytes: Callable[[int], bytes] = secrets.token_bytes) -> Self:
        """Derive a key with a new salt, for a file that is about to be written."""
        return cls.from_password(password, random_bytes(SALT_BYTES), work)

    @classmethod
    def random(cls) -> Self:
        """Return a key that no password opens, for a file whose key lies in another file."""
        return cls(secrets.token_bytes(KEY_BYTES), secrets.token_bytes(SALT_BYTES))

    def literal(self) -> str:
        """Return the key as SQLCipher's ``PRAGMA key`` and ``ATTACH … KEY`` take it."""
        return f"x'{self.raw.hex()}{self.salt.hex()}'"

    def mark(self) -> str:
        """Return a short mark that tells two keys apart and says nothing about them: 16 hex digits."""
        return hashlib.sha256(b"station key mark" + self.raw + self.salt).hexdigest()[:16]


def is_encrypted(path: Path) -> bool:
    """Tell whether a file is something other than a plain database: encrypted, foreign or damaged look alike.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        header = file.read(len(_PLAIN_HEADER))
    return bool(header) and header != _PLAIN_HEADER


def salt_of(path: Path) -> bytes:
    """Return the salt an encrypted file begins with.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as file:
        return file.read(SALT_BYTES)


def begins_as_under(path: Path, key: FileKey | None) -> bool:
    """Tell whether a file begins as one under this key does: with its salt, or plain without a key.

    Raises:
        OSError: the file cannot be read.
    """
    return salt_of(path) == key.salt if key else not is_encrypted(path)
