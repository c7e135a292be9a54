"""Dates and times as a clerk types them: 2026-11-05, 11-5, 11月5日, 今天, 930."""

import re
import unicodedata
from datetime import date, time, timedelta

_WORDS = {"今天": 0, "今日": 0, "昨天": -1, "昨日": -1, "前天": -2, "明天": 1, "明日": 1, "后天": 2}
_FULL = re.compile(r"(\d{4})\s*[-./年\s]\s*(\d{1,2})\s*[-./月\s]\s*(\d{1,2})\s*[日号]?")
_SHORT = re.compile(r"(\d{1,2})\s*[-./月\s]\s*(\d{1,2})\s*[日号]?")
_DAY = re.compile(r"(\d{1,2})\s*[日号]?")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(r"(\d{1,2})\s*[:.时点]\s*(\d{1,2})?\s*分?")
_TIME_DIGITS = re.compile(r"(\d{1,2})(\d{2})")
_FAR = 300


def read_day(typed: str, today: date) -> date | None:
    """Return the day that was typed, or None when it is none (2026-02-30 is none).

    Args:
        typed: ``2026-11-05``, ``2026.11.5``, ``2026年11月5日``, ``20261105``, ``11-5``, ``11月5日``, ``5`` or 今天, 昨天, 明天.
        today: the day that short forms are relative to. ``12-28`` typed in January is last year's, ``1-5`` typed in
            December next year's: a day more than ten months away belongs to the nearer year. A day alone is this month's.
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    if text in _WORDS:
        return today + timedelta(days=_WORDS[text])
    if found := _FULL.fullmatch(text) or _DIGITS.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
        return _day(year, month, day)
    if found := _SHORT.fullmatch(text):
        month, day = (int(part) for part in found.groups())
        return _near(today, month, day)
    if found := _DAY.fullmatch(text):
        return _day(today.year, today.month, int(found.group(1)))
    return None


def _near(today: date, month: int, day: int) -> date | None:
    this_year = _day(today.year, month, day)
    if this_year is None:
        return None
    distance = (this_year - today).days
    if abs(distance) <= _FAR:
        return this_year
    return _day(today.year - (1 if distance > 0 else -1), month, day) or this_year


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_time(typed: str) -> time | None:
    """Return the time of day that was typed (``9:30``, ``9点30``, ``930``, ``9时``, ``9``), or None."""
    text = unicodedata.normalize("NFKC", typed).strip()
    hour, minute = "", ""
    if found := _TIME.fullmatch(text) or _TIME_DIGITS.fullmatch(text):
        hour, minute = found.group(1), found.group(2) or "0"
    elif re.fullmatch(r"\d{1,2}", text):
        hour, minute = text, "0"
    else:
        return None
    return time(int(hour), int(minute)) if int(hour) < 24 and int(minute) < 60 else None
