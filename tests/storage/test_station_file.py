"""The station file: opened, refused, locked, written in steps, undone, backed up."""

import json
import platform
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.domain.problems import InvalidInput
from station_app.storage.station_file import StationFile
from station_app.support.clock import fixed_clock
from station_app.support.faults import StationFault

CLOCK = fixed_clock(date(2026, 11, 25))


@pytest.fixture
def file(tmp_path: Path) -> StationFile:
    return StationFile.create(tmp_path / "禾溪.station", CLOCK, "肖敏")


def add_village(file: StationFile, name: str) -> int:
    with file.write(f"新增 {name}") as step:
        return step.insert("villages", name=name)


def names(file: StationFile) -> list[str]:
    return [row["name"] for row in file.rows("SELECT name FROM villages WHERE deleted_at IS NULL ORDER BY id")]


def test_a_new_file_is_ours_and_sound(file: StationFile) -> None:
    assert file.integrity_problems() == []
    assert file.first_broken_step() is None
    assert file.value("PRAGMA application_id") == 0x53544E31
    assert file.value("PRAGMA foreign_keys") == 1
    assert file.value("PRAGMA synchronous") == 3


def test_every_table_of_records_is_strict(file: StationFile) -> None:
    tables = file.rows("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
    ours = [row for row in tables if not row["name"].startswith(("sqlite_", "_sqlite"))]
    assert len(ours) > 25
    assert [row["name"] for row in ours if not row["strict"]] == []


def test_a_second_program_is_refused_while_the_first_has_the_file(file: StationFile) -> None:
    with pytest.raises(StationFault, match="另一个窗口"):
        StationFile.open(file.path, CLOCK, "王")
    reader = StationFile.open(file.path, CLOCK, "王", read_only=True)
    assert names(reader) == []
    reader.close()
    file.close()
    StationFile.open(file.path, CLOCK, "王").close()


def test_a_lock_left_behind_by_a_dead_program_is_taken_over(file: StationFile) -> None:
    file.close()
    with subprocess.Popen([sys.executable, "-c", "pass"]) as program:
        dead = program.pid
    lock = file.path.with_name(file.path.name + ".lock")
    lock.write_text(json.dumps({"host": platform.node(), "pid": dead}), encoding="utf-8")
    StationFile.open(file.path, CLOCK, "王").close()
    assert not lock.exists()


def test_a_foreign_database_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "别的.station"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE t (x)")
    db.close()
    with pytest.raises(StationFault, match="不是本程序的登记簿"):
        StationFile.open(path, CLOCK, "王")


def test_a_file_that_is_no_database_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "坏.station"
    path.write_bytes(b"not a database " * 400)
    with pytest.raises(StationFault, match="不是本程序的登记簿，或文件已损坏"):
        StationFile.open(path, CLOCK, "王")
    assert not path.with_name(path.name + ".lock").exists()


def test_a_file_of_a_newer_program_is_refused_in_words(file: StationFile) -> None:
    file.plain_write("PRAGMA user_version=99")
    file.close()
    with pytest.raises(StationFault, match="更新版本的程序"):
        StationFile.open(file.path, CLOCK, "王")


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StationFault, match="找不到"):
        StationFile.open(tmp_path / "没有.station", CLOCK, "王")
    assert list(tmp_path.iterdir()) == []


def test_an_action_that_fails_writes_nothing(file: StationFile) -> None:
    add_village(file, "上坪村")

    def fail() -> None:
        with file.write("中途出错") as step:
            step.insert("villages", name="下坝村")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert names(file) == ["上坪村"]
    assert [row["label"] for row in file.rows("SELECT label FROM steps")] == ["新增 上坪村"]


def test_undo_takes_back_what_a_step_created_and_changed(file: StationFile) -> None:
    first = add_village(file, "上坪村")
    with file.write("改名并新增") as step:
        step.update("villages", first, name="上坪社区")
        step.update("villages", first, short_name="上坪")
        step.insert("villages", name="下坝村")
    file.undo_last()
    assert names(file) == ["上坪村"]
    assert file.value("SELECT short_name FROM villages WHERE id = ?", [first]) == ""
    file.undo_last()
    assert names(file) == []
    with pytest.raises(InvalidInput, match="没有可以撤销"):
        file.undo_last()
    assert file.first_broken_step() is None
    assert file.value("SELECT count(*) FROM steps") == 4


def test_steps_of_another_session_are_not_undone(file: StationFile) -> None:
    add_village(file, "上坪村")
    file.close()
    again = StationFile.open(file.path, CLOCK, "王")
    with pytest.raises(InvalidInput):
        again.undo_last()


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE changes SET after = replace(after, '上坪村', '下坪村')",
        "UPDATE steps SET operator = '别人' WHERE id = 2",
        "DELETE FROM changes WHERE step_id = 2",
        "UPDATE steps SET at = '2020-01-01T00:00:00+08:00' WHERE id = 2",
    ],
)
def test_the_chain_shows_tampering(file: StationFile, tampering: str) -> None:
    for name in ("东坪村", "上坪村", "大田村"):
        add_village(file, name)
    file.plain_write(tampering)
    assert file.first_broken_step() == 2


def test_a_misspelt_table_is_refused(file: StationFile) -> None:
    with pytest.raises(KeyError), file.write("写错") as step:
        step.insert("vilages", name="上坪村")
    assert file.value("SELECT count(*) FROM sqlite_schema WHERE name = 'vilages'") == 0


def test_a_backup_is_verified_and_opens(file: StationFile) -> None:
    add_village(file, "上坪村")
    backup = file.back_up("手动")
    assert backup.manifest is not None
    assert backup.manifest.chain_head == file.chain_head()
    copy = StationFile.open(backup.path, CLOCK, "王", read_only=True)
    assert names(copy) == ["上坪村"]
    assert sorted(path.suffix for path in backup.path.parent.iterdir()) == [".json", ".station"]


def test_a_backup_into_a_place_that_cannot_be_written_is_one_message(file: StationFile) -> None:
    (file.path.parent / "备份").write_text("in the way", encoding="utf-8")
    with pytest.raises(StationFault, match="备份没有写成"):
        file.back_up("手动")
    assert names(file) == []


@settings(max_examples=25, deadline=None)
@given(actions=st.lists(st.sampled_from(["add", "rename", "delete", "undo"]), max_size=12))
def test_undoing_every_step_restores_the_content(tmp_path_factory: pytest.TempPathFactory, actions: list[str]) -> None:
    file = StationFile.create(tmp_path_factory.mktemp("undo") / "a.station", CLOCK, "肖敏")
    history = [names(file)]
    for number, action in enumerate(actions):
        ids = [row["id"] for row in file.rows("SELECT id FROM villages WHERE deleted_at IS NULL")]
        if action == "add":
            add_village(file, f"村{number}")
        elif action == "undo":
            if len(history) > 1:
                file.undo_last()
                history.pop()
                assert names(file) == history[-1]
            continue
        elif ids:
            with file.write(action) as step:
                if action == "rename":
                    step.update("villages", ids[0], name=f"改{number}")
                else:
                    step.delete("villages", ids[-1])
        else:
            continue
        history.append(names(file))
    while len(history) > 1:
        file.undo_last()
        history.pop()
        assert names(file) == history[-1]
    assert file.first_broken_step() is None
    file.close()
