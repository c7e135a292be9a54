"""How a cell of a ledger is drawn."""

from typing import Any

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QToolTip

from station_app.ui.ledger_model import MARK_ROLE, Index
from station_app.ui.marks import Mark, mark_size, paint_mark
from station_app.ui.theme import px

_LINE = 1
"""Height of the line under a row, which is no room to centre in."""

# ``option`` is a QStyleOptionViewItem everywhere below; the type information of PySide6 lacks its members.


class CellDelegate(QStyledItemDelegate):
    """Draws pills for marked cells and shows the whole text of a cut one as tooltip."""

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """Draw a cell."""
        mark = index.data(MARK_ROLE)
        if not isinstance(mark, Mark):
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        option.text = ""
        view = option.widget
        view.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, view)
        paint_mark(painter, mark, QRectF(option.rect).adjusted(px(8), 0, -px(4), -_LINE))

    def sizeHint(self, option: Any, index: Index) -> QSize:
        """Return the room the whole cell needs."""
        mark = index.data(MARK_ROLE)
        if isinstance(mark, Mark):
            return mark_size(mark).toSize() + QSize(px(16), px(8))
        return super().sizeHint(option, index)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: Any, index: Index) -> bool:
        """Show the text of a cell that is too narrow for it."""
        text = str(index.data() or "")
        if text and self.sizeHint(option, index).width() > option.rect.width():
            QToolTip.showText(event.globalPos(), "\n".join(_lines(text)), view)
        else:
            QToolTip.hideText()
        return True


def _lines(text: str, length: int = 40) -> list[str]:
    """Return a long text in lines, because a tooltip of plain text does not wrap."""
    return [text[start : start + length] for start in range(0, len(text), length)]
