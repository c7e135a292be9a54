"""Reading foreign spreadsheets: what the file is, then its cells, read by a child process with limits.

The child is a ``multiprocessing`` process of the kind ``spawn``: nothing of the clerk's file touches the disk on its
way back, and a frozen program works too as long as ``main.py`` calls ``multiprocessing.freeze_support()`` first.
"""

import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

from station_app.documents.spreadsheet_cells import decoded_sheets
from station_app.documents.spreadsheet_child import send_sheets
from station_app.documents.spreadsheet_kind import BROKEN, LARGEST_FILE, TOO_MUCH, Kind, kind_of
from station_app.domain.problems import invalid
from station_app.domain.raw_sheet import RawSheet
from station_app.support.faults import Cancelled, StationFault

MEMORY_LIMIT = 290 * 1024 * 1024  # 100,000 rows of 12 columns take some 240 MB
TIME_LIMIT = 20.0
_LARGEST_ANSWER = 128 * 1024 * 1024
_LOOK_EVERY = 0.05  # seconds between looks at the child's memory, where the system sets no limit itself


def read_workbook(path: Path, cancelled: Callable[[], bool] = lambda: False) -> list[RawSheet]:
    """Read all worksheets of an ``.xlsx``, ``.xls``, ``.et``, ``.ods`` or ``.csv`` file.

    What the file is, its first bytes say, not its name. Blank rows at the end and blank cells at the end of rows are
    left out; whole numbers are ``int``; everything in a text file is ``str``.

    Args:
        cancelled: asked every now and then; True stops the child.

    Raises:
        InvalidInput: field ``sheet``: no such file, no spreadsheet, damaged, protected by a password, or so large
            that no office keeps it.
        StationFault: the disk cannot be read.
        Cancelled: ``cancelled`` said so.
    """
    kind = _looked_at(path)
    return decoded_sheets(_answer(path, kind, cancelled))


def _looked_at(path: Path) -> Kind:
    """Return what the file is by its size and first bytes."""
    try:
        if path.is_dir():
            raise invalid("sheet", f"“{path.name}”是文件夹，请选择一个表格文件。")
        if path.exists() and not path.is_file():  # opening a pipe would wait for ever
            raise invalid("sheet", f"“{path.name}”不是普通文件，请选择一个表格文件。")
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(4096)
    except FileNotFoundError:
        raise invalid("sheet", f"找不到文件“{path.name}”，请核对文件名和位置。") from None
    except OSError as error:
        raise StationFault(
            f"读不了文件“{path.name}”（{error.strerror or '磁盘错误'}）。",
            todo="请关闭正在打开它的程序，或换一个位置后重试。",
        ) from error
    if size > LARGEST_FILE:
        raise invalid(
            "sheet", f"文件有 {size // 1024 // 1024} MB，超过 {LARGEST_FILE // 1024 // 1024} MB，不像是台账。"
        )
    return kind_of(head)


def _answer(path: Path, kind: Kind, cancelled: Callable[[], bool]) -> bytes:
    """Return the child's answer; end the child whatever happens."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=send_sheets, args=(str(path.absolute()), kind, theirs, MEMORY_LIMIT), daemon=True)
    child.start()
    theirs.close()
    try:
        return _received(ours, child, cancelled)
    finally:
        ours.close()
        if child.is_alive():
            child.kill()
        child.join()
        child.close()


def _received(ours: "Connection[bytes, bytes]", child: SpawnProcess, cancelled: Callable[[], bool]) -> bytes:
    last_moment = time.monotonic() + TIME_LIMIT
    while not cancelled():
        if wait([ours, child.sentinel], _LOOK_EVERY):
            break
        if time.monotonic() > last_moment or _memory_of(child) > MEMORY_LIMIT:
            raise invalid("sheet", TOO_MUCH)
    else:
        raise Cancelled
    try:
        answer = ours.recv_bytes(_LARGEST_ANSWER) if ours.poll() else b""
    except (EOFError, OSError):
        answer = b""
    if not answer:
        # Without a word the child ends with 1 when the reader panicked on the file, otherwise at a limit.
        child.join(1)
        raise invalid("sheet", BROKEN if child.exitcode == 1 else TOO_MUCH)
    if answer[:1] == b"!":
        raise invalid("sheet", answer[1:].decode())
    return answer


def _memory_of(child: SpawnProcess) -> int:
    """Return the child's memory in bytes, 0 when it is gone."""
    import psutil

    try:
        return int(psutil.Process(child.pid).memory_info().rss)
    except psutil.Error:
        return 0
