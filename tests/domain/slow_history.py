"""Where a matter stands, said slowly and plainly from the rules of the work: a second opinion for the tests.

Nothing here is shared with `unfolding`, `moves` or `deadlines`: each question looks backwards through what happened.
"""

from collections.abc import Sequence
from datetime import date, timedelta

import chinese_calendar

from station_app.domain.events import Event, EventKind, Satisfaction
from station_app.domain.progress import Disposition, State
from station_app.domain.station import Tier

K = EventKind
History = Sequence[Event]

_STATE_AFTER = {
    K.REGISTERED: State.REGISTERED,
    K.STUDIED: State.STUDIED,
    K.HANDED_OVER: State.HANDLING,
    K.RETURNED: State.RETURNED,
    K.ANSWERED: State.ANSWERED,
    K.FED_BACK: State.FED_BACK,
    K.REHANDLED: State.HANDLING,
    K.CLOSED: State.CLOSED,
    K.REDIRECTED: State.REDIRECTED,
    K.ENDED: State.ENDED,
    K.RESTARTED: State.STUDIED,
    K.VOIDED: State.VOID,
}
_OPEN = {State.REGISTERED, State.STUDIED, State.HANDLING, State.RETURNED, State.ANSWERED, State.FED_BACK}


def since(history: History, *kinds: EventKind) -> History:
    """Return what happened from the last event of these kinds on, that one first; everything when there was none."""
    for place in reversed(range(len(history))):
        if history[place].kind in kinds:
            return history[place:]
    return history


def last(history: History, *kinds: EventKind) -> Event | None:
    """Return the last event of these kinds."""
    return next((event for event in reversed(history) if event.kind in kinds), None)


def day_of(event: Event | None) -> str:
    """Return the day of an event, or empty text."""
    return event.on if event else ""


def this_life(history: History) -> History:
    """Return what happened since the last restart: before it everything begins anew."""
    return since(history, K.RESTARTED)


def this_round(history: History) -> History:
    """Return what happened since the matter was last given to somebody."""
    return since(this_life(history), K.HANDED_OVER, K.REHANDLED)


def hand_over(history: History) -> Event | None:
    """Return the hand-over that counts now."""
    return last(this_life(history), K.HANDED_OVER)


def still_waited_for(history: History) -> list[str]:
    """Return the units of separate handling that have not answered in this round."""
    given = hand_over(history)
    if given is None or not given.separate:
        return []
    answered = {event.unit for event in this_round(history) if event.kind is K.ANSWERED}
    return [unit for unit in (given.unit, *given.separate) if unit not in answered]


def state(history: History) -> State:
    """Return the state: what the last event that moves a matter left it in."""
    if last(history, K.VOIDED):
        return State.VOID
    turning = last(history, *_STATE_AFTER)
    assert turning is not None
    if turning.kind is K.ANSWERED and still_waited_for(history):
        return State.HANDLING
    return _STATE_AFTER[turning.kind]


def asked(history: History) -> Event | None:
    """Return the request for an extension that waits for its decision."""
    if hand_over(history) is None:
        return None
    deciding = last(this_round(history), K.EXTENSION_ASKED, K.EXTENSION_GRANTED, K.EXTENSION_REFUSED, K.ANSWERED)
    return deciding if deciding and deciding.kind is K.EXTENSION_ASKED else None


def promise(history: History) -> tuple[str, str, str, int]:
    """Return the date promised in this round's answers, the days it was kept and given up, and how often it was put off."""
    given = next((e for e in reversed(this_round(history)) if e.kind is K.ANSWERED and e.due_on), None)
    if given is None:
        return "", "", "", 0
    checks = [event for event in history[list(history).index(given) :] if event.kind is K.PROMISE_CHECKED]
    delays = [event for event in checks if event.way == "尚未兑现"]
    kept = [event for event in checks if event.way == "已兑现"]
    given_up = [event for event in checks if event.way == "无法兑现"]
    until = delays[-1].due_on if delays else given.due_on
    return until, day_of(kept[-1] if kept else None), day_of(given_up[-1] if given_up else None), len(delays)


def disposition(history: History) -> Disposition:
    """Return how the matter is dealt with."""
    for event in reversed(history):
        if event.kind is K.HANDED_OVER:
            return Disposition(event.tier or Tier.TOWNSHIP)
        if event.kind is K.ANSWERED and event.way == "当场答复":
            return Disposition.ON_SPOT
        if event.kind is K.REDIRECTED:
            return Disposition.REDIRECTED
        if event.kind is K.RESTARTED:
            break
    return Disposition.STUDYING


def facts(history: History) -> dict[str, object]:
    """Return everything the program derives, under the names of `Progress`."""
    life, given, doing = this_life(history), hand_over(history), this_round(history)
    kinds = [event.kind for event in history]
    handed = since(life, K.HANDED_OVER) if given else []
    answer = last(doing, K.ANSWERED)
    extension = last(doing, K.EXTENSION_GRANTED) if given else None
    fed_back, rated = last(doing, K.FED_BACK), last(doing, K.RATED)
    first = next((event for event in life if event.kind is K.HANDED_OVER), None)
    agreed = doing[0].due_on if doing[0].kind is K.HANDED_OVER else ""
    promised_on, kept_on, given_up_on, delays = promise(history)
    merged = last(history, K.MERGED, K.UNMERGED)
    urged = last(history, K.URGED, K.SUPERVISED, K.INQUIRED)
    return {
        "state": state(history),
        "disposition": disposition(history),
        "round": 1 + kinds.count(K.REHANDLED),
        "raised_on": history[0].on,
        "studied_on": day_of(last(history, K.STUDIED)),
        "tier": given.tier if given else None,
        "first_handed_on": day_of(first),
        "handed_on": day_of(given),
        "handed_count": kinds.count(K.HANDED_OVER),
        "waited_for": tuple(still_waited_for(history)),
        "received_on": day_of(last(handed, K.RECEIVED)),
        "county_assigned_on": day_of(last(handed, K.COUNTY_ASSIGNED)),
        "returned_on": day_of(last(life, K.RETURNED)),
        "returns": kinds.count(K.RETURNED),
        "extension_asked_on": day_of(asked(history)),
        "extended_to": extension.due_on if extension else agreed,
        "extensions": [event.kind for event in doing].count(K.EXTENSION_GRANTED) if given else 0,
        "rehandled_on": doing[0].on if doing[0].kind is K.REHANDLED else "",
        "urged_on": day_of(urged),
        "urged_count": sum(kinds.count(kind) for kind in (K.URGED, K.SUPERVISED, K.INQUIRED)),
        "answered_on": day_of(answer),
        "answer": answer.text if answer else "",
        "answer_class": answer.answer_class if answer else "",
        "promised_on": promised_on,
        "promise_kept_on": kept_on,
        "promise_given_up_on": given_up_on,
        "promise_delays": delays,
        "fed_back_on": day_of(fed_back),
        "unreachable": bool(fed_back and fed_back.way == "无法联系"),
        "satisfaction": rated.satisfaction if rated else None,
        "rated_on": day_of(rated),
        "closed_on": day_of(last(life, K.CLOSED, K.REDIRECTED)),
        "redirected_on": day_of(last(life, K.REDIRECTED)),
        "ended_on": day_of(last(life, K.ENDED)),
        "restarted_on": tuple(event.on for event in history if event.kind is K.RESTARTED),
        "closings": tuple(event.on for event in history if event.kind is K.CLOSED),
        "main_id": merged.main_id if merged and merged.kind is K.MERGED else None,
        "urgent": K.MARKED_URGENT in kinds,
    }


_NOT_GIVEN = {State.REGISTERED, State.STUDIED, State.RETURNED}
_MAY_IN = {
    K.STUDIED: _NOT_GIVEN,
    K.HANDED_OVER: _NOT_GIVEN,
    K.ANSWERED: {State.HANDLING},
    K.RECEIVED: {State.HANDLING},
    K.RETURNED: {State.HANDLING},
    K.INTERIM: {State.HANDLING},
    K.COUNTY_ASSIGNED: {State.HANDLING},
    K.INQUIRED: {State.HANDLING},
    K.URGED: {State.HANDLING},
    K.SUPERVISED: {State.HANDLING},
    K.EXTENSION_ASKED: {State.HANDLING},
    K.EXTENSION_GRANTED: {State.HANDLING},
    K.EXTENSION_REFUSED: {State.HANDLING},
    K.FED_BACK: {State.ANSWERED},
    K.RATED: {State.FED_BACK, State.CLOSED},  # an evaluation may have come after the closing
    K.CLOSED: {State.FED_BACK},
    K.REHANDLED: {State.FED_BACK},
    K.REDIRECTED: {*_NOT_GIVEN, State.HANDLING},
    K.ENDED: _OPEN,
    K.VOIDED: set(State) - {State.VOID},
    K.RESTARTED: {State.CLOSED, State.REDIRECTED, State.ENDED},
    K.MERGED: _OPEN,
    K.UNMERGED: set(State) - {State.VOID},
    K.MARKED_URGENT: _OPEN - {State.FED_BACK},
    K.PROMISE_CHECKED: set(State) - {State.VOID, State.ENDED},
}
"""The states in which each event may happen; 当场答复 has its own."""


def may(history: History, event: Event) -> bool:
    """Tell whether an event may come next, by the picture of the states and the words of the rules."""
    on_spot = event.kind is K.ANSWERED and event.way == "当场答复"
    states = {State.REGISTERED, State.STUDIED} if on_spot else _MAY_IN.get(event.kind, set())
    return state(history) in states and (on_spot or _fits(history, event))


def _fits(history: History, event: Event) -> bool:
    """Tell whether an event has what it needs besides the state."""
    given = hand_over(history)
    county = given is not None and given.tier is Tier.COUNTY
    rated = last(this_round(history), K.RATED)
    discontent = rated is not None and rated.satisfaction is Satisfaction.DISSATISFIED
    merged = last(history, K.MERGED, K.UNMERGED)
    is_merged = merged is not None and merged.kind is K.MERGED
    promised_on, kept_on, given_up_on, _delays = promise(history)
    waited_for = still_waited_for(history)
    needs = {
        K.ANSWERED: not waited_for or event.unit in waited_for,
        K.RECEIVED: last(since(this_life(history), K.HANDED_OVER), K.RECEIVED) is None,
        K.COUNTY_ASSIGNED: county,
        K.INQUIRED: county,
        K.URGED: not county,
        K.SUPERVISED: not county,
        K.EXTENSION_ASKED: not county and asked(history) is None,
        K.EXTENSION_GRANTED: asked(history) is not None,
        K.EXTENSION_REFUSED: asked(history) is not None,
        K.CLOSED: not discontent,
        K.REHANDLED: discontent,
        K.MERGED: not is_merged,
        K.UNMERGED: is_merged,
        K.MARKED_URGENT: K.MARKED_URGENT not in [one.kind for one in history],
        K.PROMISE_CHECKED: bool(promised_on) and not kept_on and not given_up_on,
    }
    return needs.get(event.kind, True)


def could_have_happened(history: History) -> bool:
    """Tell whether each event was allowed when it came, the registration first and only once."""
    if not history or history[0].kind is not K.REGISTERED:
        return False
    return all(may(history[:place], event) for place, event in enumerate(history) if place)


def clock(history: History) -> tuple[str, bool] | None:
    """Return the day until which the next thing is to be done, and whether a unit is bound by it; None without one.

    With the usual limits: 5 working days for the hand-over and the feedback, the same day when urgent, 15 working days
    for the evaluation, 1 month for the answer, 3 for the county and for a deputies' suggestion (never beyond 6).
    """
    now, given, doing = state(history), hand_over(history), this_round(history)
    facts_now = facts(history)
    if now in {State.REGISTERED, State.STUDIED, State.RETURNED}:
        start = last(history, K.REGISTERED, K.RETURNED, K.RESTARTED)
        assert start is not None
        return (start.on if facts_now["urgent"] else working_days(start.on, 5)), False
    if now is State.HANDLING and given is not None:
        again = doing[0].kind is K.REHANDLED
        usual = 1 if again or given.tier in {Tier.VILLAGE, Tier.TOWNSHIP} else 3
        due = str(facts_now["extended_to"]) or months(doing[0].on, usual)
        if given.tier is Tier.SUGGESTION and not again:
            due = min(due, months(str(facts_now["first_handed_on"]), 6))
        return due, given.tier is not Tier.COUNTY
    if now is State.ANSWERED:
        return working_days(str(facts_now["answered_on"]), 5), False
    if now is State.FED_BACK and not facts_now["rated_on"]:
        return working_days(str(facts_now["fed_back_on"]), 15), False
    return None


def working_days(start: str, count: int) -> str:
    """Return the ``count``-th working day after an ISO date, day by day."""
    day = date.fromisoformat(start)
    while count:
        day += timedelta(days=1)
        try:
            count -= chinese_calendar.is_workday(day)
        except NotImplementedError:  # nobody has decreed that year yet
            count -= day.isoweekday() < 6
    return day.isoformat()


def months(start: str, count: int) -> str:
    """Return the same day some months later, or the last of that month."""
    year, month, day = (int(part) for part in start.split("-"))
    month += count
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    while True:
        try:
            return date(year, month, day).isoformat()
        except ValueError:
            day -= 1
