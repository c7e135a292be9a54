"""The desks of one open station file, put together without Qt."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from station_app.domain.station import StaffPost, StationProfile
from station_app.services.demo import write_demo
from station_app.services.finder import Finder
from station_app.services.housekeeping import Housekeeping
from station_app.services.intake import Intake
from station_app.services.opinion_desk import OpinionDesk
from station_app.services.reception_days import ReceptionDays
from station_app.services.reception_desk import ReceptionDesk
from station_app.services.reports import Reports
from station_app.services.roster import Roster
from station_app.services.settings_desk import SettingsDesk
from station_app.services.today_board import TodayBoard
from station_app.storage.station_file import StationFile
from station_app.storage.stations import StationRecords
from station_app.support.clock import Clock

DEFAULT_OPERATOR = "联络员"


class Desks:
    """Everything that can be done with one station file.

    Args:
        file: the open file; closed by `close`.
    """

    def __init__(self, file: StationFile) -> None:
        self._file = file
        self.path = file.path
        self.clock: Clock = file.clock
        self.operator = file.operator
        self.settings = SettingsDesk(file)
        self.days = ReceptionDays(file)
        self.reception = ReceptionDesk(file)
        self.opinions = OpinionDesk(file, self.settings)
        self.roster = Roster(file)
        self.intake = Intake(file)
        self.finder = Finder(file)
        self.housekeeping = Housekeeping(file)
        self.reports = Reports(
            file.clock, file.operator, self.settings, self.days, self.reception, self.opinions, self.roster
        )

        self.today = TodayBoard(file.clock, self.settings, self.days, self.reception, self.opinions, self.roster)

    @classmethod
    def open(cls, path: Path, clock: Clock, operator: str = "", *, read_only: bool = False) -> Self:
        """Open a station file; what is due to close by itself is closed at the first opening after its limit.

        Args:
            operator: who works with it; empty for the station's clerk.

        Raises:
            StationFault: missing, locked, foreign, damaged or written by a newer program.
        """
        file = StationFile.open(path, clock, operator, read_only=read_only)
        file.operator = operator or _clerk_of(file)
        desks = cls(file)
        if not read_only:
            desks.opinions.close_unrated()
        return desks

    @classmethod
    def create(
        cls,
        path: Path,
        clock: Clock,
        profile: StationProfile,
        operator: str = "",
        randbits: Callable[[int], int] = secrets.randbits,
    ) -> Self:
        """Make a new station file with its profile and the default lists.

        Raises:
            StationFault: the file exists or cannot be made.
        """
        file = StationFile.create(path, clock, operator or DEFAULT_OPERATOR, randbits)
        records = StationRecords(file)
        with file.write("建立登记簿") as step:
            records.save_profile(step, profile)
            records.add_default_lists(step)
        return cls(file)

    @contextmanager
    def reading(self) -> Iterator["Desks"]:
        """Open the file a second time, read-only, for a long job on the worker thread."""
        copy = Desks(StationFile.open(self.path, self.clock, self.operator, read_only=True))
        try:
            yield copy
        finally:
            copy.close()

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def make_demo(
    path: Path,
    clock: Clock,
    *,
    years: int = 3,
    opinions: int = 1200,
    seed: int = 1,
    progress: Callable[[int, int, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Desks:
    """Write the demo station to ``path`` and open it; what the arguments mean is told at `write_demo`.

    Raises:
        StationFault: a file of that name exists, or the disk refuses.
        Cancelled: it was stopped; nothing remains.
    """
    write_demo(path, clock.today(), years=years, opinions=opinions, seed=seed, progress=progress, cancelled=cancelled)
    return Desks.open(path, clock)


def _clerk_of(file: StationFile) -> str:
    """Return the name of the station's first clerk, whose PC this is unless said otherwise."""
    clerks = [person.name for person in StationRecords(file).staff() if person.post is StaffPost.CLERK]
    return clerks[0] if clerks else DEFAULT_OPERATOR
