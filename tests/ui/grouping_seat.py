"""The page of groups in a window on an invented station, driven by keys and by drag."""

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from station_app.domain.groups import Group
from station_app.ui.form import FormPanel
from station_app.ui.grouping_page import GroupingPage
from station_app.ui.station_window import StationWindow
from tests.ui.small_station import TODAY
from tests.ui.window_seat import page_of

Key = Qt.Key
Ctrl = Qt.KeyboardModifier.ControlModifier
Alt = Qt.KeyboardModifier.AltModifier
Shift = Qt.KeyboardModifier.ShiftModifier
ON = TODAY.isoformat()
SINCE = "2026-01-26"
UPPER, LOWER = "上坪片区小组", "水东片区小组"


def grouping_page(window: StationWindow, qtbot: QtBot) -> GroupingPage:
    """Show the groups, standing on 上坪片区小组."""
    made = page_of(window, "grouping", GroupingPage)
    qtbot.waitUntil(made.tree.hasFocus)
    made.tree.go_to_group(group_named(made, UPPER).id)
    return made


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
