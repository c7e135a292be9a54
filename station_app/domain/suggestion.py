"""A deputies' suggestion or bill (代表建议、批评和意见，议案): who signed it, at which session, and what it must say."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from station_app.domain.events import Event, EventKind, Satisfaction, effective
from station_app.domain.opinion import Case
from station_app.domain.people import Deputy, Level, level_label
from station_app.domain.problems import FieldProblem
from station_app.domain.progress import State
from station_app.domain.reception import date_problem
from station_app.domain.station import StationProfile, Tier
from station_app.domain.text import LINE_LIMIT, NAME_LIMIT, clean_line, text_problem


class SuggestionKind(StrEnum):
    """What is put forward."""

    SUGGESTION = "suggestion"
    BILL = "bill"


SUGGESTION_KIND_LABELS: Final = {SuggestionKind.SUGGESTION: "代表建议", SuggestionKind.BILL: "议案"}


class SessionKind(StrEnum):
    """When it is put forward: during a session of the congress, or between two."""

    IN_SESSION = "in_session"
    BETWEEN = "between"


SESSION_KIND_LABELS: Final = {SessionKind.IN_SESSION: "会议期间", SessionKind.BETWEEN: "闭会期间"}

MEETING_WAY: Final = "面商"
"""The ``way`` of an interim event: the handling unit talked with the deputies before it answered."""

_TOWNSHIP_BILL_SIGNERS: Final = 5
"""Organic Law of Local People's Congresses, art. 22: five deputies of a township or town put a bill forward."""


@dataclass(frozen=True)
class Signer:
    """A deputy who signed, the leading one (领衔) or a co-signer (附议)."""

    deputy_id: int
    name: str
    leading: bool = False


@dataclass(frozen=True)
class Suggestion:
    """A suggestion or bill; the opinion it belongs to says how it is handled.

    Args:
        opinion_id: the matter, which stays one 件.
        level: of the congress it is put forward to.
        term / session: 第十八届, 第三次会议; a suggestion between sessions has no session.
        number: 第12号 as the session's secretariat or the standing committee gave it; empty until then.
        submitted_on: ISO date.
    """

    opinion_id: int
    kind: SuggestionKind
    level: Level
    title: str
    session_kind: SessionKind = SessionKind.BETWEEN
    term: str = ""
    session: str = ""
    number: str = ""
    submitted_on: str = ""
    remark: str = ""
    signers: tuple[Signer, ...] = ()
    id: int = 0
    uid: str = ""

    @property
    def leader(self) -> str:
        """Name of the leading deputy (领衔代表)."""
        return next((signer.name for signer in self.signers if signer.leading), "")

    @property
    def seconders(self) -> tuple[str, ...]:
        """Names of the co-signing deputies (附议代表), as they signed."""
        return tuple(signer.name for signer in self.signers if not signer.leading)

    @property
    def occasion(self) -> str:
        """届次会议: 第十八届第三次会议, or 第十八届闭会期间."""
        between = self.session_kind is SessionKind.BETWEEN
        return f"{self.term}{SESSION_KIND_LABELS[self.session_kind] if between else self.session}"


@dataclass(frozen=True)
class SuggestionDraft:
    """The form of a suggestion as typed.

    Args:
        leader_id: the leading deputy.
        seconder_ids: the co-signing deputies in the order they signed.
        submitted_on: ISO date.
    """

    title: str
    leader_id: int | None
    level: Level | None
    submitted_on: str
    seconder_ids: tuple[int, ...] = ()
    kind: SuggestionKind = SuggestionKind.SUGGESTION
    session_kind: SessionKind = SessionKind.BETWEEN
    term: str = ""
    session: str = ""
    number: str = ""
    remark: str = ""


def cleaned(draft: SuggestionDraft) -> SuggestionDraft:
    """Return a draft as it is stored: a bare number becomes 第12号; what was put forward between sessions has none."""
    number = clean_line(draft.number)
    return replace(
        draft,
        title=clean_line(draft.title),
        term=clean_line(draft.term),
        session=clean_line(draft.session) if draft.session_kind is SessionKind.IN_SESSION else "",
        number=f"第{int(number)}号" if number.isdecimal() else number,
        remark=clean_line(draft.remark),
    )


def level_word(level: Level, profile: StationProfile) -> str:
    """Return a level in the station's words: 镇 or 乡, and 县, 市 or 区 as the county is one."""
    return profile.county_word if level is Level.COUNTY else level_label(level, profile.organ_kind)


def levels_of(profile: StationProfile) -> tuple[Level, ...]:
    """Return the congresses a suggestion can be put forward to, the nearest first; a street has none of its own."""
    return tuple(level for level in reversed(Level) if profile.has_congress or level is not Level.TOWNSHIP)


def draft_problems(
    draft: SuggestionDraft, deputies: Iterable[Deputy], profile: StationProfile, today: date
) -> list[FieldProblem]:
    """Return what is wrong with a cleaned draft, field by field.

    Args:
        deputies: the roster, those who serve no longer too: what counts is the day it was put forward.
        today: nothing is put forward later.
    """
    in_session = draft.session_kind is SessionKind.IN_SESSION
    problems = [
        None if draft.title else FieldProblem("title", "请填写标题，一事一议，写明具体问题。"),
        text_problem("title", "标题", draft.title, LINE_LIMIT),
        date_problem("submitted_on", draft.submitted_on, today),
        FieldProblem("term", "请填写届次。") if in_session and not draft.term else None,
        FieldProblem("session", "请填写第几次会议。") if in_session and not draft.session else None,
        FieldProblem("session_kind", "议案在会议期间提出；闭会期间的请登记为代表建议。")
        if draft.kind is SuggestionKind.BILL and not in_session
        else None,
        *(
            text_problem(field, label, text, limit)
            for field, label, text, limit in (
                ("term", "届次", draft.term, NAME_LIMIT),
                ("session", "会议", draft.session, NAME_LIMIT),
                ("number", "编号", draft.number, NAME_LIMIT),
                ("remark", "备注", draft.remark, LINE_LIMIT),
            )
        ),
        *_signer_problems(draft, {deputy.id: deputy for deputy in deputies}, profile),
    ]
    return [problem for problem in problems if problem]


def _signer_problems(
    draft: SuggestionDraft, deputies: dict[int, Deputy], profile: StationProfile
) -> list[FieldProblem]:
    """Return what is wrong with who signed: deputies sign what goes to the congress they sit in."""
    problems = []
    if draft.level is None or draft.level not in levels_of(profile):
        problems.append(FieldProblem("level", "请选择提交给哪一级人大。"))
    if draft.leader_id not in deputies:
        problems.append(FieldProblem("leader_id", "请选择领衔代表。"))
    if draft.leader_id in draft.seconder_ids:
        problems.append(FieldProblem("seconder_ids", "领衔代表不用再列入附议代表。"))
    if set(draft.seconder_ids) - set(deputies):
        problems.append(FieldProblem("seconder_ids", "选的代表已经不在名册里，请重新选择。"))
    if problems or draft.level is None:
        return problems
    word = level_word(draft.level, profile)
    for field, ids in (("leader_id", (draft.leader_id or 0,)), ("seconder_ids", draft.seconder_ids)):
        without = [deputies[one].name for one in ids if draft.level not in deputies[one].levels_on(draft.submitted_on)]
        if without:
            names = "、".join(without)
            problems.append(FieldProblem(field, f"{names}提交时不是{word}人大代表，不能在{word}级的建议上签名。"))
    signed = 1 + len(draft.seconder_ids)
    lacking = signed < _TOWNSHIP_BILL_SIGNERS
    if draft.kind is SuggestionKind.BILL and draft.level is Level.TOWNSHIP and lacking:
        told = f"{word}人大的议案要代表五人以上联名，现在是 {signed} 人；不足的请登记为代表建议。"
        problems.append(FieldProblem("seconder_ids", told))
    return problems


def number_problem(draft: SuggestionDraft, others: Iterable[Suggestion]) -> FieldProblem | None:
    """Return why a number cannot be given, or None: within one session and kind it is given once."""
    for other in others:
        same = (other.kind, other.level, other.session_kind, other.term, other.session, other.number)
        if draft.number and same == (
            draft.kind, draft.level, draft.session_kind, draft.term, draft.session, draft.number
        ):  # fmt: skip
            return FieldProblem("number", f"{other.occasion}{other.number}已登记为“{other.title}”，请核对编号。")
    return None


def meeting_problems(suggestion: Suggestion, case: Case, on: str, today: date) -> list[FieldProblem | None]:
    """Return why a 面商 cannot be recorded; None stands for a check that passed."""
    begun, answered_on = case.progress.handed_on or suggestion.submitted_on, case.progress.answered_on
    return [
        date_problem("on", on, today),
        FieldProblem("on", f"面商日期不能早于交办（提交）的 {begun}。") if on < begun else None,
        FieldProblem("on", f"面商在答复（{answered_on}）之前；答复之后的沟通请登记反馈。")
        if answered_on and on > answered_on
        else None,
        None if case.progress.is_open else FieldProblem("move", "此件已经了结，不能再登记面商；请先重新启动。"),
    ]


def met_on(events: Iterable[Event]) -> str:
    """Return the ISO date of the last 面商 that stands, or empty."""
    met = [event.on for event in effective(events) if event.kind is EventKind.INTERIM and event.way == MEETING_WAY]
    return met[-1] if met else ""


def attitude_of(events: Iterable[Event]) -> Satisfaction | None:
    """Return how content the deputies were with the attitude at the last evaluation, or None without one."""
    rated = [event for event in effective(events) if event.kind is EventKind.RATED]
    return rated[-1].attitude if rated else None


def is_handled_as_suggestion(case: Case) -> bool:
    """Tell whether a matter with a suggestion is one: handed over as one, or not handed over yet."""
    return case.progress.state is not State.VOID and case.progress.tier in {Tier.SUGGESTION, None}
