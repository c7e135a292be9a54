"""Ledgers as Excel workbooks that print on office paper without adjustment (documents.md, Excel ledgers)."""

import errno
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from station_app.documents.cell_text import DEMO_MARK, head_groups, leading_blanks, printable, reporter
from station_app.documents.columns import Column, Sheet
from station_app.documents.excel_styles import LINE_HEIGHT, CellWords, ColumnCells, RowStream, Styles
from station_app.documents.paper import paper_units
from station_app.support.faults import Cancelled
from station_app.support.safe_file import write_file
from station_app.support.text_width import text_width, wrapped_lines

Progress = Callable[[int, int], None]
_BAD_IN_NAME = str.maketrans(dict.fromkeys("[]:*?/\\'", "-"))
_ROWS_PER_REPORT = 200
UID_TITLE = "记录标识"  # what the import looks for
UNIT = 10.5  # points of two units of column width: twice 7 pixels of 96 dpi


def write_ledger(
    path: Path,
    sheet: Sheet,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """Write one ledger with its annexes; see `write_workbook`."""
    write_workbook(path, [sheet, *sheet.annexes], progress, cancelled)


def write_workbook(
    path: Path,
    sheets: Sequence[Sheet],
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """Write ledgers as the sheets of one ``.xlsx`` file; their notes become one sheet 说明 at the end.

    Args:
        path: target file.
        sheets: at least one filled ledger.
        progress: told ``(rows done, rows in all)`` now and then.
        cancelled: asked now and then; True stops and leaves no file.

    Raises:
        InvalidInput: a text is longer than an Excel cell may be; the column is named.
        StationFault: the file cannot be written.
        Cancelled: ``cancelled`` said so.
    """
    write_file(path, lambda stream: write_sheets(stream, sheets, progress, cancelled))


def write_sheets(
    stream: BinaryIO,
    sheets: Sequence[Sheet],
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """Write ledgers into a stream, in memory or of a file; arguments as for `write_workbook`."""
    from lxml.etree import SerialisationError
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    in_all = sum(len(sheet.rows) for sheet in sheets)

    def tell(done: int) -> None:
        if cancelled is not None and cancelled():
            raise Cancelled
        if progress is not None:
            progress(done, in_all)

    workbook = Workbook(write_only=True)
    try:
        _fill_workbook(workbook, sheets, tell)
        # A full disk must find the archive closed: openpyxl leaves that to the garbage collector.
        with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
            ExcelWriter(workbook, archive).save()
    except SerialisationError as error:  # the folder of temporary files, where the rows wait, has no room
        raise OSError(errno.ENOSPC, str(error)) from error
    finally:
        _clean_up(workbook)


def _fill_workbook(workbook: Any, sheets: Sequence[Sheet], tell: Callable[[int], None]) -> None:
    normal = workbook._named_styles["Normal"].font  # its digit, 7 pixels wide, is the unit of column widths
    normal.name, normal.size = "宋体", 10
    workbook.properties.title = printable(sheets[0].title)
    workbook.properties.creator = printable(reporter(sheets[0]))
    workbook.properties.keywords = DEMO_MARK if any(sheet.demo for sheet in sheets) else None
    names: set[str] = set()
    done = 0
    for sheet in sheets:
        worksheet = workbook.create_sheet(_sheet_name(sheet.title, names))
        _LedgerSheet(worksheet, sheet).write(_counting_from(done, tell))
        done += len(sheet.rows)
    notes = tuple(dict.fromkeys(note for sheet in sheets for note in sheet.notes))
    if notes:
        _write_notes(workbook.create_sheet(_sheet_name("说明", names)), notes, demo=any(s.demo for s in sheets))


def _counting_from(before: int, tell: Callable[[int], None]) -> Callable[[int], None]:
    return lambda rows: tell(before + rows)


def _clean_up(workbook: Any) -> None:
    """Remove openpyxl's temporary sheet files, which hold personal data, if the job stopped before saving."""
    from lxml.etree import SerialisationError
    from openpyxl.worksheet._writer import ALL_TEMP_FILES

    for worksheet in workbook.worksheets:
        writer = worksheet._writer
        if writer is not None and writer.out in ALL_TEMP_FILES:
            if not worksheet.closed:
                with suppress(SerialisationError):  # a full disk refuses the tail too
                    worksheet.close()
            writer.cleanup()


def _sheet_name(title: str, taken: set[str]) -> str:
    """Return a sheet name Excel accepts: at most 31 characters, unique regardless of case."""
    stem = printable(title).translate(_BAD_IN_NAME).replace("\n", "").replace("\t", "").strip() or "台账"
    name, number = stem[:31], 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem[: 30 - len(str(number))]}{number}"
    taken.add(name.casefold())
    return name


class _LedgerSheet:
    """Writes one worksheet from top to bottom."""

    def __init__(self, worksheet: Any, sheet: Sheet) -> None:
        self._worksheet = worksheet
        self._sheet = sheet
        self._styles = Styles(worksheet)
        self._widths = _widths(sheet)
        self._row = 0
        self._head_rows = 2 if any(column.group for column in sheet.columns) else 1

    def write(self, tell: Callable[[int], None]) -> None:
        """Write everything; ``tell`` is called with the number of data rows done."""
        sheet, first_data = self._sheet, 3 + self._head_rows
        last_data = first_data + len(sheet.rows) - 1
        _set_page(self._worksheet, sheet, (3, first_data - 1))
        for letter, width in zip(_letters(), self._widths, strict=False):
            self._worksheet.column_dimensions[letter].width = round(width, 2)
        if sheet.uids:
            self._worksheet.column_dimensions[_letter(len(sheet.columns) + 1)].hidden = True
        self._worksheet.freeze_panes = f"A{first_data}"
        end = _letter(len(sheet.columns))
        self._worksheet.auto_filter.ref = f"A{first_data - 1}:{end}{max(last_data, first_data - 1)}"

        self._rows = RowStream(self._worksheet)  # from here on only rows can be written
        self._spread([sheet.title], "title", 32)
        self._spread(list(sheet.head), "text", 20)
        self._write_heads()
        self._write_rows(tell)
        if sheet.total:
            self._write_total()
        if sheet.foot:
            self._append([], 8)
            self._spread(list(sheet.foot), "text", 20)

    def _append(self, cells: Sequence[CellWords | None], height: float) -> None:
        self._row += 1
        self._rows.append(cells, height)

    def _spread(self, texts: list[str], font: str, height: float) -> None:
        """Write texts side by side over the whole width, each merged over its share of the columns."""
        count = len(self._widths)
        if len(texts) > count or len(texts) == 0:
            texts = ["    ".join(text for text in texts if text)]
        cells: list[CellWords | None] = [None] * count
        lines = 1
        for index, (text, (first, last)) in enumerate(zip(texts, _shares(texts, self._widths), strict=True)):
            side = "center" if len(texts) == 1 or 0 < index < len(texts) - 1 else "left" if index == 0 else "right"
            cells[first] = self._styles.plain(text, font, side)
            room = sum(self._widths[first : last + 1]) * (0.5 if font == "title" else 1) - 1
            lines = max(lines, wrapped_lines(text, room))
            if last > first:
                self._merge(first, self._row + 1, last, self._row + 1)
        self._append(cells, height + (lines - 1) * (24 if font == "title" else LINE_HEIGHT))

    def _merge(self, first: int, top: int, last: int, bottom: int) -> None:
        from openpyxl.worksheet.cell_range import CellRange

        self._worksheet.merged_cells.add(CellRange(min_col=first + 1, min_row=top, max_col=last + 1, max_row=bottom))

    def _write_heads(self) -> None:
        columns = self._sheet.columns
        lines = max(wrapped_lines(c.title, w - 1) for c, w in zip(columns, self._widths, strict=True))
        if self._head_rows == 1:
            titles = [column.title for column in columns] + ([UID_TITLE] if self._sheet.uids else [])
            self._append([self._styles.framed(title) for title in titles], 6 + lines * LINE_HEIGHT)
            return
        upper: list[CellWords] = []
        for group, first, last in head_groups(columns):
            upper += [
                self._styles.framed(group or columns[first].title if n == first else "") for n in range(first, last + 1)
            ]
            if not group:
                self._merge(first, self._row + 1, first, self._row + 2)
            elif last > first:
                self._merge(first, self._row + 1, last, self._row + 1)
        self._append(upper, 6 + LINE_HEIGHT)
        # A lone column's title stands in the merged upper cell; below it only the frame remains.
        self._append([self._styles.framed(c.title if c.group else "") for c in columns], 6 + lines * LINE_HEIGHT)

    def _write_rows(self, tell: Callable[[int], None]) -> None:
        sheet = self._sheet
        full = bool(sheet.notes)
        fillers = [
            ColumnCells(self._styles, column, width, full=full)
            for column, width in zip(sheet.columns, self._widths, strict=True)
        ]
        values = [column.value for column in sheet.columns]
        for done, row in enumerate(sheet.rows):
            if done % _ROWS_PER_REPORT == 0:
                tell(done)
            cells = [filler.fill(value(row)) for filler, value in zip(fillers, values, strict=True)]
            if sheet.uids:
                cells.append(self._styles.plain(sheet.uids[done], "text", "left"))
            self._append(cells, 6 + LINE_HEIGHT * max([filler.lines for filler in fillers]))
        tell(len(sheet.rows))

    def _write_total(self) -> None:
        columns, total = self._sheet.columns, self._sheet.total
        label_end = leading_blanks(columns, total) - 1
        cells, lines = [], 1
        for index, (column, width) in enumerate(zip(columns, self._widths, strict=True)):
            if index == 0 and column.key not in total:
                cells.append(self._styles.framed(str(total.get("", "合计")), "total"))
                continue
            filler = ColumnCells(self._styles, column, width, full=True, total=True)
            cells.append(filler.fill(total.get(column.key)))
            lines = max(lines, filler.lines)
        if label_end > 0:
            self._merge(0, self._row + 1, label_end, self._row + 1)
        self._append(cells, 6 + LINE_HEIGHT * lines)


def _widths(sheet: Sheet) -> list[float]:
    """Return Excel widths: the columns' own, widened to fill the page where there is room."""
    own = [max(4.0, column.width) for column in sheet.columns]
    room = paper_units(sheet.paper, landscape=sheet.landscape, size=UNIT)
    factor = min(1.6, max(1.0, room / sum(own)))
    return [min(255.0, width * factor) for width in own]


def _shares(texts: Sequence[str], widths: Sequence[float]) -> list[tuple[int, int]]:
    """Return for each text the first and last column it is merged over: room by its length, at least one column."""
    count, wanted = len(widths), [text_width(text) + 4 for text in texts]
    scale = sum(widths) / sum(wanted)
    shares, first, reached, goal = [], 0, 0.0, 0.0
    for index, want in enumerate(wanted):
        goal += want * scale
        last = first
        reached += widths[first]
        still_needed = len(texts) - 1 - index
        while last + 1 < count - still_needed and reached + widths[last + 1] / 2 <= goal:
            last += 1
            reached += widths[last]
        if index == len(texts) - 1:
            last = count - 1
        shares.append((first, last))
        first = last + 1
    return shares


def _set_page(worksheet: Any, sheet: Sheet, heads: tuple[int, int]) -> None:
    """Set what the printer needs; everything here is written before the first row."""
    setup = worksheet.page_setup
    setup.orientation = "landscape" if sheet.landscape else "portrait"
    setup.paperSize = 8 if sheet.paper == "A3" else 9  # A4
    setup.fitToWidth, setup.fitToHeight = 1, 0
    worksheet.sheet_properties.pageSetUpPr.fitToPage = True
    worksheet.print_options.horizontalCentered = True
    margins = worksheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom, margins.header, margins.footer = 0.6, 0.6, 0.3, 0.3
    worksheet.print_title_rows = f"{heads[0]}:{heads[1]}"
    worksheet.oddFooter.center.text = "第 &P 页 共 &N 页"
    if sheet.demo:
        worksheet.oddHeader.center.text = DEMO_MARK
        worksheet.oddHeader.center.size = 12


def _write_notes(worksheet: Any, notes: Sequence[tuple[str, str]], *, demo: bool) -> None:
    """Write the sheet 说明: what the columns mean, the filter used, when and by which program version."""
    columns: tuple[Column[tuple[str, str]], ...] = (
        Column("name", "项目", lambda note: note[0], width=24),
        Column("text", "说明", lambda note: note[1], width=70),
    )
    sheet = Sheet("说明", ("", "", ""), columns, tuple(notes), {}, (), notes=tuple(notes), demo=demo, landscape=False)
    _LedgerSheet(worksheet, sheet).write(lambda _: None)


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(number))


def _letters() -> Iterator[str]:
    number = 1
    while True:
        yield _letter(number)
        number += 1
