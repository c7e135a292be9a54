"""The figures of a period, counted from matters, reception days and visits.

"本期" is always by the day something happened, never by the day it was typed; states are taken at the period's end.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from station_app.domain.calendars import WorkCalendar
from station_app.domain.deadlines import is_follow_up_full, is_overdue
from station_app.domain.events import Satisfaction
from station_app.domain.figure_values import Figure, Figures, Ratio, SumCheck, Tie, VisitCount
from station_app.domain.figure_words import WHOLES, FigureWords
from station_app.domain.limits import Limits
from station_app.domain.matter_history import Flow, History, Work, histories
from station_app.domain.opinion import Case
from station_app.domain.periods import Period
from station_app.domain.progress import OPEN_STATES, Progress, State
from station_app.domain.reception import DayKind, DayState, Presence, ReceptionDay
from station_app.domain.station import StationProfile, Tier
from station_app.domain.suggestion import met_on


@dataclass(frozen=True)
class Rules:
    """What figures are reckoned by.

    Args:
        today: states are taken at the period's end, but not later than today.
        rooms: what each room of the station is called, see `room_names`; only lists of matters need it.
    """

    profile: StationProfile
    limits: Limits
    calendar: WorkCalendar
    today: date
    rooms: Mapping[int | None, str] = field(default_factory=dict)


def compute(
    cases: Iterable[Case],
    days: Iterable[ReceptionDay],
    visits: Iterable[VisitCount],
    period: Period,
    rules: Rules,
) -> Figures:
    """Return all figures of a period.

    Args:
        cases: every matter with all its events, whatever its date.
        days: reception days with their attendance.
        visits: visits, whatever their date.
    """
    return figures_of(lives_of(cases, rules), days, visits, period, rules)


def lives_of(cases: Iterable[Case], rules: Rules) -> list[History]:
    """Return the histories that every figure is counted from; made once, they serve any number of periods."""
    return histories(cases, rules.limits, rules.calendar)


def figures_of(
    lives: Iterable[History],
    days: Iterable[ReceptionDay],
    visits: Iterable[VisitCount],
    period: Period,
    rules: Rules,
) -> Figures:
    """Return all figures of a period from the histories of `lives_of`; other arguments as for `compute`."""
    count = _Count(period, rules)
    count.reception(days, visits)
    for life in lives:
        count.matter(life)
    return count.figures()


HELD = frozenset({DayState.HELD, DayState.OPEN})
"""States of a day that counts as 接待次数."""


class _Count:
    """Counts one period: every figure is the list of what stands behind it, so value and cases cannot differ."""

    def __init__(self, period: Period, rules: Rules) -> None:
        self._period = period
        self._rules = rules
        self._before = period.day_before
        self._end = min(period.to_on, rules.today.isoformat())
        self._end_day = date.fromisoformat(self._end)
        self._year_from = f"{self._end[:4]}-01-01"
        self._term_from = rules.profile.term_from
        self._cases: defaultdict[str, list[str]] = defaultdict(list)
        self._parts: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self._labels: dict[tuple[str, str], str] = {}
        self._people = 0
        self._mains: dict[int, str] = {}

    def _in_period(self, day: str) -> bool:
        return self._period.from_on <= day <= self._end

    def reception(self, days: Iterable[ReceptionDay], visits: Iterable[VisitCount]) -> None:
        """Count reception days, attendance and visits."""
        attended: set[tuple[str, int]] = set()
        for day in days:
            if day.state not in HELD or not self._in_period(day.on):
                continue
            self._cases["held"].append(day.on)
            for key, holds in (
                ("held.market", day.market),
                ("held.mobile", day.kind is DayKind.MOBILE),
                ("held.joint", day.kind is DayKind.JOINT),
            ):
                if holds:
                    self._cases[key].append(day.on)
            for entry in day.attendance:
                if entry.presence is Presence.PRESENT and (day.on, entry.deputy_id) not in attended:
                    attended.add((day.on, entry.deputy_id))
                    who = f"{day.on} {entry.name}"
                    self._cases["attended"].append(who)
                    self._parts["attended.level"][entry.level.value if entry.level else ""].append(who)
                    self._parts["attended.deputy"][str(entry.deputy_id)].append(who)
                    self._labels["attended.deputy", str(entry.deputy_id)] = entry.name
        for visit in visits:
            if visit.counts and self._in_period(visit.on):
                self._cases["visits"].append(visit.number)
                self._people += visit.people

    def matter(self, life: History) -> None:
        """Count one matter."""
        if life.raised_on > self._end:
            return
        if not life.case.counts:
            if self._in_period(life.raised_on):
                self._cases["uncounted"].append(life.case.number)
            return
        state = life.state_on(self._end)
        self._cumulative(life, state)
        self._promise(life)
        if life.last_on < self._period.from_on and state not in OPEN_STATES:
            return
        number = life.case.number
        if life.open_on(self._before):
            self._cases["opening"].append(number)
        if state in OPEN_STATES:
            self._cases["closing"].append(number)
            if state is State.HANDLING:
                self._waiting(life, life.progress_on(self._end))
        if self._in_period(life.raised_on):
            self._received(life, life.progress_on(self._end))
        self._happened(life)
        self._answered(life)
        if life.final.tier is Tier.SUGGESTION:
            self._suggested(life)

    def _cumulative(self, life: History, state: State | None) -> None:
        for rate, begin in (("year", self._year_from), ("term", self._term_from)):
            if begin and begin <= life.raised_on and state is not State.REDIRECTED:
                self._cases[f"raised_{rate}"].append(life.case.number)
                if state is State.CLOSED:
                    self._cases[f"closed_{rate}"].append(life.case.number)

    def _promise(self, life: History) -> None:
        if not any(answer.promised for answer in life.answers):
            return
        progress = life.progress_on(self._end)
        if progress.promised_on and self._period.from_on <= progress.promised_on <= self._period.to_on:
            self._cases["promised"].append(life.case.number)
            if progress.promise_kept_on:
                self._cases["promised.kept"].append(life.case.number)

    def _waiting(self, life: History, progress: Progress) -> None:
        number = life.case.number
        self._parts["closing.unit"][progress.unit].append(number)
        if is_overdue(progress, self._end_day, self._rules.limits, self._rules.calendar, life.case.category):
            self._cases["closing.overdue"].append(number)
            self._parts["closing.overdue.unit"][progress.unit].append(number)
        elif is_follow_up_full(progress, self._end_day, self._rules.limits, self._rules.calendar, life.case.category):
            self._cases["closing.follow_up_full"].append(number)

    def _received(self, life: History, progress: Progress) -> None:
        case = life.case
        for dimension, part in (
            ("source", case.source.value),
            ("disposition", progress.disposition.value),
            ("nature", case.nature),
            ("category", case.category),
            ("village", case.village),
            ("channel", case.channel),
        ):
            self._parts[f"received.{dimension}"][part].append(case.number)
        self._mains.setdefault(progress.main_id or case.id, case.number)
        if progress.state is State.CLOSED:
            self._cases["received.closed"].append(case.number)
            self._parts["received.closed.category"][case.category].append(case.number)
        elif progress.state is State.REDIRECTED:
            self._cases["received.redirected"].append(case.number)

    def _happened(self, life: History) -> None:
        number = life.case.number
        age = "new" if self._in_period(life.raised_on) else "earlier"
        for flow, on in life.flows:
            if self._in_period(on):
                self._cases[flow.value].append(number)
                if flow is Flow.CLOSED:
                    self._parts["closed.age"][age].append(number)
        for work, on, unit in life.work:
            if self._in_period(on):
                self._cases[work.value].append(number)
                self._parts[f"{work.value}.age"][age].append(number)
                if work in {Work.HANDED, Work.SENT_UP}:
                    self._parts["assigned.unit"][unit].append(number)
                elif work is Work.ANSWERED:
                    self._parts["answered.unit"][unit].append(number)

    def _answered(self, life: History) -> None:
        number = life.case.number
        for answer in life.answers:
            if self._in_period(answer.on):
                if answer.due_on:
                    self._cases["answered.in_time" if answer.on <= answer.due_on else "answered.late"].append(number)
                if answer.fed_back_on and answer.fed_back_on <= self._end:
                    self._cases["answered.fed_back"].append(number)
        rating = next(((on, result) for on, result in reversed(life.ratings) if on <= self._end), None)
        if rating and self._in_period(rating[0]):
            self._cases["rating"].append(number)
            self._parts["rating.result"][rating[1].value].append(number)
            if life.final.tier is Tier.SUGGESTION:
                self._cases["suggestion.rated"].append(number)
                if rating[1] in {Satisfaction.SATISFIED, Satisfaction.FAIRLY}:
                    self._cases["suggestion.content"].append(number)

    def _suggested(self, life: History) -> None:
        """Count a deputies' suggestion that was handed over first in the period."""
        progress, number = life.progress_on(self._end), life.case.number
        if progress.tier is not Tier.SUGGESTION or not self._in_period(progress.first_handed_on):
            return
        self._cases["suggested"].append(number)
        if met_on(event for event in life.case.events if event.on <= self._end):
            self._cases["suggestion.met"].append(number)
        if progress.answered_on:
            self._cases["suggestion.answered"].append(number)

    def figures(self) -> Figures:
        """Return what was counted."""
        words = FigureWords(self._rules.profile)
        self._cases["received.merged"] = list(self._mains.values())
        table: dict[str, Figure] = {}
        dimensions: dict[str, tuple[str, ...]] = {}
        for key in words.figures():
            table[key] = self._figure(words, key)
        for dimension in words.dimensions():
            parts = self._parts[dimension]
            order = sorted(parts, key=lambda part: (-len(parts[part]), part))
            fixed = words.fixed_parts(dimension)
            keys = [*fixed, *(part for part in order if part not in fixed)]
            dimensions[dimension] = tuple(f"{dimension}.{part}" for part in keys)
            for part in keys:
                label = self._labels.get((dimension, part), "")
                title, unit, definition = words.of_part(dimension, part, label)
                cases = tuple(parts.get(part, ()))
                key = f"{dimension}.{part}"
                table[key] = Figure(key, title, unit, definition, len(cases), cases)
        sums = tuple(
            SumCheck(
                dimension,
                sum(len(self._cases[key]) for key in whole.split("+")),
                sum(len(cases) for cases in self._parts[dimension].values()),
            )
            for dimension, whole in WHOLES.items()
        )
        return Figures(self._period, self._end, table, dimensions, self._tie(), sums)

    def _figure(self, words: FigureWords, key: str) -> Figure:
        title, unit, definition = words.of(key)
        if key == "people":
            return Figure(key, title, unit, definition, self._people, tuple(self._cases["visits"]))
        if key.startswith("rate."):
            value, cases = self._rate(key)
            return Figure(key, title, unit, definition, value, cases)
        cases = tuple(self._cases[key])
        return Figure(key, title, unit, definition, len(cases), cases)

    def _rate(self, key: str) -> tuple[Ratio | None, tuple[str, ...]]:
        cases = self._cases
        ratings = self._parts["rating.result"]
        satisfied, fairly = ratings[Satisfaction.SATISFIED.value], ratings[Satisfaction.FAIRLY.value]
        upper, whole = {
            "rate.closed": (cases["received.closed"], len(cases["received"]) - len(cases["received.redirected"])),
            "rate.closed_year": (cases["closed_year"], len(cases["raised_year"])),
            "rate.closed_term": (cases["closed_term"], len(cases["raised_term"])),
            "rate.content": (satisfied + fairly, len(cases["rating"])),
            "rate.satisfied": (satisfied, len(cases["rating"])),
            "rate.in_time": (cases["answered.in_time"], len(cases["answered.in_time"]) + len(cases["answered.late"])),
            "rate.met": (cases["suggestion.met"], len(cases["suggested"])),
            "rate.suggestion_answered": (cases["suggestion.answered"], len(cases["suggested"])),
            "rate.suggestion_content": (cases["suggestion.content"], len(cases["suggestion.rated"])),
            "rate.fed_back": (cases["answered.fed_back"], len(cases["answered"])),
        }[key]
        if key == "rate.closed_term" and not self._term_from:
            return None, ()
        return Ratio(len(upper), whole), tuple(upper)

    def _tie(self) -> Tie:
        return Tie(
            **{
                key: len(self._cases[key])
                for key in ("opening", "received", "restarted", "redirected", "ended", "closed", "closing")
            }
        )
