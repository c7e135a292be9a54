"""Pictures of signing in, the lock, operators, and pages of an operator who may not do everything."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QWidget

from station_app.domain.operators import Operator, Role
from station_app.ui.main_window import window_settings
from station_app.ui.messages import RecordedMessages
from station_app.ui.operator_pin_box import forgotten_pin_box, own_pin_box
from station_app.ui.settings_page import SettingsPage
from station_app.ui.station_window import StationWindow
from tests.ui.reception_keys import TODAY
from tests.ui.small_station import small_station

PEOPLE = (("肖敏", Role.CLERK), ("罗成", Role.HEAD), ("林小雨", Role.HELPER), ("何平", Role.READER))


class OperatorShot(StationWindow):
    """A window over a station with operators."""

    def __init__(self, folder: Path, prepare: Callable[["OperatorShot"], None], *, people: bool = True) -> None:
        desks = small_station(folder / "禾溪.station", TODAY)
        if people:
            for name, role in PEOPLE:
                desks.operators.save(Operator(0, "", name, role), "2580")
        super().__init__(desks, window_settings(str(folder / "window.ini")), RecordedMessages())
        self._prepare = prepare
        self.begin()

    def before_picture(self) -> None:
        """Bring the window into the state that is wanted."""
        self.activateWindow()
        self._prepare(self)
        for _ in range(8):
            loop = QEventLoop()
            QTimer.singleShot(60, loop.quit)
            loop.exec()

    def enter(self, name: str, pin: str = "2580") -> None:
        """Sign in on the page that covers the window."""
        page = self.lock.page
        assert page is not None
        page.names.setCurrentRow([one.name for one in self.desks.operators.working()].index(name))
        page.pin.edit.setText(pin)
        page.enter()


def _wrong(shot: OperatorShot) -> None:
    shot.enter("林小雨", "1111")


def _page(name: str, page: str, shot: OperatorShot) -> None:
    shot.enter(name)
    shot.show_page(page)


def _locked(shot: OperatorShot) -> None:
    shot.enter("肖敏")
    shot.show_page("reception")
    shot.lock_now()


def _section(title: str, shot: OperatorShot) -> None:
    if shot.desks.operators.any():
        shot.enter("肖敏")
    shot.open_page("settings", title)


def _edit(shot: OperatorShot) -> None:
    _section("操作员", shot)
    page = shot.page("settings")
    assert isinstance(page, SettingsPage)
    page.new()


def _own_pin(folder: Path) -> QWidget:
    shot = OperatorShot(folder, lambda _shot: None)
    shot.enter("肖敏")
    box = own_pin_box(shot, shot.desks, shot.messages, shot.changes.publish)
    box.form.save()
    return box


def _forgotten_pin(folder: Path) -> QWidget:
    shot = OperatorShot(folder, lambda _shot: None)
    clerk = shot.desks.operators.working()[1]
    return forgotten_pin_box(shot, shot.desks, clerk, shot.messages, shot.changes.publish)


SCENES: dict[str, Callable[[Path], QWidget]] = {
    "operator-sign-in": lambda folder: OperatorShot(folder, lambda _shot: None),
    "operator-wrong-pin": lambda folder: OperatorShot(folder, _wrong),
    "operator-locked": lambda folder: OperatorShot(folder, _locked),
    "operator-reader-opinions": lambda folder: OperatorShot(folder, partial(_page, "何平", "opinions")),
    "operator-reader-today": lambda folder: OperatorShot(folder, partial(_page, "何平", "today")),
    "operator-helper-reception": lambda folder: OperatorShot(folder, partial(_page, "林小雨", "reception")),
    "operator-reader-settings": lambda folder: OperatorShot(folder, partial(_page, "何平", "settings")),
    "operator-list": lambda folder: OperatorShot(folder, partial(_section, "操作员")),
    "operator-new": lambda folder: OperatorShot(folder, _edit),
    "operator-none": lambda folder: OperatorShot(folder, partial(_section, "操作员"), people=False),
    "operator-first": lambda folder: OperatorShot(folder, _edit, people=False),
    "operator-lock-time": lambda folder: OperatorShot(folder, partial(_section, "锁定")),
    "operator-own-pin": _own_pin,
    "operator-forgotten-pin": _forgotten_pin,
}
SIZES = dict.fromkeys(SCENES, (1024, 700)) | {"operator-own-pin": (440, 300), "operator-forgotten-pin": (440, 560)}
