"""The import on the command line: templates, and columns as the clerk once said in the window."""

from pathlib import Path

import openpyxl
import pytest

from station_app import cli
from station_app.services.intake import SheetKind
from station_app.station import Desks
from station_app.support.clock import system_clock

TODAY = ("--today", "2026-11-25")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a new register."""
    path = tmp_path / "禾溪.station"
    assert cli.main(["new", "--file", str(path), "--station", "禾溪镇人大代表联络站"]) == 0
    return path


@pytest.mark.parametrize("kind", SheetKind)
def test_a_template_is_written_and_read_back(file: Path, tmp_path: Path, kind: SheetKind) -> None:
    target = tmp_path / "模板.xlsx"
    assert cli.main(["template", kind, str(target)]) == 0
    assert openpyxl.load_workbook(target).worksheets[0]["A4"].value == "说明"
    assert cli.main(["import", kind, str(target), "--file", str(file), "--dry-run", *TODAY]) == 0


def test_remembered_columns_hold_here_too(file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = tmp_path / "联系表.csv"
    sheet.write_text("称呼,男女,哪一级\n罗小满,女,镇\n", encoding="utf-8")
    arguments = ["import", "roster", str(sheet), "--file", str(file), *TODAY]
    assert cli.main(arguments) == 2
    assert "没有找到表头" in capsys.readouterr().err
    desks = Desks.open(file, system_clock())
    opened = desks.intake.open(sheet, SheetKind.ROSTER)
    mapping = opened.mapping.with_keys({0: "name", 1: "gender", 2: "levels"})
    desks.intake.confirm(desks.intake.judge(opened, mapping, corrected=True))
    desks.close()
    sheet.write_text("称呼,男女,哪一级\n覃水生,男,县\n", encoding="utf-8")
    assert cli.main(arguments) == 0
    assert "按上次的对应" in capsys.readouterr().out
