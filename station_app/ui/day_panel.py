"""One reception day: its head, who attends, and the visits registered on it."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QSettings, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from station_app.documents.columns import Column, Ledger
from station_app.documents.ledgers import ROOM_KEY, VISIT_LEDGER
from station_app.domain.calendars import lunar_text, weekday_text
from station_app.domain.people import STANDING_LABELS, level_label
from station_app.domain.progress import Disposition, disposition_labels
from station_app.domain.reception import DAY_KIND_LABELS, DayState, Presence, ReceptionDay, Visit, VisitLine
from station_app.domain.rooms import is_wanted
from station_app.domain.station import StationProfile
from station_app.station import Desks
from station_app.ui.cards import Card, Chip, ElidedLabel, WrappingLabel, label, link_button
from station_app.ui.choice_popup import Choice
from station_app.ui.day_list import WAITING, day_mark
from station_app.ui.flow_layout import FlowLayout
from station_app.ui.ledger_table import LedgerTable
from station_app.ui.sign_in_list import SIGN_IN_HINT, AddDeputy, SignInList
from station_app.ui.theme import px

_SHOWN = ("number", "name", "words", "disposition")
_FOLDED_KEY = "reception/sign_in_folded"
_LOW = 520
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


def _screen_day(line: VisitLine) -> str:
    """Return the date without the year, which the page's head says."""
    return line.on[5:]


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


def _dated(column: Column[VisitLine]) -> Column[VisitLine]:
    return replace(column, title="日期", value=_screen_day, shown=True) if column.key == "on" else column


OUTSIDE_LEDGER: Ledger[VisitLine] = Ledger(
    "visits_outside",
    VISIT_LEDGER.title,
    tuple(sorted((_dated(one) for one in DAY_LEDGER.columns), key=lambda one: one.key != "on")),
)
"""The same for visits of many days, each with its date first."""


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
        self._panel.fit(event.size())
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
        self._facts = WrappingLabel("", "muted")
        self._topic = label("", wrap=True)
        self.head = Card("接待日")
        self.head.add_to_head(self.chip)
        self.links = {
            "change": link_button("修改", self.change_asked.emit),
            "announce": link_button("公告已张贴", self.announce_asked.emit),
            "call_off": link_button("未开展、改期、取消", self.call_off_asked.emit),
            "blanks": link_button("预印空白登记表", self.blanks_asked.emit),
        }
        self._lay_out_head()
        self.attendance = Card("签到")
        self.attendance.body.setContentsMargins(0, 0, 0, px(4))
        self.sign_in = SignInList()
        self._nobody = label("还没有安排代表。在上面打姓名首字母添加。", "muted", wrap=True)
        self._nobody.setContentsMargins(px(14), px(4), px(14), px(4))
        self.add_deputy = AddDeputy()
        self._hint = label(SIGN_IN_HINT, "small")
        self._came = ElidedLabel("", "muted")
        self.fold_link = link_button("收起", self.toggle_sign_in)
        self.fold_link.setToolTip("收起或展开签到（Alt+Q）")
        self._settings = settings
        self._day_id = 0
        self._kept_open = self._folded = self._form_is_open = False
        self._room = QSize()
        self._lay_out_attendance()
        self.visits = Card("接待登记")
        self.visits.set_flush()
        self.visits.setMinimumHeight(px(170))
        self.table = self._of_day = self._make_table(DAY_LEDGER)
        self._outside: LedgerTable | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self.head)
        column.addWidget(self.attendance)
        column.addWidget(self.visits, 1)
        self.sign_in.marked.connect(self.marked)
        self.sign_in.taken_off.connect(self.deputy_removed)
        self.add_deputy.picked.connect(self.deputy_added)

    def _make_table(self, ledger: Ledger[VisitLine]) -> LedgerTable:
        made = LedgerTable(
            ledger,
            lambda line: (line.visit_id, line.case_number),
            self._settings,
            by_pinyin=("name", "receivers"),
            widths={"on": 7, "number": 6, "name": 13, "words": 16, "disposition": 11},
            stretch="words",
            yielding=("disposition",),
        )
        # The room that is left over is enough; the table asks for none of its own.
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        made.opened.connect(self.opened)
        self.visits.body.addWidget(made)
        return made

    def _use_table(self, wanted: LedgerTable) -> None:
        if wanted is not self.table:
            self.table.hide()
            self.table = wanted
            wanted.show()

    def _lay_out_head(self) -> None:
        """Put facts and links into one line where there is room, so that the visits get the height."""
        line = QWidget()
        flow = FlowLayout(line, spacing=4)
        flow.addWidget(self._facts)
        for one in self.links.values():
            flow.addWidget(one)
        self.head.body.setContentsMargins(px(14), px(4), px(14), px(6))
        self.head.body.setSpacing(px(2))
        self.head.body.addWidget(line)
        self.head.body.addWidget(self._topic)

    def _lay_out_attendance(self) -> None:
        card = self.attendance
        card.add_to_head(self.add_deputy, 4)
        card.add_to_head(self._came, 8)
        card.add_to_head(self._hint)
        card.add_to_head(self.fold_link)
        card.tighten_head()
        card.body.addWidget(self._nobody)
        card.body.addWidget(self.sign_in)

    def fit(self, room: QSize) -> None:
        """Leave the hint to the tooltip and the sign-in to one line where there is no room for them."""
        self._room = room
        self._fold()

    def make_room(self, *, for_form: bool) -> None:
        """Fold the sign-in in a low window while a form is open beside the day."""
        self._form_is_open, self._kept_open = for_form, False
        self._fold()

    def toggle_sign_in(self) -> None:
        """Fold the sign-in to one line, or show it whole; the choice is remembered (Alt+Q)."""
        folded = not self.is_folded()
        self._settings.setValue(_FOLDED_KEY, folded)
        self._kept_open = not folded
        self._fold()
        if folded and self.table.rows():
            self.table.setFocus()
        elif not folded:
            self.go_to_sign_in()

    def is_folded(self) -> bool:
        """Tell whether the sign-in takes one line only."""
        return self._folded

    def go_to_sign_in(self) -> None:
        """Put the cursor into the list of deputies, or where the first one is added."""
        self._kept_open = True
        self._fold()
        (self.sign_in if self.sign_in.count() else self.add_deputy).setFocus()

    def _wants_folded(self) -> bool:
        """Tell whether to fold: as the clerk chose; in a low window beside a form and once nobody is awaited."""
        if self._kept_open or self.sign_in.hasFocus() or self.add_deputy.edit.hasFocus():
            return False
        chosen = self._settings.value(_FOLDED_KEY, type=str)
        if chosen:
            return chosen == "true"
        return self._room.height() < px(_LOW) and (self._form_is_open or not self.sign_in.is_awaiting())

    def _fold(self) -> None:
        folded = self._folded = self._wants_folded()
        self.sign_in.setVisible(not folded and self.sign_in.count() > 0)
        self._nobody.setVisible(not folded and not self.sign_in.count())
        self.add_deputy.setVisible(not folded)
        self._hint.setVisible(not folded and self._room.width() >= px(600))
        self._came.setVisible(folded)
        self.fold_link.setText("展开" if folded else "收起")

    def show_day(self, day: ReceptionDay) -> None:
        """Show a reception day with its visits."""
        profile = self._desks.settings.profile()
        on = date.fromisoformat(day.on)
        self.head.set_title(f"{on.month}月{on.day}日 {weekday_text(on)}")
        self.chip.set_mark(day_mark(day))
        self.chip.show()
        room = self._desks.rooms.room(day.room_id)
        self._facts.setText("　".join(part for part in (room.name if room else "", _facts(day, profile)) if part))
        lines = [f"主题：{day.topic}" if day.topic else "", f"原因：{day.reason}" if day.reason else ""]
        self._topic.setText("\n".join(line for line in lines if line))
        self._topic.setVisible(bool(self._topic.text()))
        self.links["change"].show()
        self.links["announce"].setVisible(day.state is DayState.PLANNED)
        self.links["call_off"].setVisible(day.state in WAITING)
        self.attendance.show()
        away = {
            one.id: STANDING_LABELS[one.standing_on(day.on)]
            for one in self._desks.roster.deputies()
            if not one.is_dealt_duty_on(day.on)
        }
        self.sign_in.show_attendance(day.attendance, profile.organ_kind, away)
        self._came.setText(self.sign_in.texts())
        if day.id != self._day_id:
            self._day_id, self._kept_open = day.id, False
        self._fold()
        came = sum(one.presence is Presence.PRESENT for one in day.attendance)
        self.attendance.set_note(f"{came} / {len(day.attendance)}")
        listed = {one.deputy_id for one in day.attendance}
        near = sorted(self._desks.roster.serving(), key=lambda one: one.place_on(day.on) != day.room_id)
        self.add_deputy.set_choices(
            Choice(
                one.id, one.name, "、".join(level_label(level, profile.organ_kind) for level in one.levels_on(day.on))
            )
            for one in near
            if one.id not in listed
        )
        self._use_table(self._of_day)
        self._show_visits(self._desks.reception.visits_of_day(day.id), day.on, day.on)
        self.table.set_empty(_EMPTY_DAY)
        self.visits.set_note(f"{day.visits} 批 {day.people} 人")

    def show_outside(self, year: int, room: int | None = None, *, no_days: bool) -> None:
        """Show the visits of a year that came outside any reception day, the latest first.

        Args:
            room: only to this room, see `DayList.room`.
            no_days: whether there is no reception day yet; beginning is then offered.
        """
        if self._outside is None:
            self._outside = self._make_table(OUTSIDE_LEDGER)
        self._use_table(self._outside)
        self.head.set_title("日常来访")
        self.chip.hide()
        self._facts.setText(f"{year}年不在接待日的来访、上门、电话等登记。")
        self._topic.hide()
        for key in ("change", "announce", "call_off"):
            self.links[key].hide()
        self.attendance.hide()
        first, last = f"{year}-01-01", f"{year}-12-31"
        visits = self._desks.reception.visits_between(first, last)
        visits = [one for one in visits if one.day_id is None and is_wanted(one.room_id, room)]
        visits.sort(key=lambda one: (one.on, one.at, one.id), reverse=True)
        self._show_visits(visits, first, last)
        if no_days:
            self.table.set_empty(_EMPTY_STATION, "新建接待日", self.new_day_asked.emit)
        else:
            self.table.set_empty(_EMPTY_OUTSIDE)
        self.visits.set_note(f"{len(visits)} 批 {sum(one.people for one in visits)} 人")

    def _show_visits(self, visits: list[Visit], first: str, last: str) -> None:
        shown = {one.id for one in visits}
        cases = [one for one in self._desks.opinions.raised_between(first, last) if one.visit_id in shown]
        self.table.withheld = frozenset() if self._desks.rooms.any() else frozenset({ROOM_KEY})
        self.table.set_rows(self._desks.reports.books.visit_lines(visits, cases))


def _facts(day: ReceptionDay, profile: StationProfile) -> str:
    """Return the lines under the date: lunar date, market day, hours, kind and place."""
    on = date.fromisoformat(day.on)
    market = f" {profile.market_word}" if day.market else ""
    kind = DAY_KIND_LABELS[day.kind] + (f"（{day.with_units}）" if day.with_units else "")
    announced = f"　公告 {day.announced_on[5:]} 张贴" if day.announced_on else ""
    return f"{lunar_text(on)}{market}　{day.starts}–{day.ends}{announced}　{kind}　{day.place}"
