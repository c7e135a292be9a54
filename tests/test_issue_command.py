"""Reporting a month on the command line."""

from pathlib import Path

import pytest

from station_app import cli

TODAY = ("--today", "2026-11-25")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "禾溪.station"
    assert cli.main(["new", "--file", str(path), "--station", "禾溪镇人大代表联络站", *TODAY]) == 0
    return path


def issue(file: Path, *more: str) -> int:
    return cli.main(["issue", *more, "--file", str(file), *TODAY])


def test_a_month_is_reported_listed_and_written_out(
    file: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert issue(file, "2026-10", "--to", "清源县人大常委会", "--on", "2026-11-02") == 0
    assert "2026年10月工作月报（2026-11-02 报送）　报给 清源县人大常委会　期末在办 0" in capsys.readouterr().out
    assert issue(file, "--out", str(tmp_path / "报送")) == 0
    assert sorted(path.suffix for path in (tmp_path / "报送").iterdir()) == [".pdf", ".xlsx"]
    assert cli.main(["check", "--file", str(file), *TODAY]) == 0


def test_a_second_report_without_a_reason_is_refused(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert issue(file, "2026-10", "--to", "清源县人大常委会") == 0
    assert issue(file, "2026-10", "--to", "清源县人大常委会") == 2
    assert "报过了" in capsys.readouterr().err
    assert issue(file, "2026-10", "--to", "清源县人大常委会", "--note", "改正一处") == 0
    assert "更正报送" in capsys.readouterr().out


def test_a_month_that_still_runs_is_refused(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert issue(file, "2026-11", "--to", "清源县人大常委会") == 2
    assert "没有过完" in capsys.readouterr().err


def test_nothing_reported_is_said(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert issue(file) == 0
    assert "还没有报送过月报" in capsys.readouterr().out
