"""Photos: reduced, turned upright, stripped of what the camera wrote into them; thumbnails of photos and PDFs."""

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Final

from station_app.domain.problems import invalid

if TYPE_CHECKING:
    from PIL.Image import Image  # loaded when the first photo comes
    from PIL.ImageFile import ImageFile

JPEG_QUALITY: Final = 85
MOST_PIXELS: Final = 120_000_000
"""A small file can unpack to any size; the largest cameras of phones stay below this."""
THUMBNAIL_EDGE: Final = 256
_FORMATS: Final = ("JPEG", "PNG", "BMP", "GIF", "TIFF", "WEBP")
# What Pillow raises over broken files, format by format.
_BROKEN: Final = (
    OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, OverflowError, struct.error, zlib.error,
)  # fmt: skip


def reduced(content: bytes, name: str, longest: int) -> bytes:
    """Return a photo as JPEG, upright, at most ``longest`` pixels long, without place, time and camera.

    Args:
        content: the file as it came.
        name: for the message.
        longest: the longest edge in pixels; a smaller photo is not enlarged.

    Raises:
        InvalidInput: it is broken, cut short, or unpacks to too much; field ``files``.
    """
    return _jpeg(_shrunk(content, name, longest), JPEG_QUALITY)


def portrait(content: bytes, name: str, height: int) -> bytes:
    """Return a photo of a person as JPEG, cut to 5:7 about the face: the middle of its width, above the middle.

    Args:
        content: the file as it came.
        name: for the message.
        height: in pixels, at most; a smaller photo is not enlarged.

    Raises:
        InvalidInput: as `reduced`.
    """
    from PIL import Image, ImageOps

    photo = _shrunk(content, name, 2 * height)
    high = min(height, photo.height, photo.width * 7 // 5)
    size = (max(1, high * 5 // 7), max(1, high))
    return _jpeg(ImageOps.fit(photo, size, Image.Resampling.LANCZOS, centering=(0.5, 0.3)), JPEG_QUALITY)


def cut(content: bytes, name: str, box: tuple[float, float, float, float], height: int) -> bytes:
    """Return a part of a photo as JPEG.

    Args:
        content: the file as it came.
        name: for the message.
        box: left, top, right, bottom as parts (0 … 1) of the upright photo.
        height: in pixels, at most; a smaller part is not enlarged.

    Raises:
        InvalidInput: as `reduced`.
    """
    from PIL import Image

    with _opened(content, name) as photo:
        longest = max(photo.size)
    whole = _shrunk(content, name, longest)
    wide, high = whole.size
    part = whole.crop((round(box[0] * wide), round(box[1] * high), round(box[2] * wide), round(box[3] * high)))
    part.thumbnail((part.width, height), Image.Resampling.LANCZOS)
    return _jpeg(part, JPEG_QUALITY)


def has_pages(content: bytes, name: str) -> bool:
    """Tell whether a scan or moving picture has more than one page; reduced to a photo all but the first were lost.

    Raises:
        InvalidInput: as `reduced`.
    """
    with _opened(content, name) as scan:
        return scan.format in {"TIFF", "GIF"} and int(getattr(scan, "n_frames", 1)) > 1


def thumbnail(content: bytes, name: str) -> bytes:
    """Return a small JPEG of a photo.

    Raises:
        InvalidInput: as `reduced`.
    """
    return _jpeg(_shrunk(content, name, THUMBNAIL_EDGE), 80)


def pdf_thumbnail(content: bytes) -> bytes | None:
    """Return a small JPEG of a PDF's first page; None for one that is locked or broken, which is kept all the same."""
    from PIL import Image

    from station_app.documents.page_pictures import page_picture, page_sizes
    from station_app.support.faults import StationFault

    try:
        sizes = page_sizes(content)
        if not sizes or min(sizes[0]) <= 0:
            return None
        dpi = THUMBNAIL_EDGE * 72 / max(sizes[0])
        drawn = page_picture(content, 0, dpi=dpi)
    except StationFault:
        return None
    mode = "L" if drawn.grey else "RGB"
    page = Image.frombuffer(mode, (drawn.width, drawn.height), drawn.pixels, "raw", mode, drawn.stride, 1)
    return _jpeg(page, 80)


def _shrunk(content: bytes, name: str, longest: int) -> "Image":
    """Return the photo read, upright and reduced, on white where it is transparent.

    Raises:
        InvalidInput: see `reduced`.
    """
    from PIL import Image, ImageOps

    with _opened(content, name) as photo:
        # A JPEG is read at an eighth, a quarter or half its size where that is enough.
        photo.draft("RGB", (longest, longest))
        photo.load()
        upright = ImageOps.exif_transpose(photo)
    upright.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return _on_white(upright)


@contextmanager
def _opened(content: bytes, name: str) -> "Iterator[ImageFile]":
    """Open a photo; its size is told by its head, nothing is unpacked yet.

    Raises:
        InvalidInput: see `reduced`; for what goes wrong while it is open, too.
    """
    from PIL import Image

    # Pillow's own limit only warns up to twice its size; this one refuses, in the clerk's words.
    Image.MAX_IMAGE_PIXELS = None
    try:
        # Phones write heads that Pillow grumbles about and reads all the same.
        with warnings.catch_warnings(action="ignore"), Image.open(BytesIO(content), formats=_FORMATS) as photo:
            width, height = photo.size
            if width * height > MOST_PIXELS:
                raise invalid(
                    "files", f"“{name}”有 {width} × {height} 像素，超出能处理的大小，请先用看图软件缩小后再添加。"
                )
            yield photo
    except _BROKEN as error:
        raise invalid("files", f"“{name}”读不出来，可能没有传完或已损坏，没有添加。") from error


def _on_white(photo: "Image") -> "Image":
    from PIL import Image

    if photo.mode in {"RGB", "L"}:
        return photo
    if photo.mode.startswith("I"):  # scanners' 16 bits of grey; converted directly they would all be white
        return photo.convert("I").point(lambda value: value / 256).convert("L")
    if "A" in photo.mode or "transparency" in photo.info:
        clear = photo.convert("RGBA")
        white = Image.new("RGB", clear.size, "white")
        white.paste(clear, mask=clear.getchannel("A"))
        return white
    return photo.convert("RGB")


def _jpeg(photo: "Image", quality: int) -> bytes:
    written = BytesIO()
    # The colour profile goes along, all else the camera wrote does not.
    profile = photo.info.get("icc_profile") if photo.mode == "RGB" else None
    photo.save(written, "JPEG", quality=quality, optimize=True, icc_profile=profile, exif=b"", comment=b"")
    return written.getvalue()
