"""Clocks (期限): from which event they run, how long, and why a date is what it is."""

from dataclasses import dataclass
from enum import StrEnum


class Measure(StrEnum):
    """Unit of a limit."""

    DAY = "day"
    WORKING_DAY = "working_day"
    MONTH = "month"


@dataclass(frozen=True)
class Limit:
    """A settable limit: ``amount`` of ``measure``."""

    amount: int
    measure: Measure
