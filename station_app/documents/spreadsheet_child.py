"""The child process that reads a foreign file: limits first, then the reader, then the cells on their way back."""

import contextlib
import os
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from station_app.documents.spreadsheet_cells import encoded_sheets, trimmed
from station_app.documents.spreadsheet_kind import BROKEN, LOCKED, SAVE_AS, TOO_MUCH, Kind, check_extent
from station_app.documents.spreadsheet_text import read_text_table
from station_app.documents.spreadsheet_zip import look_into_zip
from station_app.domain.problems import InvalidInput, invalid
from station_app.domain.raw_sheet import MergedRange, RawSheet

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

# Directory entries of an OLE file carry their names in UTF-16.
_OLE_STREAMS = (
    ("EncryptedPackage", LOCKED),
    ("WordDocument", f"这是文字文档，不是表格。{SAVE_AS}"),
    ("PowerPoint Document", f"这是演示文稿，不是表格。{SAVE_AS}"),
)
_MOST_MERGED = 20_000  # no office merges more
_BOF = b"\x09\x08\x10\x00\x00\x06\x05\x00"
_FILEPASS = 0x002F


def send_sheets(path: str, kind: Kind, answer: "Connection[bytes, bytes]", memory_limit: int) -> None:
    """Read ``path`` and send its sheets as JSON, or ``!`` and the reason. The entry point of the child process."""
    _go_quiet()
    _limit_memory(memory_limit)
    try:
        message = encoded_sheets(sheets_of(Path(path), kind))
    except InvalidInput as problem:
        message = f"!{problem}".encode()
    except MemoryError:
        message = f"!{TOO_MUCH}".encode()
    except OSError:
        message = f"!{BROKEN}".encode()
    answer.send_bytes(message)
    answer.close()


def sheets_of(path: Path, kind: Kind) -> list[RawSheet]:
    """Read all worksheets of a file of the given kind.

    Raises:
        InvalidInput: field ``sheet``: why it cannot be read.
    """
    if kind is Kind.TEXT:
        return [read_text_table(path)]
    if kind is Kind.ZIP:
        look_into_zip(path)
    else:
        _look_into_ole(path)
    return _read_with_calamine(path)


def _look_into_ole(path: Path) -> None:
    content = path.read_bytes()
    for stream, reason in _OLE_STREAMS:
        if stream.encode("utf-16-le") in content:
            raise invalid("sheet", reason)
    if not any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        raise invalid("sheet", BROKEN)
    if _has_password(content):
        raise invalid("sheet", LOCKED)


def _has_password(content: bytes) -> bool:
    """Tell whether the records after the first BOF ([MS-XLS] 2.4.21) include FILEPASS (2.4.117), always among the first."""
    at = content.find(_BOF)
    for _ in range(8):
        record, length = (
            int.from_bytes(content[at : at + 2], "little"),
            int.from_bytes(content[at + 2 : at + 4], "little"),
        )
        if at >= 0 and record == _FILEPASS:
            return True
        at += 4 + length
    return False


def _read_with_calamine(path: Path) -> list[RawSheet]:
    import python_calamine as calamine

    sheets = []
    try:
        with path.open("rb") as file:
            book = calamine.CalamineWorkbook.from_filelike(file)
            for index, about in enumerate(book.sheets_metadata):
                if about.typ is calamine.SheetTypeEnum.WorkSheet:
                    sheets.append(_sheet(book.get_sheet_by_index(index)))
    except calamine.PasswordError:
        raise invalid("sheet", LOCKED) from None
    except (calamine.CalamineError, ValueError):
        raise invalid("sheet", BROKEN) from None
    if not any(sheet.rows for sheet in sheets):
        raise invalid("sheet", "表格是空的，没有内容可导入。")
    return sheets


def _sheet(sheet: "CalamineSheet") -> RawSheet:
    if sheet.end is None:
        return RawSheet(sheet.name, ())
    check_extent(sheet.end[0] + 1, sheet.end[1] + 1)
    merged = (sheet.merged_cell_ranges or ())[:_MOST_MERGED]
    return RawSheet(
        sheet.name,
        trimmed(sheet.to_python(skip_empty_area=False)),
        tuple(MergedRange(top, left, bottom, right) for (top, left), (bottom, right) in merged),
    )


def _go_quiet() -> None:
    """Send what a dying reader prints into the void: it would end up on the clerk's console."""
    with contextlib.suppress(OSError):
        void = os.open(os.devnull, os.O_WRONLY)
        os.dup2(void, 2)
        sys.stderr = os.fdopen(void, "w", encoding="utf-8")


def _limit_memory(limit: int) -> None:
    """Let the system refuse more memory than ``limit`` bytes; on Windows the parent watches instead."""
    try:
        import resource
    except ImportError:
        return
    with contextlib.suppress(ValueError, OSError):
        # Not the address space, of which libraries reserve far more than they use.
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
