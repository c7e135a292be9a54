"""The filter row of the 意见 page: what is asked for, and the buttons and the line that ask."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from station_app.domain.calendars import add_months
from station_app.domain.figures import Rules
from station_app.domain.progress import OPEN_STATES, STATE_LABELS, State
from station_app.ui.cards import Button, button, label
from station_app.ui.cases_behind import NO_FIGURE, CasesBehind
from station_app.ui.field import UndoGuard
from station_app.ui.filter_button import OPEN, FilterButton
from station_app.ui.flow_layout import FlowLayout
from station_app.ui.icons import icon
from station_app.ui.opinion_rows import OpinionRow
from station_app.ui.theme import MUTED, TONES, Tone, px

ALL = "all"
NOBODY = "—"
STATE_CHOICES: tuple[tuple[str, str], ...] = (
    (OPEN, "在办"),
    (ALL, "全部"),
    *((state.value, STATE_LABELS[state]) for state in State),
)


@dataclass(frozen=True)
class OpinionFilter:
    """What the table is to show; empty text asks for nothing.

    Args:
        state: `OPEN`, `ALL` or the value of a `State`.
        village: short name, or `NOBODY` for matters of everybody (全镇/其他).
        unit: the handling unit, or `NOBODY` for matters nobody handles yet.
        period: beginning of the ISO date raised: ``2026``, ``2026-11``.
        room: id of the room in digits, `NOBODY` for what was raised in the station itself.
        typed: searched in number, title, words, name and pinyin.
        behind: only these matters.
    """

    state: str = OPEN
    category: str = ""
    village: str = ""
    unit: str = ""
    period: str = ""
    overdue: bool = False
    due_soon: bool = False
    typed: str = ""
    behind: CasesBehind = NO_FIGURE
    room: str = ""

    def passes(self, row: OpinionRow) -> bool:
        """Tell whether a row is asked for."""
        case = row.case
        if self.state == OPEN:
            wanted = case.progress.state in OPEN_STATES
        else:
            wanted = self.state in {ALL, case.progress.state.value}
        return (
            wanted
            and (not self.behind.title or case.number in self.behind.numbers)
            and (not self.category or case.category == self.category)
            and (not self.village or (case.village or NOBODY) == self.village)
            and (not self.unit or (case.progress.unit or NOBODY) == self.unit)
            and (not self.room or str(case.room_id or NOBODY) == self.room)
            and case.raised_on.startswith(self.period)
            and self._pressing(row)
            and (not self.typed or self.typed in row.found_by)
        )

    def _pressing(self, row: OpinionRow) -> bool:
        if not (self.overdue or self.due_soon):
            return True
        return (self.overdue and row.is_overdue) or (self.due_soon and row.is_due_soon)


def periods(rows: Iterable[OpinionRow], today: date) -> list[tuple[str, str]]:
    """Return the periods to choose from: all, this month, last month, and each year that has matters."""
    last_month = add_months(today.replace(day=1), -1)
    years = sorted({row.case.raised_on[:4] for row in rows} | {f"{today.year}"}, reverse=True)
    return [
        ("", "全部"),
        (f"{today:%Y-%m}", f"{today.year}年{today.month}月"),
        (f"{last_month:%Y-%m}", f"{last_month.year}年{last_month.month}月"),
        *((year, f"{year}年") for year in years),
    ]


class PressingButton(Button):
    """A switch that says how many matters press, in the colour of their mark while there are any.

    Args:
        word: e.g. 超期.
        switched: called when the clerk switches it.
    """

    def __init__(self, word: str, icon_name: str, tone: Tone, switched: Callable[[bool], None]) -> None:
        super().__init__(word, icon_name)
        self._word = word
        self._tone = tone
        self._count = 0
        self.setCheckable(True)
        self.toggled.connect(switched)

    def set_count(self, count: int) -> None:
        """Say how many there are."""
        self._count = count
        self.setText(f"{self._word} {count:,}")
        self.updateGeometry()

    def _inks(self) -> tuple[str, str]:
        return (TONES[self._tone][0], MUTED) if self._count else super()._inks()


class OpinionFilterBar(QWidget):
    """The row of filters over the table; it wraps where the window is narrow.

    Signals:
        changed: another filter holds.
        left: the clerk pressed Enter or Down in the search line and wants to go on to the table.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, columns_button: QWidget) -> None:
        super().__init__()
        self._filter = OpinionFilter()
        self.state = FilterButton("状态", lambda key: self._set(state=key), STATE_CHOICES)
        self.category = FilterButton("类别", lambda key: self._set(category=key))
        self.village = FilterButton("村(居)", lambda key: self._set(village=key))
        self.unit = FilterButton("承办", lambda key: self._set(unit=key))
        self.period = FilterButton("期间", lambda key: self._set(period=key))
        self.room = FilterButton("站室", lambda key: self._set(room=key))
        self.room.hide()
        self.overdue = PressingButton("超期", "circle-alert", Tone.DANGER, lambda on: self._set(overdue=on))
        self.due_soon = PressingButton("即将到期", "diamond", Tone.WARNING, lambda on: self._set(due_soon=on))
        self.behind = button("")
        self.behind.setToolTip("不再只看这些")
        self.behind.clicked.connect(lambda _checked=False: self.ask(OpinionFilter()))
        self.behind.hide()
        self.search = SearchLine()
        self.search.textChanged.connect(lambda text: self._set(typed=text.strip().lower()))
        self.search.left.connect(self.left)
        self._count = label("", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(10))
        wrapping = QWidget()
        flow = FlowLayout(wrapping, filling=True, together=3)
        for part in (
            self.behind, self.state, self.category, self.village, self.unit, self.room, self.period, self.overdue,
            self.due_soon, self.search,
        ):  # fmt: skip
            flow.addWidget(part)
        policy = wrapping.sizePolicy()
        policy.setHeightForWidth(True)
        wrapping.setSizePolicy(policy)
        row.addWidget(wrapping, 1)
        row.addWidget(self._count, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(columns_button, 0, Qt.AlignmentFlag.AlignTop)
        self._count.setFixedHeight(px(32))
        columns_button.setFixedHeight(px(32))

    def offer(self, rows: Sequence[OpinionRow], rules: Rules) -> None:
        """Offer what occurs in the matters, and the rooms of a station that has any."""
        everybody, names = rules.profile.whole_place, rules.rooms
        categories = sorted({row.case.category for row in rows})
        villages = sorted({row.case.village for row in rows if row.case.village})
        units = sorted({row.case.progress.unit for row in rows if row.case.progress.unit})
        self.category.set_choices([("", "全部"), *((name, name) for name in categories)])
        self.village.set_title(rules.profile.village_word)
        self.village.set_choices([("", "全部"), *((name, name) for name in villages), (NOBODY, everybody)])
        self.unit.set_choices([("", "全部"), *((name, name) for name in units), (NOBODY, "未交办")])
        self.period.set_choices(periods(rows, rules.today))
        self.room.set_choices([("", "全部"), *((str(key or NOBODY), name) for key, name in names.items())])
        self.room.setVisible(bool(names))
        if self._filter.room and self.room.key() != self._filter.room:
            self._filter = replace(self._filter, room="")

    def value(self) -> OpinionFilter:
        """Return what is asked for."""
        return self._filter

    def ask(self, wanted: OpinionFilter) -> None:
        """Ask for something else, as if the clerk had chosen it."""
        self._filter = wanted
        for part, key in (
            (self.state, wanted.state), (self.category, wanted.category), (self.village, wanted.village),
            (self.unit, wanted.unit), (self.period, wanted.period), (self.room, wanted.room),
        ):  # fmt: skip
            part.show_key(key)
        self.overdue.setChecked(wanted.overdue)
        self.due_soon.setChecked(wanted.due_soon)
        self.search.blockSignals(True)
        self.search.setText(wanted.typed)
        self.search.blockSignals(False)
        self.behind.setText(f"只看{wanted.behind.title} ✕")
        self.behind.setVisible(bool(wanted.behind.title))
        self.changed.emit()

    def set_counts(self, shown: int, total: int, overdue: int, due_soon: int) -> None:
        """Say how many of how many are shown, and how many press."""
        self._count.setText(f"{shown:,} / {total:,}")
        self._count.setAccessibleName(f"显示 {shown} 件，共 {total} 件")
        self._count.setToolTip(self._count.accessibleName())
        self.overdue.set_count(overdue)
        self.due_soon.set_count(due_soon)

    def counts_text(self) -> str:
        """Return how many of how many: ``43 / 1,206``."""
        return self._count.text()

    def _set(self, **changes: Any) -> None:
        wanted = replace(self._filter, **changes)
        if wanted != self._filter:
            self._filter = wanted
            self.changed.emit()


class SearchLine(QLineEdit):
    """The line typed in to narrow the table."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText("编号 标题 内容 姓名 拼音")
        self.setAccessibleName("在本页查找")
        self.setClearButtonEnabled(True)
        self.addAction(icon("search", MUTED), QLineEdit.ActionPosition.LeadingPosition)
        self.setMinimumWidth(px(150))
        self.setMaximumWidth(px(320))
        self._guard = UndoGuard(self)
        self.installEventFilter(self._guard)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on to the table by Enter or Down."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
        else:
            super().keyPressEvent(event)
