"""Vector charts with their numbers on them, readable in black and white."""

from collections.abc import Sequence
from dataclasses import dataclass

from station_app.documents.fonts import Role
from station_app.documents.ink import Ink

_SIZE = 10.0
_DARK = 0.4  # grey of what is closed; what was received is an empty frame
_LEGEND = 18.0


@dataclass(frozen=True)
class CategoryBars:
    """Horizontal bars: how much of what was received is closed.

    Args:
        rows: ``(category, received, closed)`` in the order of drawing.
        names: what the two numbers are called.
    """

    rows: Sequence[tuple[str, int, int]]
    names: tuple[str, str] = ("新收", "办结")
    pitch: float = 16.0

    @property
    def height(self) -> float:
        """Points the chart needs."""
        return _LEGEND + self.pitch * len(self.rows) + 4

    def draw(self, ink: Ink, x: float, top: float, width: float) -> None:
        """Draw with the upper left corner at ``x``, ``top``."""
        _legend(ink, x + width, top, self.names)
        labels = max((ink.measure(label, Role.TABLE, _SIZE) for label, _, _ in self.rows), default=0) + 8
        texts = [f"{self.names[0]} {received}　{self.names[1]} {closed}" for _, received, closed in self.rows]
        numbers = max((ink.measure(text, Role.TABLE, _SIZE) for text in texts), default=0) + 8
        most = max((max(received, closed) for _, received, closed in self.rows), default=0) or 1
        scale = (width - labels - numbers) / most
        y = top - _LEGEND - self.pitch
        for (label, received, closed), text in zip(self.rows, texts, strict=True):
            ink.right(x + labels - 6, y + 4, label, Role.TABLE, _SIZE)
            if closed:
                ink.box(x + labels, y + 2, closed * scale, self.pitch - 5, _DARK, thickness=0)
            if received:
                ink.box(x + labels, y + 2, received * scale, self.pitch - 5, thickness=0.7)
            ink.text(x + labels + max(received, closed) * scale + 6, y + 4, text, Role.TABLE, _SIZE)
            y -= self.pitch
        ink.lines([(x + labels, top - _LEGEND, x + labels, top - _LEGEND - self.pitch * len(self.rows))], 0.7)


@dataclass(frozen=True)
class MonthBars:
    """Upright pairs of bars by month.

    Args:
        months: ``(label, received, closed)``, oldest first.
        names: what the two numbers are called.
    """

    months: Sequence[tuple[str, int, int]]
    names: tuple[str, str] = ("新收", "办结")
    plot: float = 110.0

    @property
    def height(self) -> float:
        """Points the chart needs."""
        return _LEGEND + 12 + self.plot + 20

    def draw(self, ink: Ink, x: float, top: float, width: float) -> None:
        """Draw with the upper left corner at ``x``, ``top``."""
        _legend(ink, x + width, top, self.names)
        base = top - _LEGEND - 12 - self.plot
        most = max((max(received, closed) for _, received, closed in self.months), default=0) or 1
        step = width / max(1, len(self.months))
        bar = min(20.0, step * 0.36)
        size = min(9.0, step / 3.6)
        for index, (label, received, closed) in enumerate(self.months):
            middle = x + step * (index + 0.5)
            for value, left, fill in ((received, middle - bar, None), (closed, middle, _DARK)):
                height = value / most * self.plot
                if value:
                    ink.box(left, base, bar, height, fill, thickness=0.7)
                ink.centred(left + bar / 2, base + height + 3, str(value), Role.TABLE, size)
            ink.centred(middle, base - 13, label, Role.TABLE, max(8.0, size))
        ink.lines([(x, base, x + width, base)], 0.7)


def _legend(ink: Ink, right: float, top: float, names: tuple[str, str]) -> None:
    """Draw □新收 ■办结 at the right end of the first line."""
    x = right
    for name, fill in ((names[1], _DARK), (names[0], None)):
        x -= ink.measure(name, Role.TABLE, _SIZE)
        ink.text(x, top - 11, name, Role.TABLE, _SIZE)
        x -= 14
        ink.box(x, top - 12, 10, 9, fill, thickness=0.7)
        x -= 14
