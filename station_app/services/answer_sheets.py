"""The desk of 办理情况回填表: written for a unit, filled in there, taken in again after a preview of every row."""

import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from station_app.domain.answer_sheet import (
    SheetMatter,
    find_filled_sheet,
)
from station_app.domain.deadlines import answer_clock
from station_app.domain.events import Event, EventKind
from station_app.domain.figures import Rules
from station_app.domain.operators import Right
from station_app.domain.opinion import Case
from station_app.domain.opinion_line import OpinionLine, opinion_line
from station_app.domain.papers import PAPER_LABELS, Paper, PaperKind
from station_app.domain.problems import FieldProblem, InvalidInput, invalid
from station_app.domain.secrecy import for_paper
from station_app.domain.station import Tier, Unit
from station_app.domain.unit_line import owes_directly, owing
from station_app.services.done import OPINIONS, Done
from station_app.services.opinion_desk import OpinionDesk
from station_app.services.settings_desk import SettingsDesk
from station_app.services.sheet_lines import KIND_LABELS, Judge, Kind, SheetLine
from station_app.storage.opinions import OpinionRecords
from station_app.storage.papers import PaperRecords
from station_app.storage.station_file import StationFile
from station_app.support.faults import NotAllowed
from station_app.support.safe_file import safe_name, write_file

NUMBER_WORD: Final = "回填表"
_TAKEN: Final = frozenset({"answer", "extension"})


@dataclass(frozen=True)
class SheetPreview:
    """What a sheet that came back would do; nothing is written yet.

    Args:
        paper: the sheet as it was sent.
        missing: numbers of matters on it that the file no longer holds.
    """

    path: Path
    paper: Paper
    unit: str
    lines: tuple[SheetLine, ...]
    missing: tuple[str, ...]

    @property
    def counts(self) -> dict[Kind, int]:
        """How many rows are of each kind."""
        found = Counter(line.kind for line in self.lines)
        return {kind: found[kind] for kind in KIND_LABELS}

    @property
    def taken(self) -> tuple[SheetLine, ...]:
        """The rows that would be written."""
        return tuple(line for line in self.lines if line.kind in _TAKEN)


class AnswerSheets:
    """Writes sheets for units, and takes in what they filled in.

    Args:
        random_below: source of the return codes.
    """

    def __init__(
        self,
        file: StationFile,
        settings: SettingsDesk,
        opinions: OpinionDesk,
        random_below: Callable[[int], int] = secrets.randbelow,
    ) -> None:
        self._file = file
        self._settings = settings
        self._opinions = opinions
        self._random_below = random_below
        self._papers = PaperRecords(file)
        self._records = OpinionRecords(file)

    # What a unit owes

    def owed(self, unit: Unit) -> list[OpinionLine]:
        """Return the matters whose answer a unit owes, those due first first; through the county too."""
        settings = self._settings
        rules = Rules(settings.profile(), settings.limits(), settings.calendar(), self._today)
        lines = [
            opinion_line(case, 0, rules)
            for case in self._opinions.current(self._today.isoformat())
            if unit.name in owing(case.progress)
        ]
        lines.sort(key=lambda line: (line.answer_due_on or "9999", line.case.number))
        return [replace(line, index=index) for index, line in enumerate(lines, 1)]

    # Going out

    def file_name(self, unit: Unit) -> str:
        """Return the name a unit's sheet is proposed under."""
        return safe_name(f"办理情况回填表_{unit.name}_{self._today}", ".xlsx")

    def problem(self, unit: Unit) -> str:
        """Return why no sheet can be sent to a unit now; empty when one can."""
        if self._answerable(unit):
            return ""
        if unit.tier is Tier.COUNTY:
            return f"{unit.name}的事项由县人大常委会交办，不直接发回填表；请登记询问。"
        return f"{unit.name}现在没有要答复的事项，不用发回填表。"

    def _answerable(self, unit: Unit) -> list[Case]:
        return [line.case for line in self.owed(unit) if owes_directly(line.case.progress, unit)]

    def write(self, unit: Unit, path: Path) -> Done[Paper]:
        """Write the sheet of everything a unit owes, and note on each matter that it went out.

        Raises:
            InvalidInput: it owes nothing that it answers to the station itself.
            StationFault: the file cannot be written; nothing is noted then.
        """
        if problem := self.problem(unit):
            raise invalid("unit", problem)
        cases = self._answerable(unit)
        on = self._today.isoformat()
        with self._file.write(f"发出回填表 {unit.name} {len(cases)} 件") as step:
            serial = self._papers.next_serial(PaperKind.ANSWER_SHEET, self._today.year)
            number = f"{NUMBER_WORD} {self._today.year}-{serial:03d}"
            code = self._papers.unused_code(self._random_below)
            paper_id = self._papers.add(
                step,
                [case.id for case in cases],
                kind=PaperKind.ANSWER_SHEET,
                code=code,
                number=number,
                document_number="",
                unit_id=unit.id,
                recipient=unit.name,
                copies_to="",
                printed_on=on,
                printed_by=self._file.operator,
            )
            for case in cases:
                event = Event(EventKind.PRINTED, on, text=f"{number}，发{unit.name}")
                self._records.add_event(step, case.id, event, self._file.operator)
            self._write_file(path, unit, cases, number, code)
        return Done(
            self._papers.paper(paper_id),
            f"已写好 {number}（{unit.name} {len(cases)} 件）",
            frozenset({OPINIONS}),
            step.id,
        )

    def write_several(self, units: Sequence[Unit], folder: Path) -> Done[tuple[Path, ...]]:
        """Write the sheets of several units into a folder, in one step; what lies there already stays.

        Raises:
            InvalidInput: one of them owes nothing; nothing is written.
            StationFault: a file cannot be written; nothing is noted, and no sheet of this step is left.
        """
        written: list[Path] = []
        try:
            with self._file.write(f"发出回填表 {len(units)} 个单位") as step:
                for unit in units:
                    path = _unused(folder / self.file_name(unit))
                    self.write(unit, path)
                    written.append(path)
        except BaseException:
            for path in written:  # their return codes are known to nobody
                path.unlink(missing_ok=True)
            raise
        label = f"已写好 {len(units)} 个单位的回填表"
        return Done(tuple(written), label, frozenset({OPINIONS}), step.id)

    def _write_file(self, path: Path, unit: Unit, cases: Sequence[Case], number: str, code: str) -> None:
        from station_app.documents.answer_sheet import AnswerSheet, write_answer_sheet

        profile = self._settings.profile()
        sheet = AnswerSheet(
            profile.name, f"{self._file.operator} {profile.phone}".strip(), unit.name, number, code,
            self._today.isoformat(), self._settings.answer_classes(), [self._matter(case) for case in cases],
            profile.demo,
        )  # fmt: skip
        write_file(path, lambda stream: write_answer_sheet(stream, sheet))

    def _matter(self, case: Case) -> SheetMatter:
        told = for_paper(case)
        settings = self._settings
        clock = answer_clock(case.progress, settings.limits(), settings.calendar(), case.category)
        return SheetMatter(
            case.uid,
            case.number,
            f"{told.title}\n{told.words}" if told.title and told.title != told.words else told.words,
            case.progress.handed_on,
            clock.due_on.isoformat() if clock else "",
        )

    # Coming back

    def preview(self, path: Path, cancelled: Callable[[], bool] = lambda: False) -> SheetPreview:
        """Read a sheet that came back and say what taking it in would do with each row.

        Raises:
            InvalidInput: field ``sheet``: it is no such sheet, its return code is wrong, or the file is broken.
            StationFault: the file cannot be read.
            Cancelled: the clerk asked to stop.
        """
        from station_app.documents.spreadsheet import read_workbook

        sheet = find_filled_sheet(read_workbook(path, cancelled))
        paper = self._paper(sheet.code)
        unit = next((unit for unit in self._settings.units() if unit.id == paper.unit_id), None)
        if unit is None:
            raise invalid("sheet", f"{paper.number} 的承办单位已经不在名单里，不能收回。")
        cases = {case.uid: case for case in self._records.by_id(paper.opinion_ids)}
        judge = Judge(self._opinions, self._settings, sheet, unit, cases, self._today)
        lines = tuple(judge.line(row) for row in sheet.rows)
        missing = tuple(case.number for uid, case in cases.items() if uid not in judge.seen)
        return SheetPreview(path, paper, unit.name, lines, missing)

    def _paper(self, code: str) -> Paper:
        paper = self._papers.by_code(code)
        if paper is None:
            raise invalid("sheet", f"没有发出过回执码是 {code} 的回填表，可能是别的登记簿发的。")
        if paper.kind is not PaperKind.ANSWER_SHEET:
            raise invalid("sheet", f"回执码 {code} 是{PAPER_LABELS[paper.kind]}（{paper.number}）的，不是回填表的。")
        return paper

    def confirm(self, preview: SheetPreview) -> Done[int]:
        """Take in what a preview shows: a verified backup, then one step that can be undone whole.

        Raises:
            InvalidInput: a matter changed since the preview; nothing was taken in.
            NotAllowed: who is signed in may not record answers.
            StationFault: the backup or the file failed; nothing was taken in.
        """
        if not preview.taken:
            return Done(0, f"{preview.paper.number}：没有要登记的", frozenset(), 0)
        if Right.KEEP not in self._file.rights:
            raise NotAllowed  # before the backup, which would be for nothing
        self._file.back_up("导入前")
        label = f"收回{preview.paper.number}：登记 {len(preview.taken)} 件"
        with self._file.write(label) as step:
            for line in preview.taken:
                self._take(line)
            if not preview.paper.returned_on:
                self._papers.mark_returned(step, preview.paper.id, self._today.isoformat())
        return Done(len(preview.taken), label, frozenset({OPINIONS}), step.id)

    def _take(self, line: SheetLine) -> None:
        assert line.draft is not None  # a row that is taken has one
        try:
            self._opinions.move(line.case_id, line.draft)
        except InvalidInput as wrong:
            told = (FieldProblem("sheet", f"第 {line.row} 行 {line.number}：{one.message}") for one in wrong.problems)
            raise InvalidInput(told) from wrong

    @property
    def _today(self) -> date:
        return self._file.clock.today()


def _unused(path: Path) -> Path:
    """Return a path at which nothing lies: a sheet that came back may have the same name."""
    serial, free = 1, path
    while free.exists():
        serial += 1
        free = path.with_stem(f"{path.stem}({serial})")
    return free
