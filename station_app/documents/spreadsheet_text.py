"""Reading tables in text files: ``.csv`` in UTF-8, UTF-16 or GB 18030, with any of the usual separators."""

import csv
import io
import re
from pathlib import Path

from station_app.documents.spreadsheet_cells import trimmed
from station_app.documents.spreadsheet_kind import SAVE_AS, check_extent
from station_app.domain.problems import invalid
from station_app.domain.raw_sheet import RawSheet

_SEPARATORS = ",\t;|，"
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_BINARY = re.compile("[\x00-\x08\x0e-\x1f]")


def read_text_table(path: Path) -> RawSheet:
    """Read a text file as one worksheet without a name; every cell is a str or blank.

    Raises:
        InvalidInput: no text, no encoding fits, or far too many cells (field ``sheet``).
    """
    text = _decoded(path.read_bytes())
    csv.field_size_limit(1_000_000)
    try:
        # Strict: a quotation mark that is never closed would swallow the rows below it.
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True))
    except csv.Error:
        raise invalid("sheet", f"文本表格的引号或分隔符不完整，无法读取。{SAVE_AS}") from None
    check_extent(len(rows), max(map(len, rows), default=0))
    cells = trimmed([cell.strip() for cell in row] for row in rows)
    if not cells:
        raise invalid("sheet", "文件是空的，没有内容可导入。")
    return RawSheet("", cells)


def _decoded(content: bytes) -> str:
    marked = [name for mark, name in _MARKS if content.startswith(mark)]
    reason = "文字编码无法识别（应为 UTF-8 或 GB 18030）"
    # UTF-8 is tried first: Chinese text in GB 18030 is practically never valid UTF-8.
    for encoding in marked or ("utf-8", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        odd = _BINARY.search(text)
        if odd is None:
            return text
        reason = f"第 {text.count(chr(10), 0, odd.start()) + 1} 行夹有不属于文字的控制字符"
    raise invalid("sheet", f"这不是表格文件，或{reason}。{SAVE_AS}")


def _separator(text: str) -> str:
    """Return the separator that parts most of the first lines, the one with more cells when several do."""
    lines = [re.sub(r'"[^"]*"', "", line) for line in text.splitlines()[:50] if line.strip()]

    def merit(separator: str) -> tuple[int, int]:
        counts = [line.count(separator) for line in lines]
        return sum(count > 0 for count in counts), sum(counts)

    return max(_SEPARATORS, key=merit)
