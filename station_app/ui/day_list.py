"""The list of reception days: newest first, by month, with where each stands."""

from collections.abc import Mapping
from datetime import date
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QToolButton,
    QWidget,
)

from station_app.domain.calendars import WEEKDAYS
from station_app.domain.reception import DAY_STATE_LABELS, DayState, ReceptionDay
from station_app.domain.rooms import is_wanted
from station_app.ui.cards import Card, link_button
from station_app.ui.filter_button import FilterButton
from station_app.ui.icons import icon, icon_size
from station_app.ui.marks import Mark, Shape, mark_size, paint_mark
from station_app.ui.theme import INK, MUTED, Tone, px, scaled_font

_TONES = {
    DayState.PLANNED: Tone.QUIET,
    DayState.ANNOUNCED: Tone.INFO,
    DayState.OPEN: Tone.GOOD,
    DayState.HELD: Tone.QUIET,
    DayState.NOT_HELD: Tone.WARNING,
    DayState.MOVED: Tone.QUIET,
    DayState.CANCELLED: Tone.QUIET,
}
_SHAPES = {DayState.OPEN: Shape.DISC, DayState.NOT_HELD: Shape.DIAMOND}
WAITING = (DayState.PLANNED, DayState.ANNOUNCED)
"""States of a day that has not begun."""
OUTSIDE = 0
"""The key of the visits that came outside any reception day (日常来访)."""


class _Role(IntEnum):
    KEY = Qt.ItemDataRole.UserRole
    MARK = Qt.ItemDataRole.UserRole + 1
    ROOM = Qt.ItemDataRole.UserRole + 2


def day_mark(day: ReceptionDay, market_word: str = "") -> Mark:
    """Return the pill of a day's state: 接待中, 已接待 8, and for one to come on a market day 计划 圩日."""
    word = DAY_STATE_LABELS[day.state]
    if day.state in {DayState.HELD, DayState.OPEN}:
        more = f" {day.visits}" if day.visits else ""
    else:
        more = f" {market_word}" if day.market and market_word and day.state in WAITING else ""
    return Mark(f"{word}{more}", _TONES[day.state], _SHAPES.get(day.state, Shape.NONE))


def short_day(day: ReceptionDay) -> str:
    """Return a day in short: 11-25 三."""
    return f"{day.on[5:]} {WEEKDAYS[date.fromisoformat(day.on).weekday()][-1]}"


def state_word(day: ReceptionDay | None, today: str) -> str:
    """Return what the button that begins and ends a reception says; empty when there is nothing to do."""
    if day is None or day.on > today:
        return ""
    if day.state is DayState.OPEN:
        return "结束接待"
    if day.state in WAITING:
        return "开始接待" if day.on == today else "补记已接待"
    return "继续接待" if day.state is DayState.HELD and day.on == today else ""


class _DayDelegate(QStyledItemDelegate):
    """Draws the date and the pill of its state; a month as a small heading."""

    def paint(self, painter: QPainter, option: Any, index: QModelIndex | QPersistentModelIndex) -> None:
        """Draw a line."""
        key = index.data(_Role.KEY)
        self.initStyleOption(option, index)
        words = option.text
        option.text = ""
        option.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        box = QRectF(option.rect).adjusted(px(12), 0, -px(6), 0)
        painter.save()
        heading = key is None
        painter.setFont(scaled_font(0.9, bold=True) if heading else scaled_font())
        painter.setPen(MUTED if heading else INK)
        room = index.data(_Role.ROOM)
        if room:
            upper, lower = box.adjusted(0, px(3), 0, -px(18)), box.adjusted(0, box.height() - px(20), 0, -px(3))
            painter.drawText(upper, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)
            painter.setFont(scaled_font(0.85))
            painter.setPen(MUTED)
            elided = painter.fontMetrics().elidedText(room, Qt.TextElideMode.ElideRight, round(lower.width()))
            painter.drawText(lower, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, elided)
            box = upper
        else:
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)
        painter.restore()
        mark = index.data(_Role.MARK)
        if isinstance(mark, Mark):
            column = max(option.fontMetrics.horizontalAdvance("00-00 三") + px(14), 0)
            if key == OUTSIDE:
                column = option.fontMetrics.horizontalAdvance(words) + px(10)
            paint_mark(painter, mark, box.adjusted(column, 0, 0, 0))

    def sizeHint(self, option: Any, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the room of a line."""
        height = px(30) if index.data(_Role.KEY) is None else px(46 if index.data(_Role.ROOM) else 36)
        mark = index.data(_Role.MARK)
        room = mark_size(mark).width() if isinstance(mark, Mark) else 0
        return QSize(round(option.fontMetrics.horizontalAdvance("00-00 三") + px(34) + room), height)


class _Days(QListWidget):
    """The list; Left and Right go to another year, Enter opens the day."""

    turned = Signal(int)
    opened = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys of the list."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.turned.emit(1 if event.key() == Qt.Key.Key_Right else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class DayList(Card):
    """The days of one year in a panel.

    Signals:
        chosen: id of the day the clerk stands on; `OUTSIDE` for the visits outside any day.
        opened: Enter fell on a day.
        new_asked: a new reception day is wanted.
        room_changed: the days of another room are wanted, see `room`.
    """

    chosen = Signal(int)
    opened = Signal()
    new_asked = Signal()
    room_changed = Signal()

    def __init__(self) -> None:
        super().__init__("接待日")
        self.set_flush()
        self._days: list[ReceptionDay] = []
        self._outside: dict[int, int] = {}
        self._today = ""
        self._market_word = ""
        self.year = 0
        self._filling = False
        self._earlier = self._arrow("chevron-left", "前一年（←）", -1)
        self._later = self._arrow("chevron-right", "后一年（→）", 1)
        self._head_row.insertWidget(self._head_row.count() - 1, self._earlier)
        self.add_to_head(self._later)
        self._head_row.setSpacing(px(4))
        self._head_row.setContentsMargins(px(14), px(9), px(6), px(9))
        self._rooms: Mapping[int | None, str] = {}
        self._room_filter = FilterButton("站室", lambda _key: self.room_changed.emit())
        self._room_filter.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._room_row = QWidget()
        line = QHBoxLayout(self._room_row)
        line.setContentsMargins(px(10), px(8), px(10), px(4))
        line.addWidget(self._room_filter)
        self._room_row.hide()
        self.body.addWidget(self._room_row)
        self.list = _Days()
        self.list.setItemDelegate(_DayDelegate(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName("接待日")
        self.list.currentItemChanged.connect(self._moved)
        self.list.turned.connect(self.turn)
        self.list.opened.connect(self.opened)
        self.body.addWidget(self.list, 1)
        self.new_link = link_button("新建接待日　Alt+T", self.new_asked.emit)
        self.body.addWidget(self.new_link)
        self.setFocusProxy(self.list)

    def _arrow(self, name: str, tip: str, by: int) -> QToolButton:
        made = QToolButton()
        made.setProperty("look", "plain")
        made.setIcon(icon(name, MUTED))
        made.setIconSize(icon_size())
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setToolTip(tip)
        made.setAccessibleName(tip)
        made.clicked.connect(lambda _checked=False: self.turn(by))
        return made

    def set_days(self, days: list[ReceptionDay], outside: dict[int, int], today: date, market_word: str = "") -> None:
        """Show other days; the day the clerk stands on is kept.

        Args:
            days: all days, oldest first.
            outside: number of visits outside any day, by year.
            today: the day the list opens at.
            market_word: the local word for a market day.
        """
        self._market_word = market_word
        self._days, self._outside, self._today = days, outside, today.isoformat()
        self.year = self.year or today.year
        self._fill(self.current_id())

    def offer_rooms(self, names: Mapping[int | None, str]) -> None:
        """Offer to see the days of one room only; nothing in a station without rooms.

        Args:
            names: see `room_names`.
        """
        self._rooms = names
        self._room_filter.set_choices([("", "全部"), *((str(key or 0), name) for key, name in names.items())])
        self._room_row.setVisible(bool(names))

    def room(self) -> int | None:
        """Return the room whose days are shown, `STATION_ITSELF` for the station's own, None for all."""
        return int(self._room_filter.key()) if self._room_filter.key() else None

    def shows(self, day: ReceptionDay) -> bool:
        """Tell whether a day is held in the room that is asked for."""
        return is_wanted(day.room_id, self.room())

    def has_days(self) -> bool:
        """Tell whether there is any reception day at all."""
        return bool(self._days)

    def current_id(self) -> int | None:
        """Return the id of the day the clerk stands on, `OUTSIDE`, or None."""
        item = self.list.currentItem()
        key = item.data(_Role.KEY) if item else None
        return key if isinstance(key, int) else None

    def mark_words(self) -> list[str]:
        """Return the words of the pills from top to bottom."""
        found = (self.list.item(row).data(_Role.MARK) for row in range(self.list.count()))
        return [mark.word for mark in found if isinstance(mark, Mark)]

    def select(self, day_id: int) -> bool:
        """Go to a day, in its year; return whether there is one."""
        if day_id != OUTSIDE:
            day = next((one for one in self._days if one.id == day_id), None)
            if day is None:
                return False
            self.year = int(day.on[:4])
            if not self.shows(day):
                self._room_filter.show_key("")
                self.room_changed.emit()
        self._fill(day_id)
        return self.current_id() == day_id

    def turn(self, by: int) -> None:
        """Go to an earlier or later year that has days."""
        years = self._years()
        place = years.index(self.year) + by
        if 0 <= place < len(years):
            self.year = years[place]
            self._fill(None)

    def _years(self) -> list[int]:
        found = {int(day.on[:4]) for day in self._days} | set(self._outside) | {int(self._today[:4]), self.year}
        return sorted(found)

    def _fill(self, keep: int | None) -> None:
        before = self.current_id()
        self._filling = True
        self.list.clear()
        years = self._years()
        self.set_note(f"{self.year}年")
        self._earlier.setEnabled(self.year > years[0])
        self._later.setEnabled(self.year < years[-1])
        count = self._outside.get(self.year, 0)
        self._add("日常来访", OUTSIDE, Mark(f"{count} 批", Tone.QUIET))
        days = [day for day in self._days if day.on.startswith(str(self.year)) and self.shows(day)]
        month = ""
        for day in reversed(days):
            if day.on[5:7] != month:
                month = day.on[5:7]
                heading = self._add(f"{int(month)} 月", None, None)
                heading.setFlags(Qt.ItemFlag.NoItemFlags)
            item = self._add(short_day(day), day.id, day_mark(day, self._market_word))
            room = self._rooms.get(day.room_id, "") if day.room_id else ""
            item.setData(_Role.ROOM, room)
            item.setToolTip("\n".join(part for part in (room, day.place, day.topic, day.reason) if part))
        self._stand(keep if keep is not None else self._nearest(days))
        self._filling = False
        if self.current_id() != before:
            self._moved()

    def _nearest(self, days: list[ReceptionDay]) -> int:
        """Return the day that is open, else the last one up to today, else the next one."""
        current = [day for day in days if day.state is DayState.OPEN]
        past = [day for day in days if day.on <= self._today]
        near = (current or past)[-1:] or days[:1]
        return near[0].id if near else OUTSIDE

    def _add(self, words: str, key: int | None, mark: Mark | None) -> QListWidgetItem:
        item = QListWidgetItem(words)
        item.setData(_Role.KEY, key)
        item.setData(_Role.MARK, mark)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{words} {mark.word}" if mark else words)
        self.list.addItem(item)
        return item

    def _stand(self, key: int) -> None:
        for row in range(self.list.count()):
            if self.list.item(row).data(_Role.KEY) == key:
                self.list.setCurrentRow(row)
                # A planned day or two stay in sight above the one the clerk works on.
                self.list.scrollToItem(self.list.item(min(row + 4, self.list.count() - 1)))
                self.list.scrollToItem(self.list.item(max(row - 3, 0)))
                self.list.scrollToItem(self.list.item(row))
                return

    def _moved(self) -> None:
        key = self.current_id()
        if not self._filling and key is not None:
            self.chosen.emit(key)
