"""The answer limits of single categories and tiers: a list of short lines in the form of limits."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from station_app.domain.limits import Limit, Measure, SpecialLimit
from station_app.domain.station import StationProfile, Tier
from station_app.ui.cards import label, link_button
from station_app.ui.field import Field
from station_app.ui.fields import ChoiceField, SegmentField
from station_app.ui.limit_field import LimitField
from station_app.ui.theme import px

_USUAL = Limit(1, Measure.MONTH)


class _Line(QFrame):
    """One limit of its own: category, tier, number and unit.

    Signals:
        changed: the clerk changed it.
        removed: the clerk takes it away.
    """

    changed = Signal()
    removed = Signal()

    def __init__(
        self, categories: Sequence[str], tiers: Sequence[tuple[Tier | None, str]], shown: SpecialLimit
    ) -> None:
        super().__init__()
        self.category = ChoiceField("类别", categories, placeholder="全部类别")
        self.tier = SegmentField("层级", tiers)
        self.limit = LimitField("期限", "")
        self.category.setFixedWidth(px(150))
        self.category.set_value(shown.category or None)
        self.tier.set_value(shown.tier)
        self.limit.set_value(shown.limit)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(6))
        for part in (self.category, self.tier, self.limit, link_button("去掉", self.removed.emit)):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignTop)
        row.addStretch(1)
        for field in (self.category, self.tier, self.limit):
            field.changed.connect(self.changed)

    def value(self) -> SpecialLimit:
        """Return what it says."""
        return SpecialLimit(self.category.value() or "", self.tier.value(), self.limit.value())

    def problem(self) -> str:
        """Return why it cannot be kept, or an empty text."""
        return self.limit.own_problem() or ("" if self.limit.value().amount else "单列的期限不能是 0。")


class SpecialLimitsField(Field):
    """The list. The value is a tuple of `SpecialLimit`; the first that fits a matter counts."""

    def __init__(self) -> None:
        super().__init__("单列答复期限", wide=True)
        self._categories: Sequence[str] = ()
        self._tiers: list[tuple[Tier | None, str]] = []
        self.lines: list[_Line] = []
        box = QWidget()
        self._column = QVBoxLayout(box)
        self._column.setContentsMargins(0, px(5), 0, 0)
        self._column.setSpacing(px(6))
        self.add_button = link_button("添加一类", self.add_line)
        self._column.addWidget(
            label("单列的答复期限：某一类别、某一层级另有期限的，在这里单列；排在前面的优先。", "muted", wrap=True)
        )
        self._column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.put(box, self.add_button)

    def set_offered(self, categories: Sequence[str], profile: StationProfile) -> None:
        """Offer categories and tiers; the county has no binding limit."""
        self._categories = categories
        self._tiers = [
            (None, "各级"), (Tier.VILLAGE, "村(居)"), (Tier.TOWNSHIP, profile.tier_word)
        ]  # fmt: skip

    def add_line(self) -> None:
        """Add a line and go to it."""
        line = self._put_line(SpecialLimit("", None, _USUAL))
        self.changed.emit()
        line.category.setFocus()

    def _put_line(self, shown: SpecialLimit) -> _Line:
        line = _Line(self._categories, self._tiers, shown)
        line.changed.connect(self.changed)
        line.removed.connect(lambda: self._remove(line))
        self.lines.append(line)
        self._column.insertWidget(self._column.count() - 1, line)
        line.show()
        return line

    def _remove(self, line: _Line) -> None:
        self._drop(line)
        self.changed.emit()
        self.add_button.setFocus()

    def _drop(self, line: _Line) -> None:
        self.lines.remove(line)
        line.hide()
        line.setParent(None)
        line.deleteLater()

    def value(self) -> tuple[SpecialLimit, ...]:
        """Return the limits of the list."""
        return tuple(line.value() for line in self.lines)

    def set_value(self, value: tuple[SpecialLimit, ...] | None) -> None:
        """Show limits."""
        for line in list(self.lines):
            self._drop(line)
        for one in value or ():
            self._put_line(one)
        self.clear_problem()

    def typed(self) -> list[list[Any]]:
        """See `Field.typed`."""
        return [[one.category, one.tier, one.limit.amount, one.limit.measure] for one in self.value()]

    def put_typed(self, kept: list[list[Any]]) -> None:
        """See `Field.put_typed`."""
        self.set_value(
            tuple(
                SpecialLimit(category, Tier(tier) if tier else None, Limit(amount, Measure(measure)))
                for category, tier, amount, measure in kept
            )
        )

    def own_problem(self) -> str:
        """Tell what a line lacks."""
        return next((problem for line in self.lines if (problem := line.problem())), "")
