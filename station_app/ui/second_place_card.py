"""The second place of the backups, a stick: where it is, how old it is, and what can be done about it."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from station_app.domain.backup import SecondState, time_words
from station_app.ui.cards import Card, button, label
from station_app.ui.flow_layout import FlowLayout
from station_app.ui.theme import px

_NONE = "电脑坏了，同一块硬盘上的备份也一起没了。请选一个U盘：以后每次备份，插着U盘就自动多存一份。"


class SecondPlaceCard(Card):
    """See the module.

    Signals:
        choose_asked, refresh_asked, forget_asked: a button was used.
    """

    choose_asked = Signal()
    refresh_asked = Signal()
    forget_asked = Signal()

    def __init__(self) -> None:
        super().__init__("U盘备份", "save")
        self._words = label("", wrap=True)
        self.choose = button("选择U盘…", "folder-open")
        self.choose.clicked.connect(lambda _checked=False: self.choose_asked.emit())
        self.refresh = button("现在更新", "refresh-cw")
        self.refresh.clicked.connect(lambda _checked=False: self.refresh_asked.emit())
        self.forget = button("不再使用", "x")
        self.forget.clicked.connect(lambda _checked=False: self.forget_asked.emit())
        row = QWidget()
        actions = FlowLayout(row)
        actions.setContentsMargins(0, px(2), 0, 0)
        for one in (self.refresh, self.choose, self.forget):
            actions.addWidget(one)
        self.body.addWidget(self._words)
        self.body.addWidget(row)

    def show_state(self, second: SecondState | None, now: datetime) -> None:
        """Show how the second place stands; None where none was chosen."""
        self.choose.setText("换一个U盘…" if second else "选择U盘…")
        self.refresh.setVisible(second is not None and second.folder is not None)
        self.forget.setVisible(second is not None)
        self.set_note("" if second is None else "已插好" if second.folder else "没有插")
        if second is None:
            self._words.setText(_NONE)
            return
        age = f"最后一次：{time_words(second.at, now)}" if second.at else "还没有存过"
        where = f"，在 {second.folder}" if second.folder else "。插上U盘会自动更新；不插也不影响登记。"
        self._words.setText(f"{age}{where}")
