"""What may be attached: told by the first bytes and the suffix together, so that no program slips in as a photo."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from station_app.domain.attachment import PDF, TIFF
from station_app.domain.problems import invalid

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP: Final = b"PK\x03\x04"

_PHOTOS: Final = {
    ".jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    ".png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    ".bmp": ("image/bmp", (b"BM",)),
    ".tif": (TIFF, (b"II*\x00", b"MM\x00*")),
    ".webp": ("image/webp", (b"RIFF",)),
    ".gif": ("image/gif", (b"GIF87a", b"GIF89a")),
}
_PHOTO_SUFFIXES: Final = frozenset({*_PHOTOS, ".jpeg", ".jpe", ".jfif", ".tiff", ".dib"})
# New WPS files may be either: WPS writes .wps, .et and .dps as OLE or as zip.
_OFFICE: Final = {
    ".doc": ("application/msword", (_OLE,)),
    ".xls": ("application/vnd.ms-excel", (_OLE,)),
    ".ppt": ("application/vnd.ms-powerpoint", (_OLE,)),
    ".wps": ("application/vnd.ms-works", (_OLE, _ZIP)),
    ".et": ("application/vnd.ms-works", (_OLE, _ZIP)),
    ".dps": ("application/vnd.ms-works", (_OLE, _ZIP)),
    ".docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (_ZIP,)),
    ".xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (_ZIP,)),
    ".pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", (_ZIP,)),
    ".ofd": ("application/ofd", (_ZIP,)),
}
_TEXT: Final = ".txt"
_TEXT_TYPE: Final = "text/plain"
# Windows programs, Linux programs, scripts, and Windows shortcuts.
_PROGRAMS: Final = (b"MZ", b"\x7fELF", b"#!", b"L\x00\x00\x00\x01\x14\x02\x00")

SUFFIXES: Final = tuple(sorted(_PHOTO_SUFFIXES | {".pdf", _TEXT, *_OFFICE}))
"""For the file choice, each with its dot."""


@dataclass(frozen=True)
class Kind:
    """What a file is.

    Args:
        media_type: e.g. ``image/png``.
        suffix: the right one for it, with its dot.
    """

    media_type: str
    suffix: str

    @property
    def is_photo(self) -> bool:
        """Whether it is a picture."""
        return self.media_type.startswith("image/")

    @property
    def is_pdf(self) -> bool:
        """Whether it is a PDF."""
        return self.media_type == PDF


def is_photo_name(name: str) -> bool:
    """Tell whether a file is named as a picture."""
    return PurePath(name).suffix.lower() in _PHOTO_SUFFIXES


def kind_of(name: str, content: bytes) -> Kind:
    """Return what a file is.

    Args:
        name: its file name.
        content: the whole of it.

    Raises:
        InvalidInput: it is none of the kinds that are taken, or not what its suffix says; field ``files``.
    """
    suffix = PurePath(name).suffix.lower()
    if content.startswith(_PROGRAMS):
        raise invalid("files", f"“{name}”是程序或脚本，不能作附件。")
    photo = _photo(content)
    if photo is not None and suffix in {"", *_PHOTO_SUFFIXES}:  # chat programs name a PNG .jpg; no harm
        return photo
    if b"%PDF-" in content[:1024] and suffix in {"", ".pdf"}:
        return Kind(PDF, ".pdf")
    if suffix in _OFFICE and content.startswith(_OFFICE[suffix][1]):
        return Kind(_OFFICE[suffix][0], suffix)
    if suffix == _TEXT and _is_text(content):
        return Kind(_TEXT_TYPE, _TEXT)
    raise invalid("files", f"“{name}”{_why_not(suffix, content)}")


def _photo(content: bytes) -> Kind | None:
    for suffix, (media_type, beginnings) in _PHOTOS.items():
        if content.startswith(beginnings) and (suffix != ".webp" or content[8:12] == b"WEBP"):
            return Kind(media_type, suffix)
    return None


def _is_text(content: bytes) -> bool:
    return content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" not in content


def _why_not(suffix: str, content: bytes) -> str:
    if content[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc"}:
        return "是手机的 HEIC 照片，请先在手机上改存为 JPEG（相机设置里选“兼容性最佳”）。"
    if suffix in SUFFIXES:
        return "的内容和扩展名对不上，可能已损坏或改过名，没有添加。"
    return "不是能添加的种类。可以添加照片、PDF、Word、Excel、PPT、WPS、OFD 和 txt 文件。"
