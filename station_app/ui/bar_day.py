"""A day in the row above a table."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from station_app.ui.date_fields import DateField
from station_app.ui.field import ENTER, plain


class BarDay(DateField):
    """A day that is typed over, and left for the table by Enter; nonsense gives way to the day that stood before.

    Signals:
        entered: the clerk goes on to the table.
        refused: why what was typed is no day; there is no room for that below the field.
    """

    entered = Signal()
    refused = Signal(str)

    def __init__(self, title: str, today: Callable[[], date]) -> None:
        super().__init__(title, today)
        self._before = ""

    def go(self) -> None:
        """Put the keyboard here, so that typing replaces the day."""
        self.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.edit.selectAll()

    def set_value(self, value: str | date | None) -> None:
        """See `DateField.set_value`."""
        super().set_value(value)
        self._before = self.edit.text()

    def leave(self) -> None:
        """Write the day in full, or put back the one before and tell why."""
        if wrong := self.own_problem():
            self.edit.setText(self._before)
            self.refused.emit(wrong)
            return
        super().leave()
        self._before = self.edit.text()

    def keys(self, event: QKeyEvent) -> bool:
        """Go on by Enter; see `DateField.keys`."""
        if event.key() in ENTER and plain(event):
            self.leave()
            self.entered.emit()
            return True
        return super().keys(event)
