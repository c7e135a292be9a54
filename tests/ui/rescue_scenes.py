"""Scenes of the rescue of a damaged register for `tests.pictures`."""

from collections.abc import Callable
from datetime import date, time
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QWidget

from station_app.services.rescue_desk import RescueDesk
from station_app.support.clock import fixed_clock
from station_app.ui.main_window import window_settings
from station_app.ui.messages import RecordedMessages
from station_app.ui.rescue_stages import Stage
from station_app.ui.rescue_window import RescueWindow
from tests.faults.wrecks import behead, make_register, spoil

CLOCK = fixed_clock(date(2026, 11, 25), time(9, 30))
_messages: list[RecordedMessages] = []


def _finish(window: RescueWindow) -> None:
    loop = QEventLoop()
    while window.jobs.busy:
        loop.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)


def _at(stage: Stage, *, pages: int = 14, backup: bool = True) -> Callable[[Path], QWidget]:
    def make(folder: Path) -> QWidget:
        register = make_register(folder, newer=14)
        spoil(register.path, pages)
        if not backup:
            behead(register.path)
            for path in register.backup.parent.iterdir():
                path.unlink()
        messages = RecordedMessages()
        _messages.append(messages)
        window = RescueWindow(RescueDesk(register.path, CLOCK), window_settings(str(folder / "window.ini")), messages)
        window.show()
        window.begin()
        if window.stage() is Stage.PASSWORD and stage is not Stage.PASSWORD:
            window.go_on()
        _finish(window)
        while window.stage() < stage:
            window.go_on()
            _finish(window)
        return window

    return make


SCENES: dict[str, Callable[[Path], QWidget]] = {
    "rescue-password": _at(Stage.PASSWORD, backup=False),
    "rescue-report": _at(Stage.REPORT),
    "rescue-hopeless": _at(Stage.REPORT, backup=False),
    "rescue-backup": _at(Stage.BACKUP),
    "rescue-steps": _at(Stage.STEPS),
    "rescue-result": _at(Stage.RESULT),
}
SIZES = dict.fromkeys(SCENES, (1024, 700))
