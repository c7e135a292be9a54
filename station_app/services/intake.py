"""Taking in spreadsheets: a preview of every row first, then one step after a backup."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from station_app.documents.columns import Column
from station_app.domain.header_search import (
    is_header,
    likely_header,
    map_header,
    map_sheet,
    remembered_mapping,
    titles_digest,
)
from station_app.domain.operators import Right
from station_app.domain.problems import invalid
from station_app.domain.raw_sheet import RawSheet
from station_app.domain.row_verdicts import CellProblem, Difference, Known, RowVerdict, SheetRow, judge_rows
from station_app.domain.sheet_form import SheetForm
from station_app.domain.sheet_mapping import SheetMapping
from station_app.services.attendance_intake import AttendanceIntake
from station_app.services.done import EVERYTHING, Done
from station_app.services.group_intake import GroupIntake
from station_app.services.kind_intake import KindIntake, Sparing
from station_app.services.opinion_intake import OpinionIntake
from station_app.services.roster_intake import RosterIntake
from station_app.services.sheet_titles import refuse_other_books
from station_app.services.sheet_villages import add_villages, unknown_villages
from station_app.services.visit_intake import VisitIntake
from station_app.storage.imports import ImportRecords, MappingRecords
from station_app.storage.station_file import StationFile
from station_app.support.faults import Cancelled, NotAllowed


class SheetKind(StrEnum):
    """What a spreadsheet holds."""

    ROSTER = "roster"
    OPINIONS = "opinions"
    VISITS = "visits"
    ATTENDANCE = "attendance"
    GROUPS = "groups"


_KINDS: dict[SheetKind, type[KindIntake[Any]]] = {
    SheetKind.ROSTER: RosterIntake,
    SheetKind.OPINIONS: OpinionIntake,
    SheetKind.VISITS: VisitIntake,
    SheetKind.ATTENDANCE: AttendanceIntake,
    SheetKind.GROUPS: GroupIntake,
}
_ROWS_PER_LOOK = 50
Progress = Callable[[float, str], None]
"""Told the part done (0 … 1) and a word about it."""

VERDICT_LABELS = {"new": "新增", "changed": "变更", "unchanged": "无变化", "problem": "有问题"}


@dataclass(frozen=True)
class OpenedSheet:
    """A spreadsheet that was read, and how its table was understood; nothing is compared yet.

    Args:
        sheets: its worksheets, those without content left out.
        mapping: the table that fits best; it may lack required columns and hold guesses.
        remembered: whether the mapping is the one the clerk corrected at an earlier import.
    """

    kind: SheetKind
    path: Path
    form: SheetForm
    sheets: tuple[RawSheet, ...]
    mapping: SheetMapping
    remembered: bool = False

    @property
    def ready(self) -> bool:
        """Whether everything needed is recognised for certain."""
        return not self.missing(self.mapping) and not self.mapping.guessed

    def missing(self, mapping: SheetMapping) -> tuple[str, ...]:
        """Return the keys of required fields no column means."""
        return tuple(key for key in self.form.required if key not in mapping.keys)

    def sheet(self, name: str) -> RawSheet:
        """Return a worksheet by its name."""
        return next(sheet for sheet in self.sheets if sheet.name == name)

    def mapped(self, name: str, header_row: int) -> SheetMapping:
        """Return what the columns mean when the header of a worksheet begins at a 1-based row."""
        return map_header(self.sheet(name), header_row, self.form.fields, self.form.required)

    def likely_header(self, name: str) -> int:
        """Return the 1-based row of a worksheet's header, or the one that looks most like it."""
        sheet = self.sheet(name)
        found = map_sheet(sheet, self.form.fields, self.form.required)
        return found.header_rows[0] if found else likely_header(sheet, self.form.fields, self.form.required)


@dataclass(frozen=True)
class PreviewRow:
    """One row of the preview: what the sheet says and what would happen.

    Args:
        place: in the preview, from 0; two tables side by side have rows of the same number.
        rest: of a problem, the row without what is wrong with it, which goes in only when the clerk ticks it.
    """

    place: int
    row: SheetRow
    verdict: RowVerdict
    form: SheetForm
    rest: "PreviewRow | None" = None

    @property
    def can_be_ticked(self) -> bool:
        """Whether more of the row goes in when the clerk ticks it."""
        return bool(self.kept or self.rest)

    @property
    def kept(self) -> int:
        """How many fields keep what is registered although the sheet says something else."""
        return sum(not difference.applies for difference in self.verdict.differences)

    def overwriting(self) -> "PreviewRow":
        """Return the row with every difference taken from the sheet; of a problem the rest."""
        if self.rest is not None:
            return self.rest.overwriting()
        if not self.kept:
            return self
        differences = tuple(replace(difference, applies=True) for difference in self.verdict.differences)
        return replace(self, verdict=replace(self.verdict, kind="changed", reason="", differences=differences))

    @property
    def problems(self) -> tuple[CellProblem, ...]:
        """Everything that keeps the row from being imported, each with its cell."""
        if self.verdict.kind != "problem":
            return ()
        return self.row.problems or (CellProblem(self.verdict.row, self.verdict.column, self.verdict.reason),)

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What differs, in the clerk's words: titles instead of keys, labels instead of codes."""
        return tuple(
            replace(one, field=field.title, current=field.told(one.current), sheet=field.told(one.sheet))
            for one in self.verdict.differences
            for field in (self.form.field(one.field),)
        )

    @property
    def remark(self) -> str:
        """Why the row is a problem, what differs, or what is worth knowing."""
        if self.verdict.reason:
            return self.verdict.reason
        if self.verdict.differences:
            return "；".join(f"{d.field}：{d.current or '（空）'} → {d.sheet}" for d in self.differences)
        return " ".join(notice.reason for notice in self.row.notices)


@dataclass(frozen=True)
class Preview:
    """What an import would do; nothing is written yet.

    Args:
        opened: the spreadsheet.
        mapping: what its columns mean.
        corrected: whether the clerk said what they mean; remembered when the import is confirmed.
        skipped: rows that are no entries, with the reason (合计, 注, 分隔).
        new_villages: villages that would be added because rows name them.
        as_of: the last step of the log the rows were compared after.
    """

    opened: OpenedSheet
    mapping: SheetMapping
    corrected: bool
    rows: tuple[PreviewRow, ...]
    skipped: tuple[tuple[int, str], ...]
    new_villages: tuple[str, ...]
    as_of: int

    @property
    def kind(self) -> SheetKind:
        """What the spreadsheet holds."""
        return self.opened.kind

    @property
    def counts(self) -> dict[str, int]:
        """How many rows are new, changed, unchanged, a problem."""
        found = Counter(str(row.verdict.kind) for row in self.rows)
        return {kind: found[kind] for kind in VERDICT_LABELS}

    @property
    def problems(self) -> tuple[CellProblem, ...]:
        """Every problem with its row, column and reason."""
        return tuple(problem for row in self.rows for problem in row.problems)

    @property
    def notices(self) -> tuple[CellProblem, ...]:
        """What is worth knowing of the rows that would be written, with row and column."""
        return tuple(one for row in self.rows if row.verdict.kind in ("new", "changed") for one in row.row.notices)

    @property
    def unused_columns(self) -> tuple[str, ...]:
        """Titles of the columns that mean nothing here; what stands in them is not imported."""
        columns = (column for part in (self.mapping, *self.mapping.further) for column in part.columns)
        return tuple(dict.fromkeys(f"{one.letter} 列“{one.title}”" for one in columns if one.title and not one.key))

    @property
    def wanted(self) -> int:
        """How many rows would be written."""
        return self.counts["new"] + self.counts["changed"]

    def overwriting(self, rows: Collection[int]) -> "Preview":
        """Return the preview with what was edited by hand taken from the sheet too, in the rows that were ticked.

        Args:
            rows: places of the rows.
        """
        return replace(self, rows=tuple(r.overwriting() if r.place in rows else r for r in self.rows))

    def as_json(self) -> dict[str, object]:
        """Return the counts, problems, notices and what was left out as the command line prints them."""
        return {
            **{kind: number for kind, number in self.counts.items() if kind != "problem"},
            "problems": [problem.as_json() for problem in self.problems],
            "notices": [notice.as_json() for notice in self.notices],
            "skipped": [{"row": row, "reason": reason} for row, reason in self.skipped],
            "unused_columns": list(self.unused_columns),
            "other_sheets": list(self.mapping.other_sheets),
        }


def _with_rests(
    judged: Sequence[PreviewRow], rests: Sequence[SheetRow | None], known: Sequence[Known]
) -> tuple[PreviewRow, ...]:
    """Return the rows, those that are a problem with what would become of the rest of them."""
    verdicts = judge_rows([rest or one.row for one, rest in zip(judged, rests, strict=True)], known)
    return tuple(
        replace(one, rest=PreviewRow(one.place, rest, verdict, one.form)) if rest else one
        for one, rest, verdict in zip(judged, rests, verdicts, strict=True)
    )


def write_template(path: Path, kind: SheetKind) -> None:
    """Write an empty sheet of a kind, to be filled in and imported.

    Raises:
        StationFault: the file cannot be written.
    """
    from station_app.documents.import_template import write_template

    write_template(path, _KINDS[kind].form)


class Intake:
    """Reads, judges and takes in spreadsheets of every kind."""

    def __init__(self, file: StationFile) -> None:
        self._file = file
        self._imports = ImportRecords(file)
        self._mappings = MappingRecords(file)
        self._kinds: dict[SheetKind, KindIntake[Any]] = {kind: made(file) for kind, made in _KINDS.items()}

    def form(self, kind: SheetKind) -> SheetForm:
        """Return the title, fields and template of a kind."""
        return self._kinds[kind].form

    def columns(self, kind: SheetKind) -> tuple[Column[Any], ...]:
        """Return what the preview shows of a row of a kind."""
        return self._kinds[kind].columns

    def open(
        self,
        path: Path,
        kind: SheetKind,
        progress: Progress = lambda _part, _word: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> OpenedSheet:
        """Read a spreadsheet and find its table; nothing is compared yet.

        Raises:
            InvalidInput: it is no spreadsheet, empty, hostile, or a book of another kind (field ``sheet``).
            StationFault: the file cannot be read.
            Cancelled: the clerk asked to stop.
        """
        from station_app.documents.spreadsheet import read_workbook

        progress(0.1, "读取表格")
        form = self._kinds[kind].form
        sheets = tuple(sheet for sheet in read_workbook(path, cancelled) if sheet.rows)
        refuse_other_books(sheets, kind)
        progress(0.6, "辨认各列")
        remembered = self._mappings.all(kind)
        for sheet in sheets:
            if mapping := remembered_mapping(sheet, form.fields, form.required, remembered):
                return OpenedSheet(kind, path, form, sheets, mapping, remembered=True)
        found = [mapping for sheet in sheets if (mapping := map_sheet(sheet, form.fields, form.required))]
        best = max(found, key=lambda mapping: len(mapping.keys), default=None)
        if best is None:
            fullest = max(sheets, key=lambda sheet: len(sheet.rows))
            row = likely_header(fullest, form.fields, form.required)
            best = map_header(fullest, row, form.fields, form.required)
        others = tuple(mapping.sheet for mapping in found if mapping is not best)
        return OpenedSheet(kind, path, form, sheets, replace(best, other_sheets=others))

    def judge(self, opened: OpenedSheet, mapping: SheetMapping, *, corrected: bool = False) -> Preview:
        """Say what an import would do with each row.

        Args:
            mapping: what the columns mean; what is only guessed in it is not imported.
            corrected: whether the clerk said so; it is then remembered when the import is confirmed.

        Raises:
            InvalidInput: a required column is missing (field ``sheet``).
        """
        mapping = mapping.without_guesses()
        form, intake = opened.form, self._kinds[opened.kind]
        if missing := opened.missing(mapping):
            wanted = form.titles(missing)
            raise invalid("sheet", f"表中没有找到表头：至少要有“{wanted}”一列，请核对是不是选错了文件。")
        rows, skipped = intake.read(opened.sheet(mapping.sheet), mapping)
        known = intake.known()
        judged = tuple(
            PreviewRow(place, row, verdict, form)
            for place, (row, verdict) in enumerate(zip(rows, judge_rows(rows, known), strict=True))
        )
        if isinstance(intake, Sparing):
            judged = _with_rests(judged, [intake.rest(row) if row.problems else None for row in rows], known)
        going_in = [one.rest or one for one in judged if one.rest or one.verdict.kind != "problem"]
        villages = (name for one in going_in for name in intake.villages(one.row))
        return Preview(
            opened,
            mapping,
            corrected,
            judged,
            tuple((row.number, row.reason) for row in skipped),
            unknown_villages(self._file, villages),
            self._imports.last_step(),
        )

    def preview(self, path: Path, kind: SheetKind, cancelled: Callable[[], bool] = lambda: False) -> Preview:
        """Read a spreadsheet and say what an import would do with each row, without anybody looking at the columns.

        Raises:
            InvalidInput: it is no spreadsheet, holds no such table, or is hostile (field ``sheet``).
            StationFault: the file cannot be read.
            Cancelled: the clerk asked to stop.
        """
        opened = self.open(path, kind, cancelled=cancelled)
        sure = opened.mapping.without_guesses()
        if not opened.remembered and not is_header(sure, opened.form.required):
            wanted = opened.form.titles(opened.form.required)
            raise invalid(
                "sheet", f"表中没有找到表头：至少要有“{wanted}”和另外两列认得出的标题，请核对是不是选错了文件。"
            )
        return self.judge(opened, sure)

    def is_stale(self, preview: Preview) -> bool:
        """Tell whether something was written since the rows were compared."""
        return preview.as_of != self._imports.last_step()

    def back_up(self, progress: Progress = lambda _part, _word: None) -> None:
        """Write the verified backup that every import is preceded by.

        Raises:
            StationFault: it could not be written or did not verify.
        """
        self._file.back_up("导入前", progress=lambda part: progress(part, "备份"))

    def confirm(self, preview: Preview) -> Done[dict[str, int]]:
        """Take in what a preview shows: a verified backup, then one step that can be undone whole.

        Raises:
            NotAllowed: who is signed in may not import.
            StationFault: the backup or the file failed; nothing was taken in.
        """
        if preview.wanted and Right.KEEP not in self._file.rights:
            raise NotAllowed  # before the backup, which would be for nothing
        if preview.wanted:
            self.back_up()
        return self.take_in(preview)

    def take_in(
        self,
        preview: Preview,
        progress: Progress = lambda _part, _word: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Done[dict[str, int]]:
        """Take in what a preview shows after `back_up`, as one step; all of it or nothing.

        Raises:
            NotAllowed: who is signed in may not import.
            StationFault: the file failed; nothing was taken in.
            Cancelled: the clerk asked to stop; nothing was taken in.
        """
        intake, counts = self._kinds[preview.kind], preview.counts
        label = f"导入{intake.form.title}"
        if not preview.wanted:
            return Done(counts, f"{label}：没有变化", frozenset(), 0)
        pairs = [(row.row, row.verdict) for row in preview.rows if row.verdict.kind in {"new", "changed"}]
        with self._file.write(label) as step:
            needed = {name for row, _ in pairs for name in intake.villages(row)}
            add_villages(self._file, step, [name for name in preview.new_villages if name in needed])
            for done, ((row, _verdict), uid) in enumerate(zip(pairs, intake.take_in(step, pairs), strict=True)):
                self._imports.remember(step, preview.kind, uid, row.digest, dict(row.values))
                if done % _ROWS_PER_LOOK == 0:
                    progress(done / len(pairs), f"写入 {done} / {len(pairs)} 行")
                    if cancelled():
                        raise Cancelled
            if preview.corrected:
                keys = {column.letter: column.key for column in preview.mapping.columns}
                self._mappings.remember(step, preview.kind, titles_digest(preview.mapping), keys)
        return Done(counts, f"{label}：新增 {counts['new']}，变更 {counts['changed']}", EVERYTHING, step.id)
