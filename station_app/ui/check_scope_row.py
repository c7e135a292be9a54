"""The row above the walk through the roster: whom it is about, by group, level or village."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from station_app.domain.roster_check import CheckScope
from station_app.ui.flow_layout import FlowLayout


class CheckScopeRow(QWidget):
    """Three lists, each with everybody at first.

    Signals:
        changed: another scope.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        flow = FlowLayout(self)
        self.group, self.level, self.village = (_list(name) for name in ("代表小组", "层级", "村(居)"))
        for box in (self.group, self.level, self.village):
            box.currentIndexChanged.connect(lambda _index: self.changed.emit())
            flow.addWidget(box)

    def scope(self) -> CheckScope:
        """Return what is chosen."""
        return CheckScope(self.group.currentData(), self.level.currentData(), self.village.currentData())

    def offer(
        self, groups: Sequence[tuple[str, Any]], levels: Sequence[tuple[str, Any]], villages: Sequence[tuple[str, Any]]
    ) -> None:
        """Offer words with what they stand for, keeping what is chosen."""
        _refill(self.group, "小组：全部", groups)
        _refill(self.level, "层级：全部", levels)
        _refill(self.village, "村(居)：全部", villages)


def _list(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return made


def _refill(box: QComboBox, everything: str, offered: Sequence[tuple[str, Any]]) -> None:
    chosen = box.currentData()
    box.blockSignals(True)
    box.clear()
    box.addItem(everything, None)
    for word, value in offered:
        box.addItem(word, value)
    box.setCurrentIndex(max(box.findData(chosen), 0) if chosen is not None else 0)
    box.blockSignals(False)
