"""台账: choose a book, see the very pages, export and print them."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTemporaryDir, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from station_app.domain.operators import Right
from station_app.services.books import Book
from station_app.services.done import EVERYTHING
from station_app.services.reports import MonthSet
from station_app.station import Desks
from station_app.support.faults import Cancelled, StationFault
from station_app.support.safe_file import safe_name
from station_app.ui.cards import Card, Notice, link_button
from station_app.ui.issue_card import IssueCard
from station_app.ui.issue_list import IssueList
from station_app.ui.issue_window import IssueWindow
from station_app.ui.jobs import Progress
from station_app.ui.ledger_choice import PAPERS, LedgerChoice, Paper
from station_app.ui.messages import EXCEL_FILES, PDF_FILES
from station_app.ui.page import Page, Shell
from station_app.ui.page_preview import PagePreview
from station_app.ui.pdf_pages import PdfPages
from station_app.ui.printing import print_pages
from station_app.ui.rights import offer, refused
from station_app.ui.theme import Tone, px

_LAST_FOLDER = "folders/export"
_PATIENCE_MS = 200
_PDF_KEYS = "Ctrl+Shift+E"
_ROOM_FOR_KEYS = 740


class LedgersPage(Page):
    """The books and the monthly summary.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
    """

    topics = EVERYTHING

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__(shell, "台账")
        self._desks = desks
        self._scratch = QTemporaryDir()
        self._generation = 0
        self._source: PdfPages | None = None
        self._print = self.header.add_button("打印", "printer", self.print_, "Ctrl+P")
        pdf = self.header.add_button("导出 PDF", "file-text", lambda: self.export_as("pdf"), _PDF_KEYS)
        self._exports = (pdf, self.header.add_button("导出 Excel", "file-spreadsheet", self.export, "Ctrl+E"))
        self.header.add_primary("本月全套", "download", self.new)
        self.choice = LedgerChoice(shell.clock.today())
        self.choice.changed.connect(self._chose)
        self.choice.behind_asked.connect(self.show_rooms)
        self.issue = IssueCard()
        self.issue.issue_asked.connect(self.issue_month)
        self.issue.list_asked.connect(self.list_issued)
        offer(desks, Right.KEEP, self.issue.issue)
        self.preview = PagePreview(shell.jobs)
        self._waiting = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._waiting.timeout.connect(self._render)
        self._told = Notice(Tone.GOOD)
        self._links = QWidget()
        self._link_row = QHBoxLayout(self._links)
        self._link_row.setContentsMargins(0, 0, 0, 0)
        self._told.body.addWidget(self._links)
        self._lay_out()
        for keys, action in (
            ("Alt+Left", lambda: self.choice.period.step(-1)),
            ("Alt+Right", lambda: self.choice.period.step(1)),
            (_PDF_KEYS, lambda: self.export_as("pdf")),
            ("Alt+G", self.choice.papers.setFocus),
            ("Alt+D", self.issue_month),
            ("Alt+Y", self.list_issued),
            ("Alt+M", self.show_rooms),
        ):
            QShortcut(QKeySequence(keys), self, action)

    def _lay_out(self) -> None:
        right = Card()
        right.set_flush()
        right.body.setContentsMargins(0, 0, 0, 0)
        right.body.setSpacing(0)
        told = QVBoxLayout()
        told.setContentsMargins(px(10), px(8), px(10), 0)
        told.addWidget(self._told)
        right.body.addLayout(told)
        right.body.addWidget(self.preview, 1)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        left = QVBoxLayout()
        left.setSpacing(px(12))
        left.addWidget(self.choice, 1)
        left.addWidget(self.issue)
        row.addLayout(left)
        row.addWidget(right, 1)
        self.body.addLayout(row, 1)
        self.begin_with(self.choice)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the longest shortcut to the tooltip where the buttons need the room."""
        super().resizeEvent(event)
        self._exports[0].set_hint(_PDF_KEYS if event.size().width() >= px(_ROOM_FOR_KEYS) else "")

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Return the page's own shortcuts."""
        return (
            ("F2", "本月全套：月报和两本台账，PDF 和 Excel 各一份"),
            (_PDF_KEYS, "导出 PDF"),
            ("Alt+← / Alt+→", "早一期、晚一期"),
            ("Alt+G", "到台账列表"),
            ("Alt+D", "定稿报送所选月份的月报"),
            ("Alt+Y", "已报送的月报：查看、打印、另存"),
            ("Alt+M", "站室情况统计表：每个数字是哪几件"),
            ("PageUp / PageDown", "在页面上：上一屏、下一屏"),
            ("Ctrl+加号 / Ctrl+减号", "在页面上：放大、缩小"),
            ("Ctrl+0", "在页面上：适合宽度"),
        )

    # Showing

    def open_item(self, key: object) -> None:
        """Choose a book by its name (visits, opinions, roster, month), or a reception day by ``(visits, day id)``."""
        self.choice.open(key)

    def _chose(self) -> None:
        """Wait a moment for further choosing, then render."""
        self._show_issued()
        self._generation += 1
        if self.isVisible():
            self._waiting.start()

    def reload(self) -> None:
        """Fetch the days again and render anew."""
        self.choice.offer_rooms(self._desks.rooms.names())
        self.choice.period.offer_days(self._desks.days.between())
        self._generation += 1
        self._show_issued()
        self._render()

    def _render(self) -> None:
        generation = self._generation
        write = self._writer()
        self._set_source(None)
        for one in self._exports:
            one.setEnabled(write is not None)
        if write is None:
            self.preview.show_sentence("请在左边选择一个接待日。")
            return
        self.preview.show_sentence("正在排版…")
        path = Path(self._scratch.filePath(f"{generation}.pdf"))

        def work(progress: Progress, cancelled: Callable[[], bool]) -> tuple[PdfPages, dict[str, str]] | None:
            def stale() -> bool:
                return cancelled() or generation != self._generation

            try:
                if stale():
                    return None
                missing = write(path, progress, stale)
            except Cancelled:
                return None
            return PdfPages(path), missing

        def done(made: tuple[PdfPages, dict[str, str]] | None) -> None:
            if generation == self._generation and made is not None:
                source, missing = made
                self._set_source(source)
                self.preview.show_pages(source)
                self._tell_missing(missing)

        def failed(error: BaseException) -> bool:
            if generation == self._generation and isinstance(error, StationFault):
                self.preview.show_sentence(f"{error.what}{error.todo}")
                return True
            return isinstance(error, StationFault)

        self.shell.jobs.run("排版", work, done, failed)

    def _set_source(self, source: PdfPages | None) -> None:
        self._source = source
        self._print.setEnabled(source is not None)

    def _tell_missing(self, missing: dict[str, str]) -> None:
        """Say which characters no face of this PC can print, and where they stand."""
        if missing:
            where = "；".join(f"{character}（在“{text[:20]}”里）" for character, text in list(missing.items())[:5])
            self._links.hide()
            self._told.say(f"有 {len(missing)} 个字这台电脑印不出来，纸上显示为〓", where, Tone.WARNING)

    def _writer(self) -> Callable[[Path, Progress, Callable[[], bool]], dict[str, str]] | None:
        """Return what writes the chosen paper to a path, or None when nothing is chosen; runs on the worker thread.

        What it returns are the characters that cannot be printed, each with the text it occurs in.
        """
        desks = self._desks
        if self.choice.paper() is Paper.MONTH:
            month, by_room = self.choice.month(), self.choice.by_room.value()

            def write_month(path: Path, progress: Progress, cancelled: Callable[[], bool]) -> dict[str, str]:
                with desks.reading() as copy:
                    copy.reports.write_month_paper(month, path, progress, cancelled, by_room=by_room)
                return {}

            return write_month
        selection = self.choice.selection()
        if selection is None:
            return None

        def write_book(path: Path, progress: Progress, cancelled: Callable[[], bool]) -> dict[str, str]:
            with desks.reading() as copy:
                copy.reports.write_ledger(selection, path, progress, cancelled)
                return copy.reports.unprintable(selection)

        return write_book

    # Reporting

    def _show_issued(self) -> None:
        of_month = self.choice.paper() is Paper.MONTH
        self.issue.setVisible(of_month)
        if of_month:
            month = self.choice.month()
            running = self.shell.clock.today().isoformat() < month.to_on
            self.issue.show_state(self._desks.issuing.latest(month), running=running)

    def issue_month(self) -> None:
        """Report the month that is chosen (Alt+D)."""
        if self.choice.paper() is Paper.MONTH and not refused(self._desks, Right.KEEP, self.shell.messages):
            IssueWindow(self.shell, self._desks, self.choice.month(), self.window()).show()

    def list_issued(self) -> None:
        """Show what was reported (Alt+Y)."""
        IssueList(self.shell, self._desks, self.window()).show()

    def show_rooms(self) -> None:
        """Show the statistics by room with the matters behind them (Alt+M)."""
        selection = self.choice.selection()
        if selection is not None and selection.book is Book.ROOMS:
            from station_app.ui.room_window import RoomWindow

            period = self._desks.reports.books.room_period(selection)
            RoomWindow(self.shell, self._desks, period, self.window()).show()

    # Handing out

    def export(self) -> None:
        """Write the chosen paper as an Excel workbook (Ctrl+E)."""
        self.export_as("xlsx")

    def export_as(self, format_: str) -> None:
        """Write the chosen paper as ``xlsx`` or ``pdf`` where the clerk says."""
        write = self._writer()
        if write is None:
            return
        kinds = EXCEL_FILES if format_ == "xlsx" else PDF_FILES
        word = "Excel" if format_ == "xlsx" else "PDF"
        path = self.shell.messages.save_as(f"导出 {word}", self._folder() / self.file_name(format_), kinds)
        if path is None:
            return
        self.shell.settings.setValue(_LAST_FOLDER, str(path.parent))
        self._begin()

        def work(progress: Progress, cancelled: Callable[[], bool]) -> Path:
            write(path, progress, cancelled)
            return path

        self.shell.jobs.run(f"导出 {path.name}", work, lambda made: self._tell((made,), f"已导出 {made.name}"))

    def file_name(self, format_: str) -> str:
        """Return the name that is proposed for an export."""
        selection = self.choice.selection()
        if selection is not None:
            return self._desks.reports.file_name(selection, format_)
        return safe_name(f"工作月报_{self.choice.month().title}", f".{format_}")

    def print_(self) -> None:
        """Print the pages that are shown through the system's printer (Ctrl+P)."""
        source = self._source
        if source is None:
            return
        title = PAPERS[self.choice.paper()].title
        try:
            printer = self.shell.messages.choose_printer(title, source.sizes)
        except StationFault as fault:
            self.shell.messages.tell_fault(fault)
            return
        if printer is None:
            return
        self._begin()
        self.shell.jobs.run(
            f"打印 {title}",
            lambda progress, cancelled: print_pages(printer, source, progress, cancelled),
            lambda sides: self._tell((), f"已交给打印机：{title} {sides} 面"),
        )

    def new(self) -> None:
        """Write the month's set into a folder (F2)."""
        month = self.choice.month()
        folder = self.shell.messages.choose_folder(f"{month.title}全套存到哪个文件夹", self._folder())
        if folder is None:
            return
        self.shell.settings.setValue(_LAST_FOLDER, str(folder))
        desks = self._desks
        self._begin()

        def work(progress: Progress, cancelled: Callable[[], bool]) -> MonthSet:
            with desks.reading() as copy:
                return copy.reports.month_set(month, folder, progress, cancelled)

        self.shell.jobs.run(
            f"{month.title}全套", work, lambda made: self._tell(made.files, f"{month.title}全套已写好", made.summary)
        )

    def _folder(self) -> Path:
        kept = str(self.shell.settings.value(_LAST_FOLDER, ""))
        return Path(kept) if kept and Path(kept).is_dir() else Path.home()

    def _begin(self) -> None:
        self._told.say("", "")
        self._links.hide()

    def source(self) -> PdfPages | None:
        """Return the pages that are shown, or None while there are none."""
        return self._source

    def is_working(self) -> bool:
        """Tell whether what is chosen is still to be rendered."""
        return self._waiting.isActive() or self.shell.jobs.busy

    def told(self) -> str:
        """Return what is said about the last export or print."""
        return self._told.text()

    def _tell(self, files: tuple[Path, ...], what: str, about: str = "") -> None:
        names = "、".join(path.name for path in files) if len(files) > 1 else ""
        where = f"文件夹：{files[0].parent}" if files else ""
        self._told.say(what, "\n".join(part for part in (names, where, about) if part), Tone.GOOD)
        while item := self._link_row.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        if files:
            links: list[QPushButton] = [link_button("打开文件夹", lambda: _open(files[0].parent))]
            if len(files) == 1:
                links.insert(0, link_button("打开文件", lambda: _open(files[0])))
            for made in (*links, link_button("知道了", self._begin)):
                self._link_row.addWidget(made)
            self._link_row.addStretch(1)
        self._links.setVisible(bool(files))


def _open(path: Path) -> None:
    """Open a file or folder with the system's own program."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
