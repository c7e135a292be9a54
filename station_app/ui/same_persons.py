"""Entries of the roster that are probably one person (重复人员), two at a time side by side, field by field."""

from collections.abc import Callable
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from station_app.domain.people import Deputy, level_label
from station_app.domain.problems import InvalidInput
from station_app.domain.same_person import LIKENESS_LABELS, Likeness, Pair
from station_app.domain.station import OrganKind
from station_app.services.done import Done
from station_app.services.persons_desk import Comparison
from station_app.station import Desks
from station_app.support.faults import StationFault
from station_app.ui.cards import Chip, Notice, PrimaryButton, button, label
from station_app.ui.mandates_field import mandate_words
from station_app.ui.marks import Mark
from station_app.ui.page import Shell
from station_app.ui.theme import MUTED, TONES, Tone, px

_TONES: Final = {Likeness.SURE: Tone.DANGER, Likeness.LIKELY: Tone.WARNING, Likeness.POSSIBLE: Tone.QUIET}
_HOW: Final = "↑↓ 换一行，←→ 选留左边还是右边的内容；没有标记的两边一样，或合并后都留下。"


class FieldChoice(QTableWidget):
    """What two entries say, a row for each field; Left and Right choose whose value stays."""

    def __init__(self) -> None:
        super().__init__(0, 3)
        self._keys: list[str] = []
        self._sides: list[int | None] = []
        self._values: list[tuple[str, str]] = []
        self.setAccessibleName("两条记录逐项对照")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        self.setHorizontalHeaderLabels(["项目", "第一条", "第二条"])
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Fixed)
        head.resizeSection(0, px(130))
        for column in (1, 2):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        head.sectionResized.connect(lambda *_change: self._fit_rows())
        self.setProperty("look", "framed")
        self.cellClicked.connect(self._clicked)

    def show_rows(self, rows: list[tuple[str, str, tuple[str, str], int | None]]) -> None:
        """Show rows: key, title, both values, and whose is chosen; None where there is nothing to choose."""
        self._keys = [key for key, *_ in rows]
        self._values = [values for _, _, values, _ in rows]
        self._sides = [side for *_, side in rows]
        self.setRowCount(len(rows))
        for row, (_, title, _, _) in enumerate(rows):
            self.setItem(row, 0, QTableWidgetItem(title))
            self._write(row)
        self._fit_rows()
        self.setCurrentCell(0, 1)
        self.scrollToTop()

    def choose(self, side: int) -> None:
        """Let the value of the first (0) or second (1) entry stay in the current row."""
        row = self.currentRow()
        if 0 <= row < len(self._sides) and self._sides[row] is not None:
            self._sides[row] = side
            self._write(row)

    def choices(self) -> dict[str, int]:
        """Return whose value stays, by field, where there was a choice."""
        return {key: side for key, side in zip(self._keys, self._sides, strict=True) if side is not None}

    def text(self, row: int) -> tuple[str, str, str]:
        """Return what a row shows."""
        cells = [self.item(row, column) for column in range(3)]
        title, first, second = (cell.text() if cell else "" for cell in cells)
        return title, first, second

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by Left and Right."""
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right} and not event.modifiers():
            self.choose(int(event.key() == Qt.Key.Key_Right))
            return
        super().keyPressEvent(event)

    def _fit_rows(self) -> None:
        """Give every row the height its texts need; the style sheet's edges are not in the view's own measure."""
        for row in range(self.rowCount()):
            heights = [
                self.fontMetrics()
                .boundingRect(
                    0, 0, self.columnWidth(column) - px(24), px(2000), Qt.TextFlag.TextWordWrap, item.text() + "●"
                )
                .height()
                for column in (1, 2)
                if (item := self.item(row, column)) is not None
            ]
            self.setRowHeight(row, max([*heights, self.fontMetrics().height()]) + px(14))

    def _clicked(self, _row: int, column: int) -> None:
        if column:
            self.choose(column - 1)

    def _write(self, row: int) -> None:
        side = self._sides[row]
        for place, value in enumerate(self._values[row]):
            item = QTableWidgetItem(value if side is None else f"{'●' if side == place else '○'} {value or '（空）'}")
            if side is None or side != place:
                item.setForeground(QColor(MUTED))
            else:
                bold = QFont(self.font())
                bold.setBold(True)
                item.setFont(bold)
                item.setForeground(QColor(TONES[Tone.GOOD][0]))
            self.setItem(row, 1 + place, item)


class SamePersons(QDialog):
    """The pairs at the left, the one looked at at the right; made one, told apart, or left for later.

    Args:
        parent: the window.
        desks: the desks of the open station.
        shell: what the window lends.
    """

    def __init__(self, parent: QWidget, desks: Desks, shell: Shell) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("重复人员")
        self._desks = desks
        self._messages = shell.messages
        self._changes = shell.changes
        self._steps: list[int] = []
        self._pairs: list[Pair] = []
        self._compared: Comparison | None = None
        self.list = QListWidget()
        self.list.setAccessibleName("可能重复的代表")
        self.list.setProperty("look", "framed")
        self.fields = FieldChoice()
        self.likeness = Chip()
        self.reasons = label("", "strong", wrap=True)
        self.belongings = label("", "small", wrap=True)
        self.told = Notice(Tone.GOOD)
        self._lay_out()
        self._bind()
        self._fetch()
        self.list.setCurrentRow(0)
        self.fields.setFocus()
        self._changes.changed.connect(self._look_again)

    def _lay_out(self) -> None:
        about = QHBoxLayout()
        about.setSpacing(px(10))
        about.addWidget(self.likeness, 0, Qt.AlignmentFlag.AlignTop)
        about.addWidget(self.reasons, 1)
        right = QVBoxLayout()
        right.setSpacing(px(8))
        right.addLayout(about)
        right.addWidget(self.fields, 1)
        right.addWidget(self._how())
        right.addWidget(self.belongings)
        middle = QHBoxLayout()
        middle.setSpacing(px(12))
        self.list.setFixedWidth(px(200))
        middle.addWidget(self.list)
        middle.addLayout(right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(px(16), px(14), px(16), px(12))
        whole.setSpacing(px(10))
        whole.addWidget(self.told)
        whole.addLayout(middle, 1)
        whole.addLayout(self._buttons())
        self.resize(px(860), px(600))

    @staticmethod
    def _how() -> QLabel:
        return label(_HOW, "small", wrap=True)

    def _buttons(self) -> QHBoxLayout:
        self.merge_button = PrimaryButton("合并", "check", "Ctrl+S")
        self.apart_button = button("不是同一人", "", "Alt+N")
        self.later_button = button("以后再说", "", "Alt+L")
        closing = button("关闭", "", "Esc")
        row = QHBoxLayout()
        row.addStretch(1)
        for made, action in (
            (self.merge_button, self.merge),
            (self.apart_button, self.keep_apart),
            (self.later_button, self.later),
            (closing, self.close),
        ):
            made.clicked.connect(lambda _checked=False, act=action: act())
            row.addWidget(made)
        return row

    def _bind(self) -> None:
        self.list.currentRowChanged.connect(self._show)
        for keys, action in (
            ("Ctrl+S", self.merge),
            ("Alt+N", self.keep_apart),
            ("Alt+L", self.later),
            ("PgDown", lambda: self._go(1)),
            ("PgUp", lambda: self._go(-1)),
            ("Ctrl+Z", self.undo),
        ):
            QShortcut(QKeySequence(keys), self, action)

    # Showing

    def _fetch(self, beside: int = 0) -> None:
        """Find the pairs again and show the one at a place."""
        self._pairs = self._desks.persons.pairs()
        self.list.blockSignals(True)
        self.list.clear()
        for pair in self._pairs:
            names = dict.fromkeys((pair.first.name, pair.second.name))
            item = QListWidgetItem(f"{'、'.join(names)}\n{LIKENESS_LABELS[pair.likeness]}")
            self.list.addItem(item)
        self.list.blockSignals(False)
        self.list.setCurrentRow(max(0, min(beside, len(self._pairs) - 1)))
        self._show(self.list.currentRow())

    def _look_again(self) -> None:
        """Keep up with what is done elsewhere, or here."""
        self._fetch(self.list.currentRow())
        if not self._pairs:
            self.accept()

    def _show(self, row: int) -> None:
        if not 0 <= row < len(self._pairs):
            self._compared = None
            return
        pair = self._pairs[row]
        self._compared = self._desks.persons.compare(pair)
        self.likeness.set_mark(Mark(LIKENESS_LABELS[pair.likeness], _TONES[pair.likeness]))
        self.reasons.setText("，".join(pair.reasons))
        fields: list[tuple[str, str, tuple[str, str], int | None]] = [
            (field.key, field.title, field.values, field.better if field.differs else None)
            for field in sorted(self._compared.fields, key=lambda field: not field.differs)
        ]
        organ = self._desks.settings.profile().organ_kind
        mandates = _mandates(pair.first, organ), _mandates(pair.second, organ)
        differing = sum(field.differs for field in self._compared.fields)
        fields.insert(differing, ("mandates", "代表职务", mandates, None))
        self.fields.show_rows(fields)
        first, second = (one or "没有" for one in self._compared.belongings)
        self.belongings.setText(f"名下的记录合并后都归到一条。第一条：{first}；第二条：{second}。")

    def _go(self, by: int) -> None:
        self.list.setCurrentRow(max(0, min(self.list.currentRow() + by, len(self._pairs) - 1)))

    # Acting

    def merge(self) -> None:
        """Make the two one, with the chosen values (Ctrl+S)."""
        compared = self._compared
        if compared is None:
            return
        both = compared.pair.first.id, compared.pair.second.id
        kept = compared.better
        taken = {key for key, side in self.fields.choices().items() if side != kept}
        self._do(lambda: self._desks.persons.merge(both[kept], both[1 - kept], taken))

    def keep_apart(self) -> None:
        """Remember that they are two people (Alt+N)."""
        compared = self._compared
        if compared is not None:
            self._do(lambda: self._desks.persons.keep_apart(compared.pair))

    def later(self) -> None:
        """Go on to the next pair and leave this one as it is (Alt+L); after the last one the window closes."""
        if self.list.currentRow() + 1 < len(self._pairs):
            self._go(1)
        else:
            self.close()

    def undo(self) -> None:
        """Take back what was done last in this window (Ctrl+Z)."""
        if self._steps:
            last = self._steps.pop()
            self._do(lambda: self._desks.housekeeping.undo(back_to=last), undoing=True)

    def _do(self, write: Callable[[], Done[Any]], *, undoing: bool = False) -> None:
        try:
            done = write()
        except InvalidInput as refused:
            self._messages.tell(str(refused))
            return
        except StationFault as fault:
            self._messages.tell_fault(fault)
            return
        if not undoing:
            self._steps.append(done.step_id)
        self._changes.publish(done)
        if self._pairs:
            self.told.say(done.label, "" if undoing else "按 Ctrl+Z 可以撤销。")
            self.fields.setFocus()


def _mandates(deputy: Deputy, organ: OrganKind) -> str:
    return "\n".join(
        "　".join(
            word for word in (level_label(one.level, organ), one.term, one.constituency, mandate_words(one)) if word
        )
        for one in deputy.mandates
    )
