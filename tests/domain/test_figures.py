"""The figures of a period: each by hand, and all of them on random matters."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.domain import periods
from station_app.domain.calendars import WorkCalendar
from station_app.domain.events import ON_SPOT_WAY, PROMISE_KEPT_WAY, Event, Satisfaction
from station_app.domain.figure_tables import compare, months_in_a_row, ties_by_month
from station_app.domain.figure_values import Figures, Ratio, VisitCount
from station_app.domain.figures import Rules, compute
from station_app.domain.limits import Limits
from station_app.domain.opinion import Case, Source
from station_app.domain.people import Level
from station_app.domain.progress import OPEN_STATES, State
from station_app.domain.reception import Attendance, DayKind, DayState, Presence, ReceptionDay
from station_app.domain.station import StationProfile, Tier
from tests.domain.invented_matters import K, case, event, matters, progress_on

PROFILE = StationProfile("禾溪镇人大代表联络站", county_name="清源县", term_from="2026-01-01")
RULES = Rules(PROFILE, Limits(), WorkCalendar(), date(2026, 11, 22))
OCTOBER = periods.month("2026-10")


def figures_of(*cases: Case, period: periods.Period = OCTOBER, rules: Rules = RULES) -> Figures:
    figures = compute(cases, (), (), period, rules)
    assert figures.ties, (figures.tie, figures.sums)
    return figures


def raised(on: str) -> Event:
    return event(K.REGISTERED, on)


def handed(on: str, tier: Tier = Tier.TOWNSHIP, unit: str = "镇城建办") -> Event:
    return event(K.HANDED_OVER, on, tier=tier, unit=unit)


def closed_life(first: str, last: str, satisfaction: Satisfaction | None = Satisfaction.SATISFIED) -> list[Event]:
    """Return a matter raised and handed over on ``first``, answered, fed back and closed on ``last``."""
    events = [raised(first), handed(first), event(K.ANSWERED, last, answer_class="A"), event(K.FED_BACK, last)]
    if satisfaction:
        events.append(event(K.RATED, last, satisfaction=satisfaction))
    return [*events, event(K.CLOSED, last)]


def counted(figures: Figures, *keys: str) -> list[int]:
    return [figures.count(key) for key in keys]


def test_a_late_entry_counts_in_the_month_it_was_raised() -> None:
    late = replace(raised("2026-09-30"), recorded_at="2026-11-20T10:00:00+08:00")
    figures = figures_of(case([late], 1), case([raised("2026-10-01")], 2), case([raised("2026-10-31")], 3))
    assert figures["opening"].cases == ("HX-2026-0001",)
    assert figures["received"].cases == ("HX-2026-0002", "HX-2026-0003")
    assert figures.count("closing") == 3


def test_void_ones_and_natures_that_do_not_count_are_nowhere() -> None:
    life = closed_life("2026-10-02", "2026-10-20")
    void = case([*life[:2], event(K.VOIDED, "2026-11-15")], 1)
    asked = case(life, 2, nature="咨询", counts=False)
    figures = figures_of(void, asked, case(life, 3))
    assert figures["received"].cases == ("HX-2026-0003",)
    assert figures["closed"].cases == ("HX-2026-0003",)
    assert figures["uncounted"].cases == ("HX-2026-0002",)
    assert counted(figures, "handed", "answered", "rated", "rating", "closing") == [1, 1, 1, 1, 0]


def test_states_are_taken_at_the_end_of_the_period() -> None:
    later = [raised("2026-10-05"), handed("2026-11-03", Tier.COUNTY), event(K.REDIRECTED, "2026-11-10")]
    figures = figures_of(case(later))
    assert figures.count("received.disposition.studying") == 1
    assert figures.count("received.disposition.redirected") == 0
    november = figures_of(case(later), period=periods.month("2026-11"))
    assert (november.tie.opening, november.tie.redirected, november.tie.closing) == (1, 1, 0)
    assert november.count("received.redirected") == 0


def test_a_running_month_is_taken_as_of_today() -> None:
    due_tomorrow = [raised("2026-10-20"), handed("2026-10-23")]
    figures = figures_of(case(due_tomorrow), period=periods.month("2026-11"))
    assert (figures.as_of, figures.count("closing.overdue")) == ("2026-11-22", 0)
    tomorrow_but_one = replace(RULES, today=date(2026, 11, 24))
    assert (
        figures_of(case(due_tomorrow), period=periods.month("2026-11"), rules=tomorrow_but_one).count("closing.overdue")
        == 1
    )


def test_closed_restarted_and_closed_again_in_one_month_ties() -> None:
    life = [
        *closed_life("2026-09-01", "2026-10-02"),
        event(K.RESTARTED, "2026-10-10"),
        handed("2026-10-10"),
        event(K.ANSWERED, "2026-10-12"),
        event(K.FED_BACK, "2026-10-12"),
        event(K.CLOSED, "2026-10-12"),
    ]
    figures = figures_of(case(life))
    assert (figures.tie.opening, figures.tie.restarted, figures.tie.closed, figures.tie.closing) == (1, 1, 2, 0)
    assert figures["closed"].cases == ("HX-2026-0001", "HX-2026-0001")
    assert counted(figures, "closed.age.earlier", "closed.age.new") == [2, 0]


def test_all_on_one_day_ties() -> None:
    day = "2026-10-31"
    life = [
        raised(day),
        event(K.REDIRECTED, day),
        event(K.RESTARTED, day),
        event(K.ANSWERED, day, way=ON_SPOT_WAY),
        event(K.FED_BACK, day),
        event(K.CLOSED, day),
        event(K.CLOSED, day),
    ]
    tie = figures_of(case(life)).tie
    assert (tie.received, tie.redirected, tie.restarted, tie.closed, tie.closing) == (1, 1, 1, 1, 0)


def test_redirecting_and_ending_earlier_matters_lowers_what_is_open() -> None:
    figures = figures_of(
        case([raised("2026-09-01"), event(K.REDIRECTED, "2026-10-01")], 1),
        case([raised("2026-09-01"), event(K.ENDED, "2026-10-31", text="撤回")], 2),
        case([raised("2026-09-01")], 3),
    )
    tie = figures.tie
    assert (tie.opening, tie.redirected, tie.ended, tie.closing) == (3, 1, 1, 1)
    assert figures.count("received") == 0


def test_the_closing_rate_leaves_out_what_was_redirected() -> None:
    cases = [case(closed_life("2026-10-02", "2026-10-20"), number) for number in range(1, 19)]
    cases += [case([raised("2026-10-09")], number) for number in range(19, 24)]
    cases.append(case([raised("2026-10-09"), event(K.REDIRECTED, "2026-10-09")], 24))
    figures = figures_of(*cases)
    assert figures.ratio("rate.closed") == Ratio(18, 23)
    assert figures["rate.closed"].text == "78.3%（18/23）"
    assert len(figures["rate.closed"].cases) == 18


def test_cumulative_rates_run_from_january_and_from_the_terms_first_day() -> None:
    cases = [
        case(closed_life("2025-12-31", "2026-01-05"), 1),
        case(closed_life("2026-01-01", "2026-01-05"), 2),
        case([raised("2026-10-05")], 3),
    ]
    rules = replace(RULES, profile=replace(PROFILE, term_from="2025-12-01"))
    figures = figures_of(*cases, rules=rules)
    assert (figures.ratio("rate.closed_year"), figures.ratio("rate.closed_term")) == (Ratio(1, 2), Ratio(2, 3))
    without_term = figures_of(*cases, rules=replace(RULES, profile=replace(PROFILE, term_from="")))
    assert without_term["rate.closed_term"].value is None
    assert without_term["rate.closed_term"].text == "—"


def test_satisfaction_takes_each_matters_last_evaluation_by_its_date() -> None:
    twice = [
        *closed_life("2026-09-01", "2026-10-02", Satisfaction.DISSATISFIED)[:-1],
        event(K.REHANDLED, "2026-10-03"),
        event(K.ANSWERED, "2026-10-09"),
        event(K.FED_BACK, "2026-10-09"),
        event(K.RATED, "2026-10-10", satisfaction=Satisfaction.FAIRLY),
        event(K.CLOSED, "2026-10-10"),
    ]
    figures = figures_of(
        case(twice, 1),
        case(closed_life("2026-10-02", "2026-10-20"), 2),
        case(closed_life("2026-10-02", "2026-10-20", Satisfaction.UNRATED), 3),
        case(closed_life("2026-09-02", "2026-09-20"), 4),
    )
    assert (figures.ratio("rate.content"), figures.ratio("rate.satisfied")) == (Ratio(2, 2), Ratio(1, 2))
    assert counted(figures, "rated", "rating", "rating.result.fairly", "rating.result.dissatisfied") == [3, 2, 1, 0]


def test_only_bound_units_answer_late() -> None:
    def answered(number: int, tier: Tier, on: str, *more: Event) -> Case:
        return case([raised("2026-08-20"), handed("2026-09-01", tier), *more, event(K.ANSWERED, on)], number)

    extended = event(K.EXTENSION_GRANTED, "2026-09-20", due_on="2026-10-20")
    figures = figures_of(
        answered(1, Tier.TOWNSHIP, "2026-10-01"),
        answered(2, Tier.TOWNSHIP, "2026-10-02"),
        answered(3, Tier.TOWNSHIP, "2026-10-20", extended),
        answered(4, Tier.VILLAGE, "2026-10-05"),
        case([raised("2026-05-20"), handed("2026-06-01", Tier.COUNTY), event(K.ANSWERED, "2026-10-05")], 5),
        case([raised("2026-10-05"), event(K.ANSWERED, "2026-10-05", way=ON_SPOT_WAY)], 6),
    )
    assert figures["answered.late"].cases == ("HX-2026-0002", "HX-2026-0004")
    assert figures.ratio("rate.in_time") == Ratio(2, 4)
    assert counted(figures, "answered", "answered.age.new", "answered.age.earlier") == [6, 1, 5]
    assert figures.ratio("rate.fed_back") == Ratio(0, 6)
    assert figures.count("answered.unit.") == 1
    assert figures["answered.unit."].title == "联络站（当场答复）"


def test_overdue_and_full_follow_up_are_two_things() -> None:
    figures = figures_of(
        case([raised("2026-08-20"), handed("2026-09-29")], 1),
        case([raised("2026-08-20"), handed("2026-09-30")], 2),
        case([raised("2026-06-20"), handed("2026-06-30", Tier.COUNTY)], 3),
        case([raised("2026-06-20")], 4),
    )
    assert figures["closing.overdue"].cases == ("HX-2026-0001", "HX-2026-0002")
    assert figures["closing.follow_up_full"].cases == ("HX-2026-0003",)
    assert figures.count("closing.overdue.unit.镇城建办") == 2
    assert figures.count("closing.unit.镇城建办") == 3


def test_work_is_counted_by_the_day_it_was_done() -> None:
    life = [
        raised("2026-09-01"),
        handed("2026-09-02"),
        event(K.RETURNED, "2026-10-05"),
        handed("2026-10-06", unit="农技站"),
        event(K.URGED, "2026-10-15"),
        event(K.SUPERVISED, "2026-10-16"),
    ]
    figures = figures_of(
        case(life, 1),
        case([raised("2026-10-01"), handed("2026-10-02", Tier.COUNTY), event(K.INQUIRED, "2026-10-30")], 2),
    )
    assert counted(figures, "handed", "sent_up", "urged", "inquired") == [1, 1, 2, 1]
    assert counted(figures, "urged.age.earlier", "sent_up.age.new", "assigned.unit.农技站") == [2, 1, 1]


def test_merging_does_not_lower_the_count() -> None:
    figures = figures_of(
        case([raised("2026-10-01")], 1),
        case([raised("2026-10-02"), event(K.MERGED, "2026-10-03", main_id=1)], 2),
        case([raised("2026-10-03"), event(K.MERGED, "2026-11-03", main_id=1)], 3),
    )
    assert counted(figures, "received", "received.merged") == [3, 2]


def test_promises_count_by_their_date() -> None:
    life = [raised("2026-08-01"), handed("2026-08-02"), event(K.ANSWERED, "2026-08-20", due_on="2026-10-30")]
    kept = event(K.PROMISE_CHECKED, "2026-10-29", way=PROMISE_KEPT_WAY)
    moved = event(K.PROMISE_CHECKED, "2026-10-29", due_on="2026-12-31")
    ends = [event(K.FED_BACK, "2026-08-21"), event(K.CLOSED, "2026-08-21")]
    figures = figures_of(case([*life, *ends, kept], 1), case([*life, *ends], 2), case([*life, *ends, moved], 3))
    assert figures["promised"].cases == ("HX-2026-0001", "HX-2026-0002")
    assert figures["promised.kept"].cases == ("HX-2026-0001",)


def test_blank_villages_are_the_whole_place_and_blank_labels_say_so() -> None:
    figures = figures_of(case([raised("2026-10-01")], 1, village="", category=""), case([raised("2026-10-01")], 2))
    assert [(part.title, part.value) for part in figures.parts("received.village")] == [("全镇/其他", 1), ("上坪村", 1)]
    assert {part.title for part in figures.parts("received.category")} == {"未填", "交通"}
    assert [part.title for part in figures.parts("received.source")] == ["群众意见", "代表意见"]
    assert "镇级交办" in {part.title for part in figures.parts("received.disposition")}


def attendance(deputy_id: int, level: Level, presence: Presence = Presence.PRESENT) -> Attendance:
    return Attendance(deputy_id, f"代表{deputy_id}", level, presence)


def test_reception_counts_days_held_deputies_once_a_day_and_visits() -> None:
    both = (attendance(1, Level.COUNTY), attendance(2, Level.TOWNSHIP))
    days = [
        ReceptionDay("2026-10-16", state=DayState.HELD, market=True, attendance=both),
        ReceptionDay(
            "2026-10-16", state=DayState.HELD, kind=DayKind.MOBILE, attendance=(attendance(1, Level.TOWNSHIP),)
        ),
        ReceptionDay(
            "2026-10-30",
            state=DayState.HELD,
            kind=DayKind.JOINT,
            attendance=(attendance(2, Level.TOWNSHIP), attendance(3, Level.CITY, Presence.LEAVE)),
        ),
        ReceptionDay("2026-10-20", state=DayState.NOT_HELD, attendance=both),
        ReceptionDay("2026-09-30", state=DayState.HELD, attendance=both),
    ]
    visits = [
        VisitCount(1, "J-2026-0001", 1, "2026-10-16", True, 3),
        VisitCount(2, "J-2026-0002", None, "2026-10-31", True, 1),
        VisitCount(3, "J-2026-0003", None, "2026-10-31", False, 7),
        VisitCount(4, "J-2026-0004", None, "2026-11-01", True, 1),
    ]
    figures = compute((), days, visits, OCTOBER, RULES)
    assert counted(figures, "held", "held.market", "held.mobile", "held.joint") == [3, 1, 1, 1]
    assert counted(figures, "attended", "attended.level.county", "attended.level.township") == [3, 1, 2]
    assert figures.count("attended.level.city") == 0
    assert figures["attended.deputy.1"].title == "代表1"
    assert counted(figures, "visits", "people") == [2, 4]
    assert figures["visits"].cases == ("J-2026-0001", "J-2026-0002")
    assert figures.ties


@pytest.mark.parametrize(
    ("ratio", "text"),
    [
        (Ratio(17, 18), "94.4%（17/18）"),
        (Ratio(1, 8), "12.5%（1/8）"),
        (Ratio(1, 1), "100%（1/1）"),
        (Ratio(0, 4), "0%（0/4）"),
        (Ratio(0, 0), "—"),
        (Ratio(1, 3), "33.3%（1/3）"),
        (Ratio(2, 3), "66.7%（2/3）"),
        (Ratio(5, 80), "6.3%（5/80）"),
    ],
)
def test_rates_are_printed_with_their_fraction(ratio: Ratio, text: str) -> None:
    assert str(ratio) == text


def test_every_figure_has_words_and_the_cases_behind_it() -> None:
    life = closed_life("2026-10-02", "2026-10-20")
    figures = figures_of(case(life, 1, source=Source.DEPUTY), case([raised("2026-09-02"), handed("2026-09-02")], 2))
    for key, figure in figures.table.items():
        assert figure.key == key
        assert figure.title
        assert figure.definition
        assert "{" not in figure.title + figure.definition
        if key != "people":
            expected = figure.value.numerator if isinstance(figure.value, Ratio) else figure.value
            assert len(figure.cases) == expected, key


def slow_open_on(cases: list[Case], day: str) -> set[str]:
    """Return what was 在办 at the end of ``day``, reckoned without histories: the independent reference."""
    numbers = set()
    for each in cases:
        if not each.counts or each.progress.state is State.VOID:
            continue
        progress = progress_on(each.events, day)
        if progress.raised_on and progress.raised_on <= day and progress.state in OPEN_STATES:
            numbers.add(each.number)
    return numbers


MONTHS = periods.months_between("2025-10-01", "2026-12-31")


@settings(max_examples=60, deadline=None)
@given(matters(), st.sampled_from(MONTHS))
def test_random_matters_tie_and_every_part_sums(cases: list[Case], month: periods.Period) -> None:
    figures = figures_of(*cases, period=month, rules=replace(RULES, today=date(2027, 6, 30)))
    assert set(figures["opening"].cases) == slow_open_on(cases, month.day_before)
    assert set(figures["closing"].cases) == slow_open_on(cases, month.to_on)
    valid = [each for each in cases if each.counts and each.progress.state is not State.VOID]
    new = [each for each in valid if each.progress.raised_on in month]
    assert set(figures["received"].cases) == {each.number for each in new}
    by_disposition = Counter(progress_on(each.events, month.to_on).disposition.value for each in new)
    assert {
        part.key.rpartition(".")[2]: part.value for part in figures.parts("received.disposition") if part.value
    } == by_disposition
    for dimension in ("source", "nature", "category", "village", "channel", "disposition"):
        assert sum(figures.count(part.key) for part in figures.parts(f"received.{dimension}")) == len(new)
    closed = sum(progress_on(each.events, month.to_on).state is State.CLOSED for each in new)
    redirected = sum(progress_on(each.events, month.to_on).state is State.REDIRECTED for each in new)
    assert figures.ratio("rate.closed") == Ratio(closed, len(new) - redirected)


@settings(max_examples=40, deadline=None)
@given(matters())
def test_every_month_ties_and_follows_from_the_one_before(cases: list[Case]) -> None:
    rules = replace(RULES, today=date(2027, 6, 30))
    lines = ties_by_month(cases, rules)
    for (_month, before), (_next, after) in pairwise(lines):
        assert before.closing == after.opening
    for month, tie in lines:
        assert tie.ok
        assert tie == figures_of(*cases, period=month, rules=rules).tie
    series = months_in_a_row(cases, periods.month("2026-10"), rules)
    by_month = dict(lines)
    for line in series:
        if line.month in by_month:
            assert (line.received, line.closed) == (by_month[line.month].received, by_month[line.month].closed)


@settings(max_examples=30, deadline=None)
@given(matters(), st.dates(date(2025, 11, 1), date(2026, 8, 1)), st.integers(0, 200))
def test_any_free_period_ties(cases: list[Case], first: date, length: int) -> None:
    period = periods.between(first.isoformat(), (first + timedelta(days=length)).isoformat())
    figures_of(*cases, period=period)


def test_a_tie_that_fails_says_by_how_much() -> None:
    before_it_was_raised = case([event(K.CLOSED, "2026-09-28"), raised("2026-10-05")])
    figures = compute([before_it_was_raised], (), (), OCTOBER, RULES)
    assert (figures.tie.ok, figures.tie.difference, figures.ties) == (False, 1, False)


def test_a_month_stands_beside_what_it_is_compared_with() -> None:
    cases = [
        case(closed_life("2025-10-10", "2025-10-20"), 1),
        case([raised("2026-09-10")], 2),
        case(closed_life("2026-10-10", "2026-10-20"), 3),
    ]
    rules = replace(RULES, profile=replace(PROFILE, term_from="2025-01-01"))
    comparison = compare(cases, (), (), OCTOBER, rules)
    assert [head for head, _figures in comparison.columns] == ["本月", "上月", "去年同期", "本年累计", "本届以来"]
    assert [figure.value for figure in comparison.row("received") if figure] == [1, 1, 1, 2, 3]
    assert [figure.text for figure in comparison.row("closing") if figure] == ["1", "1", "0", "1", "1"]
    assert comparison.ties
    rules = replace(RULES, profile=replace(PROFILE, term_from=""))
    no_term = compare(cases, (), (), OCTOBER, rules)
    assert no_term.term is None
    assert len(no_term.columns) == 4


def test_twelve_months_end_with_the_chosen_one() -> None:
    lines = months_in_a_row([case(closed_life("2026-10-10", "2026-10-20"))], OCTOBER, RULES)
    assert [line.month.title for line in lines][:2] == ["2025年11月", "2025年12月"]
    assert [(line.received, line.closed) for line in lines][-2:] == [(0, 0), (1, 1)]
    assert len(lines) == 12
