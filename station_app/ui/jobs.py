"""Long work on one worker thread; the window stays alive and nothing touches widgets off its thread."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QRunnable, QThreadPool, QTimer, Signal

from station_app.support.faults import Cancelled, StationFault
from station_app.ui.messages import Messages

Progress = Callable[[float, str], None]
"""Called by the work with the part done (0 … 1) and a word about it, from the worker thread."""
Work = Callable[[Progress, Callable[[], bool]], Any]
"""The work: takes ``progress`` and ``cancelled``; returns its result, raises `Cancelled` when it stopped early."""

SHOWN_AFTER_MS = 600


@dataclass
class Job:
    """One piece of work, waiting or running."""

    title: str
    work: Work
    done: Callable[[Any], None]
    failed: Callable[[BaseException], bool] | None
    cancelled: bool = False
    finished: bool = False


class _Wire(QObject):
    """Carries news from the worker thread to the window's."""

    progress = Signal(object, float, str)
    done = Signal(object, object)
    failed = Signal(object, object)


class _Runner(QRunnable):
    def __init__(self, job: Job, wire: _Wire) -> None:
        super().__init__()
        self._job = job
        self._wire = wire

    def run(self) -> None:
        job, wire = self._job, self._wire

        def progress(part: float, word: str) -> None:
            wire.progress.emit(job, part, word)

        if job.cancelled:
            wire.failed.emit(job, Cancelled())
            return
        try:
            result = job.work(progress, lambda: job.cancelled)
        except BaseException as error:  # noqa: BLE001 - handed to the window's thread, which tells or logs it
            wire.failed.emit(job, error)
        else:
            wire.done.emit(job, result)


class JobRunner(QObject):
    """Runs one job after another.

    Signals:
        progressed: title, part done (0 … 1), word; first sent 0.6 s after the start, and only while it runs.
        ended: title of a job that is over, whether done, cancelled or failed.
        cancelled: title of a job that the clerk stopped.
    """

    progressed = Signal(str, float, str)
    ended = Signal(str)
    cancelled = Signal(str)

    def __init__(self, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._messages = messages
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._wire = _Wire(self)
        self._wire.progress.connect(self._note)
        self._wire.done.connect(self._finish)
        self._wire.failed.connect(self._fail)
        self._jobs: list[Job] = []
        self._held: list[Callable[[], None]] | None = None
        self._latest = (0.0, "")
        self._shown = False
        self._patience = QTimer(self, singleShot=True, interval=SHOWN_AFTER_MS)
        self._patience.timeout.connect(self._show)

    @property
    def busy(self) -> bool:
        """Whether a job runs or waits."""
        return bool(self._jobs)

    def run(
        self,
        title: str,
        work: Work,
        done: Callable[[Any], None],
        failed: Callable[[BaseException], bool] | None = None,
    ) -> None:
        """Do ``work`` on the worker thread.

        Args:
            title: what the status bar says, e.g. 导出台账.
            work: called off the window's thread; must not touch widgets.
            done: called on the window's thread with the result.
            failed: called on the window's thread with the error; return True when it is dealt with. Otherwise a
                `StationFault` is told as one and anything else as a bug. Not called for a cancelled job.
        """
        job = Job(title, work, done, failed)
        self._jobs.append(job)
        if len(self._jobs) == 1:
            self._patience.start()
        self._pool.start(_Runner(job, self._wire))

    def cancel(self) -> None:
        """Ask the running job and all waiting ones to stop."""
        for job in self._jobs:
            job.cancelled = True

    def hold(self) -> None:
        """Let work go on and keep what it brings until `release`: the window is locked."""
        self._held = self._held or []

    def release(self) -> None:
        """Hand over what was kept, in order."""
        held, self._held = self._held or [], None
        for tell in held:
            tell()

    def disown(self) -> None:
        """Let work end without telling: the pages that asked for it are gone."""
        if self._held:
            self._held = []
        for job in self._jobs:
            job.done, job.failed = lambda _result: None, lambda _error: True

    def stop(self) -> None:
        """Cancel everything and wait for the thread; for closing the window. Nobody is told any more."""
        self.cancel()
        self.disown()
        self._pool.waitForDone()

    def _note(self, job: Job, part: float, word: str) -> None:
        if self._jobs and job is self._jobs[0]:
            self._latest = (part, word)
            if self._shown:
                self.progressed.emit(job.title, part, word)

    def _show(self) -> None:
        if self._jobs:
            self._shown = True
            self.progressed.emit(self._jobs[0].title, *self._latest)

    def _finish(self, job: Job, result: object) -> None:
        self._over(job)
        self._tell(lambda: job.done(result))

    def _fail(self, job: Job, error: BaseException) -> None:
        self._over(job)
        self._tell(lambda: self._tell_failure(job, error))

    def _tell(self, what: Callable[[], None]) -> None:
        if self._held is None:
            what()
        else:
            self._held.append(what)

    def _tell_failure(self, job: Job, error: BaseException) -> None:
        if isinstance(error, Cancelled):
            self.cancelled.emit(job.title)
        elif job.failed is not None and job.failed(error):
            return
        elif isinstance(error, StationFault):
            self._messages.tell_fault(error)
        else:
            self._messages.tell_bug(error)

    def _over(self, job: Job) -> None:
        self._jobs.remove(job)
        self._latest = (0.0, "")
        self._shown = False
        self._patience.stop()
        if self._jobs:
            self._patience.start()
        self.ended.emit(job.title)
