"""The diagnostic package holds what a technician needs and nothing about anybody."""

import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from station_app.support.diagnostics import Facts, package_name, write_package
from station_app.support.faults import StationFault
from station_app.support.logs import LOG_NAME

NOW = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)
FACTS = Facts(
    "0.1.0",
    {"qt": "6.9.3", "sqlite": "3.51.0"},
    {"opinions": 1200},
    ("window/font_size", "columns/opinions", "files/张伟明"),
    ("1366x768 x1.0",),
    ("2026-11-22T08:00:00+00:00",),
)


def contents(path: Path) -> dict[str, str]:
    """Return the texts of a package by name."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def test_it_tells_versions_counts_and_names_of_settings(tmp_path: Path) -> None:
    path = tmp_path / package_name(NOW)
    (tmp_path / LOG_NAME).write_text("2026-11-22T09:00:00+08:00 ERROR station_app:1 张伟明 went\n", encoding="utf-8")
    write_package(path, FACTS, tmp_path, NOW, ValueError("张伟明"))
    told = contents(path)
    facts = json.loads(told["facts.json"])
    assert facts["program"] == "0.1.0"
    assert facts["versions"] == {"qt": "6.9.3", "sqlite": "3.51.0"}
    assert facts["rows"] == {"opinions": 1200}
    assert facts["settings"] == ["columns/opinions", "files/…", "window/font_size"]
    assert facts["screen"] == ["1366x768 x1.0"]
    assert told["error.txt"] == "ValueError"
    assert told["log.txt"] == "2026-11-22T09:00:00+08:00 ERROR station_app:1 … went"
    assert "张伟明" not in "".join(told.values())
    assert path.name == "诊断包-20261122-0905.zip"


def test_without_log_or_error_it_is_written_all_the_same(tmp_path: Path) -> None:
    path = tmp_path / "p.zip"
    write_package(path, Facts("0.1.0"), tmp_path / "none", NOW)
    assert set(contents(path)) == {"说明.txt", "facts.json"}


def test_a_place_that_cannot_be_written_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StationFault):
        write_package(tmp_path / "file" / "p.zip", FACTS, tmp_path, NOW)
