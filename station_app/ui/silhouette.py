"""A neutral head and shoulders where there is no portrait, and the frame of 5:7 portraits are shown in."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPixmap

from station_app.ui.theme import px

_GROUND, _FIGURE = "#F1EFEC", "#CCC8C2"
RATIO = 7 / 5
"""Height of a portrait to its width."""


def draw_portrait(painter: QPainter, frame: QRectF, portrait: QPixmap | None) -> None:
    """Draw a portrait into a frame of 5:7 with soft corners; without one, the silhouette."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    edge = QPainterPath()
    edge.addRoundedRect(frame, px(4), px(4))
    painter.setClipPath(edge)
    if portrait is None or portrait.isNull():
        _draw_silhouette(painter, frame)
    else:
        painter.drawPixmap(frame, portrait, QRectF(portrait.rect()))
    painter.restore()


def _draw_silhouette(painter: QPainter, frame: QRectF) -> None:
    painter.fillRect(frame, QColor(_GROUND))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(_FIGURE))
    wide, high = frame.width(), frame.height()

    def at(across: float, down: float) -> QPointF:
        return QPointF(frame.left() + across * wide, frame.top() + down * high)

    painter.drawEllipse(at(0.5, 0.40), 0.205 * wide, 0.178 * high)
    shoulders = QPainterPath(at(0.07, 1.02))
    shoulders.cubicTo(at(0.07, 0.83), at(0.13, 0.735), at(0.34, 0.675))
    shoulders.cubicTo(at(0.42, 0.652), at(0.58, 0.652), at(0.66, 0.675))
    shoulders.cubicTo(at(0.87, 0.735), at(0.93, 0.83), at(0.93, 1.02))
    painter.drawPath(shoulders)
