"""What happened to a matter on which day: the ground of all figures."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from station_app.domain.calendars import WorkCalendar
from station_app.domain.deadlines import answer_due
from station_app.domain.events import Event, EventKind, Satisfaction
from station_app.domain.limits import Limits
from station_app.domain.opinion import Case
from station_app.domain.progress import OPEN_STATES, Progress, State
from station_app.domain.station import Tier
from station_app.domain.unfolding import derive, unfold


class Flow(StrEnum):
    """What makes a matter enter or leave 在办."""

    RECEIVED = "received"
    RESTARTED = "restarted"
    REDIRECTED = "redirected"
    ENDED = "ended"
    CLOSED = "closed"


_FLOWS = {
    EventKind.RESTARTED: Flow.RESTARTED,
    EventKind.REDIRECTED: Flow.REDIRECTED,
    EventKind.ENDED: Flow.ENDED,
    EventKind.CLOSED: Flow.CLOSED,
}


class Work(StrEnum):
    """Work done on matters (工作量), counted by the day it was done."""

    HANDED = "handed"
    SENT_UP = "sent_up"
    URGED = "urged"
    INQUIRED = "inquired"
    ANSWERED = "answered"
    FED_BACK = "fed_back"
    RATED = "rated"


_WORK = {
    EventKind.URGED: Work.URGED,
    EventKind.SUPERVISED: Work.URGED,
    EventKind.INQUIRED: Work.INQUIRED,
    EventKind.ANSWERED: Work.ANSWERED,
    EventKind.FED_BACK: Work.FED_BACK,
}


@dataclass(slots=True)
class Answer:
    """An answer: the date it was bound to (empty when no unit was bound), and the day it was fed back.

    Args:
        promised: whether a date was promised in it.
    """

    on: str
    due_on: str
    promised: bool = False
    fed_back_on: str = ""


@dataclass(slots=True)
class History:
    """The life of a matter by days.

    Args:
        final: where it stands after all its events.
        last_on: day of the last event.
        turns: (day, state) after each event that moved it.
        flows: (flow, day) in order; `Flow.RECEIVED` once, on the day raised.
        work: (work, day, lead unit).
        ratings: (day, satisfaction) of evaluations given; 未评价 is none.
    """

    case: Case
    raised_on: str = ""
    final: Progress = field(default_factory=Progress)
    last_on: str = ""
    turns: list[tuple[str, State]] = field(default_factory=list)
    flows: list[tuple[Flow, str]] = field(default_factory=list)
    work: list[tuple[Work, str, str]] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    ratings: list[tuple[str, Satisfaction]] = field(default_factory=list)

    def state_on(self, day: str) -> State | None:
        """Return the state at the end of ``day`` (ISO date), or None before the matter was raised."""
        if not self.raised_on or day < self.raised_on:
            return None
        if self.last_on <= day:
            return self.final.state
        return next((state for on, state in reversed(self.turns) if on <= day), State.REGISTERED)

    def open_on(self, day: str) -> bool:
        """Tell whether the matter was 在办 at the end of ``day``."""
        return self.state_on(day) in OPEN_STATES

    def progress_on(self, day: str) -> Progress:
        """Return the whole progress at the end of ``day``."""
        return self.final if self.last_on <= day else derive(self.case.events, day)


def histories(cases: Iterable[Case], limits: Limits, calendar: WorkCalendar) -> list[History]:
    """Return the histories of all matters but void ones, which count nowhere."""
    lives = (_history(case, limits, calendar) for case in cases)
    return [life for life in lives if life.raised_on and life.final.state is not State.VOID]


def _history(case: Case, limits: Limits, calendar: WorkCalendar) -> History:
    history = History(case)
    state = State.REGISTERED
    for event, progress in unfold(case.events):
        history.final = progress
        history.last_on = event.on
        if progress.state is not state:
            state = progress.state
            history.turns.append((event.on, state))
        if flow := _FLOWS.get(event.kind):
            history.flows.append((flow, event.on))
        _note_work(history, event, progress, limits, calendar)
    history.raised_on = history.final.raised_on
    if history.raised_on:
        history.flows.insert(0, (Flow.RECEIVED, history.raised_on))
    return history


def _note_work(history: History, event: Event, progress: Progress, limits: Limits, calendar: WorkCalendar) -> None:
    kind = event.kind
    if kind is EventKind.HANDED_OVER:
        work = Work.SENT_UP if progress.tier is Tier.COUNTY else Work.HANDED
        history.work.append((work, event.on, progress.unit))
    elif kind is EventKind.RATED:
        if event.satisfaction and event.satisfaction is not Satisfaction.UNRATED:
            history.ratings.append((event.on, event.satisfaction))
            history.work.append((Work.RATED, event.on, progress.unit))
    elif kind in _WORK:
        history.work.append((_WORK[kind], event.on, progress.unit))
        if kind is EventKind.ANSWERED:
            history.answers.append(
                Answer(event.on, answer_due(progress, limits, calendar, history.case.category), bool(event.due_on))
            )
        elif kind is EventKind.FED_BACK and history.answers:
            history.answers[-1].fed_back_on = history.answers[-1].fed_back_on or event.on
