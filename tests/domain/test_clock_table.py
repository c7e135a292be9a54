"""Clocks against cases reckoned by hand with a calendar on the wall (State Council notices for 2024 to 2026)."""

from dataclasses import replace
from datetime import date

import pytest

from station_app.domain.calendars import WorkCalendar
from station_app.domain.deadlines import answer_clock, clock_of, due_date
from station_app.domain.events import Event, EventKind
from station_app.domain.limits import Limit, Limits, Measure
from station_app.domain.station import Tier
from station_app.domain.unfolding import derive

CALENDAR = WorkCalendar()
LIMITS = Limits()
D, W, M = Measure.DAY, Measure.WORKING_DAY, Measure.MONTH
K = EventKind

# 2026: New Year 1-3 Jan, work 4 Jan · Spring Festival 15-23 Feb, work 14 and 28 Feb · Qingming 4-6 Apr · May 1-5,
# work 9 May · Dragon Boat 19-21 Jun · Mid-Autumn 25-27 Sep · National Day 1-7 Oct, work 20 Sep and 10 Oct.
DATES = [
    # one week, nothing in between
    ("2026-11-09", 5, W, "2026-11-16"),
    # 30 Sep, then 8, 9, Saturday 10 (make-up), 12 Oct
    ("2026-09-29", 5, W, "2026-10-12"),
    # 13 Feb, Saturday 14 (make-up), 24, 25, 26 Feb
    ("2026-02-12", 5, W, "2026-02-26"),
    # from within the holiday: 24, 25, 26, 27, Saturday 28 (make-up)
    ("2026-02-18", 5, W, "2026-02-28"),
    # 29, 30 Apr, 6-8 May, Saturday 9 (make-up), 11-15, 18-21 May
    ("2026-04-28", 15, W, "2026-05-21"),
    # over the year's end: 31 Dec, Sunday 4 Jan (make-up), 5, 6, 7 Jan
    ("2025-12-30", 5, W, "2026-01-07"),
    # Saturday 19 Sep is off, Sunday 20 (make-up) counts: 18, 20, 21, 22, 23 Sep
    ("2026-09-17", 5, W, "2026-09-23"),
    # into a year nobody has decreed yet: 30, 31 Dec, 1 (a plain Friday), 4, 5 Jan
    ("2026-12-29", 5, W, "2027-01-05"),
    # entirely in it
    ("2027-03-01", 5, W, "2027-03-08"),
    # the day itself is not counted
    ("2026-11-09", 1, W, "2026-11-10"),
    ("2026-11-13", 1, W, "2026-11-16"),
    # months end where the month ends
    ("2026-01-31", 1, M, "2026-02-28"),
    ("2024-01-31", 1, M, "2024-02-29"),
    ("2024-02-29", 12, M, "2025-02-28"),
    ("2026-03-31", 1, M, "2026-04-30"),
    ("2026-08-31", 3, M, "2026-11-30"),
    ("2025-11-30", 3, M, "2026-02-28"),
    ("2026-11-30", 1, M, "2026-12-30"),
    ("2026-12-31", 2, M, "2027-02-28"),
    ("2023-12-31", 2, M, "2024-02-29"),
    # plain days do not mind holidays
    ("2026-09-28", 10, D, "2026-10-08"),
    ("2026-12-31", 1, D, "2027-01-01"),
    ("2026-11-09", 0, D, "2026-11-09"),
]


@pytest.mark.parametrize(("start", "amount", "measure", "due"), DATES)
def test_a_limit_ends_on_the_day_reckoned_by_hand(start: str, amount: int, measure: Measure, due: str) -> None:
    assert due_date(date.fromisoformat(start), Limit(amount, measure), CALENDAR).isoformat() == due


RAISED = Event(K.REGISTERED, "2026-03-30")


def handed(on: str, tier: Tier, due_on: str = "") -> Event:
    return Event(K.HANDED_OVER, on, tier=tier, unit="镇水务站", due_on=due_on)


ASKED = Event(K.EXTENSION_ASKED, "2026-04-25", due_on="2026-05-31")
HISTORIES = [
    # one month from 31 March is the end of April
    ((RAISED, handed("2026-03-31", Tier.TOWNSHIP)), "2026-04-30"),
    # what was agreed at the hand-over counts
    ((RAISED, handed("2026-03-31", Tier.TOWNSHIP, "2026-04-20")), "2026-04-20"),
    # asked for is not granted
    ((RAISED, handed("2026-03-31", Tier.TOWNSHIP), ASKED), "2026-04-30"),
    ((RAISED, handed("2026-03-31", Tier.TOWNSHIP), ASKED, Event(K.EXTENSION_REFUSED, "2026-04-27")), "2026-04-30"),
    (
        (RAISED, handed("2026-03-31", Tier.TOWNSHIP), ASKED, Event(K.EXTENSION_GRANTED, "2026-04-27", due_on="2026-05-20")),
        "2026-05-20",
    ),
    # returned and handed over again: it counts anew
    ((RAISED, handed("2026-03-31", Tier.TOWNSHIP), Event(K.RETURNED, "2026-04-03"), handed("2026-04-07", Tier.VILLAGE)), "2026-05-07"),
    # the county's follow-up period
    ((RAISED, handed("2026-03-31", Tier.COUNTY)), "2026-06-30"),
    # a suggestion: three months, and at most six from the first hand-over
    ((RAISED, handed("2026-03-31", Tier.SUGGESTION)), "2026-06-30"),
    ((RAISED, handed("2026-03-31", Tier.SUGGESTION), Event(K.EXTENSION_GRANTED, "2026-06-20", due_on="2026-12-31")), "2026-09-30"),
    ((RAISED, handed("2026-03-31", Tier.SUGGESTION), Event(K.RETURNED, "2026-04-10"), handed("2026-08-20", Tier.SUGGESTION)), "2026-09-30"),
    # an interim answer and urging do not stop the clock
    ((RAISED, handed("2026-03-31", Tier.TOWNSHIP), Event(K.INTERIM, "2026-04-10"), Event(K.URGED, "2026-04-20")), "2026-04-30"),
    # re-handling: one month from the dissatisfaction
    (
        (
            RAISED, handed("2026-03-31", Tier.TOWNSHIP), Event(K.ANSWERED, "2026-04-10", unit="镇水务站"),
            Event(K.FED_BACK, "2026-04-11"), Event(K.REHANDLED, "2026-04-15"),
        ),
        "2026-05-15",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("events", "due"), HISTORIES)
def test_the_running_clock_ends_on_the_day_reckoned_by_hand(events: tuple[Event, ...], due: str) -> None:
    clock = clock_of(derive(events), False, LIMITS, CALENDAR)
    assert clock is not None
    assert clock.due_on.isoformat() == due


def test_why_names_the_holidays_and_make_up_days_that_were_counted() -> None:
    limits = replace(LIMITS, answer_township=Limit(5, W))
    clock = answer_clock(derive((RAISED, handed("2026-09-29", Tier.TOWNSHIP))), limits, CALENDAR)
    assert clock is not None
    assert any("国庆节" in why and "不计入" in why for why in clock.why)
    assert any("1 个调休上班日" in why for why in clock.why)


def test_a_year_without_decree_never_blocks_and_says_so() -> None:
    limits = replace(LIMITS, answer_township=Limit(5, W))
    clock = answer_clock(derive((RAISED, handed("2026-12-29", Tier.TOWNSHIP))), limits, CALENDAR)
    assert clock is not None
    assert any("2027 年放假安排未录入" in why for why in clock.why)


def test_a_typed_holiday_of_a_later_year_counts() -> None:
    calendar = WorkCalendar({date(2027, 1, 1): "元旦"}, [date(2027, 1, 3)])
    # 30, 31 Dec, Sunday 3 (make-up), 4, 5 Jan
    assert due_date(date(2026, 12, 29), Limit(5, W), calendar).isoformat() == "2027-01-05"
    without = WorkCalendar({date(2027, 1, 1): "元旦"})
    assert due_date(date(2026, 12, 29), Limit(5, W), without).isoformat() == "2027-01-06"
