"""Working days, holidays, lunar dates and market days.

Holidays and make-up days are decreed by the State Council year by year; `chinese_calendar` ships the years it knows,
later ones are typed by the clerk, and a year nobody knows falls back to Monday to Friday.
"""

import calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
_ONE_DAY = timedelta(days=1)


class WorkCalendar:
    """The days on which offices work.

    Args:
        extra_holidays: days off typed by the clerk, with their names (国庆节).
        extra_workdays: make-up days (调休上班) typed by the clerk. They win over a holiday on the same day.
    """

    def __init__(self, extra_holidays: Mapping[date, str] | None = None, extra_workdays: Iterable[date] = ()) -> None:
        holidays, makeup_days = _decreed_days()
        self._makeup_days = (makeup_days - frozenset(extra_holidays or ())) | frozenset(extra_workdays)
        self._holidays = {**holidays, **(extra_holidays or {})}
        self._years = {day.year for day in self._holidays} | {day.year for day in self._makeup_days}

    def known(self, year: int) -> bool:
        """Tell whether the holidays of ``year`` have been decreed and are known here."""
        return year in self._years

    def is_workday(self, day: date) -> bool:
        """Tell whether offices work on ``day``."""
        return day in self._makeup_days or (day.weekday() < 5 and day not in self._holidays)

    def is_makeup_day(self, day: date) -> bool:
        """Tell whether ``day`` is a Saturday or Sunday worked in exchange for a holiday (调休上班)."""
        return day in self._makeup_days

    def holiday_name(self, day: date) -> str:
        """Return the holiday ``day`` is off for, e.g. 国庆节; empty on ordinary days and make-up days."""
        return "" if day in self._makeup_days else self._holidays.get(day, "")

    def add_working_days(self, start: date, days: int) -> date:
        """Return the ``days``-th working day after ``start``; ``start`` itself is not counted."""
        day = start
        left = days
        while left > 0:
            day += _ONE_DAY
            left -= self.is_workday(day)
        return day

    def workday_on_or_after(self, day: date) -> date:
        """Return ``day``, or the next working day when it is off."""
        while not self.is_workday(day):
            day += _ONE_DAY
        return day

    def workday_on_or_before(self, day: date) -> date:
        """Return ``day``, or the working day before when it is off."""
        while not self.is_workday(day):
            day -= _ONE_DAY
        return day


@cache
def _decreed_days() -> tuple[dict[date, str], frozenset[date]]:
    """Return the decreed holidays with their Chinese names, and the make-up days."""
    from chinese_calendar.constants import Holiday, holidays, workdays

    names = {holiday.value: holiday.chinese for holiday in Holiday}
    return {day: names.get(name, name) for day, name in holidays.items()}, frozenset(workdays)


def add_months(start: date, months: int) -> date:
    """Return the same day of the month ``months`` later, or that month's last day (Civil Code art. 202)."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """Return the ``nth`` (1 …) ``weekday`` (0 is Monday) of a month, or None when the month has fewer."""
    first = date(year, month, 1)
    day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    return day if day.month == month else None


@dataclass(frozen=True)
class LunarDate:
    """A day of the lunar calendar; ``month`` 1 … 12, ``day`` 1 … 30."""

    year: int
    month: int
    day: int
    leap: bool = False

    def __str__(self) -> str:
        return f"农历{'闰' if self.leap else ''}{_LUNAR_MONTHS[self.month - 1]}月{_LUNAR_DAYS[self.day - 1]}"


_LUNAR_MONTHS = ("正", "二", "三", "四", "五", "六", "七", "八", "九", "十", "冬", "腊")
_DIGITS = ("一", "二", "三", "四", "五", "六", "七", "八", "九")
_LUNAR_DAYS = (
    *(f"初{digit}" for digit in _DIGITS), "初十",
    *(f"十{digit}" for digit in _DIGITS), "二十",
    *(f"廿{digit}" for digit in _DIGITS), "三十",
)  # fmt: skip
_JULIAN_DAY_OF_ORDINAL_ZERO = 1721425


@lru_cache(maxsize=64)
def _lunar_months(year: int) -> tuple[tuple[int, int, int, int], ...]:
    """Return (first ordinal, days, lunar year, month; negative when leap) of the months around ``year``.

    A year's months in one go cost less than a single day by the library.
    """
    from lunar_python import LunarYear

    return tuple(
        (
            month.getFirstJulianDay() - _JULIAN_DAY_OF_ORDINAL_ZERO,
            month.getDayCount(),
            month.getYear(),
            month.getMonth(),
        )
        for month in LunarYear.fromYear(year).getMonths()
    )


@lru_cache(maxsize=4096)
def lunar_date(day: date) -> LunarDate:
    """Return the lunar date of ``day``."""
    ordinal = day.toordinal()
    for first, days, year, month in _lunar_months(day.year):
        if first <= ordinal < first + days:
            return LunarDate(year, abs(month), ordinal - first + 1, month < 0)
    raise ValueError(f"no lunar month holds {day}")


def lunar_text(day: date) -> str:
    """Return the lunar date in words, e.g. 农历十月十四, 农历闰六月初八."""
    return str(lunar_date(day))


def lunar_days_in(year: int, days: Iterable[int], *, last_for_missing: bool = False) -> list[date]:
    """Return the dates in the solar ``year`` that carry one of the lunar ``days``, leap months included.

    Args:
        days: days of the lunar month, e.g. ``(7, 24)`` for 初七、廿四.
        last_for_missing: take the last day of a month of 29 days for 三十 instead of skipping it.
    """
    wanted = set(days)
    found = set()
    for first, length, _year, _month in _lunar_months(year):
        for lunar_day in wanted:
            if lunar_day <= length or last_for_missing:
                day = date.fromordinal(first + min(lunar_day, length) - 1)
                if day.year == year:
                    found.add(day)
    return sorted(found)


def is_market_day(day: date, endings: Iterable[int]) -> bool:
    """Tell whether the lunar day ends with one of ``endings``, e.g. ``(4, 7)`` for 逢四、七; 10 and 0 both mean 十."""
    return lunar_date(day).day % 10 in {ending % 10 for ending in endings}


def weekday_text(day: date) -> str:
    """Return 星期一 … 星期日."""
    return WEEKDAYS[day.weekday()]


def long_date(day: date) -> str:
    """Return the date as letters write it: 2026年11月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def today_line(day: date) -> str:
    """Return today in full, e.g. 2026年11月22日 星期日 农历十月十四."""
    return f"{long_date(day)} {weekday_text(day)} {lunar_text(day)}"
