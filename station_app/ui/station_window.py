"""The window over one open station: its pages, search, undo, backups and how the day is told."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtGui import QCloseEvent, QShowEvent

from station_app.domain.calendars import is_market_day, today_line
from station_app.services.done import Done
from station_app.station import Desks
from station_app.support.faults import StationFault
from station_app.ui.main_window import MainWindow
from station_app.ui.messages import Messages
from station_app.ui.page_list import page_entries
from station_app.ui.top_bar import Hit

_PAGE_OF = {"opinion": "opinions", "visit": "reception", "deputy": "roster"}
_LOOK_AT_THE_DAY_EVERY = 60_000
_QUIET_MS = 200


class StationWindow(MainWindow):
    """The window a clerk works in; closing it writes a verified backup and closes the file.

    Args:
        desks: the desks of the open station.
        settings: what the window remembers.
        messages: every question and notice.
    """

    def __init__(self, desks: Desks, settings: QSettings, messages: Messages) -> None:
        profile = desks.settings.profile()
        self.desks = desks
        super().__init__(
            profile.name,
            page_entries(desks),
            clock=desks.clock,
            settings=settings,
            messages=messages,
            search=self._find,
            undo=desks.housekeeping.undo,
            demo=profile.demo,
        )
        self.top_bar.set_operator(desks.operator)
        self.changes.changed.connect(self._remember_change)
        self._changed = False
        self._warm = False
        self._tell_the_day()
        self._day_timer = QTimer(self, interval=_LOOK_AT_THE_DAY_EVERY)
        self._day_timer.timeout.connect(self._tell_the_day)
        self._day_timer.start()
        self.status_line.set_backup("本次尚未备份，关闭时自动备份")

    def showEvent(self, event: QShowEvent) -> None:
        """Read the opinions into memory in the background once the window stands."""
        super().showEvent(event)
        if not self._warm:
            self._warm = True
            QTimer.singleShot(_QUIET_MS, self._warm_up)

    def _warm_up(self) -> None:
        desks = self.desks

        def work(_progress: object, _cancelled: object) -> Any:
            with desks.reading() as copy:
                return copy.opinions.snapshot()

        self.jobs.run("读取意见建议", work, self._adopt)

    def _adopt(self, snapshot: Any) -> None:
        """Take the opinions over and fill their page while the clerk looks at the day."""
        self.desks.opinions.adopt(snapshot)
        QTimer.singleShot(0, lambda: self.page("opinions").get_ready())

    def _find(self, typed: str) -> Sequence[Hit]:
        return [
            Hit(_PAGE_OF[result.kind], result.id, result.title, result.detail)
            for result in self.desks.finder.find(typed)
        ]

    def _tell_the_day(self) -> None:
        today = self.desks.clock.today()
        profile = self.desks.settings.profile()
        market = is_market_day(today, profile.market_endings)
        self.top_bar.set_station(profile.name)
        self.top_bar.set_day(today_line(today), f"今日{profile.market_word}" if market else "")

    def _remember_change(self, done: Done[Any]) -> None:
        self._changed = self._changed or bool(done.step_id)
        self._tell_the_day()

    def give_up_changes(self) -> None:
        """Close without a backup: the file is about to be thrown away."""
        self._changed = False

    def start_roster_import(self) -> None:
        """Go to the roster and choose a spreadsheet to import."""
        from station_app.ui.roster_page import RosterPage

        self.show_page("roster")
        page = self.page("roster")
        assert isinstance(page, RosterPage)
        page.start_import()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close the pages, back up what changed, close the file."""
        super().closeEvent(event)
        if not event.isAccepted():
            return
        self._day_timer.stop()
        if self._changed:
            try:
                self.desks.housekeeping.back_up("关闭时")
            except StationFault as fault:
                self.messages.tell_fault(fault)
        self.desks.close()
