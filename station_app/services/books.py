"""The books filled in: rows of the register as the sheets that Excel and PDF write alike."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from station_app.documents.columns import Cell, Column, Kind, Ledger, Sheet
from station_app.documents.group_ledgers import CONTACT_LEDGER, GROUP_LEDGER
from station_app.documents.ledgers import (
    MONTH_VISIT_KEYS,
    OPINION_LEDGER,
    PROMISE_LEDGER,
    ROSTER_LEDGER,
    SUGGESTION_LEDGER,
    UNIT_LEDGER,
    VISIT_LEDGER,
)
from station_app.documents.room_ledger import BEHIND_LEDGER, ROOM_LEDGER
from station_app.domain.calendars import lunar_text
from station_app.domain.figure_values import VisitCount
from station_app.domain.figures import Rules
from station_app.domain.groups import GROUP_KIND_LABELS, GroupKind
from station_app.domain.opinion import Case, Source
from station_app.domain.opinion_line import OpinionLine, opinion_line, redact
from station_app.domain.periods import Period, PeriodKind
from station_app.domain.progress import OPEN_STATES, State, disposition_labels
from station_app.domain.promise_line import PROMISE_STATE_LABELS, PromiseLine, PromiseState, promise_lines
from station_app.domain.reception import Visit, VisitLine
from station_app.domain.room_figures import RoomTable, room_table
from station_app.domain.rooms import OWN_NAME, is_wanted
from station_app.domain.station import VILLAGE_WORD, StaffPost, StationProfile
from station_app.domain.suggestion import SUGGESTION_KIND_LABELS, SuggestionKind
from station_app.domain.suggestion_line import RATE_WORDS, rates_of
from station_app.domain.text import masked_phone
from station_app.domain.unit_line import UnitLine, sum_line, unit_lines
from station_app.domain.visit_line import redact_visit, visit_lines
from station_app.services.group_rows import GroupRows
from station_app.services.grouping import Grouping
from station_app.services.opinion_desk import OpinionDesk
from station_app.services.reception_days import ReceptionDays
from station_app.services.reception_desk import ReceptionDesk
from station_app.services.room_rows import room_cases, room_notes, room_total
from station_app.services.rooms_desk import RoomsDesk
from station_app.services.roster import Roster
from station_app.services.settings_desk import SettingsDesk
from station_app.services.suggestion_desk import SuggestionDesk
from station_app.support.clock import Clock


class Book(StrEnum):
    """The books a station keeps."""

    VISITS = "visits"
    OPINIONS = "opinions"
    ROSTER = "roster"
    PROMISES = "promises"
    UNITS = "units"
    SUGGESTIONS = "suggestions"
    GROUPS = "groups"
    CONTACTS = "contacts"
    ROOMS = "rooms"


LEDGERS: dict[Book, Ledger[Any]] = {
    Book.VISITS: VISIT_LEDGER,
    Book.OPINIONS: OPINION_LEDGER,
    Book.ROSTER: ROSTER_LEDGER,
    Book.PROMISES: PROMISE_LEDGER,
    Book.UNITS: UNIT_LEDGER,
    Book.SUGGESTIONS: SUGGESTION_LEDGER,
    Book.GROUPS: GROUP_LEDGER,
    Book.CONTACTS: CONTACT_LEDGER,
    Book.ROOMS: ROOM_LEDGER,
}
BOOK_LABELS = {book: ledger.title for book, ledger in LEDGERS.items()}
OF_A_ROOM = frozenset({Book.VISITS, Book.OPINIONS})
"""The books that can be had of one room alone."""
_RATES = frozenset({"in_time", "content"})


@dataclass(frozen=True)
class Selection:
    """What is to be printed.

    Args:
        from_on / to_on: ISO dates, inclusive; of a roster without meaning.
        title: how the period is named on paper: 2026年10月.
        day_id: a single reception day instead of a period.
        redacted: without names and phones, for readers outside.
        keys: columns chosen; empty for the default ones.
        case_ids: of the opinions' book, only these, in this order, whatever the period; empty for all.
        paper: ``A4`` or ``A3``.
        room: of the books of visits and opinions, only what belongs to this room; `STATION_ITSELF` for the station's
            own, None for everything.
    """

    book: Book
    from_on: str = ""
    to_on: str = "9999-12-31"
    title: str = ""
    day_id: int | None = None
    redacted: bool = False
    keys: tuple[str, ...] = ()
    case_ids: tuple[int, ...] = ()
    paper: str = "A4"
    room: int | None = None


class Books:
    """Fills the ledgers."""

    def __init__(
        self,
        clock: Clock,
        operator: str,
        settings: SettingsDesk,
        days: ReceptionDays,
        reception: ReceptionDesk,
        opinions: OpinionDesk,
        roster: Roster,
        suggestions: SuggestionDesk,
        grouping: Grouping,
        rooms: RoomsDesk,
    ) -> None:
        self._clock = clock
        self._operator = operator
        self._settings = settings
        self._days = days
        self._reception = reception
        self._opinions = opinions
        self._roster = roster
        self._suggestions = suggestions
        self._grouping = grouping
        self._rooms = rooms

    def sheet(self, selection: Selection) -> Sheet:
        """Return the chosen book, filled and ready to be written."""
        filled = {
            Book.VISITS: self._visit_sheet,
            Book.OPINIONS: self._opinion_sheet,
            Book.ROSTER: self._roster_sheet,
            Book.PROMISES: self._promise_sheet,
            Book.UNITS: self._unit_sheet,
            Book.SUGGESTIONS: self._suggestion_sheet,
            Book.GROUPS: self._group_sheet,
            Book.CONTACTS: self._contact_sheet,
            Book.ROOMS: self._room_sheet,
        }
        sheet = replace(filled[selection.book](selection), paper=selection.paper)
        return sheet if selection.room is None else self._of_room(sheet, selection.room)

    def _of_room(self, sheet: Sheet, room: int) -> Sheet:
        """Say on the paper which room's ledger it is."""
        return replace(sheet, head=(f"{sheet.head[0]}（{self.room_name(room)}）", *sheet.head[1:]))

    def room_name(self, room: int) -> str:
        """Return what the room of a selection is called; `STATION_ITSELF` for the station's own."""
        return self._rooms.names().get(room or None, OWN_NAME)

    def rules(self) -> Rules:
        """Return what figures and clocks are reckoned by today."""
        settings = self._settings
        today = self._clock.today()
        return Rules(settings.profile(), settings.limits(), settings.calendar(), today, self._rooms.names())

    def promise_lines(self, from_on: str = "", to_on: str = "9999") -> list[PromiseLine]:
        """Return the promises whose day lies between two ISO dates, the next due first."""
        return promise_lines(self._opinions.cases(), from_on, to_on, self._clock.today())

    def unit_lines(self, from_on: str, to_on: str) -> list[UnitLine]:
        """Return the statistics of every unit between two ISO dates."""
        return unit_lines(self._opinions.cases(), self._settings.units(), from_on, to_on, self.rules())

    def opinion_lines(self, cases: Sequence[Case]) -> list[OpinionLine]:
        """Return opinions with their clocks, numbered in the order given."""
        rules = self.rules()
        return [opinion_line(case, index, rules) for index, case in enumerate(cases, 1)]

    def visit_lines(self, visits: Sequence[Visit], cases: Sequence[Case], *, redacted: bool = False) -> list[VisitLine]:
        """Return the reception ledger's rows: one per opinion, a visit without opinion has one row."""
        labels = disposition_labels(self._settings.profile())
        visits = [redact_visit(visit) for visit in visits] if redacted else visits
        return visit_lines(visits, cases, labels, self._rooms.names())

    def _visit_sheet(self, selection: Selection) -> Sheet:
        profile = self._settings.profile()
        if selection.day_id is not None:
            day = self._days.one(selection.day_id)
            visits = self._reception.visits_of_day(selection.day_id)
            market = f" {profile.market_word}" if day.market else ""
            present = "、".join(one.name for one in day.attendance if one.arrived_at) or "　　"
            when = f"{day.on}（{lunar_text(date.fromisoformat(day.on))}{market}）"
            middle = f"接待日：{when}　地点：{day.place}　接待代表：{present}"
            keys = selection.keys
        else:
            visits = self._reception.visits_between(selection.from_on, selection.to_on)
            visits = [visit for visit in visits if is_wanted(visit.room_id, selection.room)]
            middle = f"所属期：{selection.title}"
            keys = selection.keys or MONTH_VISIT_KEYS
        cases = self._opinions.of_visits([visit.id for visit in visits])
        lines = self.visit_lines(visits, cases, redacted=selection.redacted)
        standing = [case for case in cases if case.progress.state is not State.VOID]
        counted = sum(case.counts for case in standing)
        others = len(standing) - counted
        words = f"意见建议 {counted} 件" + (f"，不计件（咨询等）{others} 件" if others else "")
        total: dict[str, Cell] = {
            "": f"合计　{len(visits)} 批",
            "people": sum(v.people for v in visits),
            "words": words,
        }
        sheet = self._filled(VISIT_LEDGER.title, profile, middle, VISIT_LEDGER.shown(keys), lines, total)
        known = {case.number: case.uid for case in cases}
        own = {visit.id: visit.uid for visit in visits}
        uids = tuple(known.get(line.case_number) or own[line.visit_id] for line in lines)
        return replace(sheet, uids=() if selection.redacted else uids)

    def _opinion_sheet(self, selection: Selection) -> Sheet:
        profile = self._settings.profile()
        cases = self._chosen_cases(selection)
        if selection.redacted:
            cases = [redact(case) for case in cases]
        lines = self.opinion_lines(cases)
        still_open = sum(case.progress.state in OPEN_STATES for case in cases)
        counted = [case for case in cases if case.counts]
        voters = sum(case.source is Source.VOTER for case in counted)
        total: dict[str, Cell] = {
            "": f"合计　{len(cases)} 件",
            "words": f"计件 {len(counted)} 件：群众意见 {voters} 件，代表意见 {len(counted) - voters} 件；"
            f"在办 {still_open} 件，已了结 {len(cases) - still_open} 件",
        }
        middle = f"所属期：{selection.title or '全部'}"
        columns = OPINION_LEDGER.shown(selection.keys)
        sheet = self._filled(OPINION_LEDGER.title, profile, middle, columns, lines, total)
        return replace(sheet, uids=() if selection.redacted else tuple(case.uid for case in cases))

    def _chosen_cases(self, selection: Selection) -> list[Case]:
        """Return the opinions of the period without void ones, or exactly those asked for."""
        if selection.case_ids:
            by_id = {case.id: case for case in self._opinions.cases()}
            return [by_id[case_id] for case_id in selection.case_ids if case_id in by_id]
        raised = self._opinions.raised_between(selection.from_on, selection.to_on)
        standing = [case for case in raised if case.progress.state is not State.VOID]
        return [case for case in standing if is_wanted(case.room_id, selection.room)]

    def _promise_sheet(self, selection: Selection) -> Sheet:
        lines = self.promise_lines(selection.from_on, selection.to_on)
        states = Counter(line.state for line in lines)
        told = [f"{PROMISE_STATE_LABELS[state]} {states[state]} 项" for state in PromiseState if states[state]]
        late = sum(line.overdue_days > 0 for line in lines)
        told += [f"其中 {late} 项过期未核实"] if late else []
        total: dict[str, Cell] = {"": f"合计　{len(lines)} 项", "words": "，".join(told)}
        middle = f"办成日期：{selection.title or '全部'}"
        columns = PROMISE_LEDGER.shown(selection.keys)
        return self._filled(PROMISE_LEDGER.title, self._settings.profile(), middle, columns, lines, total)

    def _unit_sheet(self, selection: Selection) -> Sheet:
        lines = self.unit_lines(selection.from_on, selection.to_on)
        columns = UNIT_LEDGER.shown(selection.keys)
        whole = sum_line(lines)
        total: dict[str, Cell] = {
            column.key: column.value(whole) for column in columns if column.kind is Kind.COUNT or column.key in _RATES
        }
        total |= {"": f"合计　{len(lines)} 个单位"}
        total.pop("index", None)
        middle = f"所属期：{selection.title or '全部'}"
        return self._filled(UNIT_LEDGER.title, self._settings.profile(), middle, columns, lines, total)

    def _suggestion_sheet(self, selection: Selection) -> Sheet:
        lines = self._suggestions.lines(selection.from_on, selection.to_on)
        kinds = Counter(line.suggestion.kind for line in lines)
        rates = rates_of(lines)
        told = [f"{SUGGESTION_KIND_LABELS[kind]} {kinds[kind]} 件" for kind in SuggestionKind if kinds[kind]]
        told += [f"{title} {getattr(rates, key)}" for key, title, _definition in RATE_WORDS] if lines else []
        total: dict[str, Cell] = {"": f"合计　{len(lines)} 件", "title": "，".join(told)}
        middle = f"提交日期：{selection.title or '全部'}"
        columns = SUGGESTION_LEDGER.shown(selection.keys)
        return self._filled(SUGGESTION_LEDGER.title, self._settings.profile(), middle, columns, lines, total)

    def _roster_sheet(self, selection: Selection) -> Sheet:
        profile = self._settings.profile()
        lines = self._roster.lines(order=self._settings.roster_order())
        if selection.redacted:
            lines = [replace(line, phone=masked_phone(line.phone), id_number="", address="") for line in lines]
        total: dict[str, Cell] = {"": f"合计　{len(lines)} 人"}
        columns = ROSTER_LEDGER.shown(selection.keys)
        sheet = self._filled(ROSTER_LEDGER.title, profile, self._term(), columns, lines, total)
        return replace(sheet, uids=() if selection.redacted else tuple(line.uid for line in lines))

    def _group_sheet(self, selection: Selection) -> Sheet:
        rows = GroupRows(self._settings, self._roster, self._grouping, self._clock.today().isoformat())
        lines = rows.group_lines()
        area = GROUP_KIND_LABELS[GroupKind.AREA]
        in_groups = len({member.id for group in rows.groups for member in rows.members(group)})
        total: dict[str, Cell] = {
            "": f"合计　{len(lines)} 组",
            "members": f"已编组代表 {in_groups} 人",
            "people": in_groups,
            # A deputy of an area group is in a field group and a duty team too: those would count a household again.
            "households": sum(line.households or 0 for line in lines if line.kind == area) or None,
        }
        columns = GROUP_LEDGER.shown(selection.keys)
        sheet = self._filled(GROUP_LEDGER.title, self._settings.profile(), self._term(), columns, lines, total)
        known = {group.id: group.uid for group in rows.groups}
        return replace(sheet, uids=tuple(known[line.group_id] for line in lines))

    def _contact_sheet(self, selection: Selection) -> Sheet:
        rows = GroupRows(self._settings, self._roster, self._grouping, self._clock.today().isoformat())
        lines = rows.contact_lines(published=selection.redacted)
        total: dict[str, Cell] = {
            "": f"合计　{len(lines)} 人",
            "households": sum(line.households or 0 for line in lines) or None,
        }
        columns = CONTACT_LEDGER.shown(selection.keys)
        return self._filled(CONTACT_LEDGER.title, self._settings.profile(), self._term(), columns, lines, total)

    def room_period(self, selection: Selection) -> Period:
        """Return the period of the statistics by room; from the beginning up to today where none is chosen."""
        to_on = min(selection.to_on, self._clock.today().isoformat())
        return Period(PeriodKind.FREE, selection.from_on or "1954-01-01", to_on, selection.title or "全部")

    def room_table(self, period: Period) -> RoomTable:
        """Return the figures of a period by room."""
        return room_table(
            self._rooms.all(), self._opinions.cases(), self._days.between(), self.visit_counts(), period, self.rules()
        )

    def visit_counts(self) -> list[VisitCount]:
        """Return what the figures need of every visit."""
        return [
            VisitCount(visit.id, visit.number, visit.day_id, visit.on, visit.counts, visit.people, visit.room_id)
            for visit in self._reception.visits_between("", "9999")
        ]

    def _room_sheet(self, selection: Selection) -> Sheet:
        profile = self._settings.profile()
        period = self.room_period(selection)
        table = self.room_table(period)
        columns = ROOM_LEDGER.shown(selection.keys)
        middle = f"所属期：{period.title}"
        behind = tuple(room_cases(table, self._opinions.cases()))
        annex = self._filled(BEHIND_LEDGER.title, profile, middle, BEHIND_LEDGER.columns, behind, {})
        return replace(
            self._filled(ROOM_LEDGER.title, profile, middle, columns, table.lines, room_total(table, columns)),
            notes=room_notes(table),
            annexes=(annex,),
        )

    def _term(self) -> str:
        """Return the middle of the head of books about deputies."""
        name = self._settings.profile().term_name
        return f"届次：{name}" if name else ""

    def _filled(
        self,
        title: str,
        profile: StationProfile,
        middle: str,
        columns: tuple[Column[Any], ...],
        lines: Sequence[object],
        total: dict[str, Cell],
    ) -> Sheet:
        today = self._clock.today().isoformat()
        return Sheet(
            title=title,
            head=(f"填报单位（盖章）：{profile.name}", middle, f"报出日期：{today}"),
            columns=tuple(
                replace(one, title=profile.village_word) if one.title == VILLAGE_WORD else one for one in columns
            ),
            rows=tuple(lines),
            total=total,
            foot=self.foot(),
            demo=profile.demo,
        )

    def foot(self) -> tuple[str, str, str, str]:
        """Return the signature line: 负责人 · 审核人 · 填表人 · 联系电话."""
        profile = self._settings.profile()
        head = next((person.name for person in self._settings.staff() if person.post is StaffPost.HEAD), "")
        return (f"负责人：{head}", "审核人：", f"填表人：{self._operator}", f"联系电话：{profile.phone}")
