"""Scenes of the roster's papers for `tests.pictures`: 公示牌, 名册核对表, 交接单 in their windows, the books on 台账."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from station_app.services.roster_papers import Arranged
from station_app.ui.ledgers_page import LedgersPage
from station_app.ui.paper_window import PaperWindow
from station_app.ui.roster_paper_windows import WallWindow
from station_app.ui.roster_print_menu import RosterPrintMenu
from station_app.ui.settings_page import SettingsPage
from tests.picture_scenes import Shot


def _laid_over(shot: Shot) -> None:
    """Let the paper's window fill the picture, as a dialog it would be one of its own."""
    paper = next(one for one in QApplication.topLevelWidgets() if isinstance(one, PaperWindow) and one.isVisible())
    paper.setParent(shot, Qt.WindowType.Widget)
    paper.setGeometry(shot.rect())
    paper.show()


def _wall(arranged: Arranged, shot: Shot) -> None:
    menu = RosterPrintMenu(shot.shell, shot.desks, shot)
    menu.show_wall()
    window = next(one for one in QApplication.topLevelWidgets() if isinstance(one, WallWindow))
    window.arranged.set_value(arranged)
    window.arranged.changed.emit()
    shot.rest()
    _laid_over(shot)


def _check_list(shot: Shot) -> None:
    RosterPrintMenu(shot.shell, shot.desks, shot).show_check_list()
    shot.rest()
    _laid_over(shot)


def _handover(shot: Shot) -> None:
    page = shot.page("settings")
    assert isinstance(page, SettingsPage)
    page.hand_over()
    shot.rest()
    _laid_over(shot)


def _book(key: str, paper: str, shot: Shot) -> None:
    shot.open_page("ledgers", key)
    page = shot.page("ledgers")
    assert isinstance(page, LedgersPage)
    page.choice.sheet.set_value(paper)
    page.choice.sheet.changed.emit()


SCENES: dict[str, Callable[[Path], QWidget]] = {
    "roster-wall-groups": lambda folder: Shot(folder, "roster", partial(_wall, Arranged.AREA)),
    "roster-wall-levels": lambda folder: Shot(folder, "roster", partial(_wall, Arranged.LEVEL)),
    "roster-check-list": lambda folder: Shot(folder, "roster", _check_list),
    "roster-handover": lambda folder: Shot(folder, "settings", _handover),
    "ledgers-groups": lambda folder: Shot(folder, "ledgers", partial(_book, "groups", "A3")),
    "ledgers-contacts": lambda folder: Shot(folder, "ledgers", partial(_book, "contacts", "A4")),
}
SIZES = dict.fromkeys(SCENES, (1024, 700))
