"""Encryption turned on, off or under another password: a proven copy takes the file's place, whole or not at all."""

import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from station_app.storage import driver, search
from station_app.storage.change_log import chain_head, first_broken_step
from station_app.storage.driver import Connection
from station_app.storage.file_key import FileKey, begins_as_under
from station_app.storage.settings import Settings
from station_app.storage.station_file import StationFile
from station_app.support.faults import Cancelled, StationFault
from station_app.support.safe_file import forget_unfinished, unfinished_beside

CHANGED = "password"
"""The setting that tells when the password was last set, changed or removed: ``on`` (ISO date), ``times``."""

_ROOM = 1_000_000
Progress = Callable[[float, str], None]


@contextmanager
def _disk_told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise StationFault(
            "读写磁盘出错，密码没有改。", "登记簿没有受影响。", "请检查磁盘或U盘是否还在，再试一次。"
        ) from error


class Rekeying:
    """One change of an open file's key: `prepare` writes and proves the copy, `finish` puts it in place.

    Until `finish` the file is used as ever; if it is written to meanwhile, `finish` refuses. `prepare` may run on
    another thread, `finish` and `give_up` belong to the thread that uses the file.

    Args:
        file: the open file.
        label: goes into the log, e.g. 设置密码.
        by: who does it, for the log; empty for who works with the file.
    """

    def __init__(self, file: StationFile, label: str, by: str = "") -> None:
        self._file = file
        self._label = label
        self._by = by or file.operator
        self._copy = unfinished_beside(file.path)
        self._key: FileKey | None = None
        self._source: Connection | None = None
        self._state: tuple[int, ...] = ()

    @_disk_told()
    def prepare(self, key: FileKey | None, progress: Progress, cancelled: Callable[[], bool]) -> None:
        """Write a copy under another key, enter the change into its log, and compare it with the file.

        Args:
            key: of the copy; None writes it plain.

        Raises:
            StationFault: the disk is too full or refuses, or the copy does not agree; nothing has changed.
            Cancelled: nothing has changed.
        """
        _refuse_full_disk(self._file.path)
        try:
            self._write_copy(key, progress, cancelled)
        except BaseException:
            self.give_up()
            raise

    def _write_copy(self, key: FileKey | None, progress: Progress, cancelled: Callable[[], bool]) -> None:
        forget_unfinished(self._file.path)
        source = driver.connect(self._file.path, self._file.key)
        self._source, self._key = source, key
        self._state = self._state_of(source)
        progress(0.1, "正在写出副本")
        driver.export_into(source, self._copy, key)
        _go_on(cancelled)
        progress(0.5, "正在核对副本")
        with closing(driver.connect(self._copy, key)) as copy:
            _compare(source, copy)
            _go_on(cancelled)
            if key:
                search.fit_encrypted_pages(copy)
            self._log_into(copy)
        progress(0.7, "正在核对操作记录")
        with closing(driver.connect(self._copy, key, read_only=True)) as copy, driver.spoken_errors():
            _refuse_unless(_proves_sound(copy, chain_head(source)))
        _refuse_unless(begins_as_under(self._copy, key))
        _go_on(cancelled)
        progress(0.9, "正在换上新文件")

    @_disk_told()
    def finish(self) -> None:
        """Put the copy in the file's place and go on with it.

        Raises:
            StationFault: the file was written to meanwhile, or the folder refuses; nothing has changed.
        """
        source = self._source
        try:
            if source is None or self._state_of(source) != self._state:
                raise StationFault("登记簿在这期间又有改动，密码没有改。", "登记的内容都在。", "请再做一次。")
            source.close()
            self._source = None
            self._file.replace_by(self._copy, self._key)
        finally:
            self.give_up()

    def give_up(self) -> None:
        """Throw the copy away."""
        if self._source is not None:
            self._source.close()
            self._source = None
        forget_unfinished(self._file.path)

    def _state_of(self, source: Connection) -> tuple[int, ...]:
        """Return numbers that change whenever the file is written to or another one takes its place."""
        place = self._file.path.stat()
        return (_data_version(source), place.st_ino, place.st_dev)

    def _log_into(self, copy: Connection) -> None:
        clock = self._file.clock
        inside = StationFile(self._copy, self._key, clock, self._by, copy, None, secrets.randbits)
        settings = Settings(inside)
        times = settings.get(CHANGED, {}).get("times", 0) + 1
        with inside.write(self._label) as step:
            settings.put(step, CHANGED, {"on": clock.today().isoformat(), "times": times})


def _refuse_full_disk(path: Path) -> None:
    needed = 2 * path.stat().st_size + _ROOM  # the copy, and the backup after it
    if shutil.disk_usage(path.parent).free < needed:
        raise StationFault(
            f"磁盘空间不够：改密码要先写一份副本和一份备份，约需 {needed / 1_000_000:.0f} MB。",
            "没有改动任何内容。",
            "请清理磁盘后再试。",
        )


def _compare(source: Connection, copy: Connection) -> None:
    with driver.spoken_errors():
        _refuse_unless(_schema(source) == _schema(copy))
        for name in _tables(source):
            _refuse_unless(_count(source, name) == _count(copy, name))
        for pragma in ("application_id", "user_version"):
            _refuse_unless(_value(source, f"PRAGMA {pragma}") == _value(copy, f"PRAGMA {pragma}"))


def _proves_sound(copy: Connection, head_before: str) -> bool:
    last = copy.execute("SELECT prev_mac FROM steps ORDER BY id DESC LIMIT 1").fetchone()
    return (
        _value(copy, "PRAGMA integrity_check") == "ok"
        and copy.execute("PRAGMA foreign_key_check").fetchone() is None
        and last is not None
        and last[0] == head_before
        and first_broken_step(copy) is None
    )


def _schema(db: Connection) -> list[tuple[str, str, str]]:
    return sorted(db.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_schema").fetchall())


def _tables(db: Connection) -> list[str]:
    return [row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()]


def _count(db: Connection, table: str) -> int:
    return int(_value(db, f'SELECT count(*) FROM "{table}"'))


def _value(db: Connection, sql: str) -> Any:
    return db.execute(sql).fetchone()[0]


def _data_version(db: Connection) -> int:
    """Return a number that changes whenever another connection has written."""
    with driver.spoken_errors():
        return int(_value(db, "PRAGMA data_version"))


def _refuse_unless(agrees: bool) -> None:
    if not agrees:
        raise StationFault("副本与登记簿核对不一致，密码没有改。", "登记簿没有受影响。", "请重试；再次出现请检查磁盘。")


def _go_on(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise Cancelled
