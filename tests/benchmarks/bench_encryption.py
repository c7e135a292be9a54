"""A register under a password against the same one without: registering, searching, the month; and the unlocking."""

import random
import shutil
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from station_app.domain import periods
from station_app.services.unlocking import key_of_password
from station_app.station import Desks
from station_app.storage.file_key import FileKey
from station_app.storage.rekeying import Rekeying
from station_app.support.clock import fixed_clock
from tests.benchmarks.bench_desks import DRAFT
from tests.benchmarks.measure import Measure, best_of, p95
from tests.benchmarks.stations import TODAY, station_of

CLOCK = fixed_clock(TODAY)
PASSWORD = "he xi shui qing"
_GOAL = 1.3
_ROUNDS = 60
_SEARCHES = 300


def measures() -> Iterator[Measure]:
    """Yield the ratios on a file of 20,000 opinions, and the seconds from the password to the window."""
    with TemporaryDirectory() as folder:
        plain, locked = Path(folder) / "plain.station", Path(folder) / "locked.station"
        shutil.copyfile(station_of(20_000, years=10), plain)
        shutil.copyfile(plain, locked)
        begin = time.perf_counter()
        _lock(locked)
        yield Measure("set a password on 20,000 opinions", time.perf_counter() - begin, 30)
        both = Desks.open(plain, CLOCK), Desks.open(locked, CLOCK, "", key_of_password(locked, PASSWORD))
        yield _ratio("register one visit, encrypted", _registering(*both))
        yield _ratio("search 20,000 opinions, p95, encrypted", _searching(*both))
        yield _ratio("the month's whole set, encrypted", tuple(_month_set(desks, folder) for desks in both))
        times = tuple(best_of(2, desks.housekeeping.check) for desks in both)
        # It reads the whole file, and every page has to be deciphered.
        yield Measure("check integrity and chain, encrypted", times[1], 3, times[0], "plain")
        for desks in both:
            desks.close()
        yield Measure("password to window on 20,000 opinions", _unlocking(locked, Path(folder)), 1.0)


def _ratio(name: str, times: tuple[float, ...]) -> Measure:
    plain, locked = times
    return Measure(name, locked, _GOAL, plain, "plain")


def _lock(path: Path) -> None:
    desks = Desks.open(path, CLOCK)
    change = Rekeying(desks._file, "设置密码")
    change.prepare(FileKey.fresh(PASSWORD), lambda _part, _word: None, lambda: False)
    change.finish()
    desks.close()


def _registering(plain: Desks, locked: Desks) -> tuple[float, float]:
    """Register in turns, so that whatever else the disk does falls on both alike."""
    seconds: dict[Desks, list[float]] = {plain: [], locked: []}
    for _ in range(_ROUNDS):
        for desks, spent in seconds.items():
            begin = time.perf_counter()
            desks.reception.register_visit(DRAFT)
            spent.append(time.perf_counter() - begin)
    return statistics.median(seconds[plain]), statistics.median(seconds[locked])


def _searching(plain: Desks, locked: Desks) -> tuple[float, float]:
    """Search in turns, by the processor's time: both files lie in memory, and neighbours do not count."""
    chance = random.Random(7)
    cases = plain.opinions.raised_between("2026-01-01", "2026-03-31")
    seconds: dict[Desks, list[float]] = {plain: [], locked: []}
    for _ in range(_SEARCHES):
        words, length = chance.choice(cases).words, chance.randint(1, 4)
        start = chance.randrange(max(1, len(words) - length))
        for desks, spent in seconds.items():
            begin = time.process_time()
            desks.finder.find(words[start : start + length])
            spent.append(time.process_time() - begin)
    return p95(seconds[plain]), p95(seconds[locked])


def _month_set(desks: Desks, folder: str) -> float:
    return best_of(3, lambda: desks.reports.month_set(periods.month("2026-10"), Path(folder) / "月"))


def _unlocking(path: Path, folder: Path) -> float:
    """Return the seconds from Enter in the password's field until the register's window is drawn."""
    from station_app.app import build_application
    from station_app.support.paths import Places
    from station_app.ui.main_window import window_settings
    from station_app.ui.messages import RecordedMessages
    from station_app.ui.program import Program
    from station_app.ui.second_start import Wish

    app = build_application(folder / "window.ini")
    needed = []
    for _ in range(5):
        settings = window_settings(str(folder / "window.ini"))
        program = Program(Places(folder, folder), settings, RecordedMessages(answers=[True] * 9), CLOCK, "")
        program.begin(Wish(path))
        asking = program.unlocker.window
        assert asking is not None
        app.processEvents()
        asking.word_form.fields["password"].set_value(PASSWORD)
        begin = time.perf_counter()
        asking.word_form.save()
        while program.window is None:
            app.processEvents()
        program.window.grab()
        needed.append(time.perf_counter() - begin)
        program.window.give_up_changes()
        program.window.close()
        program.close()
    return min(needed)
