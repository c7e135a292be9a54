"""A field in which a photo is cut to a portrait of 5:7: moved and zoomed by keys, mouse and wheel."""

from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QWidget

from station_app.services.portraits import Crop
from station_app.ui.field import Field, plain
from station_app.ui.silhouette import RATIO, draw_portrait
from station_app.ui.theme import FOCUS, LINE, px

_ZOOM, _CLOSEST = 1.1, 6.0
_STEP = 0.02
"""How much of the frame an arrow key moves the photo."""
_MOVES = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1),
}  # fmt: skip
CROP_HINT = "方向键移动　＋ － 缩放　也可用鼠标拖动、滚轮缩放"


class Cropper(QWidget):
    """The photo under a frame of 5:7; what is in the frame is the portrait. The mouse drags the photo, the wheel zooms.

    Signals:
        moved: by the mouse.
    """

    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("照片裁切")
        self.setToolTip(CROP_HINT)
        self.setFixedHeight(px(300))
        self.setMinimumWidth(px(220))
        self._photo = QImage()
        self._zoom = 1.0
        self._middle = QPointF(0.5, 0.5)
        self._held: QPointF | None = None

    def sizeHint(self) -> QSize:
        """Return the room it would like."""
        return QSize(px(320), px(300))

    def show_photo(self, photo: QImage) -> None:
        """Show another photo, the frame as large as it can be, where a face usually is."""
        self._photo = photo
        self._zoom = 1.0
        self._middle = QPointF(0.5, 0.42)
        self._settle()

    def has_photo(self) -> bool:
        """Tell whether there is a photo."""
        return not self._photo.isNull()

    def crop(self) -> Crop:
        """Return what is in the frame."""
        wide, high = self._part()
        return Crop(self._middle.x() - wide / 2, self._middle.y() - high / 2, wide, high)

    def zoom(self, factor: float) -> None:
        """Come closer, or go back."""
        self._zoom = min(max(self._zoom * factor, 1.0), _CLOSEST)
        self._settle()

    def move_frame(self, across: float, down: float) -> None:
        """Move the frame by parts of its own size."""
        wide, high = self._part()
        self._middle += QPointF(across * wide, down * high)
        self._settle()

    def _part(self) -> tuple[float, float]:
        """Return width and height of the frame as parts of the photo."""
        width, height = max(self._photo.width(), 1), max(self._photo.height(), 1)
        across = min(width, height / RATIO) / self._zoom
        return across / width, across * RATIO / height

    def _settle(self) -> None:
        wide, high = self._part()
        self._middle = QPointF(
            min(max(self._middle.x(), wide / 2), 1 - wide / 2), min(max(self._middle.y(), high / 2), 1 - high / 2)
        )
        self.update()

    def _frame(self) -> QRectF:
        """Return where the frame is drawn."""
        high = self.height() - px(16)
        frame = QRectF(0, 0, high / RATIO, high)
        frame.moveCenter(QRectF(self.rect()).center())
        return frame

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the photo."""
        super().mousePressEvent(event)
        self._held = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the photo under the frame."""
        if self._held is not None and self.has_photo():
            way, self._held = self._held - event.position(), event.position()
            self.move_frame(way.x() / self._frame().width(), way.y() / self._frame().height())
            self.moved.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the photo go."""
        super().mouseReleaseEvent(event)
        self._held = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom."""
        if self.has_photo() and event.angleDelta().y():
            self.zoom(_ZOOM if event.angleDelta().y() > 0 else 1 / _ZOOM)
            self.moved.emit()
            event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the photo, paler outside the frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        frame = self._frame()
        if not self.has_photo():
            draw_portrait(painter, frame, None)
        else:
            crop = self.crop()
            whole = QRectF(0, 0, frame.width() / crop.width, frame.height() / crop.height)
            whole.moveTopLeft(frame.topLeft() - QPointF(crop.left * whole.width(), crop.top * whole.height()))
            painter.drawImage(whole, self._photo)
            painter.save()
            outside = QColor(255, 255, 255, 190)
            for shade in (
                QRectF(0, 0, frame.left(), self.height()),
                QRectF(frame.right(), 0, self.width() - frame.right(), self.height()),
                QRectF(frame.left(), 0, frame.width(), frame.top()),
                QRectF(frame.left(), frame.bottom(), frame.width(), self.height() - frame.bottom()),
            ):
                painter.fillRect(shade, outside)
            painter.restore()
        painter.setPen(QPen(QColor(FOCUS if self.hasFocus() else LINE), px(2)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(frame)
        painter.end()


class CropField(Field):
    """See the module. The value is the photo and the `Crop`, or None; no draft may hold it, it is too large."""

    keepable = False

    def __init__(self) -> None:
        super().__init__("照片", wide=True)
        self.cropper = Cropper()
        self._content = b""
        self.put(self.cropper)
        self.cropper.moved.connect(self.changed)

    def value(self) -> tuple[bytes, Crop] | None:
        """Return the photo as a file in memory, and what of it is the portrait."""
        return (self._content, self.cropper.crop()) if self._content else None

    def set_value(self, value: Any) -> None:
        """Show a photo: a JPEG in memory; None shows the silhouette."""
        self._content = value or b""
        self.cropper.show_photo(QImage.fromData(self._content))
        self.clear_problem()

    def take(self, content: bytes) -> None:
        """Show a photo the clerk chose."""
        self.set_value(content)
        self.cropper.setFocus()
        self.changed.emit()

    def is_empty(self) -> bool:
        """Tell whether there is no photo."""
        return not self._content

    def keys(self, event: QKeyEvent) -> bool:
        """Move and zoom."""
        key = Qt.Key(event.key())
        if not self._content:
            return super().keys(event)
        if key in _MOVES and plain(event):
            across, down = _MOVES[key]
            self.cropper.move_frame(across * _STEP, down * _STEP)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.cropper.zoom(_ZOOM)
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.cropper.zoom(1 / _ZOOM)
        else:
            return super().keys(event)
        self.changed.emit()
        return True
