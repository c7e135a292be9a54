"""承办单位: what each unit was given and how it answered, what it owes now, its letter and its sheet."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from station_app.documents.columns import Column, Kind, Ledger
from station_app.documents.ledgers import UNIT_LEDGER
from station_app.domain.operators import Right
from station_app.domain.opinion_line import OpinionLine
from station_app.domain.papers import PAPER_LABELS, PaperKind
from station_app.domain.periods import month_of, year_to_date
from station_app.domain.problems import InvalidInput
from station_app.domain.station import Tier, Unit
from station_app.domain.unit_line import UnitLine
from station_app.services.done import OPINIONS, SETTINGS, Done
from station_app.services.papers_desk import Offer
from station_app.station import Desks
from station_app.support.faults import StationFault
from station_app.ui.answer_sheet_panel import AnswerSheetPanel
from station_app.ui.cards import Card, Notice, button, label, link_button
from station_app.ui.flow_layout import FlowLayout
from station_app.ui.ledger_table import LedgerTable
from station_app.ui.marks import Mark
from station_app.ui.messages import EXCEL_FILES
from station_app.ui.opinion_rows import clock_mark
from station_app.ui.page import Page, Shell
from station_app.ui.rights import offer, refused
from station_app.ui.splits import Split
from station_app.ui.switch_fields import SegmentField
from station_app.ui.theme import Tone, px

_LAST_FOLDER = "folders/export"
_MONTH, _YEAR, _TERM = "month", "year", "term"
_ON_SCREEN = ("unit", "lead", "answered", "in_time", "content", "open", "overdue")

_SCREEN_VALUES: dict[str, dict[str, Any]] = {"overdue": {"value": lambda line: len(line.overdue) or None}}

_TABLE: Ledger[UnitLine] = Ledger(
    "units_page",
    UNIT_LEDGER.title,
    tuple(
        replace(column, shown=column.key in _ON_SCREEN, group="", **_SCREEN_VALUES.get(column.key, {}))
        for column in UNIT_LEDGER.columns
        if column.key not in {"index", "remark"}
    ),
)
_OWED: Ledger[OpinionLine] = Ledger(
    "owed",
    "未答复的事项",
    (
        Column("number", "编号", lambda line: line.case.number, Kind.CODE, 13),
        Column("title", "事项", lambda line: line.case.title, Kind.TEXT, 18),
        Column("due_on", "期限", lambda line: line.answer_due_on, Kind.DATE, 11),
        Column("mark", "还剩", lambda line: line.mark, Kind.LABEL, 11),
    ),
)


def _overdue(line: UnitLine) -> Mark | None:
    return Mark(f"{len(line.overdue)} 件", Tone.DANGER) if line.overdue else None


def _how_many(owed: Sequence[OpinionLine]) -> str:
    """Say how many matters are owed; the statistics leave out what does not count as 件."""
    beside = sum(not line.case.counts for line in owed)
    return f"未答复 {len(owed)} 件" + (f"（含不计件 {beside} 件）" if beside else "")


def _whom_to_call(unit: Unit) -> tuple[str, ...]:
    return unit.contact, unit.phone, unit.mobile, unit.remark


class UnitsPage(Page):
    """The handling units.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
    """

    topics = frozenset({OPINIONS, SETTINGS})

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__(shell, "承办单位")
        self._desks = desks
        self.panel: AnswerSheetPanel | None = None
        self.header.add_button("统计表", "clipboard-list", lambda: shell.open_page("ledgers", "units"), "Alt+T")
        take = self.header.add_button("收回回填表", "upload", self.take_in, "Alt+H")
        send = self.header.add_primary("发回填表", "file-spreadsheet", self.new)
        self.period = SegmentField("统计期间", [(_MONTH, "本月"), (_YEAR, "本年"), (_TERM, "本届")])
        self.period.set_value(_YEAR)
        self.period.changed.connect(self.reload)
        self.table = LedgerTable(
            _TABLE,
            lambda line: line.unit.id,
            shell.settings,
            marks={"overdue": _overdue},
            by_pinyin=("unit",),
            widths={"lead": 6, "answered": 9, "in_time": 15, "content": 15, "open": 7, "overdue": 9},
            stretch="unit",
            yielding=("content", "in_time", "answered", "lead"),
        )
        self.table.sort_by("open", descending=True)
        self.table.set_empty("还没有登记承办单位。", "到设置里登记", lambda: shell.open_page("settings", "承办单位"))
        self.table.current_changed.connect(self._show_unit)
        self.owed = LedgerTable(
            _OWED,
            lambda line: line.case.id,
            shell.settings,
            marks={"mark": lambda line: clock_mark(line.stand)},
            sort_keys={"mark": lambda line: line.answer_due_on},
            stretch="title",
            yielding=("due_on",),
        )
        self.table.opened.connect(lambda _line: self.owed.view.setFocus())
        self.owed.set_empty("现在没有要这个单位答复的事项。")
        self.owed.opened.connect(lambda line: shell.open_page("opinions", line.case.id))
        self._folder = Path.home()
        self.told = Notice(Tone.GOOD)
        self._open_folder = link_button("打开文件夹", self._show_folder)
        self._open_folder.hide()
        self.told.body.addWidget(self._open_folder, 0, Qt.AlignmentFlag.AlignLeft)
        self._letter = button(PAPER_LABELS[PaperKind.UNIT_OVERVIEW], "printer", "Ctrl+P")
        self._letter.clicked.connect(lambda _checked=False: self.print_())
        self._contact = label("", wrap=True)
        change = button("修改联系方式", "pencil", "Alt+L")
        change.clicked.connect(lambda _checked=False: self.change_contact())
        offer(desks, Right.KEEP, take, send, self._letter)
        self._sending = send
        self._lay_out(change)
        for keys, action in (
            ("Alt+H", self.take_in),
            ("Alt+T", lambda: shell.open_page("ledgers", "units")),
            ("Alt+Q", self.period.setFocus),
            ("Alt+L", self.change_contact),
        ):
            QShortcut(QKeySequence(keys), self, action)
        self.begin_with(self.table)

    def _lay_out(self, change: QWidget) -> None:
        statistics = Card("办理情况")
        statistics.set_flush()
        statistics.add_to_head(self.period)
        statistics.body.addWidget(self.table, 1)
        self._card = Card("未答复的事项")
        self._card.set_flush()
        self._top = QWidget()
        line = FlowLayout(self._top)
        line.setContentsMargins(px(14), px(8), px(14), px(8))
        for part in (self._contact, change):
            line.addWidget(part)
        self._card.body.addWidget(self._top)
        self._card.body.addWidget(self.owed, 1)
        actions = QWidget()
        row = FlowLayout(actions)
        row.setContentsMargins(px(14), px(8), px(14), px(10))
        row.addWidget(self._letter)
        self._card.body.addWidget(actions)
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addWidget(self.told)
        column.addWidget(Split(self.shell.settings, "units", [statistics, self._card], [640, 400]), 1)
        self._main = main
        self.whole = QStackedWidget()
        self.whole.addWidget(main)
        self.body.addWidget(self.whole, 1)

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Return the page's own shortcuts."""
        return (
            ("F2", "给选中的单位发办理情况回填表（Excel）"),
            ("Shift+↓、Ctrl+点击", "选几个单位，一起发回填表"),
            ("Alt+H", "收回填好的回填表"),
            ("Ctrl+P", "选中单位的承办事项一览函"),
            ("Alt+T", "承办单位办理情况统计表：打印、导出"),
            ("Alt+Q", "统计期间：本月、本年、本届"),
            ("Alt+L", "修改选中单位的联系方式"),
            ("回车", "到未答复的事项；再按回车打开那一件"),
            ("Esc", "回到意见"),
        )

    # Showing

    def reload(self) -> None:
        """Fetch statistics and what is owed again."""
        today = self.shell.clock.today()
        profile = self._desks.settings.profile()
        span = {
            _MONTH: month_of(today),
            _YEAR: year_to_date(today.isoformat()),
            _TERM: year_to_date(today.isoformat()).since_term(profile.term_from or "1954-01-01"),
        }[self.period.value()]
        lines = [
            line
            for line in self._desks.reports.books.unit_lines(span.from_on, span.to_on)
            if line.unit and not (line.unit.retired and not line.open)
        ]
        self.table.set_rows(lines)
        waiting = sum(len(line.open) for line in lines)
        late = sum(len(line.overdue) for line in lines)
        self.header.set_note(f"{len(lines)} 个单位　未答复 {waiting} 件，其中超期 {late} 件")
        if lines and self.table.current_row() is None:
            worst = max(lines, key=lambda line: (len(line.overdue), len(line.open))).unit
            self.table.select(worst.id if worst else 0)
        self._show_unit(self.table.current_row())

    def open_item(self, key: object) -> None:
        """Show the unit with this id."""
        self._close_panel()
        self.catch_up()
        self.table.select(key)

    def unit(self) -> Unit | None:
        """Return the unit the clerk stands on."""
        line = self.table.current_row()
        return line.unit if line is not None else None

    def _show_unit(self, line: UnitLine | None) -> None:
        unit = line.unit if line is not None else None
        owed = self._desks.answer_sheets.owed(unit) if unit else []
        self._card.set_title(unit.name if unit else "未答复的事项")
        self._card.set_note(_how_many(owed) if unit else "")
        contact = "　".join(part for part in _whom_to_call(unit) if part) if unit else ""
        self._contact.setText(f"联系人：{contact or '没有登记'}")
        self._top.setVisible(unit is not None)
        self.owed.set_rows(owed)

    # Letters and sheets

    def print_(self) -> None:
        """Show the letter that lists all a unit owes (Ctrl+P)."""
        from station_app.ui.letter_window import LetterWindow

        unit = self.unit()
        if unit is None or self._refused():
            return
        if unit.tier is Tier.COUNTY:
            self._tell(f"{unit.name}没有可列入一览函的事项", "县级的事项由县人大常委会交办，不直接发函；请登记询问。")
            return
        kind, ids = PaperKind.UNIT_OVERVIEW, self._desks.papers.open_of_unit(unit.id)
        try:
            LetterWindow(self.shell, self._desks, Offer(kind, ids, PAPER_LABELS[kind]), self.window()).show()
        except InvalidInput as wrong:
            self._tell(f"{unit.name}没有可列入一览函的事项", str(wrong))

    def new(self) -> None:
        """Write the sheet a unit fills in, or those of all units that are selected (F2)."""
        units = [line.unit for line in self.table.selected_rows() if line.unit]
        if not units or self.panel is not None or self._refused():
            return
        desk = self._desks.answer_sheets
        problems = {unit.id: desk.problem(unit) for unit in units}
        able = [unit for unit in units if not problems[unit.id]]
        if not able:
            self._tell("没有写回填表", next(iter(problems.values())))
            return
        kept = str(self.shell.settings.value(_LAST_FOLDER, ""))
        folder = Path(kept) if kept and Path(kept).is_dir() else Path.home()
        messages = self.shell.messages
        if len(units) > 1:
            path = messages.choose_folder(f"{len(able)} 个单位的回填表存到哪个文件夹", folder)
        else:
            path = messages.save_as("回填表存到哪里", folder / desk.file_name(able[0]), EXCEL_FILES)
        if path is None:
            return
        self._folder = path if len(units) > 1 else path.parent
        self.shell.settings.setValue(_LAST_FOLDER, str(self._folder))
        try:
            done: Done[Any] = desk.write_several(able, path) if len(units) > 1 else desk.write(able[0], path)
        except StationFault as fault:
            messages.tell_fault(fault)
        else:
            self.publish(done)
            self._tell_written(done, path)

    def _tell_written(self, done: Done[Any], path: Path) -> None:
        self.told.say(done.label, f"{path}\n请发给承办单位填好黄色的格，收到后按“收回回填表”。", Tone.GOOD)
        self._open_folder.show()

    def _show_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def _tell(self, what: str, about: str = "") -> None:
        self._open_folder.hide()
        self.told.say(what, about, Tone.WARNING)

    def take_in(self) -> None:
        """Choose a sheet that came back and show what it would do (Alt+H)."""
        if self.panel is not None or self._refused():
            return
        self._tell("")
        panel = AnswerSheetPanel(self.shell, self._desks)
        panel.closed.connect(self._close_panel)
        panel.taken.connect(self._taken)
        self.panel = panel
        self.whole.addWidget(panel)
        self.whole.setCurrentWidget(panel)
        panel.choose()

    def _taken(self, done: Done[int]) -> None:
        self._close_panel()
        self.publish(done)

    def _close_panel(self) -> None:
        panel, self.panel = self.panel, None
        if panel is not None:
            self.whole.setCurrentWidget(self._main)
            self.whole.removeWidget(panel)
            panel.hide()
            panel.deleteLater()
            self.table.view.setFocus()

    def back(self) -> None:
        """Leave the preview, else go back to 意见 (Esc)."""
        if self.panel is not None:
            self.panel.leave()
        elif self.owed.view.hasFocus():
            self.table.view.setFocus()
        else:
            self.shell.open_page("opinions", None)

    def change_contact(self) -> None:
        """Change whom to call at the unit, in the settings (Alt+L)."""
        unit = self.unit()
        if unit is not None:
            self.shell.open_page("settings", ("承办单位", unit.id))

    def _refused(self) -> bool:
        return refused(self._desks, Right.KEEP, self.shell.messages)
