"""What each event does to an opinion: state and dates are derived from the events, never stored."""

from collections import deque
from collections.abc import Iterable, Iterator

from station_app.domain.events import (
    ON_SPOT_WAY,
    PROMISE_GIVEN_UP_WAY,
    PROMISE_KEPT_WAY,
    UNREACHABLE_WAY,
    Event,
    EventKind,
    effective,
)
from station_app.domain.progress import OPEN_STATES, Disposition, Progress, State
from station_app.domain.station import Tier


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
        if take(progress, event):
            yield event, progress


def take(progress: Progress, event: Event) -> bool:
    """Let one event happen to a matter and tell whether it took effect."""
    if not _takes_effect(progress.state, event.kind):
        return False
    if step := _STEPS.get(event.kind):
        step(progress, event)
    return True


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
    progress.separate = event.separate
    progress.waited_for = (event.unit, *event.separate) if event.separate else ()
    progress.county_assigned_on = ""
    progress.received_on = ""
    progress.interim_on = ""
    progress.rehandled_on = ""
    _new_limit(progress, event.due_on)
    _forget_answer(progress)  # of separate units, when one had answered and the lead unit gave it back


def _new_limit(progress: Progress, due_on: str) -> None:
    progress.extended_to = due_on
    progress.extensions = 0
    progress.extension_asked_on = ""
    progress.extension_wanted = ""


def _forget_hand_over(progress: Progress) -> None:
    progress.first_handed_on = ""
    progress.handed_on = ""
    progress.tier = None
    progress.unit_id = None
    progress.unit = ""
    progress.assisting = ()
    progress.separate = ()
    progress.waited_for = ()
    progress.county_assigned_on = ""
    progress.received_on = ""
    progress.returned_on = ""
    progress.rehandled_on = ""
    _new_limit(progress, "")


def _county_assigned(progress: Progress, event: Event) -> None:
    progress.county_assigned_on = event.on
    progress.unit_id = event.unit_id
    progress.unit = event.unit


def _returned(progress: Progress, event: Event) -> None:
    progress.state = State.RETURNED
    progress.returned_on = event.on
    progress.returns += 1


def _extension_asked(progress: Progress, event: Event) -> None:
    progress.extension_asked_on = event.on
    progress.extension_wanted = event.due_on


def _extended(progress: Progress, event: Event) -> None:
    extensions = progress.extensions + 1
    _new_limit(progress, event.due_on)
    progress.extensions = extensions


def _extension_refused(progress: Progress, _event: Event) -> None:
    progress.extension_asked_on = ""
    progress.extension_wanted = ""


def _urged(progress: Progress, event: Event) -> None:
    progress.urged_on = event.on
    progress.urged_count += 1


def _answered(progress: Progress, event: Event) -> None:
    progress.waited_for = tuple(unit for unit in progress.waited_for if unit != event.unit)
    if not progress.waited_for:
        progress.state = State.ANSWERED
    progress.extension_asked_on = ""
    progress.extension_wanted = ""
    progress.answered_on = event.on
    progress.answer_class = event.answer_class
    progress.answer = event.text
    progress.answered_by = event.unit or event.person
    progress.answer_phone = event.phone
    if event.due_on:  # what one of several units promised stands when the next answers without a promise
        progress.promised_on = event.due_on
        progress.promise = event.text
        _forget_promise_checks(progress)
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
    progress.waited_for = (progress.unit, *progress.separate) if progress.separate else ()
    _new_limit(progress, event.due_on)
    _forget_answer(progress)


def _forget_answer(progress: Progress) -> None:
    progress.answered_on = ""
    progress.answer_class = ""
    progress.answer = ""
    progress.answered_by = ""
    progress.answer_phone = ""
    progress.promise = ""
    progress.promised_on = ""
    _forget_promise_checks(progress)
    progress.fed_back_on = ""
    progress.unreachable = False
    progress.satisfaction = None
    progress.rated_on = ""


def _forget_promise_checks(progress: Progress) -> None:
    progress.promise_kept_on = ""
    progress.promise_given_up_on = ""
    progress.promise_delays = 0


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


def _interim(progress: Progress, event: Event) -> None:
    progress.interim_on = event.on


def _received(progress: Progress, event: Event) -> None:
    progress.received_on = event.on


def _merged(progress: Progress, event: Event) -> None:
    progress.main_id = event.main_id


def _unmerged(progress: Progress, _event: Event) -> None:
    progress.main_id = None


def _promise_checked(progress: Progress, event: Event) -> None:
    if event.way == PROMISE_KEPT_WAY:
        progress.promise_kept_on = event.on
    elif event.way == PROMISE_GIVEN_UP_WAY:
        progress.promise_given_up_on = event.on
    elif event.due_on:
        progress.promised_on = event.due_on
        progress.promise_delays += 1


def _marked_urgent(progress: Progress, _event: Event) -> None:
    progress.urgent = True


_STEPS = {
    EventKind.REGISTERED: _registered,
    EventKind.STUDIED: _studied,
    EventKind.HANDED_OVER: _handed_over,
    EventKind.COUNTY_ASSIGNED: _county_assigned,
    EventKind.RECEIVED: _received,
    EventKind.RETURNED: _returned,
    EventKind.EXTENSION_ASKED: _extension_asked,
    EventKind.EXTENSION_GRANTED: _extended,
    EventKind.EXTENSION_REFUSED: _extension_refused,
    EventKind.INTERIM: _interim,
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
