"""The official paragraph of a summary."""

import re
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.domain import periods
from station_app.domain.calendars import WorkCalendar
from station_app.domain.events import ON_SPOT_WAY, Event, Satisfaction
from station_app.domain.figure_values import Figures, VisitCount
from station_app.domain.figures import Rules, compute
from station_app.domain.limits import Limits
from station_app.domain.month_prose import month_prose
from station_app.domain.opinion import Case, Source
from station_app.domain.people import Level
from station_app.domain.reception import Attendance, DayKind, DayState, Presence, ReceptionDay
from station_app.domain.station import OrganKind, StationKind, StationProfile, Tier
from tests.domain.invented_matters import K, case, event, matters

TOWN = StationProfile("禾溪镇人大代表联络站", organ_name="禾溪镇", county_name="清源县")
STREET = StationProfile(
    "云岭街道代表之家", kind=StationKind.HOUSE, organ_kind=OrganKind.STREET, county_name="清源区", market_word="集日"
)
OCTOBER = periods.month("2026-10")
NOVEMBER_22 = date(2026, 11, 22)


def figures_of(
    cases: list[Case],
    days: list[ReceptionDay] | None = None,
    visits: list[VisitCount] | None = None,
    profile: StationProfile = TOWN,
    period: periods.Period = OCTOBER,
) -> Figures:
    rules = Rules(profile, Limits(), WorkCalendar(), NOVEMBER_22)
    return compute(cases, days or [], visits or [], period, rules)


def life(first: str, *events: Event) -> tuple[Event, ...]:
    return (event(K.REGISTERED, first), *events)


def settled(first: str, last: str, satisfaction: Satisfaction, way: str = "") -> tuple[Event, ...]:
    handing = () if way else (event(K.HANDED_OVER, first, tier=Tier.TOWNSHIP),)
    return life(
        first,
        *handing,
        event(K.ANSWERED, last, way=way),
        event(K.FED_BACK, last),
        event(K.RATED, last, satisfaction=satisfaction),
        event(K.CLOSED, last),
    )


def example() -> list[Case]:
    """Return the matters behind the example of the design: 24 new ones and 41 that were open before."""
    good, bad = Satisfaction.SATISFIED, Satisfaction.DISSATISFIED
    lives = [settled("2026-10-09", "2026-10-09", good, ON_SPOT_WAY) for _ in range(4)]
    lives += [settled("2026-10-09", "2026-10-20", good) for _ in range(10)]
    lives += [settled("2026-10-09", "2026-10-20", bad)]
    county = (event(K.HANDED_OVER, "2026-10-12", tier=Tier.COUNTY), event(K.ANSWERED, "2026-10-29"))
    ends = (event(K.FED_BACK, "2026-10-29"), event(K.CLOSED, "2026-10-29"))
    lives += [life("2026-10-09", *county, *ends) for _ in range(3)]
    lives += [life("2026-10-09", *county[:1]) for _ in range(2)]
    lives += [life("2026-10-09", event(K.HANDED_OVER, "2026-10-12", tier=Tier.TOWNSHIP)) for _ in range(2)]
    lives += [life("2026-10-30"), life("2026-10-09", event(K.REDIRECTED, "2026-10-09"))]
    lives += [settled("2026-09-02", "2026-10-11", good) for _ in range(3)]
    lives += [life("2026-08-20", event(K.HANDED_OVER, "2026-09-20", tier=Tier.TOWNSHIP)) for _ in range(2)]
    lives += [life("2026-09-20", event(K.HANDED_OVER, "2026-10-10", tier=Tier.TOWNSHIP)) for _ in range(36)]
    return [
        case(events, number, source=Source.DEPUTY if number % 5 == 0 else Source.VOTER)
        for number, events in enumerate(lives, 1)
    ]


def test_the_example_of_the_design_reads_as_designed() -> None:
    present = Presence.PRESENT
    days = [
        ReceptionDay(
            f"2026-10-{day}",
            state=DayState.HELD,
            kind=kind,
            market=market,
            attendance=(
                Attendance(1, "钟龚", Level.COUNTY, present),
                Attendance(2, "欧阳建国", Level.TOWNSHIP, present),
            ),
        )
        for day, kind, market in (
            ("09", DayKind.FIXED, False),
            ("16", DayKind.FIXED, True),
            ("23", DayKind.MOBILE, True),
            ("30", DayKind.FIXED, False),
        )
    ]
    visits = [
        VisitCount(number, f"J-{number}", 1, "2026-10-16", True, 9 if number == 1 else 1) for number in range(1, 24)
    ]
    assert month_prose(figures_of(example(), days, visits), TOWN) == (
        "10月，联络站开展代表接待选民活动4次（其中逢圩日2次、流动接待1次），代表进站8人次，接待选民群众23批31人次，"
        "收集意见建议24件，其中群众意见20件、代表意见4件。"
        "当场答复4件，交办13件，报县人大转办5件，引导至法定渠道1件，正在研究1件。"
        "本月办结21件（本月新收18件、以前结转3件），本月新收办结率78.3%（18/23）；"
        "已评价18件，满意率（含基本满意）94.4%（17/18）。"
        "月末在办43件，其中超期未答复2件。"
    )


def test_an_empty_month_is_said_plainly() -> None:
    assert month_prose(figures_of([]), TOWN) == "10月，联络站未开展代表接待选民活动，未收到意见建议。月末在办0件。"


def test_a_month_without_closings_says_so() -> None:
    text = month_prose(figures_of([case(life("2026-10-09"))]), TOWN)
    assert text.endswith(
        "收集意见建议1件，均为群众意见。正在研究1件。本月未办结事项，本月新收办结率0%（0/1）。月末在办1件。"
    )


def test_what_else_changed_the_open_matters_is_told() -> None:
    cases = [
        case(life("2026-09-09", event(K.REDIRECTED, "2026-10-09")), 1),
        case(life("2026-09-09", event(K.ENDED, "2026-10-09")), 2),
        case(life("2026-09-09", event(K.CLOSED, "2026-09-10"), event(K.RESTARTED, "2026-10-20")), 3),
        case(life("2026-06-09", event(K.HANDED_OVER, "2026-06-10", tier=Tier.COUNTY)), 4),
    ]
    assert month_prose(figures_of(cases), TOWN).endswith(
        "未收到意见建议。本月重新启动1件、以前结转引导至法定渠道1件、终止1件。月末在办2件，其中满跟踪期1件。"
    )


def test_the_words_are_the_stations_own() -> None:
    days = [ReceptionDay("2026-11-05", state=DayState.HELD, market=True)]
    sent_up = case(life("2026-11-05", event(K.HANDED_OVER, "2026-11-06", tier=Tier.COUNTY)), source=Source.DEPUTY)
    text = month_prose(figures_of([sent_up], days, profile=STREET, period=periods.month("2026-11")), STREET)
    assert text == (
        "11月（截至22日），代表之家开展代表接待选民活动1次（其中逢集日1次），收集意见建议1件，均为代表意见。"
        "报区人大转办1件。本月未办结事项，本月新收办结率0%（0/1）。目前在办1件。"
    )


def test_longer_periods_have_their_names() -> None:
    text = month_prose(figures_of(example(), period=periods.quarter(2026, 3)), TOWN)
    assert text.startswith("2026年第三季度，联络站未开展")
    assert "季度末在办41件" in text


@settings(max_examples=60, deadline=None)
@given(matters(), st.sampled_from(periods.months_between("2025-11-01", "2026-10-01")))
def test_the_dispositions_in_the_prose_sum_to_what_was_received(cases: list[Case], month: periods.Period) -> None:
    figures = figures_of(cases, period=month)
    text = month_prose(figures, TOWN)
    received = re.search(r"收集意见建议(\d+)件", text)
    if received is None:
        assert figures.count("received") == 0
        return
    dealt_with = text.split("。")[1]
    assert sum(int(number) for number in re.findall(r"(\d+)件", dealt_with)) == int(received[1])
    closed = re.search(r"办结(\d+)件（(.+?)）", text)
    if closed:
        assert sum(int(number) for number in re.findall(r"(\d+)件", closed[2])) == int(closed[1])
    assert "%" not in re.sub(r"%（\d+/\d+）", "", text)
    assert "0件、" not in text.replace("10件", "").replace("20件", "")
