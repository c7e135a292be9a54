"""Pictures of the handling units, their sheets, the books about them, and the classes of answers."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from station_app.station import Desks
from station_app.ui.ledgers_page import LedgersPage
from station_app.ui.settings_page import SettingsPage
from station_app.ui.units_page import UnitsPage
from tests.picture_scenes import Shot
from tests.ui.window_seat import page_of

UNIT = "镇城建办"
Prepare = Callable[[Shot], None]


def _units(shot: Shot) -> UnitsPage:
    """Return the page of units, on the unit of the scenes."""
    page = page_of(shot, "units", UnitsPage)
    page.open_item(next(unit.id for unit in shot.desks.settings.units() if unit.name == UNIT))
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


def _page(shot: Shot) -> None:
    _units(shot)


def _sent(shot: Shot) -> None:
    page = _units(shot)
    shot.told.answers = [shot.folder / "办理情况回填表_镇城建办.xlsx"]
    page.new()


def _preview(shot: Shot) -> None:
    page = _units(shot)
    path = shot.folder / "办理情况回填表_镇城建办.xlsx"
    filled_sheet(shot.desks, path)
    shot.told.answers = [path]
    page.take_in()


def _refused(shot: Shot) -> None:
    page = _units(shot)
    path = shot.folder / "别的表.csv"
    path.write_text("姓名,电话\n张三,1\n", "utf-8")
    shot.told.answers = [path]
    page.take_in()


def _book(name: str) -> Prepare:
    def prepare(shot: Shot) -> None:
        shot.open_page("ledgers", name)
        assert isinstance(shot.current_page(), LedgersPage)

    return prepare


def _classes(shot: Shot) -> None:
    shot.open_page("settings", "答复类别")
    assert isinstance(shot.current_page(), SettingsPage)


def _contact(shot: Shot) -> None:
    shot.open_page("settings", "承办单位")
    page = shot.current_page()
    assert isinstance(page, SettingsPage)
    page.new()


def _scene(prepare: Prepare) -> Callable[[Path], QWidget]:
    return lambda folder: Shot(folder, "units", prepare)


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
