"""Attachments as records of the station file, and what joins them to the sibling file with their contents."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, Final

from station_app.domain.attachment import Attachment, Owner
from station_app.storage.attachment_store import ENDING, AttachmentStore, Copied, store_path
from station_app.storage.backup_folder import folder_of
from station_app.storage.change_log import Step
from station_app.storage.station_file import StationFile

_PURPOSE: Final = "attachments"
ERASED_TEXT: Final = "（已依申请删除）"
"""Stands for what was erased on a person's request."""

_COLUMNS: Final = "id, owner, owner_id, name, media_type, size, sha256, original, created_at"
_NUMBERS: Final = {
    Owner.VISIT: "SELECT number FROM visits WHERE id = ?",
    Owner.OPINION: "SELECT number FROM opinions WHERE id = ?",
    Owner.EVENT: "SELECT o.number FROM opinions o JOIN events e ON e.opinion_id = o.id WHERE e.id = ?",
    Owner.DEPUTY: "SELECT '' FROM deputies WHERE id = ?",
    Owner.DAY: "SELECT on_date FROM reception_days WHERE id = ?",
}


class AttachmentRecords:
    """Rows of attachments; what they contain lies in the store."""

    def __init__(self, file: StationFile) -> None:
        self._file = file

    def of_owner(self, owner: Owner, owner_id: int) -> list[Attachment]:
        """Return the attachments of a record, in order."""
        return self._found("owner = ? AND owner_id = ?", [owner, owner_id])

    def of_events(self, event_ids: Collection[int]) -> list[Attachment]:
        """Return the attachments of some events."""
        marks = ", ".join("?" * len(event_ids))
        return self._found(f"owner = '{Owner.EVENT}' AND owner_id IN ({marks})", list(event_ids))

    def some(self, attachment_ids: Collection[int]) -> list[Attachment]:
        """Return those of some attachments that are there."""
        marks = ", ".join("?" * len(attachment_ids))
        return self._found(f"id IN ({marks})", list(attachment_ids))

    def one(self, attachment_id: int) -> Attachment:
        """Return one attachment.

        Raises:
            KeyError: there is none, or it was removed.
        """
        found = self._found("id = ?", [attachment_id])
        if not found:
            raise KeyError(attachment_id)
        return found[0]

    def add(self, step: Step, owner: Owner, owner_id: int, **values: Any) -> int:
        """Add one at the end of its record's."""
        last = self._file.value(
            "SELECT coalesce(max(position), -1) FROM attachments WHERE owner = ? AND owner_id = ?", [owner, owner_id]
        )
        return step.insert("attachments", owner=owner, owner_id=owner_id, position=last + 1, **values)

    def rename(self, step: Step, attachment_id: int, name: str) -> None:
        """Give one another name."""
        step.update("attachments", attachment_id, name=name)

    def remove(self, step: Step, attachment_id: int) -> None:
        """Mark one as deleted; its content stays, for it can be restored."""
        step.delete("attachments", attachment_id)

    def names(self, digest: str) -> bool:
        """Tell whether any record, a deleted one too, names this content."""
        return bool(self._file.value("SELECT 1 FROM attachments WHERE sha256 = ? LIMIT 1", [digest]))

    def total(self) -> int:
        """Return how many bytes all contents take, each counted once."""
        sql = "SELECT coalesce(sum(size), 0) FROM (SELECT max(size) AS size FROM attachments GROUP BY sha256)"
        return int(self._file.value(sql))

    def number_of(self, owner: Owner, owner_id: int) -> str:
        """Return the printed number of a record, for the log.

        Raises:
            KeyError: there is no such record.
        """
        found = self._file.value(_NUMBERS[owner], [owner_id])
        if found is None:
            raise KeyError(owner_id)
        return str(found)

    def owner_of(self, number: str) -> tuple[Owner, int] | None:
        """Return the opinion or visit with a printed number, or None."""
        for owner in (Owner.OPINION, Owner.VISIT):
            sql = f"SELECT id FROM {owner.value} WHERE number = ? AND deleted_at IS NULL"
            if (found := self._file.value(sql, [number])) is not None:
                return owner, int(found)
        return None

    def _found(self, condition: str, parameters: Sequence[Any]) -> list[Attachment]:
        rows = self._file.tuples(
            f"SELECT {_COLUMNS} FROM attachments WHERE {condition} AND deleted_at IS NULL"
            " ORDER BY owner_id, position, id",
            parameters,
        )
        return [
            Attachment(row[0], Owner(row[1]), row[2], row[3], row[4], row[5], row[6], bool(row[7]), row[8])
            for row in rows
        ]


def store_of(file: StationFile) -> AttachmentStore | None:
    """Return where the contents lie; None as long as nothing was ever attached."""
    path = store_path(file.path)
    if not path.exists() and not file.value("SELECT EXISTS (SELECT 1 FROM attachments)"):
        return None
    return AttachmentStore(path, file.derived_key(_PURPOSE), file.is_read_only)


def store_for_writing(file: StationFile) -> AttachmentStore:
    """Return where contents are stored; the file is made by the first content."""
    return AttachmentStore(store_path(file.path), file.derived_key(_PURPOSE))


def store_in_backups(file: StationFile) -> AttachmentStore:
    """Return where the backups beside the file keep their contents; it may not be there."""
    return AttachmentStore(backup_path(file.path, folder_of(file.path)), file.derived_key(_PURPOSE), read_only=True)


def wanted(file: StationFile) -> list[str]:
    """Return the hashes of all contents that records name, deleted ones too: they may be restored."""
    return [row[0] for row in file.tuples("SELECT DISTINCT sha256 FROM attachments WHERE name <> ?", [ERASED_TEXT])]


def drop_erased(file: StationFile) -> None:
    """Erase the contents that only erased records name; what was left over by a power cut goes the next time.

    Raises:
        StationFault: the disk refuses, or the attachments file cannot be read.
    """
    store = store_of(file)
    found = file.tuples("SELECT sha256 FROM attachments GROUP BY sha256 HAVING min(name = ?) = 1", [ERASED_TEXT])
    if store is not None and found:
        store.erase([row[0] for row in found])


def backup_path(station_path: Path, folder: Path) -> Path:
    """Return where the contents of a station file are kept within a folder of backups: one file for all backups."""
    return folder / f"{station_path.stem}{ENDING}"


def bring_up_to_date(file: StationFile, target: Path) -> Copied:
    """Add to a backup's attachments file what it lacks; what is there already is not copied again.

    Each new content is read back and its hash compared. Contents that were erased on request are dropped there too.

    Args:
        target: see `backup_path`; made when it is missing, set aside when it cannot be read.

    Raises:
        AttachmentsAway: the station's own attachments file cannot be read.
        StationFault: the disk refuses.
    """
    store = store_of(file)
    named = wanted(file)
    if store is None or not (named or target.is_file()):  # a copy may hold what was erased here
        return Copied(0, 0)
    return AttachmentStore(target, store.key).add_from(store, named)


def add_missing_from(file: StationFile, source: Path) -> Copied:
    """Take back from a backup's attachments file, or any other copy, what the station's own lacks.

    Raises:
        AttachmentsAway: the copy cannot be read, or belongs to another register.
        StationFault: the disk refuses.
    """
    store = store_for_writing(file)
    return store.add_from(AttachmentStore(source, store.key, read_only=True), wanted(file))
