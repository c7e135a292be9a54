"""Where a station file must not lie: network shares, where two PCs can spoil it, and folders a cloud program copies.

A disk without any room is refused too, before something is typed that could not be saved.

SQLite's locks do not hold on most network shares, and a synchronising program copies a file in the middle of a write
or brings an older one back (https://www.sqlite.org/howtocorrupt.html, sections 2.1 and 2.6).
"""

import ntpath
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from station_app.support.faults import StationFault

LEAST_ROOM = 2_000_000
"""With fewer free bytes nothing is begun: a journal, a draft and the lock still have to be written."""
_USUAL_ROOM = 20_000_000

_NETWORK_KINDS = frozenset(
    {
        "nfs", "nfs4", "cifs", "smb", "smbfs", "smb2", "smb3", "afs", "afp", "afpfs", "ncpfs", "davfs", "webdav", "9p",
        "glusterfs", "ceph", "lustre", "fuse.sshfs", "fuse.smbnetfs", "fuse.davfs2", "fuse.gvfsd-fuse", "fuse.rclone",
        "fuse.glusterfs", "fuse.ceph", "fuse.s3fs",
    }
)  # fmt: skip

# What a folder's name says about the program that copies it; compared in lower case without blanks and "-".
_CLOUD_FOLDERS = {
    "onedrive": "OneDrive",
    "nutstore": "坚果云",
    "我的坚果云": "坚果云",
    "坚果云": "坚果云",
    "baidusyncdisk": "百度网盘同步空间",
    "baidunetdiskworkspace": "百度网盘同步空间",
    "百度网盘同步空间": "百度网盘同步空间",
    "百度云同步盘": "百度网盘同步空间",
    "微云同步": "微云",
    "微云": "微云",
    "weiyun": "微云",
    "dropbox": "Dropbox",
    "wps云盘": "WPS云盘",
    "wpsdrive": "WPS云盘",
    "wpscloud": "WPS云盘",
    "googledrive": "Google Drive",
    "我的云端硬盘": "Google Drive",
    "icloud": "iCloud",
    "阿里云盘": "阿里云盘",
    "天翼云盘": "天翼云盘",
    "360云盘": "360云盘",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "seafile": "Seafile",
}
# Some of these programs add the account or the place: "OneDrive - 某单位", "我的坚果云(2)".
_BEGINNINGS = ("onedrive", "我的坚果云", "nutstore", "微云同步", "dropbox(", "wpsdrive", "wps云盘", "icloud")
_MOUNT_TABLE = Path("/proc/self/mounts")
"""Only Linux has it."""
_CLOUD_VARIABLES = {
    "OneDrive": "OneDrive",
    "OneDriveConsumer": "OneDrive",
    "OneDriveCommercial": "OneDrive",
}


@dataclass(frozen=True)
class Mount:
    """A file system of this PC.

    Args:
        point: where it is found: ``/data`` or ``Z:\\``.
        kind: its type, e.g. ``ext4``, ``NTFS``, ``cifs``.
        remote: whether the system itself says that it lies on another machine (Windows does).
    """

    point: str
    kind: str
    remote: bool = False


def mounts_of_this_pc() -> list[Mount]:
    """Return the file systems of this PC."""
    if _MOUNT_TABLE.exists():  # what psutil reads too, without the time it takes to load
        return mounts_in(_MOUNT_TABLE.read_text(encoding="utf-8", errors="surrogateescape"))
    import psutil

    return [
        Mount(part.mountpoint, part.fstype, "remote" in part.opts.split(","))
        for part in psutil.disk_partitions(all=True)
    ]


def mounts_in(table: str) -> list[Mount]:
    """Return the file systems of a Linux mount table; blanks in a name stand there as ``\\040`` (fstab(5))."""
    found = []
    for line in table.splitlines():
        _device, point, kind, *_rest = line.split(" ")
        found.append(Mount(re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), point), kind))
    return found


def network_share(path: str, mounts: Iterable[Mount]) -> bool:
    """Tell whether a whole path (Windows or Linux) lies on a network share."""
    place = _plain(path)
    if place.startswith("//"):
        return True
    holding = [mount for mount in mounts if _lies_in(place, _plain(mount.point))]
    if not holding:
        return False
    # A later mount over the same point hides the earlier one.
    nearest = max(enumerate(holding), key=lambda each: (len(_plain(each[1].point)), each[0]))[1]
    return nearest.remote or nearest.kind.lower() in _NETWORK_KINDS


def cloud_program(path: str, variables: Mapping[str, str]) -> str:
    """Return the name of the cloud program that copies this place, or empty text.

    Args:
        path: a whole path, Windows or Linux.
        variables: the environment; OneDrive tells its folders there.
    """
    place = _plain(path)
    for variable, name in _CLOUD_VARIABLES.items():
        if variables.get(variable) and _lies_in(place, _plain(variables[variable])):
            return name
    for folder in place.split("/")[:-1]:
        told = re.sub(r"[\s\-_]", "", folder)
        if told in _CLOUD_FOLDERS:
            return _CLOUD_FOLDERS[told]
        beginning = next((start for start in _BEGINNINGS if told.startswith(start)), "")
        if beginning:
            return _CLOUD_FOLDERS.get(beginning.rstrip("("), "网盘")
    return ""


def refuse_place(path: Path, mounts: Iterable[Mount] | None = None, variables: Mapping[str, str] | None = None) -> None:
    """Refuse a station file that lies, or is to lie, where it would be spoilt.

    Args:
        path: the file, existing or not; links are followed.
        mounts: the file systems; this PC's when None.
        variables: the environment; this process's when None.

    Raises:
        StationFault: the place is a network share or a cloud program's folder, or its disk is full.
    """
    _refuse_full_disk(path)
    known = mounts_of_this_pc() if mounts is None else list(mounts)
    environment = os.environ if variables is None else variables
    for one in dict.fromkeys((str(path.absolute()), os.path.realpath(path))):
        if network_share(one, known):
            raise StationFault(
                f"“{path.name}”在网络共享文件夹里，不能在那里使用。",
                "没有改动任何文件。",
                "网络一断或两台电脑同时打开，登记簿会损坏。请把文件复制到本机硬盘或U盘上，再打开复制的那一份。",
            )
        if name := cloud_program(one, environment):
            raise StationFault(
                f"“{path.name}”在“{name}”的同步文件夹里，不能在那里使用。",
                "没有改动任何文件。",
                "登记簿里有群众的姓名和电话，不能上传网盘，同步时也容易损坏。请把文件移到不同步的文件夹，再打开它。",
            )


def scarce_room(path: Path) -> int | None:
    """Return the free bytes beside a station file when they are too few to work at ease: a backup, or the upgrade of
    a copy, might not find room. None when there is enough, or when it cannot be told."""
    try:
        needed = _USUAL_ROOM + 3 * path.stat().st_size
        free = shutil.disk_usage(path.parent).free
    except OSError:
        return None
    return free if free < needed else None


def _refuse_full_disk(path: Path) -> None:
    try:
        free = shutil.disk_usage(path.parent).free
    except OSError:
        return  # the folder is missing: that is told when the file is opened
    if free < LEAST_ROOM:
        raise StationFault(
            f"磁盘已满（只剩 {free // 1000} KB），“{path.name}”没有打开。",
            "没有改动任何文件，已登记的内容都在。",
            "请先清理磁盘：清空回收站，把不用的大文件移走，再打开。",
        )


def _plain(path: str) -> str:
    """Return a path in lower case with forward slashes and without ``\\\\?\\``, to be compared."""
    text = path
    if "\\" in path or ntpath.splitdrive(path)[0]:
        text = path.replace("\\", "/")
        text = re.sub(r"^//\?/UNC/", "//", text, flags=re.IGNORECASE)
        text = re.sub(r"^//[?.]/", "", text)
    return text.lower()


def _lies_in(place: str, folder: str) -> bool:
    return place == folder or place.startswith(folder.rstrip("/") + "/")
