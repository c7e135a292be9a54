"""A row that wraps: chips, filters and action buttons keep their size and go on in the next line."""

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from station_app.ui.theme import px


class FlowLayout(QLayout):
    """Lays its widgets from left to right and wraps; a widget wider than the whole line is narrowed to it.

    Args:
        spacing: between widgets and lines, for font size 标准.
        filling: whether the last widget takes the rest of its line.
        together: so many last widgets begin a line of their own when not everything fits one line.
    """

    def __init__(
        self, parent: QWidget | None = None, *, spacing: int = 8, filling: bool = False, together: int = 0
    ) -> None:
        super().__init__(parent)
        self.setContentsMargins(0, 0, 0, 0)
        self._items: list[QLayoutItem] = []
        self._gap = px(spacing)
        self._filling = filling
        self._together = together

    def addItem(self, item: QLayoutItem) -> None:
        """Add an item at the end."""
        self._items.append(item)

    def insert(self, place: int, widget: QWidget) -> None:
        """Add a widget before the item at ``place``."""
        self.addWidget(widget)
        self._items.insert(place, self._items.pop())
        self.invalidate()

    def count(self) -> int:
        """Return how many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return an item, or None."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]  # Qt expects None beyond the end
        """Take an item out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Ask for no more room than needed."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the wrapped lines."""
        return self._lay(QRect(0, 0, width, 0), place=False)

    def setGeometry(self, rect: QRect) -> None:
        """Place everything."""
        super().setGeometry(rect)
        self._lay(rect, place=True)

    def sizeHint(self) -> QSize:
        """Return the room of the least width."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """Return the room of the largest item."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins: QMargins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _lay(self, rect: QRect, *, place: bool) -> int:
        margins = self.contentsMargins()
        inner = rect.marginsRemoved(margins)
        y = inner.y()
        lines = self._lines(inner.width())
        for line in lines:
            height = max(size.height() for _, size in line)
            x = inner.x()
            for item, size in line:
                if place:
                    item.setGeometry(QRect(QPoint(x, y + (height - size.height()) // 2), size))
                x += size.width() + self._gap
            y += height + self._gap
        return y - (self._gap if lines else 0) - rect.y() + margins.bottom()

    def _lines(self, room: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """Return the shown items with their sizes, parted into lines."""
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        left = 0
        shown = [item for item in self._items if not item.isEmpty()]
        whole = sum(item.sizeHint().width() + self._gap for item in shown) - self._gap
        breaking = shown[-self._together] if 0 < self._together < len(shown) and whole > room else None
        for item in shown:
            size = _fitted(item, room)
            if not lines or size.width() > left or item is breaking:
                lines.append([])
                left = room
            if self._filling and item is shown[-1]:
                size.setWidth(max(size.width(), left))
            lines[-1].append((item, size))
            left -= size.width() + self._gap
        return lines


def _fitted(item: QLayoutItem, room: int) -> QSize:
    """Return an item's size in a line of ``room``; what can wrap becomes higher instead of too wide."""
    size = item.sizeHint()
    if size.width() > room > 0:
        size.setWidth(max(room, item.minimumSize().width()))
        if item.hasHeightForWidth():
            size.setHeight(item.heightForWidth(size.width()))
    return size
