"""The 意见 page in a real window, driven by keys alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from station_app.domain.moves import MOVE_LABELS, Move
from station_app.domain.opinion import Case
from station_app.station import Desks
from station_app.ui.main_window import MainWindow, PageEntry
from station_app.ui.messages import RecordedMessages
from station_app.ui.move_form import MoveForm
from station_app.ui.opinions_page import OpinionsPage
from station_app.ui.rare_moves import SELDOM
from tests.ui.keyboard import type_text
from tests.ui.small_station import small_station

Key = Qt.Key
Ctrl = Qt.KeyboardModifier.ControlModifier


@contextmanager
def clerk_at_opinions(qtbot: QtBot, path: Path, settings: QSettings, messages: RecordedMessages) -> Iterator["Clerk"]:
    """Open an invented station on the page of opinions."""
    desks = small_station(path)
    window = MainWindow(
        "禾溪镇人大代表联络站",
        [PageEntry("opinions", "意见", "message-square-text", lambda shell: OpinionsPage(shell, desks))],
        clock=desks.clock,
        settings=settings,
        messages=messages,
        undo=desks.housekeeping.undo,
    )
    qtbot.addWidget(window)
    window.show_page("opinions")
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    yield Clerk(window, desks)
    window.close()
    desks.close()


class Clerk:
    """Works the window by keyboard."""

    def __init__(self, window: MainWindow, desks: Desks) -> None:
        self.window = window
        self.desks = desks
        page = window.page("opinions")
        assert isinstance(page, OpinionsPage)
        self.page = page

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(self.focus(), key, modifier)

    def type(self, text: str) -> None:
        """Type a text, Chinese as an input method commits it."""
        type_text(text, self.focus())

    def choose(self, typed: str) -> None:
        """Choose in a list field by what is typed and go to the next field."""
        self.type(typed)
        self.press(Key.Key_Return)

    def save(self) -> None:
        """Save the form."""
        self.press(Key.Key_S, Ctrl)

    def focus(self) -> QWidget:
        """Return the widget that takes the keys."""
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the focus"
        return widget

    def go_to(self, title: str) -> Case:
        """Find a matter by the search line and come down to it in the table."""
        self.page.filters.search.setFocus()
        self.page.filters.search.clear()
        self.type(title)
        self.press(Key.Key_Return)
        return self.case()

    def case(self) -> Case:
        """Return the matter shown, as it stands in the file."""
        row = self.page.table.current_row()
        assert row is not None
        return self.desks.opinions.case(row.case.id)

    def do(self, move: Move) -> MoveForm:
        """Go by Enter and Tab to an action and open its form."""
        if self.page.table.view.hasFocus():
            self.press(Key.Key_Return)
        word = "更多" if move in SELDOM else MOVE_LABELS[move]
        for _ in range(14):
            if getattr(self.focus(), "text", str)() == word:
                break
            self.press(Key.Key_Tab)
        if move in SELDOM:
            self._choose_seldom(move)
        else:
            self.press(Key.Key_Return)
        form = self.form()
        assert form.what is move
        return form

    def _choose_seldom(self, move: Move) -> None:
        """Open the menu of the seldom moves by the keyboard and choose one."""
        more = self.focus()
        assert isinstance(more, QPushButton)
        menu = more.menu()
        assert menu is not None

        self.press(Key.Key_Space)
        assert menu.isVisible()
        for _ in menu.actions():
            QTest.keyClick(menu, Key.Key_Down)
            active = menu.activeAction()
            if active is not None and active.text() == MOVE_LABELS[move]:
                break
        QTest.keyClick(menu, Key.Key_Return)

    def form(self) -> MoveForm:
        """Return the open form of a move."""
        form = self.page.form()
        assert isinstance(form, MoveForm), f"no form of a move is open but {form}"
        return form

    def numbers(self) -> list[str]:
        """Return the numbers in the table, in order."""
        return [row.case.number for row in self.page.table.rows()]
