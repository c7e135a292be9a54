"""各站室情况 on screen: the figures of a period by room, and the matters behind the one that is looked at."""

from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from station_app.documents.columns import Ledger
from station_app.documents.room_ledger import BEHIND_LEDGER, ROOM_LEDGER
from station_app.domain.opinion import Case
from station_app.domain.periods import Period
from station_app.domain.room_figures import RoomLine
from station_app.services.done import OPINIONS, VISITS, Done
from station_app.station import Desks
from station_app.ui.cards import Card, Notice, PrimaryButton, button, label
from station_app.ui.cases_behind import CasesBehind
from station_app.ui.ledger_table import LedgerTable
from station_app.ui.page import Shell
from station_app.ui.switch_fields import SegmentField
from station_app.ui.theme import Tone, px

_FIGURES = (("received", "本期新收"), ("closed", "本期办结"), ("closing", "期末在办"), ("closing.overdue", "其中超期"))
_SHORT = {
    "held": "接待", "attended": "进站", "received": "新收", "closed": "办结", "overdue": "超期", "rate": "办结率",
}  # fmt: skip
"""Titles on screen, where paper has two lines for them."""
_ROWS_IN_SIGHT = 7
_ROOMS = Ledger(
    "rooms_screen",
    ROOM_LEDGER.title,
    tuple(replace(one, title=_SHORT.get(one.key, one.title)) for one in ROOM_LEDGER.columns),
)
_BEHIND = Ledger("rooms_behind_screen", "明细", tuple(one for one in BEHIND_LEDGER.columns if one.key != "figure"))


class RoomWindow(QDialog):
    """See the module.

    Args:
        shell: what the window lends.
        desks: the open station file.
        period: of the figures.
        parent: the window it belongs to.
    """

    def __init__(self, shell: Shell, desks: Desks, period: Period, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._desks = desks
        self._period = period
        self._by_number: dict[str, Case] = {}
        self._names: dict[str, str] = {}
        self.setWindowTitle(f"各站室情况 {period.title}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(px(960), px(600))
        self.rooms = LedgerTable(
            _ROOMS,
            lambda line: line.index,
            shell.settings,
            widths={"index": 5, "name": 20, "rate": 14, "content": 14, "remark": 12},
            stretch="name",
            yielding=("remark", "index", "content"),
        )
        self.rooms.current_changed.connect(lambda _line: self._show_matters())
        self.figure = SegmentField("哪个数字", _FIGURES)
        self.figure.changed.connect(self._show_matters)
        self.matters = LedgerTable(
            _BEHIND, lambda row: (row[0], row[2]), shell.settings, widths={"room": 18, "title": 40}, stretch="title"
        )
        self.matters.set_empty("这里没有事项。")
        self.matters.opened.connect(lambda row: self._open([row[2]], row[2]))
        self.told = Notice(Tone.QUIET)
        self._show = PrimaryButton("在意见页看这些", "message-square-text", "Ctrl+Enter")
        self._show.clicked.connect(self.show_matters)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.show_matters)
        self._card = Card("明细")
        self._lay_out()
        shell.changes.changed.connect(self._changed)
        self.reload()

    def _lay_out(self) -> None:
        close = button("关闭", "", "Esc")
        close.clicked.connect(self.close)
        head = QHBoxLayout()
        head.addWidget(label(self.windowTitle(), "title"))
        head.addStretch(1)
        head.addWidget(close)
        head.addWidget(self._show)
        above = Card()
        above.set_flush()
        above.body.addWidget(self.rooms)
        self._card.set_flush()
        self._card.add_to_head(self.figure)
        self._card.body.addWidget(self.matters)
        column = QVBoxLayout(self)
        column.setSpacing(px(10))
        column.addLayout(head)
        column.addWidget(above, 2)
        column.addWidget(self.told)
        column.addWidget(self._card, 3)

    def reload(self) -> None:
        """Reckon anew."""
        table = self._desks.reports.books.room_table(self._period)
        self._by_number = {case.number: case for case in self._desks.opinions.cases()}
        self._names = {number: line.name for line in table.lines for number in _numbers(line)}
        self.rooms.set_rows([*table.lines, table.total])
        view, rows = self.rooms.view, min(len(table.lines) + 1, _ROWS_IN_SIGHT)
        head = view.horizontalHeader().sizeHint().height()
        view.setMinimumHeight(head + rows * view.verticalHeader().defaultSectionSize() + px(6))
        self.told.say("", table.total.remark)
        if self.rooms.current_row() is None:
            self.rooms.select(table.total.index)
        self.rooms.view.setFocus()
        self._show_matters()

    def _behind(self) -> tuple[str, ...]:
        line: RoomLine | None = self.rooms.current_row()
        return line.figures[self.figure.value()].cases if line else ()

    def _show_matters(self) -> None:
        line: RoomLine | None = self.rooms.current_row()
        if line is None:
            return
        title = dict(_FIGURES)[self.figure.value()]
        self._card.set_title(f"{line.name} · {title}")
        rows = []
        for number in dict.fromkeys(self._behind()):
            case = self._by_number[number]
            rows.append((self._names.get(number, ""), title, number, case.raised_on, case.title))
        self.matters.set_rows(rows)
        self._card.set_note(f"{len(rows)} 件")
        self._show.setEnabled(bool(rows))

    def show_matters(self) -> None:
        """Show these matters, and no others, on the page 意见."""
        line: RoomLine | None = self.rooms.current_row()
        if line is not None and self._behind():
            self._open(self._behind(), f"{line.name} {dict(_FIGURES)[self.figure.value()]}")

    def _open(self, numbers: tuple[str, ...] | list[str], title: str) -> None:
        self._shell.open_page("opinions", CasesBehind(title, frozenset(numbers)))
        self.close()

    def _changed(self, done: Done[object]) -> None:
        if done.topics & {OPINIONS, VISITS}:
            self.reload()


def _numbers(line: RoomLine) -> Iterator[str]:
    for key, _title in _FIGURES:
        yield from line.figures[key].cases
