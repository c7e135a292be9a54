"""The password on the command line: from the environment, never an argument; exit codes as of every command."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from station_app import cli
from station_app.password_command import NEW_PASSWORD, PASSWORD
from station_app.storage.file_key import is_encrypted
from station_app.support.paths import program_root

FIRST, SECOND = "he xi shui qing", "shan gao shui chang"


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a new plain register, with no password in the environment."""
    for name in (PASSWORD, NEW_PASSWORD):
        monkeypatch.delenv(name, raising=False)
    path = tmp_path / "禾溪.station"
    assert cli.main(["new", "--file", str(path), "--station", "清源县禾溪镇人大代表联络站"]) == 0
    return path


def password(file: Path, action: str, *more: str) -> int:
    """Run the command and return its exit code."""
    return cli.main(["password", action, "--file", str(file), *more])


def test_it_is_set_changed_and_removed(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(NEW_PASSWORD, FIRST)
    assert password(file, "set") == 0
    assert is_encrypted(file)
    monkeypatch.setenv(PASSWORD, FIRST)
    monkeypatch.setenv(NEW_PASSWORD, SECOND)
    assert password(file, "change") == 0
    monkeypatch.setenv(PASSWORD, SECOND)
    assert password(file, "remove") == 0
    assert not is_encrypted(file)
    said = capsys.readouterr()
    assert [line for line in said.out.splitlines() if "密码已" in line or "已取消" in line] == [
        "密码已设好",
        "密码已修改",
        "已取消密码",
    ]
    assert len(list((file.parent / "备份").glob("*改密码*.station"))) == 3
    assert FIRST not in said.out + said.err


def test_every_command_opens_it_with_the_password(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv(NEW_PASSWORD, FIRST)
    assert password(file, "set") == 0
    monkeypatch.setenv(PASSWORD, FIRST)
    visit = tmp_path / "来访.json"
    visit.write_text(
        json.dumps(
            {
                "date": "2026-11-20",
                "visitor": {"name": "㛃玉", "phone": "14000001234"},
                "receivers": ["钟龑"],
                "opinions": [{"words": "水渠淤了"}],
            },
            ensure_ascii=False,
        ),
        encoding="utf-8",
    )
    today = ["--today", "2026-12-02"]
    out = ["--out", str(tmp_path / "出")]
    for arguments in (
        ["register", "--json-input", str(visit)],
        ["check"],
        ["figures", "2026-11"],
        ["export", "visits", "--all", "--format", "xlsx", *out],
        ["month", "2026-11", *out],
        ["import", "roster", str(Path(__file__).parent / "samples" / "代表花名册_禾溪镇.xlsx"), "--dry-run"],
    ):
        assert cli.main([*arguments, "--file", str(file), *today]) == 0, capsys.readouterr().err


def test_a_wrong_password_and_none_at_all_end_with_1(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(NEW_PASSWORD, FIRST)
    assert password(file, "set") == 0
    for given, told in ((SECOND, "可能是密码不对、不是本程序的登记簿，或文件已损坏"), ("", "STATION_PASSWORD")):
        monkeypatch.setenv(PASSWORD, given)
        capsys.readouterr()
        assert cli.main(["check", "--file", str(file)]) == 1
        assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    ("action", "new", "told"),
    [("set", "short", "至少 8 个字符"), ("change", FIRST, "没有密码"), ("remove", "", "没有密码")],
)
def test_wrong_use_ends_with_2(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], action: str, new: str, told: str
) -> None:
    monkeypatch.setenv(NEW_PASSWORD, new)
    assert password(file, action) == 2
    assert told in capsys.readouterr().err
    assert not is_encrypted(file)


def test_the_sheet_is_written_only_where_it_is_wanted(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv(NEW_PASSWORD, FIRST)
    assert password(file, "set") == 0
    monkeypatch.setenv(PASSWORD, FIRST)
    assert password(file, "sheet") == 2
    assert not list(tmp_path.rglob("*.pdf"))
    assert password(file, "sheet", "--out", str(tmp_path / "U盘")) == 0
    assert [path.name for path in tmp_path.rglob("*.pdf")] == ["联络站登记簿恢复单-禾溪.pdf"]
    assert "请打印后删除" in capsys.readouterr().err


def test_there_is_no_argument_for_a_password(file: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        password(file, "set", "--password", FIRST)
    assert ended.value.code == 2


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal is made otherwise there")
def test_it_is_asked_for_at_a_terminal_without_being_shown(file: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, str(program_root() / "main.py"), "password", "set", "--file", str(file)]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True) as child:
        os.close(theirs)
        told = b""
        for prompt in ("新密码：", "再输一次："):
            while prompt.encode() not in told:
                told += os.read(ours, 1000)
            os.write(ours, FIRST.encode() + b"\n")
        try:
            while more := os.read(ours, 1000):
                told += more
        except OSError:  # the other end is closed
            pass
    os.close(ours)
    assert child.returncode == 0
    assert FIRST.encode() not in told
    assert is_encrypted(file)
