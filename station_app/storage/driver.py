"""The one module that touches sqlcipher3: opening a file with the right pragmas, and its errors in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, cast

from sqlcipher3 import dbapi2 as cipher
from sqlite_utils import Database

from station_app.support.faults import StationFault

APPLICATION_ID: Final = 0x53544E31
"""``STN1`` in the file header marks our files."""

BUSY_MILLISECONDS: Final = 3000
_SAFE = "已保存的内容没有受影响，刚才这一步没有保存。"


def connect(path: Path, *, read_only: bool = False, create: bool = False) -> Database:
    """Open a station file.

    Args:
        path: the file.
        read_only: open without any right to write.
        create: make the file if it does not exist; otherwise a missing file is a fault.

    Raises:
        StationFault: the file is missing or cannot be opened.
    """
    if not create and not path.is_file():
        raise StationFault(
            f"找不到登记簿文件“{path.name}”。", "没有打开任何文件。", "请检查文件是否已移动或U盘是否已插好。"
        )
    mode = "ro" if read_only else ("rwc" if create else "rw")
    with spoken_errors():
        connection = cipher.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, check_same_thread=False)
        # Wrong keys would otherwise print to stderr; this has to come first of all.
        connection.execute("PRAGMA cipher_log_level=NONE")
        connection.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA trusted_schema=OFF")
        if not read_only:
            connection.execute("PRAGMA journal_mode=DELETE")
            # With FULL a power cut can roll back a commit: the folder is not synced after the journal is removed.
            connection.execute("PRAGMA synchronous=EXTRA")
        return Database(cast("Any", connection), execute_plugins=False, recursive_triggers=False)


def copy_into(source: Database, target: Database) -> None:
    """Copy a whole open database into another by SQLite's backup API."""
    with spoken_errors():
        cast("Any", source.conn).backup(target.conn)


@contextmanager
def spoken_errors() -> Iterator[None]:
    """Turn the driver's errors about the machine into a `StationFault`; our own mistakes pass through.

    Raises:
        StationFault: the disk is full or read-only, the file is locked, damaged or not a database.
    """
    try:
        yield
    except (cipher.OperationalError, cipher.DatabaseError) as error:
        fault = _fault(str(error))
        if fault is None:
            raise
        raise fault from error


def _fault(message: str) -> StationFault | None:
    spoken = {
        "database or disk is full": ("磁盘已满，写不进去。", _SAFE, "请清理磁盘空间后再试。"),
        "attempt to write a readonly database": (
            "登记簿文件是只读的，写不进去。", _SAFE, "请检查文件属性、文件夹权限或U盘的写保护开关。",
        ),
        "database is locked": ("登记簿文件正被另一个程序占用。", _SAFE, "请关闭占用它的程序（如正在同步或杀毒），稍后再试。"),
        "unable to open database file": (
            "打不开登记簿文件。", "没有改动任何文件。", "请检查文件夹是否存在、是否有读写权限。",
        ),
        "disk I/O error": ("读写磁盘出错。", _SAFE, "请检查磁盘或U盘，不要拔出；建议立即把文件复制到别处。"),
        "malformed": ("登记簿文件已损坏。", "程序没有改动它。", "请从最近的备份恢复。"),
        "file is not a database": (
            "打不开这个文件：可能是密码不对、不是本程序的登记簿，或文件已损坏。", "没有改动任何文件。", "请核对文件和密码。",
        ),
    }  # fmt: skip
    for words, texts in spoken.items():
        if words in message:
            return StationFault(*texts)
    return None
