"""What comes out of ugly spreadsheets, row by row; everybody in them is invented."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from station_app.documents.spreadsheet_child import sheets_of
from station_app.documents.spreadsheet_kind import kind_of
from station_app.domain.opinion_sheet import read_opinions
from station_app.domain.raw_sheet import RawSheet
from station_app.domain.roster_sheet import RosterSheet, read_roster
from tests.documents import ugly_sheets as ugly

# row, name, levels, phone
Told = tuple[int, str, str, str]
ONE: Told = (2, "罗小满", "township", "14000000001")
TWO: Told = (3, "覃水生", "county township", "14000000002")
THREE: Told = (4, "㛃玉", "township", "14000000003")


def cells(path: Path) -> list[RawSheet]:
    return sheets_of(path, kind_of(path.read_bytes()[:4096]))


def read(make: Callable[[Path], Path], folder: Path, suffix: str = "xlsx") -> RosterSheet:
    return read_roster(cells(make(folder / f"名册.{suffix}")))


def told(roster: RosterSheet) -> list[Told]:
    return [
        (row.row_number, row.deputy.name, " ".join(m.level.value for m in row.deputy.mandates), row.deputy.phone)
        for row in roster.rows
        if not row.problems
    ]


def at(row: int, one: Told) -> Told:
    return (row, *one[1:])


def problems(roster: RosterSheet) -> list[tuple[int, str]]:
    return [(problem.row, problem.column) for row in roster.rows for problem in row.problems]


@pytest.mark.parametrize(
    ("make", "rows", "skipped"),
    [
        (ugly.header_in_row_twelve, [at(13, ONE), at(14, TWO)], []),
        (ugly.blank_rows_and_columns, [at(3, ONE), at(6, TWO)], []),
        (ugly.totals_in_the_middle, [at(3, TWO), at(6, ONE), at(7, THREE)], [2, 4, 5, 8, 9, 10, 11]),
        (ugly.table_from_column_c, [at(6, ONE), at(7, TWO)], []),
        (ugly.hidden_rows, [ONE, TWO, THREE], []),
        (ugly.several_worksheets, [ONE, at(3, THREE)], []),
        (ugly.full_width_everything, [(2, "罗小满", "county township", "14000000001")], []),
        (ugly.titles_with_blanks_and_breaks, [ONE], []),
        (ugly.titles_in_other_words, [ONE], []),
    ],
)
def test_the_table_is_found_and_only_people_are_read(
    tmp_path: Path, make: Callable[[Path], Path], rows: list[Told], skipped: list[int]
) -> None:
    roster = read(make, tmp_path)
    assert told(roster) == rows
    assert problems(roster) == []
    assert [row.number for row in roster.skipped] == skipped


def test_a_title_names_the_term_of_its_own_congress(tmp_path: Path) -> None:
    second = read(ugly.header_in_row_twelve, tmp_path).rows[1].deputy
    assert [(mandate.level.value, mandate.term) for mandate in second.mandates] == [
        ("county", ""),
        ("township", "第十八届"),
    ]


def test_several_names_in_a_cell_are_a_problem_of_that_cell(tmp_path: Path) -> None:
    roster = read(ugly.several_names_in_a_cell, tmp_path)
    assert [name for _, name, _, _ in told(roster)] == ["罗小满", "王五"]
    assert problems(roster) == [(3, "B")]
    assert "2 个姓名" in roster.rows[1].problems[0].reason


def test_a_month_is_read_in_every_spelling(tmp_path: Path) -> None:
    roster = read(ugly.dates_in_all_spellings, tmp_path)
    assert len(roster.rows) == len(ugly.DATES) == 19
    assert [row.deputy.birth_month for row in roster.rows] == [month for _, month in ugly.DATES]
    assert problems(roster) == []


def test_a_phone_is_read_in_every_spelling_and_lost_digits_are_told(tmp_path: Path) -> None:
    roster = read(ugly.phones_in_all_spellings, tmp_path)
    kept = len(ugly.PHONES)
    assert [row.deputy.phone for row in roster.rows[:kept]] == [phone for _, phone in ugly.PHONES]
    assert problems(roster) == [(kept + 2, "C"), (kept + 3, "C")]
    assert "科学计数法" in roster.rows[kept].problems[0].reason


def test_of_two_columns_with_one_title_the_second_phone_is_kept_and_the_second_remark_named(tmp_path: Path) -> None:
    roster = read(ugly.equal_titles, tmp_path)
    deputy = roster.rows[0].deputy
    assert (deputy.phone, deputy.phone2, deputy.remark) == ("14000000001", "14000000011", "甲")
    assert [(column.letter, column.title) for column in roster.mapping.unrecognised] == [("F", "备注")]


def test_formulas_give_what_excel_kept_and_errors_nothing(tmp_path: Path) -> None:
    deputy = read(ugly.formulas_and_errors, tmp_path).rows[0].deputy
    assert (deputy.name, deputy.gender.value, deputy.ethnicity, deputy.remark) == ("罗小满", "female", "", "")


def test_money_and_percent_are_the_numbers_they_were(tmp_path: Path) -> None:
    (row,) = read_opinions(cells(ugly.percents_and_currency(tmp_path / "台账.xlsx")), date(2026, 11, 22)).rows
    assert (row.number, row.raised_on, row.petitioner.people, row.phone) == ("6", "2025-03-05", 3, "14000000001")


def test_tables_side_by_side_are_read_both(tmp_path: Path) -> None:
    roster = read(ugly.side_by_side, tmp_path)
    assert told(roster) == [
        (3, "罗小满", "township", "14000000001"),
        (3, "㛃玉", "township", "14000000003"),
        (4, "覃水生", "county", "14000000002"),
    ]
    assert [row.problems for row in roster.rows] == [(), (), ()]
    assert [column.letter for column in roster.mapping.further[0].columns] == ["F", "G", "H", "I"]


def test_tables_one_below_the_other_keep_their_own_columns_and_terms(tmp_path: Path) -> None:
    roster = read(ugly.one_below_the_other, tmp_path)
    assert told(roster) == [(3, "罗小满", "township", "14000000001"), (7, "覃水生", "county", "14000000002")]
    assert [row.deputy.mandates[0].term for row in roster.rows] == ["第十八届", "第十七届"]
    assert [row.deputy.ethnicity for row in roster.rows] == ["", "壮族"]
    assert roster.skipped == ()


def test_the_worksheets_that_are_not_read_are_named(tmp_path: Path) -> None:
    assert read(ugly.several_worksheets, tmp_path).mapping.other_sheets == ("县代表",)


def test_a_cell_merged_downwards_holds_for_each_of_its_rows(tmp_path: Path) -> None:
    assert [levels for _, _, levels, _ in told(read(ugly.merged_downwards, tmp_path))] == [
        "township", "township", "county", "county",
    ]  # fmt: skip


def test_levels_may_be_ticked_in_a_column_each(tmp_path: Path) -> None:
    roster = read(ugly.levels_ticked, tmp_path)
    assert [(name, levels) for _, name, levels, _ in told(roster)] == [
        ("罗小满", "township"),
        ("覃水生", "city county township"),
        ("㛃玉", "county"),
    ]
    assert problems(roster) == [(6, "F")]
    assert roster.rows[1].values["levels"] == "city,county,township"


def test_remarks_end_a_mandate_only_with_a_date(tmp_path: Path) -> None:
    roster = read(ugly.remarks_that_tell_ends, tmp_path)
    assert [row.deputy.mandates[0].to_on for row in roster.rows] == ["2025-03-05", "", ""]
    assert [[notice.column for notice in row.notices] for row in roster.rows] == [[], ["D"], []]


def test_text_in_gb18030_keeps_its_rare_characters(tmp_path: Path) -> None:
    roster = read(ugly.gb18030_text, tmp_path, "csv")
    assert [(name, levels) for _, name, levels, _ in told(roster)] == [
        ("㛃玉", "township"), ("𠅤文远", "county"), ("阿依古丽·买买提", "township"),
    ]  # fmt: skip
    assert roster.rows[2].deputy.remark == "甲，乙"


def test_text_in_utf16_is_read(tmp_path: Path) -> None:
    names = [name for _, name, _, _ in told(read(ugly.utf16_text, tmp_path, "csv"))]
    assert names == ["罗小满", "𬭚文"]


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_old_formats_say_the_same_as_new_ones(tmp_path: Path, suffix: str) -> None:
    old = read_roster(cells(ugly.SAMPLES / f"旧格式名册.{suffix}"))
    new = read(ugly.old_formats, tmp_path)
    assert told(old) == told(new) == [
        (3, "罗小满", "township", "14000000001"), (4, "㛃玉", "county township", "14000000003"),
    ]  # fmt: skip
    assert [row.deputy for row in old.rows] == [row.deputy for row in new.rows]
    assert [row.number for row in old.skipped] == [5]
