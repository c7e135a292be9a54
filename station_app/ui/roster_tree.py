"""The roster as a tree by level, village, constituency or place of work: a node filters the table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem

from station_app.domain.people import RosterLine
from station_app.support import pinyin
from station_app.ui.cards import Card
from station_app.ui.field import ENTER, plain
from station_app.ui.theme import px, scaled_font

_ROLE = Qt.ItemDataRole.UserRole


class TreeKind(StrEnum):
    """What the tree at the left of the roster is by."""

    GROUP = "group"
    LEVEL = "level"
    VILLAGE = "village"
    CONSTITUENCY = "constituency"
    WORKPLACE = "workplace"


TREE_LABELS = {
    TreeKind.GROUP: "按小组",
    TreeKind.LEVEL: "按层级",
    TreeKind.VILLAGE: "按村(居)",
    TreeKind.CONSTITUENCY: "按选区",
    TreeKind.WORKPLACE: "按单位",
}
_MISSING = {
    TreeKind.LEVEL: "没有层级",
    TreeKind.VILLAGE: "未填村(居)",
    TreeKind.CONSTITUENCY: "未填选区",
    TreeKind.WORKPLACE: "未填单位",
}


@dataclass(frozen=True)
class Branch:
    """A node under which deputies stand."""

    word: str
    lines: tuple[RosterLine, ...]


@dataclass(frozen=True)
class Spot:
    """Where the clerk stands in the tree.

    Args:
        word: of the branch; empty for all.
        deputy_id: the deputy, or None for the branch.
    """

    word: str = ""
    deputy_id: int | None = None


def branches(kind: TreeKind, lines: Iterable[RosterLine], order: Sequence[str] = ()) -> list[Branch]:
    """Return the deputies by level, village, constituency or place of work; of several, under each.

    Args:
        order: words in the wanted order; others follow by pinyin, and those without any at last.
    """
    found: dict[str, list[RosterLine]] = {}
    for line in lines:
        for word in _words(kind, line) or [""]:
            found.setdefault(word, []).append(line)
    places = {word: place for place, word in enumerate(order)}

    def rank(word: str) -> tuple[bool, int, object]:
        return (not word, places.get(word, len(places)), _numbered(word))

    return [Branch(word or _MISSING[kind], tuple(found[word])) for word in sorted(found, key=rank)]


def _words(kind: TreeKind, line: RosterLine) -> list[str]:
    text = {
        TreeKind.LEVEL: line.levels,
        TreeKind.VILLAGE: line.home,
        TreeKind.CONSTITUENCY: line.constituencies,
        TreeKind.WORKPLACE: line.workplace,
    }[kind]
    several = kind in (TreeKind.LEVEL, TreeKind.CONSTITUENCY)
    return [word for word in (text.split("、") if several else [text]) if word]


def _numbered(word: str) -> tuple[int, tuple[tuple[str, ...], str]]:
    """Sort 第2选区 before 第10选区, and words without a number by pinyin behind them."""
    digits = "".join(one for one in word if one.isdecimal())
    return int(digits) if digits else 1_000_000, pinyin.sort_key(word)


class RosterTree(Card):
    """The tree; Enter on a deputy opens the entry.

    Signals:
        chosen: the clerk stands on another node.
        opened: id of the deputy on whom Enter or a double click fell.
    """

    chosen = Signal()
    opened = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.set_flush()
        self.tree = _Tree()
        self.tree.currentItemChanged.connect(lambda _now, _before: self.chosen.emit())
        self.tree.itemDoubleClicked.connect(lambda _item, _column: self._open())
        self.tree.entered_on.connect(self._open)
        self.body.addWidget(self.tree, 1)
        self.setFocusProxy(self.tree)
        self._members: dict[str, frozenset[int]] = {}

    def show_branches(self, whole: int, shown: Sequence[Branch]) -> None:
        """Show other branches; the node the clerk stands on and what is unfolded are kept by their words."""
        tree, kept = self.tree, self.spot()
        tops = [item for at in range(tree.topLevelItemCount()) if (item := tree.topLevelItem(at))]
        unfolded = {item.data(0, _ROLE).word for item in tops if item.isExpanded()}
        tree.blockSignals(True)
        tree.clear()
        self._members = {one.word: frozenset(line.deputy_id for line in one.lines) for one in shown}
        current = self._add(None, f"全部代表　{whole}", Spot())
        for branch in shown:
            top = self._add(None, f"{branch.word}　{len(branch.lines)}", Spot(branch.word))
            current = top if kept == Spot(branch.word) else current
            for line in branch.lines:
                item = self._add(top, line.name, Spot(branch.word, line.deputy_id))
                current = item if kept == item.data(0, _ROLE) else current
            top.setExpanded(branch.word in unfolded)
        tree.setCurrentItem(current)
        tree.blockSignals(False)

    def spot(self) -> Spot:
        """Return where the clerk stands."""
        item = self.tree.currentItem()
        found = item.data(0, _ROLE) if item else None
        return found if isinstance(found, Spot) else Spot()

    def holds(self, deputy_id: int) -> bool:
        """Tell whether a deputy stands at the node the clerk stands on."""
        spot = self.spot()
        if spot.deputy_id is not None:
            return deputy_id == spot.deputy_id
        return not spot.word or deputy_id in self._members.get(spot.word, frozenset())

    def go_to_all(self) -> None:
        """Stand on 全部代表."""
        first = self.tree.topLevelItem(0)
        if first is not None:
            self.tree.setCurrentItem(first)

    def _open(self) -> None:
        spot = self.spot()
        if spot.deputy_id is not None:
            self.opened.emit(spot.deputy_id)

    def _add(self, parent: QTreeWidgetItem | None, text: str, spot: Spot) -> QTreeWidgetItem:
        item = QTreeWidgetItem([text])
        item.setData(0, _ROLE, spot)
        item.setToolTip(0, text)
        if parent is None:
            item.setFont(0, scaled_font(1.0, bold=True))
            self.tree.addTopLevelItem(item)
        else:
            parent.addChild(item)
        return item


class _Tree(QTreeWidget):
    """A tree without columns whose Enter is told.

    Signals:
        entered_on: Enter on the current node.
    """

    entered_on = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setHeaderHidden(True)
        self.setAccessibleName("代表名册树")
        self.setIndentation(px(14))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter."""
        if event.key() in ENTER and plain(event):
            self.entered_on.emit()
        else:
            super().keyPressEvent(event)
