"""What the mouse carries while a row of a table is dragged."""

from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QLabel

from station_app.ui.ledger_table import LedgerTable
from station_app.ui.theme import SELECTED, px


def drag_row(table: LedgerTable, carried: QMimeData) -> None:
    """Drag the current row until it is dropped, with its name beside the mouse.

    Args:
        table: has a column ``name``.
        carried: what whoever takes it is given.
    """
    drag = QDrag(table)
    drag.setMimeData(carried)
    chip = QLabel(table.model.text_at(table.view.currentIndex().row(), table.model.column_of("name")))
    chip.setMargin(px(6))
    chip.setStyleSheet(f"background: {SELECTED};")
    chip.adjustSize()
    drag.setPixmap(chip.grab())
    drag.setHotSpot(QPoint(-px(12), -px(4)))
    drag.exec(Qt.DropAction.CopyAction)
