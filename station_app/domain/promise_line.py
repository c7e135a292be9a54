"""One row of the promise ledger (承诺事项台账): what was promised in an answer, until when, and what became of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from station_app.domain.events import PROMISE_GIVEN_UP_WAY, PROMISE_KEPT_WAY, Event, EventKind
from station_app.domain.opinion import Case
from station_app.domain.progress import State
from station_app.domain.unfolding import unfold


class PromiseState(StrEnum):
    """What became of a promise."""

    OPEN = "open"
    DELAYED = "delayed"
    KEPT = "kept"
    GIVEN_UP = "given_up"
    REPLACED = "replaced"


PROMISE_STATE_LABELS = {
    PromiseState.OPEN: "待兑现",
    PromiseState.DELAYED: "已顺延",
    PromiseState.KEPT: "已兑现",
    PromiseState.GIVEN_UP: "无法兑现",
    PromiseState.REPLACED: "不再跟踪",
}
OPEN_PROMISES = frozenset({PromiseState.OPEN, PromiseState.DELAYED})


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise on one row. Dates are ISO text.

    Args:
        case: the matter it was promised in.
        index: 序号 from 1.
        unit: who promised.
        answer_class: of the answer that holds it.
        words: the answer.
        given_on: the day of the answer.
        first_due_on: the day promised at first.
        due_on: the day promised now.
        delays: how often it was put off.
        checked_on / checked: the last check: its day, and what was found.
        why: why it is not followed any more, where it is not.
        overdue_days: days since ``due_on`` while it is open, else 0.
    """

    case: Case
    unit: str
    answer_class: str
    words: str
    given_on: str
    first_due_on: str
    due_on: str
    index: int = 0
    delays: int = 0
    checked_on: str = ""
    checked: str = ""
    state: PromiseState = PromiseState.OPEN
    why: str = ""
    overdue_days: int = 0


def promise_lines(cases: Iterable[Case], from_on: str, to_on: str, today: date) -> list[PromiseLine]:
    """Return the promises whose day, as promised at first or now, lies between two ISO dates; the next due first.

    Args:
        cases: any matters; void ones are passed over.
    """
    found = [
        line
        for case in cases
        if case.progress.state is not State.VOID
        for line in _promises(case)
        if from_on <= line.due_on <= to_on or from_on <= line.first_due_on <= to_on
    ]
    found.sort(key=lambda line: (line.due_on, line.case.number))
    return [replace(line, index=index, overdue_days=_overdue_days(line, today)) for index, line in enumerate(found, 1)]


def _promises(case: Case) -> Iterator[PromiseLine]:
    """Yield the promises of a matter, the earliest first."""
    standing: list[PromiseLine] = []
    for event, progress in unfold(case.events):
        if event.kind is EventKind.ANSWERED:
            # Each unit of separate handling answers for itself; otherwise a new answer takes the old one's place.
            standing = [
                line if progress.separate and line.unit != event.unit else _dropped(line, "已有新的答复")
                for line in standing
            ]
            if event.due_on:
                standing.append(_promise(case, event))
        elif event.kind is EventKind.PROMISE_CHECKED and standing:
            standing[-1] = _checked(standing[-1], event)
        elif event.kind in _WHY_DROPPED:
            standing = [_dropped(line, _WHY_DROPPED[event.kind]) for line in standing]
    yield from standing


_WHY_DROPPED = {
    EventKind.REHANDLED: "已重新办理",
    EventKind.RESTARTED: "已重新启动",
    EventKind.ENDED: "已终止",
}


def _promise(case: Case, event: Event) -> PromiseLine:
    return PromiseLine(
        case=case,
        unit=event.unit or event.person,
        answer_class=event.answer_class,
        words=event.text,
        given_on=event.on,
        first_due_on=event.due_on,
        due_on=event.due_on,
    )


def _checked(line: PromiseLine, event: Event) -> PromiseLine:
    told = "：".join(part for part in (event.way, event.text) if part)
    line = replace(line, checked_on=event.on, checked=told)
    if event.way == PROMISE_KEPT_WAY:
        return replace(line, state=PromiseState.KEPT)
    if event.way == PROMISE_GIVEN_UP_WAY:
        return replace(line, state=PromiseState.GIVEN_UP)
    if event.due_on:
        return replace(line, state=PromiseState.DELAYED, due_on=event.due_on, delays=line.delays + 1)
    return line


def _dropped(line: PromiseLine, why: str) -> PromiseLine:
    return replace(line, state=PromiseState.REPLACED, why=why) if line.state in OPEN_PROMISES else line


def _overdue_days(line: PromiseLine, today: date) -> int:
    if line.state not in OPEN_PROMISES:
        return 0
    return max(0, (today - date.fromisoformat(line.due_on)).days)
