"""Where a sheet's table is, and which column says what."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from station_app.domain.cell_text import cell_text, half_width
from station_app.domain.problems import invalid
from station_app.domain.raw_sheet import Cell, RawSheet, column_letter

_HEADER_SEARCH = 40  # rows; titles, remarks and signatures above a header never took more than a dozen
_TOTAL = re.compile(r"(?:本页|全年|全镇|本月)?\s*(?:合|总|小|累|共)\s*计")
_NOTE = re.compile(
    r"其中|(?:注|备注|说明|附|附注|联系人|制表)\s*:|填表|制表|审核|负责人|填报|单位\s*\(盖章\)|第.{1,4}页"
)
_SEPARATOR = re.compile(r"[—\-=*~_【\[(<].*|.*:|[一二三四五六七八九十]+、.*")


@dataclass(frozen=True)
class Field:
    """What a column may mean.

    Args:
        key: stable English key.
        title: how previews name it.
        synonyms: titles as offices write them, without blanks and line breaks, half-width.
        second: key for a further column with the same meaning (a second phone), or empty.
        labels: Chinese words of the codes its canonical values are made of; empty where the values are words.
    """

    key: str
    title: str
    synonyms: tuple[str, ...]
    second: str = ""
    labels: Mapping[str, str] = field(default_factory=dict, hash=False)

    def told(self, value: str) -> str:
        """Return a canonical value as the clerk reads it: ``county,township`` → 县、镇."""
        return "、".join(self.labels.get(part, part) for part in value.split(",")) if self.labels else value


@dataclass(frozen=True)
class MappedColumn:
    """One column of the sheet: 0-based ``index``, its ``title`` as written and the field's ``key``, or empty."""

    index: int
    title: str
    key: str = ""

    @property
    def letter(self) -> str:
        """The letters above the column."""
        return column_letter(self.index)


@dataclass(frozen=True)
class SheetMapping:
    """What was recognised.

    Args:
        sheet: name of the worksheet.
        header_rows: 1-based numbers of the header's rows.
        columns: all columns that have a title, recognised or not, from left to right.
        heading: texts above the header (title, 填报单位 …), one a row.
        other_sheets: further worksheets that hold such a table too and are not read.
    """

    sheet: str
    header_rows: tuple[int, ...]
    columns: tuple[MappedColumn, ...]
    heading: tuple[str, ...] = ()
    other_sheets: tuple[str, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        """Keys of the fields the sheet has."""
        return frozenset(column.key for column in self.columns if column.key)

    @property
    def unrecognised(self) -> tuple[MappedColumn, ...]:
        """Columns nobody knows the meaning of; they are not imported."""
        return tuple(column for column in self.columns if not column.key)

    def column(self, key: str) -> MappedColumn | None:
        """Return the column of a field, or None when the sheet does not have it."""
        return next((column for column in self.columns if column.key == key), None)


@dataclass(frozen=True)
class DataRow:
    """A row with data: its 1-based ``number`` as in Excel and its cells by field key."""

    number: int
    cells: dict[str, Cell]


@dataclass(frozen=True)
class SkippedRow:
    """A row below the header that is no entry: a total, a note, a separator, a repeated header."""

    number: int
    reason: str


def find_table(
    sheets: Sequence[RawSheet], fields: Sequence[Field], required: Sequence[str]
) -> tuple[RawSheet, SheetMapping]:
    """Find the worksheet and header that fit ``fields`` best.

    Args:
        required: keys without which it is no such table.

    Raises:
        InvalidInput: no worksheet has a header with the required columns (field ``sheet``).
    """
    found = [(sheet, mapping) for sheet in sheets if (mapping := map_sheet(sheet, fields, required))]
    if not found:
        titles = {field.key: field.title for field in fields}
        wanted = "、".join(titles[key] for key in required)
        raise invalid("sheet", f"表中没有找到表头：至少要有“{wanted}”和另外两列认得出的标题，请核对是不是选错了文件。")
    sheet, mapping = max(found, key=lambda pair: len(pair[1].keys))
    others = tuple(other.name for other, _ in found if other is not sheet)
    return sheet, SheetMapping(mapping.sheet, mapping.header_rows, mapping.columns, mapping.heading, others)


def map_sheet(sheet: RawSheet, fields: Sequence[Field], required: Sequence[str]) -> SheetMapping | None:
    """Find the header of one worksheet; None when no row has the required titles and two more."""
    best: SheetMapping | None = None
    for top in range(min(_HEADER_SEARCH, len(sheet.rows))):
        mapping = _map_header(sheet, top, 1, fields)
        if _goes_on_below(sheet, top, mapping, required):
            mapping = _map_header(sheet, top, 2, fields)
        enough = set(required) <= mapping.keys and len(mapping.keys) >= len(required) + 2
        # The first of equal headers is the one: further ones repeat it at page breaks.
        if enough and (best is None or len(mapping.keys) > len(best.keys)):
            best = mapping
    return best


def _goes_on_below(sheet: RawSheet, top: int, upper: SheetMapping, required: Sequence[str]) -> bool:
    """Tell whether the row below ``top`` belongs to the header: words only, and nothing under 姓名 that is new."""
    if not upper.keys or top + 1 >= len(sheet.rows):
        return False
    below = [cell for cell in sheet.rows[top + 1] if cell_text(cell)]
    if not below or not all(_is_title(cell) for cell in below):
        return False
    under_required = [column.index for column in upper.columns if column.key in required]
    return not any(cell_text(sheet.cell(top + 1, index)) for index in under_required)


def _is_title(cell: Cell) -> bool:
    return isinstance(cell, str) and len(cell) <= 16 and not re.search(r"[0-9]", half_width(cell))


def _map_header(sheet: RawSheet, top: int, depth: int, fields: Sequence[Field]) -> SheetMapping:
    width = max((len(row) for row in sheet.rows[top : top + depth]), default=0)
    taken: set[str] = set()
    columns: list[MappedColumn] = []
    upper_width = len(sheet.rows[top])
    for index in range(width):
        parts = [_title(_head_cell(sheet, top + step, index, upper_width)) for step in range(depth)]
        parts = list(dict.fromkeys(part for part in parts if part))
        if not parts:
            continue
        key = _key_of(parts, fields, taken)
        taken.add(key)
        columns.append(MappedColumn(index, " ".join(parts), key))
    return SheetMapping(
        sheet.name,
        tuple(range(top + 1, top + depth + 1)),
        tuple(columns),
        tuple(text for row in sheet.rows[:top] if (text := _joined(row))),
    )


def _head_cell(sheet: RawSheet, row: int, column: int, width: int) -> Cell:
    """Return the header cell, for a merged one the text of its first cell."""
    for area in sheet.merged:
        inside = area.top <= row <= area.bottom and area.left <= column <= area.right
        if inside and area.right - area.left + 1 < width:
            return sheet.cell(area.top, area.left)
    return sheet.cell(row, column)


def _key_of(parts: Sequence[str], fields: Sequence[Field], taken: Iterable[str]) -> str:
    """Return the free key whose synonyms fit: the lowest title alone, both together, then the upper one."""
    taken = set(taken)
    for text in dict.fromkeys((parts[-1], "".join(parts), parts[0])):
        for spelling in _spellings(text):
            for known in fields:
                if spelling in known.synonyms:
                    if known.key not in taken:
                        return known.key
                    if known.second and known.second not in taken:
                        return known.second
    return ""


def _spellings(title: str) -> tuple[str, ...]:
    """Return a title with and without what stands in brackets: 代表阶层(层次), 代表阶层层次, 代表阶层."""
    bare = re.sub(r"[()]", "", title)
    return tuple(dict.fromkeys((title, bare, re.sub(r"\([^)]*\)", "", title)))) if title else ()


def _title(cell: Cell) -> str:
    if not isinstance(cell, str) or len(cell) > 40:
        return ""
    return re.sub(r"[\s*]+|[::]$", "", half_width(cell_text(cell))).lower()


def _joined(row: Sequence[Cell]) -> str:
    return " ".join(text for cell in row if (text := cell_text(cell)))


def table_rows(
    sheet: RawSheet, mapping: SheetMapping, required: Sequence[str]
) -> tuple[tuple[DataRow, ...], tuple[SkippedRow, ...]]:
    """Return the rows with data below the header, and the rows that are none with the reason.

    A row counts as data when a required cell or two other recognised cells are filled; blank rows are passed over.

    Args:
        required: keys of which at least one makes a row an entry, e.g. the name.
    """
    known = {column.index: column.key for column in mapping.columns if column.key}
    first = mapping.header_rows[-1]
    heads = {_head_texts(sheet.rows[row - 1]) for row in mapping.header_rows}
    data: list[DataRow] = []
    skipped: list[SkippedRow] = []
    for number, row in enumerate(sheet.rows[first:], first + 1):
        texts = [text for cell in row if (text := cell_text(cell))]
        if not texts:
            continue
        cells = {key: sheet.cell(number - 1, index) for index, key in known.items()}
        reason = "重复的表头" if _head_texts(row) in heads else _no_entry(sheet, number - 1, texts, cells, required)
        if reason:
            skipped.append(SkippedRow(number, reason))
        else:
            data.append(DataRow(number, cells))
    return tuple(data), tuple(skipped)


def _no_entry(sheet: RawSheet, row: int, texts: Sequence[str], cells: dict[str, Cell], required: Sequence[str]) -> str:
    """Return why the 0-based ``row`` is no entry, or nothing."""
    first = half_width(texts[0])
    signature = len(texts) <= 3 or all(":" in half_width(text) for text in texts)
    if _TOTAL.match(first) or (_NOTE.match(first) and signature):
        return "合计、说明或落款"
    wide = any(area.top == row and area.right - area.left >= 2 for area in sheet.merged)
    if len(texts) == 1 and (wide or _SEPARATOR.fullmatch(first)):
        return "分隔行"
    filled = [key for key, cell in cells.items() if cell_text(cell) and key not in {"index", "number"}]
    if len(filled) >= 2 or set(filled) & set(required):
        return ""
    return "只有序号或一段文字，不是一条记录"


def _head_texts(row: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(text for cell in row if (text := _title(cell)))
