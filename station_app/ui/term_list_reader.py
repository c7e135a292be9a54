"""Reads the new list of a term on the worker thread; columns nobody is sure of are looked over first."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from station_app.domain.people import Level
from station_app.domain.problems import InvalidInput
from station_app.services.intake import OpenedSheet
from station_app.services.term_change_desk import NewList
from station_app.station import Desks
from station_app.support.faults import StationFault
from station_app.ui.cards import Notice
from station_app.ui.import_mapping import MappingView
from station_app.ui.jobs import Progress
from station_app.ui.messages import SPREADSHEETS
from station_app.ui.page import Shell
from station_app.ui.theme import Tone, px


class TermListReader(MappingView):
    """The columns of a list that is not understood for certain.

    Signals:
        arrived: the `NewList`.
        wanted: True when the columns are to be shown, False when that is over.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
        notice: where is told what happens.
        following: what the focus goes to after the last column.
    """

    arrived = Signal(object)
    wanted = Signal(bool)

    def __init__(self, shell: Shell, desks: Desks, notice: Notice, following: QWidget) -> None:
        super().__init__(following)
        self.setContentsMargins(px(14), px(6), px(14), 0)
        self._shell = shell
        self._desks = desks
        self._notice = notice
        self._waiting: OpenedSheet | None = None
        self._level = Level.TOWNSHIP

    def choose(self, level: Level) -> None:
        """Choose the list of a level and read it."""
        path = self._shell.messages.choose_file("读入新一届名单", SPREADSHEETS)
        if path is None:
            return
        desks, self._level = self._desks, level

        def work(progress: Progress, cancelled: Callable[[], bool]) -> OpenedSheet | NewList:
            progress(0.1, path.name)
            with desks.reading() as copy:
                opened = copy.term_change.open_list(path, cancelled)
                if opened.ready or opened.remembered:
                    return copy.term_change.listed(opened, opened.mapping, level)
                return opened

        self._run(path, f"正在读取 {path.name} …", work)

    def read_so(self) -> bool:
        """Read the list as the columns say now; return whether there was one waiting for that."""
        opened, desks, level = self._waiting, self._desks, self._level
        if opened is None:
            return False
        mapping = self.mapping()
        if mapping is not None:

            def work(_progress: Progress, _cancelled: Callable[[], bool]) -> NewList:
                with desks.reading() as copy:
                    return copy.term_change.listed(opened, mapping, level)

            self._run(opened.path, f"正在读取 {opened.path.name} …", work)
        return True

    def give_up(self) -> bool:
        """Leave the columns without reading; return False when they were not shown."""
        if self._waiting is None:
            return False
        self._waiting = None
        self._notice.say("")
        self.wanted.emit(False)
        return True

    def _run(
        self, path: Path, saying: str, work: Callable[[Progress, Callable[[], bool]], OpenedSheet | NewList]
    ) -> None:
        self._notice.say(saying, "", Tone.INFO)
        self._shell.jobs.run(f"读取 {path.name}", work, self._take, lambda error: self._refused(path, error))

    def _take(self, read: OpenedSheet | NewList) -> None:
        if isinstance(read, NewList):
            self._waiting = None
            self.wanted.emit(False)
            self.arrived.emit(read)
            return
        self._waiting = read
        told = "有的列认不准，请逐列看看是什么，再按 Ctrl+Enter 读入；不读了按 Esc。"
        self._notice.say("", f"{read.path.name}：{told}", Tone.WARNING)
        self.wanted.emit(True)
        self.show_sheet(read)
        self.start()

    def _refused(self, path: Path, error: BaseException) -> bool:
        if isinstance(error, InvalidInput):
            self._notice.say(f"{path.name} 读不出名单", str(error), Tone.DANGER)
            return True
        if isinstance(error, StationFault):
            self._notice.say(error.what, f"{error.safe}\n{error.todo}", Tone.DANGER)
            return True
        return False
