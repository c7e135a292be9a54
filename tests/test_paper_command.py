"""The command `paper`: prints a paper and tells what a return code belongs to."""

from pathlib import Path

import pytest

from station_app.cli import main
from station_app.documents.page_pictures import page_texts
from tests.services.paper_matters import matter, paper_station


def test_a_paper_is_printed_and_found_again_by_its_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desks = paper_station(tmp_path / "禾溪.station")
    number = desks.opinions.case(matter(desks)).number
    desks.close()
    common = ["--file", str(desks.path), "--today", "2026-11-25"]
    assert main(["paper", number, "--kind", "hand_over", "--out", str(tmp_path / "文书"), *common]) == 0
    said = capsys.readouterr().out
    (written,) = (tmp_path / "文书").iterdir()
    code = said.split("回执码 ")[1][:6]
    assert code[:3] in "".join(page_texts(written))
    assert main(["paper", "--code", code.lower(), *common]) == 0
    assert "接着登记签收" in capsys.readouterr().out
    assert main(["paper", number, "--kind", "outcome", *common]) == 2
    assert "还没有答复" in capsys.readouterr().err
    assert main(["paper", "HX-2026-9999", "--kind", "hand_over", *common]) == 2
    assert "没有编号是 HX-2026-9999" in capsys.readouterr().err
