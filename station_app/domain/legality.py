"""Whether a history could have happened: each event allowed when it came. Corrections must not break what follows."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from station_app.domain.events import (
    EVENT_LABELS,
    ON_SPOT_WAY,
    Event,
    EventKind,
    Satisfaction,
    effective,
)
from station_app.domain.move_draft import EVENT_OF_MOVE, answering_problem
from station_app.domain.moves import Move, move_problem
from station_app.domain.progress import Progress, State
from station_app.domain.unfolding import take

MOVE_OF_EVENT: Final = {kind: move for move, kind in EVENT_OF_MOVE.items() if move is not Move.ANSWER_ON_SPOT}
"""The move that makes each kind of event."""
_FIXED: Final = frozenset({EventKind.REGISTERED, EventKind.PRINTED, EventKind.WITHDRAWN_EVENT})
"""Events that are not corrected: a wrong registration is void or corrected at the visit, a print has happened."""


def first_illegal(events: Iterable[Event]) -> Event | None:
    """Return the first standing event that was not allowed when it happened, or None."""
    progress = Progress()
    for event in effective(events):
        if not _allowed(progress, event):
            return event
        take(progress, event)
    return None


def correction_problem(events: Iterable[Event], amended: Event, amending: Event) -> str:
    """Return why an event cannot be corrected so, as a Chinese sentence; empty when it can.

    Args:
        events: all events of the matter.
        amended: the one that was mistaken.
        amending: what takes its place; a `WITHDRAWN_EVENT` strikes it out.
    """
    listed = list(events)
    if amended.kind in _FIXED:
        return f"“{EVENT_LABELS[amended.kind]}”不能这样更正。"
    if any(event.amends == amended.uid for event in listed):
        return "这一步已经更正过了，请更正更正后的那一步。"
    before = first_illegal(listed)
    after = first_illegal([*listed, replace(amending, amends=amended.uid, uid=amending.uid or "new")])
    if after is None or (before is not None and after.uid == before.uid):
        return ""
    return (
        f"这样更正以后，{after.on} 的“{EVENT_LABELS[after.kind]}”就不成立了，请先更正或撤回那一步。"
        if after.uid != (amending.uid or "new")
        else f"{after.on} 不能有“{EVENT_LABELS[after.kind]}”：{_why_not(progress_before(listed, after), after)}"
    )


def _why_not(progress: Progress, event: Event) -> str:
    if not progress.raised_on:
        return "日期早于登记。"
    return move_problem(progress, move_of(event)) or answering_problem(progress, event.unit)


def _allowed(progress: Progress, event: Event) -> bool:
    match event.kind:
        case EventKind.REGISTERED:
            return not progress.raised_on
        case EventKind.PRINTED:
            return True
        case EventKind.REHANDLED:
            return progress.state is State.FED_BACK and progress.satisfaction is Satisfaction.DISSATISFIED
        case EventKind.RATED if progress.state is State.CLOSED:
            return True  # an evaluation that comes after the closing
        case EventKind.ANSWERED if answering_problem(progress, event.unit):
            return False
        case _:
            return bool(progress.raised_on) and not move_problem(progress, move_of(event))


def move_of(event: Event) -> Move:
    """Return the move by which an event was recorded."""
    if event.kind is EventKind.ANSWERED and event.way == ON_SPOT_WAY:
        return Move.ANSWER_ON_SPOT
    return MOVE_OF_EVENT.get(event.kind, Move.CLOSE)


def progress_before(events: Iterable[Event], event: Event) -> Progress:
    """Return where a matter stood before an event, or before the place a new one would take on its day."""
    progress = Progress()
    for earlier in effective(events):
        if earlier.uid in {event.uid, event.amends} or earlier.on > event.on:
            break
        take(progress, earlier)
    return progress
