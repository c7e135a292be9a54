"""The raw lists of invented people and places."""

import json
from functools import cache
from random import Random
from typing import Any

from station_app.support.paths import resource


@cache
def people() -> dict[str, Any]:
    """Return the raw lists of ``resources/demo/people.json``."""
    found: dict[str, Any] = json.loads(resource("demo", "people.json").read_text(encoding="utf-8"))
    return found


def invented_phone(rng: Random) -> str:
    """Return a phone number nobody has: 140 0xxx xxxx."""
    return f"1400{rng.randrange(10**7):07d}"
