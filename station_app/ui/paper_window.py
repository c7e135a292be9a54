"""A window that shows the very pages of one paper and prints them."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTemporaryDir
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from station_app.documents.page_pictures import Pdf
from station_app.support.faults import StationFault
from station_app.ui.cards import Button, PrimaryButton, label
from station_app.ui.jobs import Progress
from station_app.ui.page import Shell
from station_app.ui.page_preview import PagePreview
from station_app.ui.pdf_pages import PdfPages
from station_app.ui.printing import print_pages
from station_app.ui.theme import px

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter  # loaded when something is printed


class PaperWindow(QDialog):
    """Shows a paper that is written on the worker thread; Ctrl+P prints, Esc closes.

    Args:
        shell: what the window lends.
        title: what the paper is called.
        write: writes the PDF to the path it is given, or returns its content when it must not become a file; called
            off the window's thread. None for a window that calls `show_made` itself.
        parent: the window it belongs to.
    """

    def __init__(
        self, shell: Shell, title: str, write: Callable[[Path], bytes | None] | None, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self._shell = shell
        self._title = title
        self._scratch = QTemporaryDir()
        self._source: PdfPages | None = None
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(px(820), px(760))
        self.preview = PagePreview(shell.jobs)
        self.preview.show_sentence("正在排版…")
        self._print = PrimaryButton("打印", "printer", "Ctrl+P")
        self._print.setEnabled(False)
        self._print.clicked.connect(self.print_)
        close = Button("关闭", hint="Esc")
        close.clicked.connect(self.close)
        self._row = QHBoxLayout()
        self._row.addWidget(label(title, "title"))
        self._row.addStretch(1)
        self._row.addWidget(close)
        self._row.addWidget(self._print)
        column = QVBoxLayout(self)
        column.addLayout(self._row)
        column.addWidget(self.preview, 1)
        QShortcut(QKeySequence("Ctrl+P"), self, self.print_)
        path = Path(self._scratch.filePath("paper.pdf"))
        if write is not None:
            self.show_made(lambda _progress, _cancelled: PdfPages(write(path) or path))

    def show_made(self, work: Callable[[Progress, Callable[[], bool]], PdfPages | None]) -> None:
        """Show what ``work`` makes on the worker thread; it returns None when nobody wants it any more."""

        def arrived(source: PdfPages | None) -> None:
            if source is not None:
                self._show_pages(source)

        self._shell.jobs.run(self._title, work, arrived, self._failed)

    def add_button(self, made: QWidget) -> None:
        """Add a button before 关闭."""
        self._row.insertWidget(self._row.count() - 2, made)

    def is_ready(self) -> bool:
        """Tell whether the pages are there."""
        return self._source is not None

    def pages(self) -> Pdf:
        """Return the PDF whose pages are shown; they are there once it `is_ready`."""
        assert self._source is not None
        return self._source.path

    def print_(self) -> None:
        """Print the pages through the system's printer."""
        source = self._source
        if source is None:
            return
        try:
            printer = self._shell.messages.choose_printer(self._title, source.sizes)
        except StationFault as fault:
            self._shell.messages.tell_fault(fault)
            return
        if printer is not None:
            self.send_to(printer, source)

    def send_to(self, printer: "QPrinter", source: PdfPages) -> None:
        """Print pages on a printer that was chosen."""
        self._shell.jobs.run(
            f"打印 {self._title}",
            lambda progress, cancelled: print_pages(printer, source, progress, cancelled),
            lambda _sides: None,
        )

    def _show_pages(self, source: PdfPages) -> None:
        if not isValid(self):
            return  # closed meanwhile
        self._source = source
        self._print.setEnabled(True)
        self.preview.show_pages(source)
        self.preview.setFocus()

    def _failed(self, error: BaseException) -> bool:
        if isValid(self):
            self.preview.show_sentence(str(error) if isinstance(error, StationFault) else "这份文书没有排成。")
        return isinstance(error, StationFault)
