"""Where an opinion stands, derived from its events."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.domain.events import ON_SPOT_WAY, PROMISE_KEPT_WAY, Event, EventKind, Satisfaction, effective
from station_app.domain.progress import OPEN_STATES, Disposition, State
from station_app.domain.station import Tier
from station_app.domain.unfolding import derive, unfold
from tests.domain.invented_matters import K, event, lives, progress_on

RAISED = event(K.REGISTERED, "2026-09-01")
HANDED = event(K.HANDED_OVER, "2026-09-04", tier=Tier.TOWNSHIP, unit="镇城建办", unit_id=3)
ANSWERED = event(K.ANSWERED, "2026-09-20", answer_class="A", text="已修好", unit="镇城建办", due_on="2026-11-30")
FED_BACK = event(K.FED_BACK, "2026-09-22", way="电话")
RATED = event(K.RATED, "2026-09-22", satisfaction=Satisfaction.SATISFIED)
CLOSED = event(K.CLOSED, "2026-09-22")
LIFE = (RAISED, HANDED, ANSWERED, FED_BACK, RATED, CLOSED)


@pytest.mark.parametrize(
    ("until", "state", "is_open"),
    [
        ("2026-08-31", State.REGISTERED, False),
        ("2026-09-01", State.REGISTERED, True),
        ("2026-09-04", State.HANDLING, True),
        ("2026-09-20", State.ANSWERED, True),
        ("2026-09-22", State.CLOSED, False),
        ("", State.CLOSED, False),
    ],
)
def test_a_matter_stands_as_its_events_say_up_to_a_day(until: str, state: State, is_open: bool) -> None:
    progress = derive(LIFE, until)
    assert (progress.state, progress.is_open) == (state, is_open)


def test_an_answer_at_the_table_closes_the_same_day() -> None:
    progress = derive(
        (
            RAISED,
            event(K.ANSWERED, "2026-09-01", way=ON_SPOT_WAY),
            event(K.FED_BACK, "2026-09-01"),
            event(K.CLOSED, "2026-09-01"),
        )
    )
    assert (progress.disposition, progress.state, progress.closed_on) == (
        Disposition.ON_SPOT,
        State.CLOSED,
        "2026-09-01",
    )


def test_a_correction_takes_the_place_of_what_it_corrects() -> None:
    spot = event(K.ANSWERED, "2026-09-01", way=ON_SPOT_WAY, text="当场说明")
    closed = event(K.CLOSED, "2026-09-01")
    corrected = event(K.ANSWERED, "2026-09-01", way=ON_SPOT_WAY, text="当场说明并登记", amends=spot.uid)
    raised_again = event(K.REGISTERED, "2026-09-01", amends=RAISED.uid)
    progress = derive((RAISED, spot, closed, corrected, raised_again))
    assert (progress.state, progress.answer) == (State.CLOSED, "当场说明并登记")
    assert [each.kind for each in effective((RAISED, spot, closed, corrected))] == [K.REGISTERED, K.ANSWERED, K.CLOSED]


def test_a_correction_of_a_correction_holds_alone() -> None:
    first = event(K.HANDED_OVER, "2026-09-05", tier=Tier.COUNTY, amends=HANDED.uid)
    second = event(K.HANDED_OVER, "2026-09-06", tier=Tier.VILLAGE, amends=first.uid)
    progress = derive((RAISED, HANDED, first, second))
    assert (progress.handed_on, progress.tier, progress.handed_count) == ("2026-09-06", Tier.VILLAGE, 1)


def test_a_struck_out_event_never_happened() -> None:
    strike = event(K.WITHDRAWN_EVENT, "2026-09-25", amends=CLOSED.uid)
    assert derive((*LIFE, strike)).state is State.FED_BACK
    assert derive((*LIFE, strike), "2026-09-22").state is State.FED_BACK


def test_a_closed_matter_moves_only_by_a_restart() -> None:
    late = (event(K.FED_BACK, "2026-09-25"), event(K.CLOSED, "2026-09-26"), event(K.URGED, "2026-09-27"))
    progress = derive((*LIFE, *late))
    assert (progress.state, progress.closings, progress.urged_count) == (State.CLOSED, ("2026-09-22",), 0)
    assert derive((RAISED, event(K.RESTARTED, "2026-09-02"))).restarted_on == ()


def test_a_late_evaluation_of_a_closed_matter_counts() -> None:
    progress = derive((*LIFE[:4], CLOSED, event(K.RATED, "2026-10-08", satisfaction=Satisfaction.FAIRLY)))
    assert (progress.state, progress.satisfaction, progress.rated_on) == (
        State.CLOSED,
        Satisfaction.FAIRLY,
        "2026-10-08",
    )


def test_a_restart_begins_a_new_life() -> None:
    progress = derive((*LIFE, event(K.RESTARTED, "2026-10-15")))
    assert (progress.state, progress.disposition) == (State.STUDIED, Disposition.STUDYING)
    assert (progress.unit, progress.first_handed_on, progress.answered_on, progress.closed_on) == ("", "", "", "")
    assert (progress.closings, progress.restarted_on) == (("2026-09-22",), ("2026-10-15",))


def test_re_handling_is_the_next_round_with_the_same_unit() -> None:
    progress = derive((*LIFE[:5], event(K.REHANDLED, "2026-09-24")))
    assert (progress.state, progress.round, progress.unit) == (State.HANDLING, 2, "镇城建办")
    assert (progress.answered_on, progress.satisfaction, progress.promised_on) == ("", None, "")


def test_the_first_hand_over_stays_known_after_a_return() -> None:
    again = event(K.HANDED_OVER, "2026-09-12", tier=Tier.COUNTY, unit="")
    progress = derive((RAISED, HANDED, event(K.RETURNED, "2026-09-08"), again))
    assert (progress.first_handed_on, progress.handed_on, progress.handed_count) == ("2026-09-04", "2026-09-12", 2)
    assert progress.disposition is Disposition.COUNTY


def test_a_promise_is_kept_or_moved() -> None:
    moved = event(K.PROMISE_CHECKED, "2026-11-30", way="未兑现", due_on="2026-12-31")
    assert derive((*LIFE, moved)).promised_on == "2026-12-31"
    kept = derive((*LIFE, moved, event(K.PROMISE_CHECKED, "2026-12-20", way=PROMISE_KEPT_WAY)))
    assert (kept.promised_on, kept.promise_kept_on, kept.state) == ("2026-12-31", "2026-12-20", State.CLOSED)


def test_merging_can_be_taken_back_and_moves_nothing() -> None:
    merged = (RAISED, HANDED, event(K.MERGED, "2026-09-06", main_id=9))
    assert (derive(merged).main_id, derive(merged).state) == (9, State.HANDLING)
    assert derive((*merged, event(K.UNMERGED, "2026-09-07", main_id=9))).main_id is None


def test_a_void_matter_stays_void() -> None:
    progress = derive((RAISED, event(K.VOIDED, "2026-09-02"), HANDED, event(K.RESTARTED, "2026-09-09")))
    assert (progress.state, progress.is_open, progress.handed_on) == (State.VOID, False, "")


def test_study_after_the_hand_over_does_not_take_it_back() -> None:
    progress = derive((RAISED, HANDED, event(K.STUDIED, "2026-09-05", text="补记拟办意见")))
    assert (progress.state, progress.proposal) == (State.HANDLING, "补记拟办意见")


@given(lives(), st.randoms(use_true_random=False))
def test_the_order_in_which_events_are_given_does_not_matter(events: tuple[Event, ...], random: Random) -> None:
    shuffled = list(events)
    random.shuffle(shuffled)
    assert derive(shuffled) == derive(events)


@given(lives())
def test_what_is_known_of_a_day_does_not_change_with_later_events(events: tuple[Event, ...]) -> None:
    days = sorted({each.on for each in events})
    for on in days:
        assert derive(events, on) == progress_on(events, on)
        day_after = (date.fromisoformat(on) + timedelta(days=1)).isoformat()
        if day_after not in days:
            assert derive(events, day_after) == derive(events, on)


@given(lives())
def test_openness_changes_only_by_the_five_flows(events: tuple[Event, ...]) -> None:
    was_open = False
    for happened, progress in unfold(events):
        if progress.is_open and not was_open:
            assert happened.kind in {EventKind.REGISTERED, EventKind.RESTARTED}
        if was_open and not progress.is_open:
            assert happened.kind in {EventKind.CLOSED, EventKind.REDIRECTED, EventKind.ENDED, EventKind.VOIDED}
        was_open = progress.is_open
        assert progress.is_open is (progress.state in OPEN_STATES)
