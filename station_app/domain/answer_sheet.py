"""The sheet a unit fills in (办理情况回填表): its columns, and what stands in one that came back."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from station_app.domain.answer_classes import AnswerClasses
from station_app.domain.cell_dates import read_date
from station_app.domain.cell_text import cell_text, compact, half_width, is_nothing, read_line, read_words, shown
from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.papers import read_code
from station_app.domain.problems import InvalidInput, invalid
from station_app.domain.raw_sheet import Cell, RawSheet, column_letter
from station_app.domain.row_verdicts import CellProblem, short_digest
from station_app.domain.text import LINE_LIMIT, WORDS_LIMIT

TITLE: Final = "意见建议办理情况回填表"
CODE_WORD: Final = "回执码"
WRITTEN_WAY: Final = "书面"
_HEADER_SEARCH = 30  # rows
_CODE = re.compile(rf"{CODE_WORD}[:：\s]*([^\s，。,（(]+)")


@dataclass(frozen=True)
class SheetColumn:
    """One column of the sheet.

    Args:
        field: for a cell to fill in, the field of a `MoveDraft` its problems are told at; empty for a printed one.
        width: in units of one ASCII character.
    """

    key: str
    title: str
    width: float
    field: str = ""
    hidden: bool = False


COLUMNS: Final = (
    SheetColumn("index", "序号", 5),
    SheetColumn("number", "编号", 13),
    SheetColumn("matter", "反映事项", 40),
    SheetColumn("handed_on", "交办日期", 11),
    SheetColumn("due_on", "办理期限", 11),
    SheetColumn("answered_on", "答复日期", 12, "on"),
    SheetColumn("answer_class", "答复类别", 7, "answer_class"),
    SheetColumn("text", "答复内容", 44, "text"),
    SheetColumn("person", "承办人", 10, "person"),
    SheetColumn("phone", "联系电话", 14, "phone"),
    SheetColumn("promised_on", "承诺办成日期", 12, "due_on"),
    SheetColumn("wanted_on", "需延期至", 12, "due_on"),
    SheetColumn("reason", "延期理由", 20, "text"),
    SheetColumn("uid", "记录", 4, hidden=True),
    SheetColumn("check", "校验", 4, hidden=True),
)
_BY_TITLE: Final = {column.title: column.key for column in COLUMNS}
_TITLES: Final = {column.key: column.title for column in COLUMNS}
FILLED_IN: Final = tuple(column.key for column in COLUMNS if column.field)
_NEEDED: Final = ("number", "answered_on", "answer_class", "text")
_ANSWER: Final = ("answered_on", "answer_class", "text", "promised_on")
_EXTENSION: Final = ("wanted_on", "reason")


@dataclass(frozen=True)
class SheetMatter:
    """A matter as the sheet lists it. Dates are ISO text."""

    uid: str
    number: str
    matter: str
    handed_on: str
    due_on: str


def check_of(code: str, uid: str, number: str) -> str:
    """Return what stands hidden in a row: the sheet's return code, and a mark that its matter was not changed."""
    return f"{code}-{short_digest(f'{code}|{uid}|{number}')[:12]}"


@dataclass(frozen=True)
class FilledRow:
    """One row of a sheet that came back.

    Args:
        row: its number as in Excel.
        cells: by key of the column; missing ones are blank.
    """

    row: int
    cells: Mapping[str, Cell]

    def text(self, key: str) -> str:
        """Return a cell in one line, half-width and without blanks."""
        return compact(self.cells.get(key))

    def is_filled(self, keys: Iterable[str]) -> bool:
        """Tell whether any of these cells holds something."""
        return any(not is_nothing(self.cells.get(key)) for key in keys)

    @property
    def code(self) -> str:
        """The return code of the sheet the row was written for, or empty."""
        return self.text("check").partition("-")[0]


@dataclass(frozen=True)
class FilledSheet:
    """A sheet that came back, as it was found.

    Args:
        code: its return code, checked.
        letters: letters above each column, by key.
    """

    code: str
    rows: tuple[FilledRow, ...]
    letters: Mapping[str, str]

    def cell(self, key: str, row: FilledRow) -> str:
        """Return the name of a cell: F7."""
        return f"{self.letters.get(key, '')}{row.row}"


def find_filled_sheet(sheets: Sequence[RawSheet]) -> FilledSheet:
    """Find the sheet among the worksheets of a file; inserted and moved columns do not matter.

    Raises:
        InvalidInput: field ``sheet``: it is none, columns are missing, or its return code is wrong.
    """
    for sheet in sheets:
        header = _header(sheet)
        if header is None:
            continue
        at, columns = header
        if missing := [_TITLES[key] for key in _NEEDED if key not in columns]:
            raise invalid("sheet", f"回填表里少了“{'、'.join(missing)}”列，请用发出去的原表填写。")
        rows = tuple(_rows(sheet, at, columns))
        code = _code(sheet, at, rows)
        return FilledSheet(code, rows, {key: column_letter(index) for key, index in columns.items()})
    raise invalid("sheet", "这个文件不是本程序发出的“办理情况回填表”：没有找到“编号”和“答复内容”的表头。")


def _header(sheet: RawSheet) -> tuple[int, dict[str, int]] | None:
    """Return the row of the header and where each column is, or None."""
    for at, row in enumerate(sheet.rows[:_HEADER_SEARCH]):
        found: dict[str, int] = {}
        for index, cell in enumerate(row):
            key = _BY_TITLE.get(compact(cell).rstrip("*"))
            if key:
                found.setdefault(key, index)
        if {"number", "text"} <= found.keys() or {"number", "answer_class"} <= found.keys():
            return at, found
    return None


def _rows(sheet: RawSheet, header: int, columns: Mapping[str, int]) -> Iterable[FilledRow]:
    for at in range(header + 1, len(sheet.rows)):
        cells = {key: sheet.cell(at, index) for key, index in columns.items()}
        row = FilledRow(at + 1, cells)
        if row.is_filled(("number", "uid", *FILLED_IN)):
            yield row


def _code(sheet: RawSheet, header: int, rows: Sequence[FilledRow]) -> str:
    """Return the return code of the head; the rows' hidden one helps where the head was lost.

    Raises:
        InvalidInput: there is none, or it was changed.
    """
    head = half_width(" ".join(cell_text(cell) for row in sheet.rows[:header] for cell in row))
    hidden = next((row.code for row in rows if row.code), "")
    told = _CODE.search(head)
    if told is None:
        if not hidden:
            raise invalid("sheet", f"回填表的表头里没有{CODE_WORD}，认不出是哪一张，请用发出去的原表填写。")
        return _checked(hidden, "")
    return _checked(told[1], hidden)


def _checked(code: str, hidden: str) -> str:
    hint = f"表里各行记着的是 {hidden}，表头被改过的话请改回。" if hidden and hidden != code else ""
    try:
        found = read_code(code)
    except InvalidInput as wrong:
        raise invalid("sheet", f"回填表表头的{CODE_WORD}“{shown(code)}”有误：{wrong}{hint}") from wrong
    if hidden and hidden != found:
        raise invalid("sheet", f"回填表表头的{CODE_WORD}是 {found}，与各行的不符。{hint}")
    return found


@dataclass(frozen=True)
class Reading:
    """What a row says.

    Args:
        draft: the move it would become, or None.
        problems: cells that cannot be read, each with its column and reason.
        remark: worth knowing about a row that becomes nothing.
    """

    draft: MoveDraft | None = None
    problems: tuple[CellProblem, ...] = ()
    remark: str = ""


def read_row(sheet: FilledSheet, row: FilledRow, unit_id: int | None, classes: AnswerClasses, today: str) -> Reading:
    """Return what a row that is about one of the sheet's matters says; nothing is judged about the matter yet.

    Args:
        unit_id: who answers.
        classes: the classes in force.
        today: ISO date; a request for an extension bears it.
    """
    answers, asks = row.is_filled(_ANSWER), row.is_filled(_EXTENSION)
    if not answers and not asks:
        only = "只填了承办人、联系电话，没有答复，不登记。" if row.is_filled(("person", "phone")) else ""
        return Reading(remark=only)
    reader = _CellReader(sheet, row)
    if answers and asks:
        reader.problem("wanted_on", "答复和延期只能填一样：已经答复的，请清空“需延期至”和“延期理由”。")
    person, phone = reader.line("person"), reader.line("phone")
    if asks and not answers:
        due_on = reader.date("wanted_on", "请填写要延到哪一天。")
        draft = MoveDraft(
            Move.ASK_EXTENSION, today, reader.words("reason", "请写明延期的理由。"), person, due_on=due_on
        )
    else:
        draft = MoveDraft(
            Move.ANSWER,
            reader.date("answered_on", "请填写答复日期。"),
            reader.words("text", "请填写答复内容。"),
            person,
            phone,
            unit_id=unit_id,
            answer_class=reader.answer_class(classes),
            due_on=reader.date("promised_on", ""),
            way=WRITTEN_WAY,
        )
    return Reading(None if reader.problems else draft, tuple(reader.problems))


def column_of(field: str, move: Move) -> str:
    """Return the key of the column a field of a draft was filled in at; empty for none."""
    keys = _EXTENSION if move is Move.ASK_EXTENSION else (*_ANSWER, "person", "phone")
    return next((column.key for column in COLUMNS if column.field == field and column.key in keys), "")


def column_title(key: str) -> str:
    """Return the title of a column."""
    return _TITLES[key]


class _CellReader:
    """Reads the cells of one row and gathers what is wrong with them."""

    def __init__(self, sheet: FilledSheet, row: FilledRow) -> None:
        self._sheet = sheet
        self._row = row
        self.problems: list[CellProblem] = []

    def problem(self, key: str, reason: str) -> None:
        """Note why the row cannot be taken in."""
        self.problems.append(CellProblem(self._row.row, self._sheet.letters.get(key, ""), f"{_TITLES[key]}：{reason}"))

    def date(self, key: str, missing: str) -> str:
        """Return a day as ISO text; ``missing`` is told of a blank cell unless it is empty."""
        reading = read_date(self._row.cells.get(key))
        if reason := reading.reason or ("" if reading.value else missing):
            self.problem(key, reason)
        return reading.value

    def line(self, key: str) -> str:
        """Return a text of one line; a phone that Excel took for a number keeps its digits."""
        cell = self._row.cells.get(key)
        reading = read_line("" if is_nothing(cell) else cell, LINE_LIMIT)
        if reading.reason:
            self.problem(key, reading.reason)
        return half_width(reading.value) if key == "phone" else reading.value

    def words(self, key: str, missing: str) -> str:
        """Return a text of several lines."""
        cell = self._row.cells.get(key)
        reading = read_words("" if is_nothing(cell) else cell, WORDS_LIMIT)
        if reason := reading.reason or ("" if reading.value else missing):
            self.problem(key, reason)
        return reading.value

    def answer_class(self, classes: AnswerClasses) -> str:
        """Return the letter of a class, written as ``Ｂ``, ``b类`` or with its words behind it."""
        text = compact(self._row.cells.get("answer_class")).upper()
        if not text:
            self.problem("answer_class", f"请填写 {'、'.join(classes.keys)} 中的一个字母。")
            return ""
        letter = re.fullmatch(r"([A-Z])(?:类.*|[:.、(].*|[^A-Z0-9].*)?", text)
        if letter and letter[1] in classes.keys:
            return letter[1]
        meant = next((one.key for one in classes.classes if compact(one.words) == text), "")
        if not meant:
            self.problem(
                "answer_class",
                f"没有“{shown(self._row.cells.get('answer_class'))}”类，请填写 {'、'.join(classes.keys)} 中的一个字母。",
            )
        return meant
