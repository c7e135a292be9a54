"""The 今日 page: the day's reception, what must be done today, the month so far."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from station_app.domain.agenda import TodoGroup, TodoItem
from station_app.domain.operators import Right
from station_app.domain.problems import InvalidInput
from station_app.services.done import EVERYTHING
from station_app.services.today_board import Agenda, MonthSoFar
from station_app.station import Desks
from station_app.support.faults import StationFault
from station_app.ui.cards import Card, label
from station_app.ui.cases_behind import CasesBehind
from station_app.ui.charts import Bar, BarChart
from station_app.ui.day_card import DayCard
from station_app.ui.month_card import MonthCard
from station_app.ui.page import Page, Shell
from station_app.ui.rights import offer
from station_app.ui.theme import px
from station_app.ui.todo_table import TodoTable
from station_app.ui.unfinished_line import UnfinishedLine

if TYPE_CHECKING:
    from station_app.domain.figure_values import Figures  # the month is reckoned once the day is shown

_ROOM_FOR_CHART = 500


class TodayPage(Page):
    """See the module."""

    topics = EVERYTHING

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__(shell, "今日")
        self._desks = desks
        self._agenda: Agenda | None = None
        self._figures: Figures | None = None
        self._shown_on = ""
        self._month_timer = QTimer(self, singleShot=True, interval=50)  # first the day is drawn
        self._month_timer.timeout.connect(self._read_month)
        register = self.header.add_primary("登记接待", "user-plus", self.new)
        self.day = DayCard()
        self.day.begin_asked.connect(self._begin)
        self.day.open_asked.connect(self._open_day)
        offer(desks, Right.REGISTER, register)
        offer(desks, Right.KEEP, self.day.begin)
        self.unfinished_forms = UnfinishedLine()
        self.unfinished_forms.chosen.connect(lambda kept: shell.open_page(kept.page, kept))
        self.todo = TodoTable(shell.settings)
        self.todo.chosen.connect(self._open_item)
        self.todo.group_chosen.connect(lambda group: shell.open_page("opinions", group))
        self.month = MonthCard()
        self.month.asked.connect(self._show_cases)
        self.chart = BarChart()
        self._file = label("", "small", wrap=True)
        self._lay_out()
        self.begin_with(self.todo)

    def _lay_out(self) -> None:
        self._todo_card = Card("待办事项", "clock")
        self._todo_card.set_flush()
        self._todo_card.body.addWidget(self.todo)
        left = QVBoxLayout()
        left.setSpacing(px(14))
        left.addWidget(self.day)
        left.addWidget(self.unfinished_forms)
        left.addWidget(self._todo_card, 1)
        self._chart_card = Card("近十二个月")
        self._chart_card.setMaximumHeight(px(460))
        self._chart_card.body.addWidget(self.chart, 1)
        right = QWidget()
        right.setMinimumWidth(px(356))
        right.setMaximumWidth(px(390))
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(14))
        column.addWidget(self.month)
        column.addWidget(self._chart_card, 1)
        column.addStretch(0)
        column.addWidget(self._file, 0, Qt.AlignmentFlag.AlignBottom)
        row = QHBoxLayout()
        row.setSpacing(px(14))
        row.addLayout(left, 9)
        row.addWidget(right, 4)
        self.body.addLayout(row, 1)

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Return the page's own shortcuts."""
        return (
            ("F2", "登记接待"),
            ("回车", "办理所选的待办事项"),
            ("Ctrl+Enter", "整组一起办：到意见页选中这一组"),
            ("↑ ↓", "在待办事项中移动"),
        )

    def reload(self) -> None:
        """Look at the day anew."""
        agenda = self._desks.today.agenda()
        today = self._desks.clock.today()
        self._agenda = agenda
        self._shown_on = today.isoformat()
        room_id = agenda.day.room_id if agenda.day else None
        room = self._desks.rooms.room(room_id) if room_id is not None else None
        self.day.show_day(agenda.day, today, self._desks.settings.profile(), room.name if room else "")
        self._todo_card.set_note(f"共 {len(agenda.items)} 件" if agenda.items else "")
        self.todo.set_items(agenda.items)
        self._show_unfinished()
        self._file.setText(f"登记簿：{self._desks.path.name}")
        self._month_timer.start()

    def _show_unfinished(self) -> None:
        self.unfinished_forms.show_drafts(self._desks.housekeeping.unfinished(), self._desks.clock.today())

    def _read_month(self) -> None:
        """Reckon the month on the worker thread: nobody should wait for it."""
        if not self.window().isVisible():  # closed meanwhile, and the file with it
            return
        desks = self._desks

        def work(_progress: object, _cancelled: object) -> MonthSoFar:
            with desks.reading() as copy:
                return copy.today.month()

        self.shell.jobs.run("本月数字", work, self._show_month)

    def _show_month(self, month: MonthSoFar) -> None:
        self._figures = month.now
        self.month.show_figures(month.now, month.before)
        self.chart.set_bars(
            [Bar(line.month.from_on[5:7].lstrip("0"), line.received, line.closed) for line in month.months]
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the figures whole in a low window; the chart gives way."""
        super().resizeEvent(event)
        self._chart_card.setVisible(event.size().height() >= px(_ROOM_FOR_CHART))

    def showEvent(self, event: QShowEvent) -> None:
        """Look anew when the day has changed since."""
        if self._shown_on != self._desks.clock.today().isoformat():
            self._stale = True
        super().showEvent(event)
        self._show_unfinished()  # drafts stand outside what pages are told of

    def new(self) -> None:
        """Register a visitor on the page 接待 (F2)."""
        self.shell.open_page("reception", "new")

    def _begin(self) -> None:
        """Open the day and go to it."""
        day = self._agenda.day if self._agenda else None
        if day is None:
            return
        try:
            done = self._desks.days.open(day.id)
        except InvalidInput as refused:
            self.shell.messages.tell("不能开始接待。", str(refused))
        except StationFault as fault:
            self.shell.messages.tell_fault(fault)
        else:
            self.publish(done)
            self.shell.open_page("reception", day.id)

    def _open_day(self) -> None:
        day = self._agenda.day if self._agenda else None
        self.shell.open_page("reception", day.id if day else None)

    def _open_item(self, item: TodoItem) -> None:
        """Go where a thing is done: the matter with its form open, the day to announce, the entry to check."""
        if item.case_id is not None:
            self.shell.open_page("opinions", (item.case_id, item.move) if item.move else item.case_id)
        elif item.day_id is not None:
            self.shell.open_page("reception", item.day_id)
        elif item.group is TodoGroup.TERM:
            self.shell.open_page("terms", None)
        elif item.deputy_ids:
            self.shell.open_page("checking", None)

    def _show_cases(self, key: str) -> None:
        """Go to the cases behind a figure of the month; receptions and visitors are found by their days."""
        if self._figures is None:
            return
        figure = self._figures[key]
        if key in {"held", "people"}:
            self.shell.open_page("reception", None)
        else:
            self.shell.open_page("opinions", CasesBehind(f"本月{figure.title}", frozenset(figure.cases)))
