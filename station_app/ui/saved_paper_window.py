"""A window that shows one of the station's own papers, prints it and saves the very pages as a PDF."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from station_app.station import Desks
from station_app.support.faults import Cancelled, StationFault
from station_app.support.safe_file import safe_name, write_file
from station_app.ui.cards import button, label
from station_app.ui.jobs import Progress
from station_app.ui.messages import PDF_FILES
from station_app.ui.page import Shell
from station_app.ui.paper_window import PaperWindow
from station_app.ui.pdf_pages import PdfPages

LAST_FOLDER = "folders/export"
Write = Callable[[Desks, Path, Progress, Callable[[], bool]], dict[str, str]]
"""Writes the PDF with desks of its own, off the window's thread; returns the characters that cannot be printed."""


class SavedPaperWindow(PaperWindow):
    """Shows a paper; Ctrl+P prints, Ctrl+S saves it, Esc closes.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
        title: what the paper is called.
        write: writes it.
        parent: the window it belongs to.
    """

    def __init__(self, shell: Shell, desks: Desks, title: str, write: Write, parent: QWidget | None) -> None:
        self._desks = desks
        self._asked = 0
        self._missing: dict[str, str] = {}
        self._write = write
        super().__init__(shell, title, None, parent)
        self._note = label("", "muted", wrap=True)
        self._note.hide()
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        self.column = column
        column.insertWidget(1, self._note)
        save = button("存成 PDF", "download", "Ctrl+S")
        save.clicked.connect(lambda _checked=False: self.save_file())
        self.add_button(save)
        QShortcut(QKeySequence("Ctrl+S"), self, self.save_file)
        self.write_anew()

    def write_anew(self, write: Write | None = None) -> None:
        """Write the paper, in another way if one is given, and show it; what is not ready yet is dropped."""
        self._asked += 1
        self._write = write or self._write
        asked, write, desks = self._asked, self._write, self._desks
        path = Path(self._scratch.filePath(f"{asked}.pdf"))

        def work(progress: Progress, cancelled: Callable[[], bool]) -> PdfPages | None:
            def stale() -> bool:
                return cancelled() or asked != self._asked

            try:
                with desks.reading() as copy:
                    missing = write(copy, path, progress, stale)
            except Cancelled:
                return None
            if asked == self._asked:
                self._missing = missing
            return PdfPages(path)

        self.show_made(work)

    def note(self) -> str:
        """Return what is said over the pages."""
        return self._note.text()

    def file_name(self) -> str:
        """Return the name that is proposed for the PDF."""
        return safe_name(f"{self._title}_{self._desks.clock.today().isoformat()}", ".pdf")

    def save_file(self) -> None:
        """Write the pages that are shown where the clerk says."""
        source = self._source
        if source is None or not isinstance(source.path, Path):
            return
        messages, settings = self._shell.messages, self._shell.settings
        kept = str(settings.value(LAST_FOLDER, ""))
        folder = Path(kept) if kept and Path(kept).is_dir() else Path.home()
        path = messages.save_as(f"保存{self._title}", folder / self.file_name(), PDF_FILES)
        if path is None:
            return
        settings.setValue(LAST_FOLDER, str(path.parent))
        try:
            pages = source.path.read_bytes()
            write_file(path, lambda stream: stream.write(pages))
        except StationFault as fault:
            messages.tell_fault(fault)
        else:
            self._say(f"已存到 {path}")

    def _say(self, words: str) -> None:
        self._note.setText(words)
        self._note.setVisible(bool(words))

    def _show_pages(self, source: PdfPages) -> None:
        super()._show_pages(source)
        if isValid(self):
            where = "；".join(f"{char}（在“{text[:20]}”里）" for char, text in list(self._missing.items())[:5])
            self._say(f"有 {len(self._missing)} 个字这台电脑印不出来，纸上显示为〓：{where}" if where else "")
