"""A field for a password: covered, without input method, undo history or clipboard; shown when the clerk asks."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QToolButton

from station_app.domain.passwords import LONGEST, strength_words
from station_app.ui.cards import WrappingLabel
from station_app.ui.field import ENTER, Field, plain

_CAPITALS = "大写锁定（Caps Lock）好像开着，字母会是大写。"


class PasswordField(Field):
    """One password; the value is the text exactly as typed.

    Args:
        title: the caption.
        tells_strength: say under a new password how easily it is guessed.

    Attributes:
        on_enter: done when Enter is pressed, instead of going to the next field.
    """

    keepable = False

    def __init__(self, title: str, *, tells_strength: bool = False, required: bool = True) -> None:
        super().__init__(title, required=required, wide=True)
        self._tells_strength = tells_strength
        self.on_enter: Callable[[], object] | None = None
        self.edit = QLineEdit()
        self.edit.setMaxLength(2 * LONGEST)
        self.edit.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.edit.textEdited.connect(self._typed)
        # What cannot be marked cannot be copied, not even by the middle button of the mouse.
        self.edit.selectionChanged.connect(self._unmark_shown)
        self.eye = QToolButton()
        self.eye.setProperty("look", "button")
        self.eye.setText("显示")
        self.eye.setCheckable(True)
        self.eye.setToolTip("显示或遮住输入的密码（Alt+S）")
        self.eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Enter and Tab go on to the next field
        self.eye.toggled.connect(self.show_text)
        self.put(self.edit)
        self.row.addWidget(self.eye)
        self._said = WrappingLabel("", "small")
        self._said.hide()
        column = self.layout()
        if column is not None:
            column.addWidget(self._said)
        self._capitals = False
        self.show_text(shown=False)

    def show_text(self, shown: bool) -> None:
        """Show or cover what is typed; shown again only when asked again."""
        self.eye.setChecked(shown)
        self.eye.setText("遮住" if shown else "显示")
        self.edit.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        hints = Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData
        self.edit.setInputMethodHints(hints | Qt.InputMethodHint.ImhNoPredictiveText)
        # An input method learns what it is given, and Qt switches it on again for shown text.
        self.edit.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.edit.deselect()

    def value(self) -> str:
        """Return the password, blanks and all."""
        return self.edit.text()

    def set_value(self, value: str | None) -> None:
        """Put a password in, or empty the field."""
        self.edit.setText(value or "")
        self._capitals = False
        self._tell()
        self.clear_problem()

    def keys(self, event: QKeyEvent) -> bool:
        """Show by Alt+S, finish by Enter; notice letters that come as capitals without Shift, or the other way round."""
        if event.key() == Qt.Key.Key_S and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self.show_text(not self.eye.isChecked())
            return True
        if event.key() in ENTER and plain(event) and self.on_enter is not None:
            self.on_enter()
            return True
        text = event.text()
        if len(text) == 1 and text.isascii() and text.isalpha():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._capitals = text.isupper() != shifted
            QTimer.singleShot(0, self, self._tell)
        return super().keys(event)

    def said(self) -> str:
        """Return what is said under the field besides a problem."""
        return self._said.text()

    def _typed(self) -> None:
        self._tell()
        self.changed.emit()

    def _tell(self) -> None:
        parts = [_CAPITALS] if self._capitals else []
        if self._tells_strength and (words := strength_words(self.edit.text())):
            parts.append(f"密码强度：{words}")
        self._said.setText("\n".join(parts))
        self._said.setVisible(bool(parts))

    def _unmark_shown(self) -> None:
        if self.edit.echoMode() is QLineEdit.EchoMode.Normal and self.edit.hasSelectedText():
            self.edit.deselect()
