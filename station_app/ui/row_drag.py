"""Dragging a row of a table with the mouse: when it begins, and what is carried."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel

from station_app.ui.ledger_table import LedgerTable
from station_app.ui.theme import SELECTED, px

DEPUTY_MIME = "application/x-station-deputy"
VILLAGE_MIME = "application/x-station-village"


class RowDrag(QObject):
    """Lets the current row of a table be dragged; install it on the viewport of the table's view.

    Args:
        table: has a column ``name``.
        mime: `DEPUTY_MIME` or `VILLAGE_MIME`.
        carried_id: returns that id of the current row; None where rows are known by it.
    """

    def __init__(self, table: LedgerTable, mime: str, carried_id: Callable[[], object] | None = None) -> None:
        super().__init__(table)
        self._table = table
        self._mime = mime
        self._carried_id = carried_id or table.current_id
        self._pressed: QPoint | None = None

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Begin to drag when the mouse has moved far enough with its button held."""
        if not isinstance(event, QMouseEvent):
            return False
        if event.type() is QEvent.Type.MouseButtonPress and event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()
        elif event.type() is QEvent.Type.MouseButtonRelease:
            self._pressed = None
        elif event.type() is QEvent.Type.MouseMove and self._pressed is not None:
            way = event.position().toPoint() - self._pressed
            if way.manhattanLength() >= QApplication.startDragDistance():
                self._pressed = None
                self._drag()
            return True
        return False

    def _drag(self) -> None:
        row_id = self._carried_id()
        if isinstance(row_id, int):
            _drag_row(self._table, row_mime(self._mime, row_id))


def row_mime(mime: str, row_id: int) -> QMimeData:
    """Return what is carried while a row is dragged."""
    carried = QMimeData()
    carried.setData(mime, str(row_id).encode())
    return carried


def _drag_row(table: LedgerTable, carried: QMimeData) -> None:
    """Drag the current row until it is dropped, with its name beside the mouse."""
    drag = QDrag(table)
    drag.setMimeData(carried)
    chip = QLabel(table.model.text_at(table.view.currentIndex().row(), table.model.column_of("name")))
    chip.setMargin(px(6))
    chip.setStyleSheet(f"background: {SELECTED};")
    chip.adjustSize()
    drag.setPixmap(chip.grab())
    drag.setHotSpot(QPoint(-px(12), -px(4)))
    drag.exec(Qt.DropAction.CopyAction)
