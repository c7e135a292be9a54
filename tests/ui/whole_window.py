"""The whole window over a small station, driven by keys alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station_app.station import Desks
from station_app.support.clock import fixed_clock
from station_app.ui.main_window import window_settings
from station_app.ui.messages import RecordedMessages
from station_app.ui.station_window import StationWindow
from tests.ui.reception_keys import TODAY
from tests.ui.small_station import small_station


@contextmanager
def whole_window(qtbot: QtBot, folder: Path) -> Iterator[StationWindow]:
    """Open the window over a station that was made before: what made it cannot be undone any more."""
    path = folder / "禾溪.station"
    small_station(path, TODAY).close()
    desks = Desks.open(path, fixed_clock(TODAY))
    window = StationWindow(desks, window_settings(str(folder / "window.ini")), RecordedMessages())
    qtbot.addWidget(window)
    window.begin()
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield window
    window.close()


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the focus is."""
    focus = QApplication.focusWidget()
    assert focus is not None, "nothing has the focus"
    QTest.keyClick(focus, key, modifier)
