"""Cells on their way from the child process: compact JSON, dates marked.

What travels: ``[[name, [[cell, …], …], [[top, left, bottom, right], …]], …]``; a date is ``["d", ISO text]``.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from typing import Any

from station_app.domain.raw_sheet import Cell, MergedRange, RawSheet

_MARKS: dict[str, Callable[[str], date | time]] = {
    "d": date.fromisoformat,
    "s": datetime.fromisoformat,
    "t": time.fromisoformat,
}


def trimmed(rows: Iterable[Sequence[object]]) -> tuple[tuple[Cell, ...], ...]:
    """Return rows as cells: blanks at the ends left out, whole numbers as int, a date without a time as date."""
    kept: list[tuple[Cell, ...]] = []
    last = 0
    for row in rows:
        cells = [_cell(value) for value in row]
        while cells and cells[-1] is None:
            cells.pop()
        kept.append(tuple(cells))
        if cells:
            last = len(kept)
    return tuple(kept[:last])


def _cell(value: object) -> Cell:
    match value:
        case None | "":
            return None
        case float() if value.is_integer() and abs(value) < 1e15:
            return int(value)
        case datetime() if value.time() == time():
            return value.date()
        case str() | int() | float() | date() | time():
            return value
        case _:
            return str(value)  # a duration


def encoded_sheets(sheets: Iterable[RawSheet]) -> bytes:
    """Return sheets as compact JSON."""
    plain = [
        [
            sheet.name,
            [[_marked(cell) for cell in row] for row in sheet.rows],
            [[area.top, area.left, area.bottom, area.right] for area in sheet.merged],
        ]
        for sheet in sheets
    ]
    # Escaped to ASCII, so that a lone surrogate out of a damaged file cannot break the way back.
    return json.dumps(plain, separators=(",", ":")).encode("ascii")


def decoded_sheets(answer: bytes) -> list[RawSheet]:
    """Return the sheets of `encoded_sheets`."""
    plain: list[Any] = json.loads(answer)
    return [
        RawSheet(
            name,
            tuple(tuple(_unmarked(cell) for cell in row) for row in rows),
            tuple(MergedRange(*bounds) for bounds in merged),
        )
        for name, rows, merged in plain
    ]


def _marked(cell: Cell) -> object:
    match cell:
        case datetime():
            return ["s", cell.isoformat()]
        case date():
            return ["d", cell.isoformat()]
        case time():
            return ["t", cell.isoformat()]
        case _:
            return cell


def _unmarked(cell: Any) -> Cell:
    if isinstance(cell, list):
        mark, text = cell
        return _MARKS[mark](text)
    value: Cell = cell
    return value
