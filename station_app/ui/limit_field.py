"""The field of a limit: a number and its unit."""

from PySide6.QtWidgets import QHBoxLayout, QLayout, QLineEdit, QWidget

from station_app.domain.limits import MEASURE_LABELS, Limit, Measure
from station_app.ui.cards import WrappingLabel
from station_app.ui.field import Field
from station_app.ui.flow_layout import FlowLayout
from station_app.ui.switch_fields import SegmentField
from station_app.ui.theme import px

MOST = 366
"""The longest limit, in whatever unit."""


class LimitField(Field):
    """A limit: a number and its unit. The value is a `Limit`."""

    def __init__(self, title: str, why: str) -> None:
        super().__init__(title, required=True, wide=True)
        self.number = QLineEdit()
        self.number.setFixedWidth(px(64))
        self.number.setAccessibleName(title)
        self.number.textEdited.connect(self.changed)
        self.unit = SegmentField(f"{title}单位", [(unit, word) for unit, word in MEASURE_LABELS.items()])
        self.unit.changed.connect(self.changed)
        box = QWidget()
        if why:
            row: QLayout = FlowLayout(box, spacing=6)
        else:
            row = QHBoxLayout(box)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(px(6))
        for part in (self.number, self.unit, *([WrappingLabel(why, "small")] if why else [])):
            row.addWidget(part)
        self.put(box, self.number)

    def value(self) -> Limit:
        """Return the limit; 0 when no number is typed."""
        text = self.number.text().strip()
        return Limit(int(text) if text.isdecimal() else 0, self.unit.value())

    def set_value(self, value: Limit | None) -> None:
        """Show a limit."""
        shown = value or Limit(0, Measure.DAY)
        self.number.setText(str(shown.amount))
        self.unit.set_value(shown.measure)
        self.clear_problem()

    def typed(self) -> list[str]:
        """See `Field.typed`."""
        return [self.number.text(), self.unit.value()]

    def put_typed(self, kept: list[str]) -> None:
        """See `Field.put_typed`."""
        self.number.setText(kept[0])
        self.unit.set_value(kept[1])
        self.clear_problem()

    def own_problem(self) -> str:
        """Tell when no number is typed."""
        text = self.number.text().strip()
        return "" if text.isdecimal() and int(text) <= MOST else f"{self.title}请填 0 到 {MOST} 的整数。"

    def show_problem(self, text: str) -> None:
        """Mark the number."""
        super().show_problem(text)
        self.number.setProperty("wrong", bool(text))
