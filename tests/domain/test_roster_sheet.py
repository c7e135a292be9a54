"""The office's roster is read row by row."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from station_app.documents.spreadsheet import read_workbook
from station_app.domain.header_search import map_header
from station_app.domain.people import EndReason, Gender, Level, Mandate
from station_app.domain.raw_sheet import Cell, RawSheet
from station_app.domain.roster_mandates import MandateEnd, level_of_heading, mandates_of
from station_app.domain.roster_sheet import (
    ROSTER_FORM,
    RosterRow,
    RosterSheet,
    read_roster,
    read_roster_table,
    roster_keys,
    roster_values,
)

SAMPLES = Path(__file__).parent.parent / "samples"
HEAD: tuple[Cell, ...] = ("姓名", "性别", "出生年月", "联系电话", "代表层级", "备注")


@pytest.fixture(scope="module")
def roster() -> RosterSheet:
    return read_roster(read_workbook(SAMPLES / "代表花名册_禾溪镇.xlsx"), ("上坪村", "白石村", "圩镇社区"))


def row(roster: RosterSheet, number: int) -> RosterRow:
    return next(row for row in roster.rows if row.row_number == number)


def read(*rows: tuple[Cell, ...], heading: str = "禾溪镇人大代表名册") -> tuple[RosterRow, ...]:
    return read_roster([RawSheet("表", ((heading,), HEAD, *rows))]).rows


def test_all_seventy_five_rows_are_read(roster: RosterSheet) -> None:
    assert len(roster.rows) == 75
    assert [skipped.number for skipped in roster.skipped] == [82, 83]
    assert roster.mapping.header_rows == (3, 4)
    assert [column.title for column in roster.mapping.unrecognised] == ["电子版相片"]
    genders = Counter(row.deputy.gender for row in roster.rows)
    assert genders == {Gender.MALE: 40, Gender.FEMALE: 35}
    assert Counter(row.deputy.ethnicity for row in roster.rows) == {"汉族": 58, "畲族": 16, "维吾尔族": 1}
    levels = Counter("、".join(mandate.level.value for mandate in row.deputy.mandates) for row in roster.rows)
    assert levels == {
        "township": 39, "county": 15, "county、township": 6, "city、county": 5, "provincial": 5, "national": 5,
    }  # fmt: skip
    assert all(row.deputy.birth_month and row.deputy.phone and row.deputy.mandates for row in roster.rows)


def test_the_first_row_is_read_right_in_every_column(roster: RosterSheet) -> None:
    deputy = row(roster, 5).deputy
    assert (deputy.name, deputy.gender, deputy.ethnicity, deputy.birth_month) == (
        "解生",
        Gender.MALE,
        "畲族",
        "1997-01",
    )
    assert (deputy.post, deputy.phone, deputy.phone2) == ("竹坑村镇农技站站长", "14006440811", "")
    assert (deputy.village, row(roster, 5).village_group) == ("竹坑村", 4)
    assert deputy.mandates == (Mandate(Level.TOWNSHIP, "第十八届"),)
    assert (deputy.id_number, deputy.address) == ("", "")


def test_every_spelling_of_the_birth_month_is_read(roster: RosterSheet) -> None:
    spelled = {
        5: "1997-01",
        6: "1965-12",
        7: "1967-05",
        8: "1967-12",
        9: "1957-12",
        10: "1959-07",
        11: "1993-12",
        12: "1993-01",
    }
    assert {number: row(roster, number).deputy.birth_month for number in spelled} == spelled


def test_names_phones_and_levels_of_the_uglier_rows(roster: RosterSheet) -> None:
    assert row(roster, 7).deputy.name == "㛃玉"
    assert row(roster, 23).deputy.name == "刘𬭚"
    assert row(roster, 32).deputy.name == "买买提·吐尔逊"
    assert row(roster, 46).deputy.name == "𠅤文远"
    assert row(roster, 9).deputy.phone == "14008010415"
    assert row(roster, 11).deputy.phone == "14008014904"
    assert (row(roster, 15).deputy.phone, row(roster, 15).deputy.phone2) == ("14008794283", "14006782090")
    assert [mandate.level for mandate in row(roster, 12).deputy.mandates] == [Level.CITY, Level.COUNTY]
    assert [mandate.level for mandate in row(roster, 17).deputy.mandates] == [Level.NATIONAL]
    assert row(roster, 6).deputy.village == "上坪村"
    assert row(roster, 26).deputy.village == "圩镇社区"


def test_the_term_in_the_title_belongs_to_the_congress_in_the_title(roster: RosterSheet) -> None:
    assert row(roster, 8).deputy.mandates == (Mandate(Level.COUNTY), Mandate(Level.TOWNSHIP, "第十八届"))


def test_two_people_of_one_name_stay_apart_and_the_doubtful_third_is_asked_about(roster: RosterSheet) -> None:
    assert [(found.row_number, bool(found.problems)) for found in roster.rows if found.deputy.name == "张伟"] == [
        (38, False),
        (39, False),
        (81, True),
    ]
    (problem,) = row(roster, 81).problems
    assert (problem.row, problem.column) == (81, "B")
    assert "第 38、39 行" in problem.reason
    assert [found.row_number for found in roster.rows if found.problems] == [81]


def test_a_remark_without_a_date_ends_no_mandate_but_is_pointed_out(roster: RosterSheet) -> None:
    moved = row(roster, 24)
    assert moved.deputy.remark == "已调离"
    assert moved.deputy.mandates[0].to_on == ""
    assert [(notice.row, notice.column) for notice in moved.notices] == [(24, "M")]
    assert [found.row_number for found in roster.rows if found.notices] == [24]


def test_a_remark_with_reason_and_date_ends_the_mandate() -> None:
    (found,) = read(("张三", "男", "1970-01", None, "镇", "2025年3月5日调离"))
    assert found.deputy.mandates[0].to_on == "2025-03-05"
    assert found.deputy.mandates[0].end_reason is EndReason.MOVED
    assert not found.notices


def test_an_ods_of_the_same_roster_gives_the_same_rows(roster: RosterSheet) -> None:
    again = read_roster(read_workbook(SAMPLES / "代表花名册_禾溪镇.ods"), ("上坪村", "白石村", "圩镇社区"))
    assert [column.key for column in again.mapping.columns] == [column.key for column in roster.mapping.columns]
    assert again.rows == roster.rows


def test_id_numbers_and_addresses_are_kept_only_when_asked_for() -> None:
    sheets = read_workbook(SAMPLES / "代表花名册_禾溪镇.xlsx")
    kept = read_roster(sheets, keep_id_numbers=True, keep_addresses=True)
    assert row(kept, 5).deputy.id_number == "999999199701038482"
    assert row(kept, 5).deputy.address == "禾溪镇竹坑村四组5号"
    assert row(kept, 5).values["id_number"] == "999999199701038482"
    # Three of the sample's numbers have a wrong check character: left out, pointed out, the deputy still comes.
    wrong = {found.row_number for found in kept.rows for notice in found.notices if notice.column == "F"}
    assert wrong == {21, 39, 74}
    assert not any(row(kept, number).deputy.id_number for number in wrong)


def test_a_person_who_stands_twice_in_the_sheet_is_a_problem_that_names_the_first_row() -> None:
    rows = read(
        ("张三", "男", "1970-01", "14000001111", "镇", None),
        ("张 三", "男", "1980-01", "140 0000 1111", "镇", None),
        ("张三", "男", "1970.1", None, "镇", None),
        ("张三", "男", "1990-01", "14000002222", "镇", None),
        ("张三", None, None, None, "镇", None),
    )
    assert [bool(found.problems) for found in rows] == [False, True, True, False, True]
    assert "第 3 行是同一人" in rows[1].problems[0].reason
    assert "第 3 行是同一人" in rows[2].problems[0].reason
    assert "分不清" in rows[4].problems[0].reason


def test_a_bad_cell_is_named_by_row_column_and_title() -> None:
    (found,) = read(("张三", "男", "1970.13", "1400abc", "村", None))
    assert [(problem.row, problem.column) for problem in found.problems] == [(3, "D"), (3, "E"), (3, "C")]
    assert found.problems[0].as_json() == {"row": 3, "column": "D", "reason": found.problems[0].reason}
    assert found.problems[0].reason.startswith("联系电话：")


def test_a_row_without_a_name_is_a_problem() -> None:
    (found,) = read((None, "男", "1970-01", None, "镇", None))
    assert [problem.reason for problem in found.problems] == ["姓名：没有填写。"]


def test_several_mandates_with_their_own_terms_and_cards() -> None:
    mandates = mandates_of(
        (Level.COUNTY, Level.TOWNSHIP), ("第十五届", "第十八届"), ("三选区",), ("X1", "Z9"), "", None, MandateEnd()
    )
    assert mandates == (
        Mandate(Level.COUNTY, "第十五届", "", "X1"),
        Mandate(Level.TOWNSHIP, "第十八届", "三选区", "Z9"),
    )


@pytest.mark.parametrize(
    ("heading", "level"),
    [
        ("禾溪镇人大代表信息名册表（第十八届）", Level.TOWNSHIP),
        ("清源县第十七届人大代表名册", Level.COUNTY),
        ("某某市人民代表大会代表", Level.CITY),
        ("代表花名册", None),
    ],
)
def test_the_heading_names_the_congress(heading: str, level: Level | None) -> None:
    assert level_of_heading(heading) == level


def test_a_row_and_the_deputy_it_made_have_the_same_values_and_keys(roster: RosterSheet) -> None:
    for found in roster.rows:
        values = roster_values(found.deputy)
        assert {key: values[key] for key in found.values} == found.values
        plain = roster_keys(found.deputy.name, found.deputy.phone, birth_month=found.deputy.birth_month)
        assert set(plain) <= set(found.keys)


def test_keys_are_unique_and_digests_differ(roster: RosterSheet) -> None:
    assert len({found.digest for found in roster.rows}) == 75
    keys = [key for found in roster.rows for key in found.keys]
    assert len(keys) == len(set(keys))


def test_what_stands_behind_a_name_in_brackets_is_no_part_of_it() -> None:
    first, second = read(
        ("韦秀英（女，壮族）", "", "1978-05", "", "镇", ""), ("覃水生（补选）", "男", "1978-05", "", "镇", "连任")
    )
    assert (first.deputy.name, first.deputy.gender, first.deputy.ethnicity) == ("韦秀英", Gender.FEMALE, "壮族")
    assert (second.deputy.name, second.deputy.remark) == ("覃水生", "连任；补选")
    assert [notice.column for notice in second.notices] == ["A"]


def test_a_gender_that_contradicts_the_brackets_and_a_mark_at_the_name_are_told() -> None:
    first, second = read(("韦秀英（女）", "男", "1978-05", "", "镇", ""), ("李四*", "男", "1978-05", "", "镇", ""))
    assert "不一致" in first.problems[0].reason
    assert "记号“*”" in second.problems[0].reason


def test_a_hidden_phone_is_no_problem_and_says_nothing() -> None:
    (found,) = read(("罗小满", "女", "1978-05", "140****0001", "镇", ""))
    assert (found.problems, found.values["phone"], found.notices[0].column) == ((), "", "D")


def test_two_registered_entries_that_look_alike_come_back_as_two() -> None:
    alike: tuple[Cell, ...] = ("罗小满", "女", "1978-05", "14000000001", "镇")
    head: tuple[Cell, ...] = ("姓名", "性别", "出生年月", "联系电话", "代表层级", "记录标识")
    rows = read_roster([RawSheet("表", (head, (*alike, "甲"), (*alike, "乙"), (*alike, "甲"), alike))]).rows
    assert [bool(row.problems) for row in rows] == [False, False, True, True]


def test_a_term_that_is_lost_for_want_of_a_level_is_named() -> None:
    rows = (("姓名", "性别", "届次", "选区"), ("罗小满", "女", "第十八届", "第一选区"))
    (found,) = read_roster([RawSheet("表", rows)]).rows
    assert "届次、选区（选举单位）也不登记" in found.notices[0].reason


def test_a_foot_in_several_cells_is_no_deputy() -> None:
    foot: tuple[Cell, ...] = ("制表人：王某", "审核人：", "", "李某", "日期：2026年10月")
    assert len(read(("罗小满", "女", "1978-05", "", "镇", ""), foot)) == 1


def test_names_beside_each_other_share_the_column_before_them() -> None:
    head: tuple[Cell, ...] = ("选区", "姓名", "性别", "姓名", "性别")
    rows = (head, ("第一选区", "罗一", "女", "罗二", "男"), ("第二选区", "罗三", "男", "", ""))
    found = read_roster([RawSheet("镇人大代表", rows)]).rows
    assert [(one.deputy.name, one.deputy.mandates[0].constituency) for one in found] == [
        ("罗一", "第一选区"), ("罗二", "第一选区"), ("罗三", "第二选区"),
    ]  # fmt: skip


def test_who_is_no_grown_up_was_not_elected() -> None:
    sheet = RawSheet("表", (HEAD, ("罗小满", "女", "2010-01", "", "镇", ""), ("罗大满", "女", "2008-11", "", "镇", "")))
    mapping = map_header(sheet, 1, ROSTER_FORM.fields, ROSTER_FORM.required)
    young, grown = read_roster_table(sheet, mapping, today=date(2026, 11, 25)).rows
    assert "不满 18 周岁" in young.problems[0].reason
    assert not grown.problems
