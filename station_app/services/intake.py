"""Taking in spreadsheets: a preview of every row first, then one step after a backup."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from station_app.domain.operators import Right
from station_app.domain.opinion_sheet import OPINION_FIELDS, OpinionRow
from station_app.domain.roster_sheet import ROSTER_FIELDS, RosterRow
from station_app.domain.row_verdicts import CellProblem, RowVerdict
from station_app.services.done import EVERYTHING, Done
from station_app.services.opinion_intake import OpinionIntake
from station_app.services.roster_intake import RosterIntake
from station_app.storage.station_file import StationFile
from station_app.support.faults import NotAllowed


class SheetKind(StrEnum):
    """What a spreadsheet holds."""

    ROSTER = "roster"
    OPINIONS = "opinions"


SHEET_KIND_LABELS = {SheetKind.ROSTER: "代表花名册", SheetKind.OPINIONS: "意见台账"}
VERDICT_LABELS = {"new": "新增", "changed": "变更", "unchanged": "无变化", "problem": "有问题"}
_TITLES = {field.key: field.title for field in (*OPINION_FIELDS, *ROSTER_FIELDS)}


@dataclass(frozen=True)
class PreviewRow:
    """One row of the preview: what the sheet says and what would happen."""

    row: RosterRow | OpinionRow
    verdict: RowVerdict

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
                f"{_TITLES.get(d.field, d.field)}：{d.current or '（空）'} → {d.sheet}"
                for d in self.verdict.differences
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
    """Reads, judges and takes in rosters and old ledgers of opinions."""

    def __init__(self, file: StationFile) -> None:
        self._file = file
        self._roster = RosterIntake(file)
        self._opinions = OpinionIntake(file)

    def preview(self, path: Path, kind: SheetKind, cancelled: Callable[[], bool] = lambda: False) -> Preview:
        """Read a spreadsheet and say what an import would do with each row.

        Raises:
            InvalidInput: it is no spreadsheet, holds no such table, or is hostile (field ``sheet``).
            StationFault: the file cannot be read.
            Cancelled: the clerk asked to stop.
        """
        from station_app.documents.spreadsheet import read_workbook

        sheets = read_workbook(path, cancelled)
        judged: list[tuple[RosterRow | OpinionRow, RowVerdict]] = []
        if kind is SheetKind.ROSTER:
            mapping, deputies, skipped, verdicts = self._roster.judge(sheets)
            villages = self._roster.new_villages(deputies, verdicts)
            judged.extend(zip(deputies, verdicts, strict=True))
        else:
            mapping, opinions, skipped, verdicts = self._opinions.judge(sheets)
            villages = self._opinions.new_villages(opinions, verdicts)
            judged.extend(zip(opinions, verdicts, strict=True))
        return Preview(
            kind,
            path,
            mapping.sheet,
            tuple(PreviewRow(row, verdict) for row, verdict in judged),
            tuple((row.number, row.reason) for row in skipped),
            tuple(column.title for column in mapping.unrecognised),
            villages,
        )

    def confirm(self, preview: Preview) -> Done[dict[str, int]]:
        """Take in what a preview shows: a verified backup, then one step that can be undone whole.

        Raises:
            NotAllowed: who is signed in may not import.
            StationFault: the backup or the file failed; nothing was taken in.
        """
        label = f"导入{SHEET_KIND_LABELS[preview.kind]}"
        if not (preview.counts["new"] or preview.counts["changed"]):
            return Done(preview.counts, f"{label}：没有变化", frozenset(), 0)
        if Right.KEEP not in self._file.rights:
            raise NotAllowed  # before the backup, which would be for nothing
        self._file.back_up("导入前")
        pairs = [(row.row, row.verdict) for row in preview.rows if row.verdict.kind in {"new", "changed"}]
        with self._file.write(label) as step:
            if preview.kind is SheetKind.ROSTER:
                self._roster.take_in(step, [(r, v) for r, v in pairs if isinstance(r, RosterRow)], preview.new_villages)
            else:
                self._opinions.take_in(
                    step, [(r, v) for r, v in pairs if isinstance(r, OpinionRow)], preview.new_villages
                )
        counts = preview.counts
        return Done(counts, f"{label}：新增 {counts['new']}，变更 {counts['changed']}", EVERYTHING, step.id)
