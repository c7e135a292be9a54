"""Going back to a backup: proven first, the present register set aside, taken back; with the right password only."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from station_app.domain.backup import Occasion
from station_app.domain.operators import Role
from station_app.services.backup_desk import BackupDesk, Restoration
from station_app.station import Desks
from station_app.storage import driver
from station_app.storage.file_key import FileKey
from station_app.storage.station_file import StationFile
from station_app.support.faults import NotAllowed, StationFault, WrongKey
from tests.services.backups.station import PROFILE, add_village, open_again, restored, villages
from tests.wall import Wall

LIGHT = 4
"""Rounds of key derivation, so that a test need not wait."""


def test_restoring_brings_the_backup_back_and_can_be_taken_back(desks: Desks, wall: Wall) -> None:
    before = villages(desks)
    backup = desks.backups.back_up()
    wall.wait(minutes=5)
    add_village(desks, "误录村")
    opened = restored(desks, wall, backup)
    assert villages(opened) == before
    assert opened.housekeeping.check().sound
    aside = opened.backups.set_aside()
    assert aside is not None
    assert aside.occasion == Occasion.BEFORE_RESTORE
    wall.wait(minutes=5)
    back = restored(opened, wall, aside)
    assert villages(back) == [*before, "误录村"]
    assert back.housekeeping.check().sound
    back.close()


def test_a_backup_shows_what_it_holds_before_it_is_taken(desks: Desks) -> None:
    backup = desks.backups.back_up()
    add_village(desks, "下坝村")
    contents = desks.backups.look_into(backup)
    assert contents.counts["villages"] + 1 == desks.backups.counts()["villages"]
    assert "村" in contents.last_steps[0][1]


def test_a_damaged_backup_is_refused_and_nothing_has_changed(desks: Desks) -> None:
    backup = desks.backups.back_up()
    before = desks.path.read_bytes()
    with backup.path.open("r+b") as file:
        file.seek(20_000)
        file.write(bytes(8000))
    with pytest.raises(StationFault):
        desks.backups.prepare(backup)
    desks.close()
    with pytest.raises(StationFault):
        Restoration(backup, desks.path, None, None).put_back(desks.clock.now())
    assert desks.path.read_bytes() == before
    assert not (desks.path.with_name("禾溪.station.lock")).exists()


def test_a_damaged_register_is_set_aside_as_it_is(desks: Desks, wall: Wall) -> None:
    backup = desks.backups.back_up()
    before = villages(desks)
    desks.close()
    desks.path.write_bytes(b"nothing of a database" * 100)
    aside = Restoration(backup, desks.path, None, None).put_back(wall.moment)
    assert aside is not None
    assert not aside.proven
    assert aside.path.read_bytes().startswith(b"nothing of a database")
    opened = open_again(desks.path, wall)
    assert villages(opened) == before
    opened.close()


def test_a_register_that_is_gone_comes_back(desks: Desks, wall: Wall) -> None:
    backup = desks.backups.back_up()
    desks.close()
    desks.path.unlink()
    assert Restoration(backup, desks.path, None, None).put_back(wall.moment) is None
    open_again(desks.path, wall).close()


def test_a_register_that_is_open_elsewhere_is_not_replaced(desks: Desks, wall: Wall) -> None:
    backup = desks.backups.back_up()
    with pytest.raises(StationFault, match="打开"):
        Restoration(backup, desks.path, None, None).put_back(wall.moment)


def test_a_journal_left_behind_is_not_played_into_the_restored_register(desks: Desks, wall: Wall) -> None:
    backup = desks.backups.back_up()
    before = villages(desks)
    desks.close()
    desks.path.write_bytes(b"x" * 5000)
    journal = desks.path.with_name("禾溪.station-journal")
    journal.write_bytes(b"left behind")
    aside = Restoration(backup, desks.path, None, None).put_back(wall.moment)
    assert aside is not None
    assert aside.path.with_name(aside.path.name + "-journal").read_bytes() == b"left behind"
    assert not journal.exists()
    opened = open_again(desks.path, wall)
    assert villages(opened) == before
    opened.close()


def test_who_may_not_govern_may_not_restore(desks: Desks, wall: Wall) -> None:
    backup = desks.backups.back_up()
    desks.close()
    file = StationFile.open(desks.path, wall.clock(), "黄助理")
    file.sign_in("黄助理", Role.HELPER.rights)
    with pytest.raises(NotAllowed):
        BackupDesk(file).prepare(backup)
    file.close()


def test_another_registers_backup_is_refused(desks: Desks, wall: Wall, tmp_path: Path) -> None:
    other = Desks.create(tmp_path / "另一.station", wall.clock(), PROFILE, "罗成")
    foreign = other.backups.back_up()
    other.close()
    with pytest.raises(StationFault, match="不是这个登记簿的备份"):
        desks.backups.prepare(foreign)


def test_a_copy_without_manifest_can_be_restored_too(desks: Desks, stick: Path) -> None:
    backup = desks.backups.back_up()
    elsewhere = stick / "老备份.station"
    shutil.copyfile(backup.path, elsewhere)
    line = desks.backups.line_of(elsewhere)
    assert not line.backup.proven
    assert desks.backups.prepare(line.backup).key is None


# Passwords


def test_a_wrong_key_restores_nothing(desks: Desks, wall: Wall, tmp_path: Path) -> None:
    """The backup of a locked register opens with its own password only."""
    key = FileKey.fresh("稻香", LIGHT)
    db = driver.connect(desks.path)
    locked = tmp_path / "锁.station"
    driver.export_into(db, locked, key)
    db.close()
    opened = open_again(locked, wall, key)
    backup = opened.backups.back_up()
    assert backup.manifest is not None
    assert backup.manifest.key == key.mark()
    with pytest.raises(WrongKey):
        opened.backups.prepare(backup, "不是这个")
    opened.close()
    before = locked.read_bytes()
    with pytest.raises(WrongKey):
        Restoration(backup, locked, replace(key, raw=bytes(32)), key).put_back(wall.moment)
    assert locked.read_bytes() == before
    Restoration(backup, locked, key, key).put_back(wall.moment)
    with pytest.raises(StationFault):
        open_again(locked, wall)
    open_again(locked, wall, key).close()
