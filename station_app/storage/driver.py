"""The one module that touches sqlcipher3: opening a file with the right pragmas, and its errors in words."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, Protocol, cast

from sqlcipher3 import dbapi2 as cipher

from station_app.storage.file_key import FileKey
from station_app.support.faults import DamagedFile, StationFault, WrongKey

APPLICATION_ID: Final = 0x53544E31
"""``STN1`` in the file header marks our files."""

ReadError: Final = cipher.DatabaseError
"""What a damaged page or a row against the rules raises where nobody translates it."""
RowRefused: Final = cipher.IntegrityError
"""A row breaks a rule of its table: what it refers to is missing, or it is there already."""

BUSY_MILLISECONDS: Final = 3000
_PAGES_AT_A_TIME: Final = 2048
_PAUSE_SECONDS: Final = 0.02
_SAFE = "已保存的内容没有受影响，刚才这一步没有保存。"


class Cursor(Protocol):
    """What a statement gives back, as far as this room uses it; the driver has no types of its own."""

    description: Sequence[Sequence[Any]]
    lastrowid: int | None
    rowcount: int

    def fetchone(self) -> Any:
        """Return the next row, or None."""

    def fetchall(self) -> list[Any]:
        """Return the remaining rows."""

    def __iter__(self) -> Iterator[Any]:
        """Return the rows one by one."""


class Connection(Protocol):
    """An open database; transactions begin and end by statements only."""

    def execute(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ..., /) -> Cursor:
        """Run one statement."""

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]], /) -> Cursor:
        """Run one statement for each row of parameters."""

    def rollback(self) -> None:
        """Give the running transaction up."""

    def backup(self, target: Any, *, pages: int, progress: Callable[[int, int, int], None], sleep: float) -> None:
        """Copy the database into another open one, some pages at a time; sleep while a writer has it."""

    def close(self) -> None:
        """Close it."""


def connect(path: Path, key: FileKey | None = None, *, read_only: bool = False, create: bool = False) -> Connection:
    """Open a station file.

    Args:
        path: the file.
        key: of an encrypted file; None for a plain one.
        read_only: open without any right to write.
        create: make the file if it does not exist; otherwise a missing file is a fault.

    Raises:
        StationFault: the file is missing or cannot be opened.
        WrongKey: it cannot be read with this key.
    """
    if not create and not is_there(path):
        raise StationFault(
            f"找不到登记簿文件“{path.name}”。", "没有打开任何文件。", "请检查文件是否已移动或U盘是否已插好。"
        )
    mode = "ro" if read_only else ("rwc" if create else "rw")
    with spoken_errors():
        connection = cast(
            "Connection",
            cipher.connect(
                f"{path.absolute().as_uri()}?mode={mode}", uri=True, check_same_thread=False, isolation_level=None
            ),
        )
        try:
            _prepare(connection, key, read_only=read_only)
        except BaseException:
            connection.close()
            raise
        return connection


def is_there(path: Path) -> bool:
    """Tell whether there is such a file.

    Raises:
        StationFault: its folder may not be entered.
    """
    try:
        return path.is_file()
    except OSError as error:
        raise StationFault(
            f"没有权限打开“{path.name}”所在的文件夹。",
            "没有改动任何文件。",
            "请换有权限的用户登录，或把登记簿放到自己的文件夹里。",
        ) from error


def _prepare(connection: Connection, key: FileKey | None, *, read_only: bool) -> None:
    # Wrong keys would otherwise print to stderr; this has to come first of all.
    connection.execute("PRAGMA cipher_log_level=NONE")
    if key:
        connection.execute(f'PRAGMA key="{key.literal()}"')
    connection.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA trusted_schema=OFF")
    connection.execute("PRAGMA recursive_triggers=OFF")
    # What SQLite sorts aside would otherwise lie readable in the folder for temporary files.
    connection.execute("PRAGMA temp_store=MEMORY")
    if not read_only:
        connection.execute("PRAGMA journal_mode=DELETE")
        # With FULL a power cut can roll back a commit: the folder is not synced after the journal is removed.
        connection.execute("PRAGMA synchronous=EXTRA")


def copy_into(source: Connection, target: Connection, progress: Callable[[float], None] = lambda _part: None) -> None:
    """Copy a whole open database into another of the same kind (plain or encrypted) by SQLite's backup API.

    It goes by some pages at a time: who writes to the source waits for these only, and the copy begins anew by itself.

    Args:
        progress: hears the part done, 0 … 1.
    """

    def tell(_status: int, remaining: int, total: int) -> None:
        progress(1 - remaining / total if total else 1.0)

    with spoken_errors():
        source.backup(target, pages=_PAGES_AT_A_TIME, progress=tell, sleep=_PAUSE_SECONDS)


def export_into(source: Connection, target: Path, key: FileKey | None) -> None:
    """Write every table of an open database into a new file under another key, or none.

    Args:
        target: must not exist.
        key: of the new file; None writes it plain.
    """
    with spoken_errors():
        source.execute(
            f'ATTACH DATABASE ? AS target KEY "{key.literal() if key else ""}"', [f"{target.absolute().as_uri()}"]
        )
        try:
            source.execute("SELECT sqlcipher_export('target')").fetchall()
            # The export copies neither of these.
            for pragma in ("application_id", "user_version"):
                value = source.execute(f"PRAGMA main.{pragma}").fetchone()[0]
                source.execute(f"PRAGMA target.{pragma}={int(value)}")
        finally:
            source.execute("DETACH DATABASE target")


@contextmanager
def spoken_errors() -> Iterator[None]:
    """Turn the driver's errors about the machine into a `StationFault`; our own mistakes pass through.

    Raises:
        StationFault: the disk is full or read-only, the file is locked or damaged.
        WrongKey: the file is not a database that this key opens.
    """
    try:
        yield
    except (cipher.OperationalError, cipher.DatabaseError) as error:
        fault = _fault(str(error))
        if fault is None:
            raise
        raise fault from error


def _fault(message: str) -> StationFault | None:
    if "file is not a database" in message:
        return WrongKey()
    if "malformed" in message:
        return DamagedFile()
    spoken = {
        "database or disk is full": ("磁盘已满，写不进去。", _SAFE, "请清理磁盘空间后再试。"),
        "attempt to write a readonly database": (
            "登记簿文件写不进去：它是只读的，或者已经不在原处。", _SAFE,
            "请检查U盘是否插好、有没有写保护，文件是否被移走或设成只读。",
        ),
        "database is locked": ("登记簿文件正被另一个程序占用。", _SAFE, "请关闭占用它的程序（如正在同步或杀毒），稍后再试。"),
        "unable to open database": (
            "打不开登记簿文件。", "没有改动任何文件。", "请检查文件夹是否存在、是否有读写权限。",
        ),
        # Of the search index; its own reading fails in these words, whatever the reason.
        "vtable constructor failed": (
            "登记簿有一处读不出来。", _SAFE,
            "请检查磁盘或U盘再试一次；还是这样，请按 Alt+F，选“抢救损坏的登记簿”检查一遍。",
        ),
        "closed database": ("登记簿已经断开，读写不了。", _SAFE, "请检查磁盘或U盘，然后关闭窗口再打开。"),
        "disk I/O error": ("读写磁盘出错。", _SAFE, "请检查磁盘或U盘，不要拔出；建议立即把文件复制到别处。"),
    }  # fmt: skip
    for words, texts in spoken.items():
        if words in message:
            return StationFault(*texts)
    return None
