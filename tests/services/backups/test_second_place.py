"""The stick that holds a copy of every backup: found again, refreshed, shared, and never a hindrance."""

import shutil
from pathlib import Path

import pytest

from station_app.station import Desks
from station_app.support.faults import StationFault
from tests.services.backups.station import PROFILE, names_in, open_again, villages
from tests.wall import Wall


def test_the_stick_holds_the_newest_proven_backup(desks: Desks, wall: Wall, stick: Path) -> None:
    place = desks.backups.choose_second(stick / "备份").value
    made = desks.backups.keep_up()
    assert made is not None
    assert (place / made.path.name).read_bytes() == made.path.read_bytes()
    assert desks.backups.state().words(wall.moment) == "备份已验证 09:00　U盘备份：09:00"
    wall.wait(days=9)
    stick.rename(stick.with_name("拔掉"))
    assert desks.backups.refresh_second() is None
    assert desks.backups.state().words(wall.moment) == "备份已验证 9天前　U盘备份：9天前"


def test_bringing_the_stick_up_to_date_makes_no_new_backup_due(desks: Desks, stick: Path) -> None:
    desks.backups.choose_second(stick / "备份")
    desks.backups.keep_up()
    assert not desks.backups.is_due()


def test_another_folder_in_its_place_is_not_taken_for_the_stick(desks: Desks, stick: Path) -> None:
    place = desks.backups.choose_second(stick / "备份").value
    desks.backups.back_up()
    shutil.rmtree(place)
    place.mkdir()
    assert desks.backups.refresh_second() is None
    assert names_in(place) == set()


def test_two_registers_share_one_stick(desks: Desks, wall: Wall, stick: Path, tmp_path: Path) -> None:
    other = Desks.create(tmp_path / "另一.station", wall.clock(), PROFILE, "罗成")
    for one in (desks, other):
        one.backups.choose_second(stick / "备份")
        assert one.backups.keep_up() is not None
    assert [line.backup.path.name[:2] for line in desks.backups.listed()] == ["禾溪"]
    assert desks.backups.refresh_second() is not None
    other.close()


def test_a_backup_that_rotted_here_is_not_carried_on(desks: Desks, stick: Path) -> None:
    place = desks.backups.choose_second(stick / "备份").value
    backup = desks.backups.back_up()
    with backup.path.open("r+b") as file:
        file.seek(5000)
        file.write(b"rot")
    with pytest.raises(StationFault, match="已损坏"):
        desks.backups.refresh_second()
    assert not any(name.endswith((".station", ".tmp")) for name in names_in(place))


def test_everything_is_copied_to_the_stick_and_opens_there(desks: Desks, wall: Wall, stick: Path) -> None:
    first = desks.backups.copy_all_to(stick)
    second = desks.backups.copy_all_to(stick)
    assert first != second
    copy = open_again(first / "禾溪.station", wall)
    assert villages(copy) == villages(desks)
    copy.close()


def test_a_drive_that_is_gone_leaves_no_folder(desks: Desks, stick: Path) -> None:
    with pytest.raises(StationFault, match="建文件夹"):
        desks.backups.copy_all_to(stick / "不在")
