"""The table of the page of opinions."""

from dataclasses import replace

from PySide6.QtCore import QSettings

from station_app.ui.ledger_table import LedgerTable
from station_app.ui.opinion_rows import MARKS, SCREEN_LEDGER, SORT_KEYS


def opinion_table(settings: QSettings, village_word: str) -> LedgerTable:
    """Return the table with what is due first at the top.

    Args:
        settings: where its columns are remembered.
        village_word: what the station calls its villages.
    """
    columns = (replace(one, title=village_word) if one.key == "village" else one for one in SCREEN_LEDGER.columns)
    table = LedgerTable(
        replace(SCREEN_LEDGER, columns=tuple(columns)),
        lambda row: row.case.id,
        settings,
        marks=MARKS,
        sort_keys=SORT_KEYS,
        by_pinyin=("petitioner", "village", "unit", "category"),
        widths={"number": 5, "title": 20, "category": 8, "village": 9, "unit": 16, "mark": 12, "state": 10},
        stretch="title",
        yielding=("category", "village", "unit"),
    )
    table.sort_by("mark")
    return table
