"""个人信息删除 as a window: asks once, does it, replaces old backups if wanted, and shows the paper that confirms it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QWidget

from station_app.documents.erasure_paper import TITLE as PAPER_TITLE
from station_app.domain.erasure import Erasure
from station_app.domain.operators import Right
from station_app.domain.reception import Visit
from station_app.services.done import SETTINGS, Done
from station_app.station import Desks
from station_app.ui.erasing_form import ErasingForm
from station_app.ui.jobs import Progress
from station_app.ui.page import Shell
from station_app.ui.paper_window import PaperWindow
from station_app.ui.rights import refused
from station_app.ui.theme import px


class ErasingWindow(QDialog):
    """See the module.

    Args:
        shell: what the window lends.
        desks: the open station file.
        visit: the visit the clerk came from, or None.
        parent: the window it belongs to.
    """

    def __init__(self, shell: Shell, desks: Desks, visit: Visit | None, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._desks = desks
        self.setWindowTitle("个人信息删除")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(px(960), px(620))
        self.form = ErasingForm(desks, shell.messages, visit)
        self.form.saved.connect(self._erased)
        self.form.closed.connect(self.reject)
        self.form.outlook.setFixedWidth(px(340))
        row = QHBoxLayout(self)
        row.addWidget(self.form, 1)
        row.addWidget(self.form.outlook)
        self.form.start()

    def _erased(self, done: Done[Any]) -> None:
        renew = self.form.renew.value()
        parent = self.parentWidget()
        self.accept()
        self._desks.attachments.empty_folder()
        self._shell.changes.publish(done)
        if renew:
            renew_backups(self._shell, self._desks, done.step_id)
        erasure = next(one for one in self._desks.erasing.done() if one.step_id == done.step_id)
        show_confirmation(self._shell, self._desks, erasure, parent)


def open_erasing(shell: Shell, desks: Desks, visit: Visit | None, parent: QWidget | None) -> None:
    """Open the window for who may erase; others are told why not."""
    if not refused(desks, Right.GOVERN, shell.messages):
        ErasingWindow(shell, desks, visit, parent).show()


def renew_backups(shell: Shell, desks: Desks, step_id: int) -> None:
    """Make a new backup and remove those that still hold what an erasure blanked, as a job."""

    def work(progress: Progress, _cancelled: Callable[[], bool]) -> int:
        with desks.reading() as copy:
            return copy.erasing.renew_backups(step_id, progress)

    def renewed(count: int) -> None:
        words = f"已做新备份，删掉 {count} 份旧备份"
        shell.changes.publish(Done(count, words, frozenset({SETTINGS}), 0))

    shell.jobs.run("更换旧备份", work, renewed)


def show_confirmation(shell: Shell, desks: Desks, erasure: Erasure, parent: QWidget | None) -> None:
    """Show the paper that confirms an erasure, to be printed and signed."""

    def write(path: Path) -> None:
        with desks.reading() as copy:
            copy.erasing.confirmation(erasure, path)

    PaperWindow(shell, PAPER_TITLE, write, parent).show()
