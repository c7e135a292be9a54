"""A window over an invented station with the keyboard in it, for the tests of its pages."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from station_app.station import Desks
from station_app.support.clock import fixed_clock
from station_app.ui.main_window import MainWindow, window_settings
from station_app.ui.messages import RecordedMessages
from station_app.ui.page import Page
from station_app.ui.page_list import page_entries
from station_app.ui.station_window import StationWindow
from tests.ui.small_station import TODAY

Shown = TypeVar("Shown", bound=MainWindow)
Kind = TypeVar("Kind", bound=Page)


def copied(made: Path, folder: Path, today: date = TODAY) -> Desks:
    """Open a copy of a station that was made before: what made it cannot be undone any more."""
    path = folder / made.name
    shutil.copy(made, path)
    return Desks.open(path, fixed_clock(today))


def plain_window(desks: Desks, settings: QSettings, messages: RecordedMessages) -> MainWindow:
    """Return a window with every page, without what a `StationWindow` does around them."""
    undo = desks.housekeeping.undo
    return MainWindow("示例", page_entries(desks), clock=desks.clock, settings=settings, messages=messages, undo=undo)


def take_seat(qtbot: QtBot, window: Shown) -> Shown:
    """Show a window and wait until it has the keyboard; who opened it closes it."""
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def seated(qtbot: QtBot, window: Shown) -> Iterator[Shown]:
    """Yield a window that is shown and has the keyboard; in the end its jobs have run out.

    It is hidden then: a window that is deleted while its fields have the keyboard tells them so when they are half gone.
    """
    yield take_seat(qtbot, window)
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=20_000)
    window.jobs.stop()
    window.hide()


def opened(qtbot: QtBot, path: Path, today: date = TODAY) -> StationWindow:
    """Open the window over a register as the program does; what it remembers lies beside the file."""
    settings = window_settings(str(path.with_suffix(".ini")))
    window = StationWindow(Desks.open(path, fixed_clock(today)), settings, RecordedMessages())
    window.begin()
    qtbot.addWidget(window, before_close_func=lambda closing: closing.jobs.stop())
    return take_seat(qtbot, window)


def page_of(window: MainWindow, key: str, kind: type[Kind]) -> Kind:
    """Show a page and return it."""
    window.show_page(key)
    page = window.page(key)
    assert isinstance(page, kind)
    return page
