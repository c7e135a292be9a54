"""The column at the left of the roster: a choice of what it is by, and the tree of it; remembered."""

from collections.abc import Sequence

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QComboBox, QStackedWidget, QVBoxLayout, QWidget

from station_app.domain.people import RosterLine
from station_app.ui.groups_panel import GroupsPanel
from station_app.ui.roster_tree import TREE_LABELS, RosterTree, TreeKind, branches
from station_app.ui.theme import px

_REMEMBERED = "roster/tree"


class RosterSide(QWidget):
    """The groups' tree, or one by level, village, constituency or place of work.

    Signals:
        chosen: another node, or another tree.

    Args:
        groups: the groups with what is done to them.
        settings: where the choice is remembered.
    """

    chosen = Signal()

    def __init__(self, groups: GroupsPanel, settings: QSettings) -> None:
        super().__init__()
        self.groups = groups
        self.tree = RosterTree()
        self._settings = settings
        self._lines: list[RosterLine] = []
        self._orders: dict[TreeKind, Sequence[str]] = {}
        self.choice = QComboBox()
        self.choice.setAccessibleName("名册树")
        self.choice.setToolTip("左边一栏按什么排（Alt+B）")
        for kind, word in TREE_LABELS.items():
            self.choice.addItem(word, kind)
        self.choice.setCurrentIndex(max(self.choice.findData(str(settings.value(_REMEMBERED, ""))), 0))
        self._stack = QStackedWidget()
        self._stack.addWidget(groups)
        self._stack.addWidget(self.tree)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self.choice)
        column.addWidget(self._stack, 1)
        self._stack.setCurrentIndex(int(not self.shows_groups()))
        self.choice.currentIndexChanged.connect(self._switch)
        self.tree.chosen.connect(self.chosen)

    def kind(self) -> TreeKind:
        """Return what the tree is by."""
        return TreeKind(self.choice.currentData())

    def show_lines(self, lines: list[RosterLine], levels: Sequence[str], villages: Sequence[str]) -> None:
        """Show other deputies.

        Args:
            lines: the deputies who may be chosen from.
            levels / villages: words in their order.
        """
        self._lines = lines
        self._orders = {TreeKind.LEVEL: levels, TreeKind.VILLAGE: villages}
        self._fill()

    def shows_groups(self) -> bool:
        """Tell whether it is the groups' tree."""
        return self.kind() is TreeKind.GROUP

    def holds(self, deputy_id: int) -> bool:
        """Tell whether a deputy stands at the node; of the groups' tree that is asked elsewhere."""
        return self.tree.holds(deputy_id)

    def go(self) -> None:
        """Put the keyboard into the tree."""
        (self.groups.tree if self.shows_groups() else self.tree.tree).setFocus()

    def next_tree(self) -> None:
        """Choose the next tree (Alt+B)."""
        self.choice.setCurrentIndex((self.choice.currentIndex() + 1) % self.choice.count())
        self.go()

    def go_to_all(self) -> None:
        """Stand on 全部代表."""
        self.groups.tree.go_to_all()
        self.tree.go_to_all()

    def _switch(self) -> None:
        self._settings.setValue(_REMEMBERED, self.kind().value)
        self.go_to_all()
        self._fill()
        self._stack.setCurrentIndex(int(not self.shows_groups()))
        self.chosen.emit()

    def _fill(self) -> None:
        kind = self.kind()
        if kind is not TreeKind.GROUP:
            self.tree.show_branches(len(self._lines), branches(kind, self._lines, self._orders.get(kind, ())))
