"""Taking in a reception ledger: its lines become visits with their opinions, or correct those that are registered."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from station_app.documents.columns import Column, Kind
from station_app.documents.ledgers import VISIT_LEDGER
from station_app.domain.cell_words import Replied
from station_app.domain.events import ON_SPOT_WAY, Event, EventKind, Satisfaction, effective
from station_app.domain.numbering import Series
from station_app.domain.opinion import Case
from station_app.domain.progress import disposition_labels
from station_app.domain.raw_sheet import Cell, RawSheet
from station_app.domain.reception import DayKind, DayState, ReceptionDay, Visit, VisitLine
from station_app.domain.row_verdicts import CellProblem, Known, RowVerdict
from station_app.domain.sheet_form import SheetForm
from station_app.domain.sheet_mapping import DataRow, MappedColumn, SheetMapping, SkippedRow
from station_app.domain.station import ListKey
from station_app.domain.visit_line import visit_lines
from station_app.domain.visit_rows import read_visit_rows, read_visit_table
from station_app.domain.visit_sheet import VISIT_FORM, VisitLists, VisitRow, hidden_key, line_keys
from station_app.services.reception_desk import short_title
from station_app.services.sheet_matters import SheetMatters
from station_app.storage.change_log import Step
from station_app.storage.imports import ImportRecords
from station_app.storage.numbers import Numbers
from station_app.storage.opinions import OpinionRecords
from station_app.storage.receptions import ReceptionRecords
from station_app.storage.station_file import StationFile
from station_app.storage.stations import StationRecords

_KIND = "visits"
_WAY = "旧台账"
_USABLE = frozenset({DayState.OPEN, DayState.HELD})

_VISIT_COLUMNS = {
    "raised_on": ("on_date",),
    "name": ("name", "pinyin", "initials", "anonymous"),
    "people": ("people",),
    "gender": ("gender",),
    "phone": ("phone", "no_phone"),
    "address": ("address",),
    "village": ("village_id",),
    "place": ("place",),
    "channel": ("channel_id",),
}
_OPINION_COLUMNS = {
    "raised_on": ("raised_on",),
    "words": ("words",),
    "category": ("category_id",),
    "nature": ("nature_id",),
}


@dataclass(frozen=True)
class _Line:
    """A registered line: its record, the visit it belongs to, and what the ledger prints of it."""

    uid: str
    visit: Visit
    case: Case | None
    first: bool
    printed: VisitLine


class VisitIntake:
    """The kind 接待选民登记台账."""

    form: ClassVar[SheetForm] = VISIT_FORM
    columns: ClassVar[tuple[Column[Any], ...]] = (
        Column[VisitRow]("name", "姓名", lambda row: row.petitioner.name or "匿名", Kind.LABEL, 9),
        Column[VisitRow]("raised_on", "接待日期", lambda row: row.raised_on, Kind.DATE, 11),
        Column[VisitRow]("words", "反映内容", lambda row: row.words or row.notes, Kind.TEXT, 20),
        Column[VisitRow]("people", "人数", lambda row: row.petitioner.people if row.first else None, Kind.COUNT, 5),
        Column[VisitRow]("number", "编号", lambda row: row.number or row.visit_number, Kind.CODE, 13),
    )

    def __init__(self, file: StationFile) -> None:
        self._file = file
        self._receptions = ReceptionRecords(file)
        self._opinions = OpinionRecords(file)
        self._stations = StationRecords(file)
        self._imports = ImportRecords(file)
        self._numbers = Numbers(file)

    def read(self, sheet: RawSheet, mapping: SheetMapping) -> tuple[tuple[VisitRow, ...], tuple[SkippedRow, ...]]:
        """Return the lines of a worksheet and the rows that are none."""
        rows, skipped = read_visit_table(sheet, mapping, self._file.clock.today(), self._lists())
        given = self._opinions.given_numbers()
        return tuple(_told_of_number(row, given) for row in rows), skipped

    def villages(self, row: VisitRow) -> Iterable[str]:
        """Return the village a column of its own names."""
        return (row.told_village,) if "village" in row.columns else ()

    def known(self) -> list[Known]:
        """Return every registered visit, a line for each opinion; what it says is what the ledger prints."""
        remembered = {row.record_uid: row for row in self._imports.all(_KIND)}
        sources = self._opinions.source_numbers()
        lines, erased = self._lines(), self._receptions.erased()
        printed = read_visit_rows(
            [_as_row(line.printed) for line in lines], "", self._file.clock.today(), self._lists()
        )
        known = []
        for line, said in zip(lines, printed, strict=True):
            memory = remembered.get(line.uid)
            number = line.case.number if line.case else line.visit.number
            source = sources[line.case.id] if line.case else ""
            name, words = line.visit.name, line.case.words if line.case else ""
            keys = line_keys((number, source), line.visit.on, name, words)
            known.append(
                Known(
                    uid=line.uid,
                    keys=(*keys, hidden_key(line.visit.on, name, words)) if name else keys,
                    current=_current(line, said) | (_ERASED if line.visit.uid in erased else {}),
                    digest=memory.digest if memory else "",
                    imported=memory.values if memory else None,
                    label=name,
                )
            )
        return known

    def take_in(self, step: Step, pairs: Sequence[tuple[VisitRow, RowVerdict]]) -> Iterator[str]:
        """Write new and changed lines and yield the uids of their opinions, or of visits without one."""
        writer = _Writer(self._file, step, self._lines(), pairs)
        for row, verdict in pairs:
            yield writer.add(row) if verdict.kind == "new" else writer.change(row, verdict)

    def _lines(self) -> list[_Line]:
        visits = self._receptions.visits()
        cases = {case.number: case for case in self._opinions.cases() if case.visit_id is not None}
        by_id = {visit.id: visit for visit in visits}
        lines = []
        last = 0
        for printed in visit_lines(visits, list(cases.values()), disposition_labels(self._stations.profile()), {}):
            visit, case = by_id[printed.visit_id], cases.get(printed.case_number)
            lines.append(_Line(case.uid if case else visit.uid, visit, case, visit.id != last, printed))
            last = visit.id
        return lines

    def _lists(self) -> VisitLists:
        labels = {key: frozenset(one.label for one in self._stations.choices(key)) for key in ListKey}
        return VisitLists(
            villages={name: one.short_name for one in self._stations.villages() for name in (one.name, one.short_name)},
            categories=labels[ListKey.CATEGORY],
            natures=labels[ListKey.NATURE],
            channels=labels[ListKey.CHANNEL],
            uncounted=frozenset(one.label for one in self._stations.choices(ListKey.NATURE) if not one.counts),
        )


class _Writer:
    """Writes the lines of one import; the lines of one visit find each other."""

    def __init__(
        self, file: StationFile, step: Step, lines: Sequence[_Line], pairs: Sequence[tuple[VisitRow, RowVerdict]]
    ) -> None:
        self._file = file
        self._step = step
        self._receptions = ReceptionRecords(file)
        self._opinions = OpinionRecords(file)
        self._numbers = Numbers(file)
        self._code = StationRecords(file).profile().code
        self._matters = SheetMatters(file, {number for row, _ in pairs for number in (row.number, row.visit_number)})
        self._lines = {line.uid: line for line in lines}
        self._days = {day.on: day for day in self._receptions.days() if day.state in _USABLE}
        self._visits: dict[int, int] = {}
        self._positions: dict[int, int] = {}
        self._of_key: dict[str, int] = {}
        for line in lines:
            number = line.case.number if line.case else line.visit.number
            for key in line_keys((number,), line.visit.on, line.visit.name, line.case.words if line.case else ""):
                self._of_key.setdefault(key, line.visit.id)
            self._of_key[f"visit|{line.visit.number}|{line.visit.on}"] = line.visit.id
            self._positions[line.visit.id] = self._positions.get(line.visit.id, 0) + (line.case is not None)

    def add(self, row: VisitRow) -> str:
        """Add a line, to its visit when that is there already, and return the uid of its record."""
        known = (f"visit|{row.visit_number}|{row.raised_on}", *row.kin)
        visit_id = self._visits.get(row.visit) or next((self._of_key[k] for k in known if k in self._of_key), None)
        if visit_id is None:
            visit_id = self._add_visit(row)
        self._visits[row.visit] = visit_id
        if not row.words:
            return self._receptions.visit(visit_id).uid
        return self._add_opinion(visit_id, row)

    def change(self, row: VisitRow, verdict: RowVerdict) -> str:
        """Write what differs and applies, and return the uid of the record."""
        line = self._lines[verdict.uid]
        fields = {difference.field for difference in verdict.differences if difference.applies}
        self._visits[row.visit] = line.visit.id
        visit = self._matters.visit_values(row)
        touched = {column: visit[column] for field in fields for column in _VISIT_COLUMNS.get(field, ())}
        if "on_behalf_of" in fields:
            touched["on_behalf_of"] = row.on_behalf_of
        if "remark" in fields and line.first:
            touched["notes"] = row.notes or row.remark
        receivers = self._matters.receivers(row) if "receivers" in fields else line.visit.receivers
        self._receptions.save_visit(self._step, line.visit.id, touched, receivers)
        if line.case is None:
            return self._add_opinion(line.visit.id, row) if "words" in fields else line.uid
        self._change_opinion(line.case, row, fields, first=line.first)
        return line.uid

    def _change_opinion(self, case: Case, row: VisitRow, fields: set[str], *, first: bool) -> None:
        opinion = self._matters.opinion_values(row)
        touched = {column: opinion[column] for field in fields for column in _OPINION_COLUMNS.get(field, ())}
        if "words" in fields and case.title == short_title(case.words):
            touched["title"] = opinion["title"]
        if "urgent" in fields:
            touched["urgent"] = 1
        if "remark" in fields and not first:
            touched["remark"] = row.remark or row.notes
        self._opinions.change(self._step, case.id, **touched)
        if "raised_on" in fields:
            for event in effective(case.events):
                if event.on == case.raised_on:  # what happened at the table moves with the visit
                    moved = replace(event, on=row.raised_on, amends=event.uid, recorded_at="")
                    self._opinions.add_event(self._step, case.id, moved, self._file.operator)

    def _add_visit(self, row: VisitRow) -> int:
        day = self._day_of(row)
        channel = row.channel or ("日常来访" if day is None else _CHANNELS[day.kind is DayKind.MOBILE])
        number = row.visit_number or ("" if row.words else row.number)
        return self._matters.add_visit(
            self._step,
            replace(row, channel=channel),
            self._own_number(Series.VISIT, number),
            day_id=day.id if day else None,
            on_behalf_of=row.on_behalf_of,
            recorder=row.recorder or self._file.operator,
        )

    def _day_of(self, row: VisitRow) -> ReceptionDay | None:
        """Return the reception day of a visit: the day's own ledger says so, or the place."""
        day = self._days.get(row.raised_on)
        return day if day and (row.day or (row.place and row.place == day.place)) else None

    def _add_opinion(self, visit_id: int, row: VisitRow) -> str:
        position = self._positions.get(visit_id, 0)
        self._positions[visit_id] = position + 1
        channel = row.channel or self._receptions.visit(visit_id).channel
        return self._matters.add_opinion(
            self._step,
            visit_id,
            replace(row, channel=channel),
            _events(row),
            self._own_number(Series.OPINION, row.number),
            position=position,
            urgent=int(bool(row.urgent)),
            recorder=row.recorder or self._file.operator,
        )

    def _own_number(self, series: Series, number: str) -> str:
        """Return a number that this station once gave and that is free here; empty asks for a new one."""
        return number if self._numbers.is_free(series, self._code, number) else ""


_CHANNELS = {False: "接待日", True: "流动接待"}


def _told_of_number(row: VisitRow, given: Mapping[str, tuple[str, str] | None]) -> VisitRow:
    """Return a line with a notice where its 编号 is that of another matter here, or of one that was deleted."""
    if row.number not in given or not row.words or row.masked:
        return row
    if given[row.number] == (row.raised_on, row.petitioner.name):
        return row
    told = f"编号：{row.number} 在登记簿里已经用过，新增时另编新号，这个号留作备查。"
    return replace(row, notices=(*row.notices, CellProblem(row.row_number, "", told)))


def _as_row(printed: VisitLine) -> DataRow:
    """Return a registered line as the row of a sheet that has every column."""
    cells: dict[str, Cell] = {
        _READ_AS.get(column.key, column.key): column.value(printed) for column in VISIT_LEDGER.columns
    }
    return DataRow(printed.index, cells, _WHOLE)


_READ_AS = {"on": "raised_on"}
_WHOLE = SheetMapping("", (1,), tuple(MappedColumn(0, field.title, field.key) for field in VISIT_FORM.fields))


_ERASED = dict.fromkeys(("name", "gender", "phone", "address", "on_behalf_of", "remark"), "（已按本人要求删除）")
"""What stands for erased data: an old ledger brings none of it back unless the clerk ticks that."""


def _current(line: _Line, said: VisitRow) -> dict[str, str]:
    """Return what is registered: what the ledger prints, and what it has no column for."""
    visit, case = line.visit, line.case
    behind = {
        "village": visit.village,
        "channel": visit.channel,
        "on_behalf_of": visit.on_behalf_of,
        "nature": case.nature if case else "",
        "people": str(visit.people) if line.first else "",
        "name": visit.name,
        "words": case.words if case else "",
    }
    return behind | {key: text for key, text in said.said.items() if text or key not in behind}


def _events(row: VisitRow) -> list[Event]:
    """Return what the ledger tells of an opinion after its registration.

    It keeps no date of an answer but that of the feedback: without one it is the day of the visit.
    """
    on = row.raised_on
    ended = max(on, row.fed_back_on)
    rated = [Event(EventKind.RATED, ended, satisfaction=Satisfaction(row.satisfaction))] if row.satisfaction else []
    void = [Event(EventKind.VOIDED, ended, text="旧台账记载作废")] if row.void else []
    events = [Event(EventKind.STUDIED, on, text=row.proposal)] if row.proposal else []
    if row.route:
        events.append(Event(EventKind.REDIRECTED, on, route=row.route))
    elif row.on_spot_answer:
        events.append(Event(EventKind.ANSWERED, on, text=row.on_spot_answer, way=ON_SPOT_WAY, answer_class="A"))
        events += [Event(EventKind.FED_BACK, on, way="当面"), *rated, Event(EventKind.CLOSED, ended)]
    elif row.result or row.replied is Replied.YES:
        text = row.result or "旧台账记载已回复，未载答复日期与内容。"
        events.append(Event(EventKind.ANSWERED, ended, text=text, way=_WAY))
        if row.fed_back_on or rated or row.replied is Replied.YES:
            closed = Event(EventKind.CLOSED, ended, text="自旧台账导入")
            events += [Event(EventKind.FED_BACK, ended, way=_WAY), *rated, closed]
    elif row.replied is Replied.IN_PROGRESS and not events:
        events.append(Event(EventKind.STUDIED, on, text="旧台账记载办理中。"))
    return [*events, *void]
