"""The portraits that are in sight, fetched a handful at a time and kept for the next look."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap

from station_app.domain.people import Deputy
from station_app.station import Desks

_MOST = 600
"""Portraits kept at once; some 250 KB each as drawn."""


class PortraitShelf(QObject):
    """Hands out portraits; one that is not here yet is fetched in a moment, together with others that were asked for.

    Signals:
        arrived: some portraits that were asked for are here now.

    Args:
        desks: the desks of the open station.
    """

    arrived = Signal()

    def __init__(self, desks: Desks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desks = desks
        self._kept: dict[int, QPixmap] = {}
        self._asked: set[int] = set()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._fetch)

    def portrait(self, deputy: Deputy) -> QPixmap | None:
        """Return the portrait of a deputy, or None while it is not here, or where there is none."""
        if deputy.photo_id is None:
            return None
        kept = self._kept.get(deputy.photo_id)
        if kept is None:
            self._asked.add(deputy.photo_id)
            self._soon.start()
        return kept

    def forget(self) -> None:
        """Fetch everything anew: attachments changed."""
        self._kept.clear()

    def _fetch(self) -> None:
        asked, self._asked = self._asked, set()
        if len(self._kept) + len(asked) > _MOST:
            self._kept.clear()
        found = self._desks.portraits.thumbnails(asked)
        for photo_id in asked:
            # An empty picture stands for one that cannot be read: it is not asked for again and again.
            self._kept[photo_id] = QPixmap.fromImage(QImage.fromData(found.get(photo_id, b"")))
        self.arrived.emit()
