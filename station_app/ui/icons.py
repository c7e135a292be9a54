"""Lucide icons in a colour of the palette, drawn from SVG at the size of the screen that shows them."""

from functools import cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from station_app.support.paths import resource
from station_app.ui.theme import INK, px


@cache
def _renderer(name: str, colour: str) -> QSvgRenderer:
    drawing = resource("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    return QSvgRenderer(QByteArray(drawing.encode()))


class _SvgEngine(QIconEngine):
    """Draws the SVG anew for every size, so that it is crisp at 150 % and 200 %."""

    def __init__(self, name: str, colour: str) -> None:
        super().__init__()
        self._name = name
        self._colour = colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        if mode is QIcon.Mode.Disabled:
            painter.setOpacity(painter.opacity() * 0.45)
        _renderer(self._name, self._colour).render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        return _SvgEngine(self._name, self._colour)


def icon(name: str, colour: str | QColor = INK) -> QIcon:
    """Return the icon ``resources/icons/‹name›.svg`` in ``colour`` (hex text or colour).

    Raises:
        FileNotFoundError: there is no such icon.
    """
    resource("icons", f"{name}.svg")
    return QIcon(_SvgEngine(name, QColor(colour).name()))


def icon_size(length: float = 16) -> QSize:
    """Return the square size of an icon, ``length`` given for font size 标准."""
    return QSize(px(length), px(length))


def draw_icon(painter: QPainter, name: str, rect: QRectF, colour: str = INK) -> None:
    """Draw an icon into ``rect`` of a painted widget."""
    _renderer(name, QColor(colour).name()).render(painter, rect)
