"""What may be done with an opinion now: one table of moves by state, and what else each of them needs."""

from collections.abc import Callable
from enum import StrEnum
from typing import Final

from station_app.domain.events import Satisfaction
from station_app.domain.progress import STATE_LABELS, Progress, State
from station_app.domain.station import Tier


class Move(StrEnum):
    """What the clerk may do with an opinion, one short form each."""

    STUDY = "study"
    HAND_OVER = "hand_over"
    ANSWER_ON_SPOT = "answer_on_spot"
    REDIRECT = "redirect"
    RECEIVE = "receive"
    RETURN = "return"
    ASSIGN_AT_COUNTY = "assign_at_county"
    URGE = "urge"
    SUPERVISE = "supervise"
    INQUIRE = "inquire"
    ASK_EXTENSION = "ask_extension"
    GRANT_EXTENSION = "grant_extension"
    REFUSE_EXTENSION = "refuse_extension"
    INTERIM = "interim"
    ANSWER = "answer"
    FEED_BACK = "feed_back"
    RATE = "rate"
    CLOSE = "close"
    CHECK_PROMISE = "check_promise"
    MARK_URGENT = "mark_urgent"
    MERGE = "merge"
    UNMERGE = "unmerge"
    END = "end"
    RESTART = "restart"
    VOID = "void"


MOVE_LABELS: Final = {
    Move.STUDY: "登记研究意见",
    Move.HAND_OVER: "交办 / 转办",
    Move.ANSWER_ON_SPOT: "当场答复",
    Move.REDIRECT: "引导",
    Move.RECEIVE: "登记签收",
    Move.RETURN: "登记异议退回",
    Move.ASSIGN_AT_COUNTY: "登记县级交办",
    Move.URGE: "催办",
    Move.SUPERVISE: "督办",
    Move.INQUIRE: "登记询问",
    Move.ASK_EXTENSION: "登记延期申请",
    Move.GRANT_EXTENSION: "同意延期",
    Move.REFUSE_EXTENSION: "不同意延期",
    Move.INTERIM: "登记阶段性答复",
    Move.ANSWER: "登记答复",
    Move.FEED_BACK: "登记反馈",
    Move.RATE: "登记评价",
    Move.CLOSE: "办结",
    Move.CHECK_PROMISE: "核实承诺",
    Move.MARK_URGENT: "列为紧急",
    Move.MERGE: "并案",
    Move.UNMERGE: "取消并案",
    Move.END: "终止",
    Move.RESTART: "重新启动",
    Move.VOID: "作废",
}

_ANY_TIME: Final = (Move.CHECK_PROMISE, Move.UNMERGE)
_WHILE_OPEN: Final = (Move.MARK_URGENT, Move.MERGE, Move.END, Move.VOID)
_MOVES: Final[dict[State, tuple[Move, ...]]] = {
    State.REGISTERED: (Move.STUDY, Move.HAND_OVER, Move.ANSWER_ON_SPOT, Move.REDIRECT, *_WHILE_OPEN),
    State.STUDIED: (Move.HAND_OVER, Move.STUDY, Move.ANSWER_ON_SPOT, Move.REDIRECT, *_WHILE_OPEN),
    State.HANDLING: (
        Move.GRANT_EXTENSION, Move.REFUSE_EXTENSION, Move.ASSIGN_AT_COUNTY, Move.ANSWER, Move.URGE, Move.INQUIRE,
        Move.RECEIVE, Move.INTERIM, Move.ASK_EXTENSION, Move.RETURN, Move.SUPERVISE, Move.REDIRECT, *_WHILE_OPEN,
    ),
    State.RETURNED: (Move.HAND_OVER, Move.STUDY, Move.REDIRECT, *_WHILE_OPEN),
    State.ANSWERED: (Move.FEED_BACK, *_WHILE_OPEN),
    State.FED_BACK: (Move.RATE, Move.CLOSE, Move.MERGE, Move.END, Move.VOID),
    State.CLOSED: (Move.RESTART, Move.VOID),
    State.REDIRECTED: (Move.RESTART, Move.VOID),
    State.ENDED: (Move.RESTART, Move.VOID),
    State.VOID: (),
}  # fmt: skip
"""The moves of each state, the likely one first."""

_Need = Callable[[Progress], str]


def _with_the_county(progress: Progress) -> str:
    return "" if progress.tier is Tier.COUNTY else "只有报送县人大的事项才由县级交办和询问。"


def _with_a_unit_of_ours(progress: Progress) -> str:
    """A matter that went up to the county is inquired about, not urged: the station has no say there."""
    return "" if progress.tier is not Tier.COUNTY else "报送县人大的事项不能催办、督办或批延期，请登记询问。"


def _an_extension_is_asked(progress: Progress) -> str:
    return "" if progress.extension_asked_on else "承办单位还没有申请延期，请先登记延期申请。"


def _no_extension_is_asked(progress: Progress) -> str:
    return "已登记延期申请，请先登记是否同意。" if progress.extension_asked_on else _with_a_unit_of_ours(progress)


def _not_received(progress: Progress) -> str:
    return f"已于 {progress.received_on} 签收。" if progress.received_on else ""


def _a_promise_is_open(progress: Progress) -> str:
    return "" if progress.has_open_promise else "没有待核实的承诺。"


def _not_dissatisfied(progress: Progress) -> str:
    discontent = progress.satisfaction is Satisfaction.DISSATISFIED
    return "反映人不满意的，要重新办理，不能办结。" if discontent else ""


def _not_urgent(progress: Progress) -> str:
    return "已经列为紧急。" if progress.urgent else ""


def _not_merged(progress: Progress) -> str:
    return "已经并入另一件，请先取消并案。" if progress.main_id else ""


def _merged(progress: Progress) -> str:
    return "" if progress.main_id else "没有并案。"


_NEEDS: Final[dict[Move, _Need]] = {
    Move.ASSIGN_AT_COUNTY: _with_the_county,
    Move.INQUIRE: _with_the_county,
    Move.URGE: _with_a_unit_of_ours,
    Move.SUPERVISE: _with_a_unit_of_ours,
    Move.ASK_EXTENSION: _no_extension_is_asked,
    Move.GRANT_EXTENSION: _an_extension_is_asked,
    Move.REFUSE_EXTENSION: _an_extension_is_asked,
    Move.RECEIVE: _not_received,
    Move.CLOSE: _not_dissatisfied,
    Move.CHECK_PROMISE: _a_promise_is_open,
    Move.MARK_URGENT: _not_urgent,
    Move.MERGE: _not_merged,
    Move.UNMERGE: _merged,
}
"""What a move needs beyond the state: a function that says what is missing, or empty text."""

_BEFORE: Final = {
    Move.FEED_BACK: "要先登记答复，才能反馈。",
    Move.RATE: "要先反馈给反映人，才能评价。",
    Move.CLOSE: "要有答复并已反馈，才能办结。",
    Move.ANSWER: "要先交办，才能登记答复；当场解决的请用“当场答复”。",
    Move.ANSWER_ON_SPOT: "已经交办的事项不能再当场答复，请登记承办单位的答复。",
    Move.STUDY: "只有尚未交办的事项可以登记研究意见。",
    Move.HAND_OVER: "换承办单位请先登记异议退回；办结的请先重新启动。",
    Move.RESTART: "还在办理中，不需要重新启动。",
}


def allowed_moves(progress: Progress) -> tuple[Move, ...]:
    """Return the moves that are allowed now, the likely one first."""
    moves = _MOVES[progress.state]
    if progress.state is not State.VOID:
        moves += _ANY_TIME
    if progress.county_assigned_on:
        # What the county has handed on is waited for; it may still hand it to another department.
        moves = tuple(sorted(moves, key=lambda move: move is Move.ASSIGN_AT_COUNTY))
    return tuple(move for move in moves if not _missing(progress, move))


def move_problem(progress: Progress, move: Move) -> str:
    """Return why ``move`` is not allowed now, as a Chinese sentence; empty when it is."""
    if move in _ANY_TIME and progress.state is not State.VOID:
        return _missing(progress, move)
    if move in _MOVES[progress.state]:
        return _missing(progress, move)
    return f"此件现在是“{STATE_LABELS[progress.state]}”，不能{MOVE_LABELS[move]}。" + _BEFORE.get(move, "")


def _missing(progress: Progress, move: Move) -> str:
    need = _NEEDS.get(move)
    return need(progress) if need else ""
