"""Erasing a visitor's data on request (个人信息删除)."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from station_app.domain.backup import Backup, Occasion
from station_app.domain.erasure import Erasure, Extent, HeldVisit, Span, StillHeld, still_held
from station_app.domain.operators import Right
from station_app.domain.problems import FieldProblem, refuse
from station_app.domain.text import LINE_LIMIT, clean_line, text_problem
from station_app.services.backup_desk import HERE, STICK, BackupDesk
from station_app.services.done import EVERYTHING, Done
from station_app.storage.attachments import backup_path, bring_up_to_date, drop_erased
from station_app.storage.backups import remove
from station_app.storage.erasing import Erased, Erasing, ErasureRecords
from station_app.storage.manifests import backups_in
from station_app.storage.station_file import StationFile
from station_app.storage.stations import StationRecords
from station_app.support.faults import StationFault

Progress = Callable[[float, str], None]


class ErasingDesk:
    """Finds what the register holds of a person, and blanks it. This is the one action that cannot be undone."""

    def __init__(self, file: StationFile) -> None:
        self._file = file
        self._erasing = Erasing(file)
        self._records = ErasureRecords(file)

    # Before

    def held(self, name: str, phone: str, visit_id: int = 0) -> list[HeldVisit]:
        """Return the visits of what may be this person: the same phone, or the same name; newest first.

        Visits that were deleted are among them: they can be restored.

        Args:
            visit_id: a visit that is listed in any case, or 0.
        """
        return self._erasing.of_person(name, phone, visit_id)

    def extent(self, visit_ids: Sequence[int]) -> Extent:
        """Return how many records hold something of the person who made some visits."""
        return self._erasing.extent(list(visit_ids))

    def backups_holding(self, visit_ids: Sequence[int]) -> list[StillHeld]:
        """Return the backups that would still hold some visits' data after erasing them now, newest first."""
        return self._held_in([self._erasing.span(list(visit_ids))]) if visit_ids else []

    def stick_is_away(self) -> bool:
        """Tell whether there is a stick with backups that cannot be looked at now."""
        second = BackupDesk(self._file).state().second
        return second is not None and second.folder is None

    # Erasing

    def erase(self, visit_ids: Sequence[int], asked_on: str, reason: str, *, words_too: bool) -> Done[Erased]:
        """Blank one person's data in some visits, everywhere in the file; numbers, dates and handling stay.

        Args:
            visit_ids: the visits of the one person.
            asked_on: ISO date of the request.
            reason: who asked and why; no names.
            words_too: blank the opinions' title and words as well, and what is attached to their handling.

        Raises:
            InvalidInput: fields ``visits``, ``asked_on`` and ``reason``.
            NotAllowed: it takes the right to govern.
            StationFault: the disk refuses; nothing was blanked, or the contents of attachments are still there and go
                when the register is closed.
        """
        self.check(visit_ids, asked_on, reason)
        with self._file.write(f"依申请删除个人信息 {len(visit_ids)} 条登记", Right.GOVERN) as step:
            erased = self._erasing.visitor(step, list(visit_ids), asked_on, clean_line(reason), words_too=words_too)
        self._file.scrub()
        drop_erased(self._file)
        for folder in BackupDesk(self._file).folders():
            copy = backup_path(self._file.path, folder)
            if copy.is_file():
                with suppress(StationFault):  # the next backup drops them
                    bring_up_to_date(self._file, copy)
        return Done(erased, f"已删除 {erased.visits} 条登记中的个人信息", EVERYTHING, step.id)

    def check(self, visit_ids: Sequence[int], asked_on: str, reason: str) -> None:
        """Make sure that what is typed suffices, before the clerk is asked for good; raises as `erase` does."""
        reason = clean_line(reason)
        known = self._erasing.known(list(visit_ids))
        refuse(
            [
                None if visit_ids else FieldProblem("visits", "请至少勾选一条登记。"),
                self._date_problem(asked_on),
                text_problem("reason", "删除理由", reason, LINE_LIMIT)
                if reason
                else FieldProblem("reason", "请写明删除理由，如“本人书面申请”。"),
                FieldProblem("reason", "理由会一直留着，请不要写姓名和电话。")
                if any(text in reason for text in known)
                else None,
            ]
        )

    def _date_problem(self, asked_on: str) -> FieldProblem | None:
        try:
            asked = date.fromisoformat(asked_on)
        except ValueError:
            return FieldProblem("asked_on", "请填写申请日期，如 2026-11-22。")
        if asked > self._file.clock.today():
            return FieldProblem("asked_on", "申请日期不能晚于今天。")
        return None

    # Afterwards

    def done(self) -> list[Erasure]:
        """Return every erasure, newest first."""
        return self._records.all()

    def still_holding(self, step_id: int) -> list[StillHeld]:
        """Return the backups that still hold what an erasure blanked, newest first."""
        return self._held_in(self._records.spans(step_id))

    def renew_backups(self, step_id: int, progress: Progress = lambda _part, _word: None) -> int:
        """Make a new proven backup, then remove those that still hold what an erasure blanked; return how many.

        Raises:
            StationFault: the new one was not made, then none was removed; or one could not be removed.
        """
        desk = BackupDesk(self._file)
        desk.back_up(Occasion.BY_HAND, thorough=True, progress=lambda part, word: progress(part * 0.8, word))
        with suppress(StationFault):  # a stick that refuses keeps what it has, and the list says so
            desk.refresh_second()
        held = self.still_holding(step_id)
        for place, one in enumerate(held, start=1):
            remove(one.backup)
            progress(0.8 + 0.2 * place / len(held), "删除旧备份")
        return len(held)

    def confirmation(self, erasure: Erasure, path: Path) -> None:
        """Write the paper that confirms an erasure (个人信息删除确认单) as PDF; it holds nothing of the person.

        Raises:
            StationFault: the disk refuses.
        """
        from station_app.documents.erasure_paper import ErasurePaper, write_erasure_paper

        profile = StationRecords(self._file).profile()
        held = self.still_holding(erasure.step_id)
        paper = ErasurePaper(profile.name, erasure, tuple(held), self._file.clock.today(), profile.demo)
        write_erasure_paper(path, paper)

    def _held_in(self, spans: Sequence[Span]) -> list[StillHeld]:
        station, stem = self._file.state().station, f"{self._file.path.stem}-"
        return [
            still_held(backup, place)
            for place, folder in zip((HERE, STICK), BackupDesk(self._file).folders(), strict=False)
            for backup in backups_in(folder)
            if _is_ours(backup, station, stem) and any(span.covers(backup) for span in spans)
        ]


def _is_ours(backup: Backup, station: str, stem: str) -> bool:
    return backup.manifest.station == station if backup.manifest else backup.path.name.startswith(stem)
