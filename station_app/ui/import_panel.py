"""Taking in a spreadsheet: what each row would do is shown first, nothing is written before it is confirmed."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from station_app.domain.problems import InvalidInput
from station_app.domain.sheet_mapping import SheetMapping
from station_app.services.done import Done
from station_app.services.intake import VERDICT_LABELS, OpenedSheet, Preview, SheetKind, write_template
from station_app.station import Desks
from station_app.support.faults import Cancelled, StationFault
from station_app.ui.cards import Card, ElidedLabel, EmptyState, Notice, PrimaryButton, button
from station_app.ui.import_detail import ImportDetail
from station_app.ui.import_mapping import MappingView
from station_app.ui.import_words import preview_ledger, told_mapping, told_preview
from station_app.ui.import_writing import WritingDialog
from station_app.ui.jobs import Progress
from station_app.ui.ledger_table import LedgerTable
from station_app.ui.marks import Mark
from station_app.ui.messages import EXCEL_FILES, SPREADSHEETS
from station_app.ui.page import Shell
from station_app.ui.theme import Tone, px

_TONES = {"new": Tone.GOOD, "changed": Tone.INFO, "unchanged": Tone.QUIET, "problem": Tone.DANGER}
_LAST_FOLDER = "folders/import"
_SAFE = "确认之前不写入任何内容；写入前先做备份，写入后可以整个撤销。"


class ImportPanel(Card):
    """An import from the file to 确认导入: what the columns mean where that is in doubt, then the preview.

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
        self.opened: OpenedSheet | None = None
        self.preview: Preview | None = None
        self._read: Preview | None = None
        self._ticked: set[int] = set()
        self._busy = self._left = False
        self.notice = Notice(Tone.INFO)
        self._kinds = QButtonGroup(self)
        self._switches: dict[str, QPushButton] = {}
        self.table = LedgerTable(
            preview_ledger(f"import_{kind}", desks.intake.columns(kind)),
            lambda line: line.place,
            shell.settings,
            marks={"verdict": lambda line: Mark(VERDICT_LABELS[line.verdict.kind], _TONES[line.verdict.kind])},
            by_pinyin=("name", "petitioner"),
            stretch="remark",
            yielding=[*(column.key for column in reversed(desks.intake.columns(kind)[1:])), "cell"],
        )
        self.detail = ImportDetail()
        self.table.current_changed.connect(self.detail.show_row)
        self._overwrite = self._button("用表里的内容覆盖", "", "空格", self.tick)
        self._overwrite.setToolTip(
            "选中的行里登记后改过的内容，也换成表里的；有认不出的姓名的，其余照导。再按一次改回。"
        )
        self._columns = self._button("对应列", "columns-3", "F6", self.show_mapping)
        self._columns.setToolTip("看一看表里每一列登记成什么，认错了可以改。")
        self._template = self._button("下载模板", "download", "", self.save_template)
        self._other = self._button("选择文件", "folder-open", "", self.choose)
        self._confirm = PrimaryButton("确认导入", "check", "Ctrl+S")
        self._confirm.clicked.connect(lambda _checked=False: self.confirm())
        self.mapping = MappingView(self._confirm)
        self._summary = ElidedLabel(_SAFE, "muted")
        self._lay_out()
        ticking = QShortcut(QKeySequence("Space"), self.table, self.tick)
        ticking.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        actions = (("Ctrl+S", self.confirm), ("Ctrl+Return", self.confirm), ("Ctrl+Enter", self.confirm))
        for keys, action in (*actions, ("F6", self.show_mapping)):
            bound = QShortcut(QKeySequence(keys), self, action)
            bound.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shell.jobs.cancelled.connect(self._stopped)
        self._show(None)

    @staticmethod
    def _button(word: str, icon_name: str, hint: str, action: Callable[[], None]) -> QPushButton:
        made = button(word, icon_name, hint)
        made.clicked.connect(lambda _checked=False: action())
        return made

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
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        split.addWidget(self.detail)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setSizes([px(300), px(150)])
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(split, 1)
        self._stack = QStackedWidget()
        self._empty = EmptyState()
        for part in (self._empty, self.mapping, shown):
            self._stack.addWidget(part)
        self._rows = shown
        last = QHBoxLayout()
        last.setSpacing(px(8))
        last.addWidget(self._summary, 1)
        leaving = self._button("取消", "", "Esc", lambda: (self.leave(), None)[1])
        for made in (self._template, self._columns, self._other, leaving, self._confirm):
            last.addWidget(made)
        self.body.addWidget(self.notice)
        self.body.addWidget(self._stack, 1)
        self.body.addLayout(last)
        self.setFocusProxy(self.table)

    # From the file to the preview

    def choose(self) -> None:
        """Let the clerk choose a spreadsheet."""
        kept = str(self._shell.settings.value(_LAST_FOLDER, ""))
        path = self._shell.messages.choose_file(self.title(), SPREADSHEETS, Path(kept) if kept else None)
        if path is not None:
            self._shell.settings.setValue(_LAST_FOLDER, str(path.parent))
            self.read(path)
        elif self.opened is None:
            told = "选一个电子表格（xlsx、xls、ods、csv），认出各列、逐行核对以后才写入。\n没有现成的表，可以先下载模板来填。"
            self._empty.say(told, "选择文件", self.choose)
            self._other.hide()
            self._template.setFocus()

    def read(self, path: Path) -> None:
        """Read a spreadsheet on the worker thread; show what it would do, or ask what its columns mean."""
        desks, kind = self._desks, self._kind

        def work(progress: Progress, cancelled: Callable[[], bool]) -> tuple[OpenedSheet, Preview | None]:
            with desks.reading() as copy:
                opened = copy.intake.open(path, kind, progress, cancelled)
                if not opened.ready:
                    return opened, None
                progress(0.7, "与登记簿核对")
                return opened, copy.intake.judge(opened, opened.mapping)

        def done(result: tuple[OpenedSheet, Preview | None]) -> None:
            self.opened, preview = result
            self.mapping.show_sheet(self.opened)
            if preview is None:
                self.show_mapping()
            else:
                self._begin(preview)

        self.opened = None
        self._show(None)
        self._run(f"读取 {path.name}", f"正在读取 {path.name} …", work, done, path.name)

    def show_mapping(self) -> None:
        """Show what the columns mean, to be corrected (F6)."""
        if self.opened is None or self._busy:
            return
        if self.preview is not None:
            self.mapping.show_sheet(self.opened, self.preview.mapping)
        self._show(None)
        self._stack.setCurrentWidget(self.mapping)
        self._confirm.setText("继续")
        self._confirm.setEnabled(True)
        self._confirm.updateGeometry()
        self.notice.say(*told_mapping(self.opened), Tone.INFO)
        self.mapping.start()

    def _judge(self, opened: OpenedSheet, mapping: SheetMapping, *, corrected: bool, why: str = "") -> None:
        desks = self._desks

        def work(progress: Progress, _cancelled: Callable[[], bool]) -> Preview:
            progress(0.3, "与登记簿核对")
            with desks.reading() as copy:
                return copy.intake.judge(opened, mapping, corrected=corrected)

        def done(preview: Preview) -> None:
            self._begin(preview)
            if why:
                self.notice.say(why, self.notice.text(), Tone.WARNING)

        self._run("核对表格", "正在与登记簿核对 …", work, done, opened.path.name)

    def _run(self, title: str, saying: str, work: Callable[..., Any], done: Callable[[Any], None], name: str) -> None:
        """Do long work; while it lasts nothing can be confirmed."""

        def finished(result: Any) -> None:
            self._busy = False
            if not self._left:
                done(result)

        self._busy = True
        self._empty.say("", "", None)
        self._other.show()
        self._confirm.setEnabled(False)
        self.notice.say(saying, "", Tone.INFO)
        self._shell.jobs.run(title, work, finished, lambda error: self._refused(name, error))

    def save_template(self) -> None:
        """Save an empty sheet to be filled in."""
        title = self._desks.intake.form(self._kind).title
        kept = str(self._shell.settings.value(_LAST_FOLDER, ""))
        suggested = Path(kept) / f"{title}模板.xlsx"
        path = self._shell.messages.save_as("下载模板", suggested, EXCEL_FILES)
        if path is None:
            return
        try:
            write_template(path, self._kind)
        except StationFault as fault:
            self._shell.messages.tell_fault(fault)
            return
        self.notice.say(f"模板已保存：{path.name}", "按第一行的说明填写，示例行不用删；填好后在这里导入。", Tone.GOOD)

    # The preview

    def tick(self) -> None:
        """Let the sheet overwrite what was edited by hand in the selected rows, or keep it again (space).

        Of a row in which only some names are unknown the rest goes in.
        """
        read = self._read
        if read is None:
            return
        selected = {line.place for line in self.table.selected_rows()}
        doubtful = {line.place for line in read.rows if line.can_be_ticked} & selected
        self._ticked = self._ticked - doubtful if doubtful <= self._ticked else self._ticked | doubtful
        self._show(read.overwriting(self._ticked))

    def leave(self) -> bool:
        """Close without importing (Esc)."""
        self._left = True
        self.preview = self._read = self.opened = None
        self.closed.emit()
        return True

    def is_changed(self) -> bool:
        """Tell whether a preview waits for its confirmation."""
        return self.preview is not None

    def confirm(self) -> None:
        """Go on from the columns to the preview, or take in the new and changed rows (Ctrl+S)."""
        if self._busy or not self._confirm.isEnabled() or self.opened is None:
            return
        if self._stack.currentWidget() is self.mapping:
            mapping = self.mapping.mapping()
            if mapping is not None:
                self._judge(self.opened, mapping, corrected=True)
            return
        preview, desks = self.preview, self._desks
        if preview is None:
            return

        def work(progress: Progress, cancelled: Callable[[], bool]) -> None:
            def tell(part: float, word: str) -> None:
                if cancelled():
                    raise Cancelled
                progress(part, word)

            with desks.reading() as copy:
                copy.intake.back_up(tell)

        self._run(
            "导入前备份", "正在备份，随后写入 …", work, lambda _nothing: self._write(preview), preview.opened.path.name
        )

    def _write(self, preview: Preview) -> None:
        """Write after the backup, as one step; the window waits and nothing else can be done meanwhile."""
        if self._desks.intake.is_stale(preview):
            why = "登记簿刚才有改动，已重新核对，请再看一遍后确认。"
            self._judge(preview.opened, preview.mapping, corrected=preview.corrected, why=why)
            return
        waiting = WritingDialog(self, self.title(), preview.wanted)
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            done: Done[dict[str, int]] = self._desks.intake.take_in(preview, waiting.tell, waiting.wasCanceled)
        except Cancelled:
            self._busy = True
            self._stopped("写入")
            return
        except StationFault as fault:
            self._shell.messages.tell_fault(fault)
            self._show(preview)
            return
        except InvalidInput as error:
            self._show(preview)
            self._refused(preview.opened.path.name, error)
            return
        finally:
            QApplication.restoreOverrideCursor()
            waiting.close()
        self.preview = None
        self.imported.emit(done)

    def _stopped(self, _title: str) -> None:
        """Say that what was under way has stopped, when it was ours."""
        if not self._busy or self._left:
            return
        self._busy = False
        if self.preview is not None:
            self._show(self.preview)
        self.notice.say("已停止", "没有写入任何内容。", Tone.WARNING)

    def _refused(self, name: str, error: BaseException) -> bool:
        self._busy = False
        if self._left:
            return isinstance(error, InvalidInput | StationFault)
        if isinstance(error, InvalidInput):
            self.notice.say(f"{name} 不能导入", f"{error}\n没有写入任何内容。", Tone.DANGER)
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
        self._overwrite.setVisible(any(line.can_be_ticked for line in preview.rows))
        self._overwrite.setText("用表里的内容覆盖" if any(line.kept for line in preview.rows) else "其余的照导")
        self._overwrite.updateGeometry()
        self._filter()
        self.table.view.setFocus()

    def _show(self, preview: Preview | None) -> None:
        self.preview = preview
        self._stack.setCurrentIndex(0)
        self._columns.setVisible(preview is not None)
        self._template.setVisible(preview is None)
        self._confirm.setEnabled(False)
        if preview is None:
            self.table.set_rows([])
            self.detail.show_row(None)
            return
        self._stack.setCurrentWidget(self._rows)
        counts = preview.counts
        self._switches[""].setText(f"全部 {len(preview.rows)}")
        for kind, word in VERDICT_LABELS.items():
            self._switches[kind].setText(f"{word} {counts[kind]}")
            self._switches[kind].setEnabled(counts[kind] > 0)
        self.notice.say(*told_preview(preview), Tone.WARNING if counts["problem"] else Tone.INFO)
        self._confirm.setEnabled(preview.wanted > 0)
        self._confirm.setText(f"确认导入 {preview.wanted} 行" if preview.wanted else "没有要导入的")
        self._confirm.updateGeometry()
        self._filter()

    def _filter(self) -> None:
        if self.preview is None:
            return
        wanted = next((kind for kind, switch in self._switches.items() if switch.isChecked()), "")
        rows = [line for line in self.preview.rows if wanted in ("", line.verdict.kind) or line.place in self._ticked]
        self.table.set_rows(rows)
        if rows and self.table.current_row() is None:
            self.table.select(rows[0].place)
        self.detail.show_row(self.table.current_row())

    def shown_rows(self) -> list[Any]:
        """Return the rows shown now."""
        return self.table.rows()
