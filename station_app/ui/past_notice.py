"""The line that says the roster is told of an earlier or later day, and the way back."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout

from station_app.ui.cards import WrappingLabel, dress, link_button
from station_app.ui.theme import px


class PastNotice(QFrame):
    """See the module.

    Args:
        back: goes back to today.
    """

    def __init__(self, back: Callable[[], None]) -> None:
        super().__init__()
        self._words = WrappingLabel()
        line = QHBoxLayout(self)
        line.setContentsMargins(px(12), px(5), px(8), px(5))
        line.addWidget(self._words, 1)
        self._back = link_button("回到今天", back)
        line.addWidget(self._back)
        dress(self, "notice-info")
        self.hide()

    def tell(self, day: str, serving: int) -> None:
        """Say which day it is, and how many served then; an empty day hides the line."""
        self._words.setText(f"这是 {day} 的名册：当日在任 {serving} 位。只能看，按 Esc 回到今天后再改。")
        self._back.show()
        self.setVisible(bool(day))

    def say(self, words: str) -> None:
        """Say why a day that was typed is none."""
        self._words.setText(words)
        self._back.hide()
        self.show()

    def text(self) -> str:
        """Return what is said."""
        return self._words.text() if not self.isHidden() else ""
