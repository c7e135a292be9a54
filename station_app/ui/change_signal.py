"""The one signal that tells every page what a write has changed."""

from typing import Any

from PySide6.QtCore import QObject, Signal

from station_app.services.done import Done


class ChangeSignal(QObject):
    """Pages publish each finished write here; pages and the status bar listen.

    Signals:
        changed: the ``Done`` of the write.
    """

    changed = Signal(object)

    def publish(self, done: Done[Any]) -> None:
        """Tell everyone that ``done`` is saved."""
        self.changed.emit(done)
