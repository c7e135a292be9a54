"""换届, step 3: the new deputies, typed or read from the new list, with what differs from the roster."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from station_app.domain.people import Deputy, level_label
from station_app.domain.term_change import Newcomer, Outgoing, TermChange
from station_app.domain.term_list import named, settled, with_list
from station_app.domain.text import clean_name
from station_app.services.term_change_desk import NewList
from station_app.station import Desks
from station_app.ui.cards import Card, Notice, button, label
from station_app.ui.fields import ChoiceField, LineField
from station_app.ui.flow_layout import FlowLayout
from station_app.ui.form import FormGrid
from station_app.ui.ledger_table import LedgerTable
from station_app.ui.page import Shell
from station_app.ui.scroll_column import ScrollColumn
from station_app.ui.splits import Split
from station_app.ui.term_elected_rows import (
    ELECTED_LABELS,
    ELECTED_LEDGER,
    ElectedKind,
    ElectedRow,
    elected_mark,
    elected_rows,
)
from station_app.ui.term_list_reader import TermListReader
from station_app.ui.term_step import TermStep
from station_app.ui.theme import Tone, px

_SHEET_FIELDS = ("phone", "post", "village")


class TermElected(TermStep):
    """See the module.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
    """

    word = "新一届名单"

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__()
        self._desks = desks
        self._change: TermChange | None = None
        self._deputies: dict[int, Deputy] = {}
        self._filling = False
        self.notice = Notice(Tone.INFO)
        self.table = LedgerTable(
            ELECTED_LEDGER,
            lambda row: row.key,
            shell.settings,
            marks={"kind": elected_mark},
            by_pinyin=("name", "constituency"),
            widths={"row": 4, "name": 15, "kind": 12, "constituency": 12, "card_number": 9},
            stretch="told",
            yielding=("card_number", "row", "constituency"),
        )
        self.table.set_empty("读入新一届的名单（Excel），或者逐位新增。", "读入新名单", self.read)
        self.table.current_changed.connect(lambda _row: self._show_one())
        self.table.opened.connect(lambda _row: self._go_to_fields())
        self._switches: dict[ElectedKind | None, QPushButton] = {}
        self.name = LineField("姓名", required=True)
        self.constituency = ChoiceField("选区(选举单位)", free=True)
        self.card_number = LineField("代表证号")
        self.village = ChoiceField("所在村(居)", free=True)
        self.sheet = {"phone": LineField("联系电话"), "post": LineField("单位及职务"), "village": self.village}
        self._grid = FormGrid()
        for field in (self.name, self.constituency, self.card_number, *self.sheet.values()):
            self._grid.add(field)
            field.changed.connect(self._apply)
        self.name.edit.editingFinished.connect(self._name_typed)
        self._title = label("", "title", wrap=True)
        self._told = label("", wrap=True)
        self._answers = QVBoxLayout()
        self._answers.setSpacing(px(6))
        self._take = button("改为保留现有的", "", "空格")
        self._take.clicked.connect(lambda _checked=False: self.toggle())
        self._lay_out(shell)
        self._bind()

    def _lay_out(self, shell: Shell) -> None:
        row = QWidget()
        flow = FlowLayout(row, spacing=6)
        flow.setContentsMargins(px(12), px(8), px(12), 0)
        reading = button("读入新名单", "upload", "Alt+R")
        adding = button("新增一位", "user-plus", "Insert")
        reading.clicked.connect(lambda _checked=False: self.read())
        adding.clicked.connect(lambda _checked=False: self.add())
        group = QButtonGroup(self)
        for made in (reading, adding):
            flow.addWidget(made)
        for kind in (None, *ElectedKind):
            switch = QPushButton()
            switch.setCheckable(True)
            switch.setAutoDefault(True)
            switch.clicked.connect(lambda _checked=False: self._fill())
            group.addButton(switch)
            self._switches[kind] = switch
            flow.addWidget(switch)
        self._switches[None].setChecked(True)
        area = ScrollColumn()
        area.body.addWidget(self._title)
        area.body.addWidget(self._told)
        area.body.addLayout(self._answers)
        area.body.addWidget(self._take, 0, Qt.AlignmentFlag.AlignLeft)
        area.body.addWidget(self._grid)
        area.body.addStretch(1)
        detail = Card()
        detail.body.setContentsMargins(0, 0, 0, 0)
        detail.body.addWidget(area)
        detail.setMinimumWidth(px(320))
        self._detail = detail
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(row)
        column.addWidget(self.notice)
        self.reader = TermListReader(shell, self._desks, self.notice, reading)
        self.reader.arrived.connect(self._take_list)
        self.reader.wanted.connect(self._show_columns)
        self._stack = QStackedWidget()
        self._stack.addWidget(Split(shell.settings, "term_elected", [self.table, detail], [690, 340]))
        self._stack.addWidget(self.reader)
        column.addWidget(self._stack, 1)

    def _bind(self) -> None:
        for key, action in (("Alt+R", self.read), ("Insert", self.add)):
            bound = QShortcut(QKeySequence(key), self, action)
            bound.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        for digit in range(10):
            self._on_table(str(digit), partial(self.answer, digit))
        self._on_table("Space", self.toggle)
        self._on_table("Delete", self.remove)

    def _on_table(self, key: str, action: Callable[[], object]) -> None:
        bound = QShortcut(QKeySequence(key), self.table, action)
        bound.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """See `TermStep.shortcuts`."""
        return (
            ("Alt+R", "新一届名单：读入 Excel"),
            ("Insert", "新增一位"),
            ("1、2 … / 0", "请确认的：是第几位同名代表；0 是新人"),
            ("空格", "有变化的：采用表里的，或保留现有的"),
            ("Delete", "去掉名单上的一位"),
        )

    def _show_columns(self, wanted: bool) -> None:
        self._stack.setCurrentIndex(1 if wanted else 0)
        if not wanted:
            self.table.setFocus()

    # Showing

    def show_change(self, change: TermChange) -> None:
        """See `TermStep.show_change`."""
        self._change = change
        self._deputies = {deputy.id: deputy for deputy in self._desks.roster.deputies()}
        term = change.old_term if change.keep_constituencies else change.new_term
        known = [one.name for one in self._desks.terms.constituencies(change.level, term)]
        everybody: list[Outgoing | Newcomer] = [*change.outgoing, *change.newcomers]
        used = [one.constituency for one in everybody if one.constituency]
        self.constituency.set_choices(list(dict.fromkeys([*known, *sorted(used)])))
        self.village.set_choices([one.short_name for one in self._desks.settings.villages()])
        self._fill()

    def start(self) -> None:
        """See `TermStep.start`."""
        self.table.setFocus()

    def _fill(self, go_to: tuple[str, int] | None = None) -> None:
        change = self._change
        if change is None:
            return
        rows = elected_rows(change, self._deputies)
        counts = Counter(row.kind for row in rows)
        wanted = next((kind for kind, switch in self._switches.items() if switch.isChecked()), None)
        if wanted is not None and not counts[wanted]:
            wanted = None
            self._switches[None].setChecked(True)
        for kind, switch in self._switches.items():
            switch.setText(f"全部 {len(rows)}" if kind is None else f"{ELECTED_LABELS[kind]} {counts[kind]}")
            switch.setVisible(kind is None or counts[kind] > 0)
        shown = [row for row in rows if wanted in (None, row.kind)]
        self._filling = True
        self.table.set_rows(shown)
        self._filling = False
        if go_to is not None:
            self.table.select(go_to)
        if shown and self.table.current_row() is None:
            self.table.select(shown[0].key)
        self._show_one()

    def _current(self) -> ElectedRow | None:
        row = self.table.current_row()
        return row if isinstance(row, ElectedRow) else None

    def _show_one(self) -> None:
        row = self._current()
        if self._filling:
            return
        self._detail.setVisible(row is not None)
        if row is None:
            return
        new = isinstance(row.one, Newcomer)
        self._title.setText(row.name or "新增一位")
        self._told.setText(row.told)
        self._told.setVisible(bool(row.told))
        self._show_answers(row)
        self._take.setVisible(row.deputy is not None and "→" in row.told)
        self._take.setText("改为保留现有的" if row.one.take else "改为采用表里的")
        self._take.updateGeometry()
        values: dict[Any, str] = {
            self.name: row.name, self.constituency: row.one.constituency, self.card_number: row.one.card_number,
        }  # fmt: skip
        values |= {field: row.one.sheet.get(key, "") for key, field in self.sheet.items()}
        for field, value in values.items():
            if field.value() != value:
                field.set_value(value)
        self._grid.show_field(self.name, shown=new and row.deputy is None)
        for field in (self.constituency, self.card_number):
            self._grid.show_field(field, shown=row.kind is not ElectedKind.MISSING)
        for field in self.sheet.values():
            self._grid.show_field(field, shown=new and row.deputy is None)

    def _show_answers(self, row: ElectedRow) -> None:
        while item := self._answers.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        if row.kind is not ElectedKind.DOUBTFUL or not isinstance(row.one, Newcomer):
            return
        kind = self._desks.settings.profile().organ_kind
        for number, deputy_id in enumerate(row.one.candidates, 1):
            deputy = self._deputies[deputy_id]
            held = "、".join(dict.fromkeys(f"{level_label(m.level, kind)}{m.term}" for m in deputy.mandates))
            about = "，".join(part for part in (deputy.post, deputy.village, deputy.birth_month, held) if part)
            self._add_answer(f"是同一人：{about or '没有其他信息'}", number)
        self._add_answer("不是，是新人", 0)

    def _add_answer(self, text: str, number: int) -> None:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        made = button(str(number))
        made.setAccessibleName(text)
        made.clicked.connect(lambda _checked=False: self.answer(number))
        row.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(text, wrap=True), 1)
        self._answers.addWidget(line)
        line.show()

    # Acting

    def _set(self, change: TermChange, go_to: tuple[str, int] | None = None) -> None:
        self._change = change
        self.edited.emit(change)
        self._fill(go_to)

    def _with(self, place: int, newcomer: Newcomer) -> TermChange:
        assert self._change is not None
        newcomers = list(self._change.newcomers)
        newcomers[place] = newcomer
        return replace(self._change, newcomers=tuple(newcomers))

    def answer(self, number: int) -> None:
        """Say who a doubtful one is: the nth namesake, or 0 for somebody new."""
        row = self._current()
        if self._change is None or row is None or not isinstance(row.one, Newcomer) or number > len(row.one.candidates):
            return
        if row.one.candidates:
            deputy_id = row.one.candidates[number - 1] if number else None
            self._set(settled(self._change, row.one, deputy_id))

    def toggle(self) -> None:
        """Take what differs from the list, or keep what is registered (space)."""
        row = self._current()
        if self._change is None or row is None or "→" not in row.told:
            return
        if isinstance(row.one, Newcomer):
            self._set(self._with(row.place, replace(row.one, take=not row.one.take)))
        else:
            self._set(self._change.deciding([row.one.deputy_id], take=not row.one.take))

    def add(self) -> None:
        """Add somebody by hand (Insert)."""
        if self._change is None:
            return
        place = len(self._change.newcomers)
        self._switches[None].setChecked(True)
        self._set(replace(self._change, newcomers=(*self._change.newcomers, Newcomer(""))), ("new", place))
        self.name.setFocus()

    def remove(self) -> None:
        """Take a newcomer off the draft (Delete)."""
        row = self._current()
        if self._change is not None and row is not None and isinstance(row.one, Newcomer):
            rest = tuple(one for place, one in enumerate(self._change.newcomers) if place != row.place)
            self._set(replace(self._change, newcomers=rest))

    def _apply(self) -> None:
        row = self._current()
        if self._change is None or row is None:
            return
        values: dict[str, Any] = {"constituency": self.constituency.value(), "card_number": self.card_number.value()}
        if isinstance(row.one, Newcomer):
            if row.deputy is None:
                typed = {key: str(field.value() or "") for key, field in self.sheet.items()}
                others = {key: text for key, text in row.one.sheet.items() if key not in _SHEET_FIELDS}
                values["sheet"] = others | {key: text for key, text in typed.items() if text}
            values["name"] = clean_name(self.name.value())
            self._set(self._with(row.place, replace(row.one, **values)), row.key)
        else:
            self._set(self._change.deciding([row.one.deputy_id], **values), row.key)

    def _name_typed(self) -> None:
        """Look for registered people of the name that was typed."""
        row = self._current()
        if self._change is None or row is None or not isinstance(row.one, Newcomer) or row.one.row or row.deputy:
            return
        found = named(self._change, row.one, list(self._deputies.values()))
        if found != row.one:
            self._set(self._with(row.place, found), row.key)

    def _go_to_fields(self) -> None:
        row = self._current()
        if row is not None and row.kind is not ElectedKind.MISSING:
            (self.constituency if row.deputy is not None else self.name).setFocus()

    def back(self) -> bool:
        """Go from the fields to the table (Esc); return False when the keyboard was there."""
        if self.reader.give_up():
            return True
        if self.table.view.hasFocus() or not self.table.rows():
            return False
        self.table.view.setFocus()
        return True

    # The new list

    def read(self) -> None:
        """Choose the new list and set it beside the roster (Alt+R)."""
        if self._change is not None and not self.reader.give_up():
            self.reader.choose(self._change.level)

    def may_leave(self) -> bool:
        """Read the list whose columns are shown, instead of going on."""
        return not self.reader.read_so()

    def _take_list(self, read: NewList) -> None:
        if self._change is None:
            return
        change = with_list(self._change, read.rows, list(self._deputies.values()), read.name)
        told = [f"名单上 {len(read.rows)} 位。"]
        if change.doubtful:
            told.append(f"{len(change.doubtful)} 位与登记簿里的同名，请逐位确认（1、2… 或 0）。")
        if read.left_out:
            more = f"等 {len(read.left_out)} 行" if len(read.left_out) > 4 else ""
            told.append(f"没有列入：{'；'.join(one.rstrip('。') for one in read.left_out[:4])}{more}。")
        tone = Tone.WARNING if change.doubtful or read.left_out else Tone.INFO
        self.notice.say("", f"{read.name}：{''.join(told)}", tone)
        self._set(change)
        if rows := self.table.rows():
            self.table.select(rows[0].key)
        self.table.view.setFocus()
