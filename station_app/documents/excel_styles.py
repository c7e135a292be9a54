"""How ledger cells look in Excel: one shared style per kind, applied by reusing prepared cells."""

import re
from datetime import date
from typing import Any

from station_app.documents.cell_text import as_date, printable, shortened
from station_app.documents.columns import Cell, Column, Kind
from station_app.domain.problems import invalid
from station_app.support.text_width import wrapped_lines

ExcelCell = Any  # the type information of openpyxl does not know write-only cells and sheets
LONGEST_CELL = 32_767  # characters; Excel's own limit
TALLEST_ROW = 409.0  # points; Excel's own limit
LINE_HEIGHT = 14.5  # points a 10 pt line takes with the tallest of the usual fallback faces
FIRST_EXCEL_DAY = date(1900, 3, 1)  # Excel believes in 1900-02-29, so earlier days would be one off
_ESCAPED = re.compile(r"_x(?=[0-9A-Fa-f]{4}_)")
_FORMULA_START = tuple("=+-@\t\n'")

_FORMATS = {
    Kind.TEXT: "General",  # a text format shows #### for long text in old Excel versions
    Kind.LABEL: "@",
    Kind.CODE: "@",
    Kind.COUNT: "General",
    Kind.DATE: "yyyy-mm-dd",
    Kind.MONTH: "yyyy-mm",
    Kind.PERCENT: "0.0%",
}


def excel_text(text: str, column: str = "") -> str:
    """Return ``text`` so that Excel shows exactly it.

    Args:
        text: anything typed; control characters are stripped, ``_x0041_`` is escaped.
        column: title of the column, named when the text is refused.

    Raises:
        InvalidInput: the text is longer than 32,767 characters.
    """
    text = printable(text)
    if "_x" in text:
        text = _ESCAPED.sub("_x005F_x", text)
    # Excel counts UTF-16 units, so a rare character counts two.
    if len(text) > LONGEST_CELL // 2 and len(text.encode("utf-16-le")) // 2 > LONGEST_CELL:
        raise invalid(
            column or "cell",
            f"“{column or '单元格'}”有 {len(text)} 字，超过 Excel 一格最多 {LONGEST_CELL} 字，请把内容分开后再导出。",
        )
    return text


class StyledCells:
    """The prepared cells of one worksheet."""

    def __init__(self, worksheet: Any) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        self._worksheet = worksheet
        line = Side(style="thin", color="FF000000")
        self._grid = Border(left=line, right=line, top=line, bottom=line)
        self._fill = PatternFill("solid", fgColor="FFF2F2F2")
        self._fonts = {
            "title": Font(name="宋体", size=18, bold=True),
            "head": Font(name="黑体", size=10),
            "text": Font(name="宋体", size=10),
            "total": Font(name="宋体", size=10, bold=True),
        }
        self._sides = {
            side: Alignment(horizontal=side, vertical="center", wrap_text=True) for side in ("left", "center", "right")
        }

    def plain(self, text: str, font: str = "text", side: str = "left") -> ExcelCell:
        """Return an unframed cell: title, head line and foot."""
        cell = self._new(text)
        cell.font = self._fonts[font]
        cell.alignment = self._sides[side]
        return cell

    def framed(self, text: str, font: str = "head", side: str = "center") -> ExcelCell:
        """Return a framed cell; heads are filled."""
        cell = self.plain(text, font, side)
        cell.border = self._grid
        if font == "head":
            cell.fill = self._fill
        return cell

    def of_kind(self, kind: Kind, *, total: bool = False, quoted: bool = False) -> ExcelCell:
        """Return an empty data cell; ``quoted`` ones show a leading ``=`` as it was typed."""
        cell = self.framed("", "total" if total else "text", "left" if kind is Kind.TEXT else "center")
        cell.number_format = _FORMATS[kind]
        if quoted:
            cell.quotePrefix = True
        return cell

    def _new(self, text: str) -> ExcelCell:
        from openpyxl.cell import WriteOnlyCell

        cell = WriteOnlyCell(self._worksheet)
        put_text(cell, excel_text(text))
        return cell


def put_text(cell: ExcelCell, text: str) -> None:
    """Set a string; openpyxl's own setter would make a formula of ``=…`` and cut long text."""
    cell._value = text
    cell.data_type = "s"


class ColumnCells:
    """The two reused cells of one column, and how high its text stands.

    Args:
        styled: the worksheet's styles.
        column: the column.
        width: its width on the sheet, in Excel units.
        full: True writes long texts whole (working version).
    """

    def __init__(
        self, styled: StyledCells, column: Column[object], width: float, *, full: bool, total: bool = False
    ) -> None:
        self.column = column
        self._width = width - 0.8  # the cell's own padding
        self._full = full
        self._cell = styled.of_kind(column.kind, total=total)
        self._quoted = styled.of_kind(column.kind, total=total, quoted=True)
        self.lines = 1

    def fill(self, value: Cell) -> ExcelCell:
        """Return the cell holding ``value``; ``lines`` then tells how many lines it takes."""
        self.lines = 1
        if value is None or value == "":
            self._cell._value = None
            self._cell.data_type = "n"  # the cell may have held a date in the row before
            return self._cell
        if isinstance(value, str):
            return self._text(value) if (day := self._day(value)) is None else self._date(day)
        if isinstance(value, date):
            return self._date(value) if value >= FIRST_EXCEL_DAY else self._text(value.isoformat())
        self._cell._value = value
        self._cell.data_type = "n"
        return self._cell

    def _day(self, value: str) -> date | None:
        if self.column.kind not in {Kind.DATE, Kind.MONTH}:
            return None
        day = as_date(value)
        return day if day is not None and day >= FIRST_EXCEL_DAY else None

    def _date(self, day: date) -> ExcelCell:
        self._cell._value = day
        self._cell.data_type = "d"
        return self._cell

    def _text(self, value: str) -> ExcelCell:
        text = excel_text(value if self._full else shortened(value), self.column.title)
        cell = self._quoted if text.startswith(_FORMULA_START) else self._cell
        put_text(cell, text)
        if 2 * len(text) > self._width or "\n" in text:
            self.lines = wrapped_lines(text, self._width)
        return cell
