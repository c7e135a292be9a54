"""Thinning: nothing young goes, every day, week and month keeps its last one, and thinning twice changes nothing."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from station_app.domain.thinning import Keeping, superfluous

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
RULE = Keeping()
FIRST, LAST = datetime.fromisoformat("2023-01-01"), datetime.fromisoformat("2026-12-01")
moments = st.lists(st.datetimes(FIRST, LAST, timezones=st.just(UTC)), max_size=80, unique=True)


def kept(all_moments: list[datetime], now: datetime = NOW) -> set[datetime]:
    return set(all_moments) - superfluous(all_moments, now)


@given(moments)
def test_the_newest_one_and_all_of_the_last_two_days_stay(all_moments: list[datetime]) -> None:
    left = kept(all_moments)
    young = {moment for moment in all_moments if (NOW.date() - moment.date()).days < 2}
    assert young <= left
    assert not all_moments or max(all_moments) in left


@given(moments)
def test_thinning_twice_is_thinning_once(all_moments: list[datetime]) -> None:
    left = kept(all_moments)
    assert kept(sorted(left)) == left


@given(moments)
def test_what_goes_within_two_years_has_a_later_one_nearby(all_moments: list[datetime]) -> None:
    """Going back to any day never costs more than the day, week or month that its age allows."""
    left = kept(all_moments)
    for gone in set(all_moments) - left:
        age = (NOW.date() - gone.date()).days
        if age >= RULE.monthly_days:
            continue
        reach = 1 if age < RULE.daily_days else 7 if age < RULE.weekly_days else 31
        assert any(gone < other <= gone + timedelta(days=reach) for other in left)


@given(moments)
def test_no_more_are_left_than_days_weeks_and_months(all_moments: list[datetime]) -> None:
    old = [moment for moment in kept(all_moments) if (NOW.date() - moment.date()).days >= RULE.all_days]
    assert len(old) <= 12 + 8 + 24 + 1


@given(moments, st.integers(0, 800))
def test_thinning_every_day_leaves_what_is_needed_later(all_moments: list[datetime], later: int) -> None:
    """Never is something dropped today of which a later thinning would need the only one of a month."""
    then = NOW + timedelta(days=later)
    thinned_today = kept(sorted(kept(all_moments)), then)
    at_once = kept(all_moments, then)
    months = {(moment.year, moment.month) for moment in at_once}
    kept_months = {(moment.year, moment.month) for moment in thinned_today}
    # A week that reaches over two months keeps its last day only: that month then is kept by the week after.
    assert all(month in kept_months or any(_next(month) == other for other in kept_months) for month in months)


def _next(month: tuple[int, int]) -> tuple[int, int]:
    year, number = month
    return (year + 1, 1) if number == 12 else (year, number + 1)


def test_a_clock_set_back_costs_nothing() -> None:
    ahead = [NOW + timedelta(days=number) for number in range(40)]
    assert superfluous(ahead, NOW) == frozenset()


def test_a_usual_year_is_kept_by_days_weeks_and_months() -> None:
    year = [NOW - timedelta(days=number) for number in range(365)]
    left = sorted((NOW - moment).days for moment in kept(year))
    assert left[:14] == list(range(14))
    assert 18 <= len(left) - 14 <= 20
