"""Notices that nobody has touched keyboard or mouse for a while."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_TOUCHED = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """Listens to the program's windows, not to every widget: that would slow everything down.

    Signals:
        idle: nothing was touched for the interval of ``timer``.

    Attributes:
        timer: runs while somebody has to be noticed.
    """

    idle = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.timer = QTimer(self, singleShot=True)
        self.timer.timeout.connect(self.idle)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusWindowChanged.connect(self._listen)
        # An input method sends its characters past the window; the cursor moves all the same.
        QGuiApplication.inputMethod().cursorRectangleChanged.connect(self.touch)
        for window in app.topLevelWindows():
            self._listen(window)

    def start(self, minutes: float) -> None:
        """Begin to wait; 0 for never."""
        self.timer.stop()
        if minutes > 0:
            self.timer.start(round(minutes * 60_000))

    def touch(self) -> None:
        """Begin to wait anew, if waiting at all."""
        if self.timer.isActive():
            self.timer.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Notice what the clerk does."""
        if event.type() in _TOUCHED:
            self.touch()
        return False

    def _listen(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)
