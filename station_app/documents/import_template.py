"""The empty sheet a clerk downloads, fills in and imports: title, header, hints, an example, lists to choose from."""

from pathlib import Path
from typing import Any, BinaryIO

from station_app.domain.raw_sheet import column_letter
from station_app.domain.sheet_form import SheetForm
from station_app.domain.table_rows import TEMPLATE_EXAMPLE, TEMPLATE_HINTS
from station_app.support.safe_file import write_file

ROWS = 1_000  # rows that offer lists; more may be filled in
_HEADER, _FIRST = 3, 6
_FACE = "宋体"
_ABOUT = "带 * 的必须填写。说明和示例两行不用删，导入时会跳过；列可以删去不用的，标题请不要改。"


def write_template(path: Path, form: SheetForm) -> None:
    """Write the template of a kind of sheet.

    Args:
        path: target ``.xlsx``.
        form: with at least one template column, the first of which is 序号.

    Raises:
        StationFault: the file cannot be written.
    """
    write_file(path, lambda stream: _write(stream, form))


def _write(stream: BinaryIO, form: SheetForm) -> None:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    book = Workbook()
    normal: Any = book
    normal._named_styles["Normal"].font.name = _FACE
    page: Any = book.active
    page.title = form.title
    last = column_letter(len(form.template) - 1)
    thin = Side(style="thin", color="808080")
    border = Border(left=thin, right=thin, top=thin, bottom=thin)
    middle = Alignment(horizontal="center", vertical="center", wrap_text=True)
    for row, text, font, height in (
        (1, form.title, Font(name=_FACE, bold=True, size=16), 30),
        (2, _ABOUT, Font(name=_FACE, size=10), 20),
    ):
        page.merge_cells(f"A{row}:{last}{row}")
        page.cell(row, 1, text).font = font
        page.cell(row, 1).alignment = Alignment(horizontal="center" if row == 1 else "left", vertical="center")
        page.row_dimensions[row].height = height
    for place, column in enumerate(form.template, 1):
        letter = column_letter(place - 1)
        page.column_dimensions[letter].width = column.width
        page.column_dimensions[letter].number_format = "@"  # a phone or a month stays what was typed
        title = form.field(column.key).title
        head = f"*{title}" if column.key in form.required else title
        texts = (
            head,
            TEMPLATE_HINTS if place == 1 else column.hint,
            TEMPLATE_EXAMPLE if place == 1 else column.example,
        )
        for row, text in enumerate(texts, _HEADER):
            cell = page.cell(row, place, text)
            cell.border, cell.alignment, cell.number_format = border, middle, "@"
            cell.font = (
                Font(name=_FACE, bold=True, size=11) if row == _HEADER else Font(name=_FACE, color="606060", size=10)
            )
            cell.fill = PatternFill("solid", fgColor="D9E1F2" if row == _HEADER else "F2F2F2")
        for row in range(_FIRST, _FIRST + 20):  # a frame to begin with
            page.cell(row, place).border, page.cell(row, place).number_format = border, "@"
            page.row_dimensions[row].height = 20
        if column.choices:
            _offer(page, letter, column.choices)
    page.row_dimensions[_HEADER].height = 30
    page.row_dimensions[_HEADER + 1].height = 54
    page.row_dimensions[_HEADER + 2].height = 30
    page.freeze_panes = f"C{_HEADER + 1}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToHeight, page.sheet_properties.pageSetUpPr.fitToPage = 0, True
    page.print_title_rows = f"{_HEADER}:{_HEADER}"
    book.save(stream)


def _offer(page: Any, letter: str, choices: tuple[str, ...]) -> None:
    """Offer a list in a column; other words may be typed too (县、镇), the import says when they mean nothing."""
    from openpyxl.worksheet.datavalidation import DataValidation

    offered = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True, showErrorMessage=False)
    offered.add(f"{letter}{_FIRST}:{letter}{_FIRST + ROWS - 1}")
    page.add_data_validation(offered)
