"""Drags deputies and villages of a proposal onto another team."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QObject, QPoint, Qt
from PySide6.QtGui import QDragMoveEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from station_app.ui.drag_chip import drag_row
from station_app.ui.groups_panel import DEPUTY_MIME
from station_app.ui.ledger_table import LedgerTable

VILLAGE_MIME = "application/x-station-village"


class RowDrag(QObject):
    """Lets the current row of a table be dragged; install it on the viewport of the table's view.

    Args:
        mime: `DEPUTY_MIME` or `VILLAGE_MIME`; rows are known by that id.
    """

    def __init__(self, table: LedgerTable, mime: str) -> None:
        super().__init__(table)
        self._table = table
        self._mime = mime
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
        row_id = self._table.current_id()
        if isinstance(row_id, int):
            drag_row(self._table, row_mime(self._mime, row_id))


def row_mime(mime: str, row_id: int) -> QMimeData:
    """Return what is carried while a row is dragged."""
    carried = QMimeData()
    carried.setData(mime, str(row_id).encode())
    return carried


class RowDrop(QObject):
    """Takes deputies and villages that are dropped on a row; install it on the viewport of the table's view.

    Args:
        dropped: called with the mime type, the id that was dragged, and the id of the row under it.
    """

    def __init__(self, table: LedgerTable, dropped: Callable[[str, int, int], None]) -> None:
        super().__init__(table)
        self._table = table
        self._dropped = dropped
        table.view.setAcceptDrops(True)
        table.view.viewport().setAcceptDrops(True)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Allow what can be dropped here, and tell of it."""
        kinds = (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop)
        if event.type() not in kinds or not isinstance(event, QDropEvent | QDragMoveEvent):
            return False
        mime = next((one for one in (DEPUTY_MIME, VILLAGE_MIME) if event.mimeData().hasFormat(one)), "")
        place = self._table.view.rowAt(round(event.position().y()))
        target = self._table.model.id_at(place) if place >= 0 else None
        if not mime or (event.type() is not QEvent.Type.DragEnter and not isinstance(target, int)):
            event.ignore()
        elif event.type() is QEvent.Type.Drop and isinstance(target, int):
            event.acceptProposedAction()
            self._dropped(mime, int(bytes(event.mimeData().data(mime).data()).decode()), target)
        else:
            event.acceptProposedAction()
        return True
