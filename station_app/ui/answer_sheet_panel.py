"""Taking in a sheet that a unit filled in: what each row would do is shown first, then one step."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout

from station_app.documents.columns import Column, Ledger
from station_app.documents.columns import Kind as CellKind
from station_app.domain.problems import InvalidInput
from station_app.services.answer_sheets import SheetPreview
from station_app.services.sheet_lines import KIND_LABELS, Kind, SheetLine
from station_app.station import Desks
from station_app.support.faults import StationFault
from station_app.ui.cards import Card, Notice, PrimaryButton, button, label
from station_app.ui.jobs import Progress
from station_app.ui.ledger_table import LedgerTable
from station_app.ui.marks import Mark
from station_app.ui.messages import SPREADSHEETS
from station_app.ui.page import Shell
from station_app.ui.theme import Tone, px

_TONES: dict[Kind, Tone] = {
    "answer": Tone.GOOD,
    "extension": Tone.INFO,
    "empty": Tone.QUIET,
    "known": Tone.QUIET,
    "problem": Tone.DANGER,
}
_LAST_FOLDER = "folders/import"
_ORDER: dict[Kind, int] = {"problem": 0, "answer": 1, "extension": 2, "known": 3, "empty": 4}


def _told(line: SheetLine) -> str:
    """Return what is wrong with a row, else what it says: the answer, or until when more time is asked."""
    if line.draft is None:
        return line.reason
    promise = f"（承诺 {line.draft.due_on} 办成）" if line.kind == "answer" and line.draft.due_on else ""
    asked = f"延至 {line.draft.due_on}：" if line.kind == "extension" else ""
    return f"{asked}{line.draft.text}{promise}"


_LEDGER: Ledger[SheetLine] = Ledger(
    "answer_sheet",
    "",
    (
        Column("row", "行", lambda line: line.row, CellKind.COUNT, 5),
        Column("kind", "结果", lambda line: KIND_LABELS[line.kind], CellKind.LABEL, 14),
        Column("number", "编号", lambda line: line.number, CellKind.CODE, 13),
        Column("title", "事项", lambda line: line.title, CellKind.TEXT, 18),
        Column("on", "日期", lambda line: line.draft.on if line.draft else "", CellKind.DATE, 11),
        Column("class", "类别", lambda line: line.draft.answer_class if line.draft else "", CellKind.LABEL, 6),
        Column("cells", "单元格", lambda line: line.cells, CellKind.CODE, 9),
        Column("told", "答复内容或问题", _told, CellKind.TEXT, 40),
    ),
)


class AnswerSheetPanel(Card):
    """The preview of a sheet that came back with 确认登记.

    Signals:
        taken: the `Done` of a confirmed sheet; the page publishes it.
        closed: the clerk left without recording anything.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
    """

    taken = Signal(object)
    closed = Signal()

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__("收回办理情况回填表")
        self._shell = shell
        self._desks = desks
        self.preview: SheetPreview | None = None
        self.notice = Notice(Tone.INFO)
        self.table = LedgerTable(
            _LEDGER,
            lambda line: line.row,
            shell.settings,
            marks={"kind": lambda line: Mark(KIND_LABELS[line.kind], _TONES[line.kind])},
            sort_keys={"kind": lambda line: _ORDER[line.kind]},
            stretch="told",
            yielding=("title", "class", "on"),
        )
        self.table.current_changed.connect(self._tell_row)
        self._reason = label("", wrap=True)
        self._reason.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._confirm = PrimaryButton("确认登记", "check", "Ctrl+S")
        self._confirm.clicked.connect(lambda _checked=False: self.confirm())
        self._lay_out()
        for keys in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
            bound = QShortcut(QKeySequence(keys), self, self.confirm)
            bound.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._show(None)

    def _lay_out(self) -> None:
        last = QHBoxLayout()
        last.setSpacing(px(8))
        last.addWidget(label("确认之前不写入任何内容；写入前先做备份，写入后可以整个撤销。", "muted", wrap=True), 1)
        other = button("换一个文件", "folder-open")
        other.clicked.connect(lambda _checked=False: self.choose())
        leaving = button("取消", "", "Esc")
        leaving.clicked.connect(lambda _checked=False: self.leave())
        for made in (leaving, other, self._confirm):
            last.addWidget(made)
        self.body.addWidget(self.notice)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._reason)
        self.body.addLayout(last)
        self.setFocusProxy(self.table)

    def choose(self) -> None:
        """Let the clerk choose a file; without one and without a preview the panel closes."""
        kept = str(self._shell.settings.value(_LAST_FOLDER, ""))
        path = self._shell.messages.choose_file(self.title(), SPREADSHEETS, Path(kept) if kept else None)
        if path is not None:
            self._shell.settings.setValue(_LAST_FOLDER, str(path.parent))
            self.read(path)
        elif self.preview is None:
            self.leave()

    def read(self, path: Path) -> None:
        """Read a file on the worker thread and show what it would do."""
        desks = self._desks

        def work(progress: Progress, cancelled: Callable[[], bool]) -> SheetPreview:
            progress(0.1, path.name)
            with desks.reading() as copy:
                return copy.answer_sheets.preview(path, cancelled)

        self._show(None)
        self.notice.say(f"正在读取 {path.name} …", "", Tone.INFO)
        self._shell.jobs.run(f"读取 {path.name}", work, self._begin, lambda error: self._refused(path.name, error))

    def leave(self) -> bool:
        """Close without recording anything (Esc)."""
        self.preview = None
        self.closed.emit()
        return True

    def confirm(self) -> None:
        """Record what the rows say: a backup first, then one step that can be undone."""
        preview = self.preview
        if preview is None or not self._confirm.isEnabled():
            return
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            done = self._desks.answer_sheets.confirm(preview)
        except (InvalidInput, StationFault) as error:
            QApplication.restoreOverrideCursor()
            if not self._refused(preview.path.name, error):
                raise
            return
        QApplication.restoreOverrideCursor()
        self.preview = None
        self.taken.emit(done)

    def _refused(self, name: str, error: BaseException) -> bool:
        if isinstance(error, InvalidInput):
            self.notice.say(f"{name} 不能收回", f"{error}\n没有写入任何内容。", Tone.DANGER)
            return True
        if isinstance(error, StationFault):
            self.notice.say(error.what, f"{error.safe}\n{error.todo}", Tone.DANGER)
            return True
        return False

    def _begin(self, preview: SheetPreview) -> None:
        self._show(preview)
        self.table.view.setFocus()

    def _show(self, preview: SheetPreview | None) -> None:
        self.preview = preview
        self._confirm.setEnabled(bool(preview and preview.taken))
        if preview is None:
            self.table.set_rows([])
            self._tell_row(None)
            return
        self._confirm.setText(f"确认登记 {len(preview.taken)} 件" if preview.taken else "没有要登记的")
        self._confirm.updateGeometry()
        self.table.set_rows(sorted(preview.lines, key=lambda line: (_ORDER[line.kind], line.row)))
        if preview.lines:
            self.table.select(self.table.rows()[0].row)
        counts = preview.counts
        told = "，".join(f"{word} {counts[kind]} 行" for kind, word in KIND_LABELS.items() if counts[kind])
        parts = [f"{told}。" if told else "表里没有填写任何一行。"]
        if counts["problem"]:
            parts.append("有问题的行不登记，改好后可以再收一次，已登记的不会重复。")
        if preview.missing:
            parts.append(
                f"原表上有、文件里没有的：{'、'.join(preview.missing[:8])}{'等' if len(preview.missing) > 8 else ''}。"
            )
        if preview.paper.returned_on:
            parts.append(f"这张表 {preview.paper.returned_on} 已收回过一次。")
        head = f"{preview.unit}　{preview.paper.number}（{preview.paper.printed_on} 发出）"
        self.notice.say(head, "\n".join(parts), Tone.WARNING if counts["problem"] else Tone.INFO)

    def _tell_row(self, line: SheetLine | None) -> None:
        """Say the whole of what the table may have cut."""
        about = _told(line) if line is not None else ""
        place = f"{line.cells or f'第 {line.row} 行'}　" if line is not None else ""
        self._reason.setText(f"{place}{about}" if about else "")
        self._reason.setVisible(bool(about))
