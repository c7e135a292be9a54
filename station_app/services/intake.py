"""Taking in spreadsheets: a preview of every row first, then one step after a backup."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from station_app.documents.columns import Column
from station_app.domain.header_search import find_table
from station_app.domain.operators import Right
from station_app.domain.row_verdicts import CellProblem, RowVerdict, SheetRow, judge_rows
from station_app.domain.sheet_form import SheetForm
from station_app.services.done import EVERYTHING, Done
from station_app.services.kind_intake import KindIntake
from station_app.services.opinion_intake import OpinionIntake
from station_app.services.roster_intake import RosterIntake
from station_app.services.sheet_villages import add_villages, unknown_villages
from station_app.storage.imports import ImportRecords
from station_app.storage.station_file import StationFile
from station_app.support.faults import NotAllowed


class SheetKind(StrEnum):
    """What a spreadsheet holds."""

    ROSTER = "roster"
    OPINIONS = "opinions"


VERDICT_LABELS = {"new": "新增", "changed": "变更", "unchanged": "无变化", "problem": "有问题"}


@dataclass(frozen=True)
class PreviewRow:
    """One row of the preview: what the sheet says and what would happen."""

    row: SheetRow
    verdict: RowVerdict
    form: SheetForm

    @property
    def kept(self) -> int:
        """How many fields keep what is registered although the sheet says something else."""
        return sum(not difference.applies for difference in self.verdict.differences)

    def overwriting(self) -> "PreviewRow":
        """Return the row with every difference taken from the sheet."""
        if not self.kept:
            return self
        differences = tuple(replace(difference, applies=True) for difference in self.verdict.differences)
        return replace(self, verdict=replace(self.verdict, kind="changed", reason="", differences=differences))

    @property
    def remark(self) -> str:
        """Why the row is a problem, what differs, or what is worth knowing."""
        if self.verdict.reason:
            return self.verdict.reason
        if self.verdict.differences:
            return "；".join(
                f"{field.title}：{field.told(d.current) or '（空）'} → {field.told(d.sheet)}"
                for d in self.verdict.differences
                for field in (self.form.field(d.field),)
            )
        return " ".join(notice.reason for notice in self.row.notices)


@dataclass(frozen=True)
class Preview:
    """What an import would do; nothing is written yet.

    Args:
        sheet: name of the worksheet.
        skipped: rows that are no entries, with the reason (合计, 注, 分隔).
        unrecognised: titles of columns that are not imported.
        new_villages: villages that would be added because rows name them.
    """

    kind: SheetKind
    path: Path
    sheet: str
    rows: tuple[PreviewRow, ...]
    skipped: tuple[tuple[int, str], ...]
    unrecognised: tuple[str, ...]
    new_villages: tuple[str, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are new, changed, unchanged, a problem."""
        found = Counter(str(row.verdict.kind) for row in self.rows)
        return {kind: found[kind] for kind in VERDICT_LABELS}

    @property
    def problems(self) -> tuple[CellProblem, ...]:
        """Every problem with its row, column and reason."""
        return tuple(
            CellProblem(row.verdict.row, row.verdict.column, row.verdict.reason)
            for row in self.rows
            if row.verdict.kind == "problem"
        )

    def overwriting(self, rows: Collection[int]) -> "Preview":
        """Return the preview with what was edited by hand taken from the sheet too, in the rows that were ticked.

        Args:
            rows: row numbers as in Excel.
        """
        return replace(self, rows=tuple(r.overwriting() if r.verdict.row in rows else r for r in self.rows))

    def as_json(self) -> dict[str, object]:
        """Return the counts and problems as the command line prints them."""
        counts: dict[str, object] = {k: v for k, v in self.counts.items() if k != "problem"}
        return {**counts, "problems": [problem.as_json() for problem in self.problems]}


class Intake:
    """Reads, judges and takes in spreadsheets of every kind."""

    def __init__(self, file: StationFile) -> None:
        self._file = file
        self._imports = ImportRecords(file)
        self._kinds: dict[SheetKind, KindIntake[Any]] = {
            SheetKind.ROSTER: RosterIntake(file),
            SheetKind.OPINIONS: OpinionIntake(file),
        }

    def form(self, kind: SheetKind) -> SheetForm:
        """Return the title, fields and template of a kind."""
        return self._kinds[kind].form

    def columns(self, kind: SheetKind) -> tuple[Column[Any], ...]:
        """Return what the preview shows of a row of a kind."""
        return self._kinds[kind].columns

    def preview(self, path: Path, kind: SheetKind, cancelled: Callable[[], bool] = lambda: False) -> Preview:
        """Read a spreadsheet and say what an import would do with each row.

        Raises:
            InvalidInput: it is no spreadsheet, holds no such table, or is hostile (field ``sheet``).
            StationFault: the file cannot be read.
            Cancelled: the clerk asked to stop.
        """
        from station_app.documents.spreadsheet import read_workbook

        intake = self._kinds[kind]
        sheet, mapping = find_table(read_workbook(path, cancelled), intake.form.fields, intake.form.required)
        rows, skipped = intake.read(sheet, mapping)
        judged = tuple(zip(rows, judge_rows(rows, intake.known()), strict=True))
        villages = (name for row, verdict in judged if verdict.kind != "problem" for name in intake.villages(row))
        return Preview(
            kind,
            path,
            mapping.sheet,
            tuple(PreviewRow(row, verdict, intake.form) for row, verdict in judged),
            tuple((row.number, row.reason) for row in skipped),
            tuple(column.title for column in mapping.unrecognised),
            unknown_villages(self._file, villages),
        )

    def confirm(self, preview: Preview) -> Done[dict[str, int]]:
        """Take in what a preview shows: a verified backup, then one step that can be undone whole.

        Raises:
            NotAllowed: who is signed in may not import.
            StationFault: the backup or the file failed; nothing was taken in.
        """
        intake = self._kinds[preview.kind]
        label = f"导入{intake.form.title}"
        counts = preview.counts
        if not (counts["new"] or counts["changed"]):
            return Done(counts, f"{label}：没有变化", frozenset(), 0)
        if Right.KEEP not in self._file.rights:
            raise NotAllowed  # before the backup, which would be for nothing
        self._file.back_up("导入前")
        pairs = [(row.row, row.verdict) for row in preview.rows if row.verdict.kind in {"new", "changed"}]
        with self._file.write(label) as step:
            add_villages(self._file, step, preview.new_villages)
            for (row, _verdict), uid in zip(pairs, intake.take_in(step, pairs), strict=True):
                self._imports.remember(step, preview.kind, uid, row.digest, dict(row.values))
        return Done(counts, f"{label}：新增 {counts['new']}，变更 {counts['changed']}", EVERYTHING, step.id)
