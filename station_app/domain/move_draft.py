"""One move as the clerk records it: what it must say, and the events it becomes."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from station_app.domain.events import (
    ON_SPOT_WAY,
    PROMISE_GIVEN_UP_WAY,
    PROMISE_KEPT_WAY,
    PROMISE_NOT_YET_WAY,
    UNREACHABLE_WAY,
    Event,
    EventKind,
    Satisfaction,
)
from station_app.domain.moves import Move
from station_app.domain.problems import FieldProblem
from station_app.domain.progress import Progress
from station_app.domain.station import Tier, Unit
from station_app.domain.text import LINE_LIMIT, WORDS_LIMIT, clean, clean_line, text_problem

WITHDRAWN_WAY: Final = "撤回"
"""The ``way`` of an ending: the petitioner took the matter back."""
LEGAL_ROUTE_WAY: Final = "转法定渠道"
"""The ``way`` of an ending: it went into litigation, review or petition."""
END_WAYS: Final = (WITHDRAWN_WAY, LEGAL_ROUTE_WAY)
PROMISE_WAYS: Final = (PROMISE_KEPT_WAY, PROMISE_NOT_YET_WAY, PROMISE_GIVEN_UP_WAY)


@dataclass(frozen=True)
class MoveDraft:
    """A short form as typed. Each move uses the fields it needs.

    Args:
        on: ISO date it happened.
        text: 拟办意见, answer, note, reason.
        person: 签批人, who answered, who was told, who urged, who granted.
        decision: 审批意见.
        tier / unit_id / assisting_ids / separate_ids: of a hand-over: lead, 协办 and 分别办理 units.
        due_on: ISO date of an agreed limit, of an extension, or of the promise in an answer; empty for the default.
        answer_class: key of the answer class.
        way: of an answer, feedback, urging, promise check or ending.
        satisfaction: of an evaluation.
        attitude: of an evaluation of a deputies' suggestion.
        route: the channel told.
        main_id: of a merging, the main opinion.
    """

    move: Move
    on: str
    text: str = ""
    person: str = ""
    phone: str = ""
    decision: str = ""
    tier: Tier | None = None
    unit_id: int | None = None
    assisting_ids: tuple[int, ...] = ()
    separate_ids: tuple[int, ...] = ()
    due_on: str = ""
    answer_class: str = ""
    way: str = ""
    satisfaction: Satisfaction | None = None
    attitude: Satisfaction | None = None
    route: str = ""
    main_id: int | None = None


EVENT_OF_MOVE: Final = {
    Move.STUDY: EventKind.STUDIED,
    Move.HAND_OVER: EventKind.HANDED_OVER,
    Move.ANSWER_ON_SPOT: EventKind.ANSWERED,
    Move.REDIRECT: EventKind.REDIRECTED,
    Move.RECEIVE: EventKind.RECEIVED,
    Move.RETURN: EventKind.RETURNED,
    Move.ASSIGN_AT_COUNTY: EventKind.COUNTY_ASSIGNED,
    Move.URGE: EventKind.URGED,
    Move.SUPERVISE: EventKind.SUPERVISED,
    Move.INQUIRE: EventKind.INQUIRED,
    Move.ASK_EXTENSION: EventKind.EXTENSION_ASKED,
    Move.GRANT_EXTENSION: EventKind.EXTENSION_GRANTED,
    Move.REFUSE_EXTENSION: EventKind.EXTENSION_REFUSED,
    Move.INTERIM: EventKind.INTERIM,
    Move.ANSWER: EventKind.ANSWERED,
    Move.FEED_BACK: EventKind.FED_BACK,
    Move.RATE: EventKind.RATED,
    Move.CLOSE: EventKind.CLOSED,
    Move.CHECK_PROMISE: EventKind.PROMISE_CHECKED,
    Move.MARK_URGENT: EventKind.MARKED_URGENT,
    Move.MERGE: EventKind.MERGED,
    Move.UNMERGE: EventKind.UNMERGED,
    Move.END: EventKind.ENDED,
    Move.RESTART: EventKind.RESTARTED,
    Move.VOID: EventKind.VOIDED,
}


def cleaned(draft: MoveDraft) -> MoveDraft:
    """Return a draft as it is stored."""
    return replace(
        draft,
        text=clean(draft.text),
        person=clean_line(draft.person),
        phone=clean_line(draft.phone),
        decision=clean_line(draft.decision),
        way=clean_line(draft.way),
        route=clean_line(draft.route),
    )


def events_of(draft: MoveDraft, progress: Progress) -> list[Event]:
    """Return the events a move becomes: two or three where one save says all."""
    main = Event(
        kind=EVENT_OF_MOVE[draft.move],
        on=draft.on,
        tier=draft.tier if draft.move is Move.HAND_OVER else None,
        unit_id=draft.unit_id if draft.unit_id or draft.move is not Move.ANSWER else progress.unit_id,
        text=draft.text,
        person=draft.person,
        phone=draft.phone,
        decision=draft.decision,
        way=draft.way,
        answer_class=draft.answer_class,
        satisfaction=draft.satisfaction,
        due_on=draft.due_on,
        route=draft.route,
        main_id=draft.main_id,
    )
    closed = Event(EventKind.CLOSED, draft.on)
    if draft.move is Move.ANSWER_ON_SPOT:
        told = Event(EventKind.FED_BACK, draft.on, way="当面", person=draft.person)
        rated = [Event(EventKind.RATED, draft.on, satisfaction=draft.satisfaction)] if draft.satisfaction else []
        return [replace(main, way=ON_SPOT_WAY, satisfaction=None), told, *rated, closed]
    if draft.move is Move.FEED_BACK and draft.way == UNREACHABLE_WAY:
        return [main, closed]
    if draft.move is Move.FEED_BACK and draft.satisfaction:
        return [replace(main, satisfaction=None), *_rating(draft)]
    if draft.move is Move.RATE:
        return _rating(draft)
    return [main]


def _rating(draft: MoveDraft) -> list[Event]:
    """Return the events of an evaluation: content closes, discontent is handled again."""
    content, attitude = draft.satisfaction, draft.attitude
    rated = Event(EventKind.RATED, draft.on, satisfaction=content, attitude=attitude, text=draft.text, way=draft.way)
    if draft.satisfaction is Satisfaction.DISSATISFIED:
        return [rated, Event(EventKind.REHANDLED, draft.on, text=draft.text)]
    return [rated, Event(EventKind.CLOSED, draft.on)]


def draft_problems(
    draft: MoveDraft, progress: Progress, units: Iterable[Unit], due_on: date | None
) -> list[FieldProblem]:
    """Return what a cleaned draft lacks, field by field; whether the move is allowed now is `moves.move_problem`.

    Args:
        progress: where the matter stands.
        units: every handling unit.
        due_on: the day the running clock ends, or None without one.
    """
    units = list(units)
    problems = [
        *_missing(draft),
        *_unit_problems(draft, units),
        _answering_unit_problem(draft, progress, units),
        _due_problem(draft) if draft.due_on else None,
        _attitude_problem(draft, progress),
        *_extension_problems(draft, progress, due_on),
        *_too_long(draft),
    ]
    return [problem for problem in problems if problem]


_REQUIRED: Final[dict[Move, tuple[tuple[str, str], ...]]] = {
    Move.STUDY: (("text", "请填写拟办意见。"),),
    Move.ANSWER_ON_SPOT: (("text", "请填写答复内容。"),),
    Move.INTERIM: (("text", "请填写答复内容。"),),
    Move.ANSWER: (("text", "请填写答复内容。"), ("answer_class", "请选择答复类别。")),
    Move.REDIRECT: (("route", "请写明告知了哪个渠道，如“县人民法院”。"),),
    Move.RETURN: (("text", "请写明退回的理由。"),),
    Move.ASK_EXTENSION: (("text", "请写明延期的理由。"), ("due_on", "请填写申请延长到哪一天。")),
    Move.GRANT_EXTENSION: (("due_on", "请填写同意延长到哪一天。"),),
    Move.REFUSE_EXTENSION: (("text", "请写明不同意的理由。"),),
    Move.SUPERVISE: (("text", "请填写督办情况。"),),
    Move.FEED_BACK: (("way", "请选择反馈方式。"),),
    Move.RATE: (("satisfaction", "请选择满意度。"),),
    Move.CHECK_PROMISE: (("way", "请选择核实结果。"),),
    Move.MERGE: (("main_id", "请选择并入哪一件。"),),
    Move.END: (("way", "请选择终止的原因。"), ("text", "请写明终止的理由。")),
    Move.RESTART: (("text", "请写明重新启动的理由。"),),
    Move.VOID: (("text", "请写明作废的理由，如“重复登记”。"),),
}
"""Fields a move cannot do without."""


def _missing(draft: MoveDraft) -> list[FieldProblem]:
    problems = [
        FieldProblem(field, words) for field, words in _REQUIRED.get(draft.move, ()) if not getattr(draft, field)
    ]
    if draft.satisfaction is Satisfaction.DISSATISFIED and not draft.text:
        problems.append(FieldProblem("text", "不满意的，请写明原因，便于重新办理。"))
    if draft.move is Move.CHECK_PROMISE and draft.way == PROMISE_NOT_YET_WAY and not draft.due_on:
        problems.append(FieldProblem("due_on", "尚未兑现的，请填写新的承诺日期。"))
    if draft.move is Move.CHECK_PROMISE and draft.way == PROMISE_GIVEN_UP_WAY and not draft.text:
        problems.append(FieldProblem("text", "无法兑现的，请写明原因。"))
    if draft.move is Move.END and draft.way == LEGAL_ROUTE_WAY and not draft.route:
        problems.append(FieldProblem("route", "请写明转入了哪个法定渠道。"))
    return problems


def _unit_problems(draft: MoveDraft, units: list[Unit]) -> list[FieldProblem]:
    if draft.move not in {Move.HAND_OVER, Move.ASSIGN_AT_COUNTY}:
        return []
    if draft.move is Move.HAND_OVER and draft.tier is None:
        return [FieldProblem("tier", "请选择办理层级。")]
    unit = next((unit for unit in units if unit.id == draft.unit_id), None)
    if draft.move is Move.ASSIGN_AT_COUNTY and (unit is None or unit.tier is not Tier.COUNTY):
        return [FieldProblem("unit_id", "请选择县级承办单位。")]
    # What goes up to the county goes to its standing committee; only that hands it to a department.
    needs_unit = draft.tier in {Tier.TOWNSHIP, Tier.VILLAGE}
    if needs_unit and (unit is None or unit.tier is not draft.tier):
        return [FieldProblem("unit_id", "请选择与办理层级相符的承办单位。")]
    if draft.tier is Tier.COUNTY and unit is not None:
        return [FieldProblem("unit_id", "转办是报县人大常委会，由其交县级部门；县级承办单位请在“登记县级交办”时填写。")]
    return _other_unit_problems(draft, units)


def _other_unit_problems(draft: MoveDraft, units: list[Unit]) -> list[FieldProblem]:
    """Return what is wrong with the other units of a hand-over: each is named once, in one role."""
    named = [draft.unit_id, *draft.assisting_ids, *draft.separate_ids]
    known = {unit.id for unit in units}
    problems = []
    if len(set(named)) < len(named):
        field = "separate_ids" if set(draft.separate_ids) & {draft.unit_id, *draft.assisting_ids} else "assisting_ids"
        problems.append(FieldProblem(field, "同一个单位只能选一次：主办、协办或分别办理。"))
    if not set(named) - {None} <= known:
        problems.append(FieldProblem("assisting_ids", "选的单位已经不在名单里，请重新选择。"))
    return problems


def _answering_unit_problem(draft: MoveDraft, progress: Progress, units: Iterable[Unit]) -> FieldProblem | None:
    if draft.move is not Move.ANSWER:
        return None
    unit_id = draft.unit_id or progress.unit_id
    name = next((unit.name for unit in units if unit.id == unit_id), "")
    problem = answering_problem(progress, name)
    return FieldProblem("unit_id", problem) if problem else None


def answering_problem(progress: Progress, unit: str) -> str:
    """Return why a unit's answer is not waited for, as a Chinese sentence: with separate handling each answers once."""
    if not progress.waited_for or unit in progress.waited_for:
        return ""
    return f"分别办理的，请选择还没有答复的单位：{'、'.join(progress.waited_for)}。"


def _due_problem(draft: MoveDraft) -> FieldProblem | None:
    try:
        due = date.fromisoformat(draft.due_on)
    except ValueError:
        return FieldProblem("due_on", f"“{draft.due_on}”不是有效日期，请按 2026-11-05 的样子填写。")
    return FieldProblem("due_on", "期限不能早于办理日期。") if due.isoformat() < draft.on else None


def _attitude_problem(draft: MoveDraft, progress: Progress) -> FieldProblem | None:
    if not draft.attitude or progress.tier is Tier.SUGGESTION:
        return None
    return FieldProblem("attitude", "只有代表建议才评价办理态度。")


def _extension_problems(draft: MoveDraft, progress: Progress, due_on: date | None) -> list[FieldProblem]:
    """Return what is wrong with an extension: it is asked for before the limit is over, and moves it on."""
    if draft.move not in {Move.ASK_EXTENSION, Move.GRANT_EXTENSION} or due_on is None:
        return []
    problems = []
    if draft.move is Move.ASK_EXTENSION and draft.on > due_on.isoformat():
        problems.append(FieldProblem("on", f"延期要在期限（{due_on}）届满之前申请。"))
    if draft.due_on and draft.due_on <= due_on.isoformat():
        problems.append(FieldProblem("due_on", f"延长后的期限要晚于现在的 {due_on}。"))
    if draft.move is Move.GRANT_EXTENSION and draft.on < progress.extension_asked_on:
        problems.append(FieldProblem("on", f"不能早于申请的日期 {progress.extension_asked_on}。"))
    return problems


def _too_long(draft: MoveDraft) -> list[FieldProblem | None]:
    return [
        text_problem("text", "内容", draft.text, WORDS_LIMIT),
        text_problem("person", "姓名", draft.person, LINE_LIMIT),
        text_problem("route", "引导渠道", draft.route, LINE_LIMIT),
        text_problem("phone", "联系电话", draft.phone, LINE_LIMIT),
        text_problem("decision", "审批意见", draft.decision, WORDS_LIMIT),
        text_problem("way", "方式", draft.way, LINE_LIMIT),
    ]
