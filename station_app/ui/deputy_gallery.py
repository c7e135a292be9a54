"""The roster as cards: portrait, name, levels, post and masked phone; walked by the arrow keys."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from station_app.domain.people import Deputy, RosterLine, Standing
from station_app.domain.text import masked_phone
from station_app.ui.cards import EmptyState
from station_app.ui.field import ENTER, plain
from station_app.ui.marks import Mark, Shape, mark_size, paint_mark
from station_app.ui.portrait_shelf import PortraitShelf
from station_app.ui.silhouette import RATIO, draw_portrait
from station_app.ui.standing_marks import STANDING_TONES
from station_app.ui.theme import CONTROL_LINE, FOCUS, INK, LINE, MUTED, PANEL, Tone, px, scaled_font

_CHOSEN = "#F4F8FD"
"""Paler than a chosen row: the pills of the levels stand out from it."""
_LEAST, _HEIGHT, _PORTRAIT = 216, 122, 68
_Index = QModelIndex | QPersistentModelIndex


class _Lines(QAbstractListModel):
    """The lines with their deputies."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: list[RosterLine] = []

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return how many there are."""
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a card says, for those who hear it."""
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{line.name} {line.levels} {line.state} {line.post}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (line.name, line.post) if part)
        return None

    def set_lines(self, lines: Sequence[RosterLine]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()


class _Card(QStyledItemDelegate):
    """Draws one card."""

    def __init__(self, gallery: "DeputyGallery") -> None:
        super().__init__(gallery)
        self._gallery = gallery

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return the room of a card, its margin included."""
        return self._gallery.cell()

    def paint(self, painter: QPainter, option: Any, index: _Index) -> None:
        """Draw one card."""
        line = self._gallery.line_at(index.row())
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        card = QRectF(option.rect).adjusted(px(4), px(4), -px(4), -px(4))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = FOCUS if self._gallery.view.hasFocus() else CONTROL_LINE
        painter.setPen(QPen(QColor(edge), 2) if chosen else QPen(QColor(LINE), 1))
        painter.setBrush(QColor(_CHOSEN if chosen else PANEL))
        painter.drawRoundedRect(card, px(6), px(6))
        wide = px(_PORTRAIT)
        frame = QRectF(card.left() + px(9), card.top() + px(9), wide, wide * RATIO)
        draw_portrait(painter, frame, self._gallery.portrait(line))
        left = frame.right() + px(10)
        self._write(painter, QRectF(left, frame.top(), card.right() - px(8) - left, frame.height()), line)
        painter.restore()

    def _write(self, painter: QPainter, room: QRectF, line: RosterLine) -> None:
        """Write name, levels, post and phone one under the other."""
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.setFont(scaled_font(1.1, bold=True))
        painter.setPen(QColor(INK))
        metrics = painter.fontMetrics()
        top = QRectF(room.left(), room.top() - px(1), room.width(), metrics.height())
        painter.drawText(top, flags, metrics.elidedText(line.name, Qt.TextElideMode.ElideRight, int(room.width())))
        at = top.bottom() + px(4)
        marks = [Mark(word, Tone.INFO, Shape.NONE) for word in line.levels.split("、") if word]
        if line.standing is not Standing.SERVING:
            marks.insert(0, Mark(line.state, STANDING_TONES[line.standing]))
        left = room.left()
        for mark in marks:
            size = mark_size(mark)
            if left + size.width() > room.right() and left > room.left():
                break
            paint_mark(painter, mark, QRectF(left, at, room.right() - left, size.height()))
            left += size.width() + px(4)
        painter.setFont(scaled_font(0.9))
        painter.setPen(QColor(MUTED))
        metrics = painter.fontMetrics()
        high = metrics.height()
        at += mark_size(Mark("镇", Tone.INFO, Shape.NONE)).height() + px(3)
        for words in _two_lines(line.post, int(room.width()), metrics.horizontalAdvance):
            text = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(room.width()))
            painter.drawText(QRectF(room.left(), at, room.width(), high), flags, text)
            at += high
        bottom = QRectF(room.left(), room.bottom() - high + px(1), room.width(), high)
        if at <= bottom.top() + px(2):
            painter.drawText(bottom, flags, masked_phone(line.phone))


def _two_lines(text: str, room: int, width: Any) -> list[str]:
    """Return a text in at most two lines, the first as full as it can be."""
    if width(text) <= room:
        return [text]
    cut = next(place for place in range(len(text), 0, -1) if width(text[:place]) <= room or place == 1)
    return [text[:cut], text[cut:]]


class DeputyGallery(QWidget):
    """See the module.

    Signals:
        current_changed: id of the deputy the clerk stands on.
        opened: Enter or a double click.

    Args:
        shelf: where the portraits are.
    """

    current_changed = Signal(int)
    opened = Signal()

    def __init__(self, shelf: PortraitShelf) -> None:
        super().__init__()
        self._shelf = shelf
        self._deputies: dict[int, Deputy] = {}
        self._model = _Lines(self)
        self.view = _View()
        self.view.setModel(self._model)
        self.view.setItemDelegate(_Card(self))
        self._empty = EmptyState()
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        self._filling = False
        self.view.selectionModel().currentChanged.connect(lambda now, _before: self._current(now.row()))
        self.view.doubleClicked.connect(lambda _index: self.opened.emit())
        self.view.entered_on.connect(self.opened)
        self.view.resized.connect(self._share_room)
        shelf.arrived.connect(self.view.viewport().update)
        self.setFocusProxy(self.view)

    def show_lines(self, lines: Sequence[RosterLine], deputies: dict[int, Deputy], current: int | None) -> None:
        """Show other deputies.

        Args:
            lines: in the order shown.
            deputies: by id, for their portraits.
            current: id of the one the clerk stands on.
        """
        self._deputies = deputies
        self._filling = True
        if lines != self._model.lines:
            self._model.set_lines(lines)
        self.select(current)
        self._filling = False
        self._stack.setCurrentIndex(0 if lines else 1)
        self.view.viewport().update()

    def say_empty(self, sentence: str, button: str = "", action: Any = None) -> None:
        """Say what belongs here while there are no cards."""
        self._empty.say(sentence, button, action)

    def select(self, deputy_id: int | None) -> None:
        """Go to a deputy."""
        place = next((at for at, line in enumerate(self._model.lines) if line.deputy_id == deputy_id), None)
        if place is not None and place != self.view.currentIndex().row():
            self.view.setCurrentIndex(self._model.index(place, 0))

    def line_at(self, place: int) -> RosterLine:
        """Return the line of a card."""
        return self._model.lines[place]

    def portrait(self, line: RosterLine) -> QPixmap | None:
        """Return the portrait of a line's deputy, if it is here."""
        deputy = self._deputies.get(line.deputy_id)
        return self._shelf.portrait(deputy) if deputy else None

    def cell(self) -> QSize:
        """Return the room of a card: as many stand side by side as fit, and share the width."""
        room = self.view.viewport().width() - 1
        across = max(1, room // px(_LEAST))
        return QSize(room // across, px(_HEIGHT))

    def _share_room(self) -> None:
        self.view.setGridSize(self.cell())

    def _current(self, place: int) -> None:
        if place >= 0 and not self._filling:
            self.current_changed.emit(self._model.lines[place].deputy_id)


class _View(QListView):
    """The list in rows and columns.

    Signals:
        entered_on: Enter on the current card.
        resized: there is another width to share.
    """

    entered_on = Signal()
    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("代表卡片")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        self.resized.emit()
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter."""
        if event.key() in ENTER and plain(event):
            self.entered_on.emit()
        else:
            super().keyPressEvent(event)
