"""The 意见 page in a real window, driven by keys alone."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from station_app.domain.moves import MOVE_LABELS, Move
from station_app.domain.opinion import Case
from station_app.station import Desks
from station_app.ui.main_window import MainWindow
from station_app.ui.move_form import MoveForm
from station_app.ui.opinions_page import OpinionsPage
from tests.ui.keyboard import type_text

Key = Qt.Key
Ctrl = Qt.KeyboardModifier.ControlModifier


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
        for _ in range(12):
            focused = self.focus()
            if getattr(focused, "text", str)() == MOVE_LABELS[move]:
                break
            self.press(Key.Key_Tab)
        self.press(Key.Key_Return)
        form = self.form()
        assert form.what is move
        return form

    def form(self) -> MoveForm:
        """Return the open form of a move."""
        form = self.page.form()
        assert isinstance(form, MoveForm), f"no form of a move is open but {form}"
        return form

    def numbers(self) -> list[str]:
        """Return the numbers in the table, in order."""
        return [row.case.number for row in self.page.table.rows()]
