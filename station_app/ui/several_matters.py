"""Several selected matters: which moves suit them or some of them, and what these are called."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from station_app.domain.moves import MOVE_LABELS, Move
from station_app.domain.opinion import Case
from station_app.station import Desks
from station_app.ui.opinion_rows import OpinionRow
from station_app.ui.rare_moves import SELDOM

TOGETHER: Final = (
    Move.HAND_OVER, Move.URGE, Move.FEED_BACK, Move.STUDY, Move.RECEIVE, Move.ANSWER, Move.RATE, Move.CLOSE, Move.INQUIRE,
    Move.ASSIGN_AT_COUNTY, Move.INTERIM, Move.SUPERVISE, Move.REDIRECT, Move.MARK_URGENT, Move.END, Move.MERGE,
)  # fmt: skip
"""Moves that several selected matters make together."""
_WORDS: Final = {
    Move.HAND_OVER: "交办",
    Move.FEED_BACK: "反馈",
    Move.STUDY: "研究",
    Move.RECEIVE: "签收",
    Move.ANSWER: "答复",
    Move.RATE: "评价",
}
"""What a move is called when it is made with several matters; others keep their label."""
_MOST_SAID: Final = 3
_ENOUGH: Final = 200  # matters that are asked what is likely, when thousands are selected


@dataclass(frozen=True)
class Suiting:
    """A move that suits some of the selected matters.

    Args:
        count: how many.
        usual: whether it is offered as a button; else in the menu 更多.
    """

    move: Move
    count: int
    usual: bool

    @property
    def words(self) -> str:
        """What its button says: 一起催办 8 件."""
        return f"一起{_WORDS.get(self.move, MOVE_LABELS[self.move])} {self.count} 件"


def fitting(rows: Sequence[OpinionRow], move: Move, desks: Desks) -> list[Case]:
    """Return the matters among ``rows`` that allow a move now."""
    return [row.case for row in rows if move in desks.opinions.moves(row.case)]


def suiting(
    rows: Sequence[OpinionRow], desks: Desks, moves_of: Callable[[Case], Sequence[Move]], wanted: Move | None
) -> list[Suiting]:
    """Return the moves that suit some of the matters, the one to offer first at the beginning.

    Args:
        moves_of: the moves of one matter, the likely one first.
        wanted: the move to offer first; else a common hand-over, then what is likely for most.
    """
    counts = Counter(move for row in rows for move in desks.opinions.moves(row.case))
    likely = Counter(next(iter(moves_of(row.case)), None) for row in rows[:_ENOUGH])
    found = [
        Suiting(move, counts[move], bool(likely[move]) or move in {wanted, Move.HAND_OVER, Move.MERGE})
        for move in TOGETHER
        if counts[move] > (move is Move.MERGE)  # one alone is not merged with anything
    ]
    return sorted(found, key=lambda one: (one.move is not wanted, one.move is not Move.HAND_OVER, -likely[one.move]))


def said(found: Sequence[Suiting]) -> str:
    """Say how many of the selected can make which of the moves: 其中 8 件可以催办，3 件可以反馈。"""
    parts = [
        f"{one.count} 件可以{_WORDS.get(one.move, MOVE_LABELS[one.move])}" for one in found if one.move not in SELDOM
    ]
    return f"其中 {'，'.join(parts[:_MOST_SAID])}。" if parts else "没有可以一起办的。"
