"""A private folder for files that other programs must open: only this user reads it, and it does not outlive the run."""

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from station_app.support.faults import StationFault

_PREFIX = "liaison-station-"


class PrivateFolder:
    """Made at the first `write`, in the user's folder for temporary files, named by the run that made it.

    Args:
        place: where to make it; None for the system's place.
    """

    def __init__(self, place: Path | None = None) -> None:
        self._place = place or Path(tempfile.gettempdir())
        self._folder: Path | None = None

    def write(self, label: str, name: str, content: bytes) -> Path:
        """Write a file that can only be read, and return where it lies.

        Args:
            label: tells files of the same name apart, e.g. the beginning of a hash.
            name: a safe file name.

        Raises:
            StationFault: the disk refuses.
        """
        try:
            if self._folder is None or not self._folder.is_dir():
                self._place.mkdir(parents=True, exist_ok=True)
                self._folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{_run_mark(os.getpid())}-", dir=self._place))
            inner = self._folder / label
            inner.mkdir(mode=0o700, exist_ok=True)
            path = inner / name
            if not path.exists():
                with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
                    file.write(content)
                path.chmod(stat.S_IRUSR)
        except OSError as error:
            raise StationFault(
                "临时文件没有写成，打不开这个附件。", "附件没有受影响。", "请清理磁盘空间后再试。"
            ) from error
        return path

    def empty(self) -> bool:
        """Remove what was written; return False when another program holds a file open, which is removed later."""
        if self._folder is not None and _remove(self._folder):
            self._folder = None
        return self._folder is None


def sweep_left_behind(place: Path | None = None) -> int:
    """Remove the folders of runs that are over, ended by force too; return how many.

    Args:
        place: where they lie; None for the system's place.
    """
    return sum(_remove(folder) for folder in _left_behind(place or Path(tempfile.gettempdir())))


def _left_behind(place: Path) -> Iterator[Path]:
    for folder in place.glob(f"{_PREFIX}*"):
        pid, _, rest = folder.name.removeprefix(_PREFIX).partition("-")
        began = rest.partition("-")[0]
        # Links and other users' folders are none of ours, whatever their names say.
        if folder.is_symlink() or not _is_own(folder) or not pid.isdecimal():
            continue
        if _run_mark(int(pid)) != f"{pid}-{began}":
            yield folder


def _run_mark(pid: int) -> str:
    """Return process number and time of its start, as numbers are used again; ``‹pid›-0`` when it does not run."""
    import psutil

    try:
        return f"{pid}-{int(psutil.Process(pid).create_time())}"
    except psutil.Error:
        return f"{pid}-0"


def _is_own(folder: Path) -> bool:
    try:
        return not hasattr(os, "getuid") or folder.lstat().st_uid == os.getuid()
    except OSError:
        return False


def _remove(folder: Path) -> bool:
    with suppress(OSError):
        for path in folder.rglob("*"):
            if not path.is_symlink() and path.is_file():
                path.chmod(stat.S_IRUSR | stat.S_IWUSR)  # Windows does not delete what can only be read
    shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()
