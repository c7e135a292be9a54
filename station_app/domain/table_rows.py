"""The rows of a table: which are entries, and why the others are none."""

import re
from collections.abc import Iterator, Sequence

from station_app.domain.cell_text import cell_text, half_width
from station_app.domain.raw_sheet import Cell, RawSheet
from station_app.domain.sheet_mapping import DataRow, SheetMapping, SkippedRow

_TOTAL = re.compile(r"(?:本页|全年|全镇|本月)?\s*(?:合|总|小|累|共)\s*计")
_NOTE = re.compile(
    r"其中|(?:注|备注|说明|附|附注|联系人|制表)\s*:|填表|制表|审核|负责人|经办人|填报|(?:站长|组长|主席|领导)?签[字名]"
    r"|单位\s*\(盖章\)|第.{1,4}页"
)
TEMPLATE_HINTS, TEMPLATE_EXAMPLE = "说明", "示例"
"""What stands in the first column of the two rows of our templates that are no entries."""
_MOST_MERGED = 20_000  # more, or longer ones, are in no office's sheet
_LONGEST_MERGED = 500
_SEPARATES = "分隔行"
_SEPARATOR = re.compile(r"[—\-=*~_【\[(<].*|.*:|[一二三四五六七八九十]+、.*")


def table_rows(
    sheet: RawSheet, mapping: SheetMapping, entry: Sequence[str]
) -> tuple[tuple[DataRow, ...], tuple[SkippedRow, ...]]:
    """Return the rows with data below the header, and the rows that are none with the reason.

    A row counts as data when an ``entry`` cell or two other recognised cells are filled; blank rows are passed over.
    What a cell merged over several rows says holds for each of them.

    Args:
        entry: keys of which at least one makes a row an entry, e.g. the name.
    """
    data: list[DataRow] = []
    skipped: dict[int, SkippedRow] = {}
    for part in (mapping, *mapping.further):
        for found in _part_rows(sheet, part, entry):
            if isinstance(found, DataRow):
                data.append(found)
            else:
                skipped[found.number] = found
    data.sort(key=lambda row: row.number)  # stable: of two side by side the left one comes first
    return tuple(data), tuple(skipped[number] for number in sorted(skipped))


def _part_rows(sheet: RawSheet, part: SheetMapping, entry: Sequence[str]) -> Iterator[DataRow | SkippedRow]:
    known = {column.index: column.key for column in part.columns if column.key}
    first = part.header_rows[-1]
    heads = {_head_texts(sheet.rows[row - 1]) for row in part.header_rows if row <= len(sheet.rows)}
    above = _merged_downwards(sheet)
    for number, row in enumerate(sheet.rows[first : part.last_row or None], first + 1):
        own = row[part.left : part.right + 1]
        texts = [text for cell in own if (text := cell_text(cell))]
        if not texts:
            continue
        cells = {key: sheet.cell(number - 1, index) for index, key in known.items()}
        reason = "重复的表头" if _head_texts(row) in heads else _no_entry(sheet, number - 1, texts, cells, entry)
        if reason == _SEPARATES and _goes_on(part, cells, entry, [(number - 1, index) in above for index in known]):
            reason = ""
        if reason:
            yield SkippedRow(number, reason)
            continue
        for index, key in known.items():
            if (top := above.get((number - 1, index))) is not None and top >= first:
                cells[key] = sheet.cell(top, index)
        yield DataRow(number, cells, part)


def _merged_downwards(sheet: RawSheet) -> dict[tuple[int, int], int]:
    """Return, for each cell covered by one that spans several rows of its column, the 0-based row that one is in."""
    return {
        (row, area.left): area.top
        for area in sheet.merged[:_MOST_MERGED]
        if area.left == area.right
        for row in range(area.top + 1, min(area.bottom, area.top + _LONGEST_MERGED) + 1)
    }


def _no_entry(sheet: RawSheet, row: int, texts: Sequence[str], cells: dict[str, Cell], entry: Sequence[str]) -> str:
    """Return why the 0-based ``row`` is no entry, or nothing."""
    first = half_width(texts[0])
    if first in (TEMPLATE_HINTS, TEMPLATE_EXAMPLE) and len(texts) > 2:
        return "模板的说明和示例"
    signature = len(texts) <= 3 or 2 * sum(":" in half_width(text) for text in texts) >= len(texts)
    if _TOTAL.match(first) or (_NOTE.match(first) and signature):
        return "合计、说明或落款"
    wide = any(area.top == row and area.right - area.left >= 2 for area in sheet.merged)
    if len(texts) == 1 and (wide or _SEPARATOR.fullmatch(first)):
        return _SEPARATES
    filled = [key for key, cell in cells.items() if cell_text(cell) and key not in {"index", "number"}]
    if len(filled) >= 2 or set(filled) & set(entry):
        return ""
    return "只有序号或一段文字，不是一条记录"


def _goes_on(part: SheetMapping, cells: dict[str, Cell], entry: Sequence[str], merged: Sequence[bool]) -> bool:
    """Tell whether a lone text that looks like a separator is what an entry says: 三、装路灯 below 二、修渠.

    It stands in a column of entries that is none of the first two, or beside cells merged over several rows.
    """
    filled = [key for key, cell in cells.items() if cell_text(cell)]
    column = part.column(filled[0]) if filled and filled[0] in entry else None
    return column is not None and (any(merged) or column.index > part.left + 1)


def _head_texts(row: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(re.sub(r"\s+", "", half_width(text)) for cell in row if (text := cell_text(cell)))
