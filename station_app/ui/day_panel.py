"""One reception day: its head, who attends, and the visits registered on it."""

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from station_app.documents.columns import Column, Ledger
from station_app.documents.ledgers import VISIT_LEDGER
from station_app.domain.calendars import lunar_text, weekday_text
from station_app.domain.people import level_label
from station_app.domain.progress import Disposition, disposition_labels
from station_app.domain.reception import DAY_KIND_LABELS, DayState, Presence, ReceptionDay, VisitLine
from station_app.domain.station import StationProfile
from station_app.station import Desks
from station_app.ui.cards import Card, Chip, label, link_button
from station_app.ui.choice_popup import Choice
from station_app.ui.day_list import WAITING, day_mark
from station_app.ui.flow_layout import FlowLayout
from station_app.ui.ledger_table import LedgerTable
from station_app.ui.sign_in_list import SIGN_IN_HINT, AddDeputy, SignInList
from station_app.ui.theme import px

_SHOWN = ("number", "name", "words", "disposition")
_REDIRECTED = disposition_labels()[Disposition.REDIRECTED]
_EMPTY_DAY = "这一天还没有登记。选民来了按 F2 登记；先填了纸表的，按“补录纸质”照表录入。"
_EMPTY_STATION = "这里登记接待日来访的选民和他们反映的意见。先新建一个接待日；今天就有人来，也可以直接按 F2 登记。"
_EMPTY_OUTSIDE = "不在接待日、自己到站里来的选民登记在这里，按 F2 登记。"


def _screen_name(line: VisitLine) -> str:
    return f"{line.name} 等{line.people}人" if (line.people or 1) > 1 else line.name


def _screen_number(line: VisitLine) -> str:
    """Return the serial without what all numbers of the year have in common; a visit without opinion has none."""
    return line.case_number.rpartition("-")[2] or "—"


def _screen_words(line: VisitLine) -> str:
    """Return what was said, or what a visit without opinion was about."""
    return line.words or line.remark


def _screen_disposition(line: VisitLine) -> str:
    """Return the form's own short word; paper says it in full."""
    return line.disposition.replace(_REDIRECTED, "引导")


def _column(column: Column[VisitLine]) -> Column[VisitLine]:
    if column.key == "name":
        return replace(column, title="选民姓名", value=_screen_name, shown=True)
    if column.key == "number":
        return replace(column, value=_screen_number)
    if column.key == "words":
        return replace(column, title="反映", value=_screen_words)
    if column.key == "disposition":
        return replace(column, value=_screen_disposition, shown=True)
    return replace(column, shown=column.key in _SHOWN)


DAY_LEDGER: Ledger[VisitLine] = Ledger(
    "visits_of_day", VISIT_LEDGER.title, tuple(_column(one) for one in VISIT_LEDGER.columns if one.key != "index")
)
"""The reception ledger as the page shows it: four columns, the others hidden until chosen."""


class DayArea(QScrollArea):
    """Holds the day's panel; what does not fit a low window can be scrolled to."""

    def __init__(self, panel: "DayPanel") -> None:
        super().__init__()
        self._panel = panel
        self.setWidget(panel)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumWidth(px(264))
        self.viewport().setAutoFillBackground(False)
        panel.setAutoFillBackground(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the panel follow the room there is."""
        self._panel.fit(event.size().width())
        super().resizeEvent(event)


class DayPanel(QWidget):
    """The day in the middle of the page.

    Signals:
        new_day_asked / change_asked / announce_asked / call_off_asked / blanks_asked: a link was pressed.
        marked: id of a deputy and the new `Presence`.
        deputy_added / deputy_removed: id of a deputy.
        opened: the `VisitLine` to correct.

    Args:
        desks: the open station file.
        settings: where the table's columns are remembered.
    """

    new_day_asked = Signal()
    change_asked = Signal()
    announce_asked = Signal()
    call_off_asked = Signal()
    blanks_asked = Signal()
    marked = Signal(int, object)
    deputy_added = Signal(int)
    deputy_removed = Signal(int)
    opened = Signal(object)

    def __init__(self, desks: Desks, settings: QSettings) -> None:
        super().__init__()
        self._desks = desks
        self.chip = Chip()
        self._facts = label("", "muted", wrap=True)
        self._topic = label("", wrap=True)
        self.head = Card("接待日")
        self.head.add_to_head(self.chip)
        self.head.body.addWidget(self._facts)
        self.head.body.addWidget(self._topic)
        self.links = {
            "change": link_button("修改", self.change_asked.emit),
            "announce": link_button("公告已张贴", self.announce_asked.emit),
            "call_off": link_button("未开展、改期、取消", self.call_off_asked.emit),
            "blanks": link_button("预印空白登记表", self.blanks_asked.emit),
        }
        row = QWidget()
        flow = FlowLayout(row, spacing=4)
        for one in self.links.values():
            flow.addWidget(one)
        self.head.body.addWidget(row)
        self.attendance = Card("签到")
        self.attendance.body.setContentsMargins(0, px(4), 0, px(8))
        self.sign_in = SignInList()
        self._nobody = label("还没有安排代表。在下面打姓名首字母添加。", "muted", wrap=True)
        self._nobody.setContentsMargins(px(14), px(4), px(14), px(4))
        self.add_deputy = AddDeputy()
        self._hint = label(SIGN_IN_HINT, "small")
        self._lay_out_attendance()
        self.visits = Card("接待登记")
        self.visits.set_flush()
        self.visits.setMinimumHeight(px(170))
        self.table = LedgerTable(
            DAY_LEDGER,
            lambda line: (line.visit_id, line.case_number),
            settings,
            by_pinyin=("name", "receivers"),
            widths={"number": 6, "name": 13, "words": 16, "disposition": 11},
            stretch="words",
            yielding=("disposition",),
        )
        # The room that is left over is enough; the table asks for none of its own.
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.visits.body.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addWidget(self.head)
        column.addWidget(self.attendance)
        column.addWidget(self.visits, 1)
        self.sign_in.marked.connect(self.marked)
        self.sign_in.taken_off.connect(self.deputy_removed)
        self.add_deputy.picked.connect(self.deputy_added)
        self.table.opened.connect(self.opened)

    def _lay_out_attendance(self) -> None:
        body = self.attendance.body
        body.addWidget(self._nobody)
        body.addWidget(self.sign_in)
        row = QHBoxLayout()
        row.setContentsMargins(px(12), 0, px(12), 0)
        row.setSpacing(px(12))
        row.addWidget(self.add_deputy, 1)
        row.addWidget(self._hint, 0, Qt.AlignmentFlag.AlignRight)
        body.addLayout(row)

    def fit(self, room: int) -> None:
        """Leave the hint to the tooltip where there is no room for it."""
        self._hint.setVisible(room >= px(420))

    def show_day(self, day: ReceptionDay) -> None:
        """Show a reception day with its visits."""
        profile = self._desks.settings.profile()
        on = date.fromisoformat(day.on)
        self.head.set_title(f"{on.month}月{on.day}日 {weekday_text(on)}")
        self.chip.set_mark(day_mark(day))
        self.chip.show()
        self._facts.setText(_facts(day, profile))
        lines = [f"主题：{day.topic}" if day.topic else "", f"原因：{day.reason}" if day.reason else ""]
        self._topic.setText("\n".join(line for line in lines if line))
        self._topic.setVisible(bool(self._topic.text()))
        self.links["change"].show()
        self.links["announce"].setVisible(day.state is DayState.PLANNED)
        self.links["call_off"].setVisible(day.state in WAITING)
        self.attendance.show()
        self.sign_in.show_attendance(day.attendance, profile.organ_kind)
        self._nobody.setVisible(not day.attendance)
        came = sum(one.presence is Presence.PRESENT for one in day.attendance)
        self.attendance.set_note(f"{came} / {len(day.attendance)}")
        listed = {one.deputy_id for one in day.attendance}
        self.add_deputy.set_choices(
            Choice(
                one.id, one.name, "、".join(level_label(level, profile.organ_kind) for level in one.levels_on(day.on))
            )
            for one in self._desks.roster.serving()
            if one.id not in listed
        )
        self._show_visits(self._desks.reception.visits_of_day(day.id), day.on, day.on)
        self.table.set_empty(_EMPTY_DAY)
        self.visits.set_note(f"{day.visits} 批 {day.people} 人")

    def show_outside(self, year: int, *, no_days: bool) -> None:
        """Show the visits of a year that came outside any reception day; offer to begin when there is no day yet."""
        self.head.set_title("日常来访")
        self.chip.hide()
        self._facts.setText(f"{year}年不在接待日的来访、上门、电话等登记。")
        self._topic.hide()
        for key in ("change", "announce", "call_off"):
            self.links[key].hide()
        self.attendance.hide()
        first, last = f"{year}-01-01", f"{year}-12-31"
        visits = [one for one in self._desks.reception.visits_between(first, last) if one.day_id is None]
        self._show_visits(visits, first, last)
        if no_days:
            self.table.set_empty(_EMPTY_STATION, "新建接待日", self.new_day_asked.emit)
        else:
            self.table.set_empty(_EMPTY_OUTSIDE)
        self.visits.set_note(f"{len(visits)} 批 {sum(one.people for one in visits)} 人")

    def _show_visits(self, visits: list[Any], first: str, last: str) -> None:
        shown = {one.id for one in visits}
        cases = [one for one in self._desks.opinions.raised_between(first, last) if one.visit_id in shown]
        self.table.set_rows(self._desks.reports.books.visit_lines(visits, cases))


def _facts(day: ReceptionDay, profile: StationProfile) -> str:
    """Return the lines under the date: lunar date, market day, hours, kind and place."""
    on = date.fromisoformat(day.on)
    market = f" {profile.market_word}" if day.market else ""
    kind = DAY_KIND_LABELS[day.kind] + (f"（{day.with_units}）" if day.with_units else "")
    announced = f"　公告 {day.announced_on[5:]} 张贴" if day.announced_on else ""
    return f"{lunar_text(on)}{market}　{day.starts}–{day.ends}{announced}　{kind}　{day.place}"
