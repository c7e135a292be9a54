"""打印文书: the menu of the papers that can be printed about the chosen matters now."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from station_app.station import Desks
from station_app.ui.cards import Button

if TYPE_CHECKING:
    from station_app.services.papers_desk import Offer

WORD = "打印文书"
_NONE = "现在没有可印的文书"
_MOST_AGAIN = 6


class PaperMenu(Button):
    """A button whose menu lists papers, filled when it opens.

    Args:
        desks: the desks of the open station.
        case_ids: the matters that are chosen.
        ask: called with the `Offer` that was chosen.
    """

    def __init__(self, desks: Desks, case_ids: tuple[int, ...], ask: Callable[["Offer"], None]) -> None:
        super().__init__(WORD, "printer")
        self._desks = desks
        self._case_ids = case_ids
        self._ask = ask
        menu = QMenu(self)
        menu.aboutToShow.connect(self._fill)
        self.setMenu(menu)

    def _fill(self) -> None:
        menu = self.menu()
        menu.clear()
        papers = self._desks.papers
        offers = papers.offers(self._case_ids)
        again = papers.again(self._case_ids[0])[:_MOST_AGAIN] if len(self._case_ids) == 1 else []
        for offer in offers:
            menu.addAction(offer.title).triggered.connect(partial(self._chosen, offer))
        if offers and again:
            menu.addSeparator()
        for offer in again:
            menu.addAction(offer.title).triggered.connect(partial(self._chosen, offer))
        if menu.isEmpty():
            menu.addAction(_NONE).setEnabled(False)

    def _chosen(self, offer: "Offer", _checked: bool = False) -> None:
        self._ask(offer)
