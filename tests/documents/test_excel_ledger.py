"""Excel ledgers print without adjustment and say exactly what was typed."""

import tempfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from station_app.documents.cell_text import printable
from station_app.documents.columns import Kind, Sheet
from station_app.documents.excel_ledger import write_ledger, write_workbook
from station_app.domain.problems import InvalidInput
from station_app.support.faults import Cancelled
from tests.documents.sample_ledger import RARE_NAMES, sheet, sheet_of, visits


def written(tmp_path: Path, filled: Sheet) -> Any:
    """Write ``filled`` and return its worksheet as Excel would read it."""
    path = tmp_path / "台账.xlsx"
    write_ledger(path, filled)
    return load_workbook(path).worksheets[0]


def test_a_ledger_is_laid_out_as_offices_expect(tmp_path: Path) -> None:
    page = written(tmp_path, sheet(4))
    assert page.title == "接待选民登记台账"
    assert page["A1"].value == "接待选民登记台账"
    assert page["A1"].font.sz == 18
    assert page["A2"].value == "填报单位（盖章）：禾溪镇人大代表联络站"
    assert [cell.value for cell in page[3]][:5] == ["序号", "编号", "接待日期", "选民", None]
    assert [cell.value for cell in page[4]][3:5] == ["选民（群众）姓名", "联系电话"]
    merged = {str(area) for area in page.merged_cells.ranges}
    assert {"A1:I1", "A3:A4", "D3:E3", "A9:E9"} <= merged
    assert page["A9"].value == "合计　4批"
    assert page["F9"].value == 8
    assert "负责人：" in [cell.value for cell in page[11]]
    assert page["A3"].fill.fgColor.rgb == "FFF2F2F2"
    assert page["C6"].border.left.style == "thin"


def test_a_ledger_prints_without_adjustment(tmp_path: Path) -> None:
    page = written(tmp_path, sheet(4, demo=True))
    assert page.page_setup.orientation == "landscape"
    assert page.page_setup.paperSize == 9
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert page.sheet_properties.pageSetUpPr is not None
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows == "$3:$4"
    assert page.oddFooter.center.text == "第 &P 页 共 &N 页"
    assert page.oddHeader.center.text == "示例数据"
    assert page.freeze_panes == "A5"
    assert page.auto_filter.ref == "A4:I8"
    assert page.print_options.horizontalCentered
    assert page.page_margins.left < 0.5


def test_a3_portrait_is_set_when_asked_for(tmp_path: Path) -> None:
    page = written(tmp_path, sheet(1, paper="A3", landscape=False))
    assert page.page_setup.paperSize == 8
    assert page.page_setup.orientation == "portrait"
    assert page.oddHeader.center.text is None


def test_dates_are_dates_counts_are_numbers_and_phones_are_text(tmp_path: Path) -> None:
    page = written(tmp_path, sheet(2))
    first = page[5]
    assert (first[0].value, first[0].data_type) == (1, "n")
    assert (first[2].value, first[2].number_format) == (datetime(2026, 11, 1), "yyyy-mm-dd")  # noqa: DTZ001 - as read
    assert page["C6"].value == datetime(2026, 11, 2)  # noqa: DTZ001 - as read
    assert (first[4].value, first[4].data_type, first[4].number_format) == ("14000000000", "s", "@")
    assert (first[7].value, first[7].number_format) == (datetime(1978, 5, 1), "yyyy-mm")  # noqa: DTZ001 - as read
    assert (first[8].value, first[8].number_format) == (0.783, "0.0%")


def test_a_date_that_is_none_stays_what_was_typed(tmp_path: Path) -> None:
    row = replace(visits(1)[0], day="2026年春", born="1899-05", people="—")
    page = written(tmp_path, sheet(1, rows=(row,)))
    assert [page["C5"].value, page["H5"].value, page["F5"].value] == ["2026年春", "1899-05", "—"]


@pytest.mark.parametrize("text", ["=1+1", "+86 140", "-3", "@标题", "\t缩进", "\n换行", "'引号", "=SUM(A1:A9)"])
@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.LABEL, Kind.CODE, Kind.DATE, Kind.COUNT])
def test_text_never_becomes_a_formula(tmp_path: Path, text: str, kind: Kind) -> None:
    page = written(tmp_path, sheet_of(text, kind))
    assert page["A4"].value == text
    assert page["A4"].data_type == "s"
    assert page["A4"].quotePrefix


def test_rare_names_keep_their_characters(tmp_path: Path) -> None:
    page = written(tmp_path, sheet(5))
    assert [page.cell(row, 4).value for row in range(5, 10)] == list(RARE_NAMES)


def test_text_too_long_for_a_cell_is_refused_with_the_column_named(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    notes = (("版本", "工作版"),)
    with pytest.raises(InvalidInput, match=r"反映内容.*32768 字"):
        write_ledger(path, sheet_of("长" * 32_768, notes=notes))
    assert list(tmp_path.iterdir()) == []
    write_ledger(path, sheet_of("长" * 32_767, notes=notes))
    assert len(load_workbook(path).worksheets[0]["A4"].value) == 32_767


def test_the_reported_version_shortens_and_the_working_version_does_not(tmp_path: Path) -> None:
    long = "请修路。" * 200
    reported = written(tmp_path, sheet_of(long))["A4"].value
    assert isinstance(reported, str)
    assert reported.startswith("请修路。")
    assert reported.endswith("（全文见登记表）")
    assert len(reported) <= 300
    assert written(tmp_path, sheet_of(long, notes=(("版本", "工作版"),)))["A4"].value == long


def test_the_working_version_explains_itself_on_a_sheet_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "台账.xlsx"
    write_workbook(path, [sheet(1, notes=(("筛选", "类别：交通"),)), sheet(2, notes=(("筛选", "类别：交通"),))])
    book = load_workbook(path)
    assert book.sheetnames == ["接待选民登记台账", "接待选民登记台账2", "说明"]
    assert [cell.value for cell in book["说明"][4]] == ["筛选", "类别：交通"]
    assert book.properties.title == "接待选民登记台账"
    assert book.properties.creator == "禾溪镇人大代表联络站"


def test_rows_are_high_enough_for_their_text(tmp_path: Path) -> None:
    page = written(tmp_path, sheet_of("字" * 200))
    height = page.row_dimensions[4].height
    width = page.column_dimensions["A"].width
    assert height is not None
    assert height >= 200 * 2 / width * 12.5
    assert (written(tmp_path, sheet_of("字\n" * 100, notes=(("版本", "工作版"),))).row_dimensions[4].height or 0) == 409


def test_a_cancelled_export_leaves_no_file_and_no_temporary_one(tmp_path: Path) -> None:
    from openpyxl.worksheet._writer import ALL_TEMP_FILES

    seen: list[tuple[int, int]] = []
    with pytest.raises(Cancelled):
        write_ledger(
            tmp_path / "台账.xlsx", sheet(500), lambda done, of: seen.append((done, of)), lambda: len(seen) > 1
        )
    assert seen == [(0, 500), (200, 500)]
    assert list(tmp_path.iterdir()) == []
    assert not ALL_TEMP_FILES


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.sampled_from([Kind.TEXT, Kind.LABEL, Kind.CODE]))
def test_any_text_survives_excel(text: str, kind: Kind) -> None:
    with tempfile.TemporaryDirectory() as folder:
        value = written(Path(folder), sheet_of(text, kind))["A4"].value
    assert (value or "") == printable(text)
