"""The line on the page 代表 that tells of terms that end soon or are over, with the way to the change of term."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout

from station_app.station import Desks
from station_app.ui.cards import WrappingLabel, button, dress
from station_app.ui.theme import TONES, Tone, px


class TermLine(QFrame):
    """Says which terms end; hidden while none does.

    Args:
        desks: the desks of the open station.
        look: goes to the page of terms.
    """

    def __init__(self, desks: Desks, look: Callable[[], None]) -> None:
        super().__init__()
        self._desks = desks
        dress(self, f"notice-{Tone.WARNING}")
        self._words = WrappingLabel("", "strong")
        self._words.setStyleSheet(f"color: {TONES[Tone.WARNING][0]};")
        look_button = button("去换届", "rotate-ccw")
        look_button.clicked.connect(lambda _checked=False: look())
        row = QHBoxLayout(self)
        row.setContentsMargins(px(12), px(4), px(6), px(4))
        row.addWidget(self._words, 1)
        row.addWidget(look_button)
        self.hide()

    def refresh(self) -> None:
        """Look for them again."""
        terms = self._desks.terms
        told = [one.told(terms.level_word(one.level)) for one in terms.endings()]
        self._words.setText("，".join(told))
        self.setVisible(bool(told))

    def text(self) -> str:
        """Return what is said; empty while nothing is."""
        return "" if self.isHidden() else self._words.text()
