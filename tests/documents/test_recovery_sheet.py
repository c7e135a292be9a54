"""The recovery sheet: one page with everything on it, made in memory."""

from datetime import date
from pathlib import Path

import pytest

from station_app.documents.page_pictures import page_count, page_texts
from station_app.documents.recovery_sheet import RecoverySheet, recovery_sheet_pdf
from station_app.domain.recovery_code import code_rows, read_rows

SECRET = bytes(range(48))


def sheet(station: str = "禾溪镇人大代表联络站") -> bytes:
    """Return a sheet with the bundled faces."""
    made = RecoverySheet(station, f"{station}.station", date(2026, 11, 5), code_rows(SECRET), "3F2A")
    return recovery_sheet_pdf(made, bundled_only=True)


def test_it_says_what_it_opens_and_what_becomes_of_it() -> None:
    (text,) = page_texts(sheet())
    flat = text.replace("\n", "").replace(" ", "")
    for words in (
        "联络站登记簿恢复单",
        "禾溪镇人大代表联络站",
        "2026年11月5日",
        "3F2A",
        "保险柜",
        "修改密码后本单作废",
    ):
        assert words in flat


def test_its_rows_open_the_file_as_another_program_copies_them() -> None:
    (text,) = page_texts(sheet())
    copied = [line.split("行", 1)[1] for line in text.splitlines() if line.startswith("第")]
    assert read_rows(copied) == SECRET


@pytest.mark.parametrize("length", [4, 30, 50])
def test_it_stays_on_one_page_whatever_the_name(length: int) -> None:
    assert page_count(sheet("禾" * length)) == 1


def test_it_becomes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert page_texts(sheet())
    assert list(tmp_path.rglob("*")) == []
