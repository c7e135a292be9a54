"""The whole window over a small station, driven by keys alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pytestqt.qtbot import QtBot

from station_app.ui.station_window import StationWindow
from tests.ui.reception_keys import TODAY
from tests.ui.small_station import small_station
from tests.ui.window_seat import opened


@contextmanager
def whole_window(qtbot: QtBot, folder: Path) -> Iterator[StationWindow]:
    """Open the window over a station that was made before: what made it cannot be undone any more."""
    path = folder / "禾溪.station"
    small_station(path, TODAY).close()
    window = opened(qtbot, path, TODAY)
    yield window
    window.close()
