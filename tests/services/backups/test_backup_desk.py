"""Backups: proven, made when something changed, thinned, and the end of the log compared with them; on real files."""

import json
import os
import shutil
import sys
import threading
from pathlib import Path

import pytest

from station_app.domain.backup import Backup, BackupSettings, Occasion
from station_app.domain.problems import InvalidInput
from station_app.station import Desks
from station_app.storage import driver
from station_app.storage.file_key import FileKey
from station_app.storage.manifests import manifest_path
from station_app.support.faults import Cancelled, StationFault
from tests.services.backups.station import (
    add_village,
    names_in,
    open_again,
    villages,
)
from tests.wall import Wall

# Proof


def test_a_backup_says_what_was_proven_and_nothing_of_the_register(desks: Desks) -> None:
    add_village(desks, "覃家坳村")
    backup = desks.backups.back_up()
    manifest = backup.manifest
    assert manifest is not None
    text = manifest_path(backup.path).read_text(encoding="utf-8")
    assert json.loads(text)["counts"] == desks.backups.counts()
    assert manifest.size == backup.path.stat().st_size
    assert manifest.key == ""
    assert not any(word in text for word in ("覃家坳", "肖敏", "禾溪镇"))


def test_only_what_is_proven_bears_the_name(desks: Desks) -> None:
    """When copying is stopped half way nothing remains, not even the manifest."""

    def stop(part: float, _word: str) -> None:
        if part > 0:
            raise Cancelled

    with pytest.raises(Cancelled):
        desks.backups.back_up(progress=stop)
    assert names_in(desks.backups.folder) == set()


def test_a_copy_that_reads_back_otherwise_never_gets_its_name(desks: Desks) -> None:
    """One byte of a text is other than it was written, as by a failing disk."""

    def rot(part: float, _word: str) -> None:
        if part == 0.5:
            (copy,) = desks.backups.folder.glob("*.tmp")
            content = copy.read_bytes()
            place = content.index("肖敏".encode())
            copy.write_bytes(content[:place] + b"\xe7" + content[place + 1 :])

    with pytest.raises(StationFault, match="核对不一致"):
        desks.backups.back_up(progress=rot)
    assert names_in(desks.backups.folder) == set()


def test_what_was_made_in_a_hurry_is_looked_through_later(desks: Desks, wall: Wall) -> None:
    made = desks.backups.back_up(Occasion.CLOSING)
    assert made.manifest is not None
    assert not made.manifest.thorough
    assert desks.backups.hurried() is not None
    wall.wait(minutes=5)
    assert desks.backups.keep_up() is None
    assert desks.backups.hurried() is None
    (line,) = desks.backups.listed()
    assert line.backup.manifest is not None
    assert line.backup.manifest.thorough


def test_an_encrypted_register_is_backed_up_encrypted(desks: Desks, wall: Wall, tmp_path: Path) -> None:
    key = FileKey.fresh("稻香", 4)
    locked = tmp_path / "锁.station"
    db = driver.connect(desks.path)
    driver.export_into(db, locked, key)
    db.close()
    opened = open_again(locked, wall, key)
    for thorough in (False, True):
        made = opened.backups.back_up(thorough=thorough)
        assert "上坪".encode() not in made.path.read_bytes()
        copy = open_again(made.path, wall, key)
        assert villages(copy) == villages(desks)
        copy.close()
    opened.close()


def test_the_folder_gone_between_proof_and_name_leaves_nothing_behind(desks: Desks, tmp_path: Path) -> None:
    unplugged = tmp_path / "拔掉的U盘"

    def unplug(part: float, _word: str) -> None:
        if part >= 0.9 and desks.backups.folder.exists():
            desks.backups.folder.rename(unplugged)

    with pytest.raises(StationFault, match="没有写成"):
        desks.backups.back_up(progress=unplug)
    assert not any(name.endswith(".station") for name in names_in(unplugged) | names_in(desks.backups.folder))
    shutil.rmtree(desks.backups.folder, ignore_errors=True)
    unplugged.rename(desks.backups.folder)
    desks.close()
    again = Desks.open(desks.path, desks.clock)
    assert names_in(again.backups.folder) == set()
    again.close()


def test_a_file_where_the_folder_should_be_is_said(desks: Desks) -> None:
    desks.backups.folder.write_text("in the way", encoding="utf-8")
    with pytest.raises(StationFault, match="备份没有写成"):
        desks.backups.back_up()


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="the system lets the administrator write")
def test_a_folder_that_may_not_be_written_is_said(desks: Desks) -> None:
    desks.backups.folder.mkdir()
    desks.backups.folder.chmod(0o500)
    try:
        with pytest.raises(StationFault, match="备份没有写成"):
            desks.backups.back_up()
    finally:
        desks.backups.folder.chmod(0o700)


def test_a_backup_is_whole_while_the_clerk_goes_on_writing(desks: Desks) -> None:
    """A job backs up over its own connection; every backup holds a whole number of steps and no writing fails."""
    finished = threading.Event()
    made: list[Backup] = []
    failures: list[StationFault] = []

    def job() -> None:
        try:
            with desks.reading() as copy:
                while not finished.is_set() or not made:
                    made.append(copy.backups.back_up(thorough=True))
        except StationFault as error:
            failures.append(error)

    worker = threading.Thread(target=job)
    worker.start()
    for number in range(40):
        add_village(desks, f"新村{number}")
    finished.set()
    worker.join()
    assert not failures
    for backup in made:
        assert backup.manifest is not None
        db = driver.connect(backup.path, read_only=True)
        (count,) = db.execute("SELECT count(*) FROM villages").fetchone()
        db.close()
        assert backup.manifest.counts["villages"] == count
        assert backup.manifest.step == count + 1  # one for the register itself, then one village a step


def test_a_program_that_was_killed_leaves_nothing_for_long(desks: Desks) -> None:
    folder = desks.backups.folder
    folder.mkdir()
    ours = "禾溪-20261124-173000-关闭时.station.tmp"
    for name in (ours, f"{ours}-journal", ".禾溪-20261124-173000-关闭时.station.json.77.tmp"):
        (folder / name).write_bytes(b"half")
    others = {"禾溪-旧-20261124-173000-关闭时.station.tmp", "别的.tmp", "禾溪.tmp"}
    for name in others:
        (folder / name).write_bytes(b"not ours")
    desks.close()
    Desks.open(desks.path, desks.clock).close()
    assert names_in(folder) == others


# When


def test_nothing_changed_needs_no_backup(desks: Desks) -> None:
    assert desks.backups.is_due()
    desks.backups.back_up(Occasion.CLOSING)
    assert not desks.backups.is_due()
    add_village(desks, "下坝村")
    assert desks.backups.is_due()


def test_while_working_a_backup_comes_at_most_hourly(desks: Desks, wall: Wall) -> None:
    assert desks.backups.keep_up() is not None
    add_village(desks, "下坝村")
    wall.wait(minutes=59)
    assert desks.backups.keep_up() is None
    wall.wait(minutes=1)
    assert desks.backups.keep_up() is not None
    wall.wait(hours=5)
    assert desks.backups.keep_up() is None


def test_a_clock_set_back_does_not_stop_the_backups(desks: Desks, wall: Wall) -> None:
    desks.backups.back_up()
    add_village(desks, "下坝村")
    wall.wait(days=-30)
    assert desks.backups.is_time()


def test_old_ones_are_thinned_and_those_by_hand_stay(desks: Desks, wall: Wall) -> None:
    for number in range(30):
        add_village(desks, f"村{number}")
        desks.backups.back_up(Occasion.WORKING)
        if number == 3:
            desks.backups.back_up(Occasion.BY_HAND)
        wall.wait(hours=12)
    wall.wait(days=100)
    add_village(desks, "末村")
    desks.backups.back_up(Occasion.CLOSING)
    left = [(line.backup.occasion, line.backup.at) for line in desks.backups.listed()]
    assert [occasion for occasion, _ in left].count(Occasion.BY_HAND) == 1
    assert len(left) <= 4
    files = names_in(desks.backups.folder)
    assert {name + ".json" for name in files if name.endswith(".station")} == {n for n in files if n.endswith(".json")}


def test_the_state_is_said_in_words(desks: Desks, wall: Wall) -> None:
    assert desks.backups.state().words(wall.moment) == "还没有备份"
    desks.backups.back_up()
    assert desks.backups.state().words(wall.moment) == "备份已验证 09:00"
    wall.wait(days=1)
    assert desks.backups.state().words(wall.moment) == "备份已验证 昨天 09:00"
    wall.wait(days=8)
    assert not desks.backups.state().is_late(wall.moment)
    add_village(desks, "下坝村")
    assert desks.backups.state().is_late(wall.moment)
    desks.backups.save_settings(BackupSettings(warn_days=30))
    assert not desks.backups.state().is_late(wall.moment)


def test_settings_that_make_no_sense_are_refused_at_the_field(desks: Desks) -> None:
    with pytest.raises(InvalidInput) as refused:
        desks.backups.save_settings(BackupSettings(every_minutes=0))
    assert [problem.field for problem in refused.value.problems] == ["every_minutes"]


# The end of the log


def test_a_tail_cut_off_the_log_is_found_by_the_manifests(desks: Desks, wall: Wall) -> None:
    early = desks.backups.back_up(Occasion.BY_HAND)
    wall.wait(hours=2)
    add_village(desks, "下坝村")
    late = desks.backups.back_up(Occasion.CLOSING)
    assert desks.housekeeping.check().sound
    desks.close()
    shutil.copyfile(early.path, desks.path)  # an older, whole file put in its place by hand
    opened = open_again(desks.path, wall)
    health = opened.housekeeping.check()
    assert health.broken_step is None
    assert [manifest.at for manifest in health.cut_off] == [late.at.isoformat(timespec="seconds")]
    assert not health.sound
    opened.close()


def test_other_steps_under_the_same_numbers_are_found_too(desks: Desks, wall: Wall) -> None:
    early = desks.backups.back_up(Occasion.BY_HAND)
    wall.wait(hours=2)
    add_village(desks, "下坝村")
    desks.backups.back_up(Occasion.CLOSING)
    desks.close()
    shutil.copyfile(early.path, desks.path)
    opened = open_again(desks.path, wall)
    for name in ("一村", "二村", "三村"):
        add_village(opened, name)
    assert len(opened.housekeeping.check().cut_off) == 1
    opened.close()
