"""Brings up the window of a rescue, one at a time."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QSettings, Signal

from station_app.support.clock import Clock
from station_app.ui.messages import Messages

if TYPE_CHECKING:
    from station_app.ui.rescue_window import RescueWindow  # loaded for a damaged register only


class Rescuer(QObject):
    """Shows the window for one file at a time.

    Signals:
        rescued: the path of a register that can be opened now.
        left: the window is gone.

    Args:
        clock: today is an argument.
        settings: what the window remembers.
        messages: every question and notice.
    """

    rescued = Signal(object)
    left = Signal()

    def __init__(self, clock: Clock, settings: QSettings, messages: Messages) -> None:
        super().__init__()
        self._clock = clock
        self._settings = settings
        self._messages = messages
        self.window: RescueWindow | None = None

    def lead(self, path: Path, key: Any = None) -> "RescueWindow":
        """Show the window for a file that nothing has open.

        Args:
            key: of an encrypted file, when it is known already.
        """
        from station_app.services.rescue_desk import RescueDesk
        from station_app.ui.rescue_window import RescueWindow

        self.close()
        made = RescueWindow(RescueDesk(path, self._clock, key), self._settings, self._messages)
        made.rescued.connect(self.rescued)
        made.left.connect(self._left)
        self.window = made
        made.show()
        made.begin()
        return made

    def close(self) -> None:
        """Close the window if there is one."""
        if self.window is not None:
            self.window.close()

    def _left(self) -> None:
        if self.window is not None:
            self.window.deleteLater()
            self.window = None
            self.left.emit()
