"""What is looked at before a station file is opened, and the bringing up to date of an older one."""

from datetime import datetime
from pathlib import Path

from station_app.storage import driver
from station_app.storage.driver import Connection
from station_app.storage.file_key import FileKey, is_encrypted
from station_app.storage.schema import SCHEMA_VERSION
from station_app.support.faults import DamagedFile, PasswordNeeded, StationFault
from station_app.support.safe_file import successor


def open_ours(path: Path, key: FileKey | None, *, read_only: bool) -> Connection:
    """Open a file of ours that this program can read.

    Raises:
        PasswordNeeded: it is encrypted and ``key`` is None.
        WrongKey: it cannot be read with this key.
        StationFault: missing, foreign, damaged or written by a newer program.
    """
    if key is None and driver.is_there(path) and _encrypted(path):
        raise PasswordNeeded(path.name)
    connection = driver.connect(path, key, read_only=read_only)
    try:
        _refuse_foreign(connection, path)
        _refuse_cut(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def is_older(connection: Connection) -> bool:
    """Tell whether the file was written by an older program."""
    return _version(connection) < SCHEMA_VERSION


def upgrade(path: Path, key: FileKey | None, now: datetime) -> None:
    """Bring an older file up to date: after a proven backup a copy is changed, checked, and takes the file's place.

    Raises:
        StationFault: something went wrong; the file is as it was.
    """
    from station_app.storage.backups import back_up
    from station_app.storage.migrations import bring_up_to_date

    source = driver.connect(path, key)
    try:
        backup = back_up(source, path, key, now, "升级前")
        try:
            with successor(path) as unfinished:
                copy = driver.connect(unfinished, key, create=True)
                try:
                    driver.copy_into(source, copy)
                    bring_up_to_date(copy)
                    _refuse_dangling(copy)
                finally:
                    copy.close()
                source.close()
        except Exception as error:
            raise StationFault(
                "登记簿升级没有完成。",
                f"原来的文件没有改动，升级前的备份在“{backup.path.name}”。",
                "请把两个文件都留好并联系技术支持。",
            ) from error
    finally:
        source.close()


def _encrypted(path: Path) -> bool:
    try:
        return is_encrypted(path)
    except OSError as error:
        raise StationFault(
            f"读不了“{path.name}”。", "没有改动任何文件。", "请检查文件的读取权限，或U盘是否已插好。"
        ) from error


def _refuse_foreign(connection: Connection, path: Path) -> None:
    with driver.spoken_errors():
        application_id = connection.execute("PRAGMA application_id").fetchone()[0]
    if application_id != driver.APPLICATION_ID:
        raise StationFault(
            f"“{path.name}”不是本程序的登记簿。", "没有改动它。", "请选择扩展名为 .station 的登记簿文件。"
        )
    if _version(connection) > SCHEMA_VERSION:
        raise StationFault(f"“{path.name}”是更新版本的程序写的。", "没有改动它。", "请先升级本机的程序再打开。")


def _refuse_cut(connection: Connection, path: Path) -> None:
    """Refuse a file that is shorter than it says: a copy that was broken off. SQLite would notice only page by page."""
    with driver.spoken_errors():
        pages = int(connection.execute("PRAGMA page_count").fetchone()[0])
        size = int(connection.execute("PRAGMA page_size").fetchone()[0])
    if path.stat().st_size < pages * size:
        raise DamagedFile


def _version(connection: Connection) -> int:
    with driver.spoken_errors():
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _refuse_dangling(connection: Connection) -> None:
    with driver.spoken_errors():
        sound = connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        dangling = connection.execute("PRAGMA foreign_key_check").fetchone()
    if not sound or dangling:
        raise StationFault("升级后的登记簿核对不一致。")
