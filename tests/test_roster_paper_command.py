"""The command `roster-paper`: 公示牌, 名册核对表 and 交接单 as PDF, while the window may have the file open."""

from pathlib import Path

import pytest

from station_app.cli import main
from station_app.documents.page_pictures import page_sizes, page_texts
from tests.ui.small_station import small_station


def test_the_three_papers_are_written_with_the_file_open_elsewhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desks = small_station(tmp_path / "禾溪.station")
    common = ["--file", str(desks.path), "--out", str(tmp_path / "纸"), "--today", "2026-11-22"]
    assert (
        main(["roster-paper", "wall", "--paper", "A4", "--landscape", "--by", "roster", "--hours", "逢圩日", *common])
        == 0
    )
    wall = Path(capsys.readouterr().out.strip())
    assert wall.name == "代表公示牌_2026-11-22.pdf"
    text = "".join("".join(page_texts(wall)).split())
    assert "阿依古丽·买买提" in text
    assert "接待时间：逢圩日" in text
    (size,) = page_sizes(wall)
    assert tuple(map(round, size)) == (842, 595)
    for kind, word in (("check", "更正内容"), ("handover", "监交人（签名）")):
        assert main(["roster-paper", kind, *common]) == 0
        path = Path(capsys.readouterr().out.strip())
        assert word in "".join(page_texts(path))
    desks.close()
