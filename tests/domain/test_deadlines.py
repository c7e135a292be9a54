"""Clocks: their dates, their reasons and how they stand."""

import json
from dataclasses import replace
from datetime import date

import pytest

from station_app.domain.calendars import WorkCalendar
from station_app.domain.deadlines import (
    Clock,
    ClockKind,
    Mark,
    answer_clock,
    answer_due,
    clock_of,
    is_follow_up_full,
    is_overdue,
    side_clocks,
    standing,
)
from station_app.domain.events import Event, EventKind, Satisfaction
from station_app.domain.limits import Limit, Limits, Measure, SpecialLimit
from station_app.domain.problems import InvalidInput
from station_app.domain.progress import Progress
from station_app.domain.station import Tier
from station_app.domain.unfolding import derive

CALENDAR = WorkCalendar()
LIMITS = Limits()
K = EventKind


def progress_of(*events: Event) -> Progress:
    return derive(events)


def clock(*events: Event, urgent: bool = False, limits: Limits = LIMITS) -> Clock:
    found = clock_of(progress_of(*events), urgent, limits, CALENDAR)
    assert found is not None
    return found


RAISED = Event(K.REGISTERED, "2026-09-01")


def handed(on: str, tier: Tier, due_on: str = "") -> Event:
    return Event(K.HANDED_OVER, on, tier=tier, unit="镇城建办", due_on=due_on)


def test_a_registered_matter_is_handed_over_within_five_working_days() -> None:
    found = clock(Event(K.REGISTERED, "2026-09-28"))
    assert (found.kind, found.due_on, found.binding) == (ClockKind.HAND_OVER, date(2026, 10, 10), False)
    assert found.why == (
        "5 个工作日，自 2026-09-28 登记起",
        "期间有 7 个休息日（含国庆节），不计入",
        "期间有 1 个调休上班日，计入",
    )


def test_an_urgent_matter_is_handed_over_the_same_day() -> None:
    assert clock(RAISED, urgent=True).due_on == date(2026, 9, 1)
    assert clock(RAISED, Event(K.MARKED_URGENT, "2026-09-02")).why == ("2026-09-01 紧急事项登记，当天办理",)


def test_a_returned_or_restarted_matter_is_handed_over_anew() -> None:
    returned = clock(RAISED, handed("2026-09-02", Tier.TOWNSHIP), Event(K.RETURNED, "2026-09-07"))
    assert (returned.start_on, returned.due_on) == (date(2026, 9, 7), date(2026, 9, 14))
    restarted = clock(RAISED, Event(K.CLOSED, "2026-09-02"), Event(K.RESTARTED, "2026-11-05"))
    assert restarted.why[0] == "5 个工作日，自 2026-11-05 重新启动起"


@pytest.mark.parametrize(
    ("tier", "handed_on", "due", "binding", "warn"),
    [
        (Tier.VILLAGE, "2026-09-04", date(2026, 10, 4), True, 3),
        (Tier.TOWNSHIP, "2026-01-31", date(2026, 2, 28), True, 3),
        (Tier.COUNTY, "2026-08-24", date(2026, 11, 24), False, 15),
        (Tier.SUGGESTION, "2026-11-30", date(2027, 2, 28), True, 15),
    ],
)
def test_the_answer_is_due_by_tier(tier: Tier, handed_on: str, due: date, binding: bool, warn: int) -> None:
    found = clock(Event(K.REGISTERED, "2026-01-02"), handed(handed_on, tier))
    assert (found.kind, found.due_on, found.binding, found.warn_days) == (ClockKind.ANSWER, due, binding, warn)


def test_month_ends_are_explained() -> None:
    found = clock(Event(K.REGISTERED, "2026-01-02"), handed("2026-01-31", Tier.TOWNSHIP))
    assert found.why == ("1 个月，自 2026-01-31 交办起", "2 月没有 31 日，取月末 2026-02-28")


def test_an_extension_moves_the_date_and_an_interim_answer_does_not() -> None:
    found = clock(
        RAISED,
        handed("2026-09-04", Tier.TOWNSHIP),
        Event(K.INTERIM, "2026-09-20"),
        Event(K.EXTENSION_ASKED, "2026-09-25"),
        Event(K.EXTENSION_GRANTED, "2026-09-26", due_on="2026-11-01"),
    )
    assert found.due_on == date(2026, 11, 1)
    assert found.why == ("1 个月，自 2026-09-04 交办起", "第 1 次延期至 2026-11-01")
    assert (
        standing(found, date(2026, 10, 20)).text == "还剩 12 天：1 个月，自 2026-09-04 交办起，第 1 次延期至 2026-11-01"
    )


def test_a_hand_over_may_set_its_own_date() -> None:
    found = clock(RAISED, handed("2026-09-04", Tier.TOWNSHIP, due_on="2026-09-20"))
    assert (found.due_on, found.why[-1]) == (date(2026, 9, 20), "交办时定为 2026-09-20 前")


def test_a_new_hand_over_counts_anew_but_the_cap_runs_from_the_first() -> None:
    found = clock(
        Event(K.REGISTERED, "2026-01-05"),
        handed("2026-01-10", Tier.SUGGESTION),
        Event(K.RETURNED, "2026-05-10"),
        handed("2026-05-20", Tier.SUGGESTION),
    )
    assert found.start_on == date(2026, 5, 20)
    assert found.due_on == date(2026, 7, 10)
    assert found.why[-1] == "自首次交办（2026-01-10）起最长 6 个月，不超过 2026-07-10"


def test_re_handling_has_its_own_month() -> None:
    found = clock(
        RAISED,
        handed("2026-09-02", Tier.TOWNSHIP),
        Event(K.ANSWERED, "2026-09-20"),
        Event(K.FED_BACK, "2026-09-21"),
        Event(K.RATED, "2026-09-22", satisfaction=Satisfaction.DISSATISFIED),
        Event(K.REHANDLED, "2026-09-23"),
    )
    assert (found.kind, found.due_on, found.binding) == (ClockKind.REHANDLE, date(2026, 10, 23), True)
    assert found.why == ("1 个月，自 2026-09-23 重新办理起",)


def test_after_the_answer_come_feedback_and_evaluation() -> None:
    answered = [RAISED, handed("2026-09-02", Tier.TOWNSHIP), Event(K.ANSWERED, "2026-09-18")]
    assert clock(*answered).due_on == date(2026, 9, 24)  # the Sunday of the 20th is worked
    fed_back = [*answered, Event(K.FED_BACK, "2026-11-02")]
    assert clock(*fed_back).due_on == date(2026, 11, 23)
    rated = [*fed_back, Event(K.RATED, "2026-11-03", satisfaction=Satisfaction.SATISFIED)]
    assert clock_of(progress_of(*rated), False, LIMITS, CALENDAR) is None
    assert clock_of(progress_of(*rated, Event(K.CLOSED, "2026-11-03")), False, LIMITS, CALENDAR) is None


def test_an_unknown_year_is_named_in_the_reason() -> None:
    found = clock(Event(K.REGISTERED, "2026-12-30"))
    assert found.due_on == date(2027, 1, 6)
    assert "2027 年放假安排未录入，按周一至周五推算" in found.why


@pytest.mark.parametrize(
    ("tier", "today", "mark", "short"),
    [
        (Tier.TOWNSHIP, date(2026, 10, 1), Mark.DUE_SOON, "3 天"),
        (Tier.TOWNSHIP, date(2026, 9, 30), Mark.IN_TIME, "4 天"),
        (Tier.TOWNSHIP, date(2026, 10, 4), Mark.DUE_SOON, "今天"),
        (Tier.TOWNSHIP, date(2026, 10, 5), Mark.OVERDUE, "超 1 天"),
        (Tier.COUNTY, date(2026, 11, 19), Mark.DUE_SOON, "15 天"),
        (Tier.COUNTY, date(2026, 11, 18), Mark.IN_TIME, "16 天"),
        (Tier.COUNTY, date(2026, 12, 5), Mark.FOLLOW_UP_FULL, "满 3 个月"),
    ],
)
def test_a_clock_stands_in_time_due_soon_or_over(tier: Tier, today: date, mark: Mark, short: str) -> None:
    stand = standing(clock(RAISED, handed("2026-09-04", tier)), today)
    assert (stand.mark, stand.short) == (mark, short)


def test_the_standing_explains_itself() -> None:
    county = clock(Event(K.REGISTERED, "2026-08-17"), handed("2026-08-24", Tier.COUNTY))
    assert standing(county, date(2026, 11, 25)).text == "跟踪期已满：3 个月，自 2026-08-24 报送县人大起"
    township = clock(RAISED, handed("2026-09-04", Tier.TOWNSHIP))
    assert standing(township, date(2026, 10, 10)).text == "已超 6 天：1 个月，自 2026-09-04 交办起"
    assert standing(clock(RAISED), date(2026, 9, 10)).mark is Mark.LATE


def test_county_matters_are_never_overdue() -> None:
    progress = progress_of(RAISED, handed("2026-09-04", Tier.COUNTY))
    assert not is_overdue(progress, date(2027, 9, 1), LIMITS, CALENDAR)
    assert is_follow_up_full(progress, date(2026, 12, 5), LIMITS, CALENDAR)
    assert not is_follow_up_full(progress, date(2026, 12, 4), LIMITS, CALENDAR)
    late = progress_of(RAISED, handed("2026-09-04", Tier.TOWNSHIP))
    assert is_overdue(late, date(2026, 10, 5), LIMITS, CALENDAR)
    assert not is_overdue(late, date(2026, 10, 4), LIMITS, CALENDAR)


def test_the_date_in_force_at_the_answer_stays_known() -> None:
    answered = progress_of(RAISED, handed("2026-09-04", Tier.TOWNSHIP), Event(K.ANSWERED, "2026-10-06"))
    assert answer_due(answered, LIMITS, CALENDAR) == "2026-10-04"
    assert answer_due(progress_of(RAISED, Event(K.ANSWERED, "2026-09-01")), LIMITS, CALENDAR) == ""


def test_limits_survive_the_settings() -> None:
    limits = Limits(answer_township=Limit(45, Measure.DAY), warn_days=5)
    assert Limits.from_dict(json.loads(json.dumps(limits.to_dict()))) == limits
    assert Limits.from_dict({}) == Limits()
    found = clock(RAISED, handed("2026-09-04", Tier.TOWNSHIP), limits=limits)
    assert (found.due_on, found.why[0], found.warn_days) == (date(2026, 10, 19), "45 天，自 2026-09-04 交办起", 5)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"hand_over": 5}, "hand_over"),
        ({"hand_over": {"amount": -1, "measure": "day"}}, "hand_over"),
        ({"rehandle": {"amount": 1, "measure": "year"}}, "rehandle"),
        ({"warn_days": "three"}, "warn_days"),
    ],
)
def test_bad_limits_name_their_field(values: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as raised:
        Limits.from_dict(values)
    assert raised.value.problems[0].field == field


def test_a_category_has_a_limit_of_its_own_where_one_is_set() -> None:
    special = (
        SpecialLimit("交通", Tier.TOWNSHIP, Limit(10, Measure.DAY)),
        SpecialLimit("", Tier.VILLAGE, Limit(7, Measure.DAY)),
    )
    limits = replace(LIMITS, special=special)
    given = progress_of(RAISED, handed("2026-09-04", Tier.TOWNSHIP))
    traffic = answer_clock(given, limits, CALENDAR, "交通")
    water = answer_clock(given, limits, CALENDAR, "农业农村")
    village = answer_clock(progress_of(RAISED, handed("2026-09-04", Tier.VILLAGE)), limits, CALENDAR, "交通")
    assert [clock and clock.due_on.isoformat() for clock in (traffic, water, village)] == [
        "2026-09-14", "2026-10-04", "2026-09-11",
    ]  # fmt: skip


def test_changed_limits_leave_running_clocks_alone_when_asked_to() -> None:
    shorter = replace(LIMITS, answer_township=Limit(10, Measure.DAY))
    limits = LIMITS.changed_from("2026-10-01", shorter)
    before = answer_clock(progress_of(RAISED, handed("2026-09-30", Tier.TOWNSHIP)), limits, CALENDAR)
    after = answer_clock(progress_of(RAISED, handed("2026-10-01", Tier.TOWNSHIP)), limits, CALENDAR)
    assert before is not None
    assert after is not None
    assert (before.due_on.isoformat(), after.due_on.isoformat()) == ("2026-10-30", "2026-10-11")
    again = limits.changed_from("2026-11-01", replace(LIMITS, answer_township=Limit(20, Measure.DAY)))
    assert [again.on(day).answer_township.amount for day in ("2026-09-01", "2026-10-15", "2026-11-01")] == [1, 10, 20]
    assert Limits.from_dict(again.to_dict()) == again


def test_a_unit_may_return_and_assisting_units_answer_within_limits_of_their_own() -> None:
    given = replace(handed("2026-09-04", Tier.TOWNSHIP), assisting=("镇水务站",))
    clocks = side_clocks(progress_of(RAISED, given, Event(K.RECEIVED, "2026-09-07")), LIMITS, CALENDAR)
    assert {clock.kind: clock.due_on.isoformat() for clock in clocks} == {
        ClockKind.RETURNING: "2026-09-14",
        ClockKind.ASSISTING: "2026-10-04",
    }
