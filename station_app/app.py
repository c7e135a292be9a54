"""The window over the desks: builds the application, dresses it, and keeps it running when a bug shows."""

import sys
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication

from station_app.support.clock import Clock
from station_app.support.paths import default_settings_file
from station_app.ui.main_window import MainWindow, PageEntry, window_settings
from station_app.ui.messages import Boxes
from station_app.ui.theme import FontSize, apply_theme


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


def run_window(
    station: str,
    entries: tuple[PageEntry, ...],
    clock: Clock,
    settings_file: Path | None = None,
    *,
    demo: bool = False,
) -> int:
    """Open the window and return the exit code when it is closed."""
    app = build_application(settings_file)
    boxes = Boxes()
    settings = window_settings(str(settings_file or default_settings_file()))
    window = MainWindow(station, entries, clock=clock, settings=settings, messages=boxes, demo=demo)
    boxes.parent = window

    def bug(_kind: type[BaseException], error: BaseException, _where: TracebackType | None) -> None:
        boxes.tell_bug(error)

    sys.excepthook = bug
    window.show_page(entries[0].key)
    window.show()
    return app.exec()
