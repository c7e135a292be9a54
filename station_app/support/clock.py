"""The clock that is handed in: today is an argument everywhere below the two entry points."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time


@dataclass(frozen=True)
class Clock:
    """Tells the time.

    Args:
        now: returns the current time with its offset.
    """

    now: Callable[[], datetime]

    def today(self) -> date:
        """Return the day of ``now()``."""
        return self.now().date()

    def stamp(self) -> str:
        """Return ``now()`` as ISO text with offset, to the second."""
        return self.now().isoformat(timespec="seconds")


def system_clock() -> Clock:
    """Return the clock of this PC."""
    return Clock(lambda: datetime.now().astimezone())


def clock_on(day: date) -> Clock:
    """Return a clock that shows the PC's time of day on another ``day``."""

    def now() -> datetime:
        real = datetime.now().astimezone()
        return datetime.combine(day, real.timetz())

    return Clock(now)


def fixed_clock(day: date, at: time = time(9, 0)) -> Clock:
    """Return a clock that stands still, for tests and the demo."""
    moment = datetime.combine(day, at).astimezone()
    return Clock(lambda: moment)
