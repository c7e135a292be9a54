"""The second place of backups: a folder on a stick, known again by a marker file whatever drive the stick becomes."""

import json
import uuid
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from station_app.domain.backup import Backup
from station_app.storage.backup_folder import UNPROVEN
from station_app.storage.backups import Progress, is_intact
from station_app.storage.byte_copy import copy_bytes, digest_of
from station_app.storage.manifests import backup_at, write_manifest
from station_app.support.faults import StationFault
from station_app.support.safe_file import write_file

FOLDER_NAME: Final = "代表联络站备份"
MARKER: Final = "备份盘.json"


@dataclass(frozen=True)
class SecondPlace:
    """What a register remembers of its second place.

    Args:
        id: stands in the marker file.
        path: where it was when it was chosen.
        below: the same, seen from the drive.
    """

    id: str
    path: str
    below: str


def drives() -> list[str]:
    """Return where this PC's disks and sticks are found, e.g. ``E:\\`` or ``/media/user/STICK``."""
    import psutil

    return [part.mountpoint for part in psutil.disk_partitions()]


def make_second_place(folder: Path, points: Iterable[str]) -> SecondPlace:
    """Mark a folder as second place; one that is marked already keeps its mark, several registers may share it.

    Args:
        folder: on the stick; a drive's own top gets a folder for the backups.
        points: the drives, see `drives`.

    Raises:
        StationFault: the folder cannot be written.
    """
    tops = {str(Path(point)) for point in points}
    place = folder / FOLDER_NAME if str(folder) in tops else folder
    known = _marker_of(place)
    mark = known or str(uuid.uuid4())
    if not known:
        text = json.dumps({"id": mark, "about": "代表联络站登记簿的第二备份位置，请勿删除"}, ensure_ascii=False)
        write_file(place / MARKER, lambda stream: stream.write(text.encode()))
    top = max((top for top in tops if place.is_relative_to(top)), key=len, default=place.anchor)
    return SecondPlace(mark, str(place), str(place.relative_to(top)))


def find_second_place(place: SecondPlace, points: Iterable[str]) -> Path | None:
    """Return where the second place is now, or None when it is not plugged in."""
    for folder in (Path(place.path), *(Path(point) / place.below for point in points)):
        if _marker_of(folder) == place.id:
            return folder
    return None


def copy_proven(backup: Backup, folder: Path, progress: Progress = lambda _part: None) -> Backup:
    """Copy a proven backup with its manifest into a folder, read it back, and return the copy.

    Args:
        folder: must be there.

    Raises:
        StationFault: it is no longer what was proven, or the folder refuses, or gives back something else.
    """
    manifest = backup.manifest
    if manifest is None:
        raise StationFault("这份备份没有验证过，没有复制。", "登记簿没有受影响。", "请先重新备份一次。")
    target = folder / backup.path.name
    temporary = target.with_name(target.name + UNPROVEN)
    try:
        if target.is_file() and is_intact(there := backup_at(target)) and there.manifest == manifest:
            return there
        written = copy_bytes(backup.path, temporary, progress, forget=True)
        if written != manifest.sha256:
            raise StationFault("本机的备份文件已损坏，没有复制。", "登记簿没有受影响。", "请马上重新备份一次。")
        if digest_of(temporary) != (manifest.sha256, manifest.size):
            raise StationFault(
                "U盘上的备份核对不一致，已作废。", "登记簿和本机的备份没有受影响。", "请重试；再次出现请换一个U盘。"
            )
        write_manifest(target, manifest)
        temporary.replace(target)
    except OSError as error:
        raise StationFault(
            "备份没有写到U盘上。", "登记簿和本机的备份没有受影响。", "请检查U盘是否插好、有没有空间、是否写保护。"
        ) from error
    finally:
        with suppress(OSError):  # the stick may be gone
            temporary.unlink(missing_ok=True)
    return Backup(target, backup.at, backup.occasion, manifest)


def _marker_of(folder: Path) -> str:
    try:
        said = json.loads((folder / MARKER).read_text(encoding="utf-8"))
        return str(said["id"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
