"""Backups that come by themselves: while working, when the stick is plugged in, and when the window closes."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QProgressDialog

from station_app.services.done import Done
from station_app.station import Desks
from station_app.support.faults import Cancelled, StationFault
from station_app.ui.change_signal import ChangeSignal
from station_app.ui.jobs import JobRunner, Progress
from station_app.ui.messages import Messages
from station_app.ui.status_line import StatusLine

if TYPE_CHECKING:
    from station_app.domain.backup import Backup, BackupState

_LOOK_EVERY = 60_000
_LOOK_FOR_STICKS_EVERY = 5_000
_QUIET_MS = 1_000
_PATIENCE_MS = 600
_WHOLE = 1000


class BackupKeeper(QObject):
    """Keeps the backups of the open register up to date and says in the status bar how they stand.

    Args:
        desks: the desks of the open register.
        jobs: the one worker thread.
        changes: tells of every write.
        status_line: where the state is said.
        messages: tells what went wrong while closing.
        parent: the window.
    """

    def __init__(
        self,
        desks: Desks,
        jobs: JobRunner,
        changes: ChangeSignal,
        status_line: StatusLine,
        messages: Messages,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._desks = desks
        self._jobs = jobs
        self._status = status_line
        self._messages = messages
        self._demo = desks.settings.profile().demo
        self._wanted = not self._demo
        self._state: BackupState | None = None
        self._failure = ""
        self._drives: list[str] | None = None
        changes.changed.connect(self._remember_change)
        self._timers = [QTimer(self, interval=every) for every in (_LOOK_EVERY, _LOOK_FOR_STICKS_EVERY, _QUIET_MS)]
        self._timers[-1].setSingleShot(True)
        for timer, action in zip(self._timers, (self.look, self.look_for_sticks, self.look), strict=True):
            timer.timeout.connect(action)
            timer.start()

    def stop(self) -> None:
        """Look no more: the file is about to be closed."""
        for timer in self._timers:
            timer.stop()

    def look(self) -> None:
        """Say how the backups stand; begin one when it is time."""
        try:
            self.tell()
            if self._wanted and (self._desks.backups.is_time() or self._desks.backups.hurried() is not None):
                self._keep_up()
        except StationFault as fault:
            self._failed(fault)

    def look_for_sticks(self) -> None:
        """Bring the second place up to date when a drive was plugged in or pulled out."""
        drives = self._desks.backups.drives()
        if self._drives is not None and drives != self._drives:
            self._keep_up()
        self._drives = drives

    def tell(self) -> None:
        """Read how the backups stand and say it."""
        self._state = self._desks.backups.state()
        self._say()

    def give_up(self) -> None:
        """Let the register close without a backup: it is about to be thrown away."""
        self._wanted = False

    def close(self) -> None:
        """Back up what changed and carry it to the second place; nothing stops the closing."""
        from station_app.domain.backup import Occasion

        self.stop()
        if not self._wanted:
            return
        waiting = QProgressDialog("正在备份，请稍候……", "", 0, _WHOLE)
        waiting.setWindowTitle("关闭登记簿")
        waiting.setCancelButton(None)
        waiting.setWindowModality(Qt.WindowModality.ApplicationModal)
        waiting.setMinimumDuration(_PATIENCE_MS)

        def tell(part: float, word: str) -> None:
            waiting.setLabelText(f"{word or '正在备份'}，请稍候……")
            waiting.setValue(min(round(part * _WHOLE), _WHOLE - 1))

        try:
            if self._desks.backups.is_due():
                self._desks.backups.back_up(Occasion.CLOSING, progress=tell)
            self._desks.backups.refresh_second(tell)
        except StationFault as fault:
            self._messages.tell_fault(fault)
        finally:
            waiting.close()

    def _remember_change(self, done: Done[Any]) -> None:
        if done.step_id:
            self._wanted = True

    def _keep_up(self) -> None:
        desks = self._desks

        def work(progress: Progress, cancelled: Callable[[], bool]) -> "Backup | None":
            def tell(part: float, word: str) -> None:
                if cancelled():
                    raise Cancelled
                progress(part, word)

            with desks.reading() as copy:
                return copy.backups.keep_up(tell)

        self._jobs.run("自动备份", work, self._kept, self._failed)

    def _kept(self, _made: "Backup | None") -> None:
        self._failure = ""
        self.tell()

    def _failed(self, error: BaseException) -> bool:
        """Say in the status bar that it failed: the clerk goes on working, the next look tries again."""
        if not isinstance(error, StationFault):
            return False
        self._failure = error.what.rstrip("。")
        self._say()
        return True

    def _say(self) -> None:
        if self._failure:
            self._status.set_backup(f"自动备份没有成功：{self._failure}", late=True)
        elif self._state is not None:
            now = self._desks.clock.now()
            self._status.set_backup(self._state.words(now), late=self._state.is_late(now))
