"""导入: a button whose menu lists what a page can take in from spreadsheets."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QMenu

from station_app.services.intake import SheetKind
from station_app.station import Desks
from station_app.ui.cards import Button


class ImportMenu(Button):
    """A button with the kinds of spreadsheets behind it.

    Args:
        desks: the desks of the open station.
        kinds: what can be taken in.
        ask: called with the kind that was chosen.
        keys: the shortcut, as shown.
    """

    def __init__(
        self, desks: Desks, kinds: Sequence[SheetKind], ask: Callable[[SheetKind], None], keys: str = ""
    ) -> None:
        super().__init__("导入", "upload", keys)
        menu = QMenu(self)
        for kind in kinds:
            menu.addAction(f"{desks.intake.form(kind).title}…").triggered.connect(partial(self._chosen, ask, kind))
        self.setMenu(menu)

    @staticmethod
    def _chosen(ask: Callable[[SheetKind], None], kind: SheetKind, _checked: bool = False) -> None:
        ask(kind)
