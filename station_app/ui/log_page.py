"""操作记录: who changed what, when, before and after."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout

from station_app.documents.columns import Column, Kind, Ledger
from station_app.domain.log_line import LogFilter, LogStep
from station_app.domain.record_words import moment
from station_app.services.done import EVERYTHING, Done
from station_app.services.housekeeping import Health
from station_app.services.log_desk import PAGE
from station_app.station import Desks
from station_app.ui.cards import Card, Notice, link_button
from station_app.ui.jobs import Progress
from station_app.ui.ledger_table import LedgerTable
from station_app.ui.log_filters import LogFilterBar
from station_app.ui.log_text import LogText
from station_app.ui.marks import Mark
from station_app.ui.messages import EXCEL_FILES, PDF_FILES
from station_app.ui.page import Page, Shell
from station_app.ui.paper_window import PaperWindow
from station_app.ui.record_history import RecordHistory
from station_app.ui.splits import Split
from station_app.ui.theme import Tone, px

_MOST_RECORDS = 60
_NOTHING = "这里记下登记簿里每一步改动：谁、什么时候、改了什么。"
_NONE_FOUND = "没有符合条件的操作。请放宽上面的条件。"

STEP_LEDGER: Ledger[LogStep] = Ledger(
    "log_steps",
    "操作记录",
    (
        Column("at", "时间", lambda step: moment(step.at), Kind.CODE, 16),
        Column("operator", "操作员", lambda step: step.operator, Kind.LABEL, 8),
        Column("label", "操作", lambda step: step.label, Kind.TEXT, 24),
        Column("standing", "撤销", lambda step: step.standing, Kind.LABEL, 8),
        Column("about", "涉及的记录", lambda step: step.about, Kind.TEXT, 26),
    ),
)
"""The steps as the page lists them; paper has a line for every change."""


def _standing(step: LogStep) -> Mark | None:
    return Mark(step.standing, Tone.WARNING if step.undone_by else Tone.QUIET) if step.standing else None


class LogPage(Page):
    """The log with the changes of the chosen step beside it.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
    """

    topics = EVERYTHING

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__(shell, "操作记录")
        self._desks = desks
        self._steps: list[LogStep] = []
        self._whole = False
        self._came_from = "settings"
        self.header.set_note("只能看，不能改")
        self.header.add_button("个人信息删除", "trash-2", self.list_erasures, "Alt+G")
        self.header.add_button("核对记录", "shield-check", self.check, "Alt+H")
        self.header.add_button("打印", "printer", self.print_, "Ctrl+P")
        self.header.add_button("导出 Excel", "file-spreadsheet", self.export, "Ctrl+E")
        self.table = self._make_table()
        self.filters = LogFilterBar(self.table.columns_button())
        self.filters.left.connect(self.table.view.setFocus)
        self.told = Notice()
        self._see_step = link_button("看这一步", self._show_broken)
        self._broken = 0
        links = QHBoxLayout()
        links.addWidget(self._see_step)
        links.addWidget(link_button("知道了", lambda: self.told.say("")))
        links.addStretch(1)
        self.told.body.addLayout(links)
        self.text = LogText()
        self.text.history_asked.connect(lambda table, uid: self.show_record(self._desks.log.owner((table, uid))))
        self._lay_out()
        self._offer()
        self.filters.ask(LogFilter(period=f"{shell.clock.today():%Y-%m}"))
        self.filters.changed.connect(lambda: self._fetch(PAGE))
        for keys, action in (
            ("Alt+H", self.check),
            ("Alt+G", self.list_erasures),
            ("Ctrl+Shift+E", lambda: self.export_as("pdf")),
            ("Ctrl+K", self._focus_search),
        ):
            QShortcut(QKeySequence(keys), self, action)

    def _make_table(self) -> LedgerTable:
        table = LedgerTable(
            STEP_LEDGER,
            lambda step: step.id,
            self.shell.settings,
            marks={"standing": _standing},
            widths={"at": 15, "operator": 7, "label": 23, "standing": 9, "about": 36},
            stretch="label",
            yielding=("about", "standing"),
        )
        # Not all steps are here at once, so sorting by a column would tell less than it seems to.
        table.view.setSortingEnabled(False)
        table.view.horizontalHeader().setSectionsClickable(False)
        table.view.horizontalHeader().setSortIndicatorShown(False)
        table.current_changed.connect(lambda _step: self._show_text())
        table.opened.connect(lambda _step: self.text.setFocus())
        table.view.verticalScrollBar().valueChanged.connect(self._scrolled)
        return table

    def _lay_out(self) -> None:
        ledger = Card()
        ledger.set_flush()
        ledger.body.addWidget(self.table)
        ledger.setMinimumWidth(px(340))
        beside = Card("改动内容")
        beside.body.setContentsMargins(px(2), px(2), px(2), px(2))
        beside.body.addWidget(self.text)
        beside.setMinimumWidth(px(270))
        self.body.addWidget(self.told)
        self.body.addWidget(self.filters)
        self.body.addWidget(Split(self.shell.settings, "log", [ledger, beside], [790, 370]), 1)
        self.begin_with(self.table)

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Return the page's own shortcuts."""
        return (
            ("Enter", "到右边的改动内容"),
            ("Tab", "在改动内容里：到下一个“全部历史”，按 Enter 打开"),
            ("Ctrl+K", "查找操作、编号、姓名"),
            ("Alt+H", "核对记录是否完整"),
            ("Alt+G", "个人信息删除：办理，办过的，确认单"),
            ("Ctrl+P", "预览和打印所列的记录"),
            ("Ctrl+E", "导出 Excel"),
            ("Ctrl+Shift+E", "导出 PDF"),
            ("Esc", "不再只看一条记录；再按回到原来的页"),
        )

    # Showing

    def reload(self) -> None:
        """Fetch the steps that are listed again, with those that are new."""
        self._offer()
        self._fetch(max(len(self._steps), PAGE))

    def open_item(self, key: object) -> None:
        """Show the history of a record, asked for by a `RecordHistory`."""
        if isinstance(key, RecordHistory):
            self._came_from = key.came_from
            self.show_record((key.table, key.uid))

    def show_record(self, record: tuple[str, str]) -> None:
        """Show everything that was ever done with a record and what belongs to it.

        Args:
            record: its table and uid.
        """
        self.filters.ask(LogFilter(record=record), self._desks.log.record_name(record))
        self.table.view.setFocus()

    def back(self) -> None:
        """Leave the history of one record, or go back to where the clerk came from (Esc)."""
        if self.filters.value().record is not None and self._came_from == "settings":
            self.filters.ask(replace(self.filters.value(), record=None))
            self.table.view.setFocus()
        else:
            came_from, self._came_from = self._came_from, "settings"
            self.shell.open_page(came_from, None)

    def _offer(self) -> None:
        log = self._desks.log
        self.filters.offer(self.shell.clock.today(), log.years(), log.operators(), log.kinds())

    def _fetch(self, most: int) -> None:
        log, wanted = self._desks.log, self.filters.value()
        steps = log.steps(wanted, most)
        self._whole = len(steps) < most
        whole = log.count(LogFilter())
        self.filters.set_counts(len(steps) if self._whole else log.count(wanted), whole)
        self.table.set_empty(_NONE_FOUND if whole else _NOTHING)
        self._show_steps(steps)
        if steps and self.table.current_row() is None:
            self.table.select(steps[0].id)
        self._show_text()

    def _show_steps(self, steps: Sequence[LogStep]) -> None:
        self._steps = list(steps)
        self.table.set_rows(self._steps)

    def _scrolled(self, value: int) -> None:
        """Fetch older steps once the clerk comes near the end of what is here."""
        bar = self.table.view.verticalScrollBar()
        if self._whole or not self._steps or not bar.maximum() or value < bar.maximum() - bar.pageStep():
            return
        older = self._desks.log.steps(self.filters.value(), PAGE, before=self._steps[-1].id)
        self._whole = len(older) < PAGE
        self._show_steps([*self._steps, *older])

    def _show_text(self) -> None:
        step = self.table.current_row()
        if step is None:
            self.text.clear()
            return
        records = self._desks.log.records([step.id], self.filters.value().record, _MOST_RECORDS + 1)
        self.text.show_step(step, records[:_MOST_RECORDS], more=len(records) > _MOST_RECORDS)

    def _focus_search(self) -> None:
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    def list_erasures(self) -> None:
        """Show whose data were erased on request, and erase more (Alt+G)."""
        from station_app.ui.erasing_list import ErasingList

        ErasingList(self.shell, self._desks, self.window()).show()

    # Checking

    def check(self) -> None:
        """Check the file and the chain of its steps, and say what was found (Alt+H)."""
        desks = self._desks

        def work(_progress: Progress, _cancelled: Callable[[], bool]) -> Health:
            with desks.reading() as copy:
                return copy.housekeeping.check()

        self.shell.jobs.run("核对记录", work, self._tell_health)

    def _tell_health(self, health: Health) -> None:
        at = moment(self.shell.clock.stamp())
        self._broken = health.broken_step or 0
        self._see_step.setVisible(bool(self._broken))
        whole = self._desks.log.count(LogFilter())
        if self._broken:
            self.told.say(
                f"第 {self._broken} 步的记录对不上",
                "这一步的记录，或它前面被取走的记录，不是本程序改的。请留好这个文件，与最近的已验证备份核对。",
                Tone.DANGER,
            )
            self._see_step.setFocus()
        elif health.cut_off:
            newest = max(manifest.at for manifest in health.cut_off)
            self.told.say(
                f"登记簿比 {moment(newest)} 的备份旧，末尾的记录不见了",
                "可能有人用旧文件换掉了登记簿。请留好这个文件，与那份备份核对，或从“备份与恢复”恢复。",
                Tone.DANGER,
            )
        elif health.unvouched is not None:
            self.told.say(
                f"{health.unvouched.name}与操作记录对不上",
                "它的登记簿校验码在操作记录里找不到，或保存的文件被改动过：末尾的记录可能被取走了。"
                "请留好这个文件，与报出的月报和最近的已验证备份核对。",
                Tone.DANGER,
            )
        elif health.problems:
            self.told.say(
                f"登记簿文件有 {len(health.problems)} 处问题",
                "操作记录前后相连，但文件受损。请按 Alt+F，选“抢救损坏的登记簿”：备份和还读得出来的都能找回。",
                Tone.DANGER,
            )
        else:
            self.told.say(f"操作记录完整：{whole:,} 步前后相连，没有被改过（{at} 核对）", "", Tone.GOOD)

    def _show_broken(self) -> None:
        step = self._desks.log.step(self._broken)
        if step is not None:
            self.filters.ask(LogFilter(period=step.at[:10]))
            self.table.select(step.id)
            self.table.view.setFocus()

    # Handing out

    def print_(self) -> None:
        """Show what is listed as pages and print them (Ctrl+P)."""
        desks, wanted, title = self._desks, self.filters.value(), self.filters.title()

        def write(path: Path) -> None:
            with desks.reading() as copy:
                copy.log.write(wanted, title, path)

        PaperWindow(self.shell, "操作记录", write, QApplication.activeWindow()).show()

    def export(self) -> None:
        """Write what is listed as an Excel workbook (Ctrl+E)."""
        self.export_as("xlsx")

    def export_as(self, format_: str) -> None:
        """Write what is listed as ``xlsx`` or ``pdf`` where the clerk says."""
        desks, wanted, title = self._desks, self.filters.value(), self.filters.title()
        word, kinds = ("Excel", EXCEL_FILES) if format_ == "xlsx" else ("PDF", PDF_FILES)
        name = desks.log.file_name(title, f".{format_}")
        path = self.shell.messages.save_as(f"导出 {word}", Path(name), kinds)
        if path is None:
            return

        def work(progress: Progress, cancelled: Callable[[], bool]) -> Path:
            with desks.reading() as copy:
                copy.log.write(wanted, title, path, progress, cancelled)
            return path

        self.shell.jobs.run(f"导出 {path.name}", work, self._exported)

    def _exported(self, path: Path) -> None:
        self.publish(Done(path, f"已导出 {path.name}", frozenset(), 0))
