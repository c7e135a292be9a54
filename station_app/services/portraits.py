"""Portraits of deputies: cut to 5:7, kept as an attachment of the deputy and named by the entry."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from station_app.domain.attachment import Attachment, Owner
from station_app.domain.problems import invalid
from station_app.services.attachments_desk import AttachmentsDesk, Pasted
from station_app.services.done import ATTACHMENTS, ROSTER, Done
from station_app.storage.attachments import AttachmentRecords
from station_app.storage.deputies import DeputyRecords
from station_app.storage.station_file import StationFile
from station_app.support.faults import StationFault

HEIGHT: Final = 840
"""Pixels of a portrait's height: 300 dpi on a card of 71 mm, more than any paper asks for."""
_SCREEN_EDGE: Final = 1600
_LARGEST: Final = 150 * 1024 * 1024


@dataclass(frozen=True)
class Crop:
    """Which part of a photo is the portrait, as parts (0 … 1) of its width and height from the upper left corner.

    The part itself is 5 wide to 7 high.
    """

    left: float
    top: float
    width: float
    height: float


def photo_to_cut(source: Path | Pasted) -> bytes:
    """Return a photo as an upright JPEG of at most 1600 pixels that a screen can show; may run on any thread.

    Raises:
        InvalidInput: field ``photo``: it is no photo, too large, or cannot be read.
    """
    from station_app.documents import photos
    from station_app.documents.attachment_kinds import is_photo_name
    from station_app.domain.problems import InvalidInput

    if isinstance(source, Path):
        if not is_photo_name(source.name):
            raise invalid("photo", f"“{source.name}”不是照片，请选 JPG 或 PNG 文件。")
        try:
            if source.stat().st_size > _LARGEST:
                raise invalid("photo", f"“{source.name}”太大，请先用看图软件缩小。")
            content = source.read_bytes()
        except OSError as error:
            raise invalid("photo", f"“{source.name}”读不出来，可能正被别的程序占用，或U盘已拔出。") from error
    else:
        content = source.content
    try:
        return photos.reduced(content, source.name, _SCREEN_EDGE)
    except InvalidInput as wrong:
        raise invalid("photo", "".join(problem.message for problem in wrong.problems)) from wrong


class Portraits:
    """Keeps the deputies' portraits.

    Args:
        file: the open station file.
        attachments: where their contents go.
    """

    def __init__(self, file: StationFile, attachments: AttachmentsDesk) -> None:
        self._file = file
        self._attachments = attachments
        self._records = AttachmentRecords(file)
        self._deputies = DeputyRecords(file)

    def thumbnails(self, photo_ids: Collection[int]) -> dict[int, bytes]:
        """Return small JPEGs by the attachment's id; what is not there, or cannot be read, is left out."""
        found = self._records.some(photo_ids)
        kept: dict[str, bytes | None] = {}
        with suppress(StationFault):  # without the attachments file there are no portraits; all else works
            kept = self._attachments.thumbnails(found)
        return {one.id: small for one in found if (small := kept.get(one.sha256))}

    def picture(self, deputy_id: int) -> bytes | None:
        """Return a deputy's portrait as a JPEG, or None where there is none or it cannot be read."""
        kept = self._of(deputy_id)
        with suppress(StationFault):
            return self._attachments.picture(kept) if kept else None
        return None

    def save(self, deputy_id: int, photo: bytes, crop: Crop) -> Done[int]:
        """Cut a photo and make it the deputy's portrait in the place of the one before, in one step.

        Args:
            photo: what `photo_to_cut` returned.

        Raises:
            NotAllowed: the operator may not.
            StationFault: the disk refuses; nothing is changed.
        """
        from station_app.documents.photos import cut

        box = (crop.left, crop.top, crop.left + crop.width, crop.top + crop.height)
        portrait = Pasted("证件照.jpg", cut(photo, "证件照.jpg", box, HEIGHT))
        packed = self._attachments.packer(Owner.DEPUTY).pack([portrait])
        before = self._of(deputy_id)
        with self._file.write("更换代表照片" if before else "添加代表照片") as step:
            photo_id = self._attachments.attach(Owner.DEPUTY, deputy_id, packed).value[0]
            self._deputies.change_fields(step, deputy_id, photo_id=photo_id)
            if before:
                self._records.remove(step, before.id)
        return Done(deputy_id, "已保存照片", frozenset({ROSTER, ATTACHMENTS}), step.id)

    def remove(self, deputy_id: int) -> Done[int]:
        """Take a deputy's portrait away; undo brings it back."""
        before = self._of(deputy_id)
        with self._file.write("移除代表照片") as step:
            self._deputies.change_fields(step, deputy_id, photo_id=None)
            if before:
                self._records.remove(step, before.id)
        return Done(deputy_id, "已移除照片", frozenset({ROSTER, ATTACHMENTS}), step.id)

    def _of(self, deputy_id: int) -> Attachment | None:
        photo_id = self._deputies.one(deputy_id).photo_id
        return next(iter(self._records.some([photo_id])), None) if photo_id else None
