"""The window: builds the application, dresses it, opens the station, and keeps running when a bug shows."""

import logging
import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from station_app.domain.station import StationProfile
from station_app.station import Desks
from station_app.support.clock import Clock
from station_app.support.faults import StationFault
from station_app.support.paths import default_data_folder, default_settings_file
from station_app.ui.main_window import window_settings
from station_app.ui.messages import Boxes
from station_app.ui.station_window import StationWindow
from station_app.ui.theme import FontSize, apply_theme

DEMO_FILE = "示范.station"
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

    Args:
        path: the file; None for the one opened last, else the default one, which is made when it is missing.
        demo: open the demo station, making it on the first day of use.
    """
    app = build_application()
    boxes = Boxes()
    settings = window_settings(str(default_settings_file()))
    try:
        desks = _open_demo(clock, operator) if demo else _open_station(path, settings, clock, operator)
    except StationFault as fault:
        boxes.tell_fault(fault)
        return 1
    if not demo:
        settings.setValue("station/last_file", str(desks.path))
    window = StationWindow(desks, settings, boxes)
    boxes.parent = window

    def bug(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        log.error("bug", exc_info=(kind, error, where))
        boxes.tell_bug(error)

    sys.excepthook = bug
    window.show_page("today")
    window.show()
    return app.exec()


def _open_station(path: Path | None, settings: QSettings, clock: Clock, operator: str) -> Desks:
    """Open the file that is named, else the last one, else the default one; only the default one is made."""
    last = str(settings.value("station/last_file", ""))
    if path is None and last and Path(last).exists():
        path = Path(last)
    default = default_data_folder() / "人大代表联络站.station"
    if path is None and not default.exists():
        return Desks.create(default, clock, StationProfile(name="人大代表联络站"), operator)
    return Desks.open(path or default, clock, operator)


def _open_demo(clock: Clock, operator: str) -> Desks:
    """Open today's demo; yesterday's is left where it is, as its days have gone stale."""
    from station_app.station import make_demo

    folder = default_data_folder() / "示范" / clock.today().isoformat()
    path = folder / DEMO_FILE
    if path.exists():
        return Desks.open(path, clock, operator)
    make_demo(path, clock).close()
    return Desks.open(path, clock, operator)
