"""The leaves (请假) of a deputy, edited as rows of a form."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget

from station_app.domain.deputy_checks import leave_problem, leaves_problem
from station_app.domain.people import Leave
from station_app.ui.fields import DateField, LineField
from station_app.ui.rows_field import EntryRow, RowsField


def leave_words(leave: Leave) -> str:
    """Return a leave as read: 2026-03-01 至 2026-05-31　外出务工."""
    return "　".join(part for part in (f"{leave.from_on} 至 {leave.to_on or '另行通知'}", leave.reason) if part)


class LeaveRow(EntryRow[Leave]):
    """One leave: from, to, why."""

    def __init__(self, leave: Leave | None, today: Callable[[], date]) -> None:
        super().__init__("移除这次请假")
        self._leave = leave or Leave("")
        self.from_on = DateField("请假自", today)
        self.to_on = DateField("至", today)
        self.to_on.edit.setPlaceholderText("未定不填")
        self.reason = LineField("原因", placeholder="如 外出务工")
        self.grid.add_pair(self.from_on, self.to_on)
        self.grid.add(self.reason)
        self.from_on.set_value(self._leave.from_on)
        self.to_on.set_value(self._leave.to_on)
        self.reason.set_value(self._leave.reason)
        self.know(from_on=self.from_on, to_on=self.to_on, reason=self.reason)
        if self._leave.id and self._leave.to_on and self._leave.to_on < today().isoformat():
            self.fold(leave_words(self._leave))

    def entry(self) -> Leave:
        """Return what is typed."""
        return replace(self._leave, from_on=self.from_on.value(), to_on=self.to_on.value(), reason=self.reason.value())

    def problem(self) -> str:
        """Return what is wrong with the row, or an empty text."""
        typed = next((text for field in self.fields.values() if (text := field.own_problem())), "")
        wrong = None if typed else leave_problem(self.entry())
        return typed or (wrong.message if wrong else "")


class LeavesField(RowsField[LeaveRow]):
    """The leaves of a deputy. The value is a tuple of `Leave`.

    Args:
        today: returns the day that short dates are relative to, and that tells which are over.
    """

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__("请假", "登记一次请假", "", lambda leave: LeaveRow(leave, today))

    def own_problem(self) -> str:
        """Tell what is wrong with one of the rows, or that two overlap."""
        if text := super().own_problem():
            return text
        wrong = leaves_problem(self.value())
        return wrong.message if wrong else ""

    def stops(self) -> list[QWidget]:
        """Return where the Tab key stops, in order: the link first, as nothing else leads to it."""
        return [self.add_link, *super().stops()]
