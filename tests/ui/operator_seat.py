"""A window on a station with operators, and who sits before it: driven by keys."""

from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from station_app.station import Desks
from station_app.support.clock import Clock
from station_app.ui.lock_page import LockPage
from station_app.ui.messages import RecordedMessages
from station_app.ui.reception_page import ReceptionPage
from station_app.ui.station_window import StationWindow
from station_app.ui.visit_form import VisitForm
from tests.operator_station import PINS
from tests.ui.reception_keys import ALT, K

NAMES = ("罗成", "肖敏", "林小雨", "何平")
"""The operators in the order of the list."""


class Seat:
    """A window on a register, and who sits before it."""

    def __init__(self, qtbot: QtBot, path: Path, clock: Clock, settings: QSettings) -> None:
        self.qtbot = qtbot
        self.messages = RecordedMessages()
        self.window = StationWindow(Desks.open(path, clock), settings, self.messages)
        self.desks = self.window.desks
        self.window.begin()
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    @property
    def cover(self) -> LockPage:
        """What covers the window."""
        page = self.window.lock.page
        assert page is not None, "the window is not covered"
        return page

    @property
    def form(self) -> VisitForm:
        """The registration form that is open."""
        page = self.window.page("reception")
        assert isinstance(page, ReceptionPage)
        assert isinstance(page.editor, VisitForm)
        return page.editor

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def letters(self, text: str) -> None:
        """Press letters and digits."""
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClicks(target, text)

    def choose(self, name: str) -> None:
        """Walk the names by Up and Down."""
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        steps = NAMES.index(name) - self.cover.names.currentRow()
        for _ in range(abs(steps)):
            self.key(K.Key_Down if steps > 0 else K.Key_Up)

    def sign_in(self, name: str, pin: str = "") -> None:
        """Choose a name, type the PIN, press Enter."""
        self.choose(name)
        self.letters(pin or PINS[name])
        self.key(K.Key_Return)

    def texts(self) -> str:
        """Return every text that can be seen in the window, the title bar included."""
        parts = [self.window.windowTitle()]
        for one in self.window.findChildren(QWidget):
            if one.isVisible():
                parts += [one.text()] if isinstance(one, QLabel | QPushButton) else []
        return "\n".join(parts)


def end(window: StationWindow) -> None:
    """End without the questions that closing asks."""
    window.jobs.stop()
    desks = window.desks
    delete(window)
    desks.close()


def type_visit(seat: Seat, name: str = "Mo") -> None:
    seat.key(K.Key_2, ALT)
    seat.key(K.Key_F2)
    seat.form.visitor.name.setFocus()
    seat.letters(name)
