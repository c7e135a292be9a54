"""The left navigation: icon and word for every page."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout

from station_app.ui.icons import icon, icon_size
from station_app.ui.theme import ACCENT, INK, px


class Navigation(QFrame):
    """The pages one below the other; 设置 stands at the bottom.

    Signals:
        chosen: key of the page that was clicked.

    Args:
        entries: key, word and icon name of each page, in order.
        at_bottom: keys that stand at the bottom.
    """

    chosen = Signal(str)

    def __init__(
        self, entries: Iterable[tuple[str, str, str]], at_bottom: frozenset[str] = frozenset({"settings"})
    ) -> None:
        super().__init__()
        self.setObjectName("navigation")
        self.setFixedWidth(px(88))
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        self._icons: dict[str, str] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(px(7), px(10), px(7), px(10))
        column.setSpacing(px(4))
        listed = list(entries)
        for number, (key, word, icon_name) in enumerate(listed, start=1):
            if key in at_bottom:
                column.addStretch(1)
            column.addWidget(self._button(number, key, word, icon_name))
        if not any(key in at_bottom for key, _, _ in listed):
            column.addStretch(1)

    def _button(self, number: int, key: str, word: str, icon_name: str) -> QToolButton:
        made = QToolButton()
        made.setProperty("look", "nav")
        made.setText(word)
        made.setIconSize(icon_size(21))
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        made.setCheckable(True)
        made.setFixedSize(px(74), px(60))
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setToolTip(f"{word}（Alt+{number}）")
        made.setAccessibleName(word)
        made.clicked.connect(lambda _checked=False: self.chosen.emit(key))
        self._group.addButton(made)
        self._buttons[key] = made
        self._icons[key] = icon_name
        made.setIcon(icon(icon_name, INK))
        return made

    def show_current(self, current: str) -> None:
        """Mark the page that is shown."""
        for key, made in self._buttons.items():
            made.setChecked(key == current)
            made.setIcon(icon(self._icons[key], ACCENT if key == current else INK))
