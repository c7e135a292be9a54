"""A paper on screen before it is printed: it gets number and return code, and is noted, only when it goes out."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from station_app.domain.paper_texts import PaperStyle
from station_app.domain.papers import PAPER_LABELS, Paper, PaperKind
from station_app.domain.problems import InvalidInput
from station_app.station import Desks
from station_app.support.faults import StationFault
from station_app.support.safe_file import safe_name, write_file
from station_app.ui.cards import button, label
from station_app.ui.field import ENTER
from station_app.ui.messages import PDF_FILES
from station_app.ui.page import Shell
from station_app.ui.paper_window import PaperWindow
from station_app.ui.pdf_pages import PdfPages
from station_app.ui.theme import px

if TYPE_CHECKING:
    from station_app.documents.letters import Letter
    from station_app.services.papers_desk import Offer

_BEFORE = "打印（Ctrl+P）或存成 PDF（Ctrl+S）时编号，并记入办理经过"


class LetterWindow(PaperWindow):
    """Shows a paper about one matter or several; what is printed or saved is noted on their timelines.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
        offer: which paper, and of which matters.
        parent: the window it belongs to.

    Raises:
        InvalidInput: it cannot be printed now, and why.
    """

    def __init__(self, shell: Shell, desks: Desks, offer: "Offer", parent: QWidget | None) -> None:
        self._desks = desks
        self._offer = offer
        self._paper: Paper | None = None
        self._missing: list[str] = []
        papers = desks.papers
        old = papers.paper(offer.paper_id) if offer.paper_id is not None else None
        letter = papers.letter(old, again=True) if old else papers.prepare(offer.kind, offer.case_ids)
        super().__init__(shell, PAPER_LABELS[offer.kind], lambda _path: self._lay_out(letter), parent)
        self._letter = letter
        save = button("存成 PDF", "download", "Ctrl+S")
        save.clicked.connect(lambda _checked=False: self.save_file())
        self.add_button(save)
        QShortcut(QKeySequence("Ctrl+S"), self, self.save_file)
        self.document_number = QLineEdit(letter.document_number)
        self.document_number.setAccessibleName("发文字号")
        self.document_number.setPlaceholderText("没有就空着")
        self.document_number.setMaximumWidth(px(260))
        self.document_number.editingFinished.connect(self._number_typed)
        self._note = label(_BEFORE, "muted", wrap=True)
        line = QHBoxLayout()
        line.addWidget(self._note, 1)
        if old is None:
            line.addWidget(label("发文字号", "muted"))
            line.addWidget(self.document_number)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertLayout(1, line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter end the typing of the 发文字号; a dialog would press one of its buttons."""
        if event.key() in ENTER and self.document_number.hasFocus():
            self.preview.setFocus()
            return
        super().keyPressEvent(event)

    def note(self) -> str:
        """Return what is said over the pages: whether the paper has its number yet."""
        return self._note.text()

    def print_(self) -> None:
        """Choose a printer, give the paper its number, print it."""
        if self._source is None:
            return
        try:
            printer = self._shell.messages.choose_printer(self._title, self._source.sizes)
        except StationFault as fault:
            self._shell.messages.tell_fault(fault)
            return
        if printer is not None:
            self._go_out(lambda source: self.send_to(printer, source))

    def save_file(self) -> None:
        """Choose a file, give the paper its number, write it there."""
        if self._source is None:
            return
        name = safe_name(f"{self._title}_{self._desks.clock.today().isoformat()}", ".pdf")
        path = self._shell.messages.save_as(f"保存{self._title}", Path.home() / name, PDF_FILES)
        if path is not None:
            self._go_out(lambda source: self._write(path, source))

    def _write(self, path: Path, source: PdfPages) -> None:
        content = source.path
        assert isinstance(content, bytes)
        try:
            write_file(path, lambda stream: stream.write(content))
        except StationFault as fault:
            self._shell.messages.tell_fault(fault)
        else:
            if isValid(self):
                self._note.setText(f"已存到 {path}")

    def _go_out(self, use: Callable[[PdfPages], None]) -> None:
        """Note once that the paper goes out, lay it out with number and return code, then use its pages."""
        if not self._is_noted():
            return
        letter = self._letter

        def laid_out(source: PdfPages) -> None:
            self._show_pages(source)
            use(source)

        self._shell.jobs.run(self._title, lambda _p, _c: PdfPages(self._lay_out(letter)), laid_out, self._failed)

    def _is_noted(self) -> bool:
        papers, offer = self._desks.papers, self._offer
        if self._paper is not None:
            return True
        try:
            if offer.paper_id is not None:
                done = papers.issue_again(offer.paper_id)
            else:
                done = papers.issue(offer.kind, offer.case_ids, self.document_number.text())
        except InvalidInput as wrong:
            self._shell.messages.tell(str(wrong))
            return False
        except StationFault as fault:
            self._shell.messages.tell_fault(fault)
            return False
        self._paper = paper = done.value
        self._letter = papers.letter(paper, again=offer.paper_id is not None)
        self.document_number.setEnabled(False)
        self._note.setText(f"{paper.number}，回执码 {paper.code[:3]} {paper.code[3:]}，已记入办理经过")
        self._shell.changes.publish(done)
        return True

    def _number_typed(self) -> None:
        """Show the pages with the number that was typed."""
        typed = self.document_number.text().strip()
        if self._paper is not None or typed == self._letter.document_number:
            return
        self._letter = letter = replace(self._letter, document_number=typed)
        self._shell.jobs.run(
            self._title, lambda _p, _c: PdfPages(self._lay_out(letter)), self._show_pages, self._failed
        )

    def _lay_out(self, letter: "Letter") -> bytes:
        """Return the pages of a paper, and keep what no face has; called on the worker thread."""
        self._missing = self._desks.papers.unprintable(letter)
        return self._desks.papers.pdf(letter)

    def _show_pages(self, source: PdfPages) -> None:
        super()._show_pages(source)
        if isValid(self) and self._missing:
            self._note.setText(f"有字打不出来，纸上印作“〓”：{'、'.join(self._missing)}")


class SampleWindow(PaperWindow):
    """Shows how a kind of paper would look in a style that is being written; it is not printed from here."""

    def __init__(self, shell: Shell, desks: Desks, kind: PaperKind, style: PaperStyle, parent: QWidget | None) -> None:
        letter = desks.papers.sample(kind, style)
        super().__init__(shell, f"预览 {PAPER_LABELS[kind]}", lambda _path: desks.papers.pdf(letter), parent)
        self._print.hide()

    def print_(self) -> None:
        """Print nothing: a sample has no number."""
