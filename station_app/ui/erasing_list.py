"""What was erased on request: when, how much, why, by whom; nothing of the people."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from station_app.documents.columns import Column, Kind, Ledger
from station_app.domain.erasure import Erasure, held_words
from station_app.domain.operators import Right
from station_app.domain.record_words import moment
from station_app.services.done import Done
from station_app.station import Desks
from station_app.ui.cards import Card, button, label
from station_app.ui.erasing_window import open_erasing, renew_backups, show_confirmation
from station_app.ui.ledger_table import LedgerTable
from station_app.ui.page import Shell
from station_app.ui.rights import offer
from station_app.ui.theme import px

ERASURE_LEDGER: Ledger[Erasure] = Ledger(
    "erasures",
    "个人信息删除",
    (
        Column("at", "删除时间", lambda one: moment(one.at), Kind.CODE, 16),
        Column("asked_on", "申请日期", lambda one: one.asked_on, Kind.DATE, 12),
        Column("reason", "理由", lambda one: one.reason, Kind.TEXT, 20),
        Column("counts", "范围", lambda one: one.counts_words, Kind.TEXT, 24),
        Column("numbers", "登记号", lambda one: "、".join(one.numbers), Kind.TEXT, 14),
        Column("by", "经办人", lambda one: one.by, Kind.LABEL, 8),
    ),
)
_NOTHING = "还没有删除过个人信息。本人要求删除时，在这里或来访的更正页面办理。"
_QUESTION = "先做一份已验证的新备份，再删掉这些旧备份。删掉的备份找不回来。"


class ErasingList(QDialog):
    """The erasures done, with the paper of each.

    Args:
        shell: what the window lends.
        desks: the open station file.
        parent: the window it belongs to.
    """

    def __init__(self, shell: Shell, desks: Desks, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._desks = desks
        self.setWindowTitle("个人信息删除")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(px(940), px(520))
        self.table = LedgerTable(
            ERASURE_LEDGER,
            lambda one: one.step_id,
            shell.settings,
            widths={"at": 16, "asked_on": 11, "reason": 16, "counts": 26, "numbers": 16, "by": 8},
            stretch="counts",
            yielding=("numbers",),
        )
        self.table.set_empty(_NOTHING)
        self.table.opened.connect(lambda _one: self.print_())
        self.table.current_changed.connect(lambda _one: self._show_held())
        self.held = label("", wrap=True)
        self.print_button = button("打印确认单", "printer", "Ctrl+P")
        self.print_button.clicked.connect(lambda _checked=False: self.print_())
        self.renew_button = button("更换旧备份…", "database")
        self.renew_button.clicked.connect(lambda _checked=False: self.renew())
        self.new_button = button("个人信息删除…", "trash-2", "F2")
        self.new_button.clicked.connect(lambda _checked=False: self.new())
        offer(desks, Right.GOVERN, self.renew_button, self.new_button)
        close = button("关闭", "", "Esc")
        close.clicked.connect(self.close)
        self._lay_out(close)
        for keys, action in (("Ctrl+P", self.print_), ("F2", self.new)):
            QShortcut(QKeySequence(keys), self, action)
        shell.changes.changed.connect(self._changed)
        self.reload()

    def _lay_out(self, close: QWidget) -> None:
        head = QHBoxLayout()
        head.addWidget(label("个人信息删除", "title"))
        head.addStretch(1)
        for made in (self.new_button, self.renew_button, self.print_button, close):
            head.addWidget(made)
        card = Card()
        card.set_flush()
        card.body.addWidget(self.table)
        column = QVBoxLayout(self)
        column.setSpacing(px(10))
        column.addLayout(head)
        column.addWidget(card, 1)
        column.addWidget(self.held)

    def reload(self) -> None:
        """Fetch the list anew."""
        rows = self._desks.erasing.done()
        self.table.set_rows(rows)
        if rows and self.table.current_row() is None:
            self.table.select(rows[0].step_id)
        self._show_held()
        self.table.view.setFocus()

    def new(self) -> None:
        """Erase somebody's data (F2)."""
        open_erasing(self._shell, self._desks, None, self)

    def print_(self) -> None:
        """Show the paper of the chosen erasure (Ctrl+P)."""
        chosen: Erasure | None = self.table.current_row()
        if chosen is not None:
            show_confirmation(self._shell, self._desks, chosen, self)

    def renew(self) -> None:
        """Replace the backups that still hold what the chosen erasure blanked, after a question."""
        chosen: Erasure | None = self.table.current_row()
        if chosen is None:
            return
        held = self._desks.erasing.still_holding(chosen.step_id)
        if self._shell.messages.ask(f"删掉 {len(held)} 份旧备份吗？", _QUESTION, yes="更换", danger=True):
            renew_backups(self._shell, self._desks, chosen.step_id)

    def _changed(self, _done: Done[object]) -> None:
        self.reload()

    def _show_held(self) -> None:
        chosen: Erasure | None = self.table.current_row()
        held = self._desks.erasing.still_holding(chosen.step_id) if chosen else []
        self.print_button.setEnabled(chosen is not None)
        self.renew_button.setVisible(bool(held))
        if chosen is None:
            self.held.setText("")
        else:
            away = "U盘没有插上，上面的没有算在内。" if self._desks.erasing.stick_is_away() else ""
            words = "；".join(held_words(held))
            self.held.setText(f"备份里还有：{words}。{away}" if held else f"能查到的备份里都已没有。{away}")
