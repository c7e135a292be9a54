"""The way from a record to its history on the page 操作记录."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu

from station_app.ui.ledger_table import LedgerTable
from station_app.ui.page import Shell

LOG_PAGE = "log"
HISTORY_SHORTCUT = ("Ctrl+H", "在表中：这条记录的操作记录，谁改过什么（也在右键菜单里）")
"""What a page whose table offers histories lists among its shortcuts."""


@dataclass(frozen=True)
class RecordHistory:
    """What the page 操作记录 is asked to show.

    Args:
        table / uid: the record, e.g. ``opinions`` and the opinion's uid.
        came_from: key of the page to which Esc goes back.
    """

    table: str
    uid: str
    came_from: str = "settings"


def show_history(shell: Shell, table: str, uid: str, came_from: str) -> None:
    """Show everything that was ever done with a record and what belongs to it.

    Args:
        table: the record's table: ``opinions``, ``visits``, ``deputies`` …
        came_from: key of the page to which Esc goes back.
    """
    shell.open_page(LOG_PAGE, RecordHistory(table, uid, came_from))


def offer_history(
    table: LedgerTable, shell: Shell, record_of: Callable[[Any], tuple[str, str]], came_from: str
) -> None:
    """Let the clerk go from a row of a table to its record's history: Ctrl+H, or the menu of the right mouse button.

    Args:
        record_of: takes a row, returns table and uid of its record.
        came_from: key of the page to which Esc goes back.
    """

    def go() -> None:
        row = table.current_row()
        if row is not None:
            show_history(shell, *record_of(row), came_from)

    def menu(where: QPoint) -> None:
        if table.current_row() is not None:
            made = QMenu(table)
            made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            made.addAction("操作记录", QKeySequence(HISTORY_SHORTCUT[0]), go)
            made.popup(table.view.viewport().mapToGlobal(where))

    table.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    table.view.customContextMenuRequested.connect(menu)
    key = QShortcut(QKeySequence(HISTORY_SHORTCUT[0]), table.view, go)
    key.setContext(Qt.ShortcutContext.WidgetShortcut)
