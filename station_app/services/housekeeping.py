"""What keeps the file in order: undo, drafts, backups and checks."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from station_app.domain.kept_draft import KeptDraft
from station_app.domain.operators import Right
from station_app.services.done import EVERYTHING, Done
from station_app.storage.change_log import LoggedStep
from station_app.storage.drafts import Drafts
from station_app.storage.settings import Settings
from station_app.storage.station_file import UNDO_STEPS, StationFile
from station_app.support.faults import NotAllowed
from station_app.support.places import scarce_room

if TYPE_CHECKING:
    from station_app.domain.backup import Backup, Manifest
    from station_app.domain.issued import Issued
    from station_app.services import backup_desk

_CLOCKS_DIFFER = timedelta(minutes=10)
"""Two PCs that share a stick never agree to the minute."""


@dataclass(frozen=True)
class Health:
    """What `check` found.

    Args:
        problems: what SQLite finds wrong; empty when sound.
        counts: rows by table.
        broken_step: first step at which the chain of the log breaks, or None.
        cut_off: manifests of backups that hold steps which the log does not: its end was cut off.
        unvouched: the first reported summary whose mark is not in the log, or whose kept files are not those that
            were reported; None when all are vouched for.
    """

    problems: tuple[str, ...]
    counts: dict[str, int]
    broken_step: int | None
    cut_off: "tuple[Manifest, ...]"
    unvouched: "Issued | None"

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not (self.problems or self.broken_step is not None or self.cut_off or self.unvouched)


@dataclass(frozen=True)
class PastStep:
    """One of the last steps.

    Args:
        at: ISO time.
        label: what was done.
        about: what it touched, e.g. ``代表 欧阳建国``.
        why_not: why it cannot be undone; empty when it can.
    """

    id: int
    at: str
    label: str
    about: str
    why_not: str


_WHY_NOT = {
    "erased": "个人信息已删除，不能撤销",
    "founding": "建立登记簿，不能撤销",
    "restored": "在“备份与恢复”里撤销",
    "automatic": "程序按期限办结，要再办的请重新启动",
}


@dataclass(frozen=True)
class Note:
    """Something the clerk has to know when a register was opened; the work goes on.

    Args:
        what: one sentence that says what is the matter.
        todo: what it means and what to do.
    """

    what: str
    todo: str


class Housekeeping:
    """Undo, drafts, backups, checks."""

    def __init__(self, file: StationFile) -> None:
        self._file = file
        self._drafts = Drafts(file)

    @cached_property
    def _backups(self) -> "backup_desk.BackupDesk":
        """The desk of the backups; the window opens faster without it."""
        from station_app.services.backup_desk import BackupDesk

        return BackupDesk(self._file)

    def past_steps(self) -> list[PastStep]:
        """Return the last steps of this sign-in session, the last one first, with what they touched."""
        from station_app.services.log_desk import LogDesk

        steps = self._file.past_steps(UNDO_STEPS)
        about = LogDesk(self._file).about(step.id for step in steps)
        return [
            PastStep(step.id, step.at, step.label, about.get(step.id, ""), _WHY_NOT.get(step.fixed, ""))
            for step in steps
        ]

    def undoable(self) -> list[LoggedStep]:
        """Return the last steps that can be undone, the last one first."""
        return self._file.undoable(UNDO_STEPS)

    def undo(self, back_to: int | None = None) -> Done[None]:
        """Take the last step of this session back, or every step down to one.

        Args:
            back_to: id of the earliest step to take back; None for the last one only.

        Raises:
            InvalidInput: there is nothing to undo.
        """
        undone = [self._file.undo_last()] if back_to is None else self._file.undo_back_to(back_to)
        label = undone[0].label if len(undone) == 1 else f"{undone[-1].label} 等 {len(undone)} 步"
        return Done(None, f"已撤销：{label}", EVERYTHING, undone[0].id)

    def keep_draft(self, form: str, body: dict[str, Any], record_uid: str = "") -> str:
        """Keep an unfinished form; return the ISO time.

        Raises:
            NotAllowed: who is signed in only reads.
        """
        if not self._file.rights:
            raise NotAllowed
        return self._drafts.keep(form, record_uid, body)

    def kept_draft(self, form: str, record_uid: str = "") -> KeptDraft | None:
        """Return an unfinished form that was kept, or None."""
        return self._drafts.kept(form, record_uid)

    def kept_drafts(self, form: str) -> list[KeptDraft]:
        """Return every unfinished form of a kind, newest first."""
        return self._drafts.all_of(form)

    def unfinished(self) -> list[KeptDraft]:
        """Return every unfinished form, newest first, that who is signed in may go on with."""
        return [
            draft
            for draft in self._drafts.everything()
            if draft.page and Right(draft.body.get("right", Right.KEEP)) in self._file.rights
        ]

    def drop_draft(self, form: str, record_uid: str = "") -> None:
        """Forget an unfinished form."""
        self._drafts.drop(form, record_uid)

    def back_up(self, occasion: str = "") -> "Backup":
        """Write a verified backup beside the file.

        Args:
            occasion: Chinese word, see `domain.backup.Occasion`; empty when the clerk asked for it.

        Raises:
            StationFault: it could not be written or did not verify.
        """
        from station_app.domain.backup import Occasion

        return self._backups.back_up(occasion or Occasion.BY_HAND)

    def notes(self) -> list[Note]:
        """Return what the clerk has to know when the register was opened: a scarce disk, a clock that was set back."""
        notes = []
        free = scarce_room(self._file.path)
        if free is not None:
            notes.append(
                Note(
                    f"磁盘空间不多了，只剩 {free / 1_000_000:.0f} MB。",
                    "登记照常保存，但备份和导出可能写不下。请尽早清理磁盘，把不用的大文件移走。",
                )
            )
        last = str(self._file.value("SELECT at FROM steps ORDER BY id DESC LIMIT 1") or "")
        now = self._file.clock.now()
        if last and now < datetime.fromisoformat(last) - _CLOCKS_DIFFER:
            notes.append(
                Note(
                    f"电脑时间比上次登记早：现在是 {now:%Y-%m-%d %H:%M}，上次登记是 {last[:16].replace('T', ' ')}。",
                    "可以照常登记，原有的内容和编号不受影响；但日期会照电脑时间填，请先校准电脑的日期和时间。",
                )
            )
        return notes

    def versions(self) -> dict[str, str]:
        """Return the versions of SQLite, its encryption and the tables, for the diagnostic package."""
        return self._file.versions()

    def counts(self) -> dict[str, int]:
        """Return rows by table, for the diagnostic package."""
        return self._file.counts()

    def setting_keys(self) -> list[str]:
        """Return the names of the settings, for the diagnostic package."""
        return Settings(self._file).keys()

    def check(self) -> Health:
        """Check the file: integrity, references, counts, chain of steps, its end against manifests and reports."""
        from station_app.storage.issued import IssuedRecords

        file, backups = self._file, self._backups
        cut_off = file.missing_tails(backups.folders(), backups.restored_at())
        unvouched = IssuedRecords(file).first_unvouched()
        problems = tuple(file.integrity_problems())
        return Health(problems, file.counts(), file.first_broken_step(), tuple(cut_off), unvouched)
