"""Ledgers as Excel and PDF, against XlsxWriter and LibreOffice."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import xlsxwriter

from station_app.documents.columns import Kind, Sheet
from station_app.documents.excel_ledger import write_ledger
from station_app.documents.pdf_ledger import write_ledger_pdf
from station_app.services.books import Book, Selection
from tests.benchmarks.measure import Measure, best_of
from tests.benchmarks.stations import opened


def measures() -> Iterator[Measure]:
    """Yield what ledgers need."""
    desks = opened(20_000, years=10)
    sheet = desks.reports.books.sheet(Selection(Book.OPINIONS, title="全部"))
    desks.close()
    with TemporaryDirectory() as name:
        folder = Path(name)
        yield from _excel(sheet, folder)
        yield from _pdf(sheet, folder)


def _excel(sheet: Sheet, folder: Path) -> Iterator[Measure]:
    process = psutil.Process()
    idle = process.memory_info().rss
    peak = 0

    def watch(_done: int, _of: int) -> None:
        nonlocal peak
        peak = max(peak, process.memory_info().rss)

    write_ledger(folder / "warm.xlsx", sheet, watch)
    ours = best_of(2, lambda: write_ledger(folder / "ours.xlsx", sheet))
    peer = best_of(2, lambda: _xlsxwriter(sheet, folder / "peer.xlsx"))
    rows = len(sheet.rows)
    yield Measure(f"an opinion ledger of {rows:,} rows as .xlsx", ours, 2, peer, "XlsxWriter constant memory")
    yield Measure("its memory over idle (MB as ms)", max(0, peak - idle) / 1e9, 0.150)


def _xlsxwriter(sheet: Sheet, path: Path) -> None:
    workbook = xlsxwriter.Workbook(str(path), {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
    worksheet = workbook.add_worksheet()
    formats = {
        kind: workbook.add_format(
            {"border": 1, "text_wrap": True, "valign": "vcenter", "num_format": "@" if kind is Kind.CODE else "General"}
        )
        for kind in Kind
    }
    worksheet.freeze_panes(3, 0)
    worksheet.repeat_rows(2)
    for index, column in enumerate(sheet.columns):
        worksheet.set_column(index, index, column.width)
    for number, row in enumerate(sheet.rows, 3):
        worksheet.set_row(number, 29)
        for index, column in enumerate(sheet.columns):
            value = column.value(row)
            if isinstance(value, str):
                worksheet.write_string(number, index, value, formats[column.kind])
            elif value is not None:
                worksheet.write(number, index, value, formats[column.kind])
    workbook.close()


def _pdf(sheet: Sheet, folder: Path) -> Iterator[Measure]:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    short = Sheet(**{**vars(sheet), "rows": sheet.rows[:2_000]})
    ours = best_of(2, lambda: write_ledger_pdf(folder / "ours.pdf", short))
    if office is None:
        return
    write_ledger(folder / "short.xlsx", short)
    convert = [office, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / "short.xlsx")]
    subprocess.run(convert, check=True, capture_output=True)
    start = time.perf_counter()
    subprocess.run(convert, check=True, capture_output=True)
    yield Measure("a ledger of 2,000 rows as PDF", ours, 1, time.perf_counter() - start, "LibreOffice on our .xlsx")
