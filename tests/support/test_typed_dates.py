"""Days and times as a clerk types them."""

from datetime import date, time

import pytest

from station_app.support.typed_dates import read_day, read_time

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-05", date(2026, 11, 5)),
        ("2026/11/5", date(2026, 11, 5)),
        ("2026年11月5日", date(2026, 11, 5)),
        (" 20261105 ", date(2026, 11, 5)),
        ("11.5", date(2026, 11, 5)),
        ("11月5号", date(2026, 11, 5)),
        ("１１－５", date(2026, 11, 5)),
        ("明天", date(2026, 11, 26)),
        ("前天", date(2026, 11, 23)),
        ("5-1", date(2026, 5, 1)),
        ("1-5", date(2027, 1, 5)),
        ("2024-2-29", date(2024, 2, 29)),
        ("8", date(2026, 11, 8)),
        ("22号", date(2026, 11, 22)),
    ],
)
def test_a_day_is_read(typed: str, day: date) -> None:
    assert read_day(typed, TODAY) == day


@pytest.mark.parametrize(
    "typed", ["", "31", "2026-02-30", "13-1", "下周", "2026-11", "2026-11-05 8点", "0-5", "99999999"]
)
def test_what_is_no_day_is_none(typed: str) -> None:
    assert read_day(typed, TODAY) is None


def test_a_short_day_in_january_may_be_last_years() -> None:
    assert read_day("12-28", date(2027, 1, 3)) == date(2026, 12, 28)
    assert read_day("2-29", date(2028, 1, 3)) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("typed", "at"),
    [("9:30", time(9, 30)), ("930", time(9, 30)), ("0930", time(9, 30)), ("９：３０", time(9, 30)), ("9点", time(9)),
     ("9点5分", time(9, 5)), ("14", time(14)), ("24:00", None), ("9:75", None), ("早上", None), ("", None)],
)  # fmt: skip
def test_a_time_is_read_or_none(typed: str, at: time | None) -> None:
    assert read_time(typed) == at
