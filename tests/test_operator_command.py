"""Signing in on the command line: every command on a file with operators asks who it is."""

import json
from datetime import date
from pathlib import Path

import pytest

from station_app import cli
from station_app.domain.operators import Operator, Role
from station_app.station import Desks
from station_app.support.clock import fixed_clock
from tests.ui.small_station import small_station

TODAY = date(2026, 11, 25)
ON = ("--today", TODAY.isoformat())
VISIT = {
    "date": "2026-11-20",
    "receivers": ["肖敏"],
    "visitor": {"name": "㛃玉", "phone": "140 0000 0001"},
    "opinions": [{"words": "村口没有路灯。"}],
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "禾溪.station"
    desks = small_station(path, TODAY)
    for name, role, pin in (
        ("肖敏", Role.CLERK, "2580"),
        ("林小雨", Role.HELPER, "4826"),
        ("何平", Role.READER, ""),
    ):
        desks.operators.save(Operator(0, "", name, role), pin)
    desks.close()
    return path


def register(file: Path, *more: str) -> int:
    visit = file.parent / "visit.json"
    visit.write_text(json.dumps(VISIT), encoding="utf-8")
    return cli.main(["register", "--file", str(file), "--json-input", str(visit), *ON, *more])


def cases_in(file: Path) -> int:
    desks = Desks.open(file, fixed_clock(TODAY), read_only=True)
    count = len(desks.opinions.cases())
    desks.close()
    return count


def test_who_signs_in_is_in_the_log(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATION_PIN", "4826")
    assert register(file, "--operator", "林小雨") == 0
    desks = Desks.open(file, fixed_clock(TODAY), read_only=True)
    assert max(desks.opinions.cases(), key=lambda case: case.id).recorder == "林小雨"
    desks.close()


@pytest.mark.parametrize(
    ("operator", "pin", "named"),
    [("", "4826", "--operator"), ("韦东", "4826", "--operator"), ("林小雨", "0000", "PIN"), ("林小雨", "", "PIN")],
)
def test_without_name_and_pin_nothing_is_written(
    file: Path, operator: str, pin: str, named: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STATION_PIN", pin)
    before = cases_in(file)
    assert register(file, "--operator", operator) == 2
    told = capsys.readouterr().err
    assert told.startswith(named)
    assert not pin or pin not in told
    assert cases_in(file) == before


def test_reading_asks_who_it_is_as_well(file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("STATION_PIN", raising=False)
    export = ["export", "roster", "--file", str(file), "--format", "xlsx", "--out", str(tmp_path / "出"), *ON]
    assert cli.main(export) == 2
    assert not (tmp_path / "出").exists()
    assert cli.main([*export, "--operator", "何平"]) == 0, "this one has no PIN"


def test_who_only_reads_is_told_so(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = cases_in(file)
    assert register(file, "--operator", "何平") == 1
    assert "权限" in capsys.readouterr().err
    assert cases_in(file) == before
