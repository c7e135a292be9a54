"""Backups: proven, listed, thinned, carried to a stick, looked into, restored and taken back; on real files only."""

import json
import os
import shutil
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from station_app.domain.backup import Backup, BackupSettings, Occasion
from station_app.domain.operators import Role
from station_app.domain.problems import InvalidInput
from station_app.domain.station import StationProfile, Village
from station_app.services.backup_desk import BackupDesk, Restoration
from station_app.station import Desks
from station_app.storage import driver
from station_app.storage.file_key import FileKey
from station_app.storage.manifests import manifest_path
from station_app.storage.station_file import StationFile
from station_app.support.clock import Clock
from station_app.support.faults import Cancelled, NotAllowed, StationFault, WrongKey

TODAY = date(2026, 11, 25)
PROFILE = StationProfile("禾溪镇人大代表联络站")
LIGHT = 4
"""Rounds of key derivation, so that a test need not wait."""


class Wall:
    """A clock on the wall that a test moves on."""

    def __init__(self) -> None:
        self.moment = datetime.combine(TODAY, time(9, 0)).astimezone()

    def clock(self) -> Clock:
        """Return it as the clock that is handed in."""
        return Clock(lambda: self.moment)

    def wait(self, **length: float) -> None:
        """Let time pass."""
        self.moment += timedelta(**length)


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "站" / "禾溪.station"


@pytest.fixture
def desks(path: Path, wall: Wall) -> Iterator[Desks]:
    path.parent.mkdir()
    made = Desks.create(path, wall.clock(), PROFILE, "肖敏")
    made.settings.save_village(Village(0, "", "上坪村", "上坪"))
    yield made
    made.close()


def add_village(desks: Desks, name: str) -> None:
    desks.settings.save_village(Village(0, "", name, name))


def villages(desks: Desks) -> list[str]:
    return [village.name for village in desks.settings.villages()]


def names_in(folder: Path) -> set[str]:
    return {one.name for one in folder.iterdir()} if folder.exists() else set()


def open_again(path: Path, wall: Wall, key: FileKey | None = None) -> Desks:
    return Desks.open(path, wall.clock(), "肖敏", key)


def restored(desks: Desks, wall: Wall, backup: Backup) -> Desks:
    """Restore as the window does: prepare, close, put back, open, note."""
    restoration = desks.backups.prepare(backup)
    desks.close()
    aside = restoration.put_back(wall.moment)
    opened = open_again(restoration.path, wall, restoration.key)
    opened.backups.note_restored(backup, aside)
    return opened


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


# The second place


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "U盘"
    made.mkdir()
    return made


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


# Restoring


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
