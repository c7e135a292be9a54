"""The demo: a plausible invented township station of some years, the same for the same seed and day.

Every place, person, number and text is invented; every page and paper of it says 示例数据.
"""

import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random

from station_app.domain.calendars import WorkCalendar, add_months
from station_app.domain.problems import FieldProblem, refuse
from station_app.services.demo_days import DayBook, plan_days
from station_app.services.demo_diary import Diary
from station_app.services.demo_people import CLERK, demo_profile, settle
from station_app.services.demo_photos import attach_photos
from station_app.services.demo_portraits import attach_portraits
from station_app.services.demo_visits import VisitBook
from station_app.storage.attachment_store import store_path, take_along
from station_app.storage.receptions import ReceptionRecords
from station_app.storage.station_file import StationFile
from station_app.storage.stations import StationRecords
from station_app.support.faults import Cancelled, StationFault

_EVERY_DAYS = 14
"""Days of the register between two words about the progress."""


def write_demo(
    path: Path,
    today: date,
    *,
    years: int = 3,
    opinions: int = 1200,
    seed: int = 1,
    progress: Callable[[int, int, str], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """Write the demo station to ``path``; it appears under its name only when complete.

    Args:
        today: nothing happens on this day or later; reception days are planned beyond it.
        years: how many years the register goes back.
        opinions: how many opinions there are; three visits for every four of them.
        seed: the same seed, day and sizes give the same content.
        progress: told days done, days in all, and a word.
        cancelled: asked now and then whether to stop.

    Raises:
        InvalidInput: years or opinions are not positive; fields ``years`` and ``opinions``.
        StationFault: a file of that name exists, or the disk refuses.
        Cancelled: it was stopped; nothing remains.
    """
    refuse(
        FieldProblem(field, f"{label}要填大于 0 的整数。") if value < 1 else None
        for field, label, value in (("years", "年数", years), ("opinions", "意见件数", opinions))
    )
    if path.exists():
        raise StationFault(f"已经有一个文件“{path.name}”。", "没有改动它。", "请换一个名称，或直接打开它。")
    unfinished = path.with_name(f"{path.name}.part")
    unfinished.unlink(missing_ok=True)
    first = add_months(today, -12 * years)
    diary = Diary(first)
    try:
        file = StationFile.create(unfinished, diary.clock, CLERK, randbits=_random(seed ^ 0x5EED).getrandbits)
        try:
            file.hurry()
            _settle_and_live(file, diary, _random(seed), (first, today), opinions, progress, cancelled)
            attach_photos(file, today)
            attach_portraits(file, today)
        finally:
            file.close()
        with unfinished.open("rb+") as written:
            os.fsync(written.fileno())
        take_along(unfinished, path)
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)
        store_path(unfinished).unlink(missing_ok=True)


def _random(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - invented data that must come out the same again; no secrets


def _settle_and_live(
    file: StationFile,
    diary: Diary,
    rng: Random,
    span: tuple[date, date],
    opinions: int,
    progress: Callable[[int, int, str], None] | None,
    cancelled: Callable[[], bool] | None,
) -> None:
    first, today = span
    calendar = WorkCalendar()
    records = StationRecords(file)
    with file.write("建立登记簿") as step:
        records.save_profile(step, demo_profile(today))
        records.add_default_lists(step)
        town = settle(file, step, rng, today, first)
    days = plan_days(rng, calendar, first, today)
    DayBook(rng, diary, ReceptionRecords(file), town, calendar, today).put(days, first)
    VisitBook(rng, file, diary, town, calendar, first, today).put(days, opinions)
    length = (today - first).days
    for count in range(length):
        day = first + timedelta(days=count)
        if count % _EVERY_DAYS == 0:
            if cancelled and cancelled():
                raise Cancelled
            if progress:
                progress(count, length, f"{day.year}年{day.month}月")
        if diary.begin(day):
            with file.write(f"登记与办理 {day.isoformat()}") as step:
                for entry in diary.take(day):
                    entry(step)
    if progress:
        progress(length, length, "完成")
