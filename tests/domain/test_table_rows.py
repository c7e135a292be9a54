"""Which rows of a table are entries: a lone text is a separator only where separators stand."""

from station_app.domain.header_search import map_header
from station_app.domain.raw_sheet import Cell, MergedRange, RawSheet
from station_app.domain.table_rows import table_rows
from station_app.domain.visit_sheet import VISIT_FORM

HEAD: tuple[Cell, ...] = ("序号", "姓名", "性别", "反映内容")


def entries(*rows: tuple[Cell, ...], merged: tuple[MergedRange, ...] = ()) -> tuple[list[int], list[str]]:
    sheet = RawSheet("台账", (HEAD, *rows), merged)
    data, skipped = table_rows(sheet, map_header(sheet, 1, VISIT_FORM.fields, VISIT_FORM.required), VISIT_FORM.entry)
    return [row.number for row in data], [row.reason for row in skipped]


def test_a_further_matter_that_looks_like_a_separator_is_none() -> None:
    assert entries((1, "陈一", "男", "一、修路"), ("", "", "", "二、修渠")) == ([2, 3], [])
    merged = (MergedRange(1, 1, 2, 1),)
    assert entries((1, "陈一", "男", "一、修路"), ("", "", "", "（续）"), merged=merged) == ([2, 3], [])


def test_a_separator_at_the_left_is_one() -> None:
    assert entries(("一、十月", "", "", ""), (1, "陈一", "男", "修路")) == ([3], ["分隔行"])
    assert entries(("", "一、十月", "", ""), (1, "陈一", "男", "修路")) == ([3], ["分隔行"])


def test_a_foot_signed_by_several_is_no_entry() -> None:
    assert entries((1, "陈一", "男", "修路"), ("站长签字：", "", "填表人：王某", ""))[0] == [2]
