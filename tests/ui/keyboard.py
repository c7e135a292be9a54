"""Keys and words as a clerk types them: Latin letters by keys, Chinese through an input method."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


def press(key: Qt.Key, how: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, on: QWidget | None = None) -> None:
    """Press a key on a widget, or where the cursor is."""
    target = on or QApplication.focusWidget()
    assert target is not None, "nothing has the focus"
    QTest.keyClick(target, key, how)


def type_text(text: str, into: QWidget | None = None) -> None:
    """Type ``text`` into a widget, or where the cursor is; QTest's own key clicks abort on Chinese."""
    target = into or QApplication.focusWidget()
    assert target is not None, "nothing has the focus"
    if text.isascii():
        QTest.keyClicks(target, text)
        return
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(target, event)
