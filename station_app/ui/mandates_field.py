"""The mandates (代表职务) of a deputy, edited as rows of a form."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from station_app.domain.deputy_checks import mandate_problem, overlap_problem
from station_app.domain.people import END_REASON_LABELS, Level, Mandate
from station_app.ui.fields import CheckField, ChoiceField, DateField, LineField
from station_app.ui.rows_field import EntryRow, RowsField


def mandate_words(mandate: Mandate) -> str:
    """Return from when to when a mandate is or was held, and why it ended: 2016-11-01 至 2021-10-31　任期届满."""
    span = f"{mandate.from_on or '……'} 至 {mandate.to_on or '今'}"
    return f"{span}　{END_REASON_LABELS[mandate.end_reason]}" if mandate.end_reason else span


class MandateRow(EntryRow[Mandate]):
    """One mandate: level, term, constituency, card number, from, by-election, to, end reason, suspension.

    Args:
        mandate: what is shown at first; a new one takes over what is usual at the level that is chosen.
        levels: pairs of level and the word it has here.
        terms: terms known already, offered while typing.
        usual: returns what a new mandate of a level begins with.
        today: returns the day that short dates are relative to.
    """

    def __init__(
        self,
        mandate: Mandate,
        levels: Sequence[tuple[Level, str]],
        terms: Sequence[str],
        usual: Callable[[Level], Mandate],
        today: Callable[[], date],
    ) -> None:
        super().__init__("移除这个职务")
        self._mandate = mandate
        self._usual = usual
        self._proposed = mandate
        self.level = ChoiceField("代表层级", levels, required=True)
        self.term = ChoiceField("届次", terms, free=True, placeholder="如 第十八届")
        self.constituency = LineField("选区", placeholder="选区或选举单位")
        self.card = LineField("代表证号")
        self.from_on = DateField("任职自", today)
        self.by_election = CheckField("", "补选")
        self.to_on = DateField("至", today)
        self.to_on.edit.setPlaceholderText("在任不填")
        self.end_reason = ChoiceField("终止原因", [(reason, word) for reason, word in END_REASON_LABELS.items()])
        self.suspended = CheckField("", "暂停执行职务")
        self.suspended.setToolTip("暂停期间不排值班；原因不打印。")
        self.suspended_on = DateField("暂停自", today)
        self.grid.add_pair(self.level, self.term)
        self.grid.add_pair(self.constituency, self.card)
        self.grid.add_pair(self.from_on, self.by_election)
        self.grid.add_pair(self.to_on, self.end_reason)
        self.grid.add_pair(self.suspended_on, self.suspended)
        self._show(mandate)
        self.know(
            level=self.level, term=self.term, constituency=self.constituency, card=self.card, from_on=self.from_on,
            by_election=self.by_election, to_on=self.to_on, end_reason=self.end_reason, suspended=self.suspended,
            suspended_on=self.suspended_on,
        )  # fmt: skip
        self.level.changed.connect(self._propose)
        self.suspended.changed.connect(self._show_suspension)
        if mandate.id and mandate.to_on:
            words = (dict(levels).get(mandate.level, ""), mandate.term, mandate.constituency)
            self.fold("　".join(word for word in (*words, mandate_words(mandate)) if word))

    def entry(self) -> Mandate:
        """Return what is typed."""
        suspended = self.suspended.value()
        return replace(
            self._mandate,
            level=self.level.value() or self._mandate.level,
            term=self.term.value() or "",
            constituency=self.constituency.value(),
            card_number=self.card.value(),
            from_on=self.from_on.value(),
            to_on=self.to_on.value(),
            end_reason=self.end_reason.value(),
            suspended=suspended,
            by_election=self.by_election.value(),
            suspended_on=self.suspended_on.value() if suspended else "",
        )

    def problem(self) -> str:
        """Return what is wrong with the row, or an empty text."""
        if self.level.is_empty():
            return "请选择代表层级。"
        typed = next((text for field in self.fields.values() if (text := field.own_problem())), "")
        if typed:
            return typed
        wrong = mandate_problem(self.entry())
        return wrong.message if wrong else ""

    def _show(self, mandate: Mandate) -> None:
        self.level.set_value(mandate.level)
        self.term.set_value(mandate.term)
        self.constituency.set_value(mandate.constituency)
        self.card.set_value(mandate.card_number)
        self.from_on.set_value(mandate.from_on)
        self.by_election.set_value(mandate.by_election)
        self.to_on.set_value(mandate.to_on)
        self.end_reason.set_value(mandate.end_reason)
        self.suspended.set_value(mandate.suspended)
        self.suspended_on.set_value(mandate.suspended_on)
        self._show_suspension()

    def _show_suspension(self) -> None:
        self.grid.show_field(self.suspended_on, shown=self.suspended.value())

    def _propose(self) -> None:
        """Let a new mandate take over term and beginning of the level just chosen, unless something else is typed."""
        level = self.level.value()
        if self._mandate.id or not isinstance(level, Level):
            return
        proposed, before = self._usual(level), self._proposed
        if self.term.value() in ("", None, before.term):
            self.term.set_value(proposed.term)
        if self.from_on.value() in ("", before.from_on):
            self.from_on.set_value(proposed.from_on)
        self._proposed = proposed


class MandatesField(RowsField[MandateRow]):
    """The mandates of a deputy, at least one. The value is a tuple of `Mandate`.

    Args:
        levels: pairs of level and the word it has here, the usual one of a new mandate first.
        terms: terms known already.
        usual: returns what a new mandate of a level begins with; of None, the usual level's.
        today: returns the day that short dates are relative to.
    """

    def __init__(
        self,
        levels: Sequence[tuple[Level, str]],
        terms: Sequence[str],
        usual: Callable[[Level | None], Mandate],
        today: Callable[[], date],
    ) -> None:
        def make(mandate: Mandate | None) -> MandateRow:
            return MandateRow(mandate or usual(None), levels, terms, usual, today)

        super().__init__("代表职务", "再加一个职务", "Alt+M", make)
        self._words = dict(levels)
        self._usual = usual

    def at_least(self) -> tuple[Mandate, ...]:
        """Begin with the usual mandate."""
        return (self._usual(None),)

    def own_problem(self) -> str:
        """Tell what is wrong with one of the rows, or that a level is held twice at the same time."""
        if text := super().own_problem():
            return text
        wrong = overlap_problem(self.value(), self._words)
        return wrong.message if wrong else ""

    def remove(self, row: MandateRow) -> None:
        """Take a mandate away, but not the last one."""
        if len(self.rows) == 1:
            self.show_problem("代表至少要有一个职务；不再担任时请填写终止日期和原因。")
        else:
            super().remove(row)
