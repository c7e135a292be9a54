"""One program per file: a small file beside the station file that says who has it open."""

import json
import os
import socket
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import ClassVar

from station_app.support.faults import FileInUse, StationFault

_SIGNING_SECONDS = 2
_LOOK_AGAIN_SECONDS = 0.05
_SAME_START_SECONDS = 2.0
"""The system tells the beginning of a process only roughly."""


@dataclass(frozen=True)
class Holder:
    """Who holds a lock.

    Args:
        host: name of the PC; empty when the lock does not say.
        pid: process id there.
        since: when the file was opened, ISO with offset.
    """

    host: str = ""
    pid: int = 0
    since: str = ""


class LockFile:
    """Holds the lock of one station file until released."""

    def __init__(self, station_path: Path) -> None:
        self.path = station_path.with_name(station_path.name + ".lock")
        self._held = False

    _held_here: ClassVar[set[Path]] = set()
    """What this program holds: a lock with its number that it does not hold was left on a stick that was pulled out."""

    def take(self, at: str, *, over: bool = False) -> None:
        """Take the lock; one left behind by a program that no longer runs on this PC is taken over.

        Args:
            at: now, ISO with offset.
            over: take it even where it is not known whether the other program still runs; the clerk said so.

        Raises:
            FileInUse: another program has the file open, or may have.
            StationFault: the folder cannot be written.
        """
        for _ in range(2):
            try:
                descriptor = os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
            except FileExistsError:
                self._clear_if_left_behind(over=over)
                continue
            except OSError as error:
                raise _refused() from error
            self._sign(descriptor, at)
            self._held = True
            self._held_here.add(self.path)
            return
        holder = self._holder()
        here = self._runs_here(holder)
        where = "本机" if here else f"电脑“{holder.host or '未知'}”"
        raise FileInUse(where, holder.since[:16].replace("T", " "), may_take_over=not here)

    def release(self) -> None:
        """Give the lock back; one that cannot be removed now is taken over later."""
        if self._held:
            self._held = False
            self._held_here.discard(self.path)
            with suppress(OSError):
                self.path.unlink(missing_ok=True)

    def _sign(self, descriptor: int, at: str) -> None:
        """Write who holds the lock; a lock that cannot be signed is not left behind, it would keep everybody out."""
        holder = Holder(socket.gethostname(), os.getpid(), at)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(asdict(holder), file)
        except OSError as error:
            self.path.unlink(missing_ok=True)
            raise StationFault(
                "磁盘空间不足或读写出错，登记簿没有打开。", "没有改动任何内容。", "请清理磁盘空间后再试。"
            ) from error

    def _holder(self) -> Holder:
        try:
            note = json.loads(self.path.read_text(encoding="utf-8"))
            return Holder(str(note["host"]), int(note["pid"]), str(note.get("since", "")))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return Holder()

    def _clear_if_left_behind(self, *, over: bool) -> None:
        holder = self._holder()
        unknown = holder.host != socket.gethostname()
        if (unknown and over) or (not unknown and not self._runs_here(holder)) or (not holder.host and self._is_torn()):
            try:
                self.path.unlink(missing_ok=True)
            except OSError as error:
                raise _refused() from error

    def _runs_here(self, holder: Holder) -> bool:
        """Tell whether the process that signed still runs on this PC.

        Its number may have been given to another one since; that began after the lock was signed.
        """
        if holder.host != socket.gethostname():
            return False
        if holder.pid == os.getpid():
            return self.path in self._held_here
        began = _began(holder.pid)
        try:
            return began is not None and began < self.path.stat().st_mtime + _SAME_START_SECONDS
        except OSError:
            return False

    def _is_torn(self) -> bool:
        """Tell whether the lock is empty: what a power cut leaves. One that is just being signed is waited for."""
        try:
            status = self.path.stat()
            while status.st_size == 0 and 0 <= time.time() - status.st_mtime < _SIGNING_SECONDS:
                time.sleep(_LOOK_AGAIN_SECONDS)
                status = self.path.stat()
        except OSError:
            return False
        return status.st_size == 0


def _refused() -> StationFault:
    return StationFault(
        "不能在登记簿所在的文件夹里写文件。", "没有改动任何文件。", "请检查文件夹的写权限或U盘的写保护开关。"
    )


def _began(pid: int) -> float | None:
    """Return when a process of this PC began, in seconds since 1970, or None if there is none."""
    import psutil

    try:
        return float(psutil.Process(pid).create_time())
    except psutil.Error:
        return None
