"""Writing what the table of opinions shows to an Excel file."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from station_app.services.books import Book, Selection
from station_app.services.done import Done
from station_app.station import Desks
from station_app.ui.jobs import Progress
from station_app.ui.ledger_table import LedgerTable
from station_app.ui.messages import EXCEL_FILES
from station_app.ui.page import Shell


def export_opinions(
    shell: Shell, desks: Desks, table: LedgerTable, today: date, publish: Callable[[Done[Any]], None]
) -> None:
    """Ask where to, and write the rows and columns shown in the background; nothing when there are no rows."""
    ids = tuple(row.case.id for row in table.rows())
    if not ids:
        return
    suggested = Path(f"意见建议办理台账_{today.isoformat()}.xlsx")
    path = shell.messages.save_as("导出意见建议", suggested, EXCEL_FILES)
    if path is None:
        return
    selection = Selection(Book.OPINIONS, title=f"所选 {len(ids)} 件", keys=("index", *table.shown_keys()), case_ids=ids)

    def work(progress: Progress, cancelled: Callable[[], bool]) -> Path:
        with desks.reading() as copy:
            copy.reports.write_ledger(selection, path, progress, cancelled)
        return path

    shell.jobs.run(
        "导出意见建议", work, lambda written: publish(Done(written, f"已导出 {written.name}", frozenset(), 0))
    )
