"""The page of groups in a window on an invented station, driven by keys and by drag."""

from collections.abc import Iterator
from datetime import time
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from station_app.domain.groups import Group
from station_app.station import Desks
from station_app.support.clock import fixed_clock
from station_app.ui.form import FormPanel
from station_app.ui.grouping_page import GroupingPage
from station_app.ui.messages import RecordedMessages, Unsaved
from station_app.ui.station_window import StationWindow
from tests.ui.small_station import TODAY, small_station

Key = Qt.Key
Ctrl = Qt.KeyboardModifier.ControlModifier
Alt = Qt.KeyboardModifier.AltModifier
Shift = Qt.KeyboardModifier.ShiftModifier
ON = TODAY.isoformat()
SINCE = "2026-01-26"
UPPER, LOWER = "上坪片区小组", "水东片区小组"


def opened(qtbot: QtBot, station: Path, settings: QSettings, messages: RecordedMessages) -> Iterator[StationWindow]:
    """Yield the window over a station, then close it without saving what is typed."""
    made = StationWindow(Desks.open(station, fixed_clock(TODAY, time(9, 0))), settings, messages)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    qtbot.waitUntil(lambda: not made.jobs.busy)
    yield made
    messages.answers = [Unsaved.DISCARD]
    made.close()


def grouping_page(window: StationWindow, qtbot: QtBot) -> GroupingPage:
    """Show the groups, standing on 上坪片区小组."""
    window.show_page("grouping")
    made = window.page("grouping")
    assert isinstance(made, GroupingPage)
    qtbot.waitUntil(made.tree.hasFocus)
    made.tree.go_to_group(group_named(made, UPPER).id)
    return made


def station_file(folder: Path) -> Path:
    """Make the invented station and return its file."""
    path = folder / "禾溪.station"
    small_station(path).close()
    return path


def press(key: Qt.Key, how: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the cursor is."""
    focus = QApplication.focusWidget()
    assert focus is not None, "nothing has the focus"
    QTest.keyClick(focus, key, how)


def group_named(page: GroupingPage, name: str) -> Group:
    return next(group for group in page._desks.grouping.groups() if group.name == name)


def people(page: GroupingPage, name: str, day: str = ON) -> list[str]:
    """Return the members of a group on a day as the file holds them, the leader first."""
    names = {deputy.id: deputy.name for deputy in page._desks.roster.deputies()}
    return [names[one.deputy_id] for one in group_named(page, name).members_on(day)]


def shown(page: GroupingPage) -> list[str]:
    return [line.deputy.name for line in page.table.rows()]


def form_of(page: GroupingPage) -> FormPanel:
    assert isinstance(page.editor, FormPanel)
    return page.editor


def stand_on(page: GroupingPage, name: str) -> None:
    """Go to a member in the table."""
    page.table.view.setFocus()
    line = next(line for line in page.table.rows() if line.deputy.name == name)
    page.table.select(line.key)


def drop(onto: QWidget, carried: QMimeData, at: QPoint) -> None:
    """Drop something on a place of a widget, as the mouse does at its end."""
    how = (Qt.DropAction.CopyAction, carried, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(onto, QDragEnterEvent(at, *how))
    QApplication.sendEvent(onto, QDragMoveEvent(at, *how))
    QApplication.sendEvent(onto, QDropEvent(QPointF(at), *how))
