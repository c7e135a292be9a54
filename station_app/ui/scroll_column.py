"""A column of fields that scrolls when its panel is too low."""

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from station_app.ui.theme import px


class ScrollColumn(QScrollArea):
    """A column that scrolls when its panel is too low, and never cuts off its content at the side.

    Attributes:
        body: the layout to fill from top to bottom; it has no stretch at its end.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Going to a field must not shift the captions out of sight where the panel is too narrow.
        sideways = self.horizontalScrollBar()
        sideways.valueChanged.connect(lambda _value: sideways.setValue(0))
        # A moment later: the fields inside take their places after the column has its height.
        self._settled = QTimer(self, singleShot=True, interval=0)
        self._settled.timeout.connect(self._show_focus)
        self._together: tuple[QWidget, QWidget] | None = None
        inside = QWidget()
        inside.setObjectName("clear")
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(px(14), px(12), px(14), px(12))
        self.body.setSpacing(px(8))
        self.setWidget(inside)
        self.viewport().setObjectName("clear")

    def keep_together(self, field: QWidget, companion: QWidget) -> None:
        """Keep what is told about a field in sight as well while that field has the keyboard."""
        self._together = (field, companion)

    def minimumSizeHint(self) -> QSize:
        """Be as wide as the content must be, and low."""
        return QSize(self.widget().minimumSizeHint().width() + px(14), px(100))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep what is typed in in sight when the content grew, e.g. by a field that just appeared."""
        if event.type() is QEvent.Type.Resize:
            self._settled.start()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what is typed in in sight when the room became smaller."""
        super().resizeEvent(event)
        self._settled.start()

    def _show_focus(self) -> None:
        """Scroll to the field that has the keyboard, if it is one of these."""
        focused = QApplication.focusWidget()
        if focused is not None and self.widget().isAncestorOf(focused):
            field, companion = self._together or (None, None)
            if field and companion and companion.isVisible() and field.isAncestorOf(focused):
                self.ensureWidgetVisible(companion, 0, px(8))
            # Qt by itself brings only the line of the cursor into sight, not the whole field.
            self.ensureVisible(0, focused.mapTo(self.widget(), QPoint(0, focused.height())).y(), 0, px(8))
            self.ensureWidgetVisible(focused, 0, px(8))

    def event(self, event: QEvent) -> bool:
        """Take part in the layout again when the content became wider."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)
