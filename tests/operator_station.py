"""A small station with one operator of each role, for tests of every room."""

import shutil
from datetime import date, datetime, time, timedelta
from pathlib import Path

from station_app.domain.attachment import Owner
from station_app.domain.operators import Operator, Role
from station_app.domain.reception import DayState, OpinionDraft, Receiver, VisitDraft, VisitorDraft
from station_app.station import Desks
from station_app.support.clock import Clock
from tests.ui.small_station import small_station

TODAY = date(2026, 11, 25)
ROLES = {"肖敏": Role.CLERK, "罗成": Role.HEAD, "林小雨": Role.HELPER, "何平": Role.READER}
PINS = {"肖敏": "2580", "罗成": "7391", "林小雨": "4826", "何平": "9157"}
NOTE = "说明.txt"


class HandClock:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.at = datetime.combine(TODAY, time(9, 0)).astimezone()
        self.clock = Clock(lambda: self.at)

    def go_on(self, seconds: float) -> None:
        """Let time pass."""
        self.at += timedelta(seconds=seconds)


def operator_station(folder: Path, *, open_day: bool = True) -> Path:
    """Make the station and return its file.

    Args:
        open_day: whether today's reception goes on.
    """
    file = folder / "禾溪.station"
    desks = small_station(file, TODAY)
    if not open_day:
        for day in desks.days.between():
            if day.state is DayState.OPEN:
                desks.days.end(day.id)
    for name, role in ROLES.items():
        desks.operators.save(Operator(0, "", name, role), PINS[name])
    note = file.with_name(NOTE)
    note.write_text("桥头护栏已修好。", encoding="utf-8")
    sign_in(desks, "肖敏")
    desks.attachments.attach_files(Owner.DEPUTY, 1, [note])
    desks.close()
    return file


def copied(file: Path, folder: Path) -> Path:
    """Copy a station with what lies beside it, so that making it takes time only once."""
    for one in file.parent.iterdir():
        if one.is_file():
            shutil.copy(one, folder)
    return folder / file.name


def id_of(desks: Desks, name: str) -> int:
    """Return the id of an operator."""
    return next(one.id for one in desks.operators.all() if one.name == name)


def sign_in(desks: Desks, name: str, pin: str = "") -> Operator:
    """Sign in by name."""
    return desks.operators.sign_in(id_of(desks, name), pin or PINS[name])


def a_visit() -> VisitDraft:
    """Return a visit that can be registered."""
    return VisitDraft(
        on=TODAY.isoformat(),
        visitor=VisitorDraft("莫小梅", phone="14000000021"),
        receivers=(Receiver("钟龑", deputy_id=1),),
        opinions=(OpinionDraft("桥面有个坑。", category="交通"),),
        at="09:10",
    )
