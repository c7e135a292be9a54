"""The very pages of a PDF as pictures, for preview and printer, and their text."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from station_app.support.faults import StationFault

_MOST_PIXELS = 60_000_000  # a page may claim any size; more than this no screen or printer needs
_PDFIUM = threading.Lock()  # PDFium is not thread-safe: one call at a time in the whole program


@dataclass(frozen=True)
class PagePicture:
    """A rendered page.

    Args:
        width: in pixels.
        height: in pixels.
        stride: bytes per row of pixels.
        grey: True for one byte per pixel, False for three (red, green, blue).
        pixels: ``stride * height`` bytes.
    """

    width: int
    height: int
    stride: int
    grey: bool
    pixels: bytes


Pdf = Path | bytes
"""A PDF file, or its content where it must not become a file."""


def page_sizes(path: Pdf) -> list[tuple[float, float]]:
    """Return width and height of each page in points.

    Raises:
        StationFault: the file cannot be read as a PDF; so do the other functions here.
    """
    with _opened(path) as document:
        return [document.get_page_size(number) for number in range(len(document))]


def page_count(path: Pdf) -> int:
    """Return how many pages the PDF has."""
    with _opened(path) as document:
        return len(document)


def page_texts(path: Pdf) -> list[str]:
    """Return the text of each page as another program would copy it."""
    texts = []
    with _opened(path) as document:
        for number in range(len(document)):
            page = document[number]
            text_page = page.get_textpage()
            # PDFium takes a hyphen at a line's end for one of hyphenation and gives U+0002 instead.
            texts.append(text_page.get_text_bounded().replace("\r\n", "\n").replace("\x02", "-"))
            text_page.close()
            page.close()
    return texts


def page_picture(
    path: Pdf, number: int, *, dpi: float | None = None, pixel_width: int | None = None, grey: bool = False
) -> PagePicture:
    """Render one page.

    Args:
        path: the PDF.
        number: of the page, the first is 0.
        dpi: dots per inch; or
        pixel_width: width of the picture in pixels; 96 dpi without either.
        grey: one byte per pixel instead of three.
    """
    with _opened(path) as document:
        return _rendered(document, number, dpi, pixel_width, grey=grey)


def page_png(
    path: Pdf, number: int, *, dpi: float | None = None, pixel_width: int | None = None, grey: bool = False
) -> bytes:
    """Return one page as the bytes of a PNG file; arguments as in `page_picture`."""
    picture = page_picture(path, number, dpi=dpi, pixel_width=pixel_width, grey=grey)
    return _png(picture)


@contextmanager
def _opened(path: Pdf) -> Iterator[Any]:
    import pypdfium2  # type: ignore[import-untyped] # it has no type information

    with _PDFIUM:
        try:
            document = pypdfium2.PdfDocument(path)
        except (pypdfium2.PdfiumError, OSError) as error:
            name = path.name if isinstance(path, Path) else "这份文书"
            raise StationFault(
                f"“{name}”打不开，可能不是PDF文件或已损坏。", "登记的数据没有受影响。", "请重新生成这份文件。"
            ) from error
        try:
            yield document
        finally:
            document.close()


def _rendered(document: Any, number: int, dpi: float | None, pixel_width: int | None, *, grey: bool) -> PagePicture:
    page = document[number]
    scale = pixel_width / page.get_width() if pixel_width else (dpi or 96) / 72
    scale = min(scale, (_MOST_PIXELS / (page.get_width() * page.get_height())) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=grey, rev_byteorder=True, prefer_bgrx=False)
    picture = PagePicture(bitmap.width, bitmap.height, bitmap.stride, grey, bytes(bitmap.buffer))
    bitmap.close()
    page.close()
    return picture


def _png(picture: PagePicture) -> bytes:
    """Encode without any imaging library: PNG is rows of bytes, compressed (ISO/IEC 15948)."""
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    row_bytes = picture.width * (1 if picture.grey else 3)
    rows = BytesIO()
    for row in range(picture.height):
        start = row * picture.stride
        rows.write(b"\x00" + picture.pixels[start : start + row_bytes])
    header = struct.pack(">IIBBBBB", picture.width, picture.height, 8, 0 if picture.grey else 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows.getvalue(), 6))
        + chunk(b"IEND", b"")
    )
