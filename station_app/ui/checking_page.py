"""名册核对: a walk through the deputies whose entries are due, one large in the middle, by keyboard."""

from pathlib import Path
from typing import Any

from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from station_app.documents.columns import Column, Kind, Ledger
from station_app.domain.groups import Group
from station_app.domain.kept_draft import KeptDraft
from station_app.domain.operators import Right
from station_app.domain.people import Level, level_label
from station_app.domain.roster_check import OUTCOME_LABELS, Outcome, RoundLine
from station_app.services.checking_desk import Round
from station_app.services.done import ROSTER, SETTINGS, Done
from station_app.station import Desks
from station_app.ui.cards import Card, EmptyState, PrimaryButton, button, label
from station_app.ui.check_forms import ChangedForm, UnreachedForm
from station_app.ui.check_scope_row import CheckScopeRow
from station_app.ui.check_sheet import CheckSheet
from station_app.ui.flow_layout import FlowLayout
from station_app.ui.form import FormPanel, resume
from station_app.ui.form_draft import tell_gone
from station_app.ui.ledger_table import LedgerTable
from station_app.ui.marks import Mark
from station_app.ui.page import Page, Shell
from station_app.ui.rights import offer, refused
from station_app.ui.splits import Split
from station_app.ui.theme import Tone, px

_TONES = {Outcome.SAME: Tone.GOOD, Outcome.CHANGED: Tone.INFO, Outcome.UNREACHED: Tone.WARNING}
_SKIPPED = "跳过"
_LOW = 190

ROUND_LEDGER: Ledger[RoundLine] = Ledger(
    "check_round",
    "名册核对",
    (
        Column("name", "姓名", lambda line: line.deputy.name, Kind.LABEL, 10),
        Column("checked_on", "上次核对", lambda line: line.deputy.checked_on or "未核对", Kind.CODE, 11),
        Column("state", "本轮", lambda line: OUTCOME_LABELS[line.last.outcome] if line.last else "", Kind.LABEL, 10),
        Column("groups", "代表小组", lambda line: "、".join(line.group_names), Kind.TEXT, 14),
    ),
)


class CheckingPage(Page):
    """See the module.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
    """

    topics = frozenset({ROSTER, SETTINGS})

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__(shell, "名册核对")
        self._desks = desks
        self._walk = Round("", ())
        self._groups: list[Group] = []
        self._skipped: frozenset[int] = frozenset()
        self._form: FormPanel | None = None
        self.header.add_button("打印核对表", "printer", self.print_, "Ctrl+P")
        self.scope = CheckScopeRow()
        self.scope.changed.connect(self._scope_changed)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(px(160))
        self._count = label("", "strong")
        self.table = LedgerTable(
            ROUND_LEDGER,
            lambda line: line.deputy.id,
            shell.settings,
            marks={"state": self._state_mark},
            by_pinyin=("name",),
            widths={"name": 15, "state": 13, "groups": 16},
            stretch="state",
            yielding=("groups",),
        )
        self.table.view.setSortingEnabled(False)
        self.table.current_changed.connect(lambda _line: self._show())
        self.table.opened.connect(lambda _line: self.confirm())
        self.sheet = CheckSheet()
        self.side = QStackedWidget()
        self._finished = EmptyState()
        self._lay_out()
        self._bind()
        self.begin_with(self.table)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(self.scope, 1)
        row.addWidget(self._count)
        row.addWidget(self.progress)
        listed = Card()
        listed.set_flush()
        listed.body.addWidget(self.table)
        listed.setMinimumWidth(px(300))
        asking = Card()
        asking.body.setContentsMargins(0, 0, 0, 0)
        asking.body.addWidget(self.sheet, 1)
        self._buttons = self._make_buttons()
        asking.body.addWidget(self._buttons)
        self._asking = asking
        done = Card()
        done.body.addWidget(self._finished)
        self._done = done
        for part in (asking, done):
            self.side.addWidget(part)
        self.side.setMinimumWidth(px(430))
        self.split = Split(self.shell.settings, "checking", [listed, self.side], [380, 620])
        self.split.setStretchFactor(0, 0)
        self.split.setStretchFactor(1, 1)
        whole = QVBoxLayout()
        whole.setSpacing(px(10))
        whole.addLayout(row)
        whole.addWidget(self.split, 1)
        self.body.addLayout(whole, 1)

    def _make_buttons(self) -> QWidget:
        bar = QWidget()
        flow = FlowLayout(bar)
        flow.setContentsMargins(px(14), px(8), px(14), px(12))
        same = PrimaryButton(OUTCOME_LABELS[Outcome.SAME], "check", "Alt+W")
        changed = button(OUTCOME_LABELS[Outcome.CHANGED], "pencil", "Alt+E")
        unreached = button(OUTCOME_LABELS[Outcome.UNREACHED], "phone", "Alt+U")
        skip = button(_SKIPPED, "arrow-right", "Alt+S")
        back = button("上一位", "chevron-left", "Alt+Q")
        for made, action in (
            (same, self.confirm), (changed, self.change), (unreached, self.unreached), (skip, self.skip), (back, self.step_back),
        ):  # fmt: skip
            made.clicked.connect(lambda _checked=False, action=action: action())
            flow.addWidget(made)
        offer(self._desks, Right.KEEP, same, changed, unreached, skip)
        return bar

    def _bind(self) -> None:
        for keys, action in (
            ("Alt+W", self.confirm),
            ("Alt+E", self.change),
            ("Alt+U", self.unreached),
            ("Alt+S", self.skip),
            ("Alt+Q", self.step_back),
        ):
            QShortcut(QKeySequence(keys), self, action)

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Return the page's own shortcuts."""
        return (
            ("Enter 或 Alt+W", "无误，记下今天的日期，到下一位"),
            ("Alt+E", "有变化：就地改，保存后到下一位"),
            ("Alt+U", "未联系上：记下情况，到下一位"),
            ("Alt+S", "跳过，排到本轮最后"),
            ("Alt+Q", "回到上一位"),
            ("Ctrl+P", "打印核对表（按小组）"),
            ("Esc", "回到代表；下次从这里接着核对"),
        )

    # Showing

    def reload(self) -> None:
        """Fetch the round again; the clerk stays where it was left."""
        first = not self._walk.begun
        self._groups = self._desks.grouping.groups()
        self._offer_scopes()
        self._walk = self._desks.checking.round(self.scope.scope())
        if first:
            self._skipped = self._walk.skipped
        self.table.set_rows(self._walk.lines)
        if first and not (self._walk.at is not None and self.table.select(self._walk.at)):
            self._go_on()
        done, whole = self._walk.done, len(self._walk.lines)
        self.progress.setRange(0, max(whole, 1))
        self.progress.setValue(done)
        self._count.setText(f"{done} / {whole}" if whole else "")
        left = f"已核对 {done} 位，还剩 {whole - done} 位" if whole > done else f"本轮 {whole} 位都核对完了"
        self.header.set_note(left if whole else "")
        self._show()

    def _offer_scopes(self) -> None:
        today = self.shell.clock.today().isoformat()
        kind = self._desks.settings.profile().organ_kind
        serving = self._desks.roster.serving()
        levels = [level for level in Level if any(level in one.levels_on(today) for one in serving)]
        villages = [one for one in self._desks.settings.villages() if not one.retired]
        self.scope.offer(
            [(group.name, group.id) for group in self._groups if group.exists_on(today)],
            [(level_label(level, kind), level) for level in levels],
            [(one.short_name, one.id) for one in villages],
        )

    def _scope_changed(self) -> None:
        if self.close_editor():
            self.reload()
            if self._current() is None:
                self._go_on()

    def _state_mark(self, line: RoundLine) -> Mark | None:
        if line.last is not None:
            return Mark(OUTCOME_LABELS[line.last.outcome], _TONES[line.last.outcome])
        return Mark(_SKIPPED, Tone.QUIET) if line.deputy.id in self._skipped else None

    def _current(self) -> RoundLine | None:
        line = self.table.current_row()
        return line if isinstance(line, RoundLine) else None

    def _show(self) -> None:
        if self._form is not None:
            return
        line = self._current()
        if line is None:
            self._say_finished()
            return
        deputy = self._desks.roster.deputy(line.deputy.id)
        kind = self._desks.settings.profile().organ_kind
        history = self._desks.checking.history(deputy.id)
        self.sheet.show_deputy(deputy, self._groups, history, kind, self.shell.clock.today().isoformat())
        self.side.setCurrentWidget(self._asking)

    def _say_finished(self) -> None:
        months = self._desks.settings.roster_rules().check_months
        if not self._desks.roster.serving():
            self._finished.say("还没有登记在任的代表。", "到代表页", lambda: self.shell.open_page("roster", None))
        else:
            self._finished.say(f"没有要核对的：在任代表都在 {months} 个月内核对过。", "", None)
        self.side.setCurrentWidget(self._done)

    # Walking

    def _go_on(self) -> None:
        """Stand on the next entry that is due: those not asked yet first, then those put off, then those not reached."""
        lines: list[RoundLine] = self.table.rows()
        here = self._current()
        start = lines.index(here) + 1 if here in lines else 0
        waiting = [line for line in (*lines[start:], *lines[:start]) if line.due]
        waiting.sort(key=lambda line: (line.last is not None, line.deputy.id in self._skipped))
        if waiting:
            self.table.select(waiting[0].deputy.id)
        elif lines and here is None:
            self.table.select(lines[0].deputy.id)
        self._keep_place()

    def _keep_place(self) -> None:
        line = self._current()
        if self._walk.lines and self._desks.operators.may(Right.KEEP):
            self._desks.checking.keep_place(self._walk, line.deputy.id if line else None, self._skipped)

    def _may_act(self) -> RoundLine | None:
        """Return whom an outcome would be about; None while a form is open or who works here may not write."""
        line = self._current()
        if line is None or self._form is not None or refused(self._desks, Right.KEEP, self.shell.messages):
            return None
        return line

    def confirm(self) -> None:
        """Note that the current entry is right, and go on (Enter, Alt+W); one that is checked already is passed."""
        line = self._may_act()
        if line is None:
            return
        if line.due:
            self.do(lambda: self._desks.checking.confirm(line.deputy.id))
        self._go_on()

    def change(self) -> None:
        """Let the fields be changed in place (Alt+E)."""
        if (line := self._may_act()) is not None:
            self._open(ChangedForm(self._desks, self.shell, self._desks.roster.deputy(line.deputy.id)))

    def unreached(self) -> None:
        """Write down that the deputy was not reached (Alt+U)."""
        if (line := self._may_act()) is not None:
            self._open(UnreachedForm(self._desks, self.shell, line.deputy))

    def skip(self) -> None:
        """Put the current entry off to the end of the round (Alt+S); nothing is written down."""
        if (line := self._may_act()) is not None:
            self._skipped |= {line.deputy.id}
            self.table.set_rows(self._walk.lines)
            self._go_on()

    def step_back(self) -> None:
        """Go to the entry above (Alt+Q)."""
        lines, here = self.table.rows(), self._current()
        if self._form is None and here in lines and lines.index(here) > 0:
            self.table.select(lines[lines.index(here) - 1].deputy.id)
            self.table.view.setFocus()

    # Forms

    def _open(self, form: FormPanel) -> None:
        self.editor = self._form = form
        form.set_active(True)
        form.saved.connect(self._saved)
        form.saved_next.connect(self._saved)
        form.closed.connect(self._close_form)
        if isinstance(form, UnreachedForm):  # the entry stays in sight: there may be another number to try
            form.setMaximumHeight(px(_LOW))
            self._asking.body.addWidget(form)
            form.show()
            self._buttons.hide()
        else:
            self.side.addWidget(form)
            self.side.setCurrentWidget(form)
        form.start()

    def _close_form(self) -> None:
        form, self.editor, self._form = self._form, None, None
        self._buttons.show()
        if form is not None:
            form.hide()
            form.deleteLater()
        self.catch_up()
        self._show()
        self.table.view.setFocus()

    def _saved(self, done: Done[Any]) -> None:
        self._close_form()
        self.publish(done)
        self._go_on()

    def open_item(self, key: object) -> None:
        """Go to a deputy of the round by id, or go on with an unfinished form."""
        self.catch_up()
        if isinstance(key, int):
            self.table.select(key)
        elif isinstance(key, KeptDraft) and self.close_editor():
            deputy = next((one for one in self._desks.roster.serving() if one.uid == key.record), None)
            if deputy is None:
                tell_gone(self.shell.messages)
                return
            self.table.select(deputy.id)
            form = ChangedForm if key.form == ChangedForm.kind else UnreachedForm
            made = form(self._desks, self.shell, deputy)
            self._open(made)
            resume(made, key)

    def back(self) -> None:
        """Leave the form, then go back to the roster (Esc)."""
        if self._form is not None:
            self.close_editor()
        else:
            self.shell.open_page("roster", None)

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember where the walk was left."""
        super().hideEvent(event)
        if self._walk.begun and self.window().isVisible():  # else the window closes, and the file with it
            self._keep_place()

    def print_(self) -> None:
        """Show the check list by group, to be printed and filled in by hand (Ctrl+P)."""
        from station_app.ui.paper_window import PaperWindow

        desks = self._desks

        def write(path: Path) -> None:
            with desks.reading() as copy:
                copy.roster_papers.write_check_list(path, by_group=True)

        PaperWindow(self.shell, "名册核对表", write, QApplication.activeWindow()).show()
