"""The recovery sheet on screen: printed from memory; it becomes a file only if the clerk wants one."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from station_app.documents.recovery_sheet import TITLE
from station_app.station import Desks
from station_app.support.faults import StationFault
from station_app.support.safe_file import safe_name, write_file
from station_app.ui.cards import button
from station_app.ui.messages import PDF_FILES
from station_app.ui.page import Shell
from station_app.ui.paper_window import PaperWindow

_WARNING = "存成文件要当心"
_DETAIL = "谁拿到这个文件，谁就能打开登记簿。只存到单独保管的U盘上，不要和登记簿放在一起。直接打印更稳妥。"


class RecoverySheetWindow(PaperWindow):
    """Shows the sheet; Ctrl+P prints it.

    Args:
        shell: what the window lends.
        desks: the desks of the open file.
        parent: the window it belongs to.
    """

    def __init__(self, shell: Shell, desks: Desks, parent: QWidget | None) -> None:
        self._desks = desks
        super().__init__(shell, TITLE, lambda _path: self._sheet(), parent)
        save = button("存成文件…", "download")
        save.clicked.connect(lambda _checked=False: self.save_file())
        self.add_button(save)

    def save_file(self) -> None:
        """Write the sheet where the clerk chooses, after a word of warning."""
        messages = self._shell.messages
        if not messages.ask(_WARNING, _DETAIL, yes="存成文件", no="不存", danger=True):
            return
        name = safe_name(f"{TITLE}-{self._desks.path.stem}", ".pdf")
        path = messages.save_as("恢复单存在哪里", Path.home() / name, PDF_FILES)
        if path is None:
            return
        try:
            sheet = self._sheet()
            write_file(path, lambda stream: stream.write(sheet))
        except StationFault as fault:
            messages.tell_fault(fault)

    def _sheet(self) -> bytes:
        with self._desks.reading() as copy:
            return copy.password.recovery_sheet()
