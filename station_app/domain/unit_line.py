"""One row of the statistics by handling unit (承办单位办理情况): what it was given, and how it answered."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from station_app.domain.deadlines import answer_due, is_overdue
from station_app.domain.events import Event, EventKind, Satisfaction
from station_app.domain.figure_values import Ratio
from station_app.domain.figures import Rules
from station_app.domain.opinion import Case
from station_app.domain.progress import Progress, State
from station_app.domain.station import Tier, Unit
from station_app.domain.unfolding import unfold


@dataclass(slots=True)
class UnitLine:
    """A unit on one row. Each measure holds the numbers of its matters, so count and cases cannot differ.

    Args:
        index: 序号 from 1; 0 for 合计.
        lead / assisting / separate: handed to it in the period, in each role. Only 主办 and 分别办理 count for what
            follows.
        answered / late: its answers in the period, and those after the limit; in_time where a limit bound it.
        returned / extended: returns and granted extensions in the period.
        rated / content: evaluations given in the period, 满意 and 基本满意.
        open / overdue: what it still owes at the period's end, and what of it is 超期.
    """

    unit: Unit | None = None
    index: int = 0
    lead: list[str] = field(default_factory=list)
    assisting: list[str] = field(default_factory=list)
    separate: list[str] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    in_time: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)
    extended: list[str] = field(default_factory=list)
    rated: list[str] = field(default_factory=list)
    content: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    overdue: list[str] = field(default_factory=list)

    @property
    def in_time_rate(self) -> Ratio:
        """按期答复率."""
        return Ratio(len(self.in_time), len(self.in_time) + len(self.late))

    @property
    def content_rate(self) -> Ratio:
        """满意率（含基本满意）."""
        return Ratio(len(self.content), len(self.rated))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was handed to it, nothing happened and nothing is open."""
        return not any(getattr(self, name) for name in MEASURES)


MEASURES = (
    "lead", "assisting", "separate", "answered", "in_time", "late", "returned", "extended", "rated", "content", "open",
    "overdue",
)  # fmt: skip


def unit_lines(cases: Iterable[Case], units: Sequence[Unit], from_on: str, to_on: str, rules: Rules) -> list[UnitLine]:
    """Return the statistics of all units for a period, in the order of ``units``.

    Void matters and natures that do not count as 件 are left out, as everywhere in the figures.

    Args:
        units: every unit, those out of use too; one of these without any matter is left out.
        from_on / to_on: ISO dates, inclusive; what is open is taken at the end, but not later than today.
    """
    end = min(to_on, rules.today.isoformat())
    lines: defaultdict[str, UnitLine] = defaultdict(UnitLine)
    for case in cases:
        if case.counts and case.progress.state is not State.VOID and _touches(case, from_on):
            _count(case, lines, from_on, end, rules)
    found = []
    for unit in units:
        line = lines[unit.name]
        line.unit = unit
        if not (unit.retired and line.is_empty):
            found.append(line)
    for index, line in enumerate(found, 1):
        line.index = index
    return found


def sum_line(lines: Iterable[UnitLine]) -> UnitLine:
    """Return 合计 of several units; a matter handled by two of them counts with each."""
    total = UnitLine()
    for line in lines:
        for name in MEASURES:
            getattr(total, name).extend(getattr(line, name))
    return total


def _touches(case: Case, from_on: str) -> bool:
    """Tell whether a matter is open or something happened to it since; the others are not unfolded again."""
    return case.progress.is_open or any(event.on >= from_on for event in case.events)


def _count(case: Case, lines: Mapping[str, UnitLine], from_on: str, end: str, rules: Rules) -> None:
    progress = Progress()
    rated_on, rating, rated_unit = "", Satisfaction.UNRATED, ""
    for event, progress in unfold(case.events, end):
        if event.kind is EventKind.RATED and event.satisfaction and event.satisfaction is not Satisfaction.UNRATED:
            rated_on, rating, rated_unit = event.on, event.satisfaction, progress.unit
        if event.on >= from_on:
            _happened(case.number, event, progress, lines, _due(case, event, progress, rules))
    if rated_unit and rated_on >= from_on:
        lines[rated_unit].rated.append(case.number)
        if rating is not Satisfaction.DISSATISFIED:
            lines[rated_unit].content.append(case.number)
    _still_owed(case, progress, lines, end, rules)


def _due(case: Case, event: Event, progress: Progress, rules: Rules) -> str:
    if event.kind is not EventKind.ANSWERED:
        return ""
    return answer_due(progress, rules.limits, rules.calendar, case.category)


def _happened(number: str, event: Event, progress: Progress, lines: Mapping[str, UnitLine], due_on: str) -> None:
    match event.kind:
        case EventKind.HANDED_OVER | EventKind.COUNTY_ASSIGNED:
            if event.unit:
                lines[event.unit].lead.append(number)
            for name in event.assisting:
                lines[name].assisting.append(number)
            for name in event.separate:
                lines[name].separate.append(number)
        case EventKind.RETURNED:
            lines[progress.unit].returned.append(number)
        case EventKind.EXTENSION_GRANTED:
            lines[progress.unit].extended.append(number)
        case EventKind.ANSWERED if progress.unit:
            # An assisting unit that writes the letter answers for the lead unit; a separate one for itself.
            line = lines[event.unit if event.unit in progress.separate else progress.unit]
            line.answered.append(number)
            if due_on:
                (line.in_time if event.on <= due_on else line.late).append(number)
        case _:
            pass


def _still_owed(case: Case, progress: Progress, lines: Mapping[str, UnitLine], end: str, rules: Rules) -> None:
    overdue = is_overdue(progress, date.fromisoformat(end), rules.limits, rules.calendar, case.category)
    for name in owing(progress):
        lines[name].open.append(case.number)
        if overdue:
            lines[name].overdue.append(case.number)


def owing(progress: Progress) -> tuple[str, ...]:
    """Return the names of the units whose answer a matter waits for."""
    if progress.state is not State.HANDLING or not progress.unit:
        return ()
    return progress.waited_for or (progress.unit,)


def owes_directly(progress: Progress, unit: Unit) -> bool:
    """Tell whether a unit of the township or a village owes an answer to the station's side itself."""
    return progress.tier is not Tier.COUNTY and unit.name in owing(progress)
