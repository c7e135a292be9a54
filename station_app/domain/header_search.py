"""Finding a sheet's table: the header among titles and remarks, what its columns mean, further parts of it."""

import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from station_app.domain.cell_dates import day_in_title
from station_app.domain.cell_text import cell_text, half_width
from station_app.domain.column_guess import guessed_key
from station_app.domain.problems import invalid
from station_app.domain.raw_sheet import Cell, MergedRange, RawSheet
from station_app.domain.row_verdicts import short_digest
from station_app.domain.sheet_mapping import LAST_COLUMN, Field, MappedColumn, SheetMapping

HEADER_SEARCH = 40  # rows; titles, remarks and signatures above a header never took more than a dozen
_TAIL = " \u3000\n\t*＊:："  # what may follow the last character of a title
_SAMPLE = 30  # rows below a header that tell whether a column without a title is used


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
        titles = {known.key: known.title for known in fields}
        wanted = "、".join(titles[key] for key in required)
        raise invalid("sheet", f"表中没有找到表头：至少要有“{wanted}”和另外两列认得出的标题，请核对是不是选错了文件。")
    sheet, mapping = max(found, key=lambda pair: len(pair[1].keys))
    others = tuple(other.name for other, _ in found if other is not sheet)
    return sheet, dataclasses.replace(mapping, other_sheets=others)


def map_sheet(sheet: RawSheet, fields: Sequence[Field], required: Sequence[str]) -> SheetMapping | None:
    """Find the header of one worksheet; None when no row has the required titles and two more."""
    for top in range(min(HEADER_SEARCH, len(sheet.rows))):
        if is_header(_header(sheet, top, fields, required), required):
            return map_header(sheet, top + 1, fields, required)
    return None


def is_header(mapping: SheetMapping, required: Sequence[str]) -> bool:
    """Tell whether enough columns are known for a header: the required ones and two more."""
    known = sum(bool(column.key) for column in mapping.columns)  # of days across each counts
    return set(required) <= mapping.keys and known >= len(required) + 2


def likely_header(sheet: RawSheet, fields: Sequence[Field], required: Sequence[str]) -> int:
    """Return the 1-based row that looks most like a header, for a sheet in which none was found."""

    def merit(top: int) -> tuple[int, int]:
        filled = [cell for cell in sheet.rows[top] if cell_text(cell)]
        titles = sum(_is_title(cell) for cell in filled)
        known = len(_header(sheet, top, fields, required).keys)
        return 2 * titles - len(filled) + (known if known > 1 else 0), -top  # one alone may be chance: 镇, 备注

    return max(range(min(HEADER_SEARCH, len(sheet.rows))), key=merit, default=0) + 1


def map_header(sheet: RawSheet, row: int, fields: Sequence[Field], required: Sequence[str]) -> SheetMapping:
    """Return what the columns mean when the header begins at 1-based ``row``, whether or not it is one.

    Columns that nobody named are guessed where their title resembles a field's; they are marked as such.
    """
    found = _header(sheet, row - 1, fields, required)
    beside = _beside(found, required)
    first = beside[0]
    below = tuple(_below(sheet, first.header_rows[-1], fields, required))
    ends = [part.header_rows[0] - 1 - len(part.heading) for part in below]
    taken = set(first.keys)
    columns: list[MappedColumn] = []
    for column in _with_untitled(sheet, first):
        key = column.key
        if not key and "uid" not in first.keys:  # our own exports hold nothing that is to be guessed
            key = guessed_key(_title(column.title), _sample(sheet, first, column.index), fields, taken)
        taken.add(key)
        columns.append(dataclasses.replace(column, key=key, guessed=key != column.key))
    parts = (dataclasses.replace(first, columns=tuple(columns)), *beside[1:])
    parts = tuple(dataclasses.replace(part, last_row=ends[0] if ends else 0) for part in parts)
    later = (
        dataclasses.replace(part, heading=part.heading or first.heading, last_row=end)
        for part, end in zip(below, [*ends, 0][1:], strict=True)
    )
    return dataclasses.replace(parts[0], further=(*parts[1:], *later))


def titles_digest(mapping: SheetMapping) -> str:
    """Return the digest of a header by which its mapping is remembered: every title with its column."""
    return short_digest(
        "\x1f".join(f"{column.letter}={_title(column.title)}" for column in mapping.columns if column.title)
    )


def _header(sheet: RawSheet, top: int, fields: Sequence[Field], required: Sequence[str]) -> SheetMapping:
    """Map the header at 0-based ``top``, of one row or two."""
    mapping = _map_rows(sheet, top, 1, fields)
    if _goes_on_below(sheet, top, mapping, required):
        mapping = _map_rows(sheet, top, 2, fields)
    return mapping


def _goes_on_below(sheet: RawSheet, top: int, upper: SheetMapping, required: Sequence[str]) -> bool:
    """Tell whether the row below ``top`` belongs to the header: words only, and nothing under 姓名 that is new."""
    if not upper.keys or top + 1 >= len(sheet.rows):
        return False
    below = [cell for cell in sheet.rows[top + 1] if cell_text(cell)]
    if len(below) < 2 or not all(_is_title(cell) for cell in below):  # one alone is a separator: 一、县代表
        return False
    under_required = [column.index for column in upper.columns if column.key in required]
    return not any(cell_text(sheet.cell(top + 1, index)) for index in under_required)


def _is_title(cell: Cell) -> bool:
    return isinstance(cell, str) and 0 < len(cell) <= 16 and not re.search(r"[0-9]", half_width(cell))


def _map_rows(sheet: RawSheet, top: int, depth: int, fields: Sequence[Field]) -> SheetMapping:
    width = max((len(row) for row in sheet.rows[top : top + depth]), default=0)
    taken: set[str] = set()
    columns: list[MappedColumn] = []
    dated = next((known.key for known in fields if known.dated), "")
    merged = [area for area in sheet.merged if area.top < top + depth and area.bottom >= top]
    upper_width = len(sheet.rows[top]) if top < len(sheet.rows) else 0
    for index in range(width):
        parts = [_title(_head_cell(sheet, merged, top + step, index, upper_width)) for step in range(depth)]
        parts = list(dict.fromkeys(part for part in parts if part))
        if dated and (day := _day_above(sheet, top + depth - 1, index, parts)):
            columns.append(MappedColumn(index, day, dated))
            continue
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


def _day_above(sheet: RawSheet, row: int, column: int, parts: Sequence[str]) -> str:
    """Return the title of a column if it is a day, of one row of the header or of both (3月 above 5日)."""
    cell = sheet.cell(row, column)
    if isinstance(cell, date) and day_in_title(cell):
        return cell_text(cell)[:10]
    texts = ("".join(parts), *parts[-1:], cell_text(cell))
    return next((text for text in texts if day_in_title(text)), "")


def _head_cell(sheet: RawSheet, merged: Sequence[MergedRange], row: int, column: int, width: int) -> Cell:
    """Return the header cell, for a merged one the text of its first cell."""
    for area in merged:
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


def _beside(mapping: SheetMapping, required: Sequence[str]) -> tuple[SheetMapping, ...]:
    """Return the tables side by side whose titles repeat, or the one table.

    Up to two columns before them hold for all of them: 选区, 姓名, 性别, 姓名, 性别.
    """
    titles = [column.title for column in mapping.columns]
    for shared in range(min(3, len(titles))):
        rest = titles[shared:]
        for width in range(2, len(rest) // 2 + 1):
            times, over = divmod(len(rest), width)
            first = mapping.columns[shared : shared + width]
            whole = over == 0 and rest == rest[:width] * times
            if whole and set(required) <= {column.key for column in first}:
                return tuple(_side_part(mapping, shared, first, shared + at * width) for at in range(times))
    return (mapping,)


def _side_part(mapping: SheetMapping, shared: int, first: Sequence[MappedColumn], at: int) -> SheetMapping:
    """Return the part whose first own column is the ``at``-th of the header."""
    own = mapping.columns[at : at + len(first)]
    following = mapping.columns[at + len(first) :]
    return dataclasses.replace(
        mapping,
        columns=(
            *mapping.columns[:shared],
            *(dataclasses.replace(c, key=same.key) for c, same in zip(own, first, strict=True)),
        ),
        left=own[0].index,
        right=following[0].index - 1 if following else LAST_COLUMN,
    )


def _below(sheet: RawSheet, after: int, fields: Sequence[Field], required: Sequence[str]) -> Iterator[SheetMapping]:
    """Yield the tables below 1-based row ``after`` that have a header of their own, with other titles."""
    wanted = {spelling for known in fields if known.key in required for spelling in known.synonyms}
    ends = {spelling[-1] for spelling in wanted}  # a look at the last character spares most cells the rest
    seen = {tuple(column.title for column in _map_rows(sheet, after - 1, 1, ()).columns)}
    for top in range(after, len(sheet.rows)):
        row = sheet.rows[top]
        texts = [c for c in row if isinstance(c, str) and len(c) <= 16 and c.rstrip(_TAIL)[-1:] in ends]
        if not any(_title(text) in wanted for text in texts):
            continue
        part = _header(sheet, top, fields, required)
        titles = tuple(column.title for column in part.columns)
        if is_header(part, required) and titles not in seen:
            seen.add(titles)
            first = top
            while first > after and _is_heading(sheet, first - 1):
                first -= 1
            yield dataclasses.replace(part, heading=tuple(map(_joined, sheet.rows[first:top])))


def _is_heading(sheet: RawSheet, row: int) -> bool:
    return sum(bool(cell_text(cell)) for cell in sheet.rows[row]) == 1


def _with_untitled(sheet: RawSheet, mapping: SheetMapping) -> list[MappedColumn]:
    """Return the columns together with those that have no title and are filled."""
    below = sheet.rows[mapping.header_rows[-1] : mapping.header_rows[-1] + _SAMPLE]
    titled = {column.index for column in mapping.columns}
    width = min(max((len(row) for row in below), default=0), mapping.right + 1)
    untitled = [
        MappedColumn(index, "")
        for index in range(mapping.left, width)
        if index not in titled and any(index < len(row) and cell_text(row[index]) for row in below)
    ]
    return sorted((*mapping.columns, *untitled), key=lambda column: column.index)


def _sample(sheet: RawSheet, mapping: SheetMapping, column: int) -> list[Cell]:
    below = sheet.rows[mapping.header_rows[-1] : mapping.header_rows[-1] + _SAMPLE]
    return [row[column] for row in below if column < len(row) and cell_text(row[column])]


def remembered_mapping(
    sheet: RawSheet, fields: Sequence[Field], required: Sequence[str], remembered: Mapping[str, Mapping[str, str]]
) -> SheetMapping | None:
    """Return the mapping the clerk once corrected for a header this worksheet has, or None.

    Args:
        remembered: field keys by column letter, by `titles_digest`.
    """
    for top in range(min(HEADER_SEARCH, len(sheet.rows)) if remembered else 0):
        header = _beside(_header(sheet, top, fields, required), required)[0]
        known = remembered.get(titles_digest(header))
        if known is not None:
            mapping = map_header(sheet, top + 1, fields, required)
            return mapping.with_keys({column.index: known.get(column.letter, "") for column in mapping.columns})
    return None
