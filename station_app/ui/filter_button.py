"""The button of a filter row that opens a list of which one entry holds."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import QMenu, QToolButton

from station_app.ui.cards import repolish
from station_app.ui.icons import icon, icon_size
from station_app.ui.theme import MUTED, px

OPEN = "open"
"""The entry that holds at first where it is not the first; it is no narrowing the clerk asked for."""


class FilterButton(QToolButton):
    """A button that opens a list of which one entry holds.

    Args:
        title: what is filtered, e.g. 类别; shown before the entry.
        chosen: called with the key of the entry the clerk chose.
    """

    def __init__(self, title: str, chosen: Callable[[str], None], choices: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__()
        self._title = title
        self._chosen = chosen
        self._choices: list[tuple[str, str]] = []
        self._key = ""
        self.setProperty("look", "button")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the chevron stands behind the word
        self.setIcon(icon("chevron-down", MUTED))
        self.setIconSize(icon_size(14))
        self.setFixedHeight(px(32))
        self.clicked.connect(lambda _checked=False: self.open_list())
        self.set_choices(choices)

    def set_title(self, title: str) -> None:
        """Say otherwise what is filtered."""
        self._title = title
        self.show_key(self._key)

    def set_choices(self, choices: Iterable[tuple[str, str]]) -> None:
        """Offer pairs of key and word; the first asks for nothing. An entry that is gone falls back to the first."""
        self._choices = list(choices)
        keys = [key for key, _ in self._choices]
        self.show_key(self._key if self._key in keys else next(iter(keys), ""))

    def show_key(self, key: str) -> None:
        """Show an entry as chosen without telling."""
        self._key = key
        word = dict(self._choices).get(key, "")
        asks = bool(key)  # what asks for nothing says only what it could ask for
        self.setText(f"{self._title}：{word}" if asks else self._title)
        self.setAccessibleName(f"{self._title}：{word}")
        self.setProperty("asks", asks and key != OPEN)
        repolish(self)

    def key(self) -> str:
        """Return the key of the entry that holds."""
        return self._key

    def open_list(self) -> QMenu:
        """Open the list under the button; return it."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QActionGroup(menu)
        for key, word in self._choices:
            entry = QAction(word, menu, checkable=True, checked=key == self._key)
            entry.triggered.connect(lambda _checked=False, key=key: self._choose(key))
            group.addAction(entry)
            menu.addAction(entry)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + px(2))))
        chosen = group.checkedAction()
        if chosen is not None:
            menu.setActiveAction(chosen)
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open by Enter, Space or Down."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Down):
            self.open_list()
        else:
            super().keyPressEvent(event)

    def _choose(self, key: str) -> None:
        self.show_key(key)
        self._chosen(key)
