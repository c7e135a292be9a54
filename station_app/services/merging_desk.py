"""The desk at which matters are merged (并案), looked at beforehand, and answered together."""

from collections.abc import Collection, Sequence

from station_app.domain.merging import MergePreview, answer_events, answered_along
from station_app.domain.move_draft import MoveDraft, cleaned
from station_app.domain.moves import MOVE_LABELS, Move
from station_app.domain.opinion import Case
from station_app.domain.problems import invalid
from station_app.services.done import OPINIONS, Done
from station_app.services.opinion_desk import OpinionDesk
from station_app.storage.opinions import OpinionRecords
from station_app.storage.station_file import StationFile


class MergingDesk:
    """Merges several matters at once and records one answer for all of them.

    Args:
        file: the open file.
        opinions: the desk that does every single move.
    """

    def __init__(self, file: StationFile, opinions: OpinionDesk) -> None:
        self._file = file
        self._opinions = opinions
        self._records = OpinionRecords(file)

    def joined(self, case_id: int) -> list[Case]:
        """Return the matters that are merged into one now, oldest first."""
        if not self._opinions.is_read():
            return self._records.merged_into(case_id)
        return [case for case in self._opinions.snapshot().cases if case.progress.main_id == case_id]

    def preview(self, case_ids: Collection[int], main_id: int) -> MergePreview:
        """Return what merging would come to; the main matter itself may be among ``case_ids``."""
        joining = self._records.by_id([case_id for case_id in case_ids if case_id != main_id])
        return MergePreview(self._records.case(main_id), tuple(joining), tuple(self.joined(main_id)))

    def merge(self, case_ids: Sequence[int], draft: MoveDraft) -> Done[int]:
        """Merge matters into a main one as one step, undone whole.

        Args:
            case_ids: the main one may be among them; it stays what it is.
            draft: the merging, with ``main_id``.

        Raises:
            InvalidInput: one of them cannot be merged, and its number is told; nothing is written.
        """
        joining = [case_id for case_id in case_ids if case_id != draft.main_id]
        if not joining:
            raise invalid("main_id", "不能并入自己。")
        with self._file.write(f"{MOVE_LABELS[Move.MERGE]} {len(joining)} 件"):
            return self._opinions.move_many(joining, draft)

    def answered_along(self, main: Case) -> list[Case]:
        """Return the matters merged into a main one for which its answer can be recorded as well."""
        return answered_along(main, self.joined(main.id))

    def answer(self, main_id: int, draft: MoveDraft, also: Collection[int]) -> Done[Case]:
        """Record an answer to a main matter and the same one, an event each, to matters merged into it.

        Args:
            also: ids of merged matters; one not handed over yet goes to the main one's unit that day.

        Raises:
            InvalidInput: a field is wrong, or one of them cannot take the answer.
        """
        main = self._records.case(main_id)
        draft = cleaned(draft)
        label = f"{MOVE_LABELS[Move.ANSWER]} {main.number}" + (f" 等 {1 + len(also)} 件" if also else "")
        with self._file.write(label) as step:
            answered = self._opinions.move(main_id, draft)
            chosen = [case for case in self.answered_along(main) if case.id in also]
            if len(chosen) < len(also):
                raise invalid("also", "并入的事项有的已不能登记答复，请重新打开这张短表。")
            for case in chosen:
                latest = max(event.on for event in case.events)
                if draft.on < latest:
                    raise invalid("on", f"{case.number}：日期不能早于上一步的 {latest}。")
                for event in answer_events(main, case, draft):
                    self._records.add_event(step, case.id, event, self._file.operator)
        return Done(answered.value, label, frozenset({OPINIONS}), step.id)
