"""Guards of every window test: no unexpected box, no Qt warning, no warning in the log, no network call."""

import logging
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QSettings, QTimer, QtMsgType
from PySide6.QtWidgets import QApplication, QDialog, QProgressDialog
from pytestqt.qtbot import QtBot

from station_app.station import Desks
from station_app.support.clock import Clock, fixed_clock
from station_app.ui.change_signal import ChangeSignal
from station_app.ui.jobs import JobRunner
from station_app.ui.main_window import MainWindow, window_settings
from station_app.ui.messages import RecordedMessages, Unsaved
from station_app.ui.page import Shell
from station_app.ui.station_window import StationWindow
from station_app.ui.theme import apply_theme
from tests.ui.small_station import small_station
from tests.ui.window_seat import copied, plain_window, seated

TODAY = date(2026, 11, 25)
_HARMLESS = re.compile(r"propagateSizeHints|raise\(\)|This plugin does not support")
_network_calls: list[str] = []


def _watch_network(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.getaddrinfo") and not isinstance(arguments[-1], str | bytes):
        _network_calls.append(event)


sys.addaudithook(_watch_network)


class BoxWatch:
    """Closes every modal box that nobody expected, so that a test fails instead of hanging."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self._timer = QTimer(interval=50)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        box = QApplication.activeModalWidget()
        closing = isinstance(box, QProgressDialog) and box.windowTitle() == "关闭登记簿"
        if isinstance(box, QDialog) and not closing:  # a slow machine may show that one
            text = box.property("text") or box.windowTitle()
            self.seen.append(f"{type(box).__name__}: {text}")
            box.reject()

    def stop(self) -> None:
        """Look no more."""
        self._timer.stop()


def _forget_windows_of_earlier_tests() -> None:
    """Delete what earlier tests left: every window that still lives is dressed anew with each theme.

    They are hidden first: a field that loses the keyboard while it is deleted is told so when it is half gone.
    """
    for window in QApplication.topLevelWidgets():
        window.hide()
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(autouse=True)
def guards(qapp: QApplication, qtlog: Any, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail the test on what a clerk would have seen or heard without need."""
    _forget_windows_of_earlier_tests()
    apply_theme(qapp)
    boxes = BoxWatch()
    _network_calls.clear()
    with caplog.at_level(logging.WARNING):
        yield
    boxes.stop()
    warnings = [
        record.message
        for record in qtlog.records
        if record.type in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)
        and not _HARMLESS.search(record.message)
    ]
    logged = [record.getMessage() for record in caplog.get_records("call") if record.levelno >= logging.WARNING]
    assert not boxes.seen, f"unexpected box: {boxes.seen}"
    assert not warnings, f"Qt warned: {warnings}"
    assert not logged, f"the log warned: {logged}"
    assert not _network_calls, f"network: {_network_calls}"


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    """Return settings in a file of this test."""
    return window_settings(str(tmp_path / "window.ini"))


@pytest.fixture
def messages() -> RecordedMessages:
    """Return messages that are written down; fill ``answers`` before a question comes."""
    return RecordedMessages()


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands at 09:00 on 2026-11-25."""
    return fixed_clock(TODAY)


@pytest.fixture(scope="session")
def station_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of the invented station; tests open copies of it."""
    path = tmp_path_factory.mktemp("made") / "禾溪.station"
    small_station(path).close()
    return path


@pytest.fixture
def desks(station_file: Path, tmp_path: Path) -> Iterator[Desks]:
    """Return the desks of an invented station; what made it is not undone."""
    made = copied(station_file, tmp_path)
    yield made
    made.close()


@pytest.fixture
def window(qtbot: QtBot, desks: Desks, settings: QSettings, messages: RecordedMessages) -> Iterator[MainWindow]:
    """Return a window with every page, none of them shown yet."""
    yield from seated(qtbot, plain_window(desks, settings, messages))


@pytest.fixture
def station_window(
    qtbot: QtBot, desks: Desks, settings: QSettings, messages: RecordedMessages
) -> Iterator[StationWindow]:
    """Return the window of the program, none of its pages shown yet; what is typed in the end is not saved."""
    made = StationWindow(desks, settings, messages)
    yield from seated(qtbot, made)
    messages.answers = [Unsaved.DISCARD]
    made.close()


@pytest.fixture
def shell(qtbot: QtBot, settings: QSettings, messages: RecordedMessages, clock: Clock) -> Iterator[Shell]:
    """Return what a window lends its pages, without a window."""
    changes = ChangeSignal()
    jobs = JobRunner(messages)
    yield Shell(messages, changes, jobs, settings, clock, lambda _key, _item: None)
    jobs.stop()
