"""Offers and saves diagnostic packages: after a crash, from the box about a bug, and when the clerk asks."""

import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings
from PySide6.QtGui import QGuiApplication

from station_app import VERSION
from station_app.station import Desks
from station_app.support.clock import Clock
from station_app.support.faults import StationFault
from station_app.ui.messages import Messages

if TYPE_CHECKING:
    from station_app.support.diagnostics import Facts

ZIP_FILES = "诊断包 (*.zip)"


log = logging.getLogger(__name__)


class DiagnosticPackages:
    """See the module.

    Args:
        log_folder: where the log lies.
        settings: of which the names are told, never the values.
        messages: asks where to.
        clock: today is an argument.
        open_desks: returns the desks of the open register, or None.

    Attributes:
        crashes: what crashed runs left behind, told in every package of this run.
    """

    def __init__(
        self,
        log_folder: Path,
        settings: QSettings,
        messages: Messages,
        clock: Clock,
        open_desks: Callable[[], Desks | None],
    ) -> None:
        self._log_folder = log_folder
        self._settings = settings
        self._messages = messages
        self._clock = clock
        self._open_desks = open_desks
        self.crashes: list[str] = []
        self._untold = False

    def take(self, crashes: Iterable[str]) -> None:
        """Take over what crashed runs left behind."""
        self.crashes = list(crashes)
        self._untold = bool(self.crashes)
        if self.crashes:
            log.warning("%d runs ended badly", len(self.crashes))

    def offer(self) -> None:
        """Tell once that the last run ended badly, if it did, and save a package if the clerk agrees."""
        untold, self._untold = self._untold, False
        if untold and self._messages.ask(
            "上次程序没有正常退出。",
            "可能是停电、死机或程序出错。已保存的内容没有受影响；没填完的表单列在“今日”页，可以接着填。\n"
            "可以保存一个诊断包交给技术人员，里面没有姓名、电话和反映内容。",
            yes="保存诊断包…",
            no="不用了",
        ):
            self.save()

    def save(self, error: BaseException | None = None) -> None:
        """Save a package where the clerk chooses; with the ``error`` that led to it, if one did."""
        from station_app.support.diagnostics import package_name, write_package

        now = self._clock.now()
        path = self._messages.save_as("保存诊断包", Path.home() / package_name(now), ZIP_FILES)
        if path is None:
            return
        try:
            write_package(path, self._facts(), self._log_folder, now, error)
        except StationFault as fault:
            self._messages.tell_fault(fault)
        else:
            self._messages.tell(
                "诊断包已保存。", f"{path}\n可以交给技术人员。里面没有登记簿，没有姓名、电话和反映内容。"
            )

    def _facts(self) -> "Facts":
        from station_app.support.diagnostics import Facts

        desks = self._open_desks()
        house = desks.housekeeping if desks is not None else None
        screens = QGuiApplication.screens()
        return Facts(
            VERSION,
            {**_qt_versions(), **(house.versions() if house else {})},
            house.counts() if house else {},
            [*self._settings.allKeys(), *(house.setting_keys() if house else ())],
            [f"{one.size().width()}x{one.size().height()} x{one.devicePixelRatio()}" for one in screens],
            self.crashes,
        )


def _qt_versions() -> dict[str, str]:
    import PySide6
    from PySide6.QtCore import QLibraryInfo

    return {
        "qt": QLibraryInfo.version().toString(),
        "pyside": PySide6.__version__,
        "platform": QGuiApplication.platformName(),
    }
