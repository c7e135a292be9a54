"""How ledger cells look in Excel: one shared style per kind, each made once, and rows written fast."""

import re
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from station_app.documents.cell_text import as_date, printable, shortened
from station_app.documents.columns import Cell, Column, Kind
from station_app.domain.problems import invalid
from station_app.support.text_width import wrapped_lines

LONGEST_CELL = 32_767  # characters; Excel's own limit
TALLEST_ROW = 409.0  # points; Excel's own limit
LINE_HEIGHT = 14.5  # points a 10 pt line takes with the tallest of the usual fallback faces
_DAY_ZERO = date(1899, 12, 30)
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


@dataclass(frozen=True, slots=True)
class CellWords:
    """One cell as it goes into the sheet.

    Args:
        style: number of its style in the workbook.
        text: a string, or empty.
        number: a number as text, used where ``text`` is empty.
    """

    style: int
    text: str = ""
    number: str = ""


class Styles:
    """The cell styles of one worksheet's workbook, each made once."""

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

    def plain(self, text: str, font: str = "text", side: str = "left") -> CellWords:
        """Return an unframed cell: title, head line and foot."""
        return CellWords(self._style(font, side), excel_text(text))

    def framed(self, text: str, font: str = "head") -> CellWords:
        """Return a framed, centred cell; heads are filled."""
        return CellWords(self._style(font, "center", framed=True), excel_text(text))

    def of_kind(self, kind: Kind, *, total: bool = False, quoted: bool = False) -> int:
        """Return the style of data cells; ``quoted`` ones show a leading ``=`` as it was typed."""
        font, side = "total" if total else "text", "left" if kind is Kind.TEXT else "center"
        return self._style(font, side, _FORMATS[kind], framed=True, quoted=quoted)

    def _style(
        self, font: str, side: str, number_format: str = "General", *, framed: bool = False, quoted: bool = False
    ) -> int:
        from openpyxl.cell import WriteOnlyCell

        cell: Any = WriteOnlyCell(self._worksheet)
        cell.font, cell.alignment, cell.number_format = self._fonts[font], self._sides[side], number_format
        if framed:
            cell.border = self._grid
        if font == "head":
            cell.fill = self._fill
        if quoted:
            cell.quotePrefix = True
        return int(cell.style_id)


class ColumnCells:
    """Makes the cells of one column and tells how many lines each takes.

    Args:
        styles: the worksheet's styles.
        column: the column.
        width: its width on the sheet, in Excel units.
        full: True writes long texts whole (working version).
        total: True for the row 合计.
    """

    def __init__(self, styles: Styles, column: Column[Any], width: float, *, full: bool, total: bool = False) -> None:
        self.column = column
        self._width = width - 0.8  # the cell's own padding
        self._full = full
        self._style = styles.of_kind(column.kind, total=total)
        self._quoted = styles.of_kind(column.kind, total=total, quoted=True)
        self._empty = CellWords(self._style)
        self._is_time = column.kind in {Kind.DATE, Kind.MONTH}
        self.lines = 1

    def fill(self, value: Cell) -> CellWords:
        """Return the cell for ``value``; ``lines`` then tells how many lines it takes."""
        self.lines = 1
        if value is None or value == "":
            return self._empty
        if isinstance(value, str | date):
            day = as_date(value) if self._is_time or isinstance(value, date) else None
            if day is not None and day >= FIRST_EXCEL_DAY:
                return CellWords(self._style, number=str((day - _DAY_ZERO).days))
            return self._text(value if isinstance(value, str) else value.isoformat()[:10])
        return CellWords(self._style, number=repr(value))

    def _text(self, value: str) -> CellWords:
        text = excel_text(value if self._full else shortened(value), self.column.title)
        if 2 * len(text) > self._width or "\n" in text:
            self.lines = wrapped_lines(text, self._width)
        return CellWords(self._quoted if text.startswith(_FORMULA_START) else self._style, text)


class RowStream:
    """Writes rows into a write-only worksheet, in little more than half the time of its own ``append``.

    The rows go through the worksheet's own writer as finished elements; strings are always strings, so none can
    become a formula.
    """

    def __init__(self, worksheet: Any) -> None:
        worksheet._get_writer()
        worksheet._rows = self._rows = self._open(worksheet._writer)
        next(self._rows)
        self._number = 0
        self._letters: list[str] = []

    @staticmethod
    def _open(writer: Any) -> Generator[None, Any, None]:
        xf = writer.xf.send(True)
        with xf.element("sheetData"):
            try:
                while True:
                    xf.write((yield))
            except GeneratorExit:  # the worksheet is closed
                pass
        writer.xf.send(None)

    def append(self, cells: Sequence[CellWords | None], height: float) -> None:
        """Write the next row, ``height`` points high; None leaves a cell out."""
        from openpyxl.utils import get_column_letter
        from openpyxl.xml.constants import XML_NS
        from openpyxl.xml.functions import Element, SubElement

        self._number += 1
        while len(self._letters) < len(cells):
            self._letters.append(get_column_letter(len(self._letters) + 1))
        number = str(self._number)
        row = Element("row", {"r": number, "ht": f"{min(height, TALLEST_ROW):g}", "customHeight": "1"})
        for letter, words in zip(self._letters, cells, strict=False):
            if words is None:
                continue
            attributes = {"r": letter + number, "s": str(words.style)}
            if words.text:
                attributes["t"] = "inlineStr"
                inline: Any = SubElement(SubElement(row, "c", attributes), "is")
                text = SubElement(inline, "t")
                text.text = words.text
                if words.text != words.text.strip():
                    text.set(f"{{{XML_NS}}}space", "preserve")
            else:
                cell = SubElement(row, "c", attributes)
                if words.number:
                    SubElement(cell, "v").text = words.number
        self._rows.send(row)
