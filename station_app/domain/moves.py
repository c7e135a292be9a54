"""What may be done with an opinion now."""

from enum import StrEnum

from station_app.domain.progress import STATE_LABELS, Progress, State
from station_app.domain.station import Tier


class Move(StrEnum):
    """What the clerk may do with an opinion, one short form each."""

    STUDY = "study"
    HAND_OVER = "hand_over"
    ANSWER_ON_SPOT = "answer_on_spot"
    REDIRECT = "redirect"
    RECEIVE = "receive"
    ASSIGN_AT_COUNTY = "assign_at_county"
    URGE = "urge"
    INQUIRE = "inquire"
    INTERIM = "interim"
    ANSWER = "answer"
    FEED_BACK = "feed_back"
    RATE = "rate"
    CLOSE = "close"


MOVE_LABELS = {
    Move.STUDY: "登记研究意见",
    Move.HAND_OVER: "交办 / 转办",
    Move.ANSWER_ON_SPOT: "当场答复",
    Move.REDIRECT: "引导",
    Move.RECEIVE: "登记签收",
    Move.ASSIGN_AT_COUNTY: "登记县级交办",
    Move.URGE: "催办",
    Move.INQUIRE: "登记询问",
    Move.INTERIM: "登记阶段性答复",
    Move.ANSWER: "登记答复",
    Move.FEED_BACK: "登记反馈",
    Move.RATE: "登记评价",
    Move.CLOSE: "办结",
}

_MOVES: dict[State, tuple[Move, ...]] = {
    State.REGISTERED: (Move.STUDY, Move.HAND_OVER, Move.ANSWER_ON_SPOT, Move.REDIRECT),
    State.STUDIED: (Move.HAND_OVER, Move.STUDY, Move.ANSWER_ON_SPOT, Move.REDIRECT),
    State.HANDLING: (Move.ANSWER, Move.URGE, Move.RECEIVE, Move.INTERIM, Move.REDIRECT),
    State.RETURNED: (Move.HAND_OVER, Move.REDIRECT),
    State.ANSWERED: (Move.FEED_BACK,),
    State.FED_BACK: (Move.RATE, Move.CLOSE),
    State.CLOSED: (),
    State.REDIRECTED: (),
    State.ENDED: (),
    State.VOID: (),
}


def allowed_moves(progress: Progress) -> tuple[Move, ...]:
    """Return the moves that are allowed now, the likely one first.

    A matter that went up to the county is inquired about, not urged: the station has no say there.
    """
    moves = _MOVES[progress.state]
    if progress.state is State.HANDLING and progress.tier is Tier.COUNTY:
        likely = Move.ANSWER if progress.county_assigned_on else Move.ASSIGN_AT_COUNTY
        other = Move.ASSIGN_AT_COUNTY if likely is Move.ANSWER else Move.ANSWER
        return (likely, Move.INQUIRE, other, Move.INTERIM, Move.REDIRECT)
    if progress.received_on:
        moves = tuple(move for move in moves if move is not Move.RECEIVE)
    return moves


def move_problem(progress: Progress, move: Move) -> str:
    """Return why ``move`` is not allowed now, as a Chinese sentence; empty when it is."""
    if move in allowed_moves(progress):
        return ""
    needs = {
        Move.FEED_BACK: "要先登记答复，才能反馈。",
        Move.RATE: "要先反馈给反映人，才能评价。",
        Move.CLOSE: "要有答复并已反馈，才能办结。",
        Move.ANSWER: "要先交办，才能登记答复；当场解决的请用“当场答复”。",
        Move.ANSWER_ON_SPOT: "已经交办的事项不能再当场答复，请登记承办单位的答复。",
        Move.STUDY: "只有尚未交办的事项可以登记研究意见。",
    }
    return f"此件现在是“{STATE_LABELS[progress.state]}”，不能{MOVE_LABELS[move]}。" + needs.get(move, "")
