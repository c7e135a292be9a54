"""One program per file: a small file beside the station file that says who has it open."""

import json
import os
import platform
import time
from pathlib import Path

from station_app.support.faults import StationFault

_SIGNING_SECONDS = 10


class LockFile:
    """Holds the lock of one station file until released."""

    def __init__(self, station_path: Path) -> None:
        self.path = station_path.with_name(station_path.name + ".lock")
        self._held = False

    def take(self) -> None:
        """Take the lock; one left behind by a program that no longer runs on this PC is taken over.

        Raises:
            StationFault: another program has the file open.
        """
        for _ in range(2):
            try:
                descriptor = os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
            except FileExistsError:
                self._clear_if_stale()
                continue
            except OSError as error:
                raise StationFault(
                    "不能在登记簿所在的文件夹里写文件。",
                    "没有改动任何文件。",
                    "请检查文件夹的写权限或U盘的写保护开关。",
                ) from error
            self._sign(descriptor)
            self._held = True
            return
        raise self._occupied()

    def release(self) -> None:
        """Give the lock back."""
        if self._held:
            self.path.unlink(missing_ok=True)
            self._held = False

    def _sign(self, descriptor: int) -> None:
        """Write who holds the lock; a lock that cannot be signed is not left behind, it would keep everybody out."""
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump({"host": platform.node(), "pid": os.getpid()}, file)
        except OSError as error:
            self.path.unlink(missing_ok=True)
            raise StationFault(
                "磁盘空间不足或读写出错，登记簿没有打开。", "没有改动任何内容。", "请清理磁盘空间后再试。"
            ) from error

    def _holder(self) -> tuple[str, int]:
        try:
            note = json.loads(self.path.read_text(encoding="utf-8"))
            return str(note["host"]), int(note["pid"])
        except (OSError, ValueError, KeyError, TypeError):
            return "", 0

    def _clear_if_stale(self) -> None:
        import psutil

        host, pid = self._holder()
        left_here = host == platform.node() and pid != os.getpid() and not psutil.pid_exists(pid)
        if left_here or (not host and self._is_torn()):
            self.path.unlink(missing_ok=True)

    def _is_torn(self) -> bool:
        """Tell whether the lock is empty and not just being signed: what a power cut leaves."""
        try:
            status = self.path.stat()
        except OSError:
            return False
        return status.st_size == 0 and abs(time.time() - status.st_mtime) > _SIGNING_SECONDS

    def _occupied(self) -> StationFault:
        host, _ = self._holder()
        where = "本机" if host == platform.node() else f"电脑“{host or '未知'}”"
        return StationFault(
            f"登记簿正在{where}的另一个窗口中打开。",
            "没有改动任何内容。",
            f"请先关闭那个窗口；如果确认已没有程序在用，删除旁边的“{self.path.name}”后重试。",
        )
