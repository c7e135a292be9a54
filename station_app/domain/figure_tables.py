"""Figures side by side: a period beside what it is compared with, months in a row, and every month's tie."""

from collections.abc import Iterable
from dataclasses import dataclass

from station_app.domain.figure_values import Figure, Figures, Tie, VisitCount
from station_app.domain.figures import Rules, figures_of, lives_of
from station_app.domain.matter_history import Flow
from station_app.domain.opinion import Case
from station_app.domain.periods import Period, PeriodKind, months_between
from station_app.domain.progress import State
from station_app.domain.reception import ReceptionDay


@dataclass(frozen=True)
class Comparison:
    """A period beside the one before, the same one last year, the year so far and the term so far.

    Args:
        term: None when the station's term has no first day, or begins after the period.
    """

    now: Figures
    previous: Figures
    last_year: Figures
    year: Figures
    term: Figures | None

    @property
    def columns(self) -> tuple[tuple[str, Figures], ...]:
        """Head and figures of each column: 本月, 上月, 去年同期, 本年累计, 本届以来."""
        of_month = self.now.period.kind is PeriodKind.MONTH
        columns = [
            ("本月" if of_month else "本期", self.now),
            ("上月" if of_month else "上期", self.previous),
            ("去年同期", self.last_year),
            ("本年累计", self.year),
        ]
        return (*columns, ("本届以来", self.term)) if self.term else tuple(columns)

    def row(self, key: str) -> tuple[Figure | None, ...]:
        """Return the figure ``key`` of every column; None where a part did not occur."""
        return tuple(figures.table.get(key) for _head, figures in self.columns)

    @property
    def ties(self) -> bool:
        """Whether every column ties."""
        return all(figures.ties for _head, figures in self.columns)


def compare(
    cases: Iterable[Case],
    days: Iterable[ReceptionDay],
    visits: Iterable[VisitCount],
    period: Period,
    rules: Rules,
) -> Comparison:
    """Return the figures of a period with all it is compared with; arguments as for `figures.compute`."""
    lives = lives_of(cases, rules)
    days, visits = tuple(days), tuple(visits)

    def of(span: Period) -> Figures:
        return figures_of(lives, days, visits, span, rules)

    term_from = rules.profile.term_from
    has_term = bool(term_from) and term_from <= period.to_on
    return Comparison(
        now=of(period),
        previous=of(period.previous()),
        last_year=of(period.same_last_year()),
        year=of(period.year_to_date()),
        term=of(period.since_term(term_from)) if has_term else None,
    )


@dataclass(frozen=True)
class MonthLine:
    """What one month received and closed, for the chart."""

    month: Period
    received: int
    closed: int


def months_in_a_row(cases: Iterable[Case], last: Period, rules: Rules, months: int = 12) -> tuple[MonthLine, ...]:
    """Return the ``months`` months up to ``last``, oldest first."""
    spans = [last]
    while len(spans) < months:
        spans.insert(0, spans[0].previous())
    received = dict.fromkeys((span.from_on[:7] for span in spans), 0)
    closed = dict(received)
    today = rules.today.isoformat()
    for case in cases:
        progress = case.progress
        if not case.counts or progress.state is State.VOID:
            continue
        for counts, days in ((received, (progress.raised_on,)), (closed, progress.closings)):
            for on in days:
                if on[:7] in counts and on <= today:
                    counts[on[:7]] += 1
    return tuple(MonthLine(span, received[span.from_on[:7]], closed[span.from_on[:7]]) for span in spans)


def ties_by_month(cases: Iterable[Case], rules: Rules) -> tuple[tuple[Period, Tie], ...]:
    """Return every month's tie, from the month of the first matter to this one, oldest first.

    Openings and closings are taken from the state of each matter on the day, flows from its dated events.
    """
    counted = [life for life in lives_of(cases, rules) if life.case.counts]
    if not counted:
        return ()
    today = rules.today.isoformat()
    first = min(life.raised_on for life in counted)
    spans = months_between(first, today)
    flows = {flow: dict.fromkeys((span.from_on[:7] for span in spans), 0) for flow in Flow}
    for life in counted:
        for flow, on in life.flows:
            if on[:7] in flows[flow] and on <= today:
                flows[flow][on[:7]] += 1
    lines = []
    opening = 0
    for span in spans:
        end = min(span.to_on, today)
        closing = sum(life.open_on(end) for life in counted if life.raised_on <= end)
        month = span.from_on[:7]
        lines.append(
            (
                span,
                Tie(
                    opening=opening,
                    received=flows[Flow.RECEIVED][month],
                    restarted=flows[Flow.RESTARTED][month],
                    redirected=flows[Flow.REDIRECTED][month],
                    ended=flows[Flow.ENDED][month],
                    closed=flows[Flow.CLOSED][month],
                    closing=closing,
                ),
            )
        )
        opening = closing
    return tuple(lines)
