"""A clock that was set back, and a disk that is almost full: told when the register is opened, in words."""

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest

from station_app.domain.reception import OpinionDraft, Receiver, VisitDraft, VisitorDraft
from station_app.station import Desks
from station_app.support.clock import Clock, fixed_clock
from station_app.support.faults import StationFault
from tests.faults.conditions import filled_up_to, small_disk
from tests.faults.replay import differences
from tests.faults.wrecks import CLOCK, make_register, register_visit

EARLIER = fixed_clock(date(2019, 1, 1), time(8, 0))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 40 MB."""
    with small_disk(tmp_path / "disk", 40_000) as made:
        yield made


def opened(path: Path, clock: Clock) -> Desks:
    return Desks.open(path, clock, "肖敏")


def test_a_clock_set_back_is_told_once_and_blocks_nothing(tmp_path: Path) -> None:
    register = make_register(tmp_path, newer=2)
    desks = opened(register.path, EARLIER)
    (note,) = desks.housekeeping.notes()
    assert "电脑时间比上次登记早" in note.what
    assert "2026-11-25 09:00" in note.what
    visitor = VisitorDraft(name="覃水生", phone="14000000001")
    draft = VisitDraft("2019-01-01", visitor, (Receiver("肖敏"),), (OpinionDraft("沟渠淤塞。"),))
    registered = desks.reception.register_visit(draft).value
    assert registered.visit_number == "D2019-0001"  # of the year it is said to be; those of 2026 go on by themselves
    desks.housekeeping.undo()
    assert desks.housekeeping.check().sound
    assert differences(desks._file) == []
    desks.close()
    assert opened_notes(register.path, EARLIER) == []
    desks = opened(register.path, CLOCK)
    assert desks.housekeeping.notes() == []
    assert register_visit(desks, "再来") not in register.newer
    desks.close()


def opened_notes(path: Path, clock: Clock) -> list[str]:
    desks = opened(path, clock)
    try:
        return [note.what for note in desks.housekeeping.notes()]
    finally:
        desks.close()


def test_a_clock_set_back_does_not_make_backups_without_end(tmp_path: Path) -> None:
    register = make_register(tmp_path, newer=1)
    desks = opened(register.path, EARLIER)
    assert desks.backups.keep_up() is not None
    for _ in range(3):
        assert desks.backups.keep_up() is None
    last = desks.backups.last()
    assert last is not None
    assert last.at.year == 2019
    assert register.backup.exists()
    desks.close()


def test_a_scarce_disk_is_told_and_the_register_opens(disk: Path) -> None:
    register = make_register(disk, newer=1)
    assert opened_notes(register.path, CLOCK) == []
    with filled_up_to(disk, 9_000_000):
        (note,) = opened_notes(register.path, CLOCK)
    assert "磁盘空间不多了" in note


def test_a_disk_without_room_is_refused_before_anything_is_typed(disk: Path) -> None:
    register = make_register(disk, newer=1)
    before = register.path.read_bytes()
    with filled_up_to(disk, 500_000):
        with pytest.raises(StationFault, match="磁盘已满"):
            opened(register.path, CLOCK)
        assert sorted(path.name for path in disk.iterdir()) == ["占满", "备份", register.path.name]
    assert register.path.read_bytes() == before
    opened(register.path, CLOCK).close()
