"""Taking in a roster: deputies matched to those registered, new ones added, changed fields written."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from station_app.documents.columns import Column, Kind
from station_app.domain.deputy_checks import overlap_problem
from station_app.domain.people import Deputy, Gender, Mandate, level_label
from station_app.domain.problems import invalid
from station_app.domain.raw_sheet import RawSheet
from station_app.domain.roster_sheet import ROSTER_FORM, RosterRow, read_roster_table, roster_keys, roster_values
from station_app.domain.row_verdicts import Known, RowVerdict
from station_app.domain.sheet_form import SheetForm
from station_app.domain.sheet_mapping import SheetMapping, SkippedRow
from station_app.domain.text import masked_phone
from station_app.services.sheet_villages import village_ids, village_names
from station_app.storage.change_log import Step
from station_app.storage.deputies import DeputyRecords
from station_app.storage.imports import ImportRecords
from station_app.storage.station_file import StationFile
from station_app.support import pinyin

_KIND = "roster"
_MANDATE_FIELDS = frozenset({"levels", "terms", "constituencies", "card_numbers"})


def _levels(row: RosterRow) -> str:
    return "、".join(dict.fromkeys(level_label(mandate.level) for mandate in row.deputy.mandates))


class RosterIntake:
    """The kind 代表花名册."""

    form: ClassVar[SheetForm] = ROSTER_FORM
    columns: ClassVar[tuple[Column[Any], ...]] = (
        Column[RosterRow]("name", "姓名", lambda row: row.deputy.name, Kind.LABEL, 13),
        Column[RosterRow]("levels", "层级", _levels, Kind.LABEL, 8),
        Column[RosterRow]("post", "单位及职务", lambda row: row.deputy.post, Kind.TEXT, 18),
        Column[RosterRow]("phone", "联系电话", lambda row: masked_phone(row.deputy.phone), Kind.CODE, 13),
    )

    def __init__(self, file: StationFile) -> None:
        self._file = file
        self._deputies = DeputyRecords(file)
        self._imports = ImportRecords(file)

    def read(self, sheet: RawSheet, mapping: SheetMapping) -> tuple[tuple[RosterRow, ...], tuple[SkippedRow, ...]]:
        """Return the deputies of a worksheet and the rows that are none."""
        found = read_roster_table(sheet, mapping, village_names(self._file), today=self._file.clock.today())
        return found.rows, found.skipped

    def villages(self, row: RosterRow) -> Iterable[str]:
        """Return the deputy's village."""
        return (row.deputy.village,)

    def take_in(self, step: Step, pairs: Sequence[tuple[RosterRow, RowVerdict]]) -> Iterator[str]:
        """Write new and changed deputies and yield their uids.

        Raises:
            InvalidInput: somebody would hold a mandate of one level twice at a time: that is for a change of term.
        """
        villages = village_ids(self._file)
        registered = {deputy.uid: deputy for deputy in self._deputies.all()}
        for row, verdict in pairs:
            village_id = villages.get(row.deputy.village)
            if verdict.kind == "new":
                deputy = replace(row.deputy, village_id=village_id)
                deputy_id = self._deputies.add(step, deputy, *pinyin.indexed(deputy.name))
                yield str(self._file.value("SELECT uid FROM deputies WHERE id = ?", [deputy_id]))
            else:
                before = registered[verdict.uid]
                deputy = _changed(before, row, verdict, village_id)
                if overlap_problem(deputy.mandates) and not overlap_problem(before.mandates):
                    raise invalid("sheet", _another_term(row, before.name))
                self._deputies.change(step, deputy, *pinyin.indexed(deputy.name))
                yield deputy.uid

    def known(self) -> list[Known]:
        """Return every registered deputy with the mandates held today; those that are over are no matter of a sheet."""
        today = self._file.clock.today().isoformat()
        remembered = {row.record_uid: row for row in self._imports.all(_KIND)}
        known = []
        for deputy in self._deputies.all():
            memory = remembered.get(deputy.uid)
            known.append(
                Known(
                    uid=deputy.uid,
                    keys=roster_keys(deputy.name, deputy.phone, deputy.id_number, deputy.birth_month),
                    current=roster_values(_as_of(deputy, today)),
                    digest=memory.digest if memory else "",
                    imported=memory.values if memory else None,
                    label=deputy.name,
                    growing=frozenset({"levels"}),
                )
            )
        return known


def _another_term(row: RosterRow, name: str) -> str:
    terms = "、".join(dict.fromkeys(mandate.term for mandate in row.deputy.mandates if mandate.term))
    return (
        f"第 {row.row_number} 行 {name}：表中是{terms}，在任的是另一届，导入会重复任职。"
        "新一届的名单请在“换届”（Alt+E）里导入；届次录错的，先在代表名册里改正。"
    )


def _as_of(deputy: Deputy, day: str) -> Deputy:
    held = tuple(mandate for mandate in deputy.mandates if mandate.holds_on(day))
    return replace(deputy, mandates=held or deputy.mandates)


def _changed(deputy: Deputy, row: RosterRow, verdict: RowVerdict, village_id: int | None) -> Deputy:
    """Return the registered deputy with the fields that differ and may be taken over."""
    fields = {difference.field: difference.sheet for difference in verdict.differences if difference.applies}
    values: dict[str, Any] = {key: text for key, text in fields.items() if key not in _MANDATE_FIELDS}
    if "gender" in values:
        values["gender"] = Gender(values["gender"])
    if "village" in values:
        values["village_id"] = village_id
    if _MANDATE_FIELDS & set(fields):
        values["mandates"] = _merged_mandates(deputy.mandates, row.deputy.mandates)
    return replace(deputy, **values)


def _is_same(registered: Mandate, sheet: Mandate) -> bool:
    """Tell whether a sheet means a registered mandate; without a term it can only mean one that is not over."""
    if registered.level is not sheet.level:
        return False
    return registered.term in {sheet.term, ""} if sheet.term else not registered.to_on


def _merged_mandates(registered: tuple[Mandate, ...], sheet: tuple[Mandate, ...]) -> tuple[Mandate, ...]:
    """Return the sheet's mandates on the registered ones of the same level and term; others stay as history."""
    left = list(registered)
    merged = []
    for mandate in sheet:
        same = next((m for m in left if _is_same(m, mandate)), None)
        if same is None:
            merged.append(mandate)
            continue
        left.remove(same)
        merged.append(
            replace(
                same,
                term=mandate.term or same.term,
                constituency=mandate.constituency or same.constituency,
                card_number=mandate.card_number or same.card_number,
            )
        )
    return (*left, *merged)
