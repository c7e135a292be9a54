"""Filling in a sheet as units do, and looking at what would become of it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from station_app.services.answer_sheets import SheetPreview
from station_app.services.sheet_lines import SheetLine

COLUMNS = {
    "number": "B", "answered_on": "F", "class": "G", "text": "H", "person": "I", "phone": "J", "promised_on": "K",
    "wanted_on": "L", "reason": "M", "uid": "N", "check": "O",
}  # fmt: skip
GOOD = {"answered_on": date(2026, 11, 24), "class": "A", "text": "已清淤 300 米。", "person": "李工"}


def fill(path: Path, rows: dict[int, dict[str, Any]]) -> None:
    """Fill in a sheet as a unit does: by number of the matter on it (1, 2 …), column and what is typed."""

    def type_in(sheet: Any) -> None:
        for at, values in rows.items():
            put(sheet, 4 + at, values)

    edit(path, type_in)


def sheet_of(path: Path) -> Any:
    """Return the worksheet."""
    return load_workbook(path).active


def edit(path: Path, how: Callable[[Any], object]) -> None:
    """Change the worksheet and save it."""
    book = load_workbook(path)
    how(book.active)
    book.save(path)


def put(sheet: Any, row: int, values: dict[str, Any]) -> None:
    """Type values into a row, by column."""
    for key, value in values.items():
        sheet[f"{COLUMNS[key]}{row}"] = value


def kinds(preview: SheetPreview) -> list[str]:
    """Return what becomes of each row."""
    return [line.kind for line in preview.lines]


def only(preview: SheetPreview, kind: str) -> SheetLine:
    """Return the only row of a kind."""
    (line,) = [line for line in preview.lines if line.kind == kind]
    return line
