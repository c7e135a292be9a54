"""Backups that are proven: copied, opened, checked and compared before they get their name."""

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from station_app.storage import driver
from station_app.storage.change_log import chain_head
from station_app.storage.driver import Connection
from station_app.storage.file_key import FileKey
from station_app.storage.schema import RECORD_TABLES
from station_app.support.faults import StationFault

FOLDER_NAME = "备份"


@dataclass(frozen=True)
class Backup:
    """A backup that was verified after it was written."""

    path: Path
    at: str
    records: int
    chain_head: str


def back_up(source: Connection, station_path: Path, key: FileKey | None, now: datetime, occasion: str) -> Backup:
    """Write a verified copy of an open station file into the folder 备份 beside it.

    Args:
        source: the open file.
        station_path: where it lies.
        key: of an encrypted file; the copy has the same.
        now: goes into the name.
        occasion: Chinese word in the name, e.g. 导入前.

    Raises:
        StationFault: the copy could not be written or does not equal the source.
    """
    folder = station_path.parent / FOLDER_NAME
    target = folder / f"{station_path.stem}-{now:%Y%m%d-%H%M%S}-{occasion}{station_path.suffix}"
    temporary = target.with_name(target.name + ".tmp")
    try:
        folder.mkdir(exist_ok=True)
        temporary.unlink(missing_ok=True)
        copy = driver.connect(temporary, key, create=True)
        try:
            driver.copy_into(source, copy)
        finally:
            copy.close()
        backup = Backup(_free_name(target), now.isoformat(timespec="seconds"), *_verify(temporary, key, source))
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(backup.path)
    except OSError as error:
        raise StationFault("备份没有写成。", "登记簿没有受影响。", "请检查磁盘空间和文件夹权限后重试。") from error
    finally:
        with suppress(OSError):  # the folder itself may be gone; the first error is the one to tell
            temporary.unlink(missing_ok=True)
    return backup


def counts(db: Connection) -> dict[str, int]:
    """Return the number of rows of every table of records."""
    # A file of an older program has not all of them yet.
    there = {row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    names = sorted(RECORD_TABLES & there)
    return {name: int(db.execute(f"SELECT count(*) FROM {name}").fetchone()[0]) for name in names}


def content_digest(db: Connection) -> str:
    """Return a digest over counts and chain head: equal for a file and its faithful copy."""
    return hashlib.sha256(f"{counts(db)}{chain_head(db)}".encode()).hexdigest()


def _verify(path: Path, key: FileKey | None, source: Connection) -> tuple[int, str]:
    copy = driver.connect(path, key, read_only=True)
    try:
        with driver.spoken_errors():
            whole = copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            if not whole or content_digest(copy) != content_digest(source):
                raise StationFault(
                    "备份与登记簿核对不一致，已作废。", "登记簿没有受影响。", "请重试；再次出现请检查磁盘。"
                )
            return sum(counts(copy).values()), chain_head(copy)
    finally:
        copy.close()


def _free_name(target: Path) -> Path:
    number = 1
    free = target
    while free.exists():
        number += 1
        free = target.with_stem(f"{target.stem}-{number}")
    return free
