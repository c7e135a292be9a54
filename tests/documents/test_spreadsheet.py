"""Foreign files become cells, or a sentence that says why not, quickly and with little memory."""

import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from datetime import time as clock_time
from pathlib import Path

import openpyxl
import pytest

from station_app.documents.spreadsheet import read_workbook
from station_app.documents.spreadsheet_cells import decoded_sheets, encoded_sheets
from station_app.domain.problems import InvalidInput
from station_app.domain.raw_sheet import MergedRange, RawSheet
from station_app.support.faults import Cancelled, StationFault
from tests.documents import hostile_sheets

SAMPLES = Path(__file__).parent.parent / "samples"
ROSTER = SAMPLES / "代表花名册_禾溪镇.xlsx"
OPINIONS = SAMPLES / "选民意见台账_旧.xls"
ODS = SAMPLES / "代表花名册_禾溪镇.ods"
SECONDS = 15.0  # generous for a busy machine; alone each takes well under two


def refusal(path: Path) -> str:
    started = time.monotonic()
    with pytest.raises(InvalidInput) as caught:
        read_workbook(path)
    assert time.monotonic() - started < SECONDS
    assert [problem.field for problem in caught.value.problems] == ["sheet"]
    return str(caught.value)


def test_the_roster_is_read_with_its_merged_cells_and_kinds() -> None:
    sheets = read_workbook(ROSTER)
    assert [(sheet.name, len(sheet.rows)) for sheet in sheets] == [("花名册", 83), ("Sheet2", 0), ("Sheet3", 0)]
    roster = sheets[0]
    assert roster.rows[0] == ("禾溪镇人大代表信息名册表（第十八届）",)
    assert MergedRange(0, 0, 0, 12) in roster.merged
    assert MergedRange(2, 8, 2, 9) in roster.merged
    assert roster.rows[6][:5] == (3, "㛃 玉", "女", "汉", date(1967, 5, 1))
    assert roster.cell(8, 8) == 14008010415
    assert roster.cell(29, 0) is None
    assert roster.cell(45, 1) == "𠅤文远"


def test_the_old_ledger_is_read_with_dates_and_numbers() -> None:
    (ledger,) = read_workbook(OPINIONS)
    assert ledger.name == "选民意见"
    assert len(ledger.rows) == 133
    assert MergedRange(67, 0, 67, 9) in ledger.merged
    assert ledger.cell(6, 2) == date(2024, 9, 19)
    assert ledger.cell(7, 0) == 6
    assert ledger.cell(5, 3) == 14006109743


def test_an_ods_holds_the_same_cells_as_the_xlsx_it_was_made_from() -> None:
    assert read_workbook(ODS)[0].rows == read_workbook(ROSTER)[0].rows


def test_the_first_bytes_decide_not_the_name(tmp_path: Path) -> None:
    disguised = tmp_path / "名册.csv"
    disguised.write_bytes(OPINIONS.read_bytes())
    assert len(read_workbook(disguised)[0].rows) == 133


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_text_tables_are_read_in_every_usual_spelling(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "名册.csv"
    lines = [["姓名", "备注"], ["𠅤文远", '他说"好"，行'], ["张伟", ""], ["", ""]]
    text = "\r\n".join(separator.join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines)
    path.write_bytes(text.encode(encoding))
    (sheet,) = read_workbook(path)
    assert sheet.rows == (("姓名", "备注"), ("𠅤文远", '他说"好"，行'), ("张伟",))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_character_that_is_none_reaches_the_reader_who_names_it(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "名册.csv"
    path.write_bytes("姓名,备注\r\n张伟,好\ufffe".encode(encoding))
    assert read_workbook(path)[0].rows == (("姓名", "备注"), ("张伟", "好\ufffe"))


def test_a_quotation_mark_that_is_never_closed_swallows_no_row(tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_text('姓名,备注\n甲,"未闭合\n乙,无\n', encoding="utf-8")
    assert "引号" in refusal(path)


def test_all_kinds_of_cells_arrive_as_they_are(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    moment = datetime.fromisoformat("2024-01-02T03:04")
    values: list[str | float | bool | datetime | date | clock_time] = [
        "文字",
        5,
        1.5,
        True,
        moment,
        date(2024, 3, 5),
        clock_time(9, 30),
    ]
    for column, value in enumerate(values, 1):
        page.cell(3, column, value)
    book.save(tmp_path / "表.xlsx")
    (sheet,) = read_workbook(tmp_path / "表.xlsx")
    assert sheet.rows == ((), (), tuple(values))


def test_the_way_back_from_the_child_keeps_every_cell() -> None:
    cells = (
        "文\ud800字",
        5,
        1.5,
        True,
        None,
        datetime.fromisoformat("2024-01-02T03:04"),
        date(2024, 3, 5),
        clock_time(9, 30),
    )
    sheets = [RawSheet("表", (cells, ()), (MergedRange(0, 1, 2, 3),)), RawSheet("", ())]
    assert decoded_sheets(encoded_sheets(sheets)) == sheets


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (hostile_sheets.cell_far_away, "第 1048576 行、XFD 列"),
        (hostile_sheets.xml_bomb, "内容异常"),
        (hostile_sheets.zip_bomb, "内容异常"),
        (hostile_sheets.lying_bomb, "损坏"),
        (hostile_sheets.many_entries, "内容异常"),
        (hostile_sheets.encrypted_xlsx, "密码"),
        (hostile_sheets.pdf_renamed, "PDF"),
        (hostile_sheets.truncated, "损坏"),
        (hostile_sheets.blank_lines, "范围大得异常"),
    ],
)
def test_hostile_books_are_refused_in_seconds(tmp_path: Path, make: Callable[[Path], Path], says: str) -> None:
    assert says in refusal(make(tmp_path / "名册.xlsx"))


def test_a_book_of_millions_of_rows_is_refused_in_seconds(tmp_path: Path) -> None:
    path = hostile_sheets.millions_of_rows(tmp_path / "名册.xlsx", '<c r="A{r}"><v>1</v></c>')
    assert "范围大得异常" in refusal(path)


def test_millions_of_empty_rows_below_a_table_do_not_hide_it(tmp_path: Path) -> None:
    path = hostile_sheets.millions_of_rows(tmp_path / "名册.xlsx", '<c r="XFD{r}" s="1"/>')
    started = time.monotonic()
    assert read_workbook(path)[0].rows == (("姓名", "性别"),)
    assert time.monotonic() - started < SECONDS


def test_merged_ranges_without_end_are_left_out(tmp_path: Path) -> None:
    (sheet,) = read_workbook(hostile_sheets.merged_without_end(tmp_path / "名册.xlsx"))
    assert sheet.rows == (("姓名", "性别"),)
    assert len(sheet.merged) == 20_000


def test_what_the_disk_refuses_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(StationFault, match="读不了文件"):
        read_workbook(hostile_sheets.unreadable(tmp_path / "名册.xlsx"))


def test_an_ods_that_repeats_one_cell_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "名册.ods"
    with zipfile.ZipFile(ODS) as good, zipfile.ZipFile(path, "w") as bad:
        for name in good.namelist():
            content = good.read(name)
            if name == "content.xml":
                content = content.replace(
                    b"<table:table-row ", b'<table:table-row table:number-rows-repeated="1000000" ', 1
                ).replace(b"<table:table-cell ", b'<table:table-cell table:number-columns-repeated="16000" ', 1)
            bad.writestr(name, content)
    assert refusal(path)


def test_a_protected_xls_is_named_as_such(tmp_path: Path) -> None:
    assert "密码" in refusal(hostile_sheets.encrypted_xls(tmp_path / "台账.xls", OPINIONS))


@pytest.mark.parametrize("path", [ROSTER, OPINIONS, ODS], ids=["xlsx", "xls", "ods"])
@pytest.mark.parametrize("share", [0.005, 0.3, 0.7, 0.99])
def test_truncated_books_are_called_damaged(tmp_path: Path, path: Path, share: float) -> None:
    content = path.read_bytes()
    broken = tmp_path / path.name
    broken.write_bytes(content[: int(len(content) * share)])
    assert "损坏" in refusal(broken)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "空的"),
        (b"\r\n ,,\r\n", "空的"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "图片"),
        (b"\xff\xd8\xff\xe0", "图片"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', "XML"),
        (b"{\\rtf1", "文字文档"),
        (b"Rar!\x1a\x07", "压缩包"),
        (b"abc\x00\x01\x02", "不是表格"),
        (b"\x01\x02\x03", "不是表格"),
        ("姓名,备注\r\n张伟,\x02好".encode(), "第 2 行夹有"),
        ("姓名,备注\r\n张伟,\x02好".encode("gb18030"), "第 2 行夹有"),
        (b"\xd0\xd5,\xff\xff", "编码无法识别"),
    ],
)
def test_what_is_no_spreadsheet_is_called_by_its_name(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "名册.xlsx"
    path.write_bytes(content)
    assert says in refusal(path)


def test_a_plain_zip_and_a_letter_are_no_spreadsheets(tmp_path: Path) -> None:
    for name, says in (("a.txt", "压缩包"), ("word/document.xml", "文字文档")):
        path = tmp_path / "名册.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(name, "x")
        assert says in refusal(path)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    assert "找不到" in refusal(tmp_path / "没有.xlsx")
    assert "文件夹" in refusal(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no named pipes among its files")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.xlsx")
    assert "不是普通文件" in refusal(tmp_path / "管道.xlsx")


def test_reading_stops_when_the_clerk_cancels() -> None:
    with pytest.raises(Cancelled):
        read_workbook(ROSTER, cancelled=lambda: True)


def test_reading_loads_neither_the_window_nor_the_database() -> None:
    code = (
        "import sys, station_app.documents.spreadsheet, station_app.documents.spreadsheet_child\n"
        "heavy = {'PySide6', 'openpyxl', 'python_calamine', 'sqlcipher3', 'reportlab'} & set(sys.modules)\n"
        "sys.exit(','.join(heavy) or 0)"
    )
    root = Path(__file__).parent.parent.parent
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
