"""Disks that fail under a clerk at work: each action is done or refused in words, and what was done is there."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from station_app.services.books import Book, Selection
from station_app.station import Desks
from station_app.storage.file_key import FileKey
from station_app.support.faults import StationFault
from tests.faults import kills
from tests.faults.conditions import (
    ACTIONS,
    Trial,
    as_nobody,
    filled_up_to,
    immutable,
    pulled_out,
    small_disk,
    write_protected,
)
from tests.faults.wrecks import CLOCK, make_register, register_visit

FRESH = 2
"""A seed with which `kills.found` makes a new register."""


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 12 MB."""
    with small_disk(tmp_path / "disk", 12_000) as made:
        yield made


@pytest.fixture
def trial(disk: Path) -> Trial:
    """A small register on the small disk."""
    return Trial(kills.found(disk / "站", Random(FRESH)))


@pytest.mark.parametrize("free", [0, 4_096, 12_288, 40_960, 102_400, 307_200, 1_000_000])
def test_a_full_disk_refuses_in_words_and_loses_nothing(free: int, trial: Trial, disk: Path, tmp_path: Path) -> None:
    desks = trial.open()
    trial.work(desks, tmp_path, Random(free))
    with filled_up_to(disk, free):
        for _ in range(2):
            trial.work(desks, tmp_path, Random(free + 1))
    trial.work(desks, tmp_path, Random(free + 2))
    desks.close()
    assert trial.faults or free > 300_000
    trial.look()


def test_a_disk_that_becomes_full_while_the_register_is_closed_still_lets_it_be_read(
    trial: Trial, disk: Path, tmp_path: Path
) -> None:
    desks = trial.open()
    trial.work(desks, tmp_path, Random(1), ("register", "register", "back_up"))
    desks.close()
    with filled_up_to(disk, 0):
        with pytest.raises(StationFault, match="磁盘"):
            trial.open()
        reading = Desks.open(trial.station.path, CLOCK, read_only=True, key=kills.key_of(trial.station.key))
        assert reading.housekeeping.check().sound
        reading.reports.export(Selection(Book.VISITS, title="全部"), "xlsx", tmp_path / "别处")
        reading.close()
    trial.look()


def test_a_write_protected_disk_is_told_before_anything_is_typed(trial: Trial, disk: Path, tmp_path: Path) -> None:
    desks = trial.open()
    trial.work(desks, tmp_path, Random(5))
    desks.close()
    with write_protected(disk):
        with pytest.raises(StationFault, match="写"):
            trial.open()
        reading = Desks.open(trial.station.path, CLOCK, read_only=True, key=kills.key_of(trial.station.key))
        assert reading.housekeeping.check().sound
        reading.close()
    trial.look()


@pytest.mark.parametrize("seed", range(4))
def test_a_stick_pulled_out_while_the_register_is_open_loses_nothing(seed: int, trial: Trial, tmp_path: Path) -> None:
    desks = trial.open()
    trial.work(desks, tmp_path, Random(seed))
    with pulled_out(trial.station.folder):
        # A ledger would be written into a new folder at the old place: that is no loss of the stick's.
        trial.work(desks, tmp_path, Random(seed + 10), tuple(sorted({*ACTIONS} - {"export", "month_set"})))
        desks.close()
    assert trial.faults
    lock = trial.station.path.with_name(f"{trial.station.path.name}.lock")
    assert lock.exists()  # nobody could take it away; this program, still running, takes it over
    trial.look()


def test_a_folder_nobody_may_write_to_refuses_the_opening_in_words(trial: Trial, tmp_path: Path) -> None:
    desks = trial.open()
    trial.work(desks, tmp_path, Random(6))
    desks.close()
    with immutable(trial.station.folder), pytest.raises(StationFault, match="文件夹"):
        trial.open()
    trial.look()


def test_a_register_of_somebody_else_is_refused_in_words(tmp_path: Path) -> None:
    trial = Trial(kills.found(tmp_path / "站", Random(FRESH)))
    for folder in (tmp_path, *tmp_path.parents[:-2]):
        folder.chmod(0o755)
    path = trial.station.path
    path.parent.chmod(0o755)
    path.chmod(0o644)  # may be read, not written
    with as_nobody():
        with pytest.raises(StationFault, match="写"):
            trial.open()
        reading = Desks.open(path, CLOCK, read_only=True)
        with pytest.raises(StationFault, match="权限"):
            reading.reports.export(Selection(Book.ROSTER, title="全部"), "xlsx", path.parent / "出")
        reading.close()
    path.chmod(0o600)  # may not even be read
    with as_nobody(), pytest.raises(StationFault, match="权限"):
        trial.open()
    trial.look()


def test_a_folder_closed_while_the_register_is_open_refuses_every_action_in_words(
    tmp_path: Path,
) -> None:
    trial = Trial(kills.found(tmp_path / "站", Random(FRESH)))
    desks = trial.open()
    trial.work(desks, tmp_path, Random(7))
    with immutable(trial.station.folder):
        trial.work(desks, tmp_path, Random(8))
        desks.close()
    assert trial.faults
    trial.look()


def test_a_ledger_held_open_by_another_program_stays_and_another_name_works(tmp_path: Path) -> None:
    register = make_register(tmp_path)
    desks = Desks.open(register.path, CLOCK)
    selection = Selection(Book.VISITS, title="全部")
    path = desks.reports.export(selection, "xlsx", tmp_path / "出")
    held = path.read_bytes()
    with immutable(path):
        with pytest.raises(StationFault, match="WPS"):
            desks.reports.export(selection, "xlsx", tmp_path / "出")
        assert path.read_bytes() == held
        assert desks.reports.export(selection, "xlsx", tmp_path / "别处").exists()
    assert [one.name for one in (tmp_path / "出").iterdir()] == [path.name]
    desks.close()


def test_the_backup_folder_gone_between_backups_is_told_and_work_goes_on(tmp_path: Path) -> None:
    register = make_register(tmp_path)
    desks = Desks.open(register.path, CLOCK)
    with immutable(register.backup.parent):
        with pytest.raises(StationFault, match="备份"):
            desks.housekeeping.back_up()
        number = register_visit(desks, "仍可登记")
    desks.housekeeping.back_up()
    desks.close()
    assert number in register.numbers()


@pytest.mark.parametrize("key", [None, FileKey.fresh("溪水长流2026", 1000)], ids=["plain", "encrypted"])
def test_a_register_damaged_while_open_is_told_and_leads_to_its_rescue(key: FileKey | None, tmp_path: Path) -> None:
    from station_app.services.rescue_desk import RescueDesk

    register = make_register(tmp_path, key)
    desks = Desks.open(register.path, CLOCK, "肖敏", key)
    size = register.path.stat().st_size
    with register.path.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xa5" * (size - 8192))
    told: set[str] = set()
    for number in range(6):
        try:
            register_visit(desks, f"再来{number}")
        except StationFault as fault:
            told.add(fault.what)
    try:
        desks.housekeeping.back_up()
    except StationFault as fault:
        told.add(fault.what)
    desks.close()
    assert told
    desk = RescueDesk(register.path, CLOCK, key)
    found = desk.examine()
    assert found.backup is not None
    desk.rescue(found)
    assert len(register.numbers()) >= 4


def test_a_full_disk_refuses_the_rescue_and_leaves_the_damaged_file(disk: Path) -> None:
    from station_app.services.rescue_desk import RescueDesk
    from tests.faults.wrecks import spoil

    register = make_register(disk)
    spoil(register.path, 2)
    damaged = register.path.read_bytes()
    desk = RescueDesk(register.path, CLOCK)
    found = desk.examine()
    size = register.path.stat().st_size
    for free in (0, size // 2, size + 4096, 2 * size - 20_000):
        before = sorted(path.name for path in disk.rglob("*"))
        with filled_up_to(disk, free), pytest.raises(StationFault):
            desk.rescue(found)
        assert register.path.read_bytes() == damaged
        assert sorted(path.name for path in disk.rglob("*")) == before
    desk.rescue(found)
    assert shutil.disk_usage(disk).free > 0
    assert len(register.numbers()) >= 4
