"""A proven backup of a ten-year register, plain and encrypted, against copying its bytes."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from station_app.domain.backup import Occasion
from station_app.storage import driver
from station_app.storage.backups import back_up
from station_app.storage.file_key import FileKey
from tests.benchmarks.measure import Measure, best_of
from tests.benchmarks.stations import TODAY, station_of

_NOW = datetime.combine(TODAY, time(9, 0)).astimezone()


def measures() -> Iterator[Measure]:
    """Yield what a backup needs that the clerk waits for, and one made in the background."""
    plain = station_of(20_000, years=10)
    with TemporaryDirectory(dir=plain.parent) as folder:
        key = FileKey.random()
        locked = Path(folder) / "locked.station"
        with closing(driver.connect(plain)) as db:
            driver.export_into(db, locked, key)
        copied = Path(folder) / "copied.station"
        floor = best_of(3, lambda: shutil.copyfile(plain, copied))
        for word, source, opens in (("plain", copied, None), ("encrypted", locked, key)):
            for thorough in (False, True):
                needed = best_of(3, partial(_once, source, opens, thorough=thorough))
                how, goal = ("in the background", 5.0) if thorough else ("waited for", 1.0)
                yield Measure(f"proven backup, 20,000 opinions, {word}, {how}", needed, goal)
        yield Measure("copying its bytes, unproven", floor, 1.0)


def _once(source: Path, key: FileKey | None, *, thorough: bool) -> None:
    with closing(driver.connect(source, key)) as db:
        made = back_up(db, source, key, _NOW, Occasion.BY_HAND, thorough=thorough)
    made.path.unlink()
