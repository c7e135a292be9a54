"""Dates and months as offices write them into spreadsheets."""

import re
from datetime import date, datetime, timedelta

from station_app.domain.cell_text import Reading, cell_text, half_width, is_nothing, shown
from station_app.domain.raw_sheet import Cell

# Excel counts days from 1899-12-30 (which swallows its invented 29 February 1900); the span 1927–2100 keeps
# serials apart from years and from numbers that are something else.
_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(10_000, 73_416)
_YEARS = range(1900, 2101)
_MARKS = r"[\s.,\-/\\年月、。·~－—_]+"
_CLOCK = re.compile(r"(?:T|\s)\s*\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_WEEKDAY = re.compile(r"[(（]?\s*(?:星期|周|礼拜)[一二三四五六日天]\s*[)）]?$")
_THREE = re.compile(rf"(\d{{4}}|\d{{2}}){_MARKS}(\d{{1,2}}){_MARKS}(\d{{1,2}})[日号]?\.?")
_TWO = re.compile(rf"(\d{{4}}|\d{{2}}){_MARKS}(\d{{1,2}})月?\.?")

_MONTH_AND_DAY = re.compile(r"(\d{1,2})[月./\-](\d{1,2})[日号]?")
_EIGHT_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)")
_SIX_DIGITS = re.compile(r"(\d{4})(\d\d)")

_DATE_HELP = "请按 2026-11-05 的样子填写"
_MONTH_HELP = "请按 1978-05 的样子填写"


def read_date(cell: Cell, century_from: int = 1970) -> Reading[str]:
    """Read a day as ISO text ``YYYY-MM-DD``; empty when blank.

    Reads ``2024.3.5``, ``2024年3月5日``, ``25.09.21``, ``20240305``, Excel serials, dates, full-width digits.

    Args:
        century_from: first of the hundred years a two-digit year may mean.
    """
    if (known := _known_date(cell)) is not None:
        return known
    parts = _parts(_plain(cell), century_from)
    if parts and len(parts) == 3:
        return _day(cell, *parts)
    if parts:
        return Reading("", f"“{shown(cell)}”没有写明是哪一天，{_DATE_HELP}。")
    return Reading("", f"“{shown(cell)}”不是日期，{_DATE_HELP}。")


def read_month(cell: Cell, century_from: int = 1920) -> Reading[str]:
    """Read a month as ISO text ``YYYY-MM``; empty when blank. A full date gives its month.

    Reads ``1978-05``, ``1978.5``, ``197805``, ``1978年5月``, Excel serials, dates, full-width digits.

    Args:
        century_from: first of the hundred years a two-digit year may mean.
    """
    if (known := _known_date(cell)) is not None:
        return Reading(known.value[:7], known.reason)
    text = _plain(cell)
    if isinstance(cell, float) and re.fullmatch(r"\d{4}\.1", text):
        # 1978.10 typed as a number is stored as 1978.1: nobody can tell January from October.
        return Reading("", f"“{text}”看不出是 1 月还是 10 月，{_MONTH_HELP}。")
    parts = _parts(text, century_from)
    if parts is None:
        return Reading("", f"“{shown(cell)}”不是年月，{_MONTH_HELP}。")
    if len(parts) == 1:
        return Reading("", f"“{shown(cell)}”只有年份，没有月份，{_MONTH_HELP}。")
    whole = _day(cell, *parts) if len(parts) == 3 else _month(cell, *parts)
    return Reading(whole.value[:7], whole.reason)


def day_in_title(cell: Cell) -> str:
    """Return the day a column's title is: ISO text, or ``--MM-DD`` where it names no year; empty when it is none.

    Reads dates, ``2026-03-05``, ``3月5日``, ``3.5``, ``3/5``; what stands in brackets behind it is left out.
    """
    text = re.sub(r"\([^)]*\)$", "", _plain(cell))
    if match := _MONTH_AND_DAY.fullmatch(text):
        try:
            return f"--{date(2000, int(match[1]), int(match[2])):%m-%d}"
        except ValueError:
            return ""
    if isinstance(cell, date) or (len(text) >= 6 and _THREE.fullmatch(text)):
        return read_date(cell if isinstance(cell, date) else text).value
    return ""


def _parts(text: str, century_from: int) -> tuple[int, int, int] | tuple[int, int] | tuple[int] | None:
    """Return year, month and day as far as the text has them, unchecked; None when it is no date at all."""
    if match := _THREE.fullmatch(text) or _EIGHT_DIGITS.fullmatch(text):
        return _year(match[1], century_from), int(match[2]), int(match[3])
    if match := _TWO.fullmatch(text) or _SIX_DIGITS.fullmatch(text):
        return _year(match[1], century_from), int(match[2])
    if match := re.fullmatch(r"(\d{4})年?", text):
        return (int(match[1]),)
    return None


def _known_date(cell: Cell) -> Reading[str] | None:
    """Return the day of a blank cell, a date cell or an Excel serial; None when it is text to be read."""
    if is_nothing(cell):
        return Reading("")
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return _day(cell, cell.year, cell.month, cell.day)
    text = _plain(cell)
    serial = re.fullmatch(r"(\d{5})(\.\d+)?", text)
    if serial and int(serial[1]) in _SERIALS:
        return Reading((_SERIAL_ZERO + timedelta(days=int(serial[1]))).isoformat())
    return None


def _plain(cell: Cell) -> str:
    text = half_width(cell_text(cell)).strip().lstrip("'")
    text = _WEEKDAY.sub("", text).strip()
    text = _CLOCK.sub("", text)
    # A blank beside a mark belongs to the mark: 2024 年 3 月 5 日.
    return re.sub(r"\s*([年月日号.\-/])\s*", r"\1", text).strip()


def _year(text: str, century_from: int) -> int:
    year = int(text)
    return year if len(text) == 4 else century_from + (year - century_from) % 100


def _day(cell: Cell, year: int, month: int, day: int) -> Reading[str]:
    if year not in _YEARS:
        return Reading("", f"“{shown(cell)}”的年份不对，{_DATE_HELP}。")
    try:
        return Reading(date(year, month, day).isoformat())
    except ValueError:
        return Reading("", f"“{shown(cell)}”这一天不存在，请核对。")


def _month(cell: Cell, year: int, month: int) -> Reading[str]:
    if year not in _YEARS:
        return Reading("", f"“{shown(cell)}”的年份不对，{_MONTH_HELP}。")
    if not 1 <= month <= 12:
        return Reading("", f"“{shown(cell)}”的月份不存在，请核对。")
    return Reading(f"{year:04}-{month:02}")
