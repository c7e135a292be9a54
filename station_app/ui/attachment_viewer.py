"""Shows attached photos and PDFs inside the program, so that nothing has to be written to the disk for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from station_app.domain.attachment import Attachment
from station_app.station import Desks
from station_app.support.faults import StationFault
from station_app.ui.cards import Button, ElidedLabel, label
from station_app.ui.page import Shell
from station_app.ui.page_preview import PagePreview, PageSource
from station_app.ui.pdf_pages import PdfPages
from station_app.ui.theme import px

_POINTS_PER_PIXEL = 72 / 96


@dataclass(frozen=True)
class PhotoPage:
    """A photo as the only page of its source.

    Args:
        photo: read on the worker thread.
    """

    photo: QImage

    @property
    def sizes(self) -> Sequence[tuple[float, float]]:
        """Return the size in points; at 100 % a pixel of the photo is a pixel of the screen."""
        return ((self.photo.width() * _POINTS_PER_PIXEL, self.photo.height() * _POINTS_PER_PIXEL),)

    def draw(self, _page: int, dpi: float) -> QImage:
        """Return the photo scaled."""
        width = max(round(self.photo.width() * dpi * _POINTS_PER_PIXEL / 72), 1)
        return self.photo.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)


class AttachmentViewer(QDialog):
    """One attachment after the other; Alt+← and Alt+→ turn, Esc closes.

    Args:
        shell: what the window lends.
        desks: the desks of the open station.
        files: photos and PDFs only.
        at: which one is shown first.
        parent: the window it belongs to.
    """

    def __init__(self, shell: Shell, desks: Desks, files: Sequence[Attachment], at: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._shell = shell
        self._desks = desks
        self._files = list(files)
        self.at = at
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(px(900), px(720))
        self.preview = PagePreview(shell.jobs)
        self._name = ElidedLabel("", "heading")
        self._place = label("", "muted")
        self.back = Button("上一个", "chevron-left", "Alt+←")
        self.onward = Button("下一个", "chevron-right", "Alt+→")
        close = Button("关闭", hint="Esc")
        self.back.clicked.connect(lambda _checked=False: self.turn(-1))
        self.onward.clicked.connect(lambda _checked=False: self.turn(1))
        close.clicked.connect(self.close)
        row = QHBoxLayout()
        row.addWidget(self._name, 1)
        for part in (self._place, self.back, self.onward, close):
            row.addWidget(part)
        column = QVBoxLayout(self)
        column.addLayout(row)
        column.addWidget(self.preview, 1)
        QShortcut(QKeySequence("Alt+Left"), self, lambda: self.turn(-1))
        QShortcut(QKeySequence("Alt+Right"), self, lambda: self.turn(1))
        self._show_current()

    def current(self) -> Attachment:
        """Return what is shown."""
        return self._files[self.at]

    def turn(self, by: int) -> None:
        """Go to the one before or after."""
        if 0 <= self.at + by < len(self._files):
            self.at += by
            self._show_current()

    def _show_current(self) -> None:
        file, desk = self.current(), self._desks.attachments
        self._name.setText(file.name)
        self.setWindowTitle(file.name)
        self._place.setText(f"{self.at + 1} / {len(self._files)}")
        self.back.setEnabled(self.at > 0)
        self.onward.setEnabled(self.at + 1 < len(self._files))
        self.preview.show_sentence("正在打开…")

        def work(_progress: object, _cancelled: object) -> PageSource:
            if file.is_pdf:
                return PdfPages(desk.content(file))
            photo = QImage.fromData(desk.picture(file))
            if photo.isNull():
                raise StationFault(f"“{file.name}”显示不出来。", "附件没有受影响。", "可以用“另存为”取出后再看。")
            return PhotoPage(photo)

        self._shell.jobs.run("打开附件", work, lambda source: self._show(file, source), lambda e: self._failed(file, e))

    def _show(self, file: Attachment, source: PageSource) -> None:
        if not isValid(self) or file is not self.current():
            return
        self.preview.show_pages(source)
        if isinstance(source, PhotoPage):
            self.preview.canvas.set_zoom(self._fitting(source))
        self.preview.setFocus()

    def _fitting(self, source: PhotoPage) -> float:
        """Return the zoom at which the whole photo is seen; a small one is not enlarged."""
        room = self.preview.canvas.viewport().size()
        across = (room.width() - px(28)) / source.photo.width()
        down = (room.height() - px(28)) / source.photo.height()
        return min(across, down, 1.0)

    def _failed(self, file: Attachment, error: BaseException) -> bool:
        if isinstance(error, StationFault) and isValid(self) and file is self.current():
            self.preview.show_sentence(str(error))
        return isinstance(error, StationFault)
