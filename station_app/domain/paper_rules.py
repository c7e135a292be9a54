"""Which papers can be printed about which matters now, and what a returned one is about."""

from collections.abc import Callable, Sequence
from typing import Final

from station_app.domain.moves import Move, allowed_moves, move_problem
from station_app.domain.opinion import Case
from station_app.domain.papers import NEXT_MOVES, PAPER_LABELS, PaperKind
from station_app.domain.progress import Progress, State
from station_app.domain.station import Tier

ONE_ONLY: Final = frozenset({PaperKind.HAND_OVER, PaperKind.OUTCOME, PaperKind.NOTICE, PaperKind.SURVEY})
"""Papers about a single matter."""


def paper_problem(kind: PaperKind, cases: Sequence[Case]) -> str:
    """Return why a paper cannot be printed about these matters now, as a Chinese sentence; empty when it can."""
    if not cases:
        return "没有可以列入的意见建议。"
    if kind in ONE_ONLY and len(cases) > 1:
        return f"{PAPER_LABELS[kind]}一次只印一件，请只选一件。"
    for case in cases:
        problem = "已经作废，不能再印文书。" if case.progress.state is State.VOID else _NEEDS[kind](case.progress)
        if problem:
            return f"{case.number}：{problem}"
    if kind in _BY_UNIT and len({(case.progress.tier, case.progress.unit_id) for case in cases}) > 1:
        return f"所选各件的承办单位不同，请按单位分开印{PAPER_LABELS[kind]}。"
    return ""


def next_move(kind: PaperKind, progress: Progress) -> Move | None:
    """Return what is likely recorded about a matter when this paper comes back, or None when nothing is left to do."""
    allowed = allowed_moves(progress)
    return next((move for move in NEXT_MOVES[kind] if move in allowed), None)


_BY_UNIT: Final = frozenset({PaperKind.URGING, PaperKind.SUPERVISION, PaperKind.UNIT_OVERVIEW})
_REFERRAL = PAPER_LABELS[PaperKind.REFERRAL]


def _handed_over(progress: Progress) -> str:
    if not progress.handed_on:
        return "还没有交办，请先登记“交办 / 转办”，再印文书。"
    if progress.state is State.RETURNED:
        return "已被退回，请先重新交办，再印文书。"
    if progress.tier is Tier.COUNTY:
        return f"已报县人大（转办），请印“{_REFERRAL}”。"
    return "已转为代表建议，请用代表建议的专用纸。" if progress.tier is Tier.SUGGESTION else ""


def _referred(progress: Progress) -> str:
    if progress.tier is Tier.COUNTY and progress.handed_on and progress.state is not State.RETURNED:
        return ""
    return f"没有报县人大（转办），不能印“{_REFERRAL}”；请先用“交办 / 转办”登记。"


def _answered(progress: Progress) -> str:
    return "" if progress.answer else "还没有答复，不能印反馈单；请先登记答复。"


def _answered_to_deputies(progress: Progress) -> str:
    if progress.tier is not Tier.SUGGESTION:
        return "没有转为代表建议，不印征询意见表；反馈给反映人请印反馈单。"
    return "" if progress.answer else "还没有答复，不能印征询意见表；请先登记答复。"


def _redirected(progress: Progress) -> str:
    return "" if progress.state is State.REDIRECTED else "不是“不属受理范围(引导)”的事项，不印告知单。"


def _owed(progress: Progress) -> str:
    owed = progress.state is State.HANDLING and progress.tier is not Tier.COUNTY and progress.unit_id is not None
    return "" if owed else "现在不由镇、村的承办单位办理，列不进一览函。"


_NEEDS: Final[dict[PaperKind, Callable[[Progress], str]]] = {
    PaperKind.HAND_OVER_LIST: _handed_over,
    PaperKind.HAND_OVER: _handed_over,
    PaperKind.REFERRAL: _referred,
    PaperKind.URGING: lambda progress: move_problem(progress, Move.URGE),
    PaperKind.SUPERVISION: lambda progress: move_problem(progress, Move.SUPERVISE),
    PaperKind.OUTCOME: _answered,
    PaperKind.NOTICE: _redirected,
    PaperKind.UNIT_OVERVIEW: _owed,
    PaperKind.SURVEY: _answered_to_deputies,
}
