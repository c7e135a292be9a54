"""What a file is by its first bytes, and what to tell the clerk when it is no spreadsheet."""

from enum import StrEnum

from station_app.domain.problems import invalid
from station_app.domain.raw_sheet import column_letter

LARGEST_EXTENT = 4_000_000  # cells in a sheet's rectangle: 100,000 rows of 40 columns
LARGEST_ROW = 200_000
LARGEST_FILE = 64 * 1024 * 1024
SAVE_AS = "请在 WPS 或 Excel 中打开，另存为 .xlsx 后再导入。"


TOO_MUCH = "表格内容异常（解开后异常庞大，或范围远超实际数据），已停止读取。请在 WPS 或 Excel 中打开，把需要的行复制到新表后再导入。"
BROKEN = f"文件已损坏或不完整，无法读取。{SAVE_AS}"
LOCKED = "文件设有打开密码，无法读取。请在 WPS 或 Excel 中打开，取消密码并另存后再导入。"


class Kind(StrEnum):
    """Containers a spreadsheet comes in."""

    ZIP = "zip"  # .xlsx, .ods
    OLE = "ole"  # .xls, .et, and encrypted .xlsx
    TEXT = "text"  # .csv


_OTHERS = (
    (b"%PDF", "PDF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"BM", "图片"),
    (b"II*\x00", "图片"),
    (b"MM\x00*", "图片"),
    (b"RIFF", "图片或影音文件"),
    (b"Rar!", "压缩包，请先解压"),
    (b"7z\xbc\xaf", "压缩包，请先解压"),
    (b"\x1f\x8b", "压缩包，请先解压"),
    (b"{\\rtf", "文字文档"),
    (b"SQLite format 3", "数据库文件"),
    (b"MZ", "程序"),
    (b"\x7fELF", "程序"),
)


def kind_of(head: bytes) -> Kind:
    """Return the container whose first bytes are ``head``.

    Raises:
        InvalidInput: the file is empty or no spreadsheet (field ``sheet``).
    """
    if not head:
        raise invalid("sheet", "文件是空的，没有内容可导入。")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Kind.ZIP
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Kind.OLE
    for magic, name in _OTHERS:
        if head.startswith(magic):
            raise invalid("sheet", f"这不是表格，而是{name}（只是名字像表格）。请选择 .xlsx、.xls、.ods 或 .csv 文件。")
    _refuse_markup(head)
    # UTF-16 text carries its mark; any other text has no zero bytes.
    if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise invalid("sheet", "这不是表格文件，或文件已损坏。请选择 .xlsx、.xls、.ods 或 .csv 文件。")
    return Kind.TEXT


def _refuse_markup(head: bytes) -> None:
    """Refuse web pages and XML sheets that websites hand out under the name ``.xls``."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<meta", b"<?xml", b"<div")):
        raise invalid("sheet", f"这个文件其实是网页或 XML 文本，不是真正的表格。{SAVE_AS}")
    if start.startswith(b"mime-version:"):
        raise invalid("sheet", f"这个文件其实是网页存档，不是真正的表格。{SAVE_AS}")


def check_extent(rows: int, columns: int) -> None:
    """Refuse a sheet whose content reaches further than any office's.

    Raises:
        InvalidInput: field ``sheet``, naming the last row and column.
    """
    if rows > LARGEST_ROW or rows * columns > LARGEST_EXTENT:
        raise invalid(
            "sheet",
            f"表格的范围大得异常（至少到第 {rows} 行、{column_letter(columns - 1)} 列），多半是远处误填了单元格。"
            "请在 WPS 或 Excel 中删去表格以外的行和列，另存后再导入。",
        )
