"""Attachments one under the other: thumbnail, name, size and where it came in; walked by the arrow keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QImage, QKeyEvent, QKeySequence, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from station_app.domain.attachment import Attachment, size_words
from station_app.services.attachments_desk import Packed
from station_app.ui.icons import icon
from station_app.ui.theme import INK, MUTED, TONES, Tone, px, scaled_font

MISSING: Final = "附件文件不在"
_LINE, _THUMBNAIL, _ICON, _MOST_LINES = 50, 56, 26, 5
_NOTE: Final = Qt.ItemDataRole.UserRole
_SHEETS: Final = {".xls", ".xlsx", ".et"}
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Shown:
    """One entry of the list.

    Args:
        file: attached already, or waiting for the form it stands in to be saved.
        thumbnail: JPEG, None for a kind that has none.
        missing: its content is not in the attachments file.
    """

    file: Attachment | Packed
    thumbnail: bytes | None
    missing: bool = False


class _Lines(QStyledItemDelegate):
    """Draws an entry: the picture, the name over the note."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return the room of one entry."""
        return QSize(px(120), px(_LINE))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one entry."""
        rect: QRect = option.rect  # type: ignore[attr-defined]  # the stubs leave the fields of options out
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, option.palette.highlight())  # type: ignore[attr-defined]
        picture: QIcon = index.data(Qt.ItemDataRole.DecorationRole)
        room = QRect(rect.left() + px(4), rect.top() + px(3), px(_THUMBNAIL), rect.height() - px(6))
        drawn = room if index.data(_IS_PICTURE) else _middle(room, px(_ICON))
        picture.paint(painter, drawn)
        for place, (text, font, ink) in enumerate(
            (
                (index.data(Qt.ItemDataRole.DisplayRole), scaled_font(1.0), INK),
                (index.data(_NOTE), scaled_font(0.9), index.data(Qt.ItemDataRole.ForegroundRole) or MUTED),
            )
        ):
            painter.setFont(font)
            painter.setPen(QColor(ink))
            line = _line(rect, place)
            painter.drawText(
                line,
                Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft,
                painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, line.width()),
            )
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(option.palette.accent(), 1))  # type: ignore[attr-defined]
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.restore()

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: _Index) -> None:
        """Put the editor over the name."""
        rect: QRect = option.rect  # type: ignore[attr-defined]
        line = _line(rect, 0)
        editor.setGeometry(QRect(line.left() - px(4), rect.top() + px(2), line.width() + px(4), px(32)))


def _line(rect: QRect, place: int) -> QRect:
    """Return where the first or second line of an entry is."""
    left = rect.left() + px(_THUMBNAIL + 14)
    half = (rect.height() - px(8)) // 2
    return QRect(left, rect.top() + px(4) + place * half, rect.right() - px(6) - left, half)


def _middle(room: QRect, side: int) -> QRect:
    square = QRect(0, 0, side, side)
    square.moveCenter(room.center())
    return square


_IS_PICTURE: Final = Qt.ItemDataRole.UserRole + 1


class AttachmentList(QListWidget):
    """The entries, at most five in sight.

    Signals:
        opened: Enter or double click on an entry.
        removal_asked: Delete.
        pasted: Ctrl+V.
        named: the clerk typed another name for the entry at this place.
        chosen: another entry is current, or none.
    """

    opened = Signal()
    removal_asked = Signal()
    pasted = Signal()
    named = Signal(int, str)
    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[Shown] = []
        self._filling = False
        self.setAccessibleName("附件")
        self.setItemDelegate(_Lines(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QListWidget.EditTrigger.NoEditTriggers)
        self.setAcceptDrops(False)  # the strip around it takes what is dropped
        self.itemDoubleClicked.connect(lambda _item: self.opened.emit())
        self.itemChanged.connect(self._item_changed)
        self.itemSelectionChanged.connect(self.chosen)
        self.installEventFilter(self)

    def show_entries(self, entries: Sequence[Shown]) -> None:
        """Show other entries; what was current stays so if it is still there."""
        before = self.currentRow()
        known = self._entries[before].file if 0 <= before < len(self._entries) else None
        self._entries = list(entries)
        self._filling = True
        self.clear()
        for entry in entries:
            self.addItem(_item(entry))
        self._filling = False
        files = [entry.file for entry in entries]
        self.setCurrentRow(files.index(known) if known in files else min(max(before, 0), len(files) - 1))
        self.setVisible(bool(entries))
        self.setFixedHeight(min(max(len(entries), 1), _MOST_LINES) * px(_LINE) + px(2))
        self.chosen.emit()

    def entries(self) -> list[Shown]:
        """Return what is shown."""
        return self._entries

    def current(self) -> Shown | None:
        """Return the current entry, or None."""
        row = self.currentRow()
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def selected(self) -> list[Shown]:
        """Return the selected entries in order; the current one when none is selected."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        current = self.current()
        return [self._entries[row] for row in rows] or ([current] if current else [])

    def edit_name(self) -> None:
        """Let the clerk type another name in place."""
        item = self.currentItem()
        if item is not None:
            self.editItem(item)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the list; F2 belongs to the window everywhere else."""
        if not isinstance(event, QKeyEvent) or self.state() is QListWidget.State.EditingState:
            return super().eventFilter(watched, event)
        if event.type() is QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_F2 and self.current():
            event.accept()
            return True
        return event.type() is QEvent.Type.KeyPress and self._takes(event)

    def _takes(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        elif event.key() in _ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.opened.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.edit_name()
        elif event.key() == Qt.Key.Key_Delete:
            self.removal_asked.emit()
        else:
            return False
        return True

    def _item_changed(self, item: QListWidgetItem) -> None:
        if not self._filling:
            self.named.emit(self.row(item), item.text())


def _item(entry: Shown) -> QListWidgetItem:
    file = entry.file
    item = QListWidgetItem(file.name)
    if isinstance(file, Attachment):
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
    source = file.source if isinstance(file, Attachment) else ""
    reduced = "" if file.original else "照片已缩小"
    note = "　".join(part for part in (size_words(file.size), source or reduced) if part)
    item.setData(_NOTE, MISSING if entry.missing else note)
    added = f"{file.added_at[:10]} 添加" if isinstance(file, Attachment) else ""
    item.setToolTip("\n".join(part for part in (file.name, size_words(file.size), source, reduced, added) if part))
    item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, item.data(_NOTE))
    picture = None if entry.missing else _picture(entry)
    item.setIcon(picture or _sign(entry))
    item.setData(_IS_PICTURE, picture is not None)
    if entry.missing:
        item.setData(Qt.ItemDataRole.ForegroundRole, TONES[Tone.WARNING][0])
    return item


def _picture(entry: Shown) -> QIcon | None:
    drawn = QPixmap.fromImage(QImage.fromData(entry.thumbnail)) if entry.thumbnail else QPixmap()
    return None if drawn.isNull() else QIcon(drawn)


def _sign(entry: Shown) -> QIcon:
    if entry.missing:
        return icon("triangle-alert", TONES[Tone.WARNING][0])
    sheet = PurePath(entry.file.name).suffix.lower() in _SHEETS
    return icon("file-spreadsheet" if sheet else "file-text", MUTED)
