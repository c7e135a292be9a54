"""What a ledger's columns are: described once, used by the screen, Excel, PDF and import."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

Row = TypeVar("Row")
Cell = str | int | float | date | None


class Kind(StrEnum):
    """How a value is written."""

    TEXT = "text"  # free text, left, wraps
    LABEL = "label"  # a short word, centred
    CODE = "code"  # phone, card or case number: text even when it is all digits, centred
    COUNT = "count"  # a number
    DATE = "date"  # a date; an ISO text is accepted
    MONTH = "month"  # ISO ``YYYY-MM`` text
    PERCENT = "percent"  # a ratio between 0 and 1


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column.

    Args:
        key: stable English key.
        title: Chinese head, short enough for paper.
        value: takes the row, returns the cell.
        kind: how the value is written.
        width: on paper, in units of one ASCII character (a Chinese character is 2).
        shown: False for columns that are hidden until chosen.
        group: head above neighbouring columns of the same group, or empty.
    """

    key: str
    title: str
    value: Callable[[Row], Cell]
    kind: Kind = Kind.TEXT
    width: float = 10
    shown: bool = True
    group: str = ""


@dataclass(frozen=True)
class Ledger(Generic[Row]):
    """A book: its title and columns in order."""

    key: str
    title: str
    columns: tuple[Column[Row], ...]

    def shown(self, keys: tuple[str, ...] = ()) -> tuple[Column[Row], ...]:
        """Return the columns of ``keys`` in the ledger's order, or the default ones."""
        if keys:
            return tuple(column for column in self.columns if column.key in keys)
        return tuple(column for column in self.columns if column.shown)


@dataclass(frozen=True)
class Sheet:
    """A ledger filled in and ready to be written by Excel or PDF alike.

    Args:
        title: e.g. 接待选民登记台账.
        head: left, middle and right text under the title (填报单位（盖章） · 所属期 · 报出日期).
        columns: the columns to write, in order.
        rows: row objects the columns understand.
        total: cells of the last row by column key, or empty; key ``""`` holds the label 合计.
        foot: texts of the signature line (负责人 · 审核人 · 填表人 · 联系电话).
        notes: pairs for the sheet 说明 of the working version; empty for the reported version.
        demo: True prints 示例数据 on every page.
        paper: ``A4`` or ``A3``.
        landscape: True for landscape.
        uids: what the rows are known by when the workbook is imported again, one a row, in a hidden column; empty for
            versions in which personal data is left out.
        annexes: further sheets of the workbook, such as the matters behind the figures; paper leaves them out.
    """

    title: str
    head: tuple[str, str, str]
    columns: tuple[Column[Any], ...]
    rows: tuple[Any, ...]
    total: dict[str, Cell]
    foot: tuple[str, ...]
    notes: tuple[tuple[str, str], ...] = ()
    demo: bool = False
    paper: str = "A4"
    landscape: bool = True
    uids: tuple[str, ...] = ()
    annexes: tuple["Sheet", ...] = ()
