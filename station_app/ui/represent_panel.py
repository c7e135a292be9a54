"""谁代表这个村: who represented a village on a day, and why; copied or printed."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout

from station_app.documents.representation_ledger import REPRESENTATION_LEDGER, representation_rows
from station_app.station import Desks
from station_app.ui.bar_day import BarDay
from station_app.ui.cards import Card, button
from station_app.ui.fields import ChoiceField
from station_app.ui.ledger_table import LedgerTable
from station_app.ui.page import Shell
from station_app.ui.paper_window import PaperWindow
from station_app.ui.theme import px


class RepresentPanel(Card):
    """A village, a day, and the deputies.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
    """

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__("谁代表这个村")
        self._shell = shell
        self._desks = desks
        self.village = ChoiceField("村(居)", placeholder="村名或拼音首字母")
        self.day = BarDay("日期", shell.clock.today)
        self.day.set_value(shell.clock.today())
        self.table = LedgerTable(
            REPRESENTATION_LEDGER,
            lambda row: (row.deputy_id, row.mandate_id),
            shell.settings,
            by_pinyin=("name",),
            widths={"index": 5, "level": 6, "term": 9, "name": 9, "why": 20},
            stretch="why",
            yielding=("post", "index", "term"),
        )
        copy = button("复制", "clipboard-list", "Alt+C")
        copy.clicked.connect(lambda _checked=False: self.copy())
        paper = button("打印", "printer", "Ctrl+P")
        paper.clicked.connect(lambda _checked=False: self.print_())
        row = QHBoxLayout()
        row.setSpacing(px(8))
        self.village.setMinimumWidth(px(150))
        for field, share in ((self.village, 3), (self.day, 2)):
            row.addWidget(field.caption, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(field, share, Qt.AlignmentFlag.AlignTop)
        self.tighten_head()
        for made in (copy, paper):
            self.add_to_head(made)
        self.day.setToolTip("过去的日子按当时的职务、选区和片区小组回答；住址没有日期，不作依据。")
        self.body.addLayout(row)
        self.body.addWidget(self.table, 1)
        self.village.changed.connect(self.show_answer)
        self.day.changed.connect(self.show_answer)
        self.day.entered.connect(self.table.view.setFocus)
        self.day.refused.connect(self.day.show_problem)
        self.day.refused.connect(self.show_answer)
        bound = QShortcut(QKeySequence("Alt+C"), self, self.copy)
        bound.setContext(Qt.ShortcutContext.WindowShortcut)
        self.setFocusProxy(self.village)

    def go(self) -> None:
        """Put the keyboard into the village, so that typing replaces it (Alt+V)."""
        self.village.typing().setFocus(Qt.FocusReason.ShortcutFocusReason)

    def reload(self) -> None:
        """Offer the villages as they are now and answer again."""
        kept = self.village.value()
        villages = self._desks.settings.villages()
        self.village.set_choices([(one.id, one.short_name) for one in villages])
        if kept is None and villages and self.village.is_empty():
            self.village.set_value(villages[0].id)
        self.show_answer()

    def asked(self) -> tuple[int, str] | None:
        """Return village and day (ISO date), or None while one of them is missing."""
        village, day = self.village.value(), self.day.value()
        return (village, day) if village is not None and day else None

    def show_answer(self) -> None:
        """Answer for what is typed."""
        asked = self.asked()
        rows = (
            representation_rows(self._desks.terms.who_represents(*asked), self._desks.terms.level_word) if asked else []
        )
        self.table.set_empty("这一天没有查到代表这个村的代表。" if asked else "请选择村(居)和日期。")
        self.table.set_rows(rows)
        people = len({row.deputy_id for row in rows})
        self.set_note(f"{people} 位" if asked else "")

    def copy(self) -> None:
        """Put the whole answer on the clipboard, ready to paste into a spreadsheet or letter (Alt+C)."""
        self.table.select_all()
        self.table.copy()

    def print_(self) -> None:
        """Show the answer as a page and print it (Ctrl+P)."""
        asked, desks = self.asked(), self._desks
        if asked is None:
            return

        def write(path: Path) -> None:
            with desks.reading() as copy:
                copy.terms.write_representation(*asked, path)

        PaperWindow(self._shell, f"{self.village.text()}的人大代表", write, QApplication.activeWindow()).show()
