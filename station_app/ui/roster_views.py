"""The roster as a table or as cards: one of them is shown, both stand on the same deputy; remembered."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QPushButton, QStackedWidget

from station_app.domain.people import Deputy, RosterLine
from station_app.ui.deputy_gallery import DeputyGallery
from station_app.ui.ledger_table import LedgerTable
from station_app.ui.portrait_shelf import PortraitShelf

_REMEMBERED = "roster/cards"


class RosterViews(QStackedWidget):
    """Table and gallery.

    Args:
        table: the roster's table, which tells who is current.
        shelf: where the portraits are.
        settings: where the choice is remembered.
        opened: called when Enter or a double click falls on a card.
    """

    def __init__(
        self, table: LedgerTable, shelf: PortraitShelf, settings: QSettings, opened: Callable[[], None]
    ) -> None:
        super().__init__()
        self.table = table
        self.gallery = DeputyGallery(shelf)
        self._settings = settings
        self.addWidget(table)
        self.addWidget(self.gallery)
        self.switch = QPushButton("卡片")
        self.switch.setCheckable(True)
        self.switch.setToolTip("名册看成卡片或表格（Alt+K）")
        self.switch.setChecked(settings.value(_REMEMBERED, "") == "yes")
        self.switch.toggled.connect(self._switched)
        self.columns = table.columns_button()
        self.columns.setEnabled(not self.switch.isChecked())
        self.gallery.opened.connect(opened)
        self.gallery.current_changed.connect(table.select)
        table.current_changed.connect(lambda line: self.gallery.select(line.deputy_id) if line else None)
        self.setCurrentIndex(int(self.switch.isChecked()))
        self.setFocusProxy(self.currentWidget())

    def show_lines(self, lines: Sequence[RosterLine], deputies: dict[int, Deputy]) -> None:
        """Show other deputies in both, the cards in the table's order."""
        self.table.set_rows(lines)
        line = self.table.current_row()
        self.gallery.show_lines(self.table.rows(), deputies, line.deputy_id if line else None)

    def say_empty(self, sentence: str, button: str = "", action: Callable[[], None] | None = None) -> None:
        """Say what belongs here while nobody is listed."""
        self.table.set_empty(sentence, button, action)
        self.gallery.say_empty(sentence, button, action)

    def go(self) -> None:
        """Put the keyboard into the view that is shown."""
        (self.gallery.view if self.switch.isChecked() else self.table.view).setFocus()

    def _switched(self, cards: bool) -> None:
        self._settings.setValue(_REMEMBERED, "yes" if cards else "")
        self.columns.setEnabled(not cards)
        self.setCurrentIndex(int(cards))
        self.setFocusProxy(self.currentWidget())
        self.go()
