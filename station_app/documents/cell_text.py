"""What a cell says: the same words for Excel and PDF."""

import re
from datetime import date
from typing import Any

from station_app.documents.columns import Cell, Column, Kind, Sheet
from station_app.domain.text import CUT_MARK

LONGEST_ON_PAPER = 300  # characters; documents.md, Excel ledgers: an Excel row ends at 409 pt
DEMO_MARK = "示例数据"

_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def printable(text: str) -> str:
    """Return ``text`` without characters that no office file can hold; tabs and line feeds stay."""
    if text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNPRINTABLE.sub("", text)


def shortened(text: str) -> str:
    """Return ``text``, or for a very long one its beginning and where the whole is."""
    if len(text) <= LONGEST_ON_PAPER:
        return text
    return text[: LONGEST_ON_PAPER - len(CUT_MARK)].rstrip() + CUT_MARK


def as_date(value: Cell) -> date | None:
    """Return the date of a date or an ISO text (``2026-11-05`` or ``1978-05``, then the first), or None."""
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(f"{value}-01" if len(value) == 7 else value[:10])
    except ValueError:
        return None


def paper_text(kind: Kind, value: Cell) -> str:
    """Return ``value`` as it is printed: ISO dates, plain numbers, ratios as ``78.3%`` and ``100%``."""
    if value is None:
        return ""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, date):
        return value.isoformat()[: 7 if kind is Kind.MONTH else 10]
    if kind is Kind.PERCENT:
        return f"{value:.1%}".replace(".0%", "%") if value in {0, 1} else f"{value:.1%}"
    return str(int(value)) if float(value).is_integer() else f"{value:g}"


def reporter(sheet: Sheet) -> str:
    """Return who reports, from the head's left part (填报单位（盖章）：…)."""
    return sheet.head[0].rpartition("：")[2].strip() or sheet.title


def leading_blanks(columns: tuple[Column[Any], ...], total: dict[str, Cell]) -> int:
    """Return over how many first columns the label of the last row reaches: up to the first total."""
    for index, column in enumerate(columns):
        if column.key in total:
            return max(1, index)
    return len(columns)


def head_groups(columns: tuple[Column[Any], ...]) -> list[tuple[str, int, int]]:
    """Return ``(group, first, last)`` with column indices for neighbours that share a head; alone, group is empty."""
    groups: list[tuple[str, int, int]] = []
    for index, column in enumerate(columns):
        if groups and column.group and groups[-1][0] == column.group:
            groups[-1] = (column.group, groups[-1][1], index)
        else:
            groups.append((column.group, index, index))
    return groups
