"""Small drawings of a page: bars by month, and the dated line of what happened."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from station_app.ui.cards import label
from station_app.ui.theme import ACCENT, BAR_QUIET, CONTROL_LINE, INK, LINE, MUTED, PANEL, px, scaled_font


@dataclass(frozen=True)
class Bar:
    """The two figures of one month.

    Args:
        name: under the bars, e.g. ``11``.
        first: e.g. received.
        second: e.g. closed.
    """

    name: str
    first: int
    second: int


class BarChart(QWidget):
    """Two bars a month, the first always at the left, each with its number where there is room."""

    def __init__(self, first_name: str = "收集", second_name: str = "办结", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = (first_name, second_name)
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(px(260), px(140))

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """Show other figures."""
        self._bars = tuple(bars)
        self.setAccessibleName(
            "；".join(f"{bar.name}月{self._names[0]}{bar.first}{self._names[1]}{bar.second}" for bar in self._bars)
        )
        self.update()

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(px(340), px(220))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw legend, bars and numbers."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = scaled_font(0.77)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        line = metrics.height()
        self._legend(painter, metrics)
        top, bottom = line * 2.4, self.height() - line * 1.4
        painter.setPen(QPen(QColor(CONTROL_LINE), 1))
        painter.drawLine(QPointF(0, bottom), QPointF(self.width(), bottom))
        highest = max((max(bar.first, bar.second) for bar in self._bars), default=0) or 1
        slot = self.width() / max(len(self._bars), 1)
        wide = min(slot * 0.38, float(px(16)))
        both = metrics.horizontalAdvance(str(highest)) <= wide + px(3)
        for number, bar in enumerate(self._bars):
            middle = slot * (number + 0.5)
            sides = ((bar.first, middle - wide - 0.5, BAR_QUIET, True), (bar.second, middle + 0.5, ACCENT, both))
            for value, left, colour, numbered in sides:
                height = (bottom - top) * value / highest
                painter.fillRect(QRectF(left, bottom - height, wide, height), QColor(colour))
                if numbered:
                    painter.setPen(QColor(INK if colour is BAR_QUIET else ACCENT))
                    # Wide numbers grow away from each other, so that two bars of like height keep theirs apart.
                    room = metrics.horizontalAdvance(str(value))
                    centred = left + (wide - room) / 2
                    start = min(centred, middle - 1 - room) if left < middle else max(centred, middle + 1)
                    painter.drawText(QPointF(start, bottom - height - metrics.descent()), str(value))
            painter.setPen(QColor(MUTED))
            painter.drawText(QRectF(middle - slot / 2, bottom + 2, slot, line), Qt.AlignmentFlag.AlignHCenter, bar.name)
        painter.end()

    def _legend(self, painter: QPainter, metrics: QFontMetricsF) -> None:
        right = float(self.width())
        for name, colour in ((self._names[1], ACCENT), (self._names[0], BAR_QUIET)):
            right -= metrics.horizontalAdvance(name)
            painter.setPen(QColor(MUTED))
            painter.drawText(QPointF(right, metrics.ascent()), name)
            right -= px(14)
            painter.fillRect(QRectF(right, metrics.ascent() - px(9), px(10), px(10)), QColor(colour))
            right -= px(12)


@dataclass(frozen=True)
class Moment:
    """One dated thing that happened.

    Args:
        on: as shown, e.g. ``08-24`` or 今天.
        what: e.g. 报县人大（转办）.
        detail: a second, quieter line.
        now: marks the point where the matter stands.
        struck: it was mistaken and does not count any more.
    """

    on: str
    what: str
    detail: str = ""
    now: bool = False
    struck: bool = False


class _Dot(QWidget):
    """A point on the line that joins the moments."""

    def __init__(self, moment: Moment, *, first: bool, last: bool) -> None:
        super().__init__()
        self._now = moment.now
        self._struck = moment.struck
        self._first = first
        self._last = last
        self.setFixedWidth(px(16))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line and the point; the present one is larger and ringed, a struck one hollow."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, y = self.width() / 2, px(12)
        painter.setPen(QPen(QColor(LINE), px(2)))
        painter.drawLine(QPointF(x, y if self._first else 0), QPointF(x, y if self._last else self.height()))
        size = px(5) if self._now else px(4)
        painter.setPen(QPen(QColor(MUTED if self._struck else PANEL), 1))
        painter.setBrush(QColor(PANEL if self._struck else ACCENT if self._now else MUTED))
        painter.drawEllipse(QPointF(x, y), size, size)
        painter.end()


class Timeline(QWidget):
    """What happened, from first to last, each with its day; long texts wrap."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(8))
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(2, 1)
        self._texts: tuple[str, ...] = ()

    def set_moments(self, moments: Sequence[Moment]) -> None:
        """Show other moments."""
        while item := self._grid.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for row, moment in enumerate(moments):
            self._grid.addWidget(_Dot(moment, first=row == 0, last=row == len(moments) - 1), row, 0)
            day = label(moment.on, "muted")
            day.setContentsMargins(0, px(1), 0, px(6))
            self._grid.addWidget(day, row, 1, Qt.AlignmentFlag.AlignTop)
            cell = QWidget()
            lines = QGridLayout(cell)
            lines.setContentsMargins(0, px(1), 0, px(6))
            lines.setSpacing(0)
            look = "strong" if moment.now else "struck" if moment.struck else ""
            lines.addWidget(label(moment.what, look, wrap=True), 0, 0)
            if moment.detail:
                lines.addWidget(label(moment.detail, "small", wrap=True), 1, 0)
            self._grid.addWidget(cell, row, 2)
        self._texts = tuple(f"{moment.on} {moment.what} {moment.detail}".strip() for moment in moments)
        self.setAccessibleName("；".join(self._texts))

    def texts(self) -> tuple[str, ...]:
        """Return what is shown, one text a moment."""
        return self._texts
