"""What becomes of each row of a sheet that a unit filled in (回填表)."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from station_app.domain.answer_sheet import (
    FILLED_IN,
    FilledRow,
    FilledSheet,
    check_of,
    column_of,
    column_title,
    read_row,
)
from station_app.domain.events import Event, EventKind, effective
from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.opinion import Case
from station_app.domain.station import Unit
from station_app.domain.unit_line import owes_directly
from station_app.services.opinion_desk import OpinionDesk
from station_app.services.settings_desk import SettingsDesk

Kind = Literal["answer", "extension", "empty", "known", "problem"]
KIND_LABELS: Final[dict[Kind, str]] = {
    "answer": "登记答复",
    "extension": "登记延期申请",
    "empty": "未填",
    "known": "已登记",
    "problem": "有问题",
}


@dataclass(frozen=True)
class SheetLine:
    """What taking in would do with one row.

    Args:
        row: its number as in Excel.
        number / title: the matter it is about, as far as that is known.
        cells: cells the reason is about, e.g. F7.
        reason: why the row is a problem, or what is worth knowing.
        case_id / draft: the move it becomes, for an answer or a request for an extension.
    """

    row: int
    kind: Kind
    number: str
    title: str = ""
    cells: str = ""
    reason: str = ""
    case_id: int = 0
    draft: MoveDraft | None = None


class Judge:
    """Judges the rows of one sheet, from top to bottom.

    Args:
        cases: the matters on the sheet by uid.
    """

    def __init__(
        self,
        opinions: OpinionDesk,
        settings: SettingsDesk,
        sheet: FilledSheet,
        unit: Unit,
        cases: dict[str, Case],
        today: date,
    ) -> None:
        self._opinions = opinions
        self._classes = settings.answer_classes()
        self._sheet = sheet
        self._unit = unit
        self._cases = cases
        self._today = today
        self._by_number = {case.number: case for case in cases.values()}
        self.seen: dict[str, int] = {}

    def line(self, row: FilledRow) -> SheetLine:
        """Return what becomes of a row."""
        number = row.text("number")
        case = self._cases.get(row.text("uid")) or self._by_number.get(number)
        filled = row.is_filled(FILLED_IN)
        if reason := self._foreign(row, number, case):
            if case is not None and row.text("uid") == case.uid:
                self.seen.setdefault(case.uid, row.row)
            kind: Kind = "problem" if filled else "empty"
            return SheetLine(row.row, kind, number, cells=self._sheet.cell("number", row), reason=reason)
        assert case is not None  # else it were foreign
        line = SheetLine(row.row, "empty", case.number, case.title, case_id=case.id)
        if filled and case.uid in self.seen:
            return replace(line, kind="problem", reason=f"与第 {self.seen[case.uid]} 行是同一件，请只留一行。")
        self.seen.setdefault(case.uid, row.row)
        reading = read_row(self._sheet, row, self._unit.id, self._classes, self._today.isoformat())
        if reading.problems:
            cells = "、".join(f"{one.column}{one.row}" for one in reading.problems if one.column)
            return replace(line, kind="problem", cells=cells, reason="".join(one.reason for one in reading.problems))
        if reading.draft is None:
            return replace(line, reason=reading.remark)
        return self._judged(line, row, case, reading.draft)

    def _foreign(self, row: FilledRow, number: str, case: Case | None) -> str:
        """Return why a row is not about a matter of this sheet, or about another than it was; empty when it is."""
        if row.code and row.code != self._sheet.code:
            return f"这一行来自另一张回填表（回执码 {row.code}），请按那一张收回。"
        if case is None:
            told = f"“{number}”" if number else "没有编号的这一行"
            return f"{told}不在这张回填表上，不能登记；请在意见页里找到那一件登记。"
        if row.text("uid") and number != case.number:
            return f"编号被改动：这一行原来是 {case.number}，现在写的是“{number or '空'}”。请改回后再收。"
        check = row.text("check")
        if check and check != check_of(self._sheet.code, case.uid, case.number):
            return f"{case.number} 这一行的校验不符，表格被改动过；请用发出去的原表填写。"
        return ""

    def _judged(self, line: SheetLine, row: FilledRow, case: Case, draft: MoveDraft) -> SheetLine:
        if draft.move is Move.ANSWER and (known := self._given(case)):
            same = (known.on, known.answer_class, known.text) == (draft.on, draft.answer_class, draft.text)
            if same:
                return replace(line, kind="known", reason="内容相同，已经登记过。")
            if not owes_directly(case.progress, self._unit):
                told = f"已登记 {known.on} 的 {known.answer_class} 类答复，与表里的不同，保留登记的。"
                return replace(line, kind="known", reason=f"{told}要改请在意见页更正。")
        elif draft.move is Move.ASK_EXTENSION and case.progress.extension_wanted == draft.due_on:
            return replace(line, kind="known", reason="延期申请已经登记过。")
        if not owes_directly(case.progress, self._unit):
            return replace(
                line, kind="problem", reason=f"此件现在不等{self._unit.name}答复（已退回、重新交办或办结）。"
            )
        if problems := self._opinions.problems(case, draft):
            keys = [column_of(problem.field, draft.move) for problem in problems]
            reasons = [
                f"{column_title(key)}：{problem.message}" if key else problem.message
                for key, problem in zip(keys, problems, strict=True)
            ]
            cells = "、".join(self._sheet.cell(key, row) for key in keys if key)
            return replace(line, kind="problem", cells=cells, reason="".join(reasons))
        return replace(line, kind="answer" if draft.move is Move.ANSWER else "extension", draft=draft)

    def _given(self, case: Case) -> Event | None:
        """Return the unit's answer since the sheet went out, if any."""
        answers = [
            event
            for event in effective(case.events)
            if event.kind is EventKind.ANSWERED and event.on >= case.progress.handed_on
        ]
        separate = bool(case.progress.separate)
        own = (event for event in reversed(answers) if not separate or event.unit == self._unit.name)
        return next(own, None) if case.progress.answered_on else None
