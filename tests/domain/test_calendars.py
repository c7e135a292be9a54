"""Working days, lunar dates and market days."""

from datetime import date, timedelta

import pytest

from station_app.domain.calendars import (
    WorkCalendar,
    add_months,
    is_market_day,
    lunar_date,
    lunar_days_in,
    lunar_text,
    nth_weekday,
    today_line,
)

CALENDAR = WorkCalendar()


@pytest.mark.parametrize(
    ("day", "works", "name"),
    [
        (date(2026, 10, 1), False, "国庆节"),
        (date(2026, 10, 7), False, "国庆节"),
        (date(2026, 10, 8), True, ""),
        (date(2026, 9, 20), True, ""),  # a Sunday worked for the national holiday
        (date(2026, 10, 10), True, ""),  # a Saturday worked for the national holiday
        (date(2026, 10, 11), False, ""),
        (date(2026, 11, 20), True, ""),
        (date(2026, 11, 22), False, ""),
        (date(2026, 1, 1), False, "元旦"),
    ],
)
def test_decreed_holidays_and_makeup_days_are_known(day: date, works: bool, name: str) -> None:
    assert CALENDAR.is_workday(day) is works
    assert CALENDAR.holiday_name(day) == name


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2026, 11, 5), 5, date(2026, 11, 12)),  # one weekend
        (date(2026, 9, 18), 1, date(2026, 9, 20)),  # Friday; the Sunday after is worked
        (date(2026, 9, 30), 1, date(2026, 10, 8)),  # over the national holiday
        (date(2026, 9, 30), 3, date(2026, 10, 10)),  # Thursday, Friday, and the Saturday that is worked
        (date(2026, 12, 30), 5, date(2027, 1, 6)),  # into a year that is not decreed: weekdays only
        (date(2026, 11, 5), 0, date(2026, 11, 5)),
        (date(2026, 11, 7), 1, date(2026, 11, 9)),  # from a Saturday
    ],
)
def test_working_days_skip_what_offices_have_off(start: date, days: int, due: date) -> None:
    assert CALENDAR.add_working_days(start, days) == due


def test_an_unknown_year_falls_back_to_weekdays_and_says_so() -> None:
    assert not CALENDAR.known(2027)
    assert CALENDAR.is_workday(date(2027, 1, 1))
    assert not CALENDAR.is_workday(date(2027, 1, 2))


def test_the_clerk_types_the_holidays_of_a_later_year() -> None:
    calendar = WorkCalendar({date(2027, 1, 1): "元旦"}, [date(2027, 1, 3)])
    assert calendar.known(2027)
    assert calendar.holiday_name(date(2027, 1, 1)) == "元旦"
    assert not calendar.is_workday(date(2027, 1, 1))
    assert calendar.is_workday(date(2027, 1, 3))
    assert calendar.add_working_days(date(2026, 12, 31), 1) == date(2027, 1, 3)


def test_what_the_clerk_types_wins_over_what_was_decreed() -> None:
    calendar = WorkCalendar({date(2026, 10, 10): "当地节日"}, [date(2026, 10, 7)])
    assert not calendar.is_workday(date(2026, 10, 10))
    assert calendar.is_workday(date(2026, 10, 7))


@pytest.mark.parametrize(
    ("start", "months", "due"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 4), 1, date(2027, 1, 4)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2024, 2, 29), -12, date(2023, 2, 28)),
    ],
)
def test_months_end_on_the_same_day_or_the_last(start: date, months: int, due: date) -> None:
    assert add_months(start, months) == due


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 11, 22), "农历十月十四"),
        (date(2025, 8, 1), "农历闰六月初八"),
        (date(2026, 2, 17), "农历正月初一"),
        (date(2026, 2, 16), "农历腊月廿九"),  # a year without 三十
        (date(2026, 1, 18), "农历冬月三十"),
        (date(2023, 4, 19), "农历闰二月廿九"),
        (date(2026, 3, 8), "农历正月二十"),
    ],
)
def test_lunar_dates_are_written_as_almanacs_write_them(day: date, text: str) -> None:
    assert lunar_text(day) == text


def test_lunar_dates_agree_with_the_library_day_by_day() -> None:
    from lunar_python import Solar

    for count in range(0, 1500, 7):
        day = date(2022, 12, 20) + timedelta(days=count)
        lunar = Solar.fromYmd(day.year, day.month, day.day).getLunar()
        own = lunar_date(day)
        assert (own.year, -own.month if own.leap else own.month, own.day) == (
            lunar.getYear(),
            lunar.getMonth(),
            lunar.getDay(),
        )


def test_the_top_line_tells_the_whole_day() -> None:
    assert today_line(date(2026, 11, 22)) == "2026年11月22日 星期日 农历十月十四"


def test_market_days_go_by_lunar_endings() -> None:
    assert is_market_day(date(2026, 11, 25), (4, 7))  # 十月十七
    assert is_market_day(date(2026, 11, 22), (4, 7))  # 十月十四
    assert not is_market_day(date(2026, 11, 23), (4, 7))
    assert is_market_day(date(2026, 11, 18), (5, 10))  # 十月初十
    assert is_market_day(date(2026, 11, 18), (0,))
    assert not is_market_day(date(2026, 11, 18), ())


def test_lunar_reception_days_of_a_year_include_the_leap_month() -> None:
    days = lunar_days_in(2025, (7, 24))
    assert len(days) == 25  # twelve whole lunar months, the leap one among them, and 冬月初七
    assert date(2025, 7, 31) in days  # 闰六月初七
    assert all(lunar_date(day).day in {7, 24} and day.year == 2025 for day in days)
    assert days == sorted(set(days))


def test_a_missing_thirtieth_is_skipped_or_becomes_the_last_day() -> None:
    assert all(lunar_date(day).day == 30 for day in lunar_days_in(2026, (30,)))
    last_days = lunar_days_in(2026, (30,), last_for_missing=True)
    assert date(2026, 2, 16) in last_days
    assert len(last_days) > len(lunar_days_in(2026, (30,)))


def test_the_first_friday_moves_on_when_it_is_a_holiday() -> None:
    first = nth_weekday(2026, 10, 4, 1)
    assert first == date(2026, 10, 2)
    assert CALENDAR.workday_on_or_after(first) == date(2026, 10, 8)
    assert CALENDAR.workday_on_or_before(date(2026, 10, 2)) == date(2026, 9, 30)
    assert nth_weekday(2026, 11, 4, 5) is None
