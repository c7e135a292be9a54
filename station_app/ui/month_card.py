"""The month at a glance: six figures beside last month's same days."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout

from station_app.ui.cards import Card
from station_app.ui.figure_tile import FigureTile
from station_app.ui.theme import px

if TYPE_CHECKING:
    from station_app.domain.figure_values import Figures  # the month is reckoned once the day is shown

_TILES = (
    ("held", "接待次数"),
    ("people", "接待群众人次"),
    ("received", "新收意见建议"),
    ("closed", "办结"),
    ("rate.closed", "新收办结率"),
    ("rate.content", "满意率"),
)


class MonthCard(Card):
    """Six tiles in two rows.

    Signals:
        asked: the key of the figure whose cases the clerk wants to see.
    """

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__("本月至今")
        grid = QGridLayout()
        grid.setSpacing(px(4))
        self.tiles: dict[str, FigureTile] = {}
        for place, (key, name) in enumerate(_TILES):
            self.tiles[key] = FigureTile(name)
            self.tiles[key].asked.connect(partial(self.asked.emit, key))
            grid.addWidget(self.tiles[key], place // 3, place % 3)
        self.body.addLayout(grid)

    def show_figures(self, now: "Figures", before: "Figures") -> None:
        """Show the figures of this month so far and how they compare."""
        self.set_note(f"与 {before.period.title}比" if "同期" in before.period.title else before.period.title)
        for key, tile in self.tiles.items():
            figure = now[key]
            if key.startswith("rate."):
                ratio = now.ratio(key)
                fraction = f"{ratio.numerator}/{ratio.denominator}" if ratio.denominator else ""
                text, words = ratio.percent, fraction
                past = before.ratio(key).percent
            else:
                text, past = f"{now.count(key):,}", f"{before.count(key):,}"
                words = difference_words(now.count(key) - before.count(key))
            tile.set_figure(text, words, f"{figure.definition}\n{before.period.title}：{past}\n点击或回车看是哪些")


def difference_words(difference: int) -> str:
    """Return how a count compares: 多 4, 少 2, 持平."""
    return f"{'多' if difference > 0 else '少'}{abs(difference)}" if difference else "持平"
