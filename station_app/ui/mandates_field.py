"""The mandates (代表职务) of a deputy, edited as rows of a form."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from station_app.domain.deputy_checks import mandate_problem
from station_app.domain.people import END_REASON_LABELS, Level, Mandate
from station_app.ui.cards import label, link_button
from station_app.ui.fields import CheckField, ChoiceField, DateField, Field, FormGrid, LineField
from station_app.ui.theme import px


class MandateRow(QFrame):
    """One mandate: level, term, constituency, card number, from, to, end reason, suspension.

    Args:
        mandate: what is shown at first.
        levels: pairs of level and the word it has here.
        terms: terms known already, offered while typing.
        today: returns the day that short dates are relative to.
        changed: called when the clerk changed something.
        remove: called with the row to be taken away.
    """

    def __init__(
        self,
        mandate: Mandate,
        levels: Sequence[tuple[Level, str]],
        terms: Sequence[str],
        today: Callable[[], date],
        changed: Callable[[], None],
        remove: Callable[["MandateRow"], None],
    ) -> None:
        super().__init__()
        self.setProperty("look", "notice-quiet")
        self._mandate = mandate
        self.level = ChoiceField("代表层级", levels, required=True)
        self.term = ChoiceField("届次", terms, free=True, placeholder="如 第十八届")
        self.constituency = LineField("选区", placeholder="选区或选举单位")
        self.card = LineField("代表证号")
        self.from_on = DateField("任职自", today)
        self.to_on = DateField("至", today)
        self.to_on.edit.setPlaceholderText("在任不填")
        self.end_reason = ChoiceField("终止原因", [(reason, word) for reason, word in END_REASON_LABELS.items()])
        self.suspended = CheckField("", "暂停执行职务")
        self.suspended.setToolTip("暂停期间不排值班；原因不打印。")
        grid = FormGrid()
        grid.add_pair(self.level, self.term)
        grid.add_pair(self.constituency, self.card)
        grid.add_pair(self.from_on, self.to_on)
        grid.add_pair(self.end_reason, self.suspended)
        self._taking_away = link_button("移除这个职务", lambda: remove(self))
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(self._taking_away)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(8), px(8), px(8), px(4))
        column.setSpacing(px(2))
        column.addWidget(grid)
        column.addLayout(last)
        self._show(mandate)
        for field in self.fields():
            field.changed.connect(changed)

    def fields(self) -> tuple[Field, ...]:
        """Return the row's fields in the order of the Tab key."""
        return (
            self.level, self.term, self.constituency, self.card, self.from_on, self.to_on, self.end_reason,
            self.suspended,
        )  # fmt: skip

    def stops(self) -> tuple[QWidget, ...]:
        """Return where the Tab key stops in this row, in order."""
        return (*(field.typing() for field in self.fields()), self._taking_away)

    def mandate(self) -> Mandate:
        """Return what is typed."""
        return replace(
            self._mandate,
            level=self.level.value() or self._mandate.level,
            term=self.term.value() or "",
            constituency=self.constituency.value(),
            card_number=self.card.value(),
            from_on=self.from_on.value(),
            to_on=self.to_on.value(),
            end_reason=self.end_reason.value(),
            suspended=self.suspended.value(),
        )

    def problem(self) -> str:
        """Return what is wrong with the row, or an empty text."""
        if self.level.is_empty():
            return "请选择代表层级。"
        typed = next((text for field in self.fields() if (text := field.own_problem())), "")
        if typed:
            return typed
        wrong = mandate_problem(self.mandate())
        return wrong.message if wrong else ""

    def _show(self, mandate: Mandate) -> None:
        self.level.set_value(mandate.level)
        self.term.set_value(mandate.term)
        self.constituency.set_value(mandate.constituency)
        self.card.set_value(mandate.card_number)
        self.from_on.set_value(mandate.from_on)
        self.to_on.set_value(mandate.to_on)
        self.end_reason.set_value(mandate.end_reason)
        self.suspended.set_value(mandate.suspended)


class MandatesField(Field):
    """The mandates of a deputy, at least one. The value is a tuple of `Mandate`.

    Signals:
        rows_changed: there are other rows; the form sets the order of the Tab key anew.

    Args:
        levels: pairs of level and the word it has here, the usual one of a new mandate first.
        terms: terms known already.
        usual: the mandate a new row begins with.
        today: returns the day that short dates are relative to.
    """

    rows_changed = Signal()

    def __init__(
        self,
        levels: Sequence[tuple[Level, str]],
        terms: Sequence[str],
        usual: Mandate,
        today: Callable[[], date],
    ) -> None:
        super().__init__("代表职务", wide=True)
        self._levels = levels
        self._terms = terms
        self._usual = usual
        self._today = today
        self.rows: list[MandateRow] = []
        box = QWidget()
        self._column = QVBoxLayout(box)
        self._column.setContentsMargins(0, px(4), 0, 0)
        self._column.setSpacing(px(6))
        head = QHBoxLayout()
        head.addWidget(label("代表职务", "strong"))
        head.addStretch(1)
        adding = link_button("再加一个职务　Alt+M", self.add_row)
        adding.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Enter goes from the field before straight into the first row
        head.addWidget(adding)
        self._column.addLayout(head)
        self.put(box)
        self.setFocusProxy(None)  # type: ignore[arg-type]  # Qt takes None for no proxy
        whole = self.layout()
        if isinstance(whole, QVBoxLayout):
            whole.insertWidget(0, self._problem)  # above the rows, which may be longer than the panel
        QShortcut(QKeySequence("Alt+M"), self, self.add_row)

    def value(self) -> tuple[Mandate, ...]:
        """Return the mandates as typed."""
        return tuple(row.mandate() for row in self.rows)

    def set_value(self, value: Any) -> None:
        """Show these mandates; none shows one usual row."""
        for row in self.rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for mandate in value or (self._usual,):
            self._add(mandate)
        self.rows_changed.emit()
        self.clear_problem()

    def typed(self) -> list[list[Any]]:
        """See `Field.typed`: each row as the uid of its mandate and what is typed in its fields."""
        return [[row.mandate().uid, *(field.typed() for field in row.fields())] for row in self.rows]

    def put_typed(self, kept: list[list[Any]]) -> None:
        """See `Field.put_typed`; a mandate that is gone meanwhile becomes a new one."""
        known = {one.uid: one for one in self.value() if one.uid}
        self.set_value(tuple(known.get(row[0], replace(self._usual, id=0, uid="")) for row in kept))
        for shown, row in zip(self.rows, kept, strict=False):
            for field, text in zip(shown.fields(), row[1:], strict=True):
                field.put_typed(text)

    def own_problem(self) -> str:
        """Tell what is wrong with one of the rows, or that a mandate is there twice."""
        for row in self.rows:
            if text := row.problem():
                return text
        held = self.value()
        for place, one in enumerate(held):
            if any(_overlap(one, other) for other in held[:place]):
                words = dict(self._levels)
                return f"{words.get(one.level, '')}代表职务有两条时间重叠，请移除一条或核对起止日期。"
        return ""

    def leave(self) -> None:
        """Bring every typed text into its proper form."""
        for row in self.rows:
            for field in row.fields():
                field.leave()

    def stops(self) -> list[QWidget]:
        """Return where the Tab key stops in the rows, in order."""
        return [stop for row in self.rows for stop in row.stops()]

    def add_row(self) -> None:
        """Add a mandate and go to its level."""
        row = self._add(replace(self._usual, id=0, uid=""))
        self.rows_changed.emit()
        self.changed.emit()
        row.level.setFocus()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the focus on to the first row."""
        super().focusInEvent(event)
        self.rows[0].level.setFocus()

    def _add(self, mandate: Mandate) -> MandateRow:
        row = MandateRow(mandate, self._levels, self._terms, self._today, self.changed.emit, self._remove)
        self.rows.append(row)
        self._column.addWidget(row)
        return row

    def _remove(self, row: MandateRow) -> None:
        if len(self.rows) == 1:
            self.show_problem("代表至少要有一个职务；不再担任时请填写终止日期和原因。")
            return
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.rows[-1].level.setFocus()
        self.changed.emit()


def _overlap(one: Mandate, other: Mandate) -> bool:
    if one.level is not other.level:
        return False
    return (not one.to_on or other.from_on < one.to_on) and (not other.to_on or one.from_on < other.to_on)
