"""A monthly summary that was reported (定稿报送): what is typed for it, what is kept of it, what it must say."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from station_app.domain.periods import Period
from station_app.domain.problems import FieldProblem
from station_app.domain.text import LINE_LIMIT, NAME_LIMIT, clean_line, clean_name, text_problem

HEAD_SHOWN: Final = 12
"""How many characters of the log's mark stand on paper and screen."""
NOTE_LIMIT: Final = 500


@dataclass(frozen=True)
class Issued:
    """A summary as it was reported; it is never changed.

    Args:
        period: the month.
        on: ISO date of the report.
        by / to: who reported it to whom.
        closing: its 期末在办.
        note: 差异说明 or 更正说明, empty where neither was needed.
        chain_head: mark of the last step of the log before it.
        pdf_sha256 / xlsx_sha256: of the two files as kept.
        at: ISO time at which it was fixed.
        corrects: whether the month had been reported before.
    """

    id: int
    uid: str
    period: Period
    on: str
    by: str
    to: str
    closing: int
    note: str
    chain_head: str
    pdf_sha256: str
    xlsx_sha256: str
    at: str
    corrects: bool = False

    @property
    def kind(self) -> str:
        """报送, or 更正报送 of a month that had been reported before."""
        return "更正报送" if self.corrects else "报送"

    @property
    def name(self) -> str:
        """What it is called: ``2026年10月工作月报（2026-11-02 报送）``."""
        return f"{self.period.title}工作月报（{self.on} {self.kind}）"


@dataclass(frozen=True)
class IssueDraft:
    """What is typed to report a month.

    Args:
        on: ISO date of the report.
        to: to whom.
        note: 差异说明 where the figures do not tie; 更正说明 where the month was reported before.
        signed_by: who answers for the 差异说明.
    """

    on: str
    to: str
    note: str = ""
    signed_by: str = ""

    def cleaned(self) -> "IssueDraft":
        """Return it as it is kept."""
        return IssueDraft(self.on.strip(), clean_line(self.to), clean_line(self.note), clean_name(self.signed_by))


@dataclass(frozen=True)
class Standing:
    """How a month stands before it is reported.

    Args:
        ended: whether its last day is over.
        ties: whether all its figures tie.
        closing: its 期末在办 now.
        before: what was reported of it last, or None.
        changes: what is different since ``before``, one line each.
    """

    period: Period
    ended: bool
    ties: bool
    closing: int
    before: Issued | None
    changes: tuple[str, ...] = ()


def issue_problems(draft: IssueDraft, standing: Standing, today: date) -> list[FieldProblem | None]:
    """Return what hinders a report: fields ``on``, ``to``, ``note``, ``signed_by``, ``month``."""
    return [
        None
        if standing.ended
        else FieldProblem(
            "month", f"{standing.period.title}还没有过完，数字还会变，到下个月再报送；现在可以打印草稿。"
        ),
        _date_problem(draft.on, standing.period, today),
        text_problem("to", "报给谁", draft.to, LINE_LIMIT)
        if draft.to
        else FieldProblem("to", "请写明报给谁，如“清源县人大常委会”。"),
        text_problem("note", "说明", draft.note, NOTE_LIMIT) if draft.note else _note_missing(standing),
        _signer_problem(draft.signed_by, standing),
    ]


def note_words(draft: IssueDraft, standing: Standing) -> str:
    """Return the note as paper and register keep it, with its signer where figures do not tie."""
    if not draft.note:
        return ""
    if not standing.ties:
        return f"差异说明：{draft.note}（说明人：{draft.signed_by}）"
    return f"{'更正说明' if standing.before else '说明'}：{draft.note}"


def shown_head(chain_head: str) -> str:
    """Return the beginning of the log's mark as paper and screen show it: ``ab12cd34ef56…``."""
    return f"{chain_head[:HEAD_SHOWN]}…"


def _date_problem(on: str, period: Period, today: date) -> FieldProblem | None:
    try:
        day = date.fromisoformat(on)
    except ValueError:
        return FieldProblem("on", "请填写报出日期，如 2026-11-02。")
    if day > today:
        return FieldProblem("on", "报出日期不能晚于今天。")
    return FieldProblem("on", "报出日期不能早于所属月份的最后一天。") if on < period.to_on else None


def _note_missing(standing: Standing) -> FieldProblem | None:
    if not standing.ties:
        return FieldProblem("note", "数字不平衡，报送须写明差异说明；查清以前只能打印草稿。")
    return FieldProblem("note", "这个月报过了，请写明更正了什么、为什么。") if standing.before else None


def _signer_problem(signed_by: str, standing: Standing) -> FieldProblem | None:
    if standing.ties:
        return None
    if not signed_by:
        return FieldProblem("signed_by", "请写明谁对差异说明负责。")
    return text_problem("signed_by", "说明人", signed_by, NAME_LIMIT)
