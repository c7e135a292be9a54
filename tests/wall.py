"""A clock on the wall that a test moves on."""

from datetime import date, datetime, time, timedelta

from station_app.support.clock import Clock

TODAY = date(2026, 11, 25)


class Wall:
    """A clock on the wall that a test moves on."""

    def __init__(self) -> None:
        self.moment = datetime.combine(TODAY, time(9, 0)).astimezone()

    def clock(self) -> Clock:
        """Return it as the clock that is handed in."""
        return Clock(lambda: self.moment)

    def wait(self, **length: float) -> None:
        """Let time pass."""
        self.moment += timedelta(**length)
