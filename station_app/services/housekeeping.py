"""What keeps the file in order: undo, drafts, backups and checks."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from station_app.domain.backup import Backup, Manifest, Occasion
from station_app.domain.kept_draft import KeptDraft
from station_app.domain.operators import Right
from station_app.services.done import EVERYTHING, Done
from station_app.storage.change_log import LoggedStep
from station_app.storage.drafts import Drafts
from station_app.storage.settings import Settings
from station_app.storage.station_file import UNDO_STEPS, StationFile
from station_app.support.faults import NotAllowed

if TYPE_CHECKING:
    from station_app.domain.issued import Issued
    from station_app.services import backup_desk


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
    cut_off: tuple[Manifest, ...]
    unvouched: "Issued | None"

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not (self.problems or self.broken_step is not None or self.cut_off or self.unvouched)


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

    def back_up(self, occasion: str = Occasion.BY_HAND) -> Backup:
        """Write a verified backup beside the file.

        Raises:
            StationFault: it could not be written or did not verify.
        """
        return self._backups.back_up(occasion)

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
