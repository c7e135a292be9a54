"""已报送的月报: every summary that was reported, its very pages and files, and what would read otherwise today."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from station_app.documents.columns import Column, Kind, Ledger
from station_app.domain.issued import Issued, shown_head
from station_app.services.done import Done
from station_app.station import Desks
from station_app.support.faults import StationFault
from station_app.ui.cards import Card, Notice, PrimaryButton, button, label
from station_app.ui.ledger_table import LedgerTable
from station_app.ui.messages import EXCEL_FILES, PDF_FILES
from station_app.ui.page import Shell
from station_app.ui.paper_window import PaperWindow
from station_app.ui.theme import Tone, px

ISSUED_LEDGER: Ledger[Issued] = Ledger(
    "issued",
    "已报送的月报",
    (
        Column("period", "所属期", lambda one: one.period.title, Kind.LABEL, 11),
        Column("on", "报出日期", lambda one: one.on, Kind.DATE, 12),
        Column("kind", "种类", lambda one: one.kind, Kind.LABEL, 9),
        Column("to", "报给", lambda one: one.to, Kind.TEXT, 20),
        Column("by", "报出人", lambda one: one.by, Kind.LABEL, 8),
        Column("closing", "期末在办", lambda one: one.closing, Kind.COUNT, 9),
        Column("head", "登记簿校验码", lambda one: shown_head(one.chain_head), Kind.CODE, 14),
    ),
)
_NOTHING = "还没有报送过月报。在台账页选“工作月报”，按“定稿报送”。"


class IssueList(QDialog):
    """See the module.

    Args:
        shell: what the window lends.
        desks: the open station file.
        parent: the window it belongs to.
    """

    def __init__(self, shell: Shell, desks: Desks, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._desks = desks
        self.setWindowTitle("已报送的月报")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(px(960), px(560))
        self.table = LedgerTable(
            ISSUED_LEDGER,
            lambda one: one.id,
            shell.settings,
            widths={"period": 11, "on": 12, "kind": 9, "to": 20, "by": 8, "closing": 9, "head": 15},
            stretch="to",
            yielding=("by",),
        )
        self.table.set_empty(_NOTHING)
        self.table.opened.connect(lambda _one: self.view())
        self.table.current_changed.connect(lambda _one: self._compare())
        self.told = Notice()
        self._buttons = (
            PrimaryButton("查看和打印", "eye", "Enter"),
            button("存 PDF…", "file-text", "Ctrl+Shift+E"),
            button("存 Excel…", "file-spreadsheet", "Ctrl+E"),
        )
        actions = (self.view, lambda: self.save_as("pdf"), lambda: self.save_as("xlsx"))
        for made, action in zip(self._buttons, actions, strict=True):
            made.clicked.connect(lambda _checked=False, act=action: act())
        for keys, action in zip(("Ctrl+P", "Ctrl+Shift+E", "Ctrl+E"), actions, strict=True):
            QShortcut(QKeySequence(keys), self, action)
        self._lay_out()
        shell.changes.changed.connect(self._changed)
        self.reload()

    def _lay_out(self) -> None:
        close = button("关闭", "", "Esc")
        close.clicked.connect(self.close)
        head = QHBoxLayout()
        head.addWidget(label("已报送的月报", "title"))
        head.addStretch(1)
        for made in (close, *self._buttons[1:], self._buttons[0]):
            head.addWidget(made)
        card = Card()
        card.set_flush()
        card.body.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setSpacing(px(10))
        column.addLayout(head)
        column.addWidget(card, 1)
        column.addWidget(self.told)

    def reload(self) -> None:
        """Fetch the list anew."""
        rows = self._desks.issuing.listed()
        self.table.set_rows(rows)
        for made in self._buttons:
            made.setEnabled(bool(rows))
        if rows and self.table.current_row() is None:
            self.table.select(rows[0].id)
        self.table.view.setFocus()

    def view(self) -> None:
        """Show the very pages that were reported; they are printed from there (Enter, Ctrl+P)."""
        chosen: Issued | None = self.table.current_row()
        if chosen is not None:
            desks = self._desks

            def kept(_path: Path) -> bytes:
                with desks.reading() as copy:
                    return copy.issuing.content(chosen, "pdf")

            PaperWindow(self._shell, chosen.name, kept, self).show()

    def save_as(self, format_: str) -> None:
        """Write a kept file, ``pdf`` or ``xlsx``, where the clerk says."""
        chosen: Issued | None = self.table.current_row()
        if chosen is None:
            return
        word, kinds = ("Excel", EXCEL_FILES) if format_ == "xlsx" else ("PDF", PDF_FILES)
        name = self._desks.issuing.file_name(chosen, format_)
        path = self._shell.messages.save_as(f"存 {word}", Path.home() / name, kinds)
        if path is None:
            return
        try:
            self._desks.issuing.save(chosen, path)
        except StationFault as fault:
            self._shell.messages.tell_fault(fault)
        else:
            self._shell.changes.publish(Done(path, f"已存 {path.name}", frozenset(), 0))

    def _changed(self, done: Done[object]) -> None:
        if done.topics:
            self.reload()

    def _compare(self) -> None:
        """Say what would read otherwise in the chosen summary if it were made now."""
        row: Issued | None = self.table.current_row()
        if row is None:
            self.told.say("")
            return
        chosen = row
        self.told.say("", "正在与现在的数字比较…", Tone.QUIET)
        desks = self._desks

        def work(_progress: object, _cancelled: object) -> tuple[str, ...]:
            with desks.reading() as copy:
                return copy.issuing.changes_since(chosen)

        def compared(changes: tuple[str, ...]) -> None:
            if isValid(self) and self.table.current_row() is chosen:
                self._tell(chosen, changes)

        self._shell.jobs.run("比较月报", work, compared)

    def _tell(self, chosen: Issued, changes: tuple[str, ...]) -> None:
        note = f"{chosen.note}\n" if chosen.note else ""
        if not changes:
            self.told.say("与现在的数字一致", note.strip(), Tone.GOOD)
            return
        lines = "\n".join(f"· {line}" for line in changes)
        self.told.say(
            "报送以后有补录或更正，现在会是", f"{note}{lines}\n需要时在台账页再按“定稿报送”作更正报送。", Tone.WARNING
        )
