"""The window: builds the application, opens one program for each user, and ends it cleanly."""

import logging
import signal
import socket
import sys
import threading
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from station_app import VERSION
from station_app.support.clock import Clock
from station_app.support.logs import RunMark, start_log, stop_log, take_crashes
from station_app.support.paths import Places, default_data_folder, default_log_folder, default_settings_file
from station_app.support.private_folder import sweep_left_behind
from station_app.ui.main_window import window_settings
from station_app.ui.messages import Boxes
from station_app.ui.program import Program
from station_app.ui.second_start import FirstStarted, Wish, hand_over, meeting_point
from station_app.ui.theme import FontSize, apply_theme

log = logging.getLogger(__name__)


def build_application(settings_file: Path | None = None) -> QApplication:
    """Return the one Qt application, dressed in the font size the clerk chose."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("LiaisonStation")
    app.setApplicationDisplayName("")
    settings = window_settings(str(settings_file or default_settings_file()))
    chosen = str(settings.value("window/font_size", FontSize.STANDARD.value))
    apply_theme(app, FontSize(chosen) if chosen in {size.value for size in FontSize} else FontSize.STANDARD)
    return app


def open_window(path: Path | None, clock: Clock, operator: str, *, demo: bool = False) -> int:
    """Open a station file, or the demo, in the window and return the exit code when it is closed.

    A program of the same user that already runs is handed the wish instead.

    Args:
        path: the file; None for the one opened last, else the only one at the default place, else the assistant.
        demo: open the demo station, making it on the first use of the day.
    """
    app = build_application()
    name = meeting_point(default_settings_file())
    wish = Wish(path.absolute() if path else None, demo)
    if hand_over(name, wish):
        return 0
    log_folder = default_log_folder()
    start_log(log_folder)
    crashes = take_crashes(log_folder)
    mark = RunMark(log_folder, clock.now())
    boxes = Boxes()
    settings = window_settings(str(default_settings_file()))
    program = Program(Places(default_data_folder(), log_folder), settings, boxes, clock, operator)
    boxes.save_package = program.packages.save
    _watch_for_bugs(boxes)
    _end_when_told(app, mark)
    first = FirstStarted(name, program)
    log.info("program %s starts", VERSION)
    try:
        first.wished.connect(program.grant)
        if not program.begin(wish):
            return 1
        log.info("window shown")
        program.tell_crashes(crashes)
        QTimer.singleShot(0, sweep_left_behind)
        return app.exec()
    finally:
        first.close()
        program.close()
        mark.remove()
        log.info("program ends")
        stop_log()


def _watch_for_bugs(boxes: Boxes) -> None:
    """Tell a bug and go on; `Boxes.tell_bug` writes it to the log."""

    def bug(_kind: type[BaseException], error: BaseException, _where: TracebackType | None) -> None:
        if threading.current_thread() is threading.main_thread():
            boxes.tell_bug(error)
        else:
            log.error("bug in a thread", exc_info=error)

    sys.excepthook = bug


def _end_when_told(app: QApplication, mark: RunMark) -> None:
    """Take the end of the session (SIGTERM) for a clean end; Windows tells Qt itself."""
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        return
    inside, outside = socket.socketpair()
    for end in (inside, outside):
        end.setblocking(False)
    notifier = QSocketNotifier(inside.fileno(), QSocketNotifier.Type.Read, app)

    def end_now() -> None:
        inside.recv(1)
        mark.remove()
        app.exit(0)

    notifier.activated.connect(lambda *_: end_now())
    app.setProperty("woken_by", [inside, outside])
    # Qt's loop runs no Python while it waits: the signal has to arrive as something to read.
    signal.signal(signal.SIGTERM, lambda _number, _frame: None)
    signal.set_wakeup_fd(outside.fileno())
