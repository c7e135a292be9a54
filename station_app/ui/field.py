"""What every field of a form has: caption, required mark, problem line, Enter to the next field."""

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from station_app.ui.cards import label, repolish
from station_app.ui.theme import TONES, Tone, px

ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


def plain(event: QKeyEvent) -> bool:
    """Tell whether a key came without Ctrl, Alt or Shift."""
    return not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier


def can_undo(editor: QObject) -> bool:
    """Tell whether Ctrl+Z has something to take back inside a text editor."""
    if isinstance(editor, QLineEdit):
        return editor.isUndoAvailable()
    if isinstance(editor, QPlainTextEdit | QTextEdit):
        return editor.document().isUndoAvailable()
    return False


class UndoGuard(QObject):
    """Lets Ctrl+Z reach the window while a text editor has nothing to take back, and Ctrl+E always.

    Qt's editors claim both; install this as event filter on every editor outside a `Field`.
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the window's keys to the window."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            return leave_to_window(watched, event)
        return False


def leave_to_window(editor: QObject, event: QKeyEvent) -> bool:
    """Ignore the window's keys that Qt's editors claim; return whether that was done.

    These are Ctrl+Z with nothing to take back, Ctrl+Shift+Z, and Ctrl+E, which X11 editors take for the end of the line.
    """
    undo = event.matches(QKeySequence.StandardKey.Undo) and not can_undo(editor)
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    steps = event.key() == Qt.Key.Key_Z and event.modifiers() == both
    export = event.key() == Qt.Key.Key_E and event.modifiers() == Qt.KeyboardModifier.ControlModifier
    if undo or steps or export:
        event.ignore()
    return undo or steps or export


class Field(QWidget):
    """A field of a form. Subclasses hold an editor and give and take the value.

    Signals:
        changed: the clerk changed the value.

    Args:
        title: the caption, e.g. 选民姓名.
        required: whether the caption carries the red mark.
        wide: whether the field takes both columns of a `FormGrid`.
    """

    changed = Signal()
    keepable = True
    """Whether a draft of the form may hold what is typed here; never of passwords and PINs."""

    def __init__(self, title: str, *, required: bool = False, wide: bool = False) -> None:
        super().__init__()
        self.title = title
        self.wide = wide
        self.caption = QLabel()
        self.caption.setProperty("look", "label")
        self.caption.setTextFormat(Qt.TextFormat.RichText)  # with and without mark on the same line
        self.caption.setMinimumHeight(px(32))
        self.caption.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._required = required
        self.row = QHBoxLayout()
        self.row.setSpacing(px(6))
        self._problem = label("", "problem", wrap=True)
        self._problem.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        column.addLayout(self.row)
        column.addWidget(self._problem)
        self._editor: QWidget = self
        self._typing: QWidget = self
        self.set_required(required)
        self.changed.connect(self.clear_problem)

    def put(self, editor: QWidget, typing: QWidget | None = None) -> None:
        """Place the editor; ``typing`` is the part of it that takes the keys."""
        self._editor = editor
        self._typing = typing or editor
        self.row.addWidget(editor, 1)
        self.setFocusProxy(self._typing)
        self._typing.installEventFilter(self)
        self._typing.setAccessibleName(self.title)
        self.caption.setBuddy(self._typing)

    def typing(self) -> QWidget:
        """Return the part that takes the keys."""
        return self._typing

    @property
    def required(self) -> bool:
        """Whether the field must be filled."""
        return self._required

    def set_required(self, required: bool) -> None:
        """Set or take away the required mark."""
        self._required = required
        mark = f'<span style="color:{TONES[Tone.DANGER][0]}">*</span>' if required else ""
        self.caption.setText(f"{mark}{self.title}")

    def value(self) -> Any:
        """Return what is in the field; see the subclass."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value without telling that the clerk changed it."""
        raise NotImplementedError

    def typed(self) -> Any:
        """Return what is typed as JSON can hold it, for a draft; nonsense (2026-02-30) included."""
        return self.value()

    def put_typed(self, kept: Any) -> None:
        """Show what `typed` returned."""
        self.set_value(kept)

    def is_empty(self) -> bool:
        """Tell whether nothing is filled in."""
        return self.value() in (None, "", (), 0, False)

    def own_problem(self) -> str:
        """Return why the typed text is no value at all (2026-02-30), or an empty text."""
        return ""

    def show_problem(self, text: str) -> None:
        """Mark the field and say in Chinese what to type."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))
        self._editor.setProperty("wrong", bool(text))
        repolish(self._editor)
        self._typing.setAccessibleDescription(text)

    def clear_problem(self) -> None:
        """Take the mark away."""
        if self._problem.text():
            self.show_problem("")

    def problem(self) -> str:
        """Return what is said under the field, or an empty text."""
        return self._problem.text()

    def keys(self, event: QKeyEvent) -> bool:
        """Take a key before the editor sees it; return True when it is dealt with."""
        if event.key() in ENTER and plain(event):
            self.leave()
            self._typing.focusNextPrevChild(True)
            return True
        return False

    def leave(self) -> None:
        """Bring the typed text into its proper form; called when the focus leaves."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch the editor's keys and focus."""
        kind = event.type()
        if kind is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self.keys(event)
        if kind is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            return leave_to_window(watched, event)
        if kind is QEvent.Type.FocusIn:
            self._come_into_view()
        if kind is QEvent.Type.FocusOut:
            self.leave()
        return False

    def _come_into_view(self) -> None:
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is not None:
            above.ensureWidgetVisible(self, 0, px(20))
