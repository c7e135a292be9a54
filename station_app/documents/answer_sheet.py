"""The 办理情况回填表 as a workbook: what the program says is locked, what the unit fills in is open and yellow."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from station_app.documents.cell_text import DEMO_MARK, printable
from station_app.documents.excel_styles import LINE_HEIGHT, TALLEST_ROW, excel_text
from station_app.domain.answer_classes import AnswerClasses
from station_app.domain.answer_sheet import CODE_WORD, COLUMNS, TITLE, SheetColumn, SheetMatter, check_of
from station_app.support.text_width import wrapped_lines

_HEADER_ROW = 4
_FIRST_ROW = _HEADER_ROW + 1
_ROOM_BELOW = 200  # rows for which checks hold, should somebody insert some
_ANSWER_LINES = 3
_DATES = frozenset({"answered_on", "promised_on", "wanted_on"})
_TEXTS = frozenset({"matter", "text", "reason"})


@dataclass(frozen=True)
class AnswerSheet:
    """What one sheet says.

    Args:
        station: who sends it.
        contact: whom to call: 肖敏 14000000000.
        unit: who fills it in.
        number: 回填表 2026-003.
        code: its return code.
        made_on: ISO date.
    """

    station: str
    contact: str
    unit: str
    number: str
    code: str
    made_on: str
    classes: AnswerClasses
    matters: Sequence[SheetMatter]
    demo: bool = False


def write_answer_sheet(stream: BinaryIO, sheet: AnswerSheet) -> None:
    """Write a sheet as ``.xlsx`` into a stream.

    Raises:
        InvalidInput: a text is longer than an Excel cell may be.
        OSError: the stream cannot be written.
    """
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.properties.title = TITLE
    workbook.properties.creator = printable(sheet.station)
    worksheet: Any = workbook.active
    worksheet.title = "办理情况回填表"
    _Writer(worksheet).write(sheet)
    workbook.save(stream)


class _Writer:
    """Fills the worksheet from top to bottom."""

    def __init__(self, worksheet: Any) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

        self._worksheet = worksheet
        line = Side(style="thin", color="FF808080")
        self._grid = Border(left=line, right=line, top=line, bottom=line)
        self._head, self._open_head = PatternFill("solid", fgColor="FFF2F2F2"), PatternFill("solid", fgColor="FFFFE699")
        self._open_fill = PatternFill("solid", fgColor="FFFFFBE6")
        self._open = Protection(locked=False)
        self._fonts = {
            "title": Font(name="宋体", size=18, bold=True), "text": Font(name="宋体", size=10),
            "head": Font(name="黑体", size=10), "guide": Font(name="宋体", size=10, color="FF7F3F00"),
        }  # fmt: skip
        self._center = Alignment(horizontal="center", vertical="center", wrap_text=True)
        self._left = Alignment(horizontal="left", vertical="center", wrap_text=True)

    def write(self, sheet: AnswerSheet) -> None:
        """Write everything."""
        from openpyxl.utils import get_column_letter

        worksheet = self._worksheet
        for index, column in enumerate(COLUMNS, 1):
            dimension = worksheet.column_dimensions[get_column_letter(index)]
            dimension.width, dimension.hidden = column.width, column.hidden
        self._write_head(sheet)
        for index, column in enumerate(COLUMNS, 1):
            self._put(_HEADER_ROW, index, column.title, "head", self._center, fill=self._head_fill(column))
        worksheet.row_dimensions[_HEADER_ROW].height = 2 * LINE_HEIGHT + 6
        for offset, matter in enumerate(sheet.matters):
            self._write_matter(_FIRST_ROW + offset, offset + 1, matter, sheet.code)
        self._add_checks(sheet.classes, _FIRST_ROW + len(sheet.matters) - 1 + _ROOM_BELOW)
        self._set_page(demo=sheet.demo)

    def _head_fill(self, column: SheetColumn) -> Any:
        return self._open_head if column.field else self._head

    def _put(
        self, row: int, column: int, text: str, font: str, side: Any, *, fill: Any = None, framed: bool = True
    ) -> Any:
        cell = self._worksheet.cell(row, column)
        cell.value = excel_text(text)
        cell.data_type = "s"  # never a formula
        cell.font, cell.alignment = self._fonts[font], side
        if text.startswith(("=", "+", "-", "@")):
            cell.quotePrefix = True
        if framed:
            cell.border = self._grid
        if fill is not None:
            cell.fill = fill
        return cell

    def _write_head(self, sheet: AnswerSheet) -> None:
        worksheet = self._worksheet
        last = sum(not column.hidden for column in COLUMNS)
        width = sum(column.width for column in COLUMNS if not column.hidden)
        told = (
            f"承办单位：{sheet.unit}　　{sheet.number}　　{CODE_WORD}：{sheet.code}　　发出日期：{sheet.made_on}"
            f"　　{sheet.station}　联系人：{sheet.contact}"
        )
        for row, (text, font, side, line_height) in enumerate(
            (
                (TITLE, "title", self._center, 32.0),
                (told, "text", self._left, 20.0),
                (_guide(sheet.classes), "guide", self._left, 20.0),
            ),
            1,
        ):
            worksheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=last)
            self._put(row, 1, text, font, side, framed=False)
            lines = wrapped_lines(text, width - 2) if row > 1 else 1
            worksheet.row_dimensions[row].height = line_height + (lines - 1) * LINE_HEIGHT

    def _write_matter(self, row: int, index: int, matter: SheetMatter, code: str) -> None:
        values = {
            "index": str(index), "number": matter.number, "matter": matter.matter, "handed_on": matter.handed_on,
            "due_on": matter.due_on, "uid": matter.uid, "check": check_of(code, matter.uid, matter.number),
        }  # fmt: skip
        lines = _ANSWER_LINES
        for place, column in enumerate(COLUMNS, 1):
            side = self._left if column.key in _TEXTS else self._center
            text = values.get(column.key, "")
            lines = max(lines, wrapped_lines(text, column.width - 1)) if column.key == "matter" else lines
            cell = self._put(row, place, text, "text", side, fill=self._open_fill if column.field else None)
            if column.field:
                cell.value = None
                cell.protection = self._open
                cell.number_format = "yyyy-mm-dd" if column.key in _DATES else "@"
        self._worksheet.row_dimensions[row].height = min(6 + lines * LINE_HEIGHT, TALLEST_ROW)

    def _add_checks(self, classes: AnswerClasses, last_row: int) -> None:
        """Warn of nonsense while it is typed; what the unit insists on is judged when the sheet comes back."""
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.datavalidation import DataValidation

        for place, column in enumerate(COLUMNS, 1):
            if column.key in _DATES:
                check = DataValidation("date", "between", "DATE(2020,1,1)", "DATE(2099,12,31)", allow_blank=True)
                check.prompt, check.error = "请填日期，如 2026-12-03", "这一格请填日期，如 2026-12-03。"
            elif column.key == "answer_class":
                check = DataValidation("list", formula1=f'"{",".join(classes.keys)}"', allow_blank=True)
                check.prompt = "\n".join(classes.said(key) for key in classes.keys)[:250]
                check.error = f"请填 {'、'.join(classes.keys)} 中的一个字母。"
            else:
                continue
            check.promptTitle, check.errorTitle = column.title, column.title
            check.errorStyle = "warning"
            check.showInputMessage = check.showErrorMessage = True
            letter = get_column_letter(place)
            check.add(f"{letter}{_FIRST_ROW}:{letter}{last_row}")
            self._worksheet.add_data_validation(check)

    def _set_page(self, *, demo: bool) -> None:
        worksheet = self._worksheet
        worksheet.freeze_panes = f"C{_FIRST_ROW}"
        protection = worksheet.protection
        protection.sheet = True
        protection.formatColumns = protection.formatRows = protection.formatCells = False  # these stay allowed
        setup = worksheet.page_setup
        setup.orientation, setup.paperSize = "landscape", 9
        setup.fitToWidth, setup.fitToHeight = 1, 0
        worksheet.sheet_properties.pageSetUpPr.fitToPage = True
        worksheet.print_title_rows = f"{_HEADER_ROW}:{_HEADER_ROW}"
        worksheet.oddFooter.center.text = "第 &P 页 共 &N 页"
        if demo:
            worksheet.oddHeader.center.text = DEMO_MARK


def _guide(classes: AnswerClasses) -> str:
    may = "、".join(one.key for one in classes.classes if one.may_promise)
    promise = f"{may} 类可以填写承诺办成日期；" if may else ""
    meanings = "；".join(f"{one.key} {one.words}" for one in classes.classes)
    return (
        f"填写说明：请只填黄色的格。答复类别填一个字母（{meanings}）；{promise}日期如 2026-12-03。"
        "期限内答复不了的，只填“需延期至”和“延期理由”。没有办完的留空，下次再报。其他格请不要改动，填好后把原文件发回。"
    )
