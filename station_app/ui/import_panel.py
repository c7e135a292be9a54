"""Taking in a spreadsheet: what each row would do is shown first, nothing is written before it is confirmed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QButtonGroup, QHBoxLayout, QPushButton, QWidget

from station_app.documents.columns import Column, Kind, Ledger
from station_app.domain.problems import InvalidInput
from station_app.services.intake import VERDICT_LABELS, Preview, PreviewRow, SheetKind
from station_app.station import Desks
from station_app.support.faults import StationFault
from station_app.ui.cards import Card, Notice, PrimaryButton, button, label
from station_app.ui.jobs import Progress
from station_app.ui.ledger_table import LedgerTable
from station_app.ui.marks import Mark
from station_app.ui.messages import SPREADSHEETS
from station_app.ui.page import Shell
from station_app.ui.theme import Tone, px

_TONES = {"new": Tone.GOOD, "changed": Tone.INFO, "unchanged": Tone.QUIET, "problem": Tone.DANGER}
_LAST_FOLDER = "folders/import"


def _of_row(column: Column[Any]) -> Column[PreviewRow]:
    return replace(column, value=lambda line: column.value(line.row))


def _cell(line: PreviewRow) -> str:
    return f"{line.verdict.column}{line.verdict.row}" if line.verdict.column else ""


def _remark(line: PreviewRow) -> str:
    if not line.kept:
        return line.remark
    return f"{line.remark} {replace(line, verdict=replace(line.verdict, reason='')).remark}"


_BEFORE = (
    Column[PreviewRow]("row", "行", lambda line: line.verdict.row, Kind.COUNT, 5),
    Column[PreviewRow]("verdict", "结果", lambda line: VERDICT_LABELS[line.verdict.kind], Kind.LABEL, 9),
)
_AFTER = (
    Column[PreviewRow]("cell", "单元格", _cell, Kind.CODE, 8),
    Column[PreviewRow]("remark", "说明", _remark, Kind.TEXT, 40),
)


class ImportPanel(Card):
    """The preview of an import with 确认导入.

    Signals:
        imported: the `Done` of a confirmed import; the page publishes it.
        closed: the clerk left without importing.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
        kind: what the spreadsheet holds.
    """

    imported = Signal(object)
    closed = Signal()

    def __init__(self, shell: Shell, desks: Desks, kind: SheetKind) -> None:
        super().__init__(f"导入{desks.intake.form(kind).title}")
        self._shell = shell
        self._desks = desks
        self._kind = kind
        self.preview: Preview | None = None
        self._read: Preview | None = None
        self._ticked: set[int] = set()
        self.notice = Notice(Tone.INFO)
        self._kinds = QButtonGroup(self)
        self._switches: dict[str, QPushButton] = {}
        self.table = LedgerTable(
            Ledger(f"import_{kind}", "", (*_BEFORE, *map(_of_row, desks.intake.columns(kind)), *_AFTER)),
            lambda line: line.verdict.row,
            shell.settings,
            marks={"verdict": lambda line: Mark(VERDICT_LABELS[line.verdict.kind], _TONES[line.verdict.kind])},
            by_pinyin=("name", "petitioner"),
            stretch="remark",
        )
        self._overwrite = button("用表里的内容覆盖", "", "空格")
        self._overwrite.setToolTip("选中的行里登记后改过的内容，也换成表里的；再按一次改回保留。")
        self._overwrite.clicked.connect(lambda _checked=False: self.tick())
        self._confirm = PrimaryButton("确认导入", "check", "Ctrl+S")
        self._confirm.clicked.connect(lambda _checked=False: self.confirm())
        self._summary = label("", "muted", wrap=True)
        self._reason = label("", wrap=True)
        self._reason.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.table.current_changed.connect(self._tell_row)
        self._lay_out()
        ticking = QShortcut(QKeySequence("Space"), self.table, self.tick)
        ticking.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        for keys in ("Ctrl+S", "Ctrl+Return", "Ctrl+Enter"):
            bound = QShortcut(QKeySequence(keys), self, self.confirm)
            bound.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._show(None)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(px(6))
        for kind in ("", *VERDICT_LABELS):
            switch = QPushButton("全部")
            switch.setCheckable(True)
            switch.setAutoDefault(True)
            switch.clicked.connect(lambda _checked=False: self._filter())
            self._kinds.addButton(switch)
            self._switches[kind] = switch
            row.addWidget(switch)
        self._switches[""].setChecked(True)
        row.addStretch(1)
        row.addWidget(self._overwrite)
        row.addWidget(self.table.columns_button())
        last = QHBoxLayout()
        last.setSpacing(px(8))
        last.addWidget(self._summary, 1)
        other = button("换一个文件", "folder-open")
        other.clicked.connect(lambda _checked=False: self.choose())
        leaving = button("取消", "", "Esc")
        leaving.clicked.connect(lambda _checked=False: self.leave())
        for made in (leaving, other, self._confirm):
            last.addWidget(made)
        self.body.addWidget(self.notice)
        self._choosing = QWidget()
        self._choosing.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self._choosing)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._reason)
        self.body.addLayout(last)
        self.setFocusProxy(self.table)

    def choose(self) -> None:
        """Let the clerk choose a spreadsheet; without one and without a preview the panel closes."""
        kept = str(self._shell.settings.value(_LAST_FOLDER, ""))
        path = self._shell.messages.choose_file(self.title(), SPREADSHEETS, Path(kept) if kept else None)
        if path is not None:
            self._shell.settings.setValue(_LAST_FOLDER, str(path.parent))
            self.read(path)
        elif self.preview is None:
            self.leave()

    def read(self, path: Path) -> None:
        """Read a spreadsheet on the worker thread and show what it would do."""
        desks, kind = self._desks, self._kind

        def work(progress: Progress, cancelled: Callable[[], bool]) -> Preview:
            progress(0.1, path.name)
            with desks.reading() as copy:
                return copy.intake.preview(path, kind, cancelled)

        self._show(None)
        self.notice.say(f"正在读取 {path.name} …", "", Tone.INFO)
        self._shell.jobs.run(f"读取 {path.name}", work, self._begin, lambda error: self._refused(path, error))

    def tick(self) -> None:
        """Let the sheet overwrite what was edited by hand in the selected rows, or keep it again (space)."""
        read = self._read
        if read is None:
            return
        selected = {line.verdict.row for line in self.table.selected_rows()}
        doubtful = {line.verdict.row for line in read.rows if line.kept} & selected
        self._ticked = self._ticked - doubtful if doubtful <= self._ticked else self._ticked | doubtful
        self._show(read.overwriting(self._ticked))

    def leave(self) -> bool:
        """Close without importing (Esc)."""
        self.preview = self._read = None
        self.closed.emit()
        return True

    def is_changed(self) -> bool:
        """Tell whether a preview waits for its confirmation."""
        return self.preview is not None

    def confirm(self) -> None:
        """Take in the new and changed rows: a backup first, then one step that can be undone."""
        preview = self.preview
        if preview is None or not self._confirm.isEnabled():
            return
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            done = self._desks.intake.confirm(preview)
        except StationFault as fault:
            QApplication.restoreOverrideCursor()
            self._shell.messages.tell_fault(fault)
            return
        QApplication.restoreOverrideCursor()
        self.preview = None
        self.imported.emit(done)

    def _refused(self, path: Path, error: BaseException) -> bool:
        if isinstance(error, InvalidInput):
            self.notice.say(f"{path.name} 不能导入", f"{error}\n没有写入任何内容。", Tone.DANGER)
            return True
        if isinstance(error, StationFault):
            self.notice.say(error.what, f"{error.safe}\n{error.todo}", Tone.DANGER)
            return True
        return False

    def _begin(self, preview: Preview) -> None:
        self._read = preview
        self._ticked = set()
        self._show(preview)
        self._switches["problem" if preview.counts["problem"] else ""].setChecked(True)
        self._overwrite.setVisible(any(line.kept for line in preview.rows))
        self._filter()
        self.table.view.setFocus()

    def _show(self, preview: Preview | None) -> None:
        self.preview = preview
        self._choosing.setVisible(preview is not None)
        self._confirm.setEnabled(False)
        self._summary.setText("确认之前不写入任何内容；写入前先做备份，写入后可以整个撤销。")
        if preview is None:
            self.table.set_rows([])
            self._tell_row(None)
            return
        counts = preview.counts
        self._switches[""].setText(f"全部 {len(preview.rows)}")
        for kind, word in VERDICT_LABELS.items():
            self._switches[kind].setText(f"{word} {counts[kind]}")
            self._switches[kind].setEnabled(counts[kind] > 0)
        self._tell(preview)
        wanted = counts["new"] + counts["changed"]
        self._confirm.setEnabled(wanted > 0)
        self._confirm.setText(f"确认导入 {wanted} 行" if wanted else "没有要导入的")
        self._confirm.updateGeometry()
        self._filter()

    def _tell(self, preview: Preview) -> None:
        counts = preview.counts
        place = f"{preview.path.name}　工作表“{preview.sheet}”" if preview.sheet else preview.path.name
        parts = []
        if counts["problem"]:
            parts.append(f"{counts['problem']} 行有问题，不会导入；在表里改好后可以再导一次，已导入的不会重复。")
        if not counts["new"] and not counts["changed"] and not counts["problem"]:
            parts.append("表里的内容与登记簿完全一致。")
        kept = sum(line.kept for line in preview.rows)
        if kept:
            parts.append(f"{kept} 处与登记的不同，是手工登记或改过的，保留现有内容；要换成表里的，选中那几行按空格。")
        if preview.new_villages:
            parts.append(f"将新增村(居)：{'、'.join(preview.new_villages)}。")
        if preview.unrecognised:
            parts.append(f"不认识的列（不导入）：{'、'.join(preview.unrecognised)}。")
        if preview.skipped:
            told = "、".join(f"第 {row} 行（{reason}）" for row, reason in preview.skipped[:6])
            more = f"等 {len(preview.skipped)} 行" if len(preview.skipped) > 6 else ""
            parts.append(f"跳过 {told}{more}。")
        self.notice.say(place, "\n".join(parts), Tone.WARNING if counts["problem"] else Tone.INFO)

    def _tell_row(self, line: PreviewRow | None) -> None:
        """Say the whole of what the table may have cut."""
        about = _remark(line) if line is not None else ""
        place = f"{_cell(line) or f'第 {line.verdict.row} 行'}　" if line is not None else ""
        self._reason.setText(f"{place}{about}" if about else "")
        self._reason.setVisible(bool(about))

    def _filter(self) -> None:
        if self.preview is None:
            return
        wanted = next((kind for kind, switch in self._switches.items() if switch.isChecked()), "")
        rows = [line for line in self.preview.rows if wanted in ("", line.verdict.kind)]
        self.table.set_rows(rows)
        if rows and self.table.current_row() is None:
            self.table.select(rows[0].verdict.row)
        self._tell_row(self.table.current_row())

    def shown_rows(self) -> list[Any]:
        """Return the rows shown now."""
        return self.table.rows()
