"""Attachments as thumbnails with their names, walked by the arrow keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QImage, QKeyEvent, QKeySequence, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListView, QListWidget, QListWidgetItem

from station_app.domain.attachment import Attachment, size_words
from station_app.services.attachments_desk import Packed
from station_app.ui.icons import icon
from station_app.ui.theme import MUTED, TONES, Tone, px

MISSING: Final = "附件文件不在"
_THUMBNAIL, _CELL_WIDTH, _CELL_HEIGHT, _MOST_LINES = 64, 100, 96, 2
_SHEETS: Final = {".xls", ".xlsx", ".et"}
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


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


class AttachmentList(QListWidget):
    """The entries from left to right, at most two lines high.

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
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setIconSize(QSize(px(_THUMBNAIL), px(_THUMBNAIL)))
        self.setGridSize(QSize(px(_CELL_WIDTH), px(_CELL_HEIGHT)))
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QListWidget.EditTrigger.NoEditTriggers)
        self.setAcceptDrops(False)  # the strip around it takes what is dropped
        self.setStyleSheet(f"QListView::item {{ padding: {px(2)}px; min-height: 0; }}")
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
        self._fit()
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Be as high as the lines that are needed now."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        across = max(self.viewport().width() // px(_CELL_WIDTH), 1)
        lines = min(-(-len(self._entries) // across), _MOST_LINES)
        self.setFixedHeight(max(lines, 1) * px(_CELL_HEIGHT) + px(4))

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


def name_editor(within: AttachmentList) -> QLineEdit | None:
    """Return the field in which a name is being typed, or None."""
    return within.findChild(QLineEdit)


def _item(entry: Shown) -> QListWidgetItem:
    file = entry.file
    item = QListWidgetItem(_icon(entry), file.name)
    if isinstance(file, Attachment):
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
    source = file.source if isinstance(file, Attachment) else ""
    kept = "原件" if file.original else "照片已缩小"
    lines = [file.name, f"{size_words(file.size)}　{kept}", source, MISSING if entry.missing else ""]
    item.setToolTip("\n".join(line for line in lines if line))
    item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, "，".join(line for line in lines[1:] if line))
    if entry.missing:
        item.setForeground(QColor(TONES[Tone.WARNING][0]))
    return item


def _icon(entry: Shown) -> QIcon:
    if entry.missing:
        return icon("triangle-alert", TONES[Tone.WARNING][0])
    if entry.thumbnail is not None:
        picture = QPixmap.fromImage(QImage.fromData(entry.thumbnail, "JPEG"))  # type: ignore[arg-type]  # takes bytes
        if not picture.isNull():
            app = QGuiApplication.instance()
            if isinstance(app, QGuiApplication):
                picture.setDevicePixelRatio(app.devicePixelRatio())
            return QIcon(picture)
    sheet = PurePath(entry.file.name).suffix.lower() in _SHEETS
    return icon("file-spreadsheet" if sheet else "file-text", MUTED)
