"""Backups that are proven: copied, synced, opened, checked and compared before they get their name."""

import hashlib
import os
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from station_app import VERSION
from station_app.domain.backup import Backup, Manifest
from station_app.domain.thinning import superfluous
from station_app.storage import driver
from station_app.storage.backup_folder import UNPROVEN, folder_of
from station_app.storage.byte_copy import copy_bytes, digest_of
from station_app.storage.change_log import CHAIN_START
from station_app.storage.driver import Connection
from station_app.storage.file_key import FileKey
from station_app.storage.manifests import backups_in, manifest_path, manifests_in, write_manifest
from station_app.storage.schema import RECORD_TABLES
from station_app.support.faults import StationFault

_ATTEMPTS: Final = 5
_LOCKED_BYTES: Final = 0x40000000
"""Where SQLite's locks lie within a file; Windows lets nobody read there."""
Progress = Callable[[float], None]
"""Called with the part done, 0 … 1; may raise `Cancelled`, then nothing remains."""


@dataclass(frozen=True)
class State:
    """What a copy must have in common with its source: the end of the log, and how much there is."""

    step: int
    chain_head: str
    station: str
    schema: int
    counts: dict[str, int]


def back_up(
    source: Connection,
    station_path: Path,
    key: FileKey | None,
    now: datetime,
    occasion: str,
    *,
    thorough: bool = False,
    progress: Progress = lambda _part: None,
) -> Backup:
    """Write a proven copy of an open station file into the folder 备份 beside it.

    Args:
        source: the open file; only with ``thorough`` it may be read-only, and another connection write meanwhile.
        station_path: where it lies.
        key: of an encrypted file; the copy has the same.
        now: goes into the name.
        occasion: Chinese word in the name, see `Occasion`.
        thorough: copy page by page, and walk through every table and index of the copy; for work nobody waits for.
        progress: hears how far it is.

    Raises:
        StationFault: the copy could not be written or does not equal the source.
    """
    name = f"{station_path.stem}-{now:%Y%m%d-%H%M%S}-{occasion}{station_path.suffix}"
    target = folder_of(station_path) / name
    return prove_copy(source, station_path, target, key, now, occasion, thorough=thorough, progress=progress)


def prove_copy(
    source: Connection,
    station_path: Path,
    target: Path,
    key: FileKey | None,
    now: datetime,
    occasion: str,
    *,
    thorough: bool = False,
    progress: Progress = lambda _part: None,
) -> Backup:
    """Write a proven copy of an open station file under a name; one that is taken gets a number behind it.

    Args: see `back_up`; the folder of ``target`` is made when only its last part is missing.

    Raises:
        StationFault: the copy could not be written or does not equal the source.
    """
    from concurrent.futures import ThreadPoolExecutor  # the window starts without it

    temporary = target.with_name(target.name + UNPROVEN)
    manifest_at: Path | None = None
    try:
        target.parent.mkdir(exist_ok=True)
        temporary.unlink(missing_ok=True)
        read = ""
        # Byte for byte is several times as fast, but lets nobody write meanwhile.
        if thorough or station_path.stat().st_size >= _LOCKED_BYTES:
            state = _copy_pages(source, temporary, key, progress)
        else:
            state, read = _copy_bytes(source, station_path, temporary)
        progress(0.5)
        with ThreadPoolExecutor(1) as beside:
            reading = beside.submit(digest_of, temporary)
            _prove(temporary, key, state, thorough=thorough)
            digest, size = reading.result()
        if read not in ("", digest):
            raise _differs()
        progress(0.9)
        proven = _free_name(target)
        manifest = Manifest(
            now.isoformat(timespec="seconds"), occasion, state.counts, state.step, state.chain_head, state.station,
            key.mark() if key else "", VERSION, state.schema, size, digest, thorough,
        )  # fmt: skip
        write_manifest(proven, manifest)  # first, so that no backup bears its name without one
        manifest_at = manifest_path(proven)
        temporary.replace(proven)
        manifest_at = None
    except OSError as error:
        raise StationFault("备份没有写成。", "登记簿没有受影响。", "请检查磁盘空间和文件夹权限后重试。") from error
    finally:
        with suppress(OSError):  # the folder itself may be gone; the first error is the one to tell
            for path in (temporary, _journal_of(temporary), manifest_at):
                if path is not None:
                    path.unlink(missing_ok=True)
    return Backup(proven, now, occasion, manifest)


def state_of(db: Connection) -> State:
    """Return end of the log and counts as they stand at one moment, whatever another connection writes."""
    with driver.spoken_errors():
        tables = sorted(RECORD_TABLES & {row[0] for row in db.execute("SELECT name FROM sqlite_master")})
        sums = "".join(f", (SELECT count(*) FROM {name})" for name in tables)
        step, head, secret, *numbers = db.execute(
            "SELECT coalesce((SELECT max(id) FROM steps), 0), (SELECT mac FROM steps ORDER BY id DESC LIMIT 1),"
            f" (SELECT secret FROM keys WHERE name = 'chain'){sums}"
        ).fetchone()
        schema = int(db.execute("PRAGMA user_version").fetchone()[0])
    return State(
        int(step), str(head or CHAIN_START), station_mark(secret), schema, dict(zip(tables, numbers, strict=True))
    )


def station_mark(chain_secret: str) -> str:
    """Return a mark that is equal for every copy of one register and says nothing about its key."""
    return hashlib.sha256(b"station mark" + str(chain_secret).encode()).hexdigest()[:16]


def counts(db: Connection) -> dict[str, int]:
    """Return the number of rows of every table of records."""
    return state_of(db).counts


def deepen(backup: Backup, key: FileKey | None) -> Backup:
    """Walk through every table and index of a backup that was made in a hurry, and note that in its manifest.

    Raises:
        StationFault: it is damaged or does not open with this key.
    """
    manifest = backup.manifest
    if manifest is None or manifest.thorough:
        return backup
    with closing(driver.connect(backup.path, key, read_only=True)) as copy, driver.spoken_errors():
        sound = copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    if not sound:
        raise StationFault(f"备份“{backup.path.name}”检查没有通过。", "登记簿没有受影响。", "请核对登记簿并重新备份。")
    deeper = replace(manifest, thorough=True)
    write_manifest(backup.path, deeper)
    return replace(backup, manifest=deeper)


def is_intact(backup: Backup) -> bool:
    """Tell whether a backup is byte for byte what was proven."""
    manifest = backup.manifest
    try:
        return manifest is not None and digest_of(backup.path) == (manifest.sha256, manifest.size)
    except OSError:
        return False


def thin_out(folder: Path, station: str, now: datetime, suffix: str = ".station") -> int:
    """Remove the proven backups of one register that its age no longer needs; return how many.

    Args:
        folder: with the backups.
        station: mark of the register; what belongs to another is left alone.
    """
    aging = {
        backup.at: backup
        for backup in backups_in(folder, suffix)
        if backup.manifest and backup.manifest.station == station and not backup.is_kept
    }
    gone = superfluous(aging, now)
    for at in gone:
        with suppress(OSError):  # a backup that cannot be removed today may be tomorrow
            aging[at].path.unlink(missing_ok=True)
            manifest_path(aging[at].path).unlink(missing_ok=True)
    return len(gone)


def remove(backup: Backup) -> None:
    """Remove a backup with its manifest, because a person's data must go.

    Raises:
        StationFault: the disk refuses.
    """
    try:
        backup.path.unlink(missing_ok=True)
        manifest_path(backup.path).unlink(missing_ok=True)
    except OSError as error:
        raise StationFault(
            f"旧备份“{backup.path.name}”没有删掉。", "登记簿和其他备份没有受影响。", "请检查磁盘或U盘是否写保护后重试。"
        ) from error


def missing_tails(db: Connection, folders: Iterable[Path], since: datetime | None) -> list[Manifest]:
    """Return the manifests whose last step the log does not hold, or holds otherwise: its tail was cut off.

    Args:
        db: the file whose log it is.
        folders: where backups of it lie.
        since: when a backup was restored last; what was made before may rightly have gone another way.
    """
    station = state_of(db).station
    missing = []
    for manifest in (one for folder in folders for one in manifests_in(folder)):
        gone_by = since is not None and datetime.fromisoformat(manifest.at) <= since
        if manifest.station != station or not manifest.step or gone_by:
            continue
        found = db.execute("SELECT mac FROM steps WHERE id = ?", [manifest.step]).fetchone()
        if found is None or found[0] != manifest.chain_head:
            missing.append(manifest)
    return missing


def _copy_bytes(source: Connection, station_path: Path, temporary: Path) -> tuple[State, str]:
    """Copy the file itself while this connection alone may write; return its state and SHA-256.

    Closing the file drops the locks this process holds on it (https://www.sqlite.org/howtocorrupt.html, 2.2): that
    is why nobody may be in the middle of writing, rather than only nobody at its end.
    """
    with driver.spoken_errors():
        source.execute("BEGIN IMMEDIATE")
        try:
            return state_of(source), copy_bytes(station_path, temporary)
        finally:
            source.rollback()


def _copy_pages(source: Connection, temporary: Path, key: FileKey | None, progress: Progress) -> State:
    """Copy page by page by SQLite's backup API; what is written in between makes it begin anew."""
    for _ in range(_ATTEMPTS):
        temporary.unlink(missing_ok=True)
        with closing(driver.connect(temporary, key, create=True)) as copy:
            driver.copy_into(source, copy, lambda part: progress(part * 0.5))
            state = state_of(copy)
        if _was_once(source, state):
            with temporary.open("rb+") as file:
                os.fsync(file.fileno())
            return state
    raise _differs()


def _was_once(source: Connection, state: State) -> bool:
    """Tell whether the register is in a state now, or was before the steps that were written meanwhile."""
    now = state_of(source)
    if now.step == state.step:
        return now == state
    with driver.spoken_errors():
        found = source.execute("SELECT mac FROM steps WHERE id = ?", [state.step]).fetchone()
    return found is not None and found[0] == state.chain_head


def _prove(path: Path, key: FileKey | None, state: State, *, thorough: bool) -> None:
    # Every page of an encrypted file carries a seal that only the key can make: checking these is much faster than
    # walking through the tables, and finds every byte that is not as it was written.
    check = "integrity_check" if thorough else "cipher_integrity_check" if key else "quick_check"
    with closing(driver.connect(path, key, read_only=True)) as copy, driver.spoken_errors():
        found = [row[0] for row in copy.execute(f"PRAGMA {check}")]
        if found not in ([], ["ok"]) or state_of(copy) != state:
            raise _differs()


def _differs() -> StationFault:
    return StationFault("备份与登记簿核对不一致，已作废。", "登记簿没有受影响。", "请重试；再次出现请检查磁盘。")


def _journal_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")


def _free_name(target: Path) -> Path:
    number = 1
    free = target
    while free.exists() or manifest_path(free).exists():
        number += 1
        free = target.with_stem(f"{target.stem}-{number}")
    return free
