"""换届 in five steps; it may be left at any time and taken up again, the draft lies in the file."""

from dataclasses import replace
from typing import Any, Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QWidget

from station_app.domain.problems import InvalidInput
from station_app.domain.term_change import TermChange
from station_app.station import Desks
from station_app.support.faults import StationFault
from station_app.ui.cards import Card, PrimaryButton, button, label, repolish
from station_app.ui.form_draft import KEEP_MS
from station_app.ui.messages import Unsaved
from station_app.ui.page import Shell
from station_app.ui.term_beginning import TermBeginning
from station_app.ui.term_elected import TermElected
from station_app.ui.term_groups import TermGroups
from station_app.ui.term_outgoing import TermOutgoing
from station_app.ui.term_step import TermStep
from station_app.ui.term_summary import TermSummary
from station_app.ui.theme import ACCENT, MUTED, px

DRAFT: Final = "term_change"
_STEPS: Final[tuple[type[TermBeginning | TermOutgoing | TermElected | TermGroups | TermSummary], ...]] = (
    TermBeginning, TermOutgoing, TermElected, TermGroups, TermSummary,
)  # fmt: skip
_NUMBERS: Final = "①②③④⑤"


class TermChangePanel(Card):
    """See the module.

    Signals:
        carried_out: the `Done` of the change.
        left: the clerk left it, for now or for good.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
        change: the draft to begin or go on with.
    """

    carried_out = Signal(object)
    left = Signal()

    def __init__(self, shell: Shell, desks: Desks, change: TermChange) -> None:
        super().__init__("换届")
        self._shell = shell
        self._desks = desks
        self.change = change
        self._touched = False
        self._timer = QTimer(self, singleShot=True, interval=KEEP_MS)
        self._timer.timeout.connect(self.keep)
        self.set_flush()
        self._words = [label(f"{_NUMBERS[place]} {step.word}") for place, step in enumerate(_STEPS)]
        self.stack = QStackedWidget()
        self.steps: list[TermStep] = [step(shell, desks) for step in _STEPS]
        for step in self.steps:
            step.edited.connect(self._edited)
            self.stack.addWidget(step)
        self.next_button = PrimaryButton("下一步", "arrow-right", "Ctrl+Enter")
        self.back_button = button("上一步", "chevron-left", "Alt+Q")
        self._lay_out()
        self.show_step(change.step)

    def _lay_out(self) -> None:
        for word in self._words:
            self.add_to_head(word)
        leave = button("先放一放", "", "Esc")
        leave.setToolTip("内容留着，下次从这一步接着办（Esc）")
        drop = button("放弃这次换届", "trash-2", "Alt+X")
        row = QHBoxLayout()
        row.setContentsMargins(px(14), px(6), px(14), px(8))
        row.setSpacing(px(8))
        for made, action in (
            (drop, self.drop), (leave, self.leave), (self.back_button, self.step_back), (self.next_button, self.step_on),
        ):  # fmt: skip
            made.clicked.connect(lambda _checked=False, action=action: action())
        row.addWidget(drop)
        row.addStretch(1)
        for made in (leave, self.back_button, self.next_button):
            row.addWidget(made)
        bar = QWidget()
        bar.setLayout(row)
        self.body.addWidget(self.stack, 1)
        self.body.addWidget(bar)
        for keys, action in (
            ("Ctrl+Return", self.step_on),
            ("Ctrl+Enter", self.step_on),
            ("Ctrl+S", self.carry_out),
            ("Alt+Q", self.step_back),
            ("Alt+X", self.drop),
        ):
            bound = QShortcut(QKeySequence(keys), self, action)
            bound.setContext(Qt.ShortcutContext.WindowShortcut)

    def shortcuts(self) -> tuple[tuple[str, str], ...]:
        """Return the keys of all steps."""
        own = (
            ("Ctrl+Enter / Alt+Q", "换届：下一步、上一步"),
            ("Ctrl+S", "最后一步：写入换届"),
            ("Esc", "先放一放，下次接着办"),
        )
        return (*own, *(line for step in self.steps for line in step.shortcuts()))

    # Steps

    def show_step(self, place: int) -> None:
        """Go to a step, from 0."""
        place = max(0, min(place, len(self.steps) - 1))
        self.change = replace(self.change, step=place)
        step = self.steps[place]
        step.show_change(self.change)
        self.stack.setCurrentWidget(step)
        for number, word in enumerate(self._words):
            colour = ACCENT if number == place else MUTED
            word.setStyleSheet(f"color: {colour}; font-weight: {700 if number == place else 400};")
        last = place == len(self.steps) - 1
        self.back_button.setEnabled(place > 0)
        self.next_button.setText("写入换届" if last else "下一步")
        self.next_button.set_hint("Ctrl+S" if last else "Ctrl+Enter")
        self.next_button.setEnabled(not (last and self._summary().blocked))
        repolish(self.next_button)
        step.start()
        if last:
            (self.next_button if self.next_button.isEnabled() else self.back_button).setFocus()

    def _summary(self) -> TermSummary:
        last = self.steps[-1]
        assert isinstance(last, TermSummary)
        return last

    def step_on(self) -> None:
        """Go on (Ctrl+Enter); on the last step the change is carried out."""
        if self.change.step == len(self.steps) - 1:
            self.carry_out()
        elif self.steps[self.change.step].may_leave():
            self.show_step(self.change.step + 1)
            self.keep()

    def step_back(self) -> None:
        """Go one step back (Alt+Q)."""
        if self.change.step > 0:
            self.show_step(self.change.step - 1)

    def refit(self) -> None:
        """Fit the draft to the roster, which changed meanwhile."""
        self.change = self._desks.term_change.fitted(self.change)
        self.show_step(self.change.step)

    def _edited(self, change: TermChange) -> None:
        self.change = replace(change, step=self.change.step)
        self._touched = True
        if not self._timer.isActive():
            self._timer.start()

    # Leaving

    def keep(self) -> None:
        """Keep the draft in the file."""
        self._timer.stop()
        self._touched = True
        word = f"{self._desks.terms.level_word(self.change.level)}{self.change.new_term}"
        body: dict[str, Any] = {"page": "terms", "title": "换届", "about": word, "change": self.change.to_dict()}
        try:
            self._desks.housekeeping.keep_draft(DRAFT, body)
        except StationFault as fault:
            self.set_note(f"草稿没有保存：{fault.what}")

    def is_changed(self) -> bool:
        """Tell whether something was decided that is not in the kept draft yet."""
        return self._timer.isActive()

    def leave_with(self, answer: Unsaved) -> bool:
        """Leave it with what was just decided kept in the draft, unless the clerk goes on."""
        if answer is Unsaved.STAY:
            return False
        self.keep()
        self.left.emit()
        return True

    def leave(self) -> bool:
        """Leave it for now (Esc); in the middle of a step go back to its table first."""
        step = self.steps[self.change.step]
        if isinstance(step, TermOutgoing | TermElected) and step.back():
            return False
        if self._touched:
            self.keep()
        self.left.emit()
        return True

    def drop(self) -> None:
        """Give the draft up, after a question (Alt+X)."""
        if self._touched and not self._shell.messages.ask(
            "放弃这次换届的准备？",
            "已经选好的连任、离任和读入的新名单都不再保留；登记簿没有改动。",
            yes="放弃",
            no="接着办",
        ):
            return
        self._forget()
        self.left.emit()

    def _forget(self) -> None:
        self._timer.stop()
        self._touched = False
        self._desks.housekeeping.drop_draft(DRAFT)

    def carry_out(self) -> None:
        """Write the change: a backup first, then one step (Ctrl+S on the last step)."""
        if self.change.step != len(self.steps) - 1 or not self.next_button.isEnabled():
            return
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            done = self._desks.term_change.carry_out(self.change)
        except InvalidInput:
            QApplication.restoreOverrideCursor()
            self.show_step(self.change.step)  # the roster changed meanwhile; the step says what is in the way
            return
        except StationFault as fault:
            QApplication.restoreOverrideCursor()
            self._shell.messages.tell_fault(fault)
            return
        QApplication.restoreOverrideCursor()
        self._forget()
        self.carried_out.emit(done)
