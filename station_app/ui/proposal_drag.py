"""Takes deputies and villages of a proposal that are dragged onto another team."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragMoveEvent, QDropEvent

from station_app.ui.ledger_table import LedgerTable
from station_app.ui.row_drag import DEPUTY_MIME, VILLAGE_MIME


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
