"""联户: the households deputies keep contact with, by number or by name, and the grids of the villages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station_app.documents.columns import Column, Kind, Ledger
from station_app.domain.groups import HouseholdLink
from station_app.domain.households import households_by_deputy
from station_app.domain.kept_draft import KeptDraft
from station_app.domain.operators import Right
from station_app.domain.people import Deputy
from station_app.domain.problems import InvalidInput
from station_app.domain.text import masked_phone
from station_app.services.done import Done
from station_app.station import Desks
from station_app.support import pinyin
from station_app.support.faults import StationFault
from station_app.ui.cards import Card, Notice, button
from station_app.ui.fields import FormPanel
from station_app.ui.flow_layout import FlowLayout
from station_app.ui.form import resume
from station_app.ui.form_draft import tell_gone
from station_app.ui.households_forms import GridsForm, HouseholdEndForm, HouseholdForm
from station_app.ui.ledger_table import LedgerTable
from station_app.ui.page import Shell
from station_app.ui.rights import offer, refused
from station_app.ui.splits import Split
from station_app.ui.theme import Tone, px


@dataclass(frozen=True)
class _Sum:
    deputy: Deputy
    villages: str
    households: int


@dataclass(frozen=True)
class _Link:
    link: HouseholdLink
    village: str


_SUMS: Ledger[_Sum] = Ledger(
    "household_sums",
    "联户",
    (
        Column("name", "代表", lambda row: row.deputy.name, Kind.LABEL, 14),
        Column("households", "户数", lambda row: row.households or None, Kind.COUNT, 7),
        Column("villages", "村(居)", lambda row: row.villages, Kind.TEXT, 14),
    ),
)
_LINKS: Ledger[_Link] = Ledger(
    "household_links",
    "联户清单",
    (
        Column("village", "村(居)、网格", lambda row: row.village, Kind.TEXT, 16),
        Column("name", "户主", lambda row: row.link.name or "只记户数", Kind.LABEL, 11),
        Column("households", "户数", lambda row: row.link.households, Kind.COUNT, 6),
        Column("address", "住址", lambda row: row.link.address, Kind.TEXT, 14),
        Column("phone", "电话", lambda row: masked_phone(row.link.phone), Kind.CODE, 13),
        Column("from_on", "自", lambda row: row.link.from_on, Kind.DATE, 11),
        Column("to_on", "至", lambda row: row.link.to_on, Kind.DATE, 11, shown=False),
        Column("remark", "备注", lambda row: row.link.remark, Kind.TEXT, 14, shown=False),
    ),
)


class HouseholdsPanel(QWidget):
    """The households.

    Signals:
        saved: the `Done` of every write.
        closed: the clerk goes back.
    """

    saved = Signal(object)
    closed = Signal()

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__()
        self._shell = shell
        self._desks = desks
        self.form: FormPanel | None = None
        self.told = Notice(Tone.WARNING)
        self.sums = LedgerTable(
            _SUMS, lambda row: row.deputy.id, shell.settings,
            sort_keys={"name": lambda row: pinyin.sort_key(row.deputy.name)}, stretch="villages",
        )  # fmt: skip
        self.links = LedgerTable(
            _LINKS, lambda row: row.link.id, shell.settings, by_pinyin=("name",), stretch="village",
            yielding=("from_on", "phone", "address"),
        )  # fmt: skip
        self.sums.current_changed.connect(lambda _row: self._show_links())
        self.sums.opened.connect(lambda _row: self.links.view.setFocus())
        self.links.opened.connect(lambda _row: self.edit())
        self._left = Card("联户")
        self._left.set_flush()
        self._left.body.addWidget(self.sums, 1)
        self._right = Card("联户清单")
        self._right.set_flush()
        self._right.body.addWidget(self.links, 1)
        self._add_tools()
        self._left.setMinimumWidth(px(240))
        self._right.setMinimumWidth(px(280))
        self.split = Split(shell.settings, "households", [self._left, self._right], [340, 700], stretch=1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addWidget(self.told)
        column.addWidget(self.split, 1)
        self.setFocusProxy(self.sums.view)

    def _add_tools(self) -> None:
        tools: tuple[tuple[str, str, Callable[[], None]], ...] = (
            ("登记联户", "Alt+N", self.new),
            ("修改", "Enter", self.edit),
            ("结束", "Alt+X", self.end),
            ("删除", "Delete", self.delete),
            ("网格", "Alt+W", self.grids),
        )
        line = QWidget()
        row = FlowLayout(line, spacing=6)
        row.setContentsMargins(px(14), px(8), px(14), px(10))
        for word, keys, action in tools:
            made = button(word, "", keys)
            made.clicked.connect(lambda _checked=False, action=action: action())
            offer(self._desks, Right.KEEP, made)
            row.addWidget(made)
            if keys.startswith("Alt+"):
                QShortcut(QKeySequence(keys), self, action).setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        QShortcut(QKeySequence("Delete"), self.links.view, self.delete).setContext(Qt.ShortcutContext.WidgetShortcut)
        self._right.body.addWidget(line)

    # Showing

    def reload(self) -> None:
        """Fetch the households again."""
        today = self._shell.clock.today().isoformat()
        links = self._desks.households.all()
        sums = households_by_deputy(links, today)
        names = {village.id: village.short_name for village in self._desks.settings.villages()}
        grids = {grid.id: grid.name for grid in self._desks.households.grids()}
        self._rows = [_Link(one, names.get(one.village_id or 0, "") + grids.get(one.grid_id or 0, "")) for one in links]
        by_deputy: dict[int, dict[str, None]] = {}
        for one in links:
            if one.holds_on(today) and one.village_id in names:
                by_deputy.setdefault(one.deputy_id, {})[names[one.village_id]] = None
        serving = self._desks.roster.serving()
        self.sums.set_rows([_Sum(one, "、".join(by_deputy.get(one.id, {})), sums.get(one.id, 0)) for one in serving])
        linked = sum(bool(sums.get(one.id)) for one in serving)
        self._left.set_note(f"{linked} 位代表，共 {sum(sums.values()):,} 户")
        if self.sums.current_row() is None and serving:
            self.sums.select(serving[0].id)
        self._show_links()

    def go_to_deputy(self, deputy_id: int) -> None:
        """Stand on a deputy."""
        self.sums.select(deputy_id)

    def _show_links(self) -> None:
        row = self.sums.current_row()
        self._right.set_title(f"{row.deputy.name}的联户" if row else "联户清单")
        self.links.set_empty("还没有登记联户：可以只记户数，也可以一户一户登记。", "登记联户", self.new)
        self.links.set_rows([one for one in self._rows if row and one.link.deputy_id == row.deputy.id])
        self.links.stand()

    # Writing

    def new(self) -> None:
        """Note households of the current deputy (Alt+N, F2)."""
        row = self.sums.current_row()
        if self._free():
            self._open(HouseholdForm(self._desks, self._shell, None, row.deputy.id if row else None))

    def edit(self) -> None:
        """Change the current entry (Enter)."""
        row = self.links.current_row()
        if row is not None and self._free():
            self._open(HouseholdForm(self._desks, self._shell, row.link, None))

    def end(self) -> None:
        """End contact with the current household on a day (Alt+X)."""
        row = self.links.current_row()
        if row is not None and self._free():
            self._open(HouseholdEndForm(self._desks, self._shell, row.link))

    def delete(self) -> None:
        """Delete the current entry, made by mistake (Delete)."""
        row = self.links.current_row()
        if row is None or not self._free():
            return
        try:
            self.saved.emit(self._desks.households.delete(row.link.id))
        except InvalidInput as wrong:
            self.told.say(str(wrong))
        except StationFault as fault:
            self._shell.messages.tell_fault(fault)

    def grids(self) -> None:
        """Name the grids of a village (Alt+W)."""
        if self._free():
            row = self.sums.current_row()
            self._open(GridsForm(self._desks, self._shell, row.deputy.village_id if row else None))

    def resume(self, kept: KeptDraft) -> None:
        """Open the form of something unfinished again and bring back what was typed."""
        link = next((one for one in self._desks.households.all() if one.uid == kept.record), None)
        if kept.record and link is None:
            tell_gone(self._shell.messages)
            return
        form = HouseholdForm(self._desks, self._shell, link, kept.body["reopen"]["deputy_id"])
        self._open(form)
        resume(form, kept)

    def _free(self) -> bool:
        return not refused(self._desks, Right.KEEP, self._shell.messages) and (self.form is None or self.form.leave())

    def _open(self, form: FormPanel) -> None:
        self.form = form
        form.set_active(True)
        form.setMinimumWidth(px(350))
        form.saved.connect(self._form_saved)
        form.saved_next.connect(self._form_saved_next)
        form.closed.connect(self._close_form)
        self._left.setVisible(self.width() >= px(1080))
        self.split.addWidget(form)
        form.start()

    def _form_saved(self, done: Done[Any]) -> None:
        self._close_form()
        self.saved.emit(done)

    def _form_saved_next(self, done: Done[Any]) -> None:
        form = self.form
        self.saved.emit(done)
        self.reload()
        if isinstance(form, HouseholdForm):
            form.begin_next()

    def _close_form(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            form.take_out()
        self._left.show()
        (self.links.view if self.links.rows() else self.sums.view).setFocus()
