"""Demo stations of any size, made once and kept under ``build/benchmarks``."""

from datetime import date
from pathlib import Path

from station_app.station import Desks, make_demo
from station_app.storage.schema import SCHEMA_VERSION
from station_app.support.clock import fixed_clock

TODAY = date(2026, 11, 25)
FOLDER = Path("build") / "benchmarks"


def station_of(opinions: int, years: int = 3) -> Path:
    """Return a demo station with about that many opinions; made when there is none of today's tables yet."""
    path = FOLDER / f"demo-{opinions}-{years}-{SCHEMA_VERSION}.station"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        make_demo(path, fixed_clock(TODAY), years=years, opinions=opinions).close()
    return path


def opened(opinions: int, years: int = 3) -> Desks:
    """Open a demo station read-only."""
    return Desks.open(station_of(opinions, years), fixed_clock(TODAY), read_only=True)
