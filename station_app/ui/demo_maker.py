"""Makes the demo station while a small window says how far it is."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from station_app.station import make_demo
from station_app.support.clock import Clock
from station_app.ui.cards import button, label
from station_app.ui.icons import icon
from station_app.ui.jobs import JobRunner, Progress
from station_app.ui.messages import Messages
from station_app.ui.theme import ACCENT, px


class DemoMaker(QWidget):
    """The small window; it closes by itself.

    Signals:
        made: the path of the demo, complete.
        given_up: it was cancelled or could not be made; nothing remains.

    Args:
        path: where the demo is to lie.
        clock: the demo ends the day before today.
        messages: for faults.
    """

    made = Signal(object)
    given_up = Signal()

    def __init__(self, path: Path, clock: Clock, messages: Messages) -> None:
        super().__init__(None, Qt.WindowType.Window)
        self._path = path
        self._clock = clock
        self._over = False
        self.jobs = JobRunner(messages, self)
        self.setWindowTitle("示例联络站")
        self.setWindowIcon(icon("users", ACCENT))
        self._word = label("正在编写三年的登记……", "muted")
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        stop = button("取消", "", "Esc")
        stop.clicked.connect(lambda _checked=False: self.close())
        QShortcut(QKeySequence("Esc"), self, self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(20), px(24), px(16))
        column.setSpacing(px(10))
        column.addWidget(label("正在准备示例联络站", "heading"))
        column.addWidget(self._word)
        column.addWidget(self.bar)
        column.addWidget(stop, 0, Qt.AlignmentFlag.AlignRight)
        self.setFixedSize(max(px(420), self.sizeHint().width()), self.sizeHint().height())
        self.jobs.progressed.connect(self._show)
        self.jobs.cancelled.connect(lambda _title: self._give_up())

    def start(self) -> None:
        """Begin."""
        path, clock = self._path, self._clock

        def work(progress: Progress, cancelled: Callable[[], bool]) -> None:
            def told(done: int, length: int, word: str) -> None:
                progress(done / length, word)

            make_demo(path, clock, progress=told, cancelled=cancelled).close()

        self.jobs.run("编写示例", work, lambda _nothing: self._finish(), self._failed)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing it cancels."""
        if self._over:
            super().closeEvent(event)
            return
        event.ignore()
        self._word.setText("正在停止……")
        self.jobs.cancel()

    def _show(self, _title: str, part: float, word: str) -> None:
        self.bar.setValue(round(part * 1000))
        self._word.setText(word)

    def _failed(self, _error: BaseException) -> bool:
        self._give_up()
        return False  # the job runner tells it

    def _finish(self) -> None:
        self._over = True
        self.made.emit(self._path)
        self.close()

    def _give_up(self) -> None:
        self._over = True
        self.given_up.emit()
        self.close()
