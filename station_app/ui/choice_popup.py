"""The list that opens under a field and is filtered by what is typed there: characters, pinyin or initials."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, QStringListModel, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from station_app.support import pinyin
from station_app.ui.theme import px

_LINES = 8


@dataclass(frozen=True)
class Choice:
    """Something to choose.

    Args:
        value: what the field's value becomes.
        label: what is shown and searched, e.g. 张伟明.
        hint: shown behind it to tell equals apart, e.g. 县; searched too.
    """

    value: Any
    label: str
    hint: str = ""

    def found_by(self, typed: str) -> bool:
        """Tell whether typed characters, pinyin or initials find it."""
        return pinyin.matches(self.label, typed) or (bool(self.hint) and typed.strip() in self.hint)


def choices(pairs: Iterable[tuple[Any, str] | Choice | str]) -> list[Choice]:
    """Return choices from pairs of value and label, from plain words that stand for themselves, or as they are."""
    made: list[Choice] = []
    for one in pairs:
        if isinstance(one, Choice):
            made.append(one)
        elif isinstance(one, str):
            made.append(Choice(one, one))
        else:
            made.append(Choice(one[0], one[1]))
    return made


def find(among: Sequence[Choice], typed: str) -> list[Choice]:
    """Return what ``typed`` finds; labels that begin with it, in characters or pinyin, come first."""
    typed = typed.strip()
    found = [choice for choice in among if choice.found_by(typed)]
    if not typed:
        return found
    return sorted(
        found, key=lambda choice: (not choice.label.startswith(typed), not pinyin.begins(choice.label, typed))
    )


class ChoicePopup(QListView):
    """The open list. It lies inside the window and never takes the focus from the field.

    Signals:
        chosen: the `Choice` that was clicked.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "popup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._words = QStringListModel(self)
        self.setModel(self._words)
        self._shown: list[Choice] = []
        self.clicked.connect(self._clicked)
        self.hide()

    def offer(self, shown: Sequence[Choice], under: QWidget, *, highlight: bool) -> None:
        """Show choices under a field, the first one highlighted when wanted; none closes the list."""
        self._shown = list(shown)
        if not self._shown:
            self.hide()
            return
        self._words.setStringList([f"{one.label}　{one.hint}" if one.hint else one.label for one in self._shown])
        if highlight:
            self.setCurrentIndex(self._words.index(0))
        self._place(under)
        self.show()
        self.raise_()

    def current(self) -> Choice | None:
        """Return the highlighted choice of the open list, or None."""
        row = self.currentIndex().row()
        return self._shown[row] if self.isVisible() and 0 <= row < len(self._shown) else None

    def step(self, by: int) -> None:
        """Move the highlight, around the ends."""
        row = self.currentIndex().row()
        count = len(self._shown)
        self.setCurrentIndex(self._words.index((row + by) % count if row >= 0 else (0 if by > 0 else count - 1)))

    def _place(self, under: QWidget) -> None:
        window = under.window()
        self.setParent(window)
        line = max(self.sizeHintForRow(0), px(24))
        widest = self.sizeHintForColumn(0) + px(24)
        height = min(len(self._shown), _LINES) * line + px(6)
        below = under.mapTo(window, QPoint(0, under.height() + 2))
        above = under.mapTo(window, QPoint(0, -height - 2))
        fits = below.y() + height <= window.height() or above.y() < 0
        width = min(max(under.width(), widest), window.width())
        left = max(0, min(below.x(), window.width() - width))
        self.setGeometry(left, (below if fits else above).y(), width, height)

    def _clicked(self) -> None:
        if one := self.current():
            self.chosen.emit(one)
