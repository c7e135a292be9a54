"""A station file is refused on network shares and in cloud folders, and nowhere else."""

import os
from pathlib import Path

import psutil
import pytest

from station_app.support.faults import StationFault
from station_app.support.places import Mount, cloud_program, mounts_in, mounts_of_this_pc, network_share, refuse_place

LINUX = (
    Mount("/", "ext4"),
    Mount("/data", "ext4"),
    Mount("/data/clerk/共享", "cifs"),
    Mount("/mnt/nas", "nfs4"),
    Mount("/mnt/nas/本机", "ext4"),
    Mount("/media/clerk/USB", "vfat"),
    Mount("/run/user/1000/gvfs", "fuse.gvfsd-fuse"),
    Mount("/mnt/far", "fuse.sshfs"),
    Mount("/mnt/twice", "ext4"),
    Mount("/mnt/twice", "smb3"),
)
WINDOWS = (
    Mount("C:\\", "NTFS"),
    Mount("D:\\", "NTFS"),
    Mount("E:\\", "FAT32"),
    Mount("Z:\\", "NTFS", remote=True),
    Mount("Y:\\", "", remote=True),
)


@pytest.mark.parametrize(
    "path",
    [
        "/data/clerk/共享/禾溪.station",
        "/mnt/nas/禾溪.station",
        "/run/user/1000/gvfs/smb-share:server=镇政府/禾溪.station",
        "/mnt/far/深/处/禾溪.station",
        "/mnt/twice/禾溪.station",
    ],
)
def test_a_network_share_is_known_on_linux(path: str) -> None:
    assert network_share(path, LINUX)


@pytest.mark.parametrize(
    "path",
    [
        "/data/clerk/禾溪.station",
        "/data/clerk/共享的事/禾溪.station",  # begins like the share, but is a folder of its own
        "/mnt/nas/本机/禾溪.station",  # a local disk mounted inside the share
        "/media/clerk/USB/禾溪.station",
        "/mnt/nas2/禾溪.station",
    ],
)
def test_a_local_disk_or_stick_is_none_on_linux(path: str) -> None:
    assert not network_share(path, LINUX)


@pytest.mark.parametrize(
    "path",
    [
        r"\\镇政府\共享\禾溪.station",
        r"\\?\UNC\server\share\禾溪.station",
        r"Z:\禾溪.station",
        r"z:\深\禾溪.station",
        r"Y:\禾溪.station",
        "//server/share/禾溪.station",
    ],
)
def test_a_network_share_is_known_on_windows(path: str) -> None:
    assert network_share(path, WINDOWS)


@pytest.mark.parametrize("path", [r"C:\用户\联络站\禾溪.station", r"\\?\D:\禾溪.station", r"E:\禾溪.station"])
def test_a_local_disk_or_stick_is_none_on_windows(path: str) -> None:
    assert not network_share(path, WINDOWS)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (r"C:\用户\u\OneDrive\文档\禾溪.station", "OneDrive"),
        (r"C:\用户\u\OneDrive - 禾溪镇\禾溪.station", "OneDrive"),
        (r"D:\我的坚果云\禾溪.station", "坚果云"),
        ("/data/u/Nutstore Files/我的坚果云/禾溪.station", "坚果云"),
        (r"D:\BaiduSyncdisk\禾溪.station", "百度网盘同步空间"),
        (r"D:\百度网盘同步空间\站\禾溪.station", "百度网盘同步空间"),
        (r"D:\微云同步助手\禾溪.station", "微云"),
        ("/data/u/Dropbox/禾溪.station", "Dropbox"),
        (r"C:\用户\u\Dropbox (Personal)\禾溪.station", "Dropbox"),
        (r"C:\用户\u\WPSDrive\123\WPS云盘\禾溪.station", "WPS云盘"),
        (r"C:\用户\u\WPS Cloud\禾溪.station", "WPS云盘"),
        (r"C:\用户\u\iCloudDrive\禾溪.station", "iCloud"),
        (r"G:\我的云端硬盘\禾溪.station", "Google Drive"),
        (r"D:\单位资料\禾溪.station", "OneDrive"),  # renamed, but the environment tells
    ],
)
def test_a_cloud_folder_is_named(path: str, name: str) -> None:
    assert cloud_program(path, {"OneDriveCommercial": r"D:\单位资料"}) == name


@pytest.mark.parametrize(
    "path",
    [
        r"C:\用户\u\Documents\禾溪.station",
        r"D:\单位资料2\禾溪.station",
        r"D:\联络站\微云.station",  # only folders count, not the file's own name
        "/data/u/.local/share/LiaisonStation/禾溪.station",
        r"D:\百度\禾溪.station",
        r"D:\云盘村资料\禾溪.station",
    ],
)
def test_an_ordinary_folder_is_no_cloud_folder(path: str) -> None:
    assert cloud_program(path, {"OneDriveCommercial": r"D:\单位资料", "OneDrive": ""}) == ""


def test_the_refusal_says_why_and_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StationFault) as share:
        refuse_place(tmp_path / "禾溪.station", [Mount(str(tmp_path), "cifs")], {})
    assert "网络共享" in share.value.what
    assert "复制到本机硬盘" in share.value.todo
    with pytest.raises(StationFault) as cloud:
        refuse_place(tmp_path / "坚果云" / "禾溪.station", [], {})
    assert "坚果云" in cloud.value.what
    assert "群众的姓名" in cloud.value.todo


def test_a_link_into_a_cloud_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "Nutstore").mkdir()
    try:
        (tmp_path / "登记").symlink_to(tmp_path / "Nutstore", target_is_directory=True)
    except OSError:
        pytest.skip("this PC lets nobody make links")
    with pytest.raises(StationFault):
        refuse_place(tmp_path / "登记" / "禾溪.station", [], {})


def test_this_pc_tells_its_file_systems() -> None:
    assert mounts_of_this_pc()
    assert any(os.path.realpath("/").lower().startswith(mount.point.lower()[:1]) for mount in mounts_of_this_pc())


def test_a_linux_mount_table_is_read_as_the_system_tells_it() -> None:
    """A blank in a name stands as an octal number in the table."""
    table = "/dev/sda1 / ext4 rw,relatime 0 0\n//nas/登记 /media/我的\\040共享\\134甲 cifs rw,vers=3.0 0 0\n"
    assert mounts_in(table) == [Mount("/", "ext4"), Mount("/media/我的 共享\\甲", "cifs")]
    told = [Mount(part.mountpoint, part.fstype) for part in psutil.disk_partitions(all=True)]
    assert [Mount(mount.point, mount.kind) for mount in mounts_of_this_pc()] == told
