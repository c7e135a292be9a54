"""Which columns a table shows, in which order and how wide: kept by column key, so a new column breaks nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QSettings

from station_app.documents.columns import Column


@dataclass(frozen=True)
class ColumnState:
    """How one column is shown; width in pixels at font size 标准, 0 for its own width."""

    key: str
    shown: bool
    width: int = 0


def usual_state(columns: tuple[Column[object], ...]) -> list[ColumnState]:
    """Return how the columns are shown before the clerk changes anything."""
    return [ColumnState(column.key, column.shown) for column in columns]


def saved_state(settings: QSettings, ledger_key: str, columns: tuple[Column[object], ...]) -> list[ColumnState]:
    """Return the columns as the clerk left them; columns the file does not know come last, as they usually are."""
    text = settings.value(f"columns/{ledger_key}", "")
    known = _read(text if isinstance(text, str) else "")
    usual = {state.key: state for state in usual_state(columns)}
    kept = [known[key] for key in known if key in usual]
    return kept + [state for key, state in usual.items() if key not in known]


def save_state(settings: QSettings, ledger_key: str, states: list[ColumnState]) -> None:
    """Write down how the columns are shown."""
    text = " ".join(f"{state.key}:{int(state.shown)}:{state.width}" for state in states)
    settings.setValue(f"columns/{ledger_key}", text)


def forget_state(settings: QSettings, ledger_key: str) -> None:
    """Go back to the usual columns at the next start."""
    settings.remove(f"columns/{ledger_key}")


def _read(text: str) -> Mapping[str, ColumnState]:
    known: dict[str, ColumnState] = {}
    for part in text.split():
        key, shown, width = [*part.rsplit(":", 2), "", ""][:3]
        if key and width.isdigit():
            known[key] = ColumnState(key, shown == "1", int(width))
    return known
