"""A list of the settings: a table, a form beside it, 停用 instead of deleting, order by hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from station_app.documents.columns import Ledger
from station_app.domain.kept_draft import KeptDraft
from station_app.domain.operators import Right
from station_app.domain.problems import InvalidInput
from station_app.services.done import Done
from station_app.station import Desks
from station_app.support.faults import StationFault
from station_app.ui.cards import Button, Card, PrimaryButton, button, label
from station_app.ui.fields import FormPanel
from station_app.ui.flow_layout import FlowLayout
from station_app.ui.form import resume
from station_app.ui.form_draft import DraftPlace, tell_gone
from station_app.ui.ledger_table import LedgerTable
from station_app.ui.marks import Mark
from station_app.ui.page import Shell
from station_app.ui.rights import offer, refused
from station_app.ui.theme import Tone, px


@dataclass(frozen=True)
class EditableList:
    """What a list section shows and does. Rows have ``id`` and ``retired``.

    Args:
        title: e.g. 村(居).
        note: one sentence what the list is for.
        noun: what one entry is called, for the button 新增….
        ledger: the columns.
        rows: fetches the rows.
        form: makes the form of a row, or of a new entry for None.
        retire: saves a row as retired or in use again.
        arrange: saves the order of all ids; None where the order follows by itself.
        peers: what a row may move among, e.g. the units of one tier.
        stretch: key of the column that takes the remaining room.
        remove: deletes a row to which nothing belongs yet; None where entries are only taken out of use.
        heading: stands over the list where that is not the title.
    """

    title: str
    note: str
    noun: str
    ledger: Ledger[Any]
    rows: Callable[[], Sequence[Any]]
    form: Callable[[Any], FormPanel]
    retire: Callable[[Any, bool], Done[int]]
    arrange: Callable[[Sequence[int]], Done[None]] | None = None
    peers: Callable[[Any], object] = lambda _row: None
    stretch: str = "name"
    remove: Callable[[Any], Done[None]] | None = None
    heading: str = ""


def state_mark(row: Any) -> Mark:
    """Return 在用 or 停用 of a row."""
    return Mark("停用", Tone.QUIET) if row.retired else Mark("在用", Tone.GOOD)


class ListSection(QWidget):
    """An editable list of the settings.

    Signals:
        saved: the `Done` of every write; the page publishes it.
        left: the form was closed.

    Args:
        shell: what the window lends.
        what: the list.
        desks: the desks of the open station.
        needs: the right it takes to change the list; others read it.
    """

    saved = Signal(object)
    left = Signal()

    def __init__(self, shell: Shell, what: EditableList, desks: Desks, needs: Right = Right.KEEP) -> None:
        super().__init__()
        self._shell = shell
        self._what = what
        self._desks = desks
        self._needs = needs
        self.form: FormPanel | None = None
        self.table = LedgerTable(
            what.ledger,
            lambda row: row.id,
            shell.settings,
            marks={"state": state_mark},
            by_pinyin=("name", "label"),
            stretch=what.stretch,
        )
        self.table.opened.connect(lambda _row: self.edit())
        self.table.current_changed.connect(lambda _row: self._show_buttons())
        may = desks.operators.may(needs)
        heading = what.heading or what.title
        self.table.set_empty(f"还没有登记{heading}。", f"新增{what.noun}" if may else "", self.new)
        card = Card(heading)
        card.set_flush()
        card.body.addWidget(self.table, 1)
        self._new = PrimaryButton(f"新增{what.noun}", "plus", "F2")
        self._edit = button("修改", "pencil", "Enter")
        self._retire = button("停用", "", "Delete")
        self._remove = button("删除", "trash-2", "Ctrl+Delete")
        self._up = button("上移", "chevron-up", "Alt+↑")
        self._down = button("下移", "chevron-down", "Alt+↓")
        offer(desks, needs, self._new, self._edit, self._retire, self._remove, self._up, self._down)
        self._add_buttons(card)
        note = label(what.note, "muted", wrap=True)
        note.setContentsMargins(px(14), px(8), px(14), px(2))
        card.body.insertWidget(0, note)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(px(12))
        self.split.addWidget(card)
        self.split.setStretchFactor(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.split)
        self.setFocusProxy(self.table)
        self._bind()

    def _add_buttons(self, card: Card) -> None:
        row = QWidget()
        actions = FlowLayout(row)
        actions.setContentsMargins(px(14), px(8), px(14), px(10))
        made: list[tuple[Button, Callable[[], None]]] = [
            (self._new, self.new),
            (self._edit, self.edit),
            (self._retire, self.retire),
        ]
        if self._what.remove is not None:
            made.append((self._remove, self.remove))
        if self._what.arrange is not None:
            made += [(self._up, lambda: self.move_row(-1)), (self._down, lambda: self.move_row(1))]
        for one, action in made:
            one.clicked.connect(lambda _checked=False, action=action: action())
            actions.addWidget(one)
        card.body.addWidget(row)

    def _bind(self) -> None:
        keys: dict[str, Callable[[], None]] = {
            "Delete": self.retire,
            "Ctrl+Delete": self.remove,
            "Alt+Up": lambda: self.move_row(-1),
            "Alt+Down": lambda: self.move_row(1),
        }
        for key, action in keys.items():
            bound = QShortcut(QKeySequence(key), self.table, action)
            bound.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def reload(self) -> None:
        """Fetch the rows again."""
        self.table.set_rows(list(self._what.rows()))
        if self.table.current_row() is None and self.table.rows():
            self.table.select(self.table.rows()[0].id)
        self._show_buttons()

    def new(self) -> None:
        """Begin a new entry (F2)."""
        self._open(None)

    def edit(self) -> None:
        """Change the current entry (Enter)."""
        row = self.table.current_row()
        if row is not None:
            self._open(row)

    def retire(self) -> None:
        """Take the current entry out of use, or into use again (Delete); what refers to it stays."""
        row = self.table.current_row()
        if row is not None and self.form is None and not self._refused():
            self._do(lambda: self._what.retire(row, not row.retired))
            self.table.select(row.id)

    def remove(self) -> None:
        """Delete the current entry, to which nothing belongs yet (Ctrl+Delete); 最近删除 keeps it."""
        row, remove = self.table.current_row(), self._what.remove
        if row is not None and remove is not None and self.form is None and not self._refused():
            self._do(lambda: remove(row))

    def move_row(self, step: int) -> None:
        """Move the current entry one place up (-1) or down (1) among its peers."""
        row, arrange = self.table.current_row(), self._what.arrange
        if row is None or arrange is None or self.form is not None or self._refused():
            return
        rows = list(self._what.rows())
        place = next(place for place, one in enumerate(rows) if one.id == row.id)
        target = place + step
        if not 0 <= target < len(rows) or not self._are_peers(rows[place], rows[target]):
            return
        rows[place], rows[target] = rows[target], rows[place]
        self.table.view.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._do(lambda: arrange([one.id for one in rows]))
        self.table.select(row.id)

    def _are_peers(self, one: Any, other: Any) -> bool:
        return one.retired == other.retired and self._what.peers(one) == self._what.peers(other)

    def resume(self, kept: KeptDraft) -> None:
        """Open the form of something unfinished again and bring back what was typed."""
        uid = kept.body["reopen"]["uid"]
        row = next((one for one in self.table.rows() if one.uid == uid), None)
        if uid and row is None:
            tell_gone(self._shell.messages)
            return
        if row is not None:
            self.table.select(row.id)
        self._open(row)
        resume(self.form, kept)

    def close_form(self) -> bool:
        """Close the form, asking about unsaved text; return False when the clerk goes on writing."""
        return self.form is None or self.form.leave()

    def _open(self, row: Any) -> None:
        if self._refused() or not self.close_form():
            return
        form = self._what.form(row)
        record = f"{self._what.title}:{row.uid if row else ''}"
        reopen = {"section": self._what.title, "uid": row.uid if row else ""}
        form.keep_drafts(self._desks, DraftPlace("list", "settings", record, reopen, self._needs))
        form.set_active(True)
        form.setMinimumWidth(px(370))
        form.saved.connect(self._saved)
        form.saved_next.connect(self._saved_next)
        form.closed.connect(self._closed)
        self.form = form
        self.split.addWidget(form)
        form.start()

    def _refused(self) -> bool:
        return refused(self._desks, self._needs, self._shell.messages)

    def _closed(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            form.take_out()
        self.table.view.setFocus()
        self._show_buttons()
        self.left.emit()

    def _saved(self, done: Done[int]) -> None:
        self._closed()
        self.saved.emit(done)
        self.table.select(done.value)

    def _saved_next(self, done: Done[int]) -> None:
        self.saved.emit(done)
        self.reload()
        self.table.select(done.value)
        self._closed()
        self._open(None)

    def _do(self, write: Callable[[], Done[Any]]) -> None:
        try:
            done = write()
        except InvalidInput as wrong:
            self._shell.messages.tell(str(wrong))
        except StationFault as fault:
            self._shell.messages.tell_fault(fault)
        else:
            self.saved.emit(done)

    def _show_buttons(self) -> None:
        row = self.table.current_row()
        for one in (self._edit, self._retire, self._remove, self._up, self._down):
            one.setEnabled(row is not None)
        self._retire.setText("恢复使用" if row is not None and row.retired else "停用")
        self._retire.updateGeometry()
