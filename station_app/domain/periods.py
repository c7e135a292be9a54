"""Periods (所属期): the month and what it is compared with."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from station_app.domain.calendars import add_months
from station_app.domain.problems import invalid


class PeriodKind(StrEnum):
    """Kind of a period."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
    YEAR_TO_DATE = "year_to_date"
    TERM = "term"
    FREE = "free"


_MONTHS_LONG = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF_YEAR: 6, PeriodKind.YEAR: 12}


@dataclass(frozen=True)
class Period:
    """A span of days.

    Args:
        from_on / to_on: first and last day, ISO dates.
        title: as papers name it: 2026年10月, 2026年第四季度, 2026年1—10月, 本届以来.
    """

    kind: PeriodKind
    from_on: str
    to_on: str
    title: str

    def __contains__(self, day: str) -> bool:
        """Tell whether the ISO date ``day`` lies in the period."""
        return self.from_on <= day <= self.to_on

    @property
    def day_before(self) -> str:
        """The ISO date of the day before it begins."""
        return (date.fromisoformat(self.from_on) - timedelta(days=1)).isoformat()

    def previous(self) -> "Period":
        """Return the period of the same length before; of the month, the last month."""
        first = date.fromisoformat(self.from_on)
        if self.kind in _MONTHS_LONG:
            return _whole_months(self.kind, add_months(first, -_MONTHS_LONG[self.kind]))
        length = date.fromisoformat(self.to_on) - first
        return between((first - length - timedelta(days=1)).isoformat(), self.day_before)

    def same_last_year(self) -> "Period":
        """Return the same period of last year (去年同期)."""
        first = add_months(date.fromisoformat(self.from_on), -12)
        if self.kind in _MONTHS_LONG:
            return _whole_months(self.kind, first)
        last = add_months(date.fromisoformat(self.to_on), -12)
        if self.kind is PeriodKind.YEAR_TO_DATE:
            return year_to_date(last.isoformat())
        return between(first.isoformat(), last.isoformat())

    def year_to_date(self) -> "Period":
        """Return the time from 1 January to the period's end (本年累计)."""
        return year_to_date(self.to_on)

    def since_term(self, term_from: str) -> "Period":
        """Return the time from the term's first day to the period's end (本届以来)."""
        return since_term(term_from, self.to_on)


def month(text: str) -> Period:
    """Return the month ``YYYY-MM``.

    Raises:
        InvalidInput: ``text`` names no month; field ``month``.
    """
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", text) or not "1954" <= text[:4] <= "2200":
        raise invalid("month", f"“{text}”不是有效月份，请按 2026-10 的样子填写。")
    return _whole_months(PeriodKind.MONTH, date(int(text[:4]), int(text[5:]), 1))


def month_of(day: date) -> Period:
    """Return the month that holds ``day``."""
    return _whole_months(PeriodKind.MONTH, day.replace(day=1))


def quarter(year: int, nth: int) -> Period:
    """Return the ``nth`` (1–4) quarter of a year."""
    return _whole_months(PeriodKind.QUARTER, date(year, 3 * nth - 2, 1))


def half_year(year: int, nth: int) -> Period:
    """Return the first or second half of a year."""
    return _whole_months(PeriodKind.HALF_YEAR, date(year, 6 * nth - 5, 1))


def year(number: int) -> Period:
    """Return a calendar year."""
    return _whole_months(PeriodKind.YEAR, date(number, 1, 1))


def year_to_date(to_on: str) -> Period:
    """Return the time from 1 January to the ISO date ``to_on``."""
    last = date.fromisoformat(to_on)
    whole_month = (last + timedelta(days=1)).day == 1
    months = f"1—{last.month}月" if last.month > 1 else "1月"
    title = f"{last.year}年{months}" if whole_month else f"{last.year}年1月1日—{last.month}月{last.day}日"
    return Period(PeriodKind.YEAR_TO_DATE, f"{last.year}-01-01", to_on, title)


def since_term(term_from: str, to_on: str) -> Period:
    """Return the time from the term's first day to ``to_on`` (ISO dates)."""
    return Period(PeriodKind.TERM, term_from, to_on, "本届以来")


def between(from_on: str, to_on: str) -> Period:
    """Return a free period of two ISO dates.

    Raises:
        InvalidInput: a date is none, or they are the wrong way round; fields ``from`` and ``to``.
    """
    for field, text in (("from", from_on), ("to", to_on)):
        try:
            valid = date.fromisoformat(text).isoformat() == text
        except ValueError:
            valid = False
        if not valid:
            raise invalid(field, f"“{text}”不是有效日期，请按 2026-11-05 的样子填写。")
    if from_on > to_on:
        raise invalid("to", "止日在起日之前，请核对。")
    return Period(PeriodKind.FREE, from_on, to_on, f"{from_on} 至 {to_on}")


def month_to_date(today: date) -> Period:
    """Return this month up to today (本月至今)."""
    return Period(PeriodKind.FREE, today.replace(day=1).isoformat(), today.isoformat(), f"{today.month}月至今")


def same_days_last_month(today: date) -> Period:
    """Return the days of last month up to the same day, to compare `month_to_date` with."""
    last = add_months(today, -1)
    return Period(PeriodKind.FREE, last.replace(day=1).isoformat(), last.isoformat(), f"{last.month}月同期")


def months_between(from_on: str, to_on: str) -> list[Period]:
    """Return every month from the one that holds ``from_on`` to the one that holds ``to_on`` (ISO dates)."""
    day = date.fromisoformat(from_on).replace(day=1)
    months = []
    while day.isoformat() <= to_on:
        months.append(month_of(day))
        day = add_months(day, 1)
    return months


def _whole_months(kind: PeriodKind, first: date) -> Period:
    last = add_months(first, _MONTHS_LONG[kind]) - timedelta(days=1)
    title = {
        PeriodKind.MONTH: f"{first.month}月",
        PeriodKind.QUARTER: f"第{'一二三四'[(first.month - 1) // 3]}季度",
        PeriodKind.HALF_YEAR: "上半年" if first.month == 1 else "下半年",
        PeriodKind.YEAR: "",
    }[kind]
    return Period(kind, first.isoformat(), last.isoformat(), f"{first.year}年{title}")
