"""The card on the page 今日 that tells of the day's reception or the next one."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from station_app.domain.calendars import lunar_text, weekday_text
from station_app.domain.people import level_label
from station_app.domain.reception import (
    DAY_KIND_LABELS,
    DAY_STATE_LABELS,
    Attendance,
    DayKind,
    DayState,
    Presence,
    ReceptionDay,
)
from station_app.domain.station import StationProfile
from station_app.ui.cards import Card, Chip, PrimaryButton, button, label
from station_app.ui.flow_layout import FlowLayout
from station_app.ui.marks import Mark, Shape
from station_app.ui.theme import Tone, px

_NARROW = 420
_BEGINS = frozenset({DayState.PLANNED, DayState.ANNOUNCED})


class DayCard(Card):
    """Place, time and deputies of one reception day, and the step that is due.

    Signals:
        begin_asked: 开始接待.
        open_asked: the day is to be shown on the page 接待.
    """

    begin_asked = Signal()
    open_asked = Signal()

    def __init__(self) -> None:
        super().__init__("今天的接待", "calendar-days")
        self._when = label("", "title")
        self._where = label("", "muted", wrap=True)
        self._people = QWidget()
        self._people_row = FlowLayout(self._people, spacing=6)
        self._more = label("", "muted", wrap=True)
        self.begin = PrimaryButton("开始接待")
        self.begin.clicked.connect(lambda _checked=False: self.begin_asked.emit())
        self.show_day_button = button("查看")
        self.show_day_button.clicked.connect(lambda _checked=False: self.open_asked.emit())
        line = QFrame()
        line.setProperty("look", "line")
        line.setFixedWidth(1)
        self._line = line
        left, middle, right = self._parts = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        left.addWidget(self._when)
        left.addWidget(self._where)
        middle.addWidget(self._people)
        middle.addWidget(self._more)
        right.addWidget(self.begin)
        right.addWidget(self.show_day_button)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(px(16))
        self._narrow: bool | None = None
        self._arrange(narrow=False)
        self.body.addLayout(self._grid)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the deputies under the place where they do not fit beside it."""
        super().resizeEvent(event)
        self._arrange(narrow=event.size().width() < px(_NARROW))

    def _arrange(self, *, narrow: bool) -> None:
        if narrow is self._narrow:
            return
        self._narrow = narrow
        left, middle, right = self._parts
        for part in self._parts:
            self._grid.removeItem(part)
        self._grid.removeWidget(self._line)
        self._line.setFixedWidth(0 if narrow else 1)
        self._grid.addLayout(left, 0, 0)
        if narrow:
            self._grid.addLayout(right, 0, 3, Qt.AlignmentFlag.AlignTop)
            self._grid.addLayout(middle, 1, 0, 1, 4)
        else:
            self._grid.addWidget(self._line, 0, 1)
            self._grid.addLayout(middle, 0, 2)
            self._grid.addLayout(right, 0, 3)
        self._grid.setColumnStretch(0, 5)
        self._grid.setColumnStretch(2, 0 if narrow else 4)

    def show_day(self, day: ReceptionDay | None, today: date, profile: StationProfile, room: str = "") -> None:
        """Show a day, or that none is planned.

        Args:
            room: the room it is held in; empty for the station itself.
        """
        for part in (self._line, self._people, self._more):
            part.setVisible(day is not None)
        self._clear_people()
        if day is None:
            self.set_title("下次接待")
            self.set_note("")
            self._when.setText("还没有安排接待日")
            self._where.setText("在“接待”页新建接待日后，时间、地点和代表会显示在这里。")
            self.begin.hide()
            self._offer("去安排")
            return
        on = date.fromisoformat(day.on)
        self.set_title("今天的接待" if on == today else "未结束的接待" if on < today else "下次接待")
        self.set_note(_note(day, on, today))
        self._when.setText(f"{on.month}月{on.day}日 {weekday_text(on)}")
        market = f" 逢{profile.market_word}" if day.market else ""
        where = "　".join(part for part in (room, day.place) if part)
        self._where.setText(f"{lunar_text(on)}{market}　{day.starts}–{day.ends}　{where}")
        for one in day.attendance:
            self._add_person(one, profile)
        self._more.setText(_more(day))
        self._more.setVisible(bool(self._more.text()))
        due = day.state in _BEGINS and on == today
        self.begin.setVisible(due)
        self._offer("继续接待" if day.state is DayState.OPEN else "查看")

    def texts(self) -> str:
        """Return what the card says."""
        people = [part.text() for part in self._people.findChildren(type(self._when)) if not part.isHidden()]
        return "\n".join((self.title(), self._when.text(), self._where.text(), *people, self._more.text()))

    def _offer(self, word: str) -> None:
        self.show_day_button.setText(word)
        self.show_day_button.updateGeometry()

    def _add_person(self, one: Attendance, profile: StationProfile) -> None:
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(3))
        row.addWidget(label(one.name))
        if one.level is not None:
            row.addWidget(Chip(level_label(one.level, profile.organ_kind)))
        if one.presence is Presence.PRESENT:
            present = Chip()
            present.set_mark(Mark("已签到", Tone.GOOD, Shape.TICK))
            row.addWidget(present)
        elif one.presence is Presence.LEAVE:
            row.addWidget(Chip("请假", Tone.WARNING))
        self._people_row.addWidget(pair)
        pair.show()

    def _clear_people(self) -> None:
        while item := self._people_row.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()


def _note(day: ReceptionDay, on: date, today: date) -> str:
    ahead = (on - today).days
    parts = [f"还有 {ahead} 天"] if ahead > 0 else []
    if day.state in {DayState.OPEN, DayState.HELD}:
        parts.append(DAY_STATE_LABELS[day.state])
    elif day.announced_on:
        posted = date.fromisoformat(day.announced_on)
        parts.append(f"公告已于 {posted.month}月{posted.day}日 张贴")
    else:
        parts.append("公告还没有张贴")
    return "　".join(parts)


def _more(day: ReceptionDay) -> str:
    parts = []
    if day.kind is not DayKind.FIXED or day.with_units:
        units = f"：{day.with_units}" if day.with_units else ""
        parts.append(f"{DAY_KIND_LABELS[day.kind]}{units}")
    if day.topic:
        parts.append(f"主题：{day.topic}")
    if day.visits:
        parts.append(f"已登记 {day.visits} 批 {day.people} 人次")
    return "　".join(parts)
