"""A field for where a file is to lie: the place is shown whole, a button changes it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from station_app.ui.cards import ElidedLabel, button
from station_app.ui.field import Field
from station_app.ui.theme import px


class FileField(Field):
    """Where a file is to lie. The value is a path.

    Args:
        title: the caption.
        choose: asks the clerk for another place, beginning at the present one; returns None to leave it.
    """

    def __init__(self, title: str, choose: Callable[[Path], Path | None]) -> None:
        super().__init__(title, required=True, wide=True)
        self._choose = choose
        self._path = Path()
        self._folder = ElidedLabel("", "small", least=120)
        self._name = ElidedLabel("", "", least=120)
        self.button = button("更改…", "folder-open")
        self.button.clicked.connect(lambda _checked=False: self.change())
        frame = QFrame()
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addWidget(self._name)
        row.addWidget(self._folder, 1)
        row.addWidget(self.button)
        self.put(frame, self.button)

    def value(self) -> Path:
        """Return the place."""
        return self._path

    def set_value(self, value: Path | None) -> None:
        """Show a place."""
        self._path = value or Path()
        self._name.setText(self._path.name)
        self._folder.setText(f"在 {self._path.parent}")
        self.button.setAccessibleDescription(str(self._path))
        self.clear_problem()

    def is_empty(self) -> bool:
        """There is always a place."""
        return False

    def change(self) -> None:
        """Let the clerk choose another place."""
        chosen = self._choose(self._path)
        if chosen is not None:
            self.set_value(chosen)
            self.changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the name take what it needs, up to half."""
        super().resizeEvent(event)
        self._name.setMaximumWidth(max(px(120), self.width() // 2))
