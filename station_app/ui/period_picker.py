"""Choosing the period of a ledger: a reception day, a month, a year, everything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from station_app.domain.calendars import add_months, weekday_text
from station_app.domain.periods import Period, month_of, year
from station_app.domain.reception import DAY_STATE_LABELS, ReceptionDay
from station_app.ui.choice_popup import Choice
from station_app.ui.fields import ChoiceField, LineField, SegmentField
from station_app.ui.icons import icon, icon_size
from station_app.ui.theme import MUTED, px


class Span(StrEnum):
    """What a period may be."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    ALL = "all"


_SPAN_LABELS = {Span.DAY: "一天", Span.MONTH: "一月", Span.YEAR: "一年", Span.ALL: "全部"}
_EARLIEST, _LATEST = 1954, 2200


@dataclass(frozen=True)
class Picked:
    """The period chosen.

    Args:
        span: its kind.
        period: first and last day and its name on paper; None for 全部 or when no day is chosen.
        day_id: the reception day, or None.
    """

    span: Span
    period: Period | None = None
    day_id: int | None = None


class PeriodPicker(QWidget):
    """Which period: kind of period, then the day from a list or the month or year with steps back and forth.

    Signals:
        changed: another period is chosen.
    """

    changed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._month = today.replace(day=1)
        self._spans: tuple[Span, ...] = (Span.MONTH,)
        self._day_ids: list[int] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(8))
        self.kind = self._make_kind()
        self.day = ChoiceField("接待日", placeholder="选择接待日")
        self.day.changed.connect(self.changed)
        self.typed = LineField("月份")
        self.typed.edit.editingFinished.connect(self._read_typed)
        stepper = QWidget()
        row = QHBoxLayout(stepper)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(4))
        row.addWidget(self._step_button("chevron-left", "早一个（Alt+←）", -1))
        row.addWidget(self.typed, 1)
        row.addWidget(self._step_button("chevron-right", "晚一个（Alt+→）", 1))
        self._stack = QStackedWidget()
        for part in (stepper, self.day, QWidget()):
            self._stack.addWidget(part)
        self._column.addWidget(self._stack)
        self._show()

    def offer(self, spans: Sequence[Span], chosen: Span | None = None) -> None:
        """Offer these kinds of periods, keeping the chosen one where it is among them; none hides the picker."""
        kept = chosen or (self.span() if self.span() in spans else None)
        self._spans = tuple(spans)
        self.setVisible(bool(spans))
        old = self.kind
        self.kind = self._make_kind()
        self._column.removeWidget(old)
        old.hide()
        old.deleteLater()
        if kept is not None:
            self.kind.set_value(kept)
        self._show()

    def offer_days(self, days: Sequence[ReceptionDay]) -> None:
        """Offer these reception days, the newest first."""
        newest = sorted((day for day in days if day.id), key=lambda day: (day.on, day.id), reverse=True)
        offered = [Choice(day.id, self._day_text(day), DAY_STATE_LABELS[day.state]) for day in newest]
        kept = self.day.value()
        self._day_ids = [day.id for day in newest]
        self.day.set_choices(offered)
        if kept is None:
            past = [day.id for day in newest if day.on <= self._today.isoformat()]
            self.day.set_value(past[0] if past else None)

    def span(self) -> Span | None:
        """Return the kind of period chosen, or None when there is none to choose."""
        return Span(self.kind.value()) if self._spans else None

    def picked(self) -> Picked:
        """Return the period chosen."""
        span = self.span()
        if span is Span.DAY:
            return Picked(span, day_id=self.day.value())
        if span is Span.MONTH:
            return Picked(span, month_of(self._month))
        if span is Span.YEAR:
            return Picked(span, year(self._month.year))
        return Picked(Span.ALL)

    def show_day(self, day_id: int) -> None:
        """Choose a reception day."""
        self.kind.set_value(Span.DAY)
        self.day.set_value(day_id)
        self._show()

    def show_month(self, month: date) -> None:
        """Choose a month."""
        self.kind.set_value(Span.MONTH)
        self._month = month.replace(day=1)
        self._show()

    def step(self, by: int) -> None:
        """Go to an earlier (-1) or later (1) day, month or year."""
        span = self.span()
        if span is Span.DAY:
            self._step_day(by)
        elif span in (Span.MONTH, Span.YEAR):
            moved = add_months(self._month, by * (12 if span is Span.YEAR else 1))
            if _EARLIEST <= moved.year <= _LATEST:
                self._month = moved
                self._show()
                self.changed.emit()

    def _step_day(self, by: int) -> None:
        ids = self._day_ids
        place = ids.index(self.day.value()) - by if self.day.value() in ids else 0
        if 0 <= place < len(ids):
            self.day.set_value(ids[place])
            self.changed.emit()

    def _make_kind(self) -> SegmentField:
        made = SegmentField("期间", [(span, _SPAN_LABELS[span]) for span in self._spans or (Span.ALL,)])
        made.changed.connect(self._kind_changed)
        self._column.insertWidget(0, made)
        made.setVisible(len(self._spans) > 1)
        return made

    def _kind_changed(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        span = self.span()
        self._stack.setCurrentIndex({Span.DAY: 1, Span.ALL: 2}.get(span, 0) if span else 2)
        self._stack.setVisible(span is not Span.ALL and span is not None)
        yearly = span is Span.YEAR
        title = f"{self._month.year}年" if yearly else f"{self._month.year}年{self._month.month}月"
        self.typed.set_value(title)
        self.typed.edit.setToolTip("可以输入 2026-10，按 Enter" if not yearly else "可以输入 2026，按 Enter")

    def _read_typed(self) -> None:
        numbers = [int(part) for part in _numbers(self.typed.value())]
        before = self._month
        if len(numbers) == 1 and numbers[0] <= 12 and self.span() is Span.MONTH:
            numbers = [self._month.year, *numbers]
        if numbers and _EARLIEST <= numbers[0] <= _LATEST:
            month = numbers[1] if len(numbers) > 1 and 1 <= numbers[1] <= 12 else self._month.month
            self._month = date(numbers[0], month, 1)
        self._show()
        if self._month != before:
            self.changed.emit()

    def _step_button(self, sign: str, hint: str, by: int) -> QToolButton:
        made = QToolButton()
        made.setProperty("look", "plain")
        made.setIcon(icon(sign, MUTED))
        made.setIconSize(icon_size(18))
        made.setToolTip(hint)
        made.setAccessibleName(hint)
        made.clicked.connect(lambda _checked=False: self.step(by))
        return made

    def _day_text(self, day: ReceptionDay) -> str:
        on = date.fromisoformat(day.on)
        return f"{day.on} {weekday_text(on)} {day.place}".strip()


def _numbers(text: str) -> list[str]:
    """Return the runs of digits in a text."""
    return "".join(char if char in "0123456789" else " " for char in text).split()
