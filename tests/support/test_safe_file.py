"""A file that leaves the program is whole or not there."""

import errno
from pathlib import Path
from typing import BinaryIO

import pytest

from station_app.support.faults import Cancelled, StationFault
from station_app.support.safe_file import safe_name, write_file


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    target = tmp_path / "2026年10月" / "台账.xlsx"
    write_file(target, lambda stream: stream.write(b"whole"))
    assert target.read_bytes() == b"whole"
    assert [path.name for path in target.parent.iterdir()] == ["台账.xlsx"]


def test_a_cancelled_job_leaves_the_old_file_and_no_half_one(tmp_path: Path) -> None:
    target = tmp_path / "台账.pdf"
    target.write_bytes(b"old")

    def writer(stream: BinaryIO) -> None:
        stream.write(b"half")
        raise Cancelled

    with pytest.raises(Cancelled):
        write_file(target, writer)
    assert target.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "磁盘空间不足"),
        (errno.EROFS, "只能读不能写"),
        (errno.EACCES, "正被其他程序"),
        (errno.EIO, "没有写成"),
    ],
)
def test_a_full_or_locked_disk_is_told_in_chinese(tmp_path: Path, number: int, words: str) -> None:
    target = tmp_path / "台账.xlsx"
    target.write_bytes(b"old")

    def writer(stream: BinaryIO) -> None:
        stream.write(b"half")
        raise OSError(number, "fails here")

    with pytest.raises(StationFault, match=words) as caught:
        write_file(target, writer)
    assert "没有" in caught.value.safe
    assert caught.value.todo.startswith("请")
    assert target.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_in_the_way_is_told_in_chinese(tmp_path: Path) -> None:
    target = tmp_path / "台账.xlsx"
    target.mkdir()
    with pytest.raises(StationFault, match="没有写成"):
        write_file(target, lambda stream: stream.write(b"x"))
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("禾溪镇接待选民登记台账（2026年10月）", "禾溪镇接待选民登记台账（2026年10月）"),
        ("a/b:c*?", "a-b：c＊？"),
        ("  两端 空格. ", "两端 空格"),
        ("con", "_con"),
        ("换\n行\t", "换行"),
        ("…", "…"),
        ("///", "---"),
        ("", "未命名"),
    ],
)
def test_a_chinese_title_becomes_a_file_name(title: str, name: str) -> None:
    assert safe_name(title, ".pdf") == name + ".pdf"


def test_a_very_long_title_still_fits_the_file_system(tmp_path: Path) -> None:
    target = tmp_path / safe_name("意" * 500, ".xlsx")
    write_file(target, lambda stream: stream.write(b"x"))
    assert target.is_file()
