"""Looking into a zipped spreadsheet before anybody parses it: sizes, declarations, how far its cells reach."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from station_app.documents.spreadsheet_kind import BROKEN, LARGEST_EXTENT, LOCKED, TOO_MUCH, check_extent
from station_app.domain.problems import invalid

_MOST_ENTRIES = 2_000
_LARGEST_TOTAL = 300 * 1024 * 1024
_LARGEST_RATIO = 200  # real sheets stay under 40; only looked at beyond _SMALL
_SMALL = 16 * 1024 * 1024
_CHUNK = 1 << 20
_LONGEST_TAG = 512

_CELL_WITH_CONTENT = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>')
_CELL = re.compile(rb"<(?:\w+:)?c[\s>]")
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_REPEATED = re.compile(
    rb'<table:(?:covered-)?table-cell(?=[^>]*office:value-type)[^>]*number-columns-repeated="([0-9]{1,9})"'
)


def look_into_zip(path: Path) -> None:
    """Refuse a zipped spreadsheet that would take too much to read, or is none.

    Sizes told by the directory are looked at first; then every XML part is unpacked in pieces, counted and scanned,
    because the directory may lie.

    Raises:
        InvalidInput: damaged, no spreadsheet, protected, a bomb, or cells far outside any real sheet (``sheet``).
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check_sizes(entries, path.stat().st_size)
            _check_parts(archive)
            total = 0
            for entry in entries:
                if entry.filename.lower().endswith((".xml", ".rels")):
                    total += _scan(archive, entry, _LARGEST_TOTAL - total)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, UnicodeDecodeError, OSError):
        raise invalid("sheet", BROKEN) from None


def _check_sizes(entries: list[zipfile.ZipInfo], packed: int) -> None:
    total = sum(entry.file_size for entry in entries)
    if len(entries) > _MOST_ENTRIES or total > _LARGEST_TOTAL:
        raise invalid("sheet", TOO_MUCH)
    if total > _SMALL and total > _LARGEST_RATIO * packed:
        raise invalid("sheet", TOO_MUCH)


def _check_parts(archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return
    if "content.xml" in names:
        if b"encryption-data" in archive.read("META-INF/manifest.xml")[:_CHUNK]:
            raise invalid("sheet", LOCKED)
        return
    if any(name.startswith(("word/", "ppt/")) for name in names):
        raise invalid("sheet", "这是文字文档或演示文稿，不是表格。请选择 .xlsx、.xls、.ods 或 .csv 文件。")
    raise invalid("sheet", "这是压缩包，不是表格；请先解压，再选择其中的表格。")


def _scan(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, allowed: int) -> int:
    """Scan one XML part; return its unpacked size."""
    cells = bottom = right = size = 0
    sheet = "/worksheets/" in entry.filename
    for piece in _pieces(archive, entry):
        size += len(piece) - _LONGEST_TAG if size else len(piece)
        if size > allowed or _DECLARATION.search(piece):
            raise invalid("sheet", TOO_MUCH)
        if sheet:
            cells += len(_CELL.findall(piece))
            bottom, right = _extent(piece, bottom, right)
        elif entry.filename == "content.xml":
            cells += sum(int(count) for count in _REPEATED.findall(piece))
        check_extent(bottom, right)
        if cells > LARGEST_EXTENT:
            raise invalid("sheet", TOO_MUCH)
    return size


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield the unpacked part in pieces that overlap, so that no tag is cut unseen."""
    tail = b""
    with archive.open(entry) as part:
        while chunk := part.read(_CHUNK):
            piece = tail + chunk
            yield piece
            tail = piece[-_LONGEST_TAG:]


def _extent(piece: bytes, bottom: int, right: int) -> tuple[int, int]:
    """Return the furthest row and column of the cells with content in ``piece`` and before, 1-based."""
    found = _CELL_WITH_CONTENT.findall(piece)
    rows = {int(row) for _, row in found}
    columns = {_column_number(letters) for letters in {letters for letters, _ in found}}
    return max({bottom} | rows), max({right} | columns)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
