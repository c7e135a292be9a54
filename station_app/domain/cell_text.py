"""What every reader of a messy cell starts from: its text, and a result that is a value or a reason."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from station_app.domain.raw_sheet import Cell
from station_app.domain.text import clean, clean_line, text_problem

Value_co = TypeVar("Value_co", covariant=True)

# Only the full-width ASCII block: NFKC would also turn ideographs of the compatibility blocks, which occur in
# names, into other ones.
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xFF61: 0x3002}

# What clerks write into a cell to say that there is nothing to write.
_NOTHING = frozenset(
    {"", "无", "没有", "暂无", "未留", "不详", "未知", "空", "/", "\\", "-", "--", "—", "——", "－", "0", "*"}
)


@dataclass(frozen=True)
class Reading(Generic[Value_co]):
    """What a cell says.

    Args:
        value: what was read; the empty value of its kind where the cell is blank or cannot be read.
        reason: why the cell cannot be read, a Chinese sentence; empty when it could.
    """

    value: Value_co
    reason: str = ""


def half_width(text: str) -> str:
    """Return ``text`` with full-width digits, letters, marks and blanks made half-width."""
    return text if text.isascii() else text.translate(_HALF_WIDTH)


def cell_text(cell: Cell) -> str:
    """Return a cell as the clerk sees it, cleaned, line breaks kept: 5.0 → ``5``, a date → ``2024-03-05``."""
    match cell:
        case str():
            # Words and numbers without any mark are what most cells hold; nothing is to be cleaned in them.
            text = cell if cell.isalnum() and unicodedata.is_normalized("NFC", cell) else clean(cell)
        case None:
            text = ""
        case bool():
            text = "是" if cell else "否"
        case float() if cell.is_integer() and abs(cell) < 1e15:
            text = str(int(cell))
        case datetime():
            text = cell.isoformat(sep=" ", timespec="seconds")
        case _:
            text = str(cell)  # dates and times are ISO text
    return text


def compact(cell: Cell) -> str:
    """Return a cell's text half-width and without any blank or line break: for words that are looked up."""
    return "".join(half_width(cell_text(cell)).split())


def is_nothing(cell: Cell) -> bool:
    """Tell whether a cell is blank or says in words that there is nothing: 无, 未留, —, /."""
    return compact(cell) in _NOTHING


def shown(cell: Cell) -> str:
    """Return the cell as reasons quote it: one line, at most 20 characters."""
    line = clean_line(cell_text(cell))
    return line if len(line) <= 20 else f"{line[:19]}…"


def read_line(cell: Cell, limit: int) -> Reading[str]:
    """Read a text of one line of at most ``limit`` characters."""
    return _read(clean_line(cell_text(cell)), limit)


def read_words(cell: Cell, limit: int) -> Reading[str]:
    """Read words that are kept as typed, line breaks and full-width marks too."""
    return _read(cell_text(cell), limit)


def _read(text: str, limit: int) -> Reading[str]:
    problem = text_problem("", "文字", text, limit)
    return Reading("", problem.message) if problem else Reading(text)
