"""Where an opinion stands: one function derives state and dates from the events."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from station_app.domain.events import (
    ON_SPOT_WAY,
    PROMISE_KEPT_WAY,
    UNREACHABLE_WAY,
    Event,
    EventKind,
    Satisfaction,
    effective,
)
from station_app.domain.station import StationProfile, Tier


class Disposition(StrEnum):
    """How a matter is dealt with (处理方式)."""

    ON_SPOT = "on_spot"
    VILLAGE = "village"
    TOWNSHIP = "township"
    COUNTY = "county"
    SUGGESTION = "suggestion"
    REDIRECTED = "redirected"
    STUDYING = "studying"


def disposition_labels(profile: StationProfile | None = None) -> dict[Disposition, str]:
    """Return the label of each disposition in the words of a station; those of a town in a county without one."""
    tier, county = (profile.tier_word, profile.county_word) if profile else ("镇级", "县")
    return {
        Disposition.ON_SPOT: "当场答复",
        Disposition.VILLAGE: "村(居)办理",
        Disposition.TOWNSHIP: f"{tier}交办",
        Disposition.COUNTY: f"报{county}人大(转办)",
        Disposition.SUGGESTION: "转为代表建议",
        Disposition.REDIRECTED: "不属受理范围(引导)",
        Disposition.STUDYING: "正在研究",
    }


class State(StrEnum):
    """Where an opinion stands; always derived, never stored as truth."""

    REGISTERED = "registered"
    STUDIED = "studied"
    HANDLING = "handling"
    RETURNED = "returned"
    ANSWERED = "answered"
    FED_BACK = "fed_back"
    CLOSED = "closed"
    REDIRECTED = "redirected"
    ENDED = "ended"
    VOID = "void"


STATE_LABELS = {
    State.REGISTERED: "待研究",
    State.STUDIED: "待交办",
    State.HANDLING: "办理中",
    State.RETURNED: "退回待重办",
    State.ANSWERED: "待反馈",
    State.FED_BACK: "待评价",
    State.CLOSED: "办结",
    State.REDIRECTED: "办结(引导)",
    State.ENDED: "终止",
    State.VOID: "作废",
}

OPEN_STATES = frozenset(
    {State.REGISTERED, State.STUDIED, State.HANDLING, State.RETURNED, State.ANSWERED, State.FED_BACK}
)
"""在办: neither closed, redirected, ended nor void."""


@dataclass(slots=True)
class Progress:
    """Everything the events say about an opinion up to some day. Dates are ISO text, empty when not yet.

    Filled by `derive` only; a plain mutable class because ledgers of 100,000 opinions build as many of these.
    """

    state: State = State.REGISTERED
    disposition: Disposition = Disposition.STUDYING
    round: int = 1
    raised_on: str = ""
    studied_on: str = ""
    proposal: str = ""
    approval: str = ""
    approver: str = ""
    first_handed_on: str = ""
    handed_on: str = ""
    handed_count: int = 0
    tier: Tier | None = None
    unit_id: int | None = None
    unit: str = ""
    assisting: tuple[str, ...] = ()
    county_assigned_on: str = ""
    received_on: str = ""
    returned_on: str = ""
    extended_to: str = ""
    extensions: int = 0
    rehandled_on: str = ""
    urged_on: str = ""
    urged_count: int = 0
    answered_on: str = ""
    answer_class: str = ""
    answer: str = ""
    answered_by: str = ""
    answer_phone: str = ""
    promise: str = ""
    promised_on: str = ""
    promise_kept_on: str = ""
    fed_back_on: str = ""
    unreachable: bool = False
    satisfaction: Satisfaction | None = None
    rated_on: str = ""
    closed_on: str = ""
    route: str = ""
    redirected_on: str = ""
    ended_on: str = ""
    end_reason: str = ""
    restarted_on: tuple[str, ...] = ()
    closings: tuple[str, ...] = ()
    main_id: int | None = None
    urgent: bool = False

    @property
    def is_open(self) -> bool:
        """Whether the matter is 在办: raised by then, and neither closed, redirected, ended nor void."""
        return bool(self.raised_on) and self.state in OPEN_STATES


def unfold(events: Iterable[Event], until: str = "") -> Iterator[tuple[Event, Progress]]:
    """Yield each event that took effect with the progress after it; the same object grows from event to event.

    Args:
        events: all events of one opinion, in any order.
        until: ISO date; later events are left out. Empty for all.

    What is closed, redirected or ended moves only by a restart, what is open cannot be restarted, and a void matter
    stays void: events that come too late for their state (a closing entered twice) change nothing.
    """
    progress = Progress()
    for event in effective(events):
        if progress.state is State.VOID or (until and event.on > until):
            return
        if _takes_effect(progress.state, event.kind):
            if step := _STEPS.get(event.kind):
                step(progress, event)
            yield event, progress


def derive(events: Iterable[Event], until: str = "") -> Progress:
    """Derive where an opinion stands from its events.

    Args:
        events: all events of one opinion, in any order.
        until: ISO date; later events are left out. Empty for all.

    Returns:
        The progress as of the end of that day; without ``raised_on`` when the matter was not raised by then.
    """
    last = deque(unfold(events, until), maxlen=1)
    return last[0][1] if last else Progress()


_CLOSED_MOVE_BY = frozenset({EventKind.RESTARTED, EventKind.VOIDED})
_OPEN_MOVE_BY = frozenset(set(EventKind) - {EventKind.RESTARTED})
_NOTES = frozenset(
    {
        EventKind.REGISTERED,
        EventKind.RATED,
        EventKind.MERGED,
        EventKind.UNMERGED,
        EventKind.PROMISE_CHECKED,
        EventKind.PRINTED,
    }
)
"""Events that move no state: allowed after the closing too (a late evaluation, a promise looked after)."""


def _takes_effect(state: State, kind: EventKind) -> bool:
    return kind in _NOTES or kind in (_OPEN_MOVE_BY if state in OPEN_STATES else _CLOSED_MOVE_BY)


_TIER_DISPOSITIONS = {
    Tier.VILLAGE: Disposition.VILLAGE,
    Tier.TOWNSHIP: Disposition.TOWNSHIP,
    Tier.COUNTY: Disposition.COUNTY,
    Tier.SUGGESTION: Disposition.SUGGESTION,
}


def _registered(progress: Progress, event: Event) -> None:
    progress.raised_on = event.on


def _studied(progress: Progress, event: Event) -> None:
    if progress.state in {State.REGISTERED, State.RETURNED}:
        progress.state = State.STUDIED
    progress.studied_on = event.on
    progress.proposal = event.text
    progress.approval = event.decision
    progress.approver = event.person


def _handed_over(progress: Progress, event: Event) -> None:
    tier = event.tier or Tier.TOWNSHIP
    progress.state = State.HANDLING
    progress.disposition = _TIER_DISPOSITIONS[tier]
    progress.first_handed_on = progress.first_handed_on or event.on
    progress.handed_on = event.on
    progress.handed_count += 1
    progress.tier = tier
    progress.unit_id = event.unit_id
    progress.unit = event.unit
    progress.assisting = event.assisting
    progress.county_assigned_on = ""
    progress.received_on = ""
    progress.rehandled_on = ""
    progress.extended_to = event.due_on
    progress.extensions = 0


def _forget_hand_over(progress: Progress) -> None:
    progress.first_handed_on = ""
    progress.handed_on = ""
    progress.tier = None
    progress.unit_id = None
    progress.unit = ""
    progress.assisting = ()
    progress.county_assigned_on = ""
    progress.received_on = ""
    progress.returned_on = ""
    progress.rehandled_on = ""
    progress.extended_to = ""
    progress.extensions = 0


def _county_assigned(progress: Progress, event: Event) -> None:
    progress.county_assigned_on = event.on
    progress.unit_id = event.unit_id
    progress.unit = event.unit


def _returned(progress: Progress, event: Event) -> None:
    progress.state = State.RETURNED
    progress.returned_on = event.on


def _extended(progress: Progress, event: Event) -> None:
    progress.extended_to = event.due_on
    progress.extensions += 1


def _urged(progress: Progress, event: Event) -> None:
    progress.urged_on = event.on
    progress.urged_count += 1


def _answered(progress: Progress, event: Event) -> None:
    progress.state = State.ANSWERED
    progress.answered_on = event.on
    progress.answer_class = event.answer_class
    progress.answer = event.text
    progress.answered_by = event.unit or event.person
    progress.answer_phone = event.phone
    progress.promised_on = event.due_on
    progress.promise = event.text if event.due_on else ""
    progress.promise_kept_on = ""
    if event.way == ON_SPOT_WAY:
        progress.disposition = Disposition.ON_SPOT


def _fed_back(progress: Progress, event: Event) -> None:
    progress.state = State.FED_BACK
    progress.fed_back_on = event.on
    progress.unreachable = event.way == UNREACHABLE_WAY


def _rated(progress: Progress, event: Event) -> None:
    progress.satisfaction = event.satisfaction
    progress.rated_on = event.on


def _rehandled(progress: Progress, event: Event) -> None:
    progress.state = State.HANDLING
    progress.round += 1
    progress.rehandled_on = event.on
    progress.extended_to = event.due_on
    progress.extensions = 0
    _forget_answer(progress)


def _forget_answer(progress: Progress) -> None:
    progress.answered_on = ""
    progress.answer_class = ""
    progress.answer = ""
    progress.answered_by = ""
    progress.answer_phone = ""
    progress.promise = ""
    progress.promised_on = ""
    progress.promise_kept_on = ""
    progress.fed_back_on = ""
    progress.unreachable = False
    progress.satisfaction = None
    progress.rated_on = ""


def _closed(progress: Progress, event: Event) -> None:
    progress.state = State.CLOSED
    progress.closed_on = event.on
    progress.closings = (*progress.closings, event.on)


def _redirected(progress: Progress, event: Event) -> None:
    progress.state = State.REDIRECTED
    progress.disposition = Disposition.REDIRECTED
    progress.redirected_on = event.on
    progress.closed_on = event.on
    progress.route = event.route


def _ended(progress: Progress, event: Event) -> None:
    progress.state = State.ENDED
    progress.ended_on = event.on
    progress.end_reason = event.text


def _restarted(progress: Progress, event: Event) -> None:
    progress.state = State.STUDIED
    progress.restarted_on = (*progress.restarted_on, event.on)
    progress.closed_on = ""
    progress.redirected_on = ""
    progress.route = ""
    progress.ended_on = ""
    progress.end_reason = ""
    progress.disposition = Disposition.STUDYING
    _forget_hand_over(progress)
    _forget_answer(progress)


def _voided(progress: Progress, _event: Event) -> None:
    progress.state = State.VOID


def _received(progress: Progress, event: Event) -> None:
    progress.received_on = event.on


def _merged(progress: Progress, event: Event) -> None:
    progress.main_id = event.main_id


def _unmerged(progress: Progress, _event: Event) -> None:
    progress.main_id = None


def _promise_checked(progress: Progress, event: Event) -> None:
    if event.way == PROMISE_KEPT_WAY:
        progress.promise_kept_on = event.on
    elif event.due_on:
        progress.promised_on = event.due_on


def _marked_urgent(progress: Progress, _event: Event) -> None:
    progress.urgent = True


_STEPS = {
    EventKind.REGISTERED: _registered,
    EventKind.STUDIED: _studied,
    EventKind.HANDED_OVER: _handed_over,
    EventKind.COUNTY_ASSIGNED: _county_assigned,
    EventKind.RECEIVED: _received,
    EventKind.RETURNED: _returned,
    EventKind.EXTENSION_GRANTED: _extended,
    EventKind.URGED: _urged,
    EventKind.SUPERVISED: _urged,
    EventKind.INQUIRED: _urged,
    EventKind.ANSWERED: _answered,
    EventKind.FED_BACK: _fed_back,
    EventKind.RATED: _rated,
    EventKind.REHANDLED: _rehandled,
    EventKind.CLOSED: _closed,
    EventKind.REDIRECTED: _redirected,
    EventKind.ENDED: _ended,
    EventKind.RESTARTED: _restarted,
    EventKind.VOIDED: _voided,
    EventKind.MERGED: _merged,
    EventKind.UNMERGED: _unmerged,
    EventKind.MARKED_URGENT: _marked_urgent,
    EventKind.PROMISE_CHECKED: _promise_checked,
}
"""What each kind of event does; the others are notes on the timeline that move nothing."""
