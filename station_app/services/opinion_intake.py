"""Taking in an old ledger of opinions: each row becomes a visit with one opinion and what is known of its end."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

from station_app.documents.columns import Column, Kind
from station_app.documents.ledgers import handled_by
from station_app.domain.cell_words import Replied
from station_app.domain.events import ON_SPOT_WAY, Event, EventKind
from station_app.domain.opinion import Case
from station_app.domain.opinion_sheet import OPINION_FORM, OpinionRow, opinion_keys, read_opinion_table
from station_app.domain.people import Gender
from station_app.domain.raw_sheet import RawSheet
from station_app.domain.reception import Visit
from station_app.domain.row_verdicts import Known, RowVerdict
from station_app.domain.sheet_form import SheetForm
from station_app.domain.sheet_mapping import SheetMapping, SkippedRow
from station_app.domain.visit_sheet import said_key
from station_app.services.sheet_matters import SheetMatters
from station_app.services.sheet_villages import village_names
from station_app.storage.change_log import Step
from station_app.storage.imports import ImportRecords
from station_app.storage.opinions import OpinionRecords
from station_app.storage.receptions import ReceptionRecords
from station_app.storage.station_file import StationFile

_KIND = "opinions"


class OpinionIntake:
    """The kind 意见台账."""

    form: ClassVar[SheetForm] = OPINION_FORM
    columns: ClassVar[tuple[Column[Any], ...]] = (
        Column[OpinionRow]("number", "编号", lambda row: row.number, Kind.CODE, 13),
        Column[OpinionRow]("raised_on", "提出日期", lambda row: row.raised_on, Kind.DATE, 11),
        Column[OpinionRow]("petitioner", "提出人", lambda row: row.petitioner.name or "匿名", Kind.LABEL, 9),
        Column[OpinionRow]("words", "反映内容", lambda row: row.words, Kind.TEXT, 30),
    )

    def __init__(self, file: StationFile) -> None:
        self._file = file
        self._receptions = ReceptionRecords(file)
        self._opinions = OpinionRecords(file)
        self._imports = ImportRecords(file)

    def read(self, sheet: RawSheet, mapping: SheetMapping) -> tuple[tuple[OpinionRow, ...], tuple[SkippedRow, ...]]:
        """Return the opinions of a worksheet and the rows that are none."""
        found = read_opinion_table(sheet, mapping, self._file.clock.today(), village_names(self._file))
        return found.rows, found.skipped

    def villages(self, row: OpinionRow) -> Iterable[str]:
        """Return the village the matter is about."""
        return (row.village,)

    def take_in(self, step: Step, pairs: Sequence[tuple[OpinionRow, RowVerdict]]) -> Iterator[str]:
        """Write new and changed opinions and yield their uids."""
        matters = SheetMatters(self._file)
        cases = {case.uid: case for case in self._opinions.cases()} if any(v.uid for _, v in pairs) else {}
        for row, verdict in pairs:
            if verdict.kind == "new":
                yield matters.add_opinion(step, matters.add_visit(step, row), row, _ending(row))
            else:
                case = cases[verdict.uid]
                self._change(step, case, row, verdict, matters)
                yield case.uid

    def _change(self, step: Step, case: Case, row: OpinionRow, verdict: RowVerdict, matters: SheetMatters) -> None:
        fields = {difference.field for difference in verdict.differences if difference.applies}
        if case.visit_id:
            old = self._receptions.visit(case.visit_id)
            touched = {column for field in fields for column in _VISIT_COLUMNS.get(field, ())}
            self._receptions.save_visit(
                step,
                case.visit_id,
                {key: value for key, value in matters.visit_values(row).items() if key in touched},
                matters.receivers(row) if "receivers" in fields else old.receivers,
            )
        touched = {column for field in fields for column in _OPINION_COLUMNS.get(field, ())}
        if touched:
            opinion = matters.opinion_values(row)
            self._opinions.change(step, case.id, **{key: opinion[key] for key in touched})
        if "replied" in fields and case.progress.is_open and not case.progress.handed_on:
            for event in _ending(row):
                self._opinions.add_event(step, case.id, event, self._file.operator)

    def known(self) -> list[Known]:
        """Return every registered opinion."""
        remembered = {row.record_uid: row for row in self._imports.all(_KIND)}
        visits = {visit.id: visit for visit in self._receptions.visits_between("", "9999")}
        sources = dict(self._file.tuples("SELECT id, source_number FROM opinions WHERE deleted_at IS NULL"))
        known = []
        for case in self._opinions.cases():
            memory = remembered.get(case.uid)
            number = sources[case.id] or case.number
            name = case.petitioner if case.petitioner != "匿名" else ""
            current = dict(memory.values) if memory else {}
            current |= _current(case, number, visits.get(case.visit_id or 0))
            known.append(
                Known(
                    uid=case.uid,
                    keys=(
                        *opinion_keys(number, case.raised_on, name, case.words),
                        said_key(number, case.raised_on, case.words),
                    ),
                    current=current,
                    digest=memory.digest if memory else "",
                    imported=memory.values if memory else None,
                    label=name,
                )
            )
        return known


_VISIT_COLUMNS = {
    "raised_on": ("on_date",),
    "petitioner": ("name", "pinyin", "initials", "anonymous"),
    "people": ("people",),
    "gender": ("gender",),
    "phone": ("phone", "no_phone"),
    "address": ("address",),
    "place": ("place",),
    "channel": ("channel_id",),
    "handled_by": ("notes",),
}
_OPINION_COLUMNS = {
    "number": ("source_number",),
    "raised_on": ("raised_on",),
    "words": ("words",),
    "category": ("category_id",),
    "nature": ("nature_id",),
    "channel": ("channel_id",),
    "village": ("village_id",),
    "remark": ("remark",),
}


def _current(case: Case, number: str, visit: Visit | None) -> dict[str, str]:
    """Return a registered opinion's fields as a sheet would say them; fields without a home come from memory."""
    fields = {
        "number": number,
        "raised_on": case.raised_on,
        "phone": case.phone,
        "channel": case.channel,
        "words": case.words,
        "category": case.category,
        "nature": case.nature,
        "village": case.village,
        "remark": case.remark,
        "people": str(case.people),
        "petitioner": case.petitioner if case.petitioner != "匿名" else "",
        "receivers": "、".join(case.receivers),
    }
    if visit:
        gender = "" if visit.gender is Gender.UNKNOWN else visit.gender.value
        fields |= {"address": visit.address, "place": visit.place, "gender": gender}
    if unit := handled_by(case):
        fields["unit"] = unit
    if not case.progress.is_open:
        fields["replied"] = Replied.YES.value
    return fields


def _ending(row: OpinionRow) -> list[Event]:
    """Return what the old ledger tells of an opinion's end.

    It keeps no date of the answer: an answered one is closed on the day it was raised, and says so.
    """
    on = row.raised_on
    if row.replied is Replied.YES:
        text = row.answer or "旧台账记载已回复，未载答复日期与内容。"
        return [
            Event(EventKind.ANSWERED, on, text=text, way=ON_SPOT_WAY),
            Event(EventKind.FED_BACK, on, way="旧台账"),
            Event(EventKind.CLOSED, on, text="自旧台账导入"),
        ]
    if row.replied is Replied.IN_PROGRESS or row.answer:
        return [Event(EventKind.STUDIED, on, text=row.answer or "旧台账记载办理中。")]
    return []
