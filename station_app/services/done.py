"""What a write returns to the page that asked for it."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value")

VISITS = "visits"
OPINIONS = "opinions"
DAYS = "days"
ROSTER = "roster"
SETTINGS = "settings"
ATTACHMENTS = "attachments"
REPORTS = "reports"
EVERYTHING = frozenset({VISITS, OPINIONS, DAYS, ROSTER, SETTINGS, ATTACHMENTS, REPORTS})


@dataclass(frozen=True)
class Done(Generic[Value]):
    """An action that is saved.

    Args:
        value: what came of it.
        label: what was done, for the status bar: ``已登记 HX-2026-0147``.
        topics: what it touched; pages that show one of these reload.
        step_id: its step in the change log.
    """

    value: Value
    label: str
    topics: frozenset[str]
    step_id: int
