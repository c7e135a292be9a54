"""The month's summary (月报): figures, prose, charts and lists put together for paper and Excel."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from station_app.domain.calendars import long_date, lunar_text, weekday_text
from station_app.domain.carried_over import CarriedOver
from station_app.domain.deadlines import clock_of
from station_app.domain.events import EventKind
from station_app.domain.figure_tables import Comparison, MonthLine
from station_app.domain.figure_values import Figure, Figures
from station_app.domain.figures import Rules
from station_app.domain.issued import shown_head
from station_app.domain.month_prose import carried_over_words, month_prose
from station_app.domain.opinion import Case
from station_app.domain.people import level_label
from station_app.domain.periods import Period, PeriodKind, month_of
from station_app.domain.reception import DayState, ReceptionDay
from station_app.domain.room_figures import RoomTable
from station_app.services.room_rows import room_cells, room_notes

if TYPE_CHECKING:
    from station_app.documents.month_paper import MonthPaper

_ROWS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("接待次数（次）", ("held",)),
    ("代表进站（人次）", ("attended",)),
    ("接待群众（批／人次）", ("visits", "people")),
    ("收集意见建议（件）", ("received",)),
    ("　其中：群众／代表意见", ("received.source.voter", "received.source.deputy")),
    ("　并案后事项数（件）", ("received.merged",)),
    ("交办／转办（件次）", ("handed", "sent_up")),
    ("办结（件）", ("closed",)),
    ("新收办结率", ("rate.closed",)),
    ("按期答复率", ("rate.in_time",)),
    ("满意率（含基本满意）", ("rate.content",)),
    ("期末在办／超期（件）", ("closing", "closing.overdue")),
)
_AT_AN_END = frozenset({"closing", "closing.overdue"})
"""A stock at the period's end; the running year and term end where the month ends, so they would only repeat it."""
_WITH_CASES = ("received", "closed", "redirected", "ended", "restarted", "closing", "closing.overdue")


@dataclass(frozen=True)
class Issue:
    """What makes a summary the one that is reported.

    Args:
        on: the day it is reported.
        chain_head: mark of the last step of the log.
        note: 差异说明 or 更正说明 as printed; empty for none.
        changes: of a month reported before, what is different, one line each.
    """

    on: date
    chain_head: str
    note: str = ""
    changes: tuple[str, ...] = ()


@dataclass(frozen=True)
class MonthReport:
    """Everything a month's summary says.

    Args:
        trend: the last twelve months, oldest first.
        cases: every opinion.
        days: every reception day; next month's are the plan.
        foot: the signature line of ledgers.
        program: name and version, for the sheet 说明.
        carried: what became of the closing figure of the month before, where that was reported.
        issue: of the summary that is reported; None prints a paper that nothing vouches for.
        rooms: the figures by room; None in a station without rooms.
        rooms_on_paper: print them too; the workbook always has them.
    """

    comparison: Comparison
    trend: Sequence[MonthLine]
    cases: Sequence[Case]
    days: Sequence[ReceptionDay]
    rules: Rules
    foot: tuple[str, ...]
    program: str
    carried: CarriedOver | None = None
    issue: Issue | None = None
    rooms: RoomTable | None = None
    rooms_on_paper: bool = False

    @property
    def figures(self) -> Figures:
        """The month's own figures."""
        return self.comparison.now

    @property
    def prose(self) -> str:
        """The paragraph of official prose."""
        return month_prose(self.comparison.now, self.rules.profile)

    @property
    def is_draft(self) -> bool:
        """A month that still runs, or whose figures do not tie, is printed as 草稿 only; 差异说明 lets it be reported."""
        explained = self.issue is not None and bool(self.issue.note)
        return self.is_running or not (self.comparison.ties or explained)

    @property
    def is_running(self) -> bool:
        """Whether the month's last day is still to come."""
        return self.figures.as_of < self.figures.period.to_on

    def write(self, path: Path) -> None:
        """Write the summary as ``.pdf`` or, with definitions and cases, as ``.xlsx``.

        Raises:
            StationFault: the file cannot be written.
        """
        from station_app.documents.month_paper import write_month_pdf, write_month_workbook

        if path.suffix == ".pdf":
            write_month_pdf(path, self.paper(working=False))
        else:
            write_month_workbook(path, self.paper(working=True))

    def files(self) -> tuple[bytes, bytes]:
        """Return the content of PDF and workbook, as they are kept when the summary is reported."""
        from station_app.documents.month_paper import month_pdf, month_workbook

        return month_pdf(self.paper(working=False)), month_workbook(self.paper(working=True))

    def paper(self, *, working: bool) -> "MonthPaper":
        """Return what is printed; the working version adds definitions and the cases behind the figures."""
        from station_app.documents.month_paper import MonthPaper

        profile, now = self.rules.profile, self.figures
        year, month = now.period.from_on[:4], int(now.period.from_on[5:7])
        heads = tuple(head for head, _ in self.comparison.columns)
        return MonthPaper(
            station=profile.name,
            title=(profile.name, f"{year}年{month}月工作月报"),
            prose=(self.prose,),
            figures=tuple(self._row(label, keys) for label, keys in _ROWS),
            figure_heads=("项目", *heads),
            categories=self._categories(),
            trend=tuple((f"{int(line.month.from_on[5:7])}月", line.received, line.closed) for line in self.trend),
            dispositions=tuple((part.title, _count(part)) for part in now.parts("received.disposition")),
            overdue=tuple(self._overdue()),
            promises=tuple(self._promises()),
            plan=tuple(self._plan()),
            date=long_date(self._on),
            draft=self.is_draft,
            remarks=self._remarks(),
            demo=profile.demo,
            cases=tuple(self._cases_behind()) if working else (),
            notes=self._notes() if working else (),
            rooms=room_cells(self.rooms) if self.rooms and (working or self.rooms_on_paper) else (),
            rooms_remark=self.rooms.total.remark if self.rooms else "",
            period=f"{year}年{month}月",
            report_date=self._on.isoformat(),
            foot=self.foot,
            mark=f"登记簿校验码 {shown_head(self.issue.chain_head)}" if self.issue else "",
        )

    @property
    def _on(self) -> date:
        return self.issue.on if self.issue else self.rules.today

    def _row(self, label: str, keys: tuple[str, ...]) -> tuple[str, ...]:
        cells = [label]
        for _, figures in self.comparison.columns:
            if keys[0] in _AT_AN_END and figures.period.kind in {PeriodKind.YEAR_TO_DATE, PeriodKind.TERM}:
                cells.append("—")
            else:
                cells.append("／".join(_text(figures.table.get(key)) for key in keys))
        return tuple(cells)

    def _categories(self) -> tuple[tuple[str, int, int], ...]:
        closed = {part.title: _count(part) for part in self.figures.parts("received.closed.category")}
        return tuple(
            (part.title, _count(part), closed.get(part.title, 0)) for part in self.figures.parts("received.category")
        )

    def _overdue(self) -> Iterator[tuple[str, ...]]:
        by_number = {case.number: case for case in self.cases}
        end = date.fromisoformat(self.figures.as_of)
        for number in self.figures["closing.overdue"].cases:
            case = by_number[number].as_of(self.figures.as_of)
            clock = clock_of(case.progress, case.urgent, self.rules.limits, self.rules.calendar, case.category)
            if clock:
                late = (end - clock.due_on).days
                yield (number, case.title, case.progress.unit, clock.due_on.isoformat(), f"{late} 天")

    def _promises(self) -> Iterator[tuple[str, ...]]:
        """Yield the promises not kept yet that fall due by the end of next month."""
        until = self._next_month().to_on
        for case in self.cases:
            if not any(event.kind is EventKind.ANSWERED and event.due_on for event in case.events):
                continue
            progress = case.as_of(self.figures.as_of).progress
            if progress.has_open_promise and progress.promised_on <= until:
                yield (case.number, case.title, progress.unit, progress.promised_on)

    def _plan(self) -> Iterator[tuple[str, ...]]:
        kind = self.rules.profile.organ_kind
        for day in self.days:
            if day.on in self._next_month() and day.state not in {DayState.CANCELLED, DayState.MOVED}:
                on = date.fromisoformat(day.on)
                market = f"　{self.rules.profile.market_word}" if day.market else ""
                deputies = "、".join(
                    f"{one.name}（{level_label(one.level, kind)}）" if one.level else one.name for one in day.attendance
                )
                when = f"{lunar_text(on)}\n{weekday_text(on)}{market}"
                yield (f"{on.month}月{on.day}日", when, f"{day.starts}–{day.ends}", day.place, deputies)

    def _next_month(self) -> Period:
        return month_of(date.fromisoformat(self.figures.period.to_on) + timedelta(days=1))

    def _remarks(self) -> tuple[str, ...]:
        tie = self.figures.tie
        then = "见差异说明" if self.issue else "请核对后再报送"
        remarks = [] if tie.ok else [f"本期数字不平衡，相差 {abs(tie.difference)} 件，{then}。"]
        remarks += [
            f"分项合计 {check.parts} 与总数 {check.whole} 不符（{check.dimension}），{then}。"
            for check in self.figures.sums
            if not check.ok
        ]
        if self.carried is not None and self.carried.corrections:
            remarks += carried_over_words(self.carried)
        if self.issue is not None:
            remarks += [self.issue.note] if self.issue.note else []
            remarks += [f"本次更正：{'；'.join(self.issue.changes)}。"] if self.issue.changes else []
        return tuple(remarks)

    def _cases_behind(self) -> Iterator[tuple[str, ...]]:
        by_number = {case.number: case for case in self.cases}
        for key in _WITH_CASES:
            figure = self.figures[key]
            for number in figure.cases:
                case = by_number[number]
                room = (self.rules.rooms.get(case.room_id, ""),) if self.rooms else ()
                yield (figure.title, number, case.raised_on, case.title, *room)

    def _notes(self) -> tuple[tuple[str, str], ...]:
        figures = self.figures
        tie, carried = figures.tie, self.carried
        return (
            ("所属期", f"{figures.period.title}（{figures.period.from_on} 至 {figures.as_of}）"),
            ("写出时间与程序", f"{self._on.isoformat()}　{self.program}"),
            (
                "平衡",
                (
                    f"期初在办 {tie.opening} + 本期新收 {tie.received} + 本期重新启动 {tie.restarted} − 本期引导 {tie.redirected}"
                    f" − 本期终止 {tie.ended} − 本期办结 {tie.closed} = 期末在办 {tie.closing}"
                ),
            ),
            *((("期初在办", f"上月报出期末在办 {carried.sum_words}"),) if carried else ()),
            *((("登记簿校验码", self.issue.chain_head),) if self.issue else ()),
            *((figure.title, figure.definition) for figure in figures.table.values() if "." not in figure.key),
            *(room_notes(self.rooms)[1:3] if self.rooms else ()),
        )


def _count(figure: Figure) -> int:
    return figure.value if isinstance(figure.value, int) else 0


def _text(figure: Figure | None) -> str:
    """Return a figure as the table prints it; a part that did not occur is 0."""
    return figure.text if figure else "0"
