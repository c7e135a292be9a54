"""Fields for days and times, typed the short way."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QToolButton, QVBoxLayout

from station_app.support.typed_dates import read_day, read_time
from station_app.ui.field import Field, plain
from station_app.ui.icons import icon, icon_size
from station_app.ui.theme import MUTED, px

_ARROWS = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}


class DateField(Field):
    """A day, typed as 2026-11-05, 11-5, 11月5日 or 今天; Up and Down change it, Alt+Down opens the calendar.

    The value is ISO text (``2026-11-05``), empty when nothing or nonsense is typed.

    Args:
        today: returns the day that short forms are relative to.
    """

    def __init__(self, title: str, today: Callable[[], date], *, required: bool = False, wide: bool = False) -> None:
        super().__init__(title, required=required, wide=wide)
        self._today = today
        self.edit = QLineEdit()
        self.edit.setPlaceholderText("如 11-5 或 今天")
        self.edit.setMinimumWidth(px(104))
        self.edit.textEdited.connect(self.changed)
        self.put(self.edit)
        opener = QToolButton()
        opener.setProperty("look", "plain")
        opener.setIcon(icon("calendar", MUTED))
        opener.setIconSize(icon_size())
        opener.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        opener.setToolTip("打开日历（Alt+↓）")
        opener.clicked.connect(self.open_calendar)
        self.row.addWidget(opener)
        self.calendar: CalendarPopup | None = None

    def value(self) -> str:
        """Return the day as ISO text, or an empty text."""
        day = self.day()
        return day.isoformat() if day else ""

    def day(self) -> date | None:
        """Return the day, or None."""
        return read_day(self.edit.text(), self._today())

    def set_value(self, value: str | date | None) -> None:
        """Show a day given as ISO text or date."""
        self.edit.setText(value.isoformat() if isinstance(value, date) else value or "")
        self.clear_problem()

    def typed(self) -> str:
        """See `Field.typed`."""
        return self.edit.text()

    def is_empty(self) -> bool:
        """Tell whether nothing is typed."""
        return not self.edit.text().strip()

    def own_problem(self) -> str:
        """Tell when the text is no day."""
        if self.is_empty() or self.day():
            return ""
        return f"没有“{self.edit.text().strip()}”这一天，请按 2026-11-05 或 11-5 填写。"

    def leave(self) -> None:
        """Write the day in full, or say what is wrong with it."""
        if day := self.day():
            if self.edit.text() != day.isoformat():
                self.edit.setText(day.isoformat())
        elif not self.is_empty():
            self.show_problem(self.own_problem())

    def keys(self, event: QKeyEvent) -> bool:
        """Change the day by Up and Down; open the calendar by Alt+Down."""
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
            return True
        if key in _ARROWS and plain(event):
            day = self.day()
            self.set_value(day + timedelta(days=_ARROWS[key]) if day else self._today())
            self.changed.emit()
            return True
        return super().keys(event)

    def open_calendar(self) -> None:
        """Show the month around the day that is typed."""
        self.calendar = CalendarPopup(self.day() or self._today(), self._take)
        self.calendar.setParent(self, Qt.WindowType.Popup)
        self.calendar.move(self.edit.mapToGlobal(QPoint(0, self.edit.height() + px(2))))
        self.calendar.show()

    def _take(self, day: date) -> None:
        self.set_value(day)
        self.edit.setFocus()
        self.changed.emit()


class CalendarPopup(QFrame):
    """A month to pick a day from."""

    def __init__(self, day: date, take: Callable[[date], None]) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("look", "card")
        self.month = QCalendarWidget()
        self.month.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.month.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.month.setSelectedDate(QDate(day.year, day.month, day.day))
        self.month.activated.connect(self._chosen)
        self.month.clicked.connect(self._chosen)
        weekend = QTextCharFormat()
        weekend.setForeground(QColor(MUTED))
        for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.month.setWeekdayTextFormat(weekday, weekend)
        for name, sign in (("qt_calendar_prevmonth", "chevron-left"), ("qt_calendar_nextmonth", "chevron-right")):
            turner = self.month.findChild(QToolButton, name)
            if isinstance(turner, QToolButton):
                turner.setIcon(icon(sign))
        self._take = take
        column = QVBoxLayout(self)
        column.setContentsMargins(px(6), px(6), px(6), px(6))
        column.addWidget(self.month)
        self.setFocusProxy(self.month)

    def _chosen(self, day: QDate) -> None:
        self.close()
        self._take(date(day.year(), day.month(), day.day()))


class TimeField(Field):
    """A time of day, typed as 9:30, 930 or 9点; Up and Down change it by five minutes.

    The value is text ``09:30``, empty when nothing or nonsense is typed.
    """

    def __init__(self, title: str, *, required: bool = False) -> None:
        super().__init__(title, required=required)
        self.edit = QLineEdit()
        self.edit.setPlaceholderText("如 930")
        self.edit.textEdited.connect(self.changed)
        self.put(self.edit)

    def value(self) -> str:
        """Return the time as ``HH:MM``, or an empty text."""
        at = read_time(self.edit.text())
        return at.strftime("%H:%M") if at else ""

    def set_value(self, value: str | time | None) -> None:
        """Show a time given as text or time."""
        self.edit.setText(value.strftime("%H:%M") if isinstance(value, time) else value or "")
        self.clear_problem()

    def typed(self) -> str:
        """See `Field.typed`."""
        return self.edit.text()

    def is_empty(self) -> bool:
        """Tell whether nothing is typed."""
        return not self.edit.text().strip()

    def own_problem(self) -> str:
        """Tell when the text is no time."""
        if self.is_empty() or self.value():
            return ""
        return f"“{self.edit.text().strip()}”不是时间，请按 9:30 或 930 填写。"

    def leave(self) -> None:
        """Write the time in full, or say what is wrong with it."""
        if text := self.value():
            if self.edit.text() != text:
                self.edit.setText(text)
        elif not self.is_empty():
            self.show_problem(self.own_problem())

    def keys(self, event: QKeyEvent) -> bool:
        """Change the time by Up and Down."""
        key = Qt.Key(event.key())
        if key in _ARROWS and plain(event):
            at = read_time(self.edit.text()) or time(9, 0)
            moved = datetime.combine(date(2000, 1, 1), at) + timedelta(minutes=5 * _ARROWS[key])
            self.set_value(moved.time())
            self.changed.emit()
            return True
        return super().keys(event)
