"""Panels side by side with a handle between them; where it stands is remembered."""

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtWidgets import QSplitter, QWidget

from station_app.ui.theme import px


class Split(QSplitter):
    """Widgets side by side, none of which can be squeezed away.

    Args:
        settings: where the places of the handles are remembered.
        key: under which key, e.g. ``opinions``.
        parts: the widgets from left to right.
        sizes: their first widths, for font size 标准.
        stretch: number of the part that takes what is left over later.
    """

    def __init__(self, settings: QSettings, key: str, parts: list[QWidget], sizes: list[int], stretch: int = 0) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._settings = settings
        self._key = f"splits/{key}"
        for part in parts:
            self.addWidget(part)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(px(12))
        self.setStretchFactor(stretch, 1)
        saved = settings.value(self._key)
        if not (isinstance(saved, QByteArray) and self.restoreState(saved)):
            self.setSizes([px(size) for size in sizes])
        self.splitterMoved.connect(self._remember)

    def _remember(self) -> None:
        self._settings.setValue(self._key, self.saveState())
