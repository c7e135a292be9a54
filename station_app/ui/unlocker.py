"""Asks for the password of an encrypted register, in a window of its own."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from station_app.station import Desks
from station_app.support.clock import Clock
from station_app.ui.messages import Messages

if TYPE_CHECKING:
    from station_app.ui.unlock_window import UnlockWindow  # loaded for an encrypted register only


class Unlocker(QObject):
    """Shows the window for one file at a time.

    Signals:
        unlocked: the open `Desks`, and whether the password was just set anew with the recovery sheet.
        other_asked: another register is to be chosen.
        damaged: the register is to be rescued: its path, and its key if that is known.
        left: the window is gone.

    Args:
        clock: today is an argument.
        operator: who works; empty for the station's clerk.
        messages: every question and notice.
    """

    unlocked = Signal(object, bool)
    other_asked = Signal()
    damaged = Signal(object, object)
    left = Signal()

    def __init__(self, clock: Clock, operator: str, messages: Messages) -> None:
        super().__init__()
        self._clock = clock
        self._operator = operator
        self._messages = messages
        self.window: UnlockWindow | None = None

    def ask(self, path: Path) -> "UnlockWindow":
        """Show the window for a file, instead of the one for another file."""
        from station_app.ui.unlock_window import UnlockWindow

        self.close()
        made = UnlockWindow(path, self._clock, self._operator, self._messages)
        made.unlocked.connect(self._unlocked)
        made.other_asked.connect(self.other_asked)
        made.damaged.connect(lambda key: self.damaged.emit(path, key))
        made.left.connect(self._left)
        self.window = made
        made.show()
        made.begin()
        return made

    def close(self) -> None:
        """Close the window if there is one."""
        if self.window is not None:
            self.window.close()

    def _unlocked(self, desks: Desks, renewed: bool) -> None:
        self.unlocked.emit(desks, renewed)
        self.close()

    def _left(self) -> None:
        if self.window is not None:
            self.window.deleteLater()
            self.window = None
            self.left.emit()
