"""Files that leave the program are whole or not there: temporary sibling, fsync, rename."""

import errno
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from station_app.support.faults import StationFault

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff\u200e\u200f\u202a-\u202e]')
_FULL_WIDTH = str.maketrans(
    {"/": "-", "\\": "-", ":": "：", "?": "？", "*": "＊", '"': "”", "<": "〈", ">": "〉", "|": "｜"}
)
_WINDOWS_DEVICES = {"CON", "PRN", "AUX", "NUL"} | {f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10)}
_LONGEST_NAME = 200  # bytes of UTF-8; file systems stop at 255 and the temporary name and suffix need room
UNFINISHED = ".new"
"""Ending of a file that is being written to take another's place."""

_UNTOUCHED = "原有文件没有被改动，登记的数据没有受影响。"


def write_file(path: Path, writer: Callable[[BinaryIO], object]) -> None:
    """Write ``path`` so that it is complete or unchanged, whatever happens on the way.

    Args:
        path: target file; its folder is made when it is missing.
        writer: writes the whole content to the binary stream it is given; the stream can seek.

    Raises:
        StationFault: the disk, folder or target cannot be written. Whatever else ``writer`` raises passes through.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("w+b") as stream:
            writer(stream)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise _fault(path, error) from error
    finally:
        _forget(temporary)


@contextmanager
def successor(path: Path) -> Iterator[Path]:
    """Hand out a name beside ``path``; when all went well, what was written there takes the place of ``path``.

    The file at ``path`` is whole at every moment: the old one, or the new one. Close the new one before the end.

    Raises:
        StationFault: the folder or disk refuses. Whatever else is raised passes through; nothing remains.
    """
    temporary = unfinished_beside(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        forget_unfinished(path)
        yield temporary
        take_place(temporary, path)
    except OSError as error:
        raise _fault(path, error) from error
    finally:
        forget_unfinished(path)


def unfinished_beside(path: Path) -> Path:
    """Return the name under which what is to take the place of ``path`` is written."""
    return path.with_name(f"{path.name}{UNFINISHED}")


def forget_unfinished(path: Path) -> None:
    """Remove what a program that was killed left of a successor of ``path``, with its journal."""
    temporary = unfinished_beside(path)
    _forget(temporary)
    _forget(temporary.with_name(f"{temporary.name}-journal"))


def take_place(temporary: Path, path: Path) -> None:
    """Let a finished file take the place of ``path``, durably; at every moment one of both is there whole.

    Raises:
        StationFault: the folder or disk refuses.
    """
    try:
        with temporary.open("rb+") as written:
            os.fsync(written.fileno())
        temporary.replace(path)
        _sync_folder(path.parent)
    except OSError as error:
        raise _fault(path, error) from error


def safe_name(title: str, suffix: str = "") -> str:
    """Return a file name for a Chinese ``title`` that Windows and Linux both accept.

    Args:
        title: any text; characters that file systems refuse are replaced by full-width ones or dropped.
        suffix: with its dot, e.g. ``.xlsx``; empty for a folder.
    """
    name = _FORBIDDEN.sub("", title.translate(_FULL_WIDTH))
    name = re.sub(r"\s+", " ", name).strip(" .")
    while len(name.encode()) > _LONGEST_NAME:
        name = name[:-1]
    if not name:
        name = "未命名"
    if name.split(".")[0].upper() in _WINDOWS_DEVICES:
        name = f"_{name}"
    return name.rstrip(" .") + suffix


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable, where the system lets a folder be synced."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP, errno.EBADF}:  # some sticks and shares cannot
            raise
    finally:
        os.close(handle)


def _forget(temporary: Path) -> None:
    """Remove the temporary file if it is still there; a disk that is gone must not hide the first error."""
    try:
        temporary.unlink(missing_ok=True)
    except OSError:
        return


def _fault(path: Path, error: OSError) -> StationFault:
    """Say in the clerk's words why ``path`` could not be written."""
    name = path.name
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        what, todo = f"磁盘空间不足，“{name}”没有写成。", "请清理磁盘或换一个保存位置后重试。"
    elif error.errno == errno.EROFS:
        what = f"保存位置只能读不能写，“{name}”没有写成。"
        todo = "请去掉U盘的写保护，或换一个保存位置后重试。"
    elif error.errno == errno.ENAMETOOLONG:
        what, todo = "文件名太长，文件没有写成。", "请换一个短一些的文件名后重试。"
    elif isinstance(error, PermissionError) and path.is_file():
        what = f"“{name}”正被其他程序（如WPS、Excel）打开，或不允许改写，没有写成。"
        todo = "请先关闭打开着的这个文件，或另存为别的文件名后重试。"
    elif isinstance(error, PermissionError):
        what = f"没有权限写入保存位置，“{name}”没有写成。"
        todo = "请换一个保存位置（如“文档”文件夹）后重试。"
    elif isinstance(error, IsADirectoryError | NotADirectoryError | FileExistsError):
        what, todo = f"保存位置不对，“{name}”没有写成。", "请检查文件夹与文件名是否重名，换一个位置后重试。"
    else:
        what = f"“{name}”没有写成（读写出错，系统错误 {error.errno}）。"
        todo = "请检查磁盘或U盘是否还在，换一个保存位置后重试。"
    return StationFault(what, _UNTOUCHED, todo)
