"""Backups on the command line: made, listed, restored only when confirmed, and opened with what they were made with."""

import json
import sys
from pathlib import Path

import pytest

from station_app import cli
from station_app.backup_command import OLD_PASSWORD
from station_app.password_command import NEW_PASSWORD, PASSWORD
from station_app.station import Desks
from station_app.support.clock import system_clock
from tests.test_full_disk import files_in, without_room

TODAY = ("--today", "2026-11-25")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "禾溪.station"
    assert run("new", path, "--station", "禾溪镇人大代表联络站") == 0
    return path


def run(command: str, file: Path, *more: str) -> int:
    return cli.main([*command.split(), "--file", str(file), *more, *TODAY])


def listed(file: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    capsys.readouterr()
    assert run("backups", file, "--json") == 0
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return found


def test_a_backup_is_made_and_listed(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert listed(file, capsys) == []
    assert run("backup", file) == 0
    assert "已备份并验证" in capsys.readouterr().out
    (one,) = listed(file, capsys)
    assert (one["occasion"], one["proven"], one["place"]) == ("手动", True, "本机")


def test_everything_is_copied_to_a_folder(file: Path, tmp_path: Path) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    assert run("backup", file, "--to", str(stick)) == 0
    assert (stick / "禾溪 2026-11-25" / "禾溪.station").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit for the size of a file")
def test_a_full_disk_leaves_no_half_backup(file: Path, tmp_path: Path) -> None:
    before = files_in(tmp_path)
    without_room("backup", "--file", str(file))
    assert files_in(tmp_path) == before


def test_restoring_needs_to_be_confirmed(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("backup", file) == 0
    name = str(listed(file, capsys)[0]["name"])
    before = file.read_bytes()
    assert run("restore", file, "--backup", name) == 1
    assert "--yes" in capsys.readouterr().out
    assert file.read_bytes() == before
    assert run("restore", file, "--backup", name, "--yes") == 0
    assert {one["occasion"] for one in listed(file, capsys)} == {"手动", "恢复前"}
    assert run("check", file) == 0


def test_a_backup_that_is_not_there_is_refused_by_name(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("restore", file, "--backup", "没有.station", "--yes") == 2
    assert "没有找到备份" in capsys.readouterr().err


def test_a_damaged_register_is_restored(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("backup", file) == 0
    name = str(listed(file, capsys)[0]["name"])
    with file.open("r+b") as broken:
        broken.seek(100)
        broken.write(b"\xff" * 20_000)
    assert run("restore", file, "--backup", name, "--yes") == 0
    assert run("check", file) == 0


def test_a_backup_from_before_the_password_opens_with_what_it_was_made_with(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(NEW_PASSWORD, "稻香十里看晚霞来")
    assert run("password set", file) == 0
    monkeypatch.setenv(PASSWORD, "稻香十里看晚霞来")
    assert run("backup", file) == 0
    old = str(next(one["name"] for one in listed(file, capsys) if one["occasion"] == "手动"))
    monkeypatch.setenv(NEW_PASSWORD, "溪水长流过竹坑去")
    assert run("password change", file) == 0
    monkeypatch.setenv(PASSWORD, "溪水长流过竹坑去")
    line = next(one for one in listed(file, capsys) if one["name"] == old)
    assert line["old_password"] is True
    assert run("restore", file, "--backup", old, "--yes") == 1  # nobody can be asked
    monkeypatch.setenv(OLD_PASSWORD, "不是这个密码")
    assert run("restore", file, "--backup", old, "--yes") == 1
    monkeypatch.setenv(OLD_PASSWORD, "稻香十里看晚霞来")
    assert run("restore", file, "--backup", old, "--yes") == 0
    monkeypatch.setenv(PASSWORD, "稻香十里看晚霞来")
    assert run("check", file) == 0


def test_a_log_whose_end_was_cut_off_fails_the_check(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    early = file.read_bytes()
    desks = Desks.open(file, system_clock())
    desks.settings.save_profile(desks.settings.profile())
    desks.backups.choose_second(file.parent / "第二处")
    desks.close()
    assert run("backup", file) == 0
    file.write_bytes(early)
    assert run("check", file) == 1
    assert "旧：备份里的第" in capsys.readouterr().out
