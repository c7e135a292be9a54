"""Identities that sort by time of making: UUID version 7 (RFC 9562, section 5.7)."""

import secrets
from collections.abc import Callable
from datetime import datetime


def new_uid(now: datetime, randbits: Callable[[int], int] = secrets.randbits) -> str:
    """Return a UUIDv7 as text.

    Args:
        now: the moment that orders it.
        randbits: source of random bits; the demo hands in a seeded one.
    """
    import uuid  # asks the system about itself; nothing is written before the window stands

    milliseconds = int(now.timestamp() * 1000) & (1 << 48) - 1
    value = milliseconds << 80 | 0x7 << 76 | randbits(12) << 64 | 0b10 << 62 | randbits(62)
    return str(uuid.UUID(int=value))
