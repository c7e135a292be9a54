"""The form in which a deputy gets a portrait: from a file or the clipboard, cut to 5:7."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QBuffer
from PySide6.QtGui import QGuiApplication, QImage
from shiboken6 import isValid

from station_app.domain.people import Deputy
from station_app.domain.problems import InvalidInput, invalid
from station_app.services.attachments_desk import Pasted
from station_app.services.done import Done
from station_app.services.portraits import photo_to_cut
from station_app.station import Desks
from station_app.support.faults import StationFault
from station_app.ui.cards import button, label
from station_app.ui.crop_field import CROP_HINT, CropField
from station_app.ui.form import FormPanel
from station_app.ui.page import Shell

_KINDS = "照片 (*.jpg *.jpeg *.png *.bmp *.webp *.tif *.tiff)"


class PortraitForm(FormPanel):
    """Chooses, cuts, replaces or removes the portrait of a deputy.

    Args:
        desks: the desks of the open station.
        shell: what the window lends.
        deputy: whose portrait it is.
    """

    def __init__(self, desks: Desks, shell: Shell, deputy: Deputy) -> None:
        super().__init__(f"照片　{deputy.name}", self._save_portrait, shell.messages)
        self._desks = desks
        self._shell = shell
        self._deputy = deputy
        choosing = button("选择照片", "folder-open", "Alt+X")
        choosing.clicked.connect(lambda _checked=False: self.choose())
        pasting = button("粘贴", "", "Ctrl+V")
        pasting.clicked.connect(lambda _checked=False: self.paste())
        self.photo = CropField()
        self.fields["photo"] = self.photo
        self.photo.changed.connect(self.changed)
        self.grid.add_widget(self.photo)
        self.add_widget(label(CROP_HINT, "small", wrap=True))
        self.add_widget(label("按证件照 5:7 裁切，头像居中偏上；卡片、公示牌都用这一张。", "small", wrap=True))
        self.add_action(choosing)
        self.add_action(pasting)
        if deputy.photo_id is not None:
            removing = button("移除照片", "trash-2")
            removing.clicked.connect(lambda _checked=False: self.remove())
            self.add_action(removing)
        self._bind("Alt+X", self.choose)
        self._bind("Ctrl+V", self.paste)
        self.set_values({"photo": desks.portraits.picture(deputy.id)})

    def choose(self) -> None:
        """Choose a file (Alt+X)."""
        path = self._shell.messages.choose_file("选择照片", _KINDS)
        if path is not None:
            self._read(path)

    def paste(self) -> None:
        """Take the picture or the photo file from the clipboard (Ctrl+V)."""
        given = QGuiApplication.clipboard().mimeData()
        path = next((Path(url.toLocalFile()) for url in given.urls() if url.isLocalFile()), None)
        picture = given.imageData() if given.hasImage() else None
        if path is not None:
            self._read(path)
        elif isinstance(picture, QImage) and not picture.isNull():
            buffer = QBuffer()
            buffer.open(QBuffer.OpenModeFlag.WriteOnly)
            picture.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, Qt takes text
            self._read(Pasted("粘贴的照片.png", bytes(buffer.data().data())))
        else:
            self.photo.show_problem("剪贴板里没有照片。")

    def remove(self) -> None:
        """Take the portrait away; it can be undone."""
        try:
            done = self._desks.portraits.remove(self._deputy.id)
        except StationFault as fault:
            self._shell.messages.tell_fault(fault)
        else:
            self.mark_clean()
            self.saved.emit(done)

    def _read(self, source: Path | Pasted) -> None:
        """Read the photo on the worker thread: a camera's is large."""
        self._shell.jobs.run(
            "读取照片", lambda _progress, _cancelled: photo_to_cut(source), self._show_photo, self._refused
        )

    def _show_photo(self, content: bytes) -> None:
        if isValid(self):
            self.photo.take(content)

    def _refused(self, error: BaseException) -> bool:
        if isinstance(error, InvalidInput) and isValid(self):
            self.show_problems(error.problems)
        return isinstance(error, InvalidInput)

    def _save_portrait(self, values: dict[str, Any]) -> Done[int]:
        if values["photo"] is None:
            raise invalid("photo", "请先选择照片。")
        return self._desks.portraits.save(self._deputy.id, *values["photo"])
