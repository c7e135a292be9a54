"""Merging matters (并案): who may go into whom, what will then be counted, and how an answer reaches all of them.

A merged matter stays one 件 with its own feedback, evaluation and closing; only its handling is shared.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from station_app.domain.events import Event, EventKind
from station_app.domain.move_draft import MoveDraft, events_of
from station_app.domain.moves import Move, allowed_moves
from station_app.domain.opinion import Case
from station_app.domain.problems import FieldProblem
from station_app.domain.progress import State


@dataclass(frozen=True)
class MergePreview:
    """What merging some matters into a main one would come to.

    Args:
        main: the main matter.
        joining: those that would be merged into it.
        joined: those that are merged into it already.
    """

    main: Case
    joining: tuple[Case, ...]
    joined: tuple[Case, ...]

    @property
    def count(self) -> int:
        """件数 of them all; merging never lowers it."""
        return 1 + len(self.joined) + len(self.joining)

    @property
    def merged_before(self) -> int:
        """并案后事项数 of them as it is now."""
        return merged_count((self.main, *self.joined, *self.joining))

    @property
    def merged_after(self) -> int:
        """并案后事项数 of them as it would be."""
        return 1


def merged_count(cases: Iterable[Case]) -> int:
    """Return 并案后事项数: matters merged into the same main one count once, with it."""
    return len({case.progress.main_id or case.id for case in cases})


def main_problem(main: Case | None, own_id: int | None, *, has_joined: bool) -> FieldProblem | None:
    """Return why a matter cannot be merged into another: chains and circles would hide who waits for what.

    Args:
        main: the main matter; None when there is none of that id.
        own_id: id of the matter to be merged; None for one that is not registered yet.
        has_joined: whether others are merged into that matter.
    """
    if main is None:
        return FieldProblem("main_id", "找不到这一件，请重新选择。")
    if main.id == own_id:
        return FieldProblem("main_id", "不能并入自己。")
    if main.progress.state is State.VOID:
        return FieldProblem("main_id", f"{main.number} 已作废，不能并入。")
    if main.progress.main_id:
        return FieldProblem("main_id", f"{main.number} 自己已并入另一件，请直接并入那一件。")
    if has_joined:
        return FieldProblem("main_id", "已有别的意见并入此件，请先取消那些并案。")
    return None


def may_be_joined(case: Case) -> bool:
    """Tell whether a new visitor's matter may be linked to this one: it is open, or something is promised in it."""
    return case.progress.main_id is None and (case.progress.is_open or case.progress.has_open_promise)


def answered_along(main: Case, joined: Sequence[Case]) -> list[Case]:
    """Return the merged matters for which the answer to the main one can be recorded as well."""
    return [case for case in joined if _way_to_answer(main, case) is not None]


def answer_events(main: Case, case: Case, draft: MoveDraft) -> list[Event]:
    """Return the events by which a merged matter takes the answer that is given to the main one.

    One that was not handed over yet is handed over to the main one's unit on the day of the answer.

    Args:
        draft: the answer as recorded for the main matter.
    """
    before = _way_to_answer(main, case) or []
    noted = [replace(event, on=draft.on, text=f"并入 {main.number}，随主件办理") for event in before]
    answer = events_of(replace(draft, unit_id=draft.unit_id or main.progress.unit_id), case.progress)
    return [*noted, *answer]


def _way_to_answer(main: Case, case: Case) -> list[Event] | None:
    """Return the events that must come before an answer, or None when it cannot be answered now."""
    allowed = allowed_moves(case.progress)
    if Move.ANSWER in allowed:
        return []
    progress = main.progress
    if Move.HAND_OVER in allowed and progress.tier and not progress.separate:
        return [Event(EventKind.HANDED_OVER, "", tier=progress.tier, unit_id=progress.unit_id)]
    return None
