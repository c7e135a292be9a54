"""The command `attach`: whatever the window attaches can be attached without a window."""

from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from station_app.cli import main
from station_app.domain.attachment import Owner
from station_app.station import Desks
from station_app.support.clock import fixed_clock
from tests.ui.small_station import small_station


@pytest.fixture
def station(tmp_path: Path) -> tuple[Path, str, str]:
    """Return an invented station file, the number of an opinion and that of its visit."""
    desks = small_station(tmp_path / "禾溪.station")
    case = desks.opinions.cases()[0]
    assert case.visit_id is not None
    visit = desks.reception.visit(case.visit_id)
    desks.close()
    return desks.path, case.number, visit.number


def attach(path: Path, number: str, *files: Path) -> int:
    return main(["attach", *map(str, files), "--to", number, "--file", str(path), "--today", "2026-11-22"])


def test_files_are_attached_to_an_opinion_and_to_a_visit(
    station: tuple[Path, str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    path, opinion, visit = station
    photo, letter = path.with_name("桥头.png"), path.with_name("答复.pdf")
    Image.new("RGB", (30, 20)).save(photo)
    letter.write_bytes(b"%PDF-1.7")
    assert attach(path, opinion, photo, letter) == 0
    assert capsys.readouterr().out == "已添加 2 个附件\n  桥头.jpg　1 KB\n  答复.pdf　1 KB\n"
    assert attach(path, visit, photo) == 0
    desks = Desks.open(path, fixed_clock(date(2026, 11, 22)))
    owner, owner_id = desks.attachments.owner_of(visit)
    assert (owner, [one.name for one in desks.attachments.of(owner, owner_id)]) == (Owner.VISIT, ["桥头.jpg"])
    desks.close()


def test_an_unknown_number_and_a_refused_file_are_wrong_input(
    station: tuple[Path, str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    path, opinion, _visit = station
    program = path.with_name("看图.exe")
    program.write_bytes(b"MZ")
    assert attach(path, "HX-1", program) == 2
    assert "没有编号或登记号是“HX-1”" in capsys.readouterr().err
    assert attach(path, opinion, program) == 2
    assert "“看图.exe”是程序或脚本" in capsys.readouterr().err
