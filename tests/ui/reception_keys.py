"""The reception page in a real window, driven by keys alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from station_app.station import Desks
from station_app.ui.main_window import MainWindow, PageEntry, window_settings
from station_app.ui.messages import RecordedMessages, Unsaved
from station_app.ui.reception_page import ReceptionPage
from station_app.ui.reception_papers import ReceptionPapers
from station_app.ui.visit_form import VisitForm
from tests.ui.small_station import small_station

TODAY = date(2026, 11, 25)
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
K = Qt.Key


class Clerk:
    """A clerk who works the window by keyboard."""

    def __init__(
        self, window: MainWindow, page: ReceptionPage, desks: Desks, messages: RecordedMessages, printed: list[object]
    ) -> None:
        self.window = window
        self.page = page
        self.desks = desks
        self.messages = messages
        self.printed = printed

    @property
    def form(self) -> VisitForm:
        """The registration form that is open."""
        form = self.page.editor
        assert isinstance(form, VisitForm), "no registration form is open"
        return form

    def focus(self) -> QWidget:
        """Return what has the keyboard."""
        found = QApplication.focusWidget()
        assert found is not None, "nothing has the focus"
        return found

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier, times: int = 1) -> None:
        """Press a key."""
        for _ in range(times):
            QTest.keyClick(self.focus(), key, modifier)

    def type(self, text: str) -> None:
        """Type as an input method does: the words come whole."""
        commit = QInputMethodEvent()
        commit.setCommitString(text)
        QApplication.sendEvent(self.focus(), commit)

    def press_letters(self, text: str) -> None:
        """Press Latin letters and digits one by one."""
        QTest.keyClicks(self.focus(), text)

    def paste(self, text: str) -> None:
        """Paste a text."""
        QGuiApplication.clipboard().setText(text)
        self.key(K.Key_V, CTRL)

    def tab(self, times: int = 1) -> None:
        """Go to the next field."""
        self.key(K.Key_Tab, times=times)

    def tab_to(self, field: QWidget) -> None:
        """Go on by Tab until a field has the keyboard; fail when that takes more than thirty."""
        for _ in range(30):
            if field.isAncestorOf(self.focus()) or field is self.focus():
                return
            self.tab()
        raise AssertionError(f"Tab never reaches {field.accessibleName() or field}")

    def table(self) -> list[tuple[str, str, str]]:
        """Return what the table of visits shows: name, words, disposition."""
        model = self.page.panel.table.model
        name, words, disposition = (model.column_of(key) for key in ("name", "words", "disposition"))
        return [
            (model.text_at(row, name), model.text_at(row, words), model.text_at(row, disposition))
            for row in range(model.rowCount())
        ]


@contextmanager
def clerk_at(qtbot: QtBot, path: Path, desks: Desks | None = None) -> Iterator[Clerk]:
    """Open the window over a small station (or over ``desks``) with the reception page in front."""
    desks = desks or small_station(path / "禾溪.station", TODAY)
    messages = RecordedMessages()
    printed: list[object] = []
    papers = ReceptionPapers(printed.append, printed.append, printed.append)
    window = MainWindow(
        "禾溪镇人大代表联络站",
        [PageEntry("reception", "接待", "calendar-days", lambda shell: ReceptionPage(shell, desks, papers))],
        clock=desks.clock,
        settings=window_settings(str(path / "window.ini")),
        messages=messages,
        undo=desks.housekeeping.undo,
    )
    qtbot.addWidget(window)
    window.show_page("reception")
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page = window.page("reception")
    assert isinstance(page, ReceptionPage)
    page.setFocus()
    yield Clerk(window, page, desks, messages, printed)
    messages.answers = [Unsaved.KEEP]  # closing asks about a form that is open in the end
