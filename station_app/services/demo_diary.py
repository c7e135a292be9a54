"""The invented station's diary: what is entered when, and the clock that goes with it."""

import heapq
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta, timezone
from random import Random

from station_app.storage.change_log import Step
from station_app.support.clock import Clock

CHINA = timezone(timedelta(hours=8))
"""The invented station's time, whatever the PC's: the same demo everywhere."""

Entry = Callable[[Step], None]


class Diary:
    """Entries by day and minute; an entry may put further ones, for later on the same day too."""

    def __init__(self, first: date) -> None:
        self._days: dict[date, list[tuple[int, int, Entry]]] = {}
        self._serial = 0
        self._moment = datetime.combine(first, time(8, 0), CHINA)
        self.clock = Clock(lambda: self._moment)

    def put(self, day: date, minute: int, entry: Entry) -> None:
        """Note that ``entry`` is to be made on ``day``, ``minute`` minutes after midnight."""
        self._serial += 1
        heapq.heappush(self._days.setdefault(day, []), (minute, self._serial, entry))

    def begin(self, day: date) -> bool:
        """Set the clock to the first entry of ``day``; False when there is none."""
        waiting = self._days.get(day)
        if not waiting:
            return False
        self._moment = moment(day, waiting[0][0])
        return True

    def take(self, day: date) -> Iterator[Entry]:
        """Yield the entries of ``day`` in order, the clock going with them."""
        waiting = self._days[day]
        while waiting:
            minute, _serial, entry = heapq.heappop(waiting)
            self._moment = moment(day, minute)
            yield entry
        del self._days[day]


def moment(day: date, minute: int) -> datetime:
    """Return ``minute`` minutes after midnight of ``day``, in China."""
    return datetime.combine(day, time(minute // 60, minute % 60), CHINA)


def clock_text(minute: int) -> str:
    """Return ``HH:MM``."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def office_minute(rng: Random) -> int:
    """Return a minute at which offices work: 8:40 to 11:40, 14:40 to 17:10."""
    return rng.randint(520, 700) if rng.random() < 0.6 else rng.randint(880, 1030)
