"""The line on the page 代表 that tells of entries that are probably one person, with the way to look at them."""

from collections.abc import Callable
from typing import Final

from PySide6.QtWidgets import QFrame, QHBoxLayout

from station_app.station import Desks
from station_app.ui.cards import button, dress, label
from station_app.ui.theme import TONES, Tone, px

KEY: Final = "Alt+T"


class SamePersonLine(QFrame):
    """Says how many pairs there are; hidden while there are none.

    Args:
        desks: the desks of the open station.
        look: opens the window that shows them.
    """

    def __init__(self, desks: Desks, look: Callable[[], None]) -> None:
        super().__init__()
        self._desks = desks
        self.count = 0
        dress(self, f"notice-{Tone.WARNING}")
        self._words = label("", "strong")
        self._words.setStyleSheet(f"color: {TONES[Tone.WARNING][0]};")
        self.look_button = button("逐对查看", "users", KEY)
        self.look_button.clicked.connect(lambda _checked=False: look())
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), px(4), px(6), px(4))
        row.addWidget(self._words, 1)
        row.addWidget(self.look_button)
        self.hide()

    def refresh(self) -> None:
        """Look for them again."""
        self.count = len(self._desks.persons.pairs())
        self._words.setText(f"发现 {self.count} 对可能重复的代表")
        self.setVisible(bool(self.count))

    def text(self) -> str:
        """Return what is said; empty while nothing is."""
        return "" if self.isHidden() else self._words.text()
