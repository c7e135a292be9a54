"""A filled ledger written as a file: PDF or Excel, as its name says."""

from collections.abc import Callable
from pathlib import Path

from station_app.documents.columns import Sheet


def _silent(_part: float, _word: str) -> None:
    return


def _never() -> bool:
    return False


def write_sheet(
    sheet: Sheet,
    path: Path,
    progress: Callable[[float, str], None] = _silent,
    cancelled: Callable[[], bool] = _never,
) -> None:
    """Write a ledger to ``path``; the suffix, ``.pdf`` or ``.xlsx``, says as what.

    Args:
        progress: told the part done (0 … 1) and the ledger's title.
        cancelled: asked now and then; True stops.

    Raises:
        StationFault: the file cannot be written.
        Cancelled: the clerk asked to stop; no file is left.
    """

    def tell(done: int, of: int) -> None:
        progress(done / of if of else 1.0, sheet.title)

    if path.suffix == ".pdf":
        from station_app.documents.pdf_ledger import write_ledger_pdf

        write_ledger_pdf(path, sheet, tell, cancelled)
    else:
        from station_app.documents.excel_ledger import write_ledger

        write_ledger(path, sheet, tell, cancelled)
