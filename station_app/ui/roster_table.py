"""The table of the roster: few columns at first, phones masked, entries to be checked marked."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import QSettings

from station_app.documents.columns import Ledger
from station_app.documents.ledgers import ROSTER_LEDGER
from station_app.domain.people import FORMER, RosterLine
from station_app.domain.roster_check import check_is_due
from station_app.domain.text import masked_phone
from station_app.support import pinyin
from station_app.ui.ledger_table import LedgerTable
from station_app.ui.marks import Mark
from station_app.ui.standing_marks import STANDING_TONES
from station_app.ui.theme import Tone

_SCREEN_KEYS = ("name", "post", "levels", "checked_on")
"""The groups and the card beside the table show the rest."""


def screen_roster() -> Ledger[RosterLine]:
    """Return the roster's columns as the screen shows them: few at first, phones masked."""
    columns = tuple(
        replace(
            column,
            shown=column.key in _SCREEN_KEYS,
            value=(lambda line: masked_phone(line.phone)) if column.key == "phone" else column.value,
        )
        for column in ROSTER_LEDGER.columns
    )
    return Ledger(ROSTER_LEDGER.key, ROSTER_LEDGER.title, columns)


def roster_table(settings: QSettings, today: Callable[[], date], months: Callable[[], int]) -> LedgerTable:
    """Return the roster's table.

    Args:
        settings: where its columns are remembered.
        today: returns the day that decides whose check is due.
        months: returns after how many months a check is due.
    """

    def checked(line: RosterLine) -> Mark | None:
        if line.standing in FORMER or not check_is_due(line.checked_on, today(), months()):
            return None
        return Mark(line.checked_on or "未核对", Tone.WARNING)

    def standing(line: RosterLine) -> Mark:
        return Mark(line.state, STANDING_TONES[line.standing])

    return LedgerTable(
        screen_roster(),
        lambda line: line.deputy_id,
        settings,
        marks={"checked_on": checked, "state": standing},
        sort_keys={"name": lambda line: (line.pinyin.split(" ")[0], pinyin.sort_key(line.name))},
        by_pinyin=("post", "area_groups", "villages"),
        widths={"name": 15, "levels": 6, "area_groups": 14, "post": 24, "phone": 13, "checked_on": 13},
        stretch="post",
        yielding=("checked_on", "levels"),
    )
