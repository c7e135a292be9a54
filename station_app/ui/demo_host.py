"""The demo of a day: made when it is asked for, thrown away when the clerk has seen enough."""

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from station_app.station import remove_demo
from station_app.support.clock import Clock
from station_app.support.faults import StationFault
from station_app.ui.messages import Messages

if TYPE_CHECKING:
    from station_app.ui.demo_maker import DemoMaker

log = logging.getLogger(__name__)
DEMO_FILE = "示范.station"


class DemoHost(QObject):
    """Makes the demo in a window of its own that can be cancelled.

    Signals:
        ready: the path of a demo that is there.
        given_up: it was cancelled or could not be made; nothing remains.

    Args:
        folder: where registers lie; demos lie in a folder of their own within.
    """

    ready = Signal(object)
    given_up = Signal()

    def __init__(self, folder: Path, clock: Clock, messages: Messages) -> None:
        super().__init__()
        self._folder = folder
        self._clock = clock
        self._messages = messages
        self.maker: DemoMaker | None = None

    def ask(self, front: QWidget | None) -> None:
        """Have today's demo, making it first; yesterday's is left where it is, as its days have gone stale.

        Args:
            front: the window it is asked from.
        """
        path = self._folder / "示范" / self._clock.today().isoformat() / DEMO_FILE
        if path.exists():
            self.ready.emit(path)
        elif self.maker is None:
            self._make(path, front)

    def _make(self, path: Path, front: QWidget | None) -> None:
        from station_app.ui.demo_maker import DemoMaker  # loaded when it is first shown

        maker = DemoMaker(path, self._clock, self._messages)
        maker.made.connect(self._made)
        maker.given_up.connect(self._given_up)
        if front is not None:
            maker.move(front.geometry().center() - maker.rect().center())
        self.maker = maker
        maker.show()
        maker.start()

    def agrees_to_end(self) -> bool:
        """Ask whether the open demo may go."""
        return self._messages.ask(
            "结束体验，删除这个示例吗？",
            "只删除示例文件，里面试着登记的内容也一起删除，不能恢复。正式的登记簿不受影响。",
            yes="结束体验",
            danger=True,
        )

    def throw_away(self, path: Path) -> None:
        """Delete a demo that is closed; what hinders it is told."""
        log.info("demo thrown away")
        try:
            remove_demo(path)
        except OSError:
            self._messages.tell_fault(
                StationFault("示例文件没有删掉。", "它不影响正式的登记簿。", "可能有别的程序开着它，以后可以手工删除。")
            )

    def close(self) -> None:
        """Stop what is being made."""
        if self.maker is not None:
            self.maker.jobs.stop()

    def _made(self, path: Path) -> None:
        self._forget()
        self.ready.emit(path)

    def _given_up(self) -> None:
        self._forget()
        self.given_up.emit()

    def _forget(self) -> None:
        if self.maker is not None:
            self.maker.deleteLater()
            self.maker = None
