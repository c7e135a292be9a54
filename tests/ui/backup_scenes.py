"""The page of backups and its states, for `tests.pictures`."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from station_app.domain.backup import Occasion
from station_app.domain.station import Village
from station_app.station import Desks, restore_station
from station_app.storage import driver
from station_app.storage.file_key import FileKey
from station_app.ui.backups_page import BackupsPage
from station_app.ui.main_window import window_settings
from station_app.ui.messages import RecordedMessages
from station_app.ui.station_window import StationWindow
from tests.ui.small_station import TODAY, small_station
from tests.wall import Wall


class _Shot(StationWindow):
    """A window over a small register with backups of some weeks."""

    def __init__(self, folder: Path, prepare: Callable[["_Shot"], None]) -> None:
        self.wall = Wall()
        path = folder / "禾溪.station"
        small_station(path, TODAY).close()
        self.folder = folder
        super().__init__(
            Desks.open(path, self.wall.clock(), "肖敏"), window_settings(str(folder / "w.ini")), RecordedMessages()
        )
        self._prepare = prepare

    def before_picture(self) -> None:
        """Bring the page into the state that is wanted."""
        self._prepare(self)
        self.show_page("backups")
        self.backups.look()
        self.activateWindow()
        for turn in range(100):
            loop = QEventLoop()
            QTimer.singleShot(30, loop.quit)
            loop.exec()
            if turn > 5 and not self.jobs.busy:
                return


def _weeks(shot: _Shot, *, second: bool = True) -> None:
    desks, wall = shot.desks, shot.wall
    wall.wait(days=-24)
    if second:
        stick = shot.folder / "SANDISK"
        stick.mkdir()
        desks.backups.choose_second(stick)
    for number, (occasion, hours) in enumerate(
        (
            (Occasion.BEFORE_UPGRADE, 31), (Occasion.CLOSING, 24), (Occasion.BEFORE_IMPORT, 90),
            (Occasion.CLOSING, 72), (Occasion.BY_HAND, 200), (Occasion.CLOSING, 100), (Occasion.WORKING, 57),
        )
    ):  # fmt: skip
        desks.settings.save_village(Village(0, "", f"岭背{number}村", "岭背"))
        desks.backups.back_up(occasion)
        wall.wait(hours=hours)
    desks.backups.refresh_second()
    desks.settings.save_village(Village(0, "", "末村", "末村"))


def _empty(_shot: _Shot) -> None:
    return


def _late(shot: _Shot) -> None:
    _weeks(shot)
    (shot.folder / "SANDISK").rename(shot.folder / "拔掉")
    shot.wall.wait(days=9)


def _locked(shot: _Shot) -> None:
    """One backup is of the time before the password was changed."""
    _weeks(shot, second=False)
    aside = shot.folder / "锁.station"
    db = driver.connect(shot.desks.path)
    key = FileKey.fresh("从前的密码", 4)
    driver.export_into(db, aside, key)
    db.close()
    with_key = Desks.open(aside, shot.wall.clock(), "肖敏", key)
    made = with_key.backups.back_up(Occasion.NEW_PASSWORD)
    with_key.close()
    del made
    shot.show_page("backups")
    page = shot.page("backups")
    assert isinstance(page, BackupsPage)
    page.reload()
    row = next(line for line in page.table.rows() if line.old_password)
    page.table.select(row.backup.path)


def _restored(shot: _Shot) -> None:
    _weeks(shot)
    line = next(line for line in shot.desks.backups.listed() if line.backup.occasion == Occasion.BY_HAND)
    restoration = shot.desks.backups.prepare(line.backup)
    shot.desks.close()
    again = restore_station(restoration, shot.wall.clock(), "肖敏")
    shot.desks.__dict__.update(again.__dict__)


SCENES: dict[str, Callable[[Path], QWidget]] = {
    "backups": partial(_Shot, prepare=_weeks),
    "backups-empty": partial(_Shot, prepare=_empty),
    "backups-late": partial(_Shot, prepare=_late),
    "backups-old-password": partial(_Shot, prepare=_locked),
    "backups-restored": partial(_Shot, prepare=_restored),
}
SIZES: dict[str, tuple[int, int]] = dict.fromkeys(SCENES, (1024, 700))
