"""Marks: how a state is told by shape, word and colour together."""

from dataclasses import dataclass
from enum import StrEnum
from math import floor

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from station_app.ui.theme import TONES, Tone, px, scaled_font


class Shape(StrEnum):
    """The sign before the word, readable without colour."""

    NONE = "none"
    DISC = "disc"
    RING = "ring"
    DIAMOND = "diamond"
    ARROW = "arrow"
    TICK = "tick"


_USUAL = {
    Tone.DANGER: Shape.DISC,
    Tone.WARNING: Shape.DIAMOND,
    Tone.INFO: Shape.ARROW,
    Tone.GOOD: Shape.TICK,
    Tone.QUIET: Shape.NONE,
}


@dataclass(frozen=True)
class Mark:
    """A state in a coloured pill.

    Args:
        word: e.g. 超 6 天.
        tone: the colour.
        shape: the sign before the word; the tone's usual one when None.
    """

    word: str
    tone: Tone = Tone.QUIET
    shape: Shape | None = None

    @property
    def sign(self) -> Shape:
        """The sign that is drawn."""
        return _USUAL[self.tone] if self.shape is None else self.shape


def mark_font() -> QFont:
    """Return the face of words in pills."""
    return scaled_font(0.9)


def mark_size(mark: Mark, font: QFont | None = None) -> QSizeF:
    """Return how much room a mark takes, in device-independent pixels."""
    metrics = QFontMetricsF(font or mark_font())
    sign = px(13) if mark.sign is not Shape.NONE else 0
    return QSizeF(metrics.horizontalAdvance(mark.word) + sign + px(16), metrics.height() + px(2))


def paint_mark(painter: QPainter, mark: Mark, rect: QRectF, font: QFont | None = None) -> None:
    """Paint a mark at the left of ``rect``, centred vertically, its word elided when the room is too narrow."""
    font = font or mark_font()
    size = mark_size(mark, font)
    top = floor(rect.center().y() - size.height() / 2)  # on a whole pixel: sharp, and level with the row's words
    pill = QRectF(rect.left(), top, min(size.width(), rect.width()), size.height())
    ink, ground = (QColor(colour) for colour in TONES[mark.tone])
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ground)
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
    left = pill.left() + px(8)
    if mark.sign is not Shape.NONE:
        _paint_sign(painter, mark.sign, QPointF(left + px(4), pill.center().y()), px(8), ink)
        left += px(13)
    painter.setPen(ink)
    painter.setFont(font)
    room = QRectF(left, pill.top(), pill.right() - px(6) - left, pill.height())
    word = QFontMetricsF(font).elidedText(mark.word, Qt.TextElideMode.ElideRight, room.width() + 1)
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, word)
    painter.restore()


def _paint_sign(painter: QPainter, sign: Shape, middle: QPointF, size: float, ink: QColor) -> None:
    half = size / 2
    pen = QPen(ink, size / 5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    if sign in (Shape.RING, Shape.TICK):
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
    x, y = middle.x(), middle.y()
    if sign is Shape.DISC:
        painter.drawEllipse(middle, half, half)
    elif sign is Shape.RING:
        painter.drawEllipse(middle, half - size / 10, half - size / 10)
    elif sign is Shape.DIAMOND:
        corners = [QPointF(x, y - half), QPointF(x + half, y), QPointF(x, y + half), QPointF(x - half, y)]
        painter.drawPolygon(QPolygonF(corners))
    elif sign is Shape.ARROW:
        painter.drawPolygon(
            QPolygonF([QPointF(x - half * 0.6, y - half), QPointF(x + half, y), QPointF(x - half * 0.6, y + half)])
        )
    elif sign is Shape.TICK:
        painter.drawPolyline(
            QPolygonF(
                [QPointF(x - half, y), QPointF(x - half * 0.2, y + half * 0.8), QPointF(x + half, y - half * 0.7)]
            )
        )
