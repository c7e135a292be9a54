"""Periods and what they are compared with."""

from datetime import date

import pytest

from station_app.domain import periods
from station_app.domain.problems import InvalidInput


@pytest.mark.parametrize(
    ("period", "from_on", "to_on", "title"),
    [
        (periods.month("2026-10"), "2026-10-01", "2026-10-31", "2026年10月"),
        (periods.month("2024-02"), "2024-02-01", "2024-02-29", "2024年2月"),
        (periods.month_of(date(2026, 12, 31)), "2026-12-01", "2026-12-31", "2026年12月"),
        (periods.quarter(2026, 4), "2026-10-01", "2026-12-31", "2026年第四季度"),
        (periods.half_year(2026, 1), "2026-01-01", "2026-06-30", "2026年上半年"),
        (periods.half_year(2026, 2), "2026-07-01", "2026-12-31", "2026年下半年"),
        (periods.year(2026), "2026-01-01", "2026-12-31", "2026年"),
        (periods.year_to_date("2026-10-31"), "2026-01-01", "2026-10-31", "2026年1—10月"),
        (periods.year_to_date("2026-01-31"), "2026-01-01", "2026-01-31", "2026年1月"),
        (periods.year_to_date("2026-11-22"), "2026-01-01", "2026-11-22", "2026年1月1日—11月22日"),
        (periods.between("2026-10-05", "2026-10-20"), "2026-10-05", "2026-10-20", "2026-10-05 至 2026-10-20"),
        (periods.month("2026-10").since_term("2021-11-01"), "2021-11-01", "2026-10-31", "本届以来"),
        (periods.month_to_date(date(2026, 11, 22)), "2026-11-01", "2026-11-22", "11月至今"),
        (periods.same_days_last_month(date(2026, 3, 31)), "2026-02-01", "2026-02-28", "2月同期"),
        (periods.month("2026-01").previous(), "2025-12-01", "2025-12-31", "2025年12月"),
        (periods.quarter(2026, 1).previous(), "2025-10-01", "2025-12-31", "2025年第四季度"),
        (periods.year(2026).previous(), "2025-01-01", "2025-12-31", "2025年"),
        (
            periods.between("2026-10-05", "2026-10-20").previous(),
            "2026-09-19",
            "2026-10-04",
            "2026-09-19 至 2026-10-04",
        ),
        (periods.month("2025-02").same_last_year(), "2024-02-01", "2024-02-29", "2024年2月"),
        (periods.year_to_date("2026-10-31").same_last_year(), "2025-01-01", "2025-10-31", "2025年1—10月"),
    ],
)
def test_a_period_knows_its_days_and_its_name(period: periods.Period, from_on: str, to_on: str, title: str) -> None:
    assert (period.from_on, period.to_on, period.title) == (from_on, to_on, title)


def test_first_and_last_day_belong_to_the_period() -> None:
    october = periods.month("2026-10")
    assert "2026-10-01" in october
    assert "2026-10-31" in october
    assert "2026-09-30" not in october
    assert "2026-11-01" not in october
    assert october.day_before == "2026-09-30"


@pytest.mark.parametrize("text", ["2026-13", "2026-1", "2026", "十月", "", "0001-01", "２０２６-10", "2026-10-01"])
def test_what_is_no_month_is_refused_in_words(text: str) -> None:
    with pytest.raises(InvalidInput, match="不是有效月份"):
        periods.month(text)


@pytest.mark.parametrize(
    ("from_on", "to_on", "field"),
    [("2026-02-30", "2026-03-01", "from"), ("2026-03-01", "20260305", "to"), ("2026-03-02", "2026-03-01", "to")],
)
def test_bad_free_periods_name_their_field(from_on: str, to_on: str, field: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        periods.between(from_on, to_on)
    assert raised.value.problems[0].field == field


def test_months_follow_each_other_without_a_gap() -> None:
    months = periods.months_between("2025-11-20", "2026-02-01")
    assert [month.title for month in months] == ["2025年11月", "2025年12月", "2026年1月", "2026年2月"]
