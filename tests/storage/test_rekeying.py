"""Encryption turned on, changed and off: the same register under another key, wholly or not at all."""

import random
import shutil
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path

import pytest

from station_app.station import Desks
from station_app.storage.file_key import FileKey, is_encrypted, salt_of
from station_app.storage.rekeying import Rekeying
from station_app.storage.station_file import StationFile
from station_app.support.clock import fixed_clock
from station_app.support.faults import Cancelled, PasswordNeeded, StationFault, WrongKey
from station_app.support.safe_file import unfinished_beside
from tests.faults.rekey_kills import kill_again_and_again
from tests.storage.locked import rekey
from tests.ui.small_station import TODAY, small_station

CLOCK = fixed_clock(TODAY)
OLD, NEW = (FileKey.fresh(password, 1) for password in ("he xi shui", "shui xi he"))
Room = namedtuple("Room", "total used free")


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    """Return the open desks of a small plain station."""
    made = small_station(tmp_path / "禾溪 站#1.station")
    yield made
    made.close()


def nothing(_part: float, _word: str) -> None:
    """Take progress and do nothing."""


def test_every_row_survives_each_change_of_the_key(desks: Desks) -> None:
    def content() -> list[str]:
        tables = desks._file.tuples("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        apart = {"settings", "steps", "changes"}  # the change of the password is written there
        plain = [name for (name,) in tables if name not in apart and not name.startswith("search_")]
        return [f"{name} {desks._file.tuples('SELECT * FROM ' + name)}" for name in plain]

    before, steps = content(), int(desks._file.value("SELECT count(*) FROM steps"))
    for number, (key, label) in enumerate(
        ((OLD, "设置密码"), (NEW, "修改密码"), (None, "取消密码"), (OLD, "设置密码")), start=1
    ):
        rekey(desks, key, label)
        assert is_encrypted(desks.path) == bool(key)
        assert content() == before
        assert desks._file.integrity_problems() == []
        assert desks._file.first_broken_step() is None
        assert desks._file.rows("SELECT label, operator FROM steps ORDER BY id DESC LIMIT 1") == [
            {"label": label, "operator": desks.operator}
        ]
        assert desks._file.value("SELECT count(*) FROM steps") == steps + number
        assert not unfinished_beside(desks.path).exists()
        assert [found.title for found in desks.finder.find("护栏")] == ["HX-2026-0001　村口桥头的护栏坏了好几年"]
        with desks.reading() as copy:
            assert copy.settings.profile().name == "禾溪镇人大代表联络站"


def test_only_the_new_key_opens_it(desks: Desks) -> None:
    rekey(desks, OLD)
    rekey(desks, NEW)
    assert salt_of(desks.path) == NEW.salt
    path = desks.path
    desks.close()
    for wrong in (OLD, FileKey(NEW.raw, OLD.salt), FileKey(OLD.raw, NEW.salt)):
        with pytest.raises(WrongKey):
            StationFile.open(path, CLOCK, "谁", wrong)
    with pytest.raises(PasswordNeeded):
        StationFile.open(path, CLOCK, "谁")
    assert not path.with_name(path.name + ".lock").exists()
    StationFile.open(path, CLOCK, "谁", NEW).close()


def test_sqlcipher_itself_opens_it_with_the_password(tmp_path: Path) -> None:
    from sqlcipher3 import dbapi2

    desks = small_station(tmp_path / "a.station")
    rekey(desks, FileKey.fresh("he'xi shui"))
    desks.close()
    db = dbapi2.connect(str(desks.path))
    db.execute("PRAGMA key = 'he''xi shui'")
    assert db.execute("SELECT count(*) FROM visits").fetchone()[0] > 0
    db.close()


def test_what_is_written_meanwhile_is_never_lost(desks: Desks) -> None:
    change = Rekeying(desks._file, "设置密码")
    change.prepare(OLD, nothing, lambda: False)
    desks.settings.remember("meanwhile", 1)
    with pytest.raises(StationFault, match="又有改动"):
        change.finish()
    assert not is_encrypted(desks.path)
    assert desks.settings.preference("meanwhile") == 1
    assert not unfinished_beside(desks.path).exists()
    desks.settings.remember("afterwards", 2)


def test_of_two_changes_that_were_prepared_only_the_first_takes_place(desks: Desks) -> None:
    first, second = Rekeying(desks._file, "设置密码"), Rekeying(desks._file, "设置密码")
    first.prepare(OLD, nothing, lambda: False)
    kept = unfinished_beside(desks.path).read_bytes()
    second.prepare(NEW, nothing, lambda: False)
    unfinished_beside(desks.path).write_bytes(kept)
    first.finish()
    with pytest.raises(StationFault, match="又有改动"):
        second.finish()
    assert desks._file.key == OLD


def test_it_can_be_stopped_and_leaves_nothing(desks: Desks) -> None:
    answers = iter((False, True))
    with pytest.raises(Cancelled):
        Rekeying(desks._file, "设置密码").prepare(OLD, nothing, lambda: next(answers))
    change = Rekeying(desks._file, "设置密码")
    change.prepare(OLD, nothing, lambda: False)
    change.give_up()
    assert not unfinished_beside(desks.path).exists()
    assert not is_encrypted(desks.path)


def test_a_disk_that_is_too_full_is_told_before_anything_is_written(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Room(10**9, 10**9, 10**6))
    with pytest.raises(StationFault, match="磁盘空间不够"):
        Rekeying(desks._file, "设置密码").prepare(OLD, nothing, lambda: False)
    assert not unfinished_beside(desks.path).exists()


def test_a_copy_that_cannot_take_the_place_leaves_the_file_open_as_it_was(desks: Desks) -> None:
    change = Rekeying(desks._file, "设置密码")
    change.prepare(OLD, nothing, lambda: False)
    unfinished_beside(desks.path).unlink()
    with pytest.raises(StationFault, match="没有写成"):
        change.finish()
    desks.settings.remember("afterwards", 1)
    assert desks.settings.preference("afterwards") == 1


def test_a_copy_left_by_a_killed_program_is_cleared_away_at_the_next_opening(desks: Desks) -> None:
    path = desks.path
    desks.close()
    left = unfinished_beside(path)
    for name in (left, left.with_name(left.name + "-journal")):
        name.write_bytes(b"half")
    StationFile.open(path, CLOCK, "谁").close()
    assert sorted(one.name for one in path.parent.iterdir()) == [path.name]


def test_killed_at_any_moment_it_is_wholly_old_or_wholly_new(tmp_path: Path) -> None:
    path = tmp_path / "禾溪.station"
    small_station(path).close()
    outcome = kill_again_and_again(path, 8, random.Random(5))
    assert outcome.kills == 8
