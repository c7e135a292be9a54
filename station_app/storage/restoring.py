"""A backup takes the place of the station file; what stood there is set aside first, so that it can come back."""

from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from station_app.domain.backup import Backup, Contents, Occasion
from station_app.storage import driver, opening
from station_app.storage.backup_folder import folder_of
from station_app.storage.backups import Progress, back_up, is_intact, state_of
from station_app.storage.byte_copy import copy_bytes
from station_app.storage.file_key import FileKey
from station_app.storage.lock_file import LockFile
from station_app.storage.manifests import backup_at
from station_app.support.faults import StationFault
from station_app.support.safe_file import successor

_LAST_STEPS: Final = 8


def look_into(path: Path, key: FileKey | None) -> Contents:
    """Read what a backup holds.

    Raises:
        PasswordNeeded, WrongKey, StationFault: see `opening.open_ours`.
    """
    with closing(opening.open_ours(path, key, read_only=True)) as db, driver.spoken_errors():
        state = state_of(db)
        steps = db.execute("SELECT at, label FROM steps ORDER BY id DESC LIMIT ?", [_LAST_STEPS]).fetchall()
    return Contents(state.counts, tuple((str(at), str(label)) for at, label in steps), state.station)


def prove_whole(backup: Backup, key: FileKey | None) -> None:
    """Make sure that a backup can be restored: it opens, is sound, and is what was proven if anything was.

    Raises:
        PasswordNeeded, WrongKey: it does not open with this key.
        StationFault: it is damaged.
    """
    with closing(opening.open_ours(backup.path, key, read_only=True)) as db, driver.spoken_errors():
        sound = db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    if not sound or (backup.manifest is not None and not is_intact(backup)):
        raise StationFault(
            f"备份“{backup.path.name}”已损坏，不能用来恢复。", "现在的登记簿没有改动。", "请另选一份备份。"
        )


def put_back(
    station_path: Path,
    backup: Backup,
    key: FileKey | None,
    present_key: FileKey | None,
    now: datetime,
    progress: Progress = lambda _part: None,
) -> Backup | None:
    """Let a backup take the place of the station file, which no connection of this program may have open.

    Args:
        station_path: where the file lies, or lay.
        backup: stays where it is.
        key: opens the backup, and the file afterwards.
        present_key: opens the file as it is now, when it opens at all.
        now: goes into the name of what is set aside.
        progress: hears the part done.

    Returns:
        What stood there, set aside as a backup; unproven when it was too damaged. None when there was no file.

    Raises:
        PasswordNeeded, WrongKey: the backup does not open with this key.
        StationFault: another program has the file, the backup is damaged, or the disk refuses; nothing has changed.
    """
    prove_whole(backup, key)
    lock = LockFile(station_path)
    lock.take(now.isoformat(timespec="seconds"))
    try:
        aside = _set_aside(station_path, present_key, now) if station_path.exists() else None
        progress(0.5)
        with successor(station_path) as unfinished:
            written = copy_bytes(backup.path, unfinished, lambda part: progress(0.5 + part / 2))
            if backup.manifest is not None and written != backup.manifest.sha256:
                raise StationFault("备份在读取时出错，没有恢复。", "现在的登记簿没有改动。", "请重试，或另选一份备份。")
            # Left by a program that was killed, it would be played into the restored file.
            station_path.with_name(f"{station_path.name}-journal").unlink(missing_ok=True)
    finally:
        lock.release()
    return aside


def _set_aside(station_path: Path, key: FileKey | None, now: datetime) -> Backup:
    try:
        db = opening.open_ours(station_path, key, read_only=False)
    except StationFault:
        return _plain_copy_aside(station_path, now)
    with closing(db):
        try:
            return back_up(db, station_path, key, now, Occasion.BEFORE_RESTORE)
        except StationFault:
            db.close()
            return _plain_copy_aside(station_path, now)


def _plain_copy_aside(station_path: Path, now: datetime) -> Backup:
    """Copy a file that cannot be read, with the journal that may mend it, as it is.

    Raises:
        StationFault: the disk refuses.
    """
    name = f"{station_path.stem}-{now:%Y%m%d-%H%M%S}-{Occasion.BEFORE_RESTORE}-未验证{station_path.suffix}"
    target = folder_of(station_path) / name
    copies: list[tuple[Path, Path]] = [(station_path, target)]
    journal = station_path.with_name(f"{station_path.name}-journal")
    if journal.exists():
        copies.append((journal, target.with_name(f"{target.name}-journal")))
    try:
        target.parent.mkdir(exist_ok=True)
        for source, copy in copies:
            copy_bytes(source, copy)
        return backup_at(target)
    except OSError as error:
        for _, copy in copies:
            with suppress(OSError):
                copy.unlink(missing_ok=True)
        raise StationFault(
            "现在的登记簿没能先存一份，所以没有恢复。", "没有改动任何文件。", "请检查磁盘空间后重试。"
        ) from error
