"""The filter row above the roster."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from station_app.domain.people import RosterLine
from station_app.support import pinyin
from station_app.ui.cards import label
from station_app.ui.deputy_card import check_is_due
from station_app.ui.field import UndoGuard
from station_app.ui.flow_layout import FlowLayout
from station_app.ui.icons import icon
from station_app.ui.theme import MUTED, px


class Standing(StrEnum):
    """Which deputies are listed."""

    SERVING = "serving"
    FORMER = "former"


@dataclass(frozen=True)
class RosterFilter:
    """What the clerk wants to see.

    Args:
        typed: characters, pinyin or initials of the name, part of the phone, post or constituency.
        level: the level's word, or empty.
        village: short name, or empty.
        due: only those not checked for a year.
    """

    typed: str = ""
    level: str = ""
    village: str = ""
    due: bool = False

    def finds(self, line: RosterLine, today: date) -> bool:
        """Tell whether a line is wanted."""
        return (
            (not self.level or self.level in line.levels.split("、"))
            and (not self.village or self.village in line.villages.split("、"))
            and (not self.due or check_is_due(line.checked_on, today))
            and self._finds_text(line)
        )

    def _finds_text(self, line: RosterLine) -> bool:
        typed = self.typed.strip()
        if not typed or pinyin.matches(line.name, typed):
            return True
        return any(typed in text for text in (line.phone, line.post, line.constituencies, line.card_numbers))


class RosterFilterRow(QWidget):
    """Search, level, village, serving or former, and how many of how many.

    Signals:
        changed: another filter.
        standing_changed: other people altogether.
    """

    changed = Signal()
    standing_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.search = QLineEdit()
        self.search.setPlaceholderText("姓名 拼音 首字母 电话")
        self.search.setAccessibleName("筛选代表")
        self.search.setToolTip("筛选代表（Ctrl+K）")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search", MUTED), QLineEdit.ActionPosition.LeadingPosition)
        self._guard = UndoGuard(self)
        self.search.installEventFilter(self._guard)
        self.level = _list("层级")
        self.village = _list("村(居)")
        self.standing = _list("任职状态")
        self.standing.addItem("在任", Standing.SERVING)
        self.standing.addItem("已离任", Standing.FORMER)
        self.due = QPushButton("久未核对")
        self.due.setCheckable(True)
        self.due.setToolTip("只看一年以上没有核对的代表")
        self._count = label("", "muted")
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.search.setFixedWidth(px(200))
        wrapping = QWidget()
        self.flow = FlowLayout(wrapping)
        for part in (self.search, self.level, self.village, self.standing, self.due):
            self.flow.addWidget(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addWidget(wrapping, 1)
        row.addWidget(self._count, 0, Qt.AlignmentFlag.AlignTop)
        self._count.setFixedHeight(px(32))
        self.search.textChanged.connect(self.changed)
        self.level.currentIndexChanged.connect(self.changed)
        self.village.currentIndexChanged.connect(self.changed)
        self.standing.currentIndexChanged.connect(self.standing_changed)
        self.due.toggled.connect(self.changed)

    def filter(self) -> RosterFilter:
        """Return what is chosen."""
        return RosterFilter(
            self.search.text(), self.level.currentData() or "", self.village.currentData() or "", self.due.isChecked()
        )

    def former(self) -> bool:
        """Tell whether former deputies are listed."""
        return Standing(self.standing.currentData()) is Standing.FORMER

    def offer(self, levels: Sequence[str], villages: Sequence[str]) -> None:
        """Offer these levels and villages, keeping what is chosen."""
        _refill(self.level, "层级：全部", levels)
        _refill(self.village, "村(居)：全部", villages)

    def show_count(self, shown: int, whole: int, due: int) -> None:
        """Say how many of how many are listed, and how many wait for their check."""
        self._count.setText(f"{shown} / {whole}")
        self.due.setText(f"久未核对 {due}" if due else "久未核对")
        self.due.setEnabled(bool(due) or self.due.isChecked())

    def clear(self) -> None:
        """Show everyone again."""
        self.search.clear()
        self.level.setCurrentIndex(0)
        self.village.setCurrentIndex(0)
        self.due.setChecked(False)


def _list(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return made


def _refill(box: QComboBox, everything: str, words: Sequence[str]) -> None:
    chosen = box.currentData()
    box.blockSignals(True)
    box.clear()
    box.addItem(everything, "")
    for word in words:
        box.addItem(word, word)
    box.setCurrentIndex(max(box.findData(chosen), 0))
    box.blockSignals(False)
