"""The filter row above the roster."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from station_app.domain.people import IN_OFFICE, STANDING_LABELS, RosterLine, Standing
from station_app.domain.roster_check import check_is_due
from station_app.support import pinyin
from station_app.ui.bar_day import BarDay
from station_app.ui.cards import label
from station_app.ui.field import UndoGuard
from station_app.ui.flow_layout import FlowLayout
from station_app.ui.icons import icon
from station_app.ui.theme import MUTED, px

_STANDINGS = (
    ("在任", IN_OFFICE),
    *((STANDING_LABELS[one], frozenset({one})) for one in Standing if one is not Standing.SERVING),
)
_WHOLE_DAY = 10
"""Characters of a day written in full."""


@dataclass(frozen=True)
class RosterFilter:
    """What the clerk wants to see.

    Args:
        typed: characters, pinyin or initials of the name, part of a phone, post, constituency, card number or
            skill.
        level: the level's word, or empty.
        village: short name, or empty; that the deputy lives in or keeps contact with.
        term: e.g. 第十八届, or empty.
        due: only those not checked for so many months; None for all.
    """

    typed: str = ""
    level: str = ""
    village: str = ""
    term: str = ""
    due: int | None = None

    def finds(self, line: RosterLine, today: date) -> bool:
        """Tell whether a line is wanted."""
        return (
            (not self.level or self.level in line.levels.split("、"))
            and (not self.village or self.village in (line.home, *line.villages.split("、")))
            and (not self.term or self.term in line.terms.split("、"))
            and (self.due is None or check_is_due(line.checked_on, today, self.due))
            and self._finds_text(line)
        )

    def _finds_text(self, line: RosterLine) -> bool:
        typed = self.typed.strip()
        if not typed or pinyin.matches(line.name, typed):
            return True
        digits = typed.replace(" ", "").replace("-", "")
        return any(digits in phone for phone in (line.phone, line.phone2)) or any(
            typed.upper() in text.upper() for text in (line.post, line.constituencies, line.card_numbers, line.skills)
        )


class RosterFilterRow(QWidget):
    """Search, level, village, term, standing, the day it is told of, and how many of how many.

    Signals:
        changed: another filter.
        standing_changed: other people altogether, or another day.

    Args:
        today: returns the day.
    """

    changed = Signal()
    standing_changed = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._told = ""
        self.search = QLineEdit()
        self.search.setPlaceholderText("姓名 拼音 电话")
        self.search.setAccessibleName("筛选代表")
        self.search.setToolTip("姓名、拼音、首字母，或电话、选区、职务、证号、专长的一部分（Ctrl+K）")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(icon("search", MUTED), QLineEdit.ActionPosition.LeadingPosition)
        self._guard = UndoGuard(self)
        self.search.installEventFilter(self._guard)
        self.level = _list("层级")
        self.village = _list("村(居)")
        self.standing = _list("任职状态")
        for word, standings in _STANDINGS:
            self.standing.addItem(word, standings)
        self.term = _list("届次")
        self.day = BarDay("名册日期", today)
        self.day.edit.setPlaceholderText("名册日期")
        self.day.setToolTip("看某一天的名册：当日谁在任、在哪个小组（Alt+D）；按 Esc 回到今天")
        self.day.setFixedWidth(px(150))
        self.due = QPushButton("久未核对")
        self.due.setCheckable(True)
        self.due.setToolTip("只看很久没有核对的代表")
        self._count = label("", "muted")
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.search.setFixedWidth(px(160))
        wrapping = QWidget()
        self.flow = FlowLayout(wrapping)
        for part in (self.search, self.level, self.village, self.term, self.standing, self.due, self.day):
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
        self.term.currentIndexChanged.connect(self.changed)
        self.due.toggled.connect(self.changed)
        self.day.changed.connect(self._day_typed)
        self.day.edit.editingFinished.connect(self._look_at_day)

    def filter(self, months: int) -> RosterFilter:
        """Return what is chosen.

        Args:
            months: after how many an entry waits for its check.
        """
        return RosterFilter(
            self.search.text(),
            self.level.currentData() or "",
            self.village.currentData() or "",
            self.term.currentData() or "",
            months if self.due.isChecked() else None,
        )

    def standings(self) -> Collection[Standing]:
        """Return how those who are listed stand to the station."""
        found: Collection[Standing] = self.standing.currentData()
        return found

    def past_day(self) -> str:
        """Return the ISO date the roster is told of when it is not today, else an empty text."""
        day = self.day.value()
        return "" if day == self._today().isoformat() else day

    def go_to_today(self) -> None:
        """Tell of today again."""
        self.day.set_value(None)
        self._look_at_day()

    def offer(self, levels: Sequence[str], villages: Sequence[str], terms: Sequence[str]) -> None:
        """Offer these levels, villages and terms, keeping what is chosen."""
        _refill(self.level, "层级：全部", levels)
        _refill(self.village, "村(居)：全部", villages)
        _refill(self.term, "届次：全部", terms)

    def show_count(self, shown: int, whole: int, due: int) -> None:
        """Say how many of how many are listed, and how many wait for their check."""
        self._count.setText(f"{shown} / {whole}")
        self.due.setText(f"久未核对 {due}" if due else "久未核对")
        self.due.setEnabled(bool(due) or self.due.isChecked())

    def clear(self) -> None:
        """Show everyone of the present choice again."""
        self.search.clear()
        for box in (self.level, self.village, self.term):
            box.setCurrentIndex(0)
        self.due.setChecked(False)

    def show_everyone(self) -> None:
        """Show those who serve today."""
        self.clear()
        self.standing.setCurrentIndex(0)
        if self.past_day():
            self.go_to_today()

    def show_standing(self, standing: Standing) -> None:
        """Choose the list in which a deputy of this standing is."""
        place = next(at for at, (_word, holds) in enumerate(_STANDINGS) if standing in holds)
        self.standing.setCurrentIndex(place)

    def _day_typed(self) -> None:
        """Look at a day as soon as it is whole; a half-typed one waits for Enter."""
        if len(self.day.edit.text().strip()) in (0, _WHOLE_DAY):
            self._look_at_day()

    def _look_at_day(self) -> None:
        if not self.day.own_problem() and self.past_day() != self._told:
            self._told = self.past_day()
            self.standing_changed.emit()


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
