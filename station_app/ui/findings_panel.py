"""编组检查: what is not as the rules want it, with the way to the place; and which rules are checked."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station_app.documents.columns import Column, Kind, Ledger
from station_app.domain.grouping_rules import HINTS, RULE_LABELS, Finding, count_words
from station_app.domain.operators import Right
from station_app.services.done import Done
from station_app.station import Desks
from station_app.ui.cards import Card, button
from station_app.ui.fields import CheckField, FormPanel
from station_app.ui.ledger_table import LedgerTable
from station_app.ui.marks import Mark
from station_app.ui.page import Shell
from station_app.ui.rights import offer
from station_app.ui.splits import Split
from station_app.ui.theme import Tone

_LEDGER: Ledger[Finding] = Ledger(
    "grouping_findings",
    "编组检查",
    (
        Column("mark", "", lambda one: "提示" if one.hint else "问题", Kind.LABEL, 8),
        Column("words", "情况", lambda one: one.words, Kind.TEXT, 40),
        Column("todo", "怎么办", lambda one: one.todo, Kind.TEXT, 46),
    ),
)


class FindingsPanel(QWidget):
    """The list of findings.

    Signals:
        asked: the `Finding` the clerk wants to go to.
        saved: the `Done` of other rules.
        closed: the clerk goes back.
    """

    asked = Signal(object)
    saved = Signal(object)
    closed = Signal()

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__()
        self._shell = shell
        self._desks = desks
        self.form: FormPanel | None = None
        self.table = LedgerTable(
            _LEDGER,
            lambda one: (one.rule, one.group_id, one.deputy_id, one.village_id),
            shell.settings,
            marks={"mark": lambda one: Mark("提示", Tone.INFO) if one.hint else Mark("问题", Tone.WARNING)},
            stretch="words",
            yielding=("todo",),
        )
        self.table.set_empty("编组检查：无问题。")
        self.table.opened.connect(self.asked)
        self._card = Card("编组检查")
        self._card.set_flush()
        rules = button("检查哪些", "settings", "Alt+S")
        rules.clicked.connect(lambda _checked=False: self.choose_rules())
        offer(desks, Right.KEEP, rules)
        self._card.add_to_head(rules)
        self._card.body.addWidget(self.table, 1)
        self._split = Split(shell.settings, "grouping_findings", [self._card], [900])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._split)
        self.setFocusProxy(self.table.view)
        QShortcut(QKeySequence("Alt+S"), self, self.choose_rules).setContext(
            Qt.ShortcutContext.WidgetWithChildrenShortcut
        )

    def show_findings(self, findings: list[Finding], day: str) -> None:
        """Show what was found as of a day."""
        self._card.set_note(f"{day}　{count_words(findings)}")
        self.table.set_rows(findings)
        if findings and self.table.current_row() is None:
            self.table.view.selectRow(0)

    def choose_rules(self) -> None:
        """Switch rules on and off (Alt+S)."""
        if self.form is None and self._desks.operators.may(Right.KEEP):
            form = _RulesForm(self._shell, self._desks)
            form.saved.connect(self._rules_saved)
            form.closed.connect(self._close_form)
            self.form = form
            self._split.addWidget(form)
            form.start()

    def _rules_saved(self, done: Done[None]) -> None:
        self._close_form()
        self.saved.emit(done)

    def _close_form(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            form.take_out()
        self.table.view.setFocus()


class _RulesForm(FormPanel):
    """Which rules are checked."""

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__("检查哪些", self._save_rules, shell.messages)
        self._desks = desks
        self.set_active(True)
        off = desks.grouping.rules_off()
        for rule, words in RULE_LABELS.items():
            self.add_block(rule, CheckField("", f"{words}（提示）" if rule in HINTS else words))
        self.set_values({rule: rule not in off for rule in RULE_LABELS})

    def _save_rules(self, values: dict[str, Any]) -> Done[None]:
        return self._desks.grouping.save_rules_off(frozenset(rule for rule in RULE_LABELS if not values[rule]))
