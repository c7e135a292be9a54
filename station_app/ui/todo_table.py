"""The table of 待办事项: grouped by a pill on the first line of each group; Enter or a click opens the matter."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QSettings, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from station_app.documents.columns import Column, Kind, Ledger
from station_app.domain.agenda import TODO_LABELS, TodoGroup, TodoItem
from station_app.domain.moves import Move
from station_app.ui.cases_behind import CasesBehind, CasesTogether
from station_app.ui.ledger_table import LedgerTable
from station_app.ui.marks import Mark, Shape
from station_app.ui.theme import Tone

_TONES = {
    TodoGroup.URGENT: (Tone.DANGER, Shape.DISC),
    TodoGroup.OVERDUE: (Tone.DANGER, Shape.DISC),
    TodoGroup.FOLLOW_UP_FULL: (Tone.QUIET, Shape.RING),
    TodoGroup.DUE_SOON: (Tone.WARNING, Shape.DIAMOND),
    TodoGroup.TO_STUDY: (Tone.INFO, Shape.ARROW),
    TodoGroup.TO_HAND_OVER: (Tone.INFO, Shape.ARROW),
    TodoGroup.TO_URGE: (Tone.INFO, Shape.ARROW),
    TodoGroup.TO_FEED_BACK: (Tone.INFO, Shape.ARROW),
    TodoGroup.TO_RATE: (Tone.INFO, Shape.ARROW),
    TodoGroup.PROMISE: (Tone.QUIET, Shape.RING),
    TodoGroup.ANNOUNCE: (Tone.WARNING, Shape.DIAMOND),
    TodoGroup.TERM: (Tone.WARNING, Shape.DIAMOND),
    TodoGroup.ROSTER: (Tone.QUIET, Shape.RING),
}
_ACTIONS = {
    Move.STUDY: "研究",
    Move.HAND_OVER: "交办",
    Move.URGE: "催办",
    Move.INQUIRE: "询问",
    Move.ANSWER: "答复",
    Move.FEED_BACK: "反馈",
    Move.RATE: "评价",
    Move.CLOSE: "办结",
    Move.CHECK_PROMISE: "核实",
}
_OTHER_ACTIONS = {TodoGroup.ANNOUNCE: "张贴", TodoGroup.TERM: "换届", TodoGroup.ROSTER: "核对"}
_PRESSING = frozenset({TodoGroup.URGENT, TodoGroup.OVERDUE})


@dataclass(frozen=True, slots=True)
class TodoRow:
    """One line of the table.

    Args:
        count: how many matters (deputies) its group has, on the group's first line; 0 on the others.
    """

    item: TodoItem
    place: int
    count: int

    @property
    def action(self) -> str:
        """The word of what is to be done."""
        word = _ACTIONS.get(self.item.move) if self.item.move else None
        return word or _OTHER_ACTIONS.get(self.item.group, "查看")


def todo_rows(items: Sequence[TodoItem]) -> list[TodoRow]:
    """Return the lines of the table; ``items`` are in the order of their groups."""
    counts: Counter[TodoGroup] = Counter()
    for item in items:
        counts[item.group] += max(1, len(item.deputy_ids))
    seen: set[TodoGroup] = set()
    rows = []
    for place, item in enumerate(items):
        rows.append(TodoRow(item, place, 0 if item.group in seen else counts[item.group]))
        seen.add(item.group)
    return rows


def _group_mark(row: TodoRow) -> Mark | None:
    if not row.count:
        return None
    tone, shape = _TONES[row.item.group]
    return Mark(f"{TODO_LABELS[row.item.group]} {row.count}", tone, shape)


def _due_mark(row: TodoRow) -> Mark | None:
    pressing = row.item.group in _PRESSING and row.item.due.startswith("已超")
    return Mark(row.item.due, Tone.DANGER, Shape.NONE) if pressing else None


TODO_LEDGER: Ledger[Any] = Ledger(
    "todo",
    "待办事项",
    (
        Column("group", "", lambda row: TODO_LABELS[row.item.group] if row.count else "", Kind.LABEL, 17),
        Column("number", "编号", lambda row: row.item.number, Kind.CODE, 13),
        Column("title", "事项", lambda row: row.item.title, Kind.TEXT, 16),
        Column("unit", "承办单位", lambda row: row.item.unit, Kind.TEXT, 23),
        Column("due", "期限", lambda row: row.item.due, Kind.LABEL, 11),
        Column("action", "", lambda row: row.action, Kind.LABEL, 6),
    ),
)


class TodoTable(LedgerTable):
    """See the module.

    Signals:
        chosen: the `TodoItem` the clerk wants to deal with.
        group_chosen: the `CasesTogether` of a whole group, by a click on its pill or Ctrl+Enter on any of its lines.
    """

    chosen = Signal(object)
    group_chosen = Signal(object)

    def __init__(self, settings: QSettings) -> None:
        super().__init__(
            TODO_LEDGER,
            lambda row: (row.item.group, row.item.case_id or row.item.title, row.item.day_id),
            settings,
            marks={
                "group": _group_mark,
                "due": _due_mark,
                "action": lambda row: Mark(row.action, Tone.QUIET, Shape.NONE),
            },
            widths={"title": 21},
            stretch="title",
            yielding=("unit", "number"),
        )
        self.view.setSortingEnabled(False)
        self.view.setAccessibleName("待办事项")
        self.set_empty("今天没有待办事项。")
        self.opened.connect(lambda row: self.chosen.emit(row.item))
        self.view.clicked.connect(self._clicked)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            bound = QShortcut(QKeySequence(key), self, self._choose_group)
            bound.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def set_items(self, items: Sequence[TodoItem]) -> None:
        """Show other things to do; the line the clerk stands on is kept."""
        self.set_rows(todo_rows(items))
        self._lengthen_titles()
        if self.current_row() is None and self.rows():
            self.select(self.model.id_at(0))

    def _lengthen_titles(self) -> None:
        """Give what concerns no unit the unit's room as well, while its column stands beside the title's."""
        header, title, unit = self.view.horizontalHeader(), self.model.column_of("title"), self.model.column_of("unit")
        self.view.clearSpans()
        if header.visualIndex(unit) == header.visualIndex(title) + 1:
            for place, row in enumerate(self.rows()):
                if not row.item.unit:
                    self.view.setSpan(place, title, 1, 2)

    def _clicked(self, index: QModelIndex) -> None:
        """Open by one click on the action, the whole group by one on its pill; elsewhere a click only selects."""
        row = self.model.row(index.row())
        if index.column() == self.model.column_of("action"):
            self.chosen.emit(row.item)
        elif index.column() == self.model.column_of("group") and row.count:
            self._choose_group()

    def _choose_group(self) -> None:
        """Go to the matters of the current line's group; a group of something else opens its line."""
        row = self.current_row()
        if row is None:
            return
        items = [one.item for one in self.rows() if one.item.group is row.item.group]
        numbers = frozenset(item.number for item in items if item.case_id is not None)
        if not numbers:
            self.chosen.emit(row.item)
            return
        (move, _count), *_others = Counter(item.move for item in items).most_common()
        self.group_chosen.emit(CasesTogether(CasesBehind(TODO_LABELS[row.item.group], numbers), move))
