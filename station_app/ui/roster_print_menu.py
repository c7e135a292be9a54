"""打印 on the page 代表: the papers of the roster."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from station_app.documents.group_ledgers import CONTACT_LEDGER, GROUP_LEDGER
from station_app.services.roster_papers import CHECK_TITLE, WALL_TITLE
from station_app.station import Desks
from station_app.ui.page import Shell


class RosterPrintMenu(QMenu):
    """Opens the papers of the roster: books on the page 台账, the others in windows of their own.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
        parent: the page.
    """

    def __init__(self, shell: Shell, desks: Desks, parent: QWidget) -> None:
        super().__init__("打印", parent)
        self._shell = shell
        self._desks = desks
        self._page = parent
        for words, action in (
            (f"{WALL_TITLE}…", self.show_wall),
            (f"{GROUP_LEDGER.title}", lambda: shell.open_page("ledgers", "groups")),
            (f"{CONTACT_LEDGER.title}", lambda: shell.open_page("ledgers", "contacts")),
            (f"{CHECK_TITLE}…", self.show_check_list),
            ("代表花名册", lambda: shell.open_page("ledgers", "roster")),
        ):
            self.addAction(words).triggered.connect(lambda _checked=False, do=action: do())

    def ask(self, at: QWidget) -> None:
        """Open under a button, the first entry chosen, so that arrows and Enter go on."""
        self.popup(at.mapToGlobal(QPoint(0, at.height())))
        self.setActiveAction(self.actions()[0])

    def show_wall(self) -> None:
        """Show the 公示牌."""
        from station_app.ui.roster_paper_windows import WallWindow

        WallWindow(self._shell, self._desks, self._page.window()).show()

    def show_check_list(self) -> None:
        """Show the 名册核对表."""
        from station_app.ui.roster_paper_windows import CheckListWindow

        CheckListWindow(self._shell, self._desks, self._page.window()).show()
