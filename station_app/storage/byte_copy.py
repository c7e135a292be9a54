"""Copying a file byte for byte, and what tells that it arrived."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

_CHUNK: Final = 1 << 20


def copy_bytes(
    source: Path, target: Path, progress: Callable[[float], None] = lambda _part: None, *, forget: bool = False
) -> str:
    """Copy a file that nobody writes to, synced to the disk; return the SHA-256 of what was read.

    Args:
        progress: hears the part done, 0 … 1.
        forget: let the next reading come from the disk itself, where the system offers that.

    Raises:
        OSError: reading or writing failed.
    """
    digest = hashlib.sha256()
    total = max(source.stat().st_size, 1)
    done = 0
    with source.open("rb") as reading, target.open("wb") as writing:
        while chunk := reading.read(_CHUNK):
            writing.write(chunk)
            digest.update(chunk)
            done += len(chunk)
            progress(done / total)
        writing.flush()
        os.fsync(writing.fileno())
        if forget and hasattr(os, "posix_fadvise"):
            os.posix_fadvise(writing.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return digest.hexdigest()


def digest_of(path: Path) -> tuple[str, int]:
    """Return SHA-256 and size of a file.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), os.fstat(file.fileno()).st_size
