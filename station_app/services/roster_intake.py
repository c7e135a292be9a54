"""Taking in a roster: deputies matched to those registered, new ones added, changed fields written."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from station_app.domain.people import Deputy, Gender, Mandate
from station_app.domain.raw_sheet import RawSheet
from station_app.domain.roster_sheet import RosterRow, read_roster, roster_keys, roster_values
from station_app.domain.row_verdicts import Known, RowVerdict, judge_rows
from station_app.domain.sheet_mapping import SheetMapping, SkippedRow
from station_app.services.sheet_villages import add_villages, unknown_villages, village_ids, village_names
from station_app.storage.change_log import Step
from station_app.storage.deputies import DeputyRecords
from station_app.storage.imports import ImportRecords
from station_app.storage.station_file import StationFile
from station_app.support import pinyin

_KIND = "roster"
_MANDATE_FIELDS = frozenset({"levels", "terms", "constituencies", "card_numbers"})


class RosterIntake:
    """Judges and takes in roster rows."""

    def __init__(self, file: StationFile) -> None:
        self._file = file
        self._deputies = DeputyRecords(file)
        self._imports = ImportRecords(file)

    def judge(
        self, sheets: Sequence[RawSheet]
    ) -> tuple[SheetMapping, tuple[RosterRow, ...], tuple[SkippedRow, ...], tuple[RowVerdict, ...]]:
        """Read the roster among the worksheets and judge each row against the register.

        Raises:
            InvalidInput: no worksheet holds a roster.
        """
        found = read_roster(sheets, village_names(self._file))
        return found.mapping, found.rows, found.skipped, judge_rows(found.rows, self._known())

    def new_villages(self, rows: Sequence[RosterRow], verdicts: Sequence[RowVerdict]) -> tuple[str, ...]:
        """Return villages the rows name that the station does not have yet."""
        used = [row.deputy.village for row, verdict in zip(rows, verdicts, strict=True) if verdict.kind != "problem"]
        return unknown_villages(self._file, used)

    def take_in(self, step: Step, pairs: Sequence[tuple[RosterRow, RowVerdict]], new_villages: Sequence[str]) -> None:
        """Write new and changed deputies and remember each row."""
        add_villages(self._file, step, new_villages)
        villages = village_ids(self._file)
        registered = {deputy.uid: deputy for deputy in self._deputies.all()}
        for row, verdict in pairs:
            village_id = villages.get(row.deputy.village)
            if verdict.kind == "new":
                deputy = replace(row.deputy, village_id=village_id)
                deputy_id = self._deputies.add(step, deputy, *_spelled(deputy.name))
                uid = str(self._file.value("SELECT uid FROM deputies WHERE id = ?", [deputy_id]))
            else:
                deputy = _changed(registered[verdict.uid], row, verdict, village_id)
                self._deputies.change(step, deputy, *_spelled(deputy.name))
                uid = deputy.uid
            self._imports.remember(step, _KIND, uid, row.digest, dict(row.values))

    def _known(self) -> list[Known]:
        remembered = {row.record_uid: row for row in self._imports.all(_KIND)}
        known = []
        for deputy in self._deputies.all():
            memory = remembered.get(deputy.uid)
            known.append(
                Known(
                    uid=deputy.uid,
                    keys=roster_keys(deputy.name, deputy.phone, deputy.id_number, deputy.birth_month),
                    current=roster_values(deputy),
                    digest=memory.digest if memory else "",
                    imported=memory.values if memory else None,
                    label=deputy.name,
                )
            )
        return known


def _spelled(name: str) -> tuple[str, str]:
    return pinyin.spelling(name).replace(" ", ""), " ".join(pinyin.initials(name))


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


def _merged_mandates(registered: tuple[Mandate, ...], sheet: tuple[Mandate, ...]) -> tuple[Mandate, ...]:
    """Return the sheet's mandates on the registered ones of the same level and term; others stay as history."""
    left = list(registered)
    merged = []
    for mandate in sheet:
        same = next((m for m in left if m.level is mandate.level and m.term in {mandate.term, ""}), None)
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
