"""A big number with its name and a comparison; a click or Enter asks for the cases behind it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station_app.ui.cards import dress, label
from station_app.ui.field import ENTER, plain
from station_app.ui.theme import px


class FigureTile(QWidget):
    """See the module.

    Signals:
        asked: the clerk wants to see the cases behind the number.
    """

    asked = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._figure = label("—", "big")
        self._name = label(name, "small")
        self._name_text = name
        column = QVBoxLayout(self)
        column.setContentsMargins(px(2), px(4), px(2), px(4))
        column.setSpacing(0)
        column.addStretch(1)
        for part in (self._figure, self._name):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(part)
        column.addStretch(1)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        dress(self, "tile")

    def set_figure(self, figure: str, comparison: str = "", explanation: str = "") -> None:
        """Show the number, e.g. ``21`` or ``73%``; the comparison, e.g. 多 4; how it is counted as tooltip."""
        self._figure.setText(figure)
        self._name.setText(f"{self._name_text} {comparison}".strip())
        self.setToolTip(explanation)
        self.setAccessibleName(f"{self._name_text} {figure} {comparison}")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ask for the cases by a click."""
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for the cases by Enter."""
        if event.key() in ENTER and plain(event):
            self.asked.emit()
        else:
            super().keyPressEvent(event)
