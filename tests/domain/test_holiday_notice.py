"""The yearly notice on holidays: pasted as decreed, or as a table; what is no day is told."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.domain.calendars import WorkCalendar
from station_app.domain.holiday_notice import NoticedDay, notice_text, read_notice

NOTICE_2026 = """一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
"""


def test_the_decreed_notice_gives_the_calendar_that_is_shipped() -> None:
    days, unread = read_notice(NOTICE_2026, 2026)
    assert unread == []
    assert (sum(not day.working for day in days), sum(day.working for day in days)) == (33, 6)
    shipped, typed = WorkCalendar(), {day.on: day for day in days}
    for count in range(365):
        on = date(2026, 1, 1) + timedelta(days=count)
        expected = not typed[on].working if on in typed else on.weekday() >= 5
        assert shipped.is_workday(on) is not expected, on


@pytest.mark.parametrize(
    ("line", "first", "count", "name", "working"),
    [
        ("2027-02-05,春节,休", "2027-02-05", 1, "春节", False),
        ("2027/2/14\t\t班", "2027-02-14", 1, "", True),
        ("2027-02-05 至 2027-02-11 春节", "2027-02-05", 7, "春节", False),
        ("10月1日—7日 国庆节放假", "2027-10-01", 7, "国庆节", False),
        ("2027年1月1日 元旦", "2027-01-01", 1, "元旦", False),
    ],
)
def test_a_line_of_a_table_is_understood(line: str, first: str, count: int, name: str, working: bool) -> None:
    days, unread = read_notice(line, 2027)
    assert unread == []
    assert (str(days[0].on), len(days), days[0].name, days[0].working) == (first, count, name, working)


@pytest.mark.parametrize(
    "line", ["春节放假", "2027-02-30 春节", "2026-02-05 春节", "2月5日至1月3日", "1月1日至6月1日放假"]
)
def test_what_is_no_day_of_the_year_is_told(line: str) -> None:
    assert read_notice(line, 2027) == ([], [line])


@given(
    st.dictionaries(
        st.dates(date(2027, 1, 1), date(2027, 12, 31)),
        st.tuples(st.sampled_from(("", "春节", "国庆节")), st.booleans()),
    )
)
def test_what_is_kept_reads_back_the_same(kept: dict[date, tuple[str, bool]]) -> None:
    days = [NoticedDay(on, *kept[on]) for on in sorted(kept)]
    assert read_notice(notice_text(days), 2027) == (days, [])
