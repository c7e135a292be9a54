"""换届, step 2: who of the old term goes on, and who ends, why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from station_app.documents.columns import Column, Kind, Ledger
from station_app.domain.people import END_REASON_LABELS, Deputy, EndReason
from station_app.domain.term_change import FATE_LABELS, Fate, Outgoing, TermChange
from station_app.station import Desks
from station_app.support import pinyin
from station_app.ui.cards import Card, button, label
from station_app.ui.field import UndoGuard
from station_app.ui.fields import ChoiceField, LineField, SegmentField
from station_app.ui.form import FormGrid
from station_app.ui.ledger_table import LedgerTable
from station_app.ui.marks import Mark
from station_app.ui.page import Shell
from station_app.ui.scroll_column import ScrollColumn
from station_app.ui.splits import Split
from station_app.ui.term_step import TermStep
from station_app.ui.theme import Tone, px

_TONES = {Fate.OPEN: Tone.WARNING, Fate.CARRIED: Tone.GOOD, Fate.ENDED: Tone.QUIET}
_KEYS = {"1": Fate.CARRIED, "2": Fate.ENDED, "3": Fate.OPEN}


@dataclass(frozen=True)
class OutgoingRow:
    """A deputy of the old term in the table."""

    one: Outgoing
    deputy: Deputy
    ticked: bool

    @property
    def reason(self) -> str:
        """Why the mandate ends, when it does."""
        return END_REASON_LABELS[self.one.reason] if self.one.fate is Fate.ENDED else ""


_LEDGER: Ledger[OutgoingRow] = Ledger(
    "term_outgoing",
    "上一届代表",
    (
        Column("ticked", "", lambda row: "√" if row.ticked else "", Kind.LABEL, 4),
        Column("name", "姓名", lambda row: row.deputy.name, Kind.LABEL, 14),
        Column("fate", "结果", lambda row: FATE_LABELS[row.one.fate], Kind.LABEL, 8),
        Column("reason", "离任原因", lambda row: row.reason, Kind.LABEL, 12),
        Column("constituency", "新一届选区", lambda row: row.one.constituency, Kind.TEXT, 14),
        Column("card_number", "代表证号", lambda row: row.one.card_number, Kind.CODE, 10),
        Column("post", "单位及职务", lambda row: row.deputy.post, Kind.TEXT, 16),
    ),
)


class TermOutgoing(TermStep):
    """See the module.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
    """

    word = "上一届代表"

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__()
        self._desks = desks
        self._change: TermChange | None = None
        self._deputies: dict[int, Deputy] = {}
        self._ticked: set[int] = set()
        self._filling = False
        self.search = QLineEdit()
        self.search.setPlaceholderText("姓名 拼音 选区")
        self.search.setAccessibleName("筛选")
        self.search.setToolTip("筛选（Ctrl+K）")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(px(170))
        self.search.textChanged.connect(lambda _text: self._fill())
        self.search.installEventFilter(UndoGuard(self))
        self._switches: dict[Fate | None, QPushButton] = {}
        self.table = LedgerTable(
            _LEDGER,
            lambda row: row.one.deputy_id,
            shell.settings,
            marks={"fate": lambda row: Mark(FATE_LABELS[row.one.fate], _TONES[row.one.fate])},
            by_pinyin=("name", "constituency", "post"),
            widths={"ticked": 4, "name": 15, "fate": 8, "constituency": 13, "card_number": 9, "post": 22},
            stretch="constituency",
            yielding=("post", "reason", "card_number"),
        )
        self.table.set_empty("没有符合条件的代表。")
        self.table.current_changed.connect(lambda _row: self._show_one())
        self.fate = SegmentField("结果", [(fate, FATE_LABELS[fate]) for fate in (Fate.CARRIED, Fate.ENDED, Fate.OPEN)])
        self.reason = ChoiceField("离任原因", list(END_REASON_LABELS.items()))
        self.constituency = ChoiceField("选区(选举单位)", free=True)
        self.card_number = LineField("代表证号")
        self._fields = {
            "fate": self.fate, "reason": self.reason, "constituency": self.constituency, "card_number": self.card_number,
        }  # fmt: skip
        for field in self._fields.values():
            field.changed.connect(self._apply)
        self._grid = FormGrid()
        self._name = label("", "title", wrap=True)
        self._about = label("", "muted", wrap=True)
        self._lay_out(shell)
        self._bind()

    def _lay_out(self, shell: Shell) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(px(12), px(8), px(12), px(0))
        row.setSpacing(px(6))
        row.addWidget(self.search)
        group = QButtonGroup(self)
        for fate in (None, *Fate):
            made = QPushButton()
            made.setCheckable(True)
            made.setAutoDefault(True)
            made.clicked.connect(lambda _checked=False: self._fill())
            group.addButton(made)
            self._switches[fate] = made
            row.addWidget(made)
        self._switches[None].setChecked(True)
        row.addStretch(1)
        for key, fate in _KEYS.items():
            made = button(FATE_LABELS[fate], "", key)
            made.setToolTip(f"打√的或选中的都改为“{FATE_LABELS[fate]}”（{key}）")
            made.clicked.connect(lambda _checked=False, fate=fate: self.decide(fate))
            row.addWidget(made)
        self._grid.add(self.fate)
        self._grid.add(self.reason)
        self._grid.add(self.constituency)
        self._grid.add(self.card_number)
        area = ScrollColumn()
        for part in (self._name, self._about, self._grid):
            area.body.addWidget(part)
        area.body.addStretch(1)
        detail = Card()
        detail.body.setContentsMargins(0, 0, 0, 0)
        detail.body.addWidget(area)
        detail.setMinimumWidth(px(300))
        self._detail = detail
        split = Split(shell.settings, "term_outgoing", [self.table, detail], [700, 330])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(split, 1)

    def _bind(self) -> None:
        for key, fate in _KEYS.items():
            self._on_table(key, lambda fate=fate: self.decide(fate))
        self._on_table("Space", self.tick)
        self._on_table("F4", self._go_to_fields)
        self.table.opened.connect(lambda _row: self._go_to_fields())
        search = QShortcut(QKeySequence("Ctrl+K"), self, self.search.setFocus)
        search.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        down = QShortcut(QKeySequence("Down"), self.search, self.table.view.setFocus)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)

    def _on_table(self, key: str, action: Any) -> None:
        bound = QShortcut(QKeySequence(key), self.table, action)
        bound.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """See `TermStep.shortcuts`."""
        return (
            ("1 / 2 / 3", "上一届代表：连任、离任、未定（打√的，没有打√的就是选中的）"),
            ("空格", "打√，可以一行行挑"),
            ("Ctrl+A", "全选"),
            ("Enter", "到右边改选区、代表证号、离任原因"),
            ("Ctrl+K", "筛选"),
        )

    # Showing

    def show_change(self, change: TermChange) -> None:
        """See `TermStep.show_change`."""
        self._change = change
        self._deputies = {deputy.id: deputy for deputy in self._desks.roster.deputies()}
        term = change.old_term if change.keep_constituencies else change.new_term
        known = [one.name for one in self._desks.terms.constituencies(change.level, term)]
        used = [one.constituency for one in change.outgoing if one.constituency]
        self.constituency.set_choices(list(dict.fromkeys([*known, *sorted(used)])))
        self._ticked &= {one.deputy_id for one in change.outgoing}
        self._fill()

    def start(self) -> None:
        """See `TermStep.start`."""
        self.table.view.setFocus()

    def _fill(self) -> None:
        change = self._change
        if change is None:
            return
        wanted = next((fate for fate, switch in self._switches.items() if switch.isChecked()), None)
        rows = [
            OutgoingRow(one, self._deputies[one.deputy_id], one.deputy_id in self._ticked)
            for one in change.outgoing
            if wanted in (None, one.fate) and self._finds(one)
        ]
        self._filling = True
        self.table.set_rows(rows)
        self._filling = False
        if rows and self.table.current_row() is None:
            self.table.select(rows[0].one.deputy_id)
        for fate, switch in self._switches.items():
            count = len(change.outgoing) if fate is None else change.count(fate)
            switch.setText(f"{'全部' if fate is None else FATE_LABELS[fate]} {count}")
        self._show_one()

    def _finds(self, one: Outgoing) -> bool:
        typed = self.search.text().strip()
        deputy = self._deputies[one.deputy_id]
        return not typed or pinyin.matches(deputy.name, typed) or typed in one.constituency or typed in deputy.post

    def _show_one(self) -> None:
        row = self.table.current_row()
        if self._filling:
            return
        self._detail.setEnabled(row is not None)
        if not isinstance(row, OutgoingRow):
            return
        deputy = row.deputy
        self._name.setText(deputy.name)
        ending = self._change.ending(deputy) if self._change else ()
        parts = (deputy.post, *(f"{m.term}　{m.constituency}　{m.from_on} 起".strip("　") for m in ending))
        self._about.setText("\n".join(part for part in parts if part))
        for key, field in self._fields.items():
            value = getattr(row.one, key)
            if field.value() != value:
                field.set_value(value)
        self._show_fields(row.one.fate)

    def _show_fields(self, fate: Fate) -> None:
        self._grid.show_field(self.reason, shown=fate is Fate.ENDED)
        for field in (self.constituency, self.card_number):
            self._grid.show_field(field, shown=fate is not Fate.ENDED)

    # Deciding

    def _chosen(self) -> Sequence[int]:
        if self._ticked:
            return sorted(self._ticked)
        return [row.one.deputy_id for row in self.table.selected_rows()]

    def tick(self) -> None:
        """Tick the current row, or untick it, and go to the next one (space)."""
        row = self.table.current_row()
        if isinstance(row, OutgoingRow):
            self._ticked ^= {row.one.deputy_id}
            rows = self.table.rows()
            following = rows[min(rows.index(row) + 1, len(rows) - 1)]
            self._fill()
            self.table.select(following.one.deputy_id)

    def decide(self, fate: Fate) -> None:
        """Let the ticked ones, or without any the selected ones, have this fate (1, 2, 3)."""
        if self._change is not None:
            ids = self._chosen()
            self._ticked.clear()
            self._set(self._change.deciding(ids, fate=fate))
            current = self.table.current_id()
            if len(ids) > 1 and current is not None:
                self.table.select(current)  # the next figure is for the one the clerk stands on

    def _apply(self) -> None:
        row = self.table.current_row()
        if self._change is None or not isinstance(row, OutgoingRow):
            return
        values = {key: field.value() for key, field in self._fields.items()}
        values["reason"] = values["reason"] or EndReason.TERM_OVER
        self._set(self._change.deciding([row.one.deputy_id], **values))

    def _set(self, change: TermChange) -> None:
        self._change = change
        self.edited.emit(change)
        self._fill()

    def _go_to_fields(self) -> None:
        if self.table.current_row() is not None:
            ended = self.fate.value() is Fate.ENDED
            field = self.reason if ended else self.constituency
            field.typing().setFocus(Qt.FocusReason.ShortcutFocusReason)  # what is typed replaces what is there

    def back(self) -> bool:
        """Go from the fields or the search to the table (Esc); return False when the keyboard was there."""
        if self.table.view.hasFocus():
            return False
        self.table.view.setFocus()
        return True
