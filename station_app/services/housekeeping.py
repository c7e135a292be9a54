"""What keeps the file in order: undo, drafts, backups and checks."""

from dataclasses import dataclass
from typing import Any

from station_app.services.done import EVERYTHING, Done
from station_app.storage.backups import Backup
from station_app.storage.change_log import LoggedStep
from station_app.storage.drafts import Drafts, KeptDraft
from station_app.storage.settings import Settings
from station_app.storage.station_file import UNDO_STEPS, StationFile


@dataclass(frozen=True)
class Health:
    """What `check` found.

    Args:
        problems: what SQLite finds wrong; empty when sound.
        counts: rows by table.
        broken_step: first step at which the chain of the log breaks, or None.
    """

    problems: tuple[str, ...]
    counts: dict[str, int]
    broken_step: int | None


class Housekeeping:
    """Undo, drafts, backups, checks."""

    def __init__(self, file: StationFile) -> None:
        self._file = file
        self._drafts = Drafts(file)
        self.last_backup: Backup | None = None

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
        """Keep an unfinished form; return the ISO time."""
        return self._drafts.keep(form, record_uid, body)

    def kept_draft(self, form: str, record_uid: str = "") -> KeptDraft | None:
        """Return an unfinished form that was kept, or None."""
        return self._drafts.kept(form, record_uid)

    def kept_drafts(self, form: str) -> list[KeptDraft]:
        """Return every unfinished form of a kind, newest first."""
        return self._drafts.all_of(form)

    def drop_draft(self, form: str, record_uid: str = "") -> None:
        """Forget an unfinished form."""
        self._drafts.drop(form, record_uid)

    def back_up(self, occasion: str = "手动") -> Backup:
        """Write a verified backup beside the file.

        Raises:
            StationFault: it could not be written or did not verify.
        """
        self.last_backup = self._file.back_up(occasion)
        return self.last_backup

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
        """Check the file: integrity, references, counts, chain of steps."""
        return Health(tuple(self._file.integrity_problems()), self._file.counts(), self._file.first_broken_step())
