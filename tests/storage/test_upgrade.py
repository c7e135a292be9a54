"""Opening files of earlier versions: every step from every version, and what goes wrong on the way."""

import lzma
import shutil
import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from station_app.domain.operators import Right
from station_app.domain.proposal_areas import area_proposal
from station_app.station import Desks
from station_app.storage.schema import RECORD_TABLES, SCHEMA_VERSION
from station_app.storage.station_file import StationFile
from station_app.support.clock import fixed_clock
from station_app.support.faults import StationFault

CLOCK = fixed_clock(date(2026, 11, 25))
FIXTURES = Path(__file__).parent / "schema"
VERSIONS = range(1, SCHEMA_VERSION)


def of_version(version: int, folder: Path) -> Path:
    """Unpack the fixture of an earlier version: a file with realistic rows in every table, as that version wrote it."""
    path = folder / "禾溪.station"
    path.write_bytes(lzma.decompress((FIXTURES / f"{version:04}.station.xz").read_bytes()))
    return path


def contents(path: Path) -> dict[str, list[Any]]:
    """Return every row of every table but the list of steps taken, read by Python's own SQLite."""
    with sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True) as plain:
        tables = plain.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search_%'"
            " AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_sqlite_%' ORDER BY name"
        ).fetchall()
        return {name: plain.execute(f"SELECT * FROM {name} ORDER BY rowid").fetchall() for (name,) in tables}


def test_every_version_but_this_one_has_a_fixture() -> None:
    assert sorted(path.name for path in FIXTURES.iterdir()) == [f"{version:04}.station.xz" for version in VERSIONS]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_fixture_has_rows_in_every_table_of_its_version(version: int, tmp_path: Path) -> None:
    rows = contents(of_version(version, tmp_path))
    assert [name for name, found in rows.items() if name in RECORD_TABLES and not found] == []


@pytest.mark.parametrize("version", VERSIONS)
def test_opening_an_older_file_keeps_every_row_and_the_chain(version: int, tmp_path: Path) -> None:
    path = of_version(version, tmp_path)
    before = contents(path)
    file = StationFile.open(path, CLOCK, "肖敏")
    assert file.value("PRAGMA user_version") == SCHEMA_VERSION
    assert file.integrity_problems() == []
    assert file.first_broken_step() is None
    file.close()
    after = contents(path)
    for name, rows in before.items():
        width = len(rows[0]) if rows else 0
        assert [row[:width] for row in after[name]] == rows, name


@pytest.mark.parametrize("version", VERSIONS)
def test_the_backup_made_before_the_upgrade_is_the_older_file(version: int, tmp_path: Path) -> None:
    path = of_version(version, tmp_path)
    before = contents(path)
    StationFile.open(path, CLOCK, "肖敏").close()
    backups = list((tmp_path / "备份").glob("*升级前*.station"))
    assert len(backups) == 1
    assert contents(backups[0]) == before


@pytest.mark.parametrize("version", VERSIONS)
def test_an_upgraded_file_serves_the_desks(version: int, tmp_path: Path) -> None:
    desks = Desks.open(of_version(version, tmp_path), CLOCK)
    assert len(desks.opinions.cases()) == 60
    desks.close()


@pytest.mark.parametrize("version", VERSIONS)
def test_an_upgraded_file_serves_the_desks_of_the_roster(version: int, tmp_path: Path) -> None:
    desks = Desks.open(of_version(version, tmp_path), CLOCK)
    desks._file.sign_in("肖敏", frozenset(Right))
    on = desks.clock.today().isoformat()
    grouped, village = desks.grouping.grouped(on), desks.settings.villages()[0].id
    assert all(group.exists_on(on) for group in grouped.groups), "since when is not known: ever since"
    assert any(group.villages_on("2000-01-01") for group in grouped.groups)
    assert desks.terms.who_represents(village, on)
    before = desks.grouping.groups(), desks.households.all(), desks.terms.terms()
    deputy = grouped.serving[0]
    for act in (
        desks.terms.register_proposals,
        lambda: desks.checking.unreached(deputy.id, ""),
        lambda: desks.grouping.adopt(area_proposal(grouped, 3), on),
        lambda: desks.households.save(replace(desks.households.all()[0], remark="每月走访")),
        lambda: desks.roster.move_out(deputy.id, on, "城东街道联络站"),
    ):
        act()
        desks.grouping.findings(on)
        desks.housekeeping.undo()
        assert (desks.grouping.groups(), desks.households.all(), desks.terms.terms()) == before
    desks.handover.write(tmp_path / "交接单.pdf")
    desks.roster_papers.write_check_list(tmp_path / "核对表.pdf", by_group=True)
    desks.close()


@pytest.mark.parametrize("version", VERSIONS)
def test_a_file_damaged_before_the_upgrade_stays_as_it_is(version: int, tmp_path: Path) -> None:
    path = of_version(version, tmp_path)
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(b"\xff" * 20_000)
    damaged = path.read_bytes()
    with pytest.raises(StationFault):
        StationFile.open(path, CLOCK, "肖敏")
    assert path.read_bytes() == damaged
    assert list(tmp_path.glob("*.new")) == []
    assert list(tmp_path.glob("*.lock")) == []


def test_a_backup_folder_that_cannot_be_made_leaves_the_older_file(tmp_path: Path) -> None:
    path = of_version(1, tmp_path)
    (tmp_path / "备份").write_text("a file where the folder should be", encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(StationFault):
        StationFile.open(path, CLOCK, "肖敏")
    assert path.read_bytes() == before


def test_a_half_upgraded_file_is_finished_at_the_next_opening(tmp_path: Path) -> None:
    path = of_version(1, tmp_path)
    (tmp_path / "别处").mkdir()
    other = of_version(1, tmp_path / "别处")
    StationFile.open(other, CLOCK, "肖敏").close()
    # What a power cut between two steps leaves: the steps are taken, the version is not written yet.
    shutil.copy(other, path)
    with sqlite3.connect(path) as plain:
        plain.execute("PRAGMA user_version=1")
    file = StationFile.open(path, CLOCK, "肖敏")
    assert file.value("PRAGMA user_version") == SCHEMA_VERSION
    assert file.first_broken_step() is None
    file.close()


def test_an_unfinished_successor_of_a_killed_upgrade_is_replaced(tmp_path: Path) -> None:
    path = of_version(1, tmp_path)
    path.with_name(path.name + ".new").write_bytes(b"half")
    StationFile.open(path, CLOCK, "肖敏").close()
    assert list(tmp_path.glob("*.new")) == []


def test_a_file_of_a_newer_program_is_refused_and_not_touched(tmp_path: Path) -> None:
    path = of_version(1, tmp_path)
    with sqlite3.connect(path) as plain:
        plain.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(StationFault, match="更新版本的程序"):
        StationFile.open(path, CLOCK, "肖敏")
    assert path.read_bytes() == before
