"""Fields that are switched rather than typed: a few words side by side, and a tick."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QFrame, QHBoxLayout, QPushButton

from station_app.ui.choice_popup import choices
from station_app.ui.field import Field, plain

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}


class _Segments(QFrame):
    """Words side by side, one of them chosen; a single stop of the Tab key."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("look", "segments")


class SegmentField(Field):
    """One of a few words side by side (正在研究 | 当场答复 | 引导); arrow keys and digits choose.

    Args:
        offered: pairs of value and label, or plain words. The first is chosen at first.
    """

    def __init__(self, title: str, offered: Iterable[Any], *, required: bool = False, wide: bool = True) -> None:
        super().__init__(title, required=required, wide=wide)
        self._choices = choices(offered)
        frame = _Segments()
        row = QHBoxLayout(frame)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        for number, one in enumerate(self._choices):
            part = QPushButton(one.label)
            part.setProperty("look", "segment")
            part.setProperty("place", _place(number, len(self._choices)))
            part.setCheckable(True)
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._group.addButton(part, number)
            row.addWidget(part)
        row.addStretch(1)
        self._group.button(0).setChecked(True)
        self._group.idClicked.connect(self._clicked)
        self.put(frame)

    def value(self) -> Any:
        """Return the chosen value."""
        return self._choices[self._group.checkedId()].value

    def set_value(self, value: Any) -> None:
        """Choose the word with this value; an unknown one chooses the first."""
        number = next((number for number, one in enumerate(self._choices) if one.value == value), 0)
        self._group.button(number).setChecked(True)
        self.clear_problem()

    def is_empty(self) -> bool:
        """Something is always chosen."""
        return False

    def keys(self, event: QKeyEvent) -> bool:
        """Choose by arrow keys or by the word's number."""
        key = Qt.Key(event.key())
        if key in _STEPS and plain(event):
            self._choose(max(0, min(self._group.checkedId() + _STEPS[key], len(self._choices) - 1)))
            return True
        if event.text().isdecimal() and 1 <= int(event.text()) <= len(self._choices):
            self._choose(int(event.text()) - 1)
            return True
        return super().keys(event)

    def _choose(self, number: int) -> None:
        self._group.button(number).setChecked(True)
        self.changed.emit()

    def _clicked(self, _number: int) -> None:
        self._typing.setFocus()
        self.changed.emit()


def _place(number: int, count: int) -> str:
    """Return where a word stands, for its corners."""
    return "first" if number == 0 else "last" if number == count - 1 else "middle"


class CheckField(Field):
    """A tick with its words. The value is True or False.

    Args:
        title: the caption, may be empty.
        words: e.g. 选民要求保密.
        key: a shortcut that switches it anywhere in the form, e.g. ``Alt+B``; shown behind the words.
    """

    def __init__(self, title: str, words: str, *, key: str = "", wide: bool = False) -> None:
        super().__init__(title, wide=wide)
        self.box = QCheckBox(f"{words}　{key}" if key else words)
        if key:
            # The box's own shortcut would switch it only after a tenth of a second, for show.
            QShortcut(QKeySequence(key), self.box).activated.connect(self.box.click)
        self.box.clicked.connect(self.changed)
        self.put(self.box)
        self.box.setAccessibleName(words)

    def value(self) -> bool:
        """Return whether it is ticked."""
        return self.box.isChecked()

    def set_value(self, value: bool | None) -> None:
        """Tick or untick."""
        self.box.setChecked(bool(value))
        self.clear_problem()
