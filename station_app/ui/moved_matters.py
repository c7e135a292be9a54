"""The open matters that a changed limit would move, listed before it is saved, and what the clerk says to it."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from station_app.services.opinion_desk import MovedDate
from station_app.ui.cards import Button, PrimaryButton, button, label
from station_app.ui.flow_layout import FlowLayout
from station_app.ui.theme import px


class MovedMatters(QWidget):
    """See the module.

    Signals:
        decided: True when the open matters move too, False when they keep their dates.
        given_up: the change is not saved.
    """

    decided = Signal(bool)
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(px(14), px(12), px(14), px(12))
        column.setSpacing(px(8))
        self._head = label("", "heading", wrap=True)
        self.list = QListWidget()
        self.list.setAccessibleName("期限会变的在办事项")
        self.too: Button = PrimaryButton("在办的也按新期限")
        self.only_new = button("只对今后的")
        self.cancel = button("取消", "", "Esc")
        row = QWidget()
        actions = FlowLayout(row)
        for made in (self.too, self.only_new, self.cancel):
            actions.addWidget(made)
        column.addWidget(self._head)
        column.addWidget(self.list, 1)
        column.addWidget(label("“只对今后的”：已经在走的期限照旧，今天起新的一步按新期限。", "small", wrap=True))
        column.addWidget(row)
        self.too.clicked.connect(lambda _checked=False: self.decided.emit(True))
        self.only_new.clicked.connect(lambda _checked=False: self.decided.emit(False))
        self.cancel.clicked.connect(lambda _checked=False: self.given_up.emit())

    def show_moved(self, moved: Sequence[MovedDate]) -> None:
        """List the matters, each with its date now and then, the earliest new date first."""
        self._head.setText(f"{len(moved)} 件在办事项的期限会变。它们也按新期限吗？")
        self.list.clear()
        for one in sorted(moved, key=lambda one: one.then):
            item = QListWidgetItem(f"{one.now} → {one.then}　{one.case.number}　{one.case.title}", self.list)
            item.setSizeHint(QSize(0, px(30)))

    def texts(self) -> list[str]:
        """Return the lines of the list."""
        return [self.list.item(row).text() for row in range(self.list.count())]

    def start(self) -> None:
        """Put the focus on the first answer."""
        self.too.setFocus()
