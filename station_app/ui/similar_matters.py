"""What else is like the matter being typed: open and past ones of the village, one key to link the visitor to one."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from station_app.domain.merging import may_be_joined
from station_app.domain.opinion import Case
from station_app.station import Desks
from station_app.ui.cards import ElidedLabel, dress, label, link_button
from station_app.ui.matter_words import past_words, short_title, standing_words
from station_app.ui.theme import TONES, Tone, px

LINK_KEY = "Alt+A"
_PATIENCE_MS = 350
_LEAST_WORDS = 4
_MOST = 3


class SimilarMatters(QFrame):
    """Looks for similar matters a moment after the last key, and holds the one the visitor is to be linked to.

    Linking registers the visitor's matter as its own 件 and merges it into the chosen one in the same step.

    Signals:
        chosen: the id of the matter to merge into, or None; by key or mouse, not by `show_choice`.
        told: whether anything is said now.
    """

    chosen = Signal(object)
    told = Signal(bool)

    def __init__(self, desks: Desks) -> None:
        super().__init__()
        dress(self, "notice-quiet")
        self._desks = desks
        self._asked = ("", "", "")
        self._found: list[Case] = []
        self._main: Case | None = None
        self._head = label("", "strong", wrap=True)
        self._head.setStyleSheet(f"color: {TONES[Tone.QUIET][0]};")
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(12), px(4), px(8), px(5))
        self._column.setSpacing(px(1))
        self._column.addWidget(self._head)
        self.hide()
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self.look_now)

    def text(self) -> str:
        """Return what is said, line by line; empty while nothing is."""
        if self.isHidden():
            return ""
        return "\n".join((self._head.text(), *(row.accessibleName() for row in self._rows)))

    def main_id(self) -> int | None:
        """Return the id of the matter to link to, or None."""
        return self._main.id if self._main else None

    def look_for(self, words: str, village: str, category: str) -> None:
        """Look for similar matters soon.

        Args:
            words: as typed so far.
            village: short name; empty where unknown.
            category: label; empty where not chosen yet.
        """
        if (words, village, category) != self._asked:
            self._asked = (words, village, category)
            self._patience.start()

    def look_now(self) -> None:
        """Look and tell what is found; until the register is in memory nothing is, and nobody waits."""
        self._patience.stop()
        words, village, category = self._asked
        self._found = []
        if len(words) >= _LEAST_WORDS and self._desks.similar.is_ready():
            self._found = [one.case for one in self._desks.similar.matters(words, village, category, _MOST)]
        self._tell()

    def show_choice(self, main_id: int | None) -> None:
        """Show which matter is chosen for the opinion that came on show; it is told even if no words find it."""
        self._main = self._case(main_id)
        self._asked = ("", "", "")
        self._found = []
        self._tell()

    def forget(self) -> None:
        """Say nothing until something else is typed."""
        self._patience.stop()
        self.show_choice(None)

    def choose_next(self) -> None:
        """Choose the first matter that can take the visitor in, at the next press the next one, at last none."""
        if self._patience.isActive():
            self.look_now()
        joinable = [case for case in self._found if may_be_joined(case)]
        if self._main is None:
            self._choose(joinable[0] if joinable else None)
            return
        at = next((number for number, case in enumerate(joinable) if case.id == self._main.id), len(joinable))
        self._choose(joinable[at + 1] if at + 1 < len(joinable) else None)

    def _case(self, case_id: int | None) -> Case | None:
        """Return a matter, or None when none is meant or it is gone."""
        try:
            return None if case_id is None else self._desks.opinions.case(case_id)
        except KeyError:
            return None

    def _choose(self, main: Case | None) -> None:
        if main is not self._main:
            self._main = main
            self._tell()
            self.chosen.emit(self.main_id())

    def _tell(self) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        shown = list(self._found)
        if self._main is not None and all(case.id != self._main.id for case in shown):
            shown.insert(0, self._main)
        self._rows = [self._row(case) for case in shown]
        for row in self._rows:
            self._column.addWidget(row)
        joinable = sum(may_be_joined(case) for case in shown)
        if self._main is not None:
            self._head.setText(f"保存后并入 {self._main.number}；本件仍单独编号、反馈、办结")
        elif joinable > 1:
            self._head.setText(f"相近的事项（{LINK_KEY} 逐件选，并入选中的）")
        else:
            self._head.setText(f"相近的事项（{LINK_KEY} 并入）" if joinable else "相近的事项")
        self.setVisible(bool(shown))
        self.told.emit(bool(shown))

    def _row(self, case: Case) -> QWidget:
        """Return the line of one matter, with the link to merge where it is open."""
        on = self._main is not None and case.id == self._main.id
        said = f"{'√ ' if on else ''}“{short_title(case)}”　{case.number}　{standing_words(case)}"
        if not may_be_joined(case):
            said = f"“{short_title(case)}”　{past_words(case)}"
        row = QWidget()
        row.setAccessibleName(said)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        words = ElidedLabel(said, "strong" if on else "")
        row.setToolTip(f"{case.number}　{case.raised_on}　{case.title}\n{standing_words(case)}\n{case.words}")
        line.addWidget(words, 1)
        if may_be_joined(case):
            line.addWidget(self._link(case, on=on), 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _link(self, case: Case, *, on: bool) -> QPushButton:
        made = link_button("不并入" if on else "并入", partial(self._choose, None if on else case))
        # The key does it from anywhere in the form; Tab goes on to the next field.
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return made
