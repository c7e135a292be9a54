"""Corrections of a history: allowed while what follows still holds."""

import pytest

from station_app.domain.events import ON_SPOT_WAY, UNREACHABLE_WAY, Event, EventKind, Satisfaction
from station_app.domain.legality import correction_problem, first_illegal, progress_before
from station_app.domain.progress import State
from station_app.domain.station import Tier

K = EventKind


def history(*events: Event) -> list[Event]:
    return [
        Event(**{**{f: getattr(event, f) for f in Event.__slots__}, "uid": f"u{number}", "id": number})
        for number, event in enumerate(events, 1)
    ]


FOLLOWED = history(
    Event(K.REGISTERED, "2026-09-01"),
    Event(K.HANDED_OVER, "2026-09-02", tier=Tier.TOWNSHIP, unit="镇水务站"),
    Event(K.ANSWERED, "2026-09-10", answer_class="A", unit="镇水务站"),
    Event(K.FED_BACK, "2026-09-11", way="电话"),
    Event(K.RATED, "2026-09-12", satisfaction=Satisfaction.SATISFIED),
    Event(K.CLOSED, "2026-09-12"),
)
SPOT = history(
    Event(K.REGISTERED, "2026-09-01"),
    Event(K.ANSWERED, "2026-09-01", way=ON_SPOT_WAY),
    Event(K.FED_BACK, "2026-09-01", way="当面"),
    Event(K.CLOSED, "2026-09-01"),
)
UNREACHED = history(*FOLLOWED[:3], Event(K.FED_BACK, "2026-09-11", way=UNREACHABLE_WAY), Event(K.CLOSED, "2026-09-11"))
AGAIN = history(
    *FOLLOWED[:4],
    Event(K.RATED, "2026-09-12", satisfaction=Satisfaction.DISSATISFIED),
    Event(K.REHANDLED, "2026-09-12"),
)


@pytest.mark.parametrize("events", [FOLLOWED, SPOT, UNREACHED, AGAIN])
def test_a_history_that_could_have_happened_is_legal(events: list[Event]) -> None:
    assert first_illegal(events) is None


@pytest.mark.parametrize("left_out", range(3))
def test_a_history_with_a_step_left_out_is_not(left_out: int) -> None:
    assert first_illegal([event for place, event in enumerate(FOLLOWED) if place != left_out]) is not None


def test_a_date_is_corrected_while_the_order_holds() -> None:
    answered = FOLLOWED[2]
    assert (
        correction_problem(FOLLOWED, answered, Event(K.ANSWERED, "2026-09-08", answer_class="B", unit="镇水务站")) == ""
    )
    late = correction_problem(FOLLOWED, answered, Event(K.ANSWERED, "2026-09-20", answer_class="A", unit="镇水务站"))
    assert "“反馈”就不成立了" in late


def test_a_step_is_struck_out_only_when_nothing_stands_on_it() -> None:
    assert correction_problem(FOLLOWED, FOLLOWED[5], Event(K.WITHDRAWN_EVENT, "2026-09-12")) == ""
    assert "2026-09-11 的“反馈”" in correction_problem(FOLLOWED, FOLLOWED[2], Event(K.WITHDRAWN_EVENT, "2026-09-10"))
    assert "不能这样更正" in correction_problem(FOLLOWED, FOLLOWED[0], Event(K.WITHDRAWN_EVENT, "2026-09-01"))


def test_a_corrected_step_is_corrected_again_at_its_correction() -> None:
    amending = Event(K.ANSWERED, "2026-09-08", uid="u9", id=9, amends="u3", answer_class="B", unit="镇水务站")
    corrected = [*FOLLOWED, amending]
    assert "已经更正过了" in correction_problem(corrected, FOLLOWED[2], Event(K.ANSWERED, "2026-09-07"))
    assert correction_problem(corrected, amending, Event(K.ANSWERED, "2026-09-07", unit="镇水务站")) == ""


def test_where_a_matter_stood_before_a_step() -> None:
    assert progress_before(FOLLOWED, FOLLOWED[2]).state is State.HANDLING
    assert progress_before(FOLLOWED, FOLLOWED[1]).state is State.REGISTERED
