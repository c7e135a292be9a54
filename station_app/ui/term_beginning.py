"""换届, step 1: which congress, from which term to which, and when."""

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from station_app.domain.people import Level
from station_app.domain.term_change import TermChange, day_before
from station_app.domain.term_checks import beginning_problems
from station_app.domain.terms import last_day
from station_app.station import Desks
from station_app.ui.cards import Notice
from station_app.ui.fields import CheckField, DateField, LineField, SegmentField
from station_app.ui.form import FormGrid
from station_app.ui.page import Shell
from station_app.ui.term_step import TermStep
from station_app.ui.theme import Tone, px


class TermBeginning(TermStep):
    """See the module.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
    """

    word = "届次和日期"

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__()
        self._desks = desks
        self._change: TermChange | None = None
        self.level = SegmentField("层级", [(level, desks.terms.level_word(level)) for level in Level])
        self.old_term = LineField("上一届", required=True)
        self.new_term = LineField("新一届", required=True, placeholder="如 第十九届")
        self.begins_on = DateField("新一届起始", shell.clock.today, required=True)
        self.ends_on = DateField("上一届终止", shell.clock.today, required=True)
        self.until = DateField("新一届届满", shell.clock.today)
        self.keep = CheckField("选区", "新一届沿用上一届的选区（村居、名额照旧，以后还可以改）", key="Alt+K", wide=True)
        self._told = Notice(Tone.INFO)
        grid = FormGrid()
        grid.add(self.level)
        grid.add_pair(self.old_term, self.new_term)
        grid.add_pair(self.begins_on, self.ends_on)
        grid.add_pair(self.until, None)
        grid.add(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(14), px(14), px(8))
        column.setSpacing(px(12))
        column.addWidget(grid)
        column.addWidget(self._told)
        column.addStretch(1)
        self._fields = {
            "old_term": self.old_term, "new_term": self.new_term, "begins_on": self.begins_on,
            "ends_on": self.ends_on, "until": self.until, "keep_constituencies": self.keep,
        }  # fmt: skip
        self.level.changed.connect(self._other_level)
        self.begins_on.changed.connect(self._begin)
        for field in self._fields.values():
            field.changed.connect(self._apply)

    def show_change(self, change: TermChange) -> None:
        """See `TermStep.show_change`."""
        self._change = change
        self.level.set_value(change.level)
        for key, field in self._fields.items():
            field.set_value(getattr(change, key))
        self._tell(change)

    def start(self) -> None:
        """See `TermStep.start`."""
        self.level.setFocus()

    def _other_level(self) -> None:
        """Begin anew for another level: nobody decided before belongs to it."""
        change = self._desks.term_change.begin(self.level.value())
        self.show_change(change)
        self.edited.emit(change)

    def _begin(self) -> None:
        """Let the old term end the day before, and the new one last five years."""
        if day := self.begins_on.value():
            self.ends_on.set_value(day_before(day))
            self.until.set_value(last_day(day))

    def _apply(self) -> None:
        if self._change is None:
            return
        values: dict[str, Any] = {key: field.value() for key, field in self._fields.items()}
        self._change = replace(self._change, **values)
        self.edited.emit(self._change)
        self._tell(self._change)

    def may_leave(self) -> bool:
        """Show what is wrong at the fields."""
        if self._change is None:
            return False
        for field in self._fields.values():
            field.leave()
        found = {problem.field: problem.message for problem in beginning_problems(self._change) if problem}
        own = {key: text for key, field in self._fields.items() if (text := field.own_problem())}
        for key, field in self._fields.items():
            field.show_problem(own.get(key) or found.get(key, ""))
        wrong = next((field for key, field in self._fields.items() if key in own or key in found), None)
        if wrong is not None:
            wrong.setFocus()
            return False
        fitted = self._desks.term_change.fitted(self._change)
        if fitted != self._change:
            self._change = fitted
            self.edited.emit(fitted)
        return True

    def _tell(self, change: TermChange) -> None:
        wrong = any(beginning_problems(change))
        count = len((change if wrong else self._desks.term_change.fitted(change)).outgoing)
        word = self._desks.terms.level_word(change.level)
        title = f"{word}{change.old_term} 在任 {count} 位" if count else f"{change.ends_on} 没有在任的{word}代表"
        self._told.say(
            title,
            "上一届的代表职务到终止日期为止，新一届从起始日期算起；以前的记录都不改动。"
            "起始日期填新一届第一次会议那天，终止日期自动为前一天。",
        )
