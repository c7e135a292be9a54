"""Sheets of paper and how much of a ledger fits on them."""

from collections.abc import Iterable
from typing import Any

from station_app.documents.columns import Column

MM = 72 / 25.4
_SIZES = {"A4": (210 * MM, 297 * MM), "A3": (297 * MM, 420 * MM)}
LEDGER_MARGIN = 12 * MM
SMALLEST_TYPE = 8.0  # points; documents.md: never under 8 pt
LEDGER_TYPE = 9.5  # points of ledger text where there is room


def page_size(paper: str, *, landscape: bool) -> tuple[float, float]:
    """Return width and height in points of ``A4`` or ``A3``."""
    width, height = _SIZES[paper]
    return (height, width) if landscape else (width, height)


def paper_units(paper: str, *, landscape: bool, size: float) -> float:
    """Return how many ASCII characters of ``size`` points fit between the margins of a ledger."""
    return (page_size(paper, landscape=landscape)[0] - 2 * LEDGER_MARGIN) / (size / 2)


def fits_paper(columns: Iterable[Column[Any]], paper: str = "A4", *, landscape: bool = True) -> bool:
    """Return whether the columns fit one page wide with type of at least 8 points; else A3 is proposed."""
    return sum(column.width for column in columns) <= paper_units(paper, landscape=landscape, size=SMALLEST_TYPE)
