"""Fields for typed text and numbers."""

import unicodedata

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from station_app.ui.field import ENTER, Field, plain
from station_app.ui.theme import px


class LineField(Field):
    """One line of text; the value is the text without blanks at its ends."""

    def __init__(self, title: str, *, required: bool = False, wide: bool = False, placeholder: str = "") -> None:
        super().__init__(title, required=required, wide=wide)
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(placeholder)
        self.edit.textEdited.connect(self.changed)
        self.put(self.edit)

    def value(self) -> str:
        """Return the text."""
        return self.edit.text().strip()

    def set_value(self, value: str | None) -> None:
        """Show a text."""
        self.edit.setText(value or "")
        self.edit.setCursorPosition(0)
        self.clear_problem()

    def typed(self) -> str:
        """See `Field.typed`."""
        return self.edit.text()


class GrowingText(QPlainTextEdit):
    """A text box that grows with its text between a least and a greatest number of lines."""

    def __init__(self, least: int, most: int) -> None:
        super().__init__()
        self._least = least
        self._most = most
        self.setTabChangesFocus(True)
        self.document().documentLayout().documentSizeChanged.connect(self._grow)
        self._grow()

    def _grow(self) -> None:
        written = round(self.document().size().height())
        lines = min(max(written, self._least), self._most)
        height = lines * self.fontMetrics().lineSpacing() + round(2 * self.document().documentMargin()) + px(8)
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if written > self._most else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)
        if self.height() != height:
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the height to the lines of the new width."""
        super().resizeEvent(event)
        self._grow()


class TextField(Field):
    """Several lines of text that grow as it is typed. Enter is a new line; Ctrl+Enter is left to the form."""

    def __init__(
        self, title: str, *, required: bool = False, placeholder: str = "", least: int = 3, most: int = 8
    ) -> None:
        super().__init__(title, required=required, wide=True)
        self.edit = GrowingText(least, most)
        self.edit.setPlaceholderText(placeholder)
        self.edit.textChanged.connect(self._text_changed)
        self._setting = False
        self.put(self.edit)

    def value(self) -> str:
        """Return the text."""
        return self.edit.toPlainText().strip()

    def set_value(self, value: str | None) -> None:
        """Show a text."""
        self._setting = True
        self.edit.setPlainText(value or "")
        self._setting = False
        self.clear_problem()

    def typed(self) -> str:
        """See `Field.typed`."""
        return self.edit.toPlainText()

    def keys(self, event: QKeyEvent) -> bool:
        """Keep Enter as a new line; leave Ctrl+Enter to the form."""
        if event.key() in ENTER and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return True
        return False

    def _text_changed(self) -> None:
        if not self._setting:
            self.changed.emit()


class NumberField(Field):
    """A whole number; Up and Down change it by one. The value is the number, or None when empty."""

    def __init__(
        self, title: str, *, required: bool = False, least: int = 0, most: int = 1_000_000, unit: str = ""
    ) -> None:
        super().__init__(title, required=required)
        self.edit = QLineEdit()
        self.edit.textEdited.connect(self.changed)
        self.put(self.edit)
        self._least = least
        self._most = most
        self._unit = unit
        self.edit.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)

    def value(self) -> int | None:
        """Return the number, or None."""
        text = self._digits()
        return int(text) if text.isdecimal() else None

    def set_value(self, value: int | str | None) -> None:
        """Show a number."""
        self.edit.setText("" if value is None else str(value))
        self.clear_problem()

    def typed(self) -> str:
        """See `Field.typed`."""
        return self.edit.text()

    def is_empty(self) -> bool:
        """Tell whether nothing is typed; zero is something."""
        return not self._digits()

    def own_problem(self) -> str:
        """Tell when the text is no number or beyond its limits."""
        if self.is_empty():
            return ""
        number = self.value()
        if number is None or not self._least <= number <= self._most:
            return f"{self.title}请填 {self._least} 到 {self._most:,} 的整数。"
        return ""

    def leave(self) -> None:
        """Turn full-width digits into ordinary ones."""
        if self.edit.text() != self._digits():
            self.edit.setText(self._digits())

    def keys(self, event: QKeyEvent) -> bool:
        """Change the number by Up and Down."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and plain(event):
            step = 1 if event.key() == Qt.Key.Key_Up else -1
            start = self.value()
            number = self._least if start is None else min(max(start + step, self._least), self._most)
            self.set_value(number)
            self.changed.emit()
            return True
        return super().keys(event)

    def _digits(self) -> str:
        return unicodedata.normalize("NFKC", self.edit.text()).replace(self._unit or "\0", "").strip()
