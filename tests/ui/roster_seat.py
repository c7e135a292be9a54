"""A clerk at the page 代表, with the keyboard in its table."""

from collections.abc import Iterator

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station_app.station import Desks
from station_app.ui.main_window import MainWindow, PageEntry
from station_app.ui.messages import RecordedMessages
from station_app.ui.roster_page import RosterPage

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
K = Qt.Key
TODAY = "2026-11-22"


def roster_page(qtbot: QtBot, desks: Desks, settings: QSettings, messages: RecordedMessages) -> Iterator[RosterPage]:
    """Yield the roster in a window of 1280 by 800."""
    entry = PageEntry("roster", "代表", "users", lambda shell: RosterPage(shell, desks))
    window = MainWindow(
        "示例", [entry], clock=desks.clock, settings=settings, messages=messages, undo=desks.housekeeping.undo
    )
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    window.activateWindow()
    window.show_page("roster")
    qtbot.waitUntil(window.isActiveWindow)
    made = window.page("roster")
    assert isinstance(made, RosterPage)
    made.table.view.setFocus()
    yield made
    window.jobs.stop()


def press(key: Qt.Key, how: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the cursor is."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, how)


def names(page: RosterPage) -> list[str]:
    """Return the names in the table from top to bottom."""
    return [line.name for line in page.table.rows()]


def go_to(page: RosterPage, name: str) -> int:
    """Stand on a deputy; return the id."""
    line = next(one for one in page.table.rows() if one.name == name)
    page.table.select(line.deputy_id)
    return int(line.deputy_id)
