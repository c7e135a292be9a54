"""Pictures of the handling units, their sheets, the books about them, and the classes of answers."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from station_app.station import Desks
from station_app.ui.ledgers_page import LedgersPage
from station_app.ui.main_window import window_settings
from station_app.ui.messages import RecordedMessages
from station_app.ui.settings_page import SettingsPage
from station_app.ui.station_window import StationWindow
from station_app.ui.units_page import UnitsPage
from tests.picture_scenes import demo_desks

UNIT = "镇城建办"
Prepare = Callable[["UnitShot"], None]


class UnitShot(StationWindow):
    """A window over the demo that comes to rest before its picture is taken."""

    def __init__(self, folder: Path, prepare: Prepare) -> None:
        self.messages_of_shot = RecordedMessages()
        super().__init__(demo_desks(folder), window_settings(str(folder / "window.ini")), self.messages_of_shot)
        self.folder = folder
        self._prepare = prepare

    def before_picture(self) -> None:
        """Bring the page into the state that is wanted."""
        self.activateWindow()
        self._prepare(self)
        self.rest()

    def rest(self) -> None:
        """Wait for jobs and timers."""
        for turn in range(200):
            loop = QEventLoop()
            QTimer.singleShot(50, loop.quit)
            loop.exec()
            if not self.jobs.busy and turn > 5:
                return

    def units(self) -> UnitsPage:
        """Show the units and return their page."""
        self.show_page("units")
        page = self.page("units")
        assert isinstance(page, UnitsPage)
        page.open_item(next(unit.id for unit in self.desks.settings.units() if unit.name == UNIT))
        return page


def filled_sheet(desks: Desks, path: Path) -> None:
    """Write a unit's sheet and fill it in as units do: right, wrong, changed, copied, not at all."""
    from openpyxl import load_workbook

    unit = next(unit for unit in desks.settings.units() if unit.name == UNIT)
    desks.answer_sheets.write(unit, path)
    book = load_workbook(path)
    sheet: Any = book.active
    for cell, typed in {
        "F5": "2026.11.24", "G5": "Ａ", "H5": "护栏已加固刷漆，现场照片附后。", "I5": "李工", "J5": 14000000100,
        "F6": date(2026, 11, 23), "G6": "B", "H6": "名单已列入公开计划，年底前上墙公布。", "K6": "2026年12月31日",
        "L7": "2027-01-15", "M7": "征地手续未办完",
        "F8": "下周", "G8": "Z", "H8": "正在设计",
        "B9": "HX-2026-0001", "F9": "2026-11-24", "G9": "A", "H9": "已修好",
        "B11": "HX-2025-0100", "F11": "2026-11-24", "G11": "D", "H11": "这一件不归我办",
    }.items():  # fmt: skip
        sheet[cell] = typed
    book.save(path)


def _page(shot: UnitShot) -> None:
    shot.units()


def _sent(shot: UnitShot) -> None:
    page = shot.units()
    shot.messages_of_shot.answers = [shot.folder / "办理情况回填表_镇城建办.xlsx"]
    page.new()


def _preview(shot: UnitShot) -> None:
    page = shot.units()
    path = shot.folder / "办理情况回填表_镇城建办.xlsx"
    filled_sheet(shot.desks, path)
    shot.messages_of_shot.answers = [path]
    page.take_in()


def _refused(shot: UnitShot) -> None:
    page = shot.units()
    path = shot.folder / "别的表.csv"
    path.write_text("姓名,电话\n张三,1\n", "utf-8")
    shot.messages_of_shot.answers = [path]
    page.take_in()


def _book(name: str) -> Prepare:
    def prepare(shot: UnitShot) -> None:
        shot.open_page("ledgers", name)
        assert isinstance(shot.current_page(), LedgersPage)

    return prepare


def _classes(shot: UnitShot) -> None:
    shot.open_page("settings", "答复类别")
    assert isinstance(shot.current_page(), SettingsPage)


def _contact(shot: UnitShot) -> None:
    shot.open_page("settings", "承办单位")
    page = shot.current_page()
    assert isinstance(page, SettingsPage)
    page.new()


def _scene(prepare: Prepare) -> Callable[[Path], QWidget]:
    return lambda folder: UnitShot(folder, prepare)


SCENES: dict[str, Callable[[Path], QWidget]] = {
    "units": _scene(_page),
    "units-wide": _scene(_page),
    "units-contact": _scene(_contact),
    "units-sent": _scene(_sent),
    "units-preview": _scene(_preview),
    "units-refused": _scene(_refused),
    "units-statistics": _scene(_book("units")),
    "promise-ledger": _scene(_book("promises")),
    "answer-classes": _scene(_classes),
}
SIZES = {**dict.fromkeys(SCENES, (1024, 700)), "units-wide": (1280, 800)}
