"""The three columns of the page 代表: the tree, the roster, the card or form; what gives way where there is no room."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QSplitter, QWidget

from station_app.ui.deputy_side import DeputySide
from station_app.ui.roster_side import RosterSide
from station_app.ui.theme import px

_NARROW = 1004
_LEAST_LEFT, _LEAST_ROSTER = 190, 300


class RosterColumns(QSplitter):
    """See the module.

    Args:
        left: the tree.
        roster: table or cards.
        side: the card or a form.

    Attributes:
        button: shows or hides the tree.
    """

    def __init__(self, left: RosterSide, roster: QWidget, side: DeputySide) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._left = left
        self._roster = roster
        self._side = side
        self._wide = True
        self._form = False
        self.setChildrenCollapsible(False)
        self.setHandleWidth(px(12))
        left.setMinimumWidth(px(_LEAST_LEFT))
        roster.setMinimumWidth(px(_LEAST_ROSTER))
        for part in (left, roster, side):
            self.addWidget(part)
        self.setStretchFactor(1, 1)
        self.button = QPushButton("分组栏")
        self.button.setCheckable(True)
        self.button.setChecked(True)
        self.button.setToolTip("显示或收起左边一栏（Alt+G）")
        self.button.toggled.connect(self._toggle)
        self.share_room()

    def share_room(self) -> None:
        """Give the columns their usual widths."""
        self.setSizes([px(210), max(self.width() - px(570), px(300)), px(340)])

    def show_form(self, *, shown: bool) -> None:
        """Make room for a form at the right, or take it back."""
        self._form = shown
        self._left.setVisible(self.button.isChecked() and (self._wide or not shown))
        self._fit()
        if not shown:
            self.share_room()

    def go_left(self) -> None:
        """Put the keyboard into the tree (Alt+G)."""
        self.button.setChecked(True)
        self._left.go()

    def next_tree(self) -> None:
        """Let the tree be by something else (Alt+B)."""
        self.button.setChecked(True)
        self._left.next_tree()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the tree where there is no room for three columns, and unfold it where there is."""
        super().resizeEvent(event)
        wide = event.size().width() >= px(_NARROW)
        if wide is not self._wide:
            self._wide = wide
            self.button.setChecked(wide)
        self._fit()

    def _toggle(self, shown: bool) -> None:
        self._left.setVisible(shown)
        if not shown:
            self._left.go_to_all()

    def _fit(self) -> None:
        """Let the roster step aside while a form is open that leaves it no room."""
        needed = self._side.minimumWidth() + px(_LEAST_ROSTER + 12)
        self._roster.setVisible(not self._form or self.width() >= needed)
