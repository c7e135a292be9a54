"""The window on a ten-year file: start, page, keystroke."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.measure import Measure
from tests.benchmarks.stations import FOLDER, TODAY, station_of

_EMPTY = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget
app = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(QTableWidget(30, 8))
window.resize(1280, 800)
window.show()
app.processEvents()
window.grab()
print("ready", flush=True)
"""
_OURS = """
import sys
from datetime import date
from pathlib import Path
from station_app.support.memory import expect_many_objects
expect_many_objects()
from station_app import cli  # as main.py begins
from station_app.app import build_application
from station_app.station import Desks
from station_app.support.clock import fixed_clock
from station_app.ui.main_window import window_settings
from station_app.ui.messages import RecordedMessages
from station_app.ui.station_window import StationWindow
ini = Path(sys.argv[1]).with_suffix(".ini")
app = build_application(ini)
desks = Desks.open(Path(sys.argv[1]), fixed_clock(date.fromisoformat(sys.argv[2])))
window = StationWindow(desks, window_settings(str(ini)), RecordedMessages())
window.show_page("today")
window.show()
app.processEvents()
window.grab()
print("ready", flush=True)
window.close()
"""
_STARTS = 7


def measures() -> Iterator[Measure]:
    """Yield what the window needs."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ten-years.station"
        path.write_bytes(station_of(20_000, years=10).read_bytes())
        # By turns, because the PC is now busier, now quieter.
        starts = [(_until_ready(_EMPTY), _until_ready(_OURS, path)) for _ in range(_STARTS)]
        empty, ours = map(min, zip(*starts, strict=True))
        yield Measure("window usable on a ten-year file", ours, 3, empty, "empty window")
        yield from _opinions_page(path)


def _until_ready(program: str, path: Path | None = None) -> float:
    """Return the seconds from starting a program until it says that its window stands.

    Raises:
        RuntimeError: it ended without a word.
    """
    arguments = [str(path), TODAY.isoformat()] if path else []
    # An installed program is compiled once; a PC that forbids Python to keep that would compile ours at every start.
    kept = {**os.environ, "PYTHONPYCACHEPREFIX": str(FOLDER.absolute() / "compiled")}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    with subprocess.Popen([sys.executable, "-c", program, *arguments], stdout=subprocess.PIPE, env=kept) as running:
        assert running.stdout is not None
        said = running.stdout.readline()
        needed = time.perf_counter() - start
    if not said:
        raise RuntimeError("The program ended before its window stood.")
    return needed


def _opinions_page(path: Path) -> Iterator[Measure]:
    from station_app.app import build_application
    from station_app.station import Desks
    from station_app.support.clock import fixed_clock
    from station_app.ui.main_window import window_settings
    from station_app.ui.messages import RecordedMessages
    from station_app.ui.opinions_page import OpinionsPage
    from station_app.ui.station_window import StationWindow

    path.with_name(path.name + ".lock").unlink(missing_ok=True)
    ini = path.with_suffix(".ini")
    app = build_application(ini)
    window = StationWindow(Desks.open(path, fixed_clock(TODAY)), window_settings(str(ini)), RecordedMessages())
    window.show_page("today")
    window.show()
    while window.jobs.busy or not window.desks.opinions.is_read():
        app.processEvents()  # as after a look at the list of things to do
    app.processEvents()

    def shown(action: Callable[[], object]) -> float:
        start = time.perf_counter()
        action()
        app.processEvents()
        window.grab()
        return time.perf_counter() - start

    yield Measure("opinions page opened with 20,000 rows", shown(lambda: window.show_page("opinions")), 0.100)
    page = window.page("opinions")
    assert isinstance(page, OpinionsPage)
    search = page.filters.search
    slowest = max(shown(partial(search.setText, typed)) for typed in ("水", "水渠", "水渠淤", ""))
    yield Measure("the slowest filter keystroke over 20,000 rows", slowest, 0.100)
    window.close()
