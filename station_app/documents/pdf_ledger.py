"""Ledgers as PDF, ready to sign: measured and drawn by a small layouter of our own (documents.md, PDF)."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from station_app.documents.cell_text import (
    DEMO_MARK,
    head_groups,
    leading_blanks,
    paper_text,
    printable,
    reporter,
    shortened,
)
from station_app.documents.columns import Cell, Kind, Sheet
from station_app.documents.fonts import FontBook, Role, font_book
from station_app.documents.ink import Ink
from station_app.documents.line_breaking import break_lines
from station_app.documents.paper import LEDGER_MARGIN, LEDGER_TYPE, MM, SMALLEST_TYPE, page_size
from station_app.support.faults import Cancelled
from station_app.support.safe_file import write_file

Progress = Callable[[int, int], None]
_TITLE_SIZE, _HEAD_SIZE = 20.0, 10.5
_PADDING = 2.5  # points between grid and text, left and right
_GAP = 3.0  # points between grid and text, above and below
_FILL = 0.95  # grey of the heads
_ROWS_PER_REPORT = 100
_MOST_WIDENED = 1.4  # a column whose content needs more wraps it
_LEAST_LEFT = 0.6  # of a free text's width


@dataclass(frozen=True)
class _TableRow:
    """One measured row: the lines of each cell, from which line on, and its height."""

    cells: tuple[list[str], ...]
    height: float
    total: bool = False


def write_ledger_pdf(
    path: Path,
    sheet: Sheet,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    *,
    bundled_only: bool = False,
) -> None:
    """Write one ledger as PDF.

    Args:
        path: target file.
        sheet: the filled ledger.
        progress: told ``(steps done, steps in all)`` now and then; a row is measured, then drawn.
        cancelled: asked now and then; True stops and leaves no file.
        bundled_only: True uses no face of the PC.

    Raises:
        StationFault: the file cannot be written.
        Cancelled: ``cancelled`` said so.
    """

    def tell(done: int) -> None:
        if cancelled is not None and cancelled():
            raise Cancelled
        if progress is not None:
            progress(done, 2 * len(sheet.rows))

    book = font_book(bundled_only=bundled_only)
    write_file(path, lambda stream: _LedgerPaper(stream, sheet, book).write(tell))


def missing_in_ledger(sheet: Sheet, *, bundled_only: bool = False) -> dict[str, str]:
    """Return the characters no face has, each with the cell it occurs in, to be told before writing."""
    cells = (_cell(column.kind, column.value(row)) for row in sheet.rows for column in sheet.columns)
    return font_book(bundled_only=bundled_only).missing_characters([sheet.title, *sheet.head, *cells, *sheet.foot])


class _LedgerPaper:
    """Measures the rows, deals them to pages, draws the pages."""

    def __init__(self, stream: BinaryIO, sheet: Sheet, book: FontBook) -> None:
        size = page_size(sheet.paper, landscape=sheet.landscape)
        self._ink = Ink(stream, size, book, printable(sheet.title), printable(reporter(sheet)))
        self._book, self._sheet = book, sheet
        self._left, self._right = LEDGER_MARGIN, size[0] - LEDGER_MARGIN
        self._top, self._bottom = size[1] - LEDGER_MARGIN, 14 * MM
        room, units = self._right - self._left, sum(column.width for column in sheet.columns)
        self._size = max(SMALLEST_TYPE, min(LEDGER_TYPE, 2 * room / units))
        self._leading = round(self._size * 1.32, 2)
        self._widths = self._fitted([column.width / units * room for column in sheet.columns])
        self._edges = [self._left]
        for width in self._widths:
            self._edges.append(self._edges[-1] + width)
        self._grouped = any(column.group for column in sheet.columns)
        self._heads = self._row([column.title for column in sheet.columns], Role.TABLE_BOLD)
        self._head_height = self._heads.height + (self._leading + 2 * _GAP if self._grouped else 0)
        self._label_end = leading_blanks(sheet.columns, sheet.total)

    def write(self, tell: Callable[[int], None]) -> None:
        """Write the whole PDF."""
        pages = self._pages(self._measured(tell))
        drawn = len(self._sheet.rows)
        for number, rows in enumerate(pages, start=1):
            tell(drawn)
            self._draw_page(rows, number, len(pages))
            drawn += sum(not row.total for row in rows)
        tell(2 * len(self._sheet.rows))
        self._ink.save()

    def _fitted(self, widths: list[float]) -> list[float]:
        """Widen columns of numbers, codes and names so that these stay whole, at the cost of the free texts."""
        columns, rows = self._sheet.columns, self._sheet.rows
        wanted = []
        for column, width in zip(columns, widths, strict=True):
            if column.kind is Kind.TEXT or not rows:
                wanted.append(width)
                continue
            texts = {_cell(column.kind, column.value(row)) for row in rows}
            needs = (self._book.width(text, Role.TABLE, self._size) + 2 * _PADDING + 0.5 for text in texts)
            wanted.append(max([width, *(need for need in needs if need <= width * _MOST_WIDENED)]))
        giving = sum(width for column, width in zip(columns, widths, strict=True) if column.kind is Kind.TEXT)
        excess = sum(wanted) - sum(widths)
        if excess <= 0 or giving * (1 - _LEAST_LEFT) < excess:
            return widths
        factor = 1 - excess / giving
        return [want * factor if c.kind is Kind.TEXT else want for c, want in zip(columns, wanted, strict=True)]

    # -- measuring ---------------------------------------------------------------------------------------------------

    def _row(self, texts: list[str], role: Role, *, total: bool = False) -> _TableRow:
        advances, most = self._book.advances(role), 1
        cells: list[list[str]] = []
        for text, width in zip(texts, self._widths, strict=True):
            if not text:
                cells.append([])
                continue
            lines = break_lines(text, (width - 2 * _PADDING) / self._size, advances)
            most = max(most, len(lines))
            cells.append(lines)
        return _TableRow(tuple(cells), most * self._leading + 2 * _GAP, total)

    def _measured(self, tell: Callable[[int], None]) -> list[_TableRow]:
        getters = [(column.value, column.kind) for column in self._sheet.columns]
        rows = []
        for done, row in enumerate(self._sheet.rows):
            if done % _ROWS_PER_REPORT == 0:
                tell(done)
            rows.append(self._row([_cell(kind, value(row)) for value, kind in getters], Role.TABLE))
        if self._sheet.total:
            rows.append(self._total())
        return rows

    def _total(self) -> _TableRow:
        total = self._sheet.total
        texts = [_cell(column.kind, total.get(column.key)) for column in self._sheet.columns]
        row = self._row(texts, Role.TABLE_BOLD, total=True)
        first = self._sheet.columns[0].key
        return (
            row if first in total else _TableRow(([str(total.get("", "合计"))], *row.cells[1:]), row.height, total=True)
        )

    def _pages(self, rows: list[_TableRow]) -> list[list[_TableRow]]:
        """Deal the rows to pages; the signature line stays with the last row."""
        pages: list[list[_TableRow]] = [[]]
        first_room = self._top - self._title_height() - self._head_height - self._bottom
        next_room = self._top - self._head_height - self._bottom
        room, foot = first_room, self._foot_height()
        pending = list(reversed(rows))
        while pending:
            row = pending.pop()
            needed = row.height + (0 if pending else foot)
            if needed <= room:
                pages[-1].append(row)
                room -= row.height
                continue
            if pages[-1] and needed <= next_room:  # a row that fits on a page is not torn
                moved = self._company(pages[-1], last=not pending and row.total)
            else:
                moved = []
                fitting = min(int((room - 2 * _GAP) / self._leading), max(map(len, row.cells)) - 1)
                if fitting >= 2 or not pages[-1]:
                    upper, row = self._split(row, max(1, fitting))
                    pages[-1].append(upper)
            pages.append(moved)
            room = next_room - sum(other.height for other in moved)
            pending += [row] if row.height else []
        if not pages[-1] and len(pages) > 1:
            pages.pop()
        return pages

    @staticmethod
    def _company(page: list[_TableRow], *, last: bool) -> list[_TableRow]:
        """Take the row before the total along to the next page, so that the total never stands alone."""
        return [page.pop()] if last and len(page) > 1 else []

    def _split(self, row: _TableRow, lines: int) -> tuple[_TableRow, _TableRow]:
        upper, lower = tuple(cell[:lines] for cell in row.cells), tuple(cell[lines:] for cell in row.cells)
        left = max(map(len, lower), default=0)
        rest = left * self._leading + 2 * _GAP if left else 0.0
        return _TableRow(upper, lines * self._leading + 2 * _GAP), _TableRow(lower, rest)

    # -- drawing -----------------------------------------------------------------------------------------------------

    def _draw_page(self, rows: list[_TableRow], number: int, count: int) -> None:
        ink, sheet = self._ink, self._sheet
        middle, y = (self._left + self._right) / 2, self._top
        if number == 1:
            ink.bookmark(sheet.title)
            y = self._draw_title(middle, y)
        if sheet.demo:
            ink.right(self._right, ink.height - 9 * MM, DEMO_MARK, Role.TABLE_BOLD, 9)
        top = y
        horizontal = [y]
        y = self._draw_heads(y)
        head_bottom = y
        horizontal.append(y)
        for row in rows:
            self._draw_row(row, y, Role.TABLE_BOLD if row.total else Role.TABLE)
            y -= row.height
            horizontal.append(y)
        total = rows[-1].height if rows and rows[-1].total else 0.0
        grid = [(self._left, line, self._right, line) for line in horizontal]
        for index, x in enumerate(self._edges):
            inside_label = 0 < index < self._label_end
            grid.append((x, head_bottom, x, y + total if inside_label else y))
        grid += self._head_lines(top, head_bottom)
        ink.lines(grid)
        if number == count and sheet.foot:
            self._draw_foot(y)
        ink.centred(middle, 7.5 * MM, f"第 {number} 页 / 共 {count} 页", Role.TABLE, 9)
        ink.next_page()

    def _title_lines(self) -> list[str]:
        room = (self._right - self._left) / _TITLE_SIZE
        return break_lines(printable(self._sheet.title), room, self._book.advances(Role.TITLE))

    def _title_height(self) -> float:
        return len(self._title_lines()) * _TITLE_SIZE * 1.35 + self._head_text_lines() * 15 + 5

    def _head_text_size(self) -> float:
        """Return the size at which the three texts under the title stand side by side, as small as 8 points."""
        room = self._right - self._left - 24
        wide = sum(self._book.width(text, Role.TABLE, _HEAD_SIZE) for text in self._sheet.head)
        return _HEAD_SIZE if wide <= room else max(SMALLEST_TYPE, _HEAD_SIZE * room / wide)

    def _head_text_lines(self) -> int:
        if not any(self._sheet.head):
            return 0
        size = self._head_text_size()
        wide = sum(self._book.width(text, Role.TABLE, size) for text in self._sheet.head)
        return 1 if wide <= self._right - self._left - 12 else len(self._stacked(size))

    def _stacked(self, size: float) -> list[str]:
        advances = self._book.advances(Role.TABLE)
        room = (self._right - self._left) / size
        return [line for text in self._sheet.head if text for line in break_lines(printable(text), room, advances)]

    def _draw_title(self, middle: float, y: float) -> float:
        for line in self._title_lines():
            y -= _TITLE_SIZE * 1.35
            self._ink.centred(middle, y + 8, line, Role.TITLE, _TITLE_SIZE)
        size, count = self._head_text_size(), self._head_text_lines()
        left, centre, right = (printable(text) for text in self._sheet.head)
        if count > 1:
            for line in self._stacked(size):
                y -= 15
                self._ink.text(self._left, y + 3, line, Role.TABLE, size)
        elif count == 1:
            y -= 15
            self._ink.text(self._left, y + 3, left, Role.TABLE, size)
            self._ink.right(self._right, y + 3, right, Role.TABLE, size)
            # Centred between its neighbours, which are rarely equally long.
            space_from = self._left + self._ink.measure(left, Role.TABLE, size)
            space_to = self._right - self._ink.measure(right, Role.TABLE, size)
            half = self._ink.measure(centre, Role.TABLE, size) / 2
            x = min(max(middle, space_from + half + 6), space_to - half - 6)
            self._ink.centred(x, y + 3, centre, Role.TABLE, size)
        return y - 5

    def _draw_heads(self, y: float) -> float:
        self._ink.box(
            self._left, y - self._head_height, self._right - self._left, self._head_height, _FILL, thickness=0
        )
        if not self._grouped:
            self._draw_row(self._heads, y, Role.TABLE_BOLD, centred=True)
            return y - self._head_height
        band = self._leading + 2 * _GAP
        for group, first, last in head_groups(self._sheet.columns):
            if group:
                x = (self._edges[first] + self._edges[last + 1]) / 2
                self._ink.centred(x, self._baseline(y, 1, band), group, Role.TABLE_BOLD, self._size)
            for index in range(first, last + 1):
                top, height = (y - band, self._heads.height) if group else (y, self._head_height)
                self._draw_cell(self._heads.cells[index], index, top, height, Role.TABLE_BOLD, centred=True)
        return y - self._head_height

    def _head_lines(self, top: float, bottom: float) -> list[tuple[float, float, float, float]]:
        """Return the upright lines of the heads and the line under each group."""
        if not self._grouped:
            return [(x, top, x, bottom) for x in self._edges]
        band = top - self._leading - 2 * _GAP
        lines = [(self._edges[0], top, self._edges[0], bottom)]
        for group, first, last in head_groups(self._sheet.columns):
            lines.append((self._edges[last + 1], top, self._edges[last + 1], bottom))
            if group:
                lines.append((self._edges[first], band, self._edges[last + 1], band))
                lines += [(self._edges[n], band, self._edges[n], bottom) for n in range(first + 1, last + 1)]
        return lines

    def _draw_row(self, row: _TableRow, y: float, role: Role, *, centred: bool = False) -> None:
        for index, lines in enumerate(row.cells):
            if not lines:
                continue
            if row.total and index == 0 and self._label_end > 1:
                x = (self._left + self._edges[self._label_end]) / 2
                self._ink.centred(x, self._baseline(y, 1, row.height), lines[0], role, self._size)
            else:
                self._draw_cell(lines, index, y, row.height, role, centred=centred)

    def _draw_cell(self, lines: list[str], index: int, top: float, height: float, role: Role, *, centred: bool) -> None:
        y = self._baseline(top, len(lines), height)
        to_the_left = not centred and self._sheet.columns[index].kind is Kind.TEXT
        for line in lines:
            if to_the_left:
                self._ink.text(self._edges[index] + _PADDING, y, line, role, self._size)
            else:
                self._ink.centred((self._edges[index] + self._edges[index + 1]) / 2, y, line, role, self._size)
            y -= self._leading

    def _baseline(self, top: float, lines: int, height: float) -> float:
        """Return the first baseline of ``lines`` centred in a row that begins at ``top``."""
        return top - (height - lines * self._leading) / 2 - self._leading / 2 - self._size * 0.36

    def _foot_height(self) -> float:
        return 26.0 if self._sheet.foot else 0.0

    def _draw_foot(self, y: float) -> None:
        share = (self._right - self._left) / len(self._sheet.foot)
        for index, text in enumerate(self._sheet.foot):
            self._ink.text(self._left + index * share, y - 20, printable(text), Role.TABLE, _HEAD_SIZE)


def _cell(kind: Kind, value: Cell) -> str:
    return shortened(paper_text(kind, value).replace("\t", "　"))
