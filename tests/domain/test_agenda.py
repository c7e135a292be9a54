"""What stands on the day's list, in which group, with which move."""

from datetime import date

from station_app.domain.agenda import TodoGroup, TodoItem, todo
from station_app.domain.calendars import WorkCalendar
from station_app.domain.events import PROMISE_KEPT_WAY, UNREACHABLE_WAY, Event
from station_app.domain.limits import Limits
from station_app.domain.moves import Move
from station_app.domain.opinion import Case
from station_app.domain.people import Deputy, Level, Mandate
from station_app.domain.reception import DayState, ReceptionDay
from station_app.domain.station import Tier
from tests.domain.invented_matters import K, case, event

CALENDAR = WorkCalendar()
TODAY = date(2026, 11, 25)
RAISED = event(K.REGISTERED, "2026-08-17")


def listed(*cases: Case) -> list[TodoItem]:
    return todo(cases, TODAY, Limits(), CALENDAR)


def only(*events: Event) -> TodoItem:
    (item,) = listed(case(events))
    return item


def handed(on: str, tier: Tier = Tier.TOWNSHIP, unit: str = "镇城建办") -> Event:
    return event(K.HANDED_OVER, on, tier=tier, unit=unit)


def test_an_overdue_matter_is_urged() -> None:
    item = only(RAISED, handed("2026-10-19"))
    assert (item.group, item.due, item.unit, item.move) == (TodoGroup.OVERDUE, "已超 6 天", "镇城建办", Move.URGE)
    assert (item.case_id, item.number) == (1, "HX-2026-0001")


def test_what_was_urged_just_now_is_not_urged_again() -> None:
    assert only(RAISED, handed("2026-10-19"), event(K.URGED, "2026-11-23")).move is Move.ANSWER
    assert only(RAISED, handed("2026-10-19"), event(K.URGED, "2026-11-22")).move is Move.URGE


def test_a_county_matter_is_inquired_about() -> None:
    item = only(RAISED, handed("2026-08-24", Tier.COUNTY, "县水利局"))
    assert (item.group, item.due, item.move) == (TodoGroup.FOLLOW_UP_FULL, "满 3 个月", Move.INQUIRE)
    assert item.unit == "县人大转办 县水利局"


def test_a_matter_in_time_with_its_unit_is_not_listed() -> None:
    assert listed(case((RAISED, handed("2026-11-10")))) == []
    soon = only(RAISED, handed("2026-10-27"))
    assert (soon.group, soon.due) == (TodoGroup.DUE_SOON, "还剩 2 天")


def test_the_stations_own_steps_have_their_groups() -> None:
    new = event(K.REGISTERED, "2026-11-24")
    assert (only(new).group, only(new).due, only(new).move) == (TodoGroup.TO_STUDY, "登记第 2 天", Move.STUDY)
    assert only(new, event(K.STUDIED, "2026-11-24")).group is TodoGroup.TO_HAND_OVER
    assert only(event(K.REGISTERED, "2026-11-10")).due == "已过 8 天"
    answered = (RAISED, handed("2026-11-02"), event(K.ANSWERED, "2026-11-25", answer_class="A"))
    item = only(*answered)
    assert (item.group, item.due, item.unit, item.move) == (
        TodoGroup.TO_FEED_BACK, "答复第 1 天", "镇城建办 已答复 A类", Move.FEED_BACK,
    )  # fmt: skip
    assert only(*answered, event(K.FED_BACK, "2026-11-25")).move is Move.RATE
    assert only(*answered, event(K.FED_BACK, "2026-11-25", way=UNREACHABLE_WAY)).move is Move.CLOSE


def test_an_expired_evaluation_is_to_be_closed() -> None:
    item = only(RAISED, event(K.ANSWERED, "2026-09-01"), event(K.FED_BACK, "2026-09-01"))
    assert (item.group, item.move) == (TodoGroup.TO_RATE, Move.CLOSE)


def test_urgent_matters_come_first() -> None:
    items = listed(case((RAISED, handed("2026-10-19")), 1), case((event(K.REGISTERED, "2026-11-25"),), 2, urgent=True))
    assert [(item.group, item.number) for item in items] == [
        (TodoGroup.URGENT, "HX-2026-0002"),
        (TodoGroup.OVERDUE, "HX-2026-0001"),
    ]


def test_a_promise_comes_back_after_the_closing_until_it_is_kept() -> None:
    life = (
        RAISED,
        handed("2026-09-01"),
        event(K.ANSWERED, "2026-09-20", due_on="2026-11-30", unit="县水利局"),
        event(K.FED_BACK, "2026-09-20"),
        event(K.CLOSED, "2026-09-20"),
    )
    item = only(*life)
    assert (item.group, item.due, item.unit) == (TodoGroup.PROMISE, "11月30日", "县水利局")
    assert item.title == "桥头护栏破损（承诺 11月30日）"
    assert listed(case((*life, event(K.PROMISE_CHECKED, "2026-11-24", way=PROMISE_KEPT_WAY)))) == []


def test_the_notice_is_posted_in_time_or_on_the_working_day_before() -> None:
    days = [ReceptionDay("2026-12-02", id=7), ReceptionDay("2026-12-02", id=8, state=DayState.ANNOUNCED)]
    for today, expected in ((date(2026, 11, 26), []), (date(2026, 11, 27), [7]), (date(2026, 12, 3), [])):
        items = todo([], today, Limits(), CALENDAR, days=days)  # the 29th is a Sunday, the 27th a Friday
        assert [item.day_id for item in items] == expected
    (item,) = todo([], date(2026, 11, 27), Limits(), CALENDAR, days=days)
    assert (item.group, item.title, item.due) == (TodoGroup.ANNOUNCE, "12月2日接待公告", "11月29日前张贴")


def test_the_roster_is_checked_once_a_year() -> None:
    serving = (Mandate(Level.TOWNSHIP),)
    deputies = [
        Deputy("钟龚", id=1, checked_on="2025-11-24", mandates=serving),
        Deputy("欧阳建国", id=2, checked_on="2025-11-25", mandates=serving),
        Deputy("肖水生", id=3, mandates=serving),
        Deputy("曾远香", id=4, checked_on="2020-01-01", mandates=(Mandate(Level.TOWNSHIP, to_on="2021-10-01"),)),
    ]
    (item,) = todo([], TODAY, Limits(), CALENDAR, deputies=deputies)
    assert (item.group, item.title, item.deputy_ids) == (
        TodoGroup.ROSTER,
        "1 名代表一年以上未核对，1 名从未核对",
        (1, 3),
    )


def test_a_unit_of_which_nothing_was_heard_is_to_be_urged_when_half_its_limit_is_over() -> None:
    silent = case((RAISED, handed("2026-11-02")))
    (item,) = todo([silent], date(2026, 11, 20), Limits(), CALENDAR)
    assert (item.group, item.move) == (TodoGroup.TO_URGE, Move.URGE)
    assert todo([silent], date(2026, 11, 16), Limits(), CALENDAR) == []
    for kind, on in ((K.RECEIVED, "2026-11-03"), (K.INTERIM, "2026-11-10"), (K.URGED, "2026-11-19")):
        heard = case((RAISED, handed("2026-11-02"), event(kind, on)))
        assert todo([heard], date(2026, 11, 20), Limits(), CALENDAR) == []
