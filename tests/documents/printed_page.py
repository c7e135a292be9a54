"""A PDF read back as ink: which face drew each character, where it stands, and which faces are embedded.

Used for the papers of the demo; knows nothing of how they were written.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped] # it has no type information
from pypdfium2 import raw
from reportlab.pdfbase.ttfonts import TTFontFile

from station_app.documents.fonts import FONT_FOLDER

CLOSING = frozenset("，。、；：？！）》”’")


@dataclass(frozen=True)
class PrintedChar:
    """A character on paper: ``left``, ``right`` and ``bottom`` of its cell in points, ``size`` of its type."""

    char: str
    font: str
    left: float
    right: float
    bottom: float
    size: float


def printed_pages(path: Path) -> list[list[PrintedChar]]:
    """Return every visible character of every page."""
    document = pypdfium2.PdfDocument(path)
    try:
        return [list(_chars(page)) for page in document]
    finally:
        document.close()


def faces_not_embedded(path: Path) -> set[str]:
    """Return the names of faces the PDF uses without carrying them."""
    document = pypdfium2.PdfDocument(path)
    missing = set()
    try:
        for page in document:
            for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
                font = raw.FPDFTextObj_GetFont(drawn.raw)
                if not raw.FPDFFont_GetIsEmbedded(font):
                    name = ctypes.create_string_buffer(256)
                    raw.FPDFFont_GetBaseFontName(font, name, len(name))
                    missing.add(name.value.decode())
    finally:
        document.close()
    return missing


def boxes(page: list[PrintedChar]) -> list[PrintedChar]:
    """Return the characters whose own face has no picture of them: the reader sees an empty box (.notdef)."""
    known = faces()
    return [one for one in page if one.font in known and ord(one.char) not in known[one.font]]


def lines_begun_wrong(page: list[PrintedChar]) -> list[str]:
    """Return the closing marks that stand first in their line, with what follows them.

    A mark is first when nothing ends within a third of its size to the left of it on the same base line.
    """
    wrong = []
    for index, mark in enumerate(page):
        if mark.char not in CLOSING:
            continue
        near = mark.size / 3
        if not any(abs(one.bottom - mark.bottom) < near and abs(one.right - mark.left) < near for one in page):
            wrong.append("".join(one.char for one in page[index : index + 8]))
    return wrong


@cache
def faces() -> dict[str, frozenset[int]]:
    """Return the code points of each bundled face, by its PostScript name."""
    found = {}
    for path in FONT_FOLDER.glob("*.ttf"):
        face = TTFontFile(str(path))
        found[face.name.decode()] = frozenset(face.charToGlyph)
    return found


def _chars(page: pypdfium2.PdfPage) -> Iterator[PrintedChar]:
    text = page.get_textpage()
    box = raw.FS_RECTF()
    flags = ctypes.c_int()
    first_half = ""
    for index in range(text.count_chars()):
        # PDFium counts in UTF-16: what lies beyond U+FFFF comes in two halves.
        char = first_half + chr(raw.FPDFText_GetUnicode(text.raw, index))
        first_half = char if len(char) == 1 and "\ud800" <= char <= "\udbff" else ""
        if first_half or char.isspace() or not raw.FPDFText_GetLooseCharBox(text.raw, index, box):
            continue
        char = char.encode("utf-16", "surrogatepass").decode("utf-16")
        name = ctypes.create_string_buffer(256)
        raw.FPDFText_GetFontInfo(text.raw, index, name, len(name), flags)
        size = raw.FPDFText_GetFontSize(text.raw, index)
        yield PrintedChar(char, name.value.decode().split("+")[-1], box.left, box.right, box.bottom, size)
    text.close()
