"""A clerk at the page 代表, with the keyboard in its table."""

from PySide6.QtCore import Qt

from station_app.ui.main_window import MainWindow
from station_app.ui.roster_page import RosterPage
from tests.ui.window_seat import page_of

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
K = Qt.Key
TODAY = "2026-11-22"


def roster_page(window: MainWindow) -> RosterPage:
    """Show the roster in a window of 1280 by 800."""
    window.resize(1280, 800)
    page = page_of(window, "roster", RosterPage)
    page.table.view.setFocus()
    return page


def names(page: RosterPage) -> list[str]:
    """Return the names in the table from top to bottom."""
    return [line.name for line in page.table.rows()]


def go_to(page: RosterPage, name: str) -> int:
    """Stand on a deputy; return the id."""
    line = next(one for one in page.table.rows() if one.name == name)
    page.table.select(line.deputy_id)
    return int(line.deputy_id)
