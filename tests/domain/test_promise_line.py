"""The promise ledger: every promise made in an answer, its day, how often it was put off, and what became of it."""

from datetime import date

from station_app.domain.events import (
    PROMISE_GIVEN_UP_WAY,
    PROMISE_KEPT_WAY,
    PROMISE_NOT_YET_WAY,
    Event,
    Satisfaction,
)
from station_app.domain.promise_line import PromiseLine, PromiseState, promise_lines
from station_app.domain.station import Tier
from tests.domain.invented_matters import K, case, event

TODAY = date(2026, 11, 25)
RAISED = event(K.REGISTERED, "2026-09-01")
HANDED = event(K.HANDED_OVER, "2026-09-04", tier=Tier.TOWNSHIP, unit="镇城建办", unit_id=3)


def promised(on: str, due_on: str, unit: str = "镇城建办") -> Event:
    return event(K.ANSWERED, on, answer_class="B", text="已列入计划", unit=unit, due_on=due_on)


def checked(on: str, way: str, due_on: str = "", text: str = "") -> Event:
    return event(K.PROMISE_CHECKED, on, way=way, due_on=due_on, text=text)


def lines(*events: Event, from_on: str = "", to_on: str = "9999") -> list[PromiseLine]:
    return promise_lines([case((RAISED, HANDED, *events))], from_on, to_on, TODAY)


def test_a_promise_waits_for_its_day_and_is_late_after_it() -> None:
    (waiting,) = lines(promised("2026-09-20", "2026-11-25"))
    assert (waiting.state, waiting.overdue_days, waiting.unit) == (PromiseState.OPEN, 0, "镇城建办")
    (late,) = lines(promised("2026-09-20", "2026-11-20"))
    assert late.overdue_days == 5


def test_each_putting_off_is_counted_and_the_first_day_stays() -> None:
    first = promised("2026-09-20", "2026-10-20")
    delays = (
        checked("2026-10-20", PROMISE_NOT_YET_WAY, "2026-11-10", "等材料"),
        checked("2026-11-10", PROMISE_NOT_YET_WAY, "2026-12-10"),
    )
    (line,) = lines(first, *delays)
    assert (line.first_due_on, line.due_on, line.delays) == ("2026-10-20", "2026-12-10", 2)
    assert (line.state, line.checked_on, line.checked) == (PromiseState.DELAYED, "2026-11-10", "尚未兑现")
    (kept,) = lines(first, *delays, checked("2026-11-24", PROMISE_KEPT_WAY, text="路灯已亮"))
    assert (kept.state, kept.checked, kept.overdue_days) == (PromiseState.KEPT, "已兑现：路灯已亮", 0)


def test_a_promise_that_cannot_be_kept_is_told_so() -> None:
    (line,) = lines(promised("2026-09-20", "2026-10-20"), checked("2026-10-21", PROMISE_GIVEN_UP_WAY, text="规划调整"))
    assert (line.state, line.checked) == (PromiseState.GIVEN_UP, "无法兑现：规划调整")


def test_a_new_answer_takes_the_place_of_the_old_promise_and_both_are_shown() -> None:
    again = (
        event(K.FED_BACK, "2026-09-22", way="电话"),
        event(K.RATED, "2026-09-22", satisfaction=Satisfaction.DISSATISFIED),
        event(K.REHANDLED, "2026-09-22"),
        promised("2026-10-10", "2026-12-01"),
    )
    old, new = lines(promised("2026-09-20", "2026-10-20"), *again)
    assert (old.state, old.why) == (PromiseState.REPLACED, "已重新办理")
    assert (new.state, new.due_on) == (PromiseState.OPEN, "2026-12-01")


def test_units_of_separate_handling_promise_for_themselves() -> None:
    handed = event(K.HANDED_OVER, "2026-09-05", tier=Tier.TOWNSHIP, unit="镇城建办", unit_id=3, separate=("镇水务站",))
    first, second = lines(
        handed, promised("2026-09-20", "2026-12-01"), promised("2026-09-21", "2026-12-02", "镇水务站")
    )
    assert (first.state, second.state) == (PromiseState.OPEN, PromiseState.OPEN)


def test_the_period_is_that_of_the_day_promised_at_first_or_now() -> None:
    events = (promised("2026-09-20", "2026-10-20"), checked("2026-10-20", PROMISE_NOT_YET_WAY, "2026-12-10"))
    assert len(lines(*events, from_on="2026-10-01", to_on="2026-10-31")) == 1
    assert len(lines(*events, from_on="2026-12-01", to_on="2026-12-31")) == 1
    assert lines(*events, from_on="2026-11-01", to_on="2026-11-30") == []


def test_void_matters_promise_nothing() -> None:
    assert lines(promised("2026-09-20", "2026-10-20"), event(K.VOIDED, "2026-09-21", text="重复登记")) == []
