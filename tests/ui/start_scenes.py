"""Scenes of the first start, the help and 关于 for `tests.pictures`."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QWidget

from station_app.support.clock import fixed_clock
from station_app.ui.about import AboutBox, Action
from station_app.ui.demo_maker import DemoMaker
from station_app.ui.first_start import FirstStart, Way
from station_app.ui.help_window import HelpWindow
from station_app.ui.main_window import window_settings
from station_app.ui.messages import RecordedMessages

CLOCK = fixed_clock(date(2026, 11, 25))
_TYPED = {
    "name": "清源县禾溪镇人大代表联络站",
    "villages": "上坪村 12\n下坝村\n圩镇社区 9",
    "head_name": "罗成",
    "clerk_name": "肖敏",
    "clerk_phone": "没有",
    "lock": "none",
}


def _assistant(folder: Path) -> FirstStart:
    settings = window_settings(str(folder / "window.ini"))
    return FirstStart(Path("数据") / "LiaisonStation", CLOCK, settings, RecordedMessages())


def _filled(folder: Path) -> QWidget:
    settings = window_settings(str(folder / "window.ini"))
    for key, text in _TYPED.items():
        settings.setValue(f"first_start/{key}", text)
    made = _assistant(folder)
    made.choose(Way.IMPORT)
    made.form.save()
    return made


def _missing(folder: Path) -> QWidget:
    made = _assistant(folder)
    made.choose(Way.DEMO)
    made.say(
        "上次用的登记簿“禾溪镇人大代表联络站”没有打开：找不到登记簿文件“禾溪镇人大代表联络站.station”。",
        "请检查文件是否已移动或U盘是否已插好。",
        again=True,
    )
    return made


_parents: list[QWidget] = []  # boxes lie over a window, which must live as long as they


def _parent() -> QWidget:
    _parents.append(QWidget())
    return _parents[-1]


def _help(_folder: Path) -> QWidget:
    parent = _parent()
    made = HelpWindow(parent, RecordedMessages(), (("Alt+1", "今日"), ("Alt+2", "接待")))
    made.show_page("start")
    return made


def _nothing() -> None:
    pass


def _about(folder: Path) -> QWidget:
    parent = _parent()
    places = {"登记簿": Path("数据") / "LiaisonStation" / "清源县禾溪镇人大代表联络站.station", "日志": folder}
    actions = (Action("保存诊断包…", "download", _nothing), Action("打开所在文件夹", "folder-open", _nothing))
    return AboutBox(parent, places, {"sqlite": "3.53.4", "sqlcipher": "4.19.0 community"}, actions)


def _maker(folder: Path) -> QWidget:
    made = DemoMaker(folder / "示范.station", CLOCK, RecordedMessages())
    made.bar.setValue(430)
    return made


SCENES: dict[str, Callable[[Path], QWidget]] = {
    "start-empty": _assistant,
    "start-problems": _filled,
    "start-problems-small": _filled,
    "start-missing-small": _missing,
    "start-help": _help,
    "start-about": _about,
    "start-demo": _maker,
}
SIZES = {
    "start-problems-small": (1024, 700),
    "start-missing-small": (1024, 700),
    "start-help": (820, 640),
    "start-about": (780, 560),
    "start-demo": (420, 160),
}
