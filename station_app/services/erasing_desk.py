"""Erasing a visitor's data on request (个人信息删除)."""

from collections.abc import Sequence
from datetime import date

from station_app.domain.operators import Right
from station_app.domain.problems import FieldProblem, refuse
from station_app.domain.reception import Visit
from station_app.domain.text import LINE_LIMIT, clean_line, text_problem
from station_app.services.done import EVERYTHING, Done
from station_app.storage.attachments import drop_erased
from station_app.storage.erasing import Erased, Erasing
from station_app.storage.receptions import ReceptionRecords
from station_app.storage.station_file import StationFile


class ErasingDesk:
    """Finds what the register holds of a person, and blanks it. This is the one action that cannot be undone."""

    def __init__(self, file: StationFile) -> None:
        self._file = file
        self._visits = ReceptionRecords(file)

    def held(self, name: str, phone: str) -> list[Visit]:
        """Return the visits of what may be this person: the same phone, or the same name; newest first."""
        return self._visits.earlier_visits(name, phone, limit=1000)

    def erase(self, visit_ids: Sequence[int], asked_on: str, reason: str, *, words_too: bool) -> Done[Erased]:
        """Blank one person's data in some visits, everywhere in the file; numbers, dates and handling stay.

        Args:
            visit_ids: the visits of the one person.
            asked_on: ISO date of the request.
            reason: who asked and why; no names.
            words_too: blank the opinions' title and words as well.

        Raises:
            InvalidInput: fields ``visits``, ``asked_on`` and ``reason``.
            NotAllowed: it takes the right to govern.
            StationFault: the disk refuses; nothing was blanked, or the contents of attachments are still there and go
                when the register is closed.
        """
        reason = clean_line(reason)
        refuse(
            [
                None if visit_ids else FieldProblem("visits", "请至少勾选一条登记。"),
                self._date_problem(asked_on),
                text_problem("reason", "删除理由", reason, LINE_LIMIT)
                if reason
                else FieldProblem("reason", "请写明删除理由，如“本人书面申请”。"),
            ]
        )
        with self._file.write(f"依申请删除个人信息 {len(visit_ids)} 条登记", Right.GOVERN) as step:
            erased = Erasing(self._file).visitor(step, list(visit_ids), asked_on, reason, words_too=words_too)
        self._file.scrub()
        drop_erased(self._file)
        return Done(erased, f"已删除 {erased.visits} 条登记中的个人信息", EVERYTHING, step.id)

    def _date_problem(self, asked_on: str) -> FieldProblem | None:
        try:
            asked = date.fromisoformat(asked_on)
        except ValueError:
            return FieldProblem("asked_on", "请填写申请日期，如 2026-11-22。")
        if asked > self._file.clock.today():
            return FieldProblem("asked_on", "申请日期不能晚于今天。")
        return None
