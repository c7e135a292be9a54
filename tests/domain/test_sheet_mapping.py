"""Headers are found among titles and remarks; totals, notes and separators are no entries."""

import pytest

from station_app.domain.attendance_sheet import ATTENDANCE_FIELDS
from station_app.domain.group_sheet import GROUP_FIELDS
from station_app.domain.header_search import find_table, map_sheet
from station_app.domain.opinion_sheet import OPINION_FIELDS
from station_app.domain.problems import InvalidInput
from station_app.domain.raw_sheet import Cell, MergedRange, RawSheet
from station_app.domain.roster_sheet import ROSTER_FIELDS
from station_app.domain.sheet_mapping import Field, SheetMapping
from station_app.domain.table_rows import table_rows
from station_app.domain.visit_sheet import VISIT_FIELDS


def sheet(*rows: tuple[Cell, ...], merged: tuple[MergedRange, ...] = (), name: str = "表") -> RawSheet:
    return RawSheet(name, rows, merged)


def keys_by_letter(mapping: SheetMapping | None) -> dict[str, str]:
    assert mapping is not None
    return {column.letter: column.key for column in mapping.columns}


def test_every_synonym_means_one_field_only() -> None:
    for fields in (ROSTER_FIELDS, OPINION_FIELDS, VISIT_FIELDS, ATTENDANCE_FIELDS, GROUP_FIELDS):
        synonyms = [synonym for field in fields for synonym in field.synonyms]
        assert len(synonyms) == len(set(synonyms))
        assert all(synonym == synonym.lower().replace(" ", "").replace("（", "(") for synonym in synonyms)


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("姓 名", "name"),
        ("姓　名", "name"),
        ("代表姓名", "name"),
        ("出生\n年月", "birth_month"),
        ("代表阶层\n(层次)", "levels"),
        ("选区（选举单位）", "constituencies"),
        ("联系村（居）", "contact_villages"),
        ("工作单位\n及职务", "post"),
        ("单位职务", "post"),
        ("＊性别：", "gender"),
        ("电子版\n相片", ""),
    ],
)
def test_titles_are_recognised_whatever_the_typist_did(title: str, key: str) -> None:
    rows = sheet(("序号", "政治面貌", "学历", "姓名" if key != "name" else "民族", title))
    assert keys_by_letter(map_sheet(rows, ROSTER_FIELDS, ("party",)))["E"] == key


def test_two_header_rows_are_read_together_with_and_without_merged_cells() -> None:
    rows: tuple[tuple[Cell, ...], ...] = (
        ("花名册",),
        ("序号", "姓名", "性别", "手机号码", None, "备注"),
        (None, None, None, "移动", "电信"),
        (1, "张三", "男", "14000001234", None, "无"),
    )
    areas = (MergedRange(0, 0, 0, 5), MergedRange(1, 3, 1, 4), *(MergedRange(1, c, 2, c) for c in (0, 1, 2, 5)))
    for mapping in (
        map_sheet(sheet(*rows, merged=areas), ROSTER_FIELDS, ("name",)),
        map_sheet(sheet(*rows), ROSTER_FIELDS, ("name",)),
    ):
        assert mapping is not None
        assert mapping.header_rows == (2, 3)
        assert mapping.heading == ("花名册",)
        keys = {"A": "index", "B": "name", "C": "gender", "D": "phone", "E": "phone2", "F": "remark"}
        assert keys_by_letter(mapping) == keys


def test_a_group_title_above_the_real_titles_is_no_hindrance() -> None:
    mapping = map_sheet(
        sheet(
            ("序号", "基本情况", None, None, "备注"),
            (None, "姓名", "性别", "民族", None),
            (1, "张三", "男", "汉", "补选"),
            merged=(MergedRange(0, 1, 0, 3), MergedRange(0, 0, 1, 0), MergedRange(0, 4, 1, 4)),
        ),
        ROSTER_FIELDS,
        ("name",),
    )
    assert mapping is not None
    assert list(keys_by_letter(mapping).values()) == ["index", "name", "gender", "ethnicity", "remark"]
    assert mapping.header_rows[-1] == 2


def test_a_second_phone_column_is_the_second_phone() -> None:
    mapping = map_sheet(sheet(("姓名", "性别", "联系电话", "手机")), ROSTER_FIELDS, ("name",))
    assert list(keys_by_letter(mapping).values()) == ["name", "gender", "phone", "phone2"]


def test_unrecognised_columns_are_listed() -> None:
    mapping = map_sheet(sheet(("姓名", "性别", "民族", "爱好")), ROSTER_FIELDS, ("name",))
    assert mapping is not None
    assert [(column.letter, column.title) for column in mapping.unrecognised] == [("D", "爱好")]


def test_rows_that_are_no_entries_are_passed_over_with_the_reason() -> None:
    table = sheet(
        ("序号", "姓名", "性别", "民族"),
        (1, "张三", "男", "汉"),
        (),
        ("—— 县级代表 ——",),
        ("二、镇级代表",),
        ("序号", "姓名", "性别", "民族"),
        (2, "李四", "女", "汉"),
        (3,),
        ("合　计", "2人", 1, 1),
        ("其中：女1人",),
        ("注：请核对",),
        ("负责人：", "审核人：", "填表人：", "联系电话："),
    )
    mapping = map_sheet(table, ROSTER_FIELDS, ("name",))
    assert mapping is not None
    rows, skipped = table_rows(table, mapping, ("name",))
    assert [(row.number, row.cells["name"]) for row in rows] == [(2, "张三"), (7, "李四")]
    assert [row.number for row in skipped] == [4, 5, 6, 8, 9, 10, 11, 12]
    assert [row.reason for row in skipped][:3] == ["分隔行", "分隔行", "重复的表头"]


def test_the_fullest_table_of_a_book_is_read_and_the_others_are_named() -> None:
    small = sheet(("姓名", "性别", "备注"), name="旧")
    full = sheet(("姓名", "性别", "民族", "备注"), name="新")
    empty = sheet(name="Sheet3")
    chosen, mapping = find_table([small, full, empty], ROSTER_FIELDS, ("name",))
    assert (chosen.name, mapping.sheet, mapping.other_sheets) == ("新", "新", ("旧",))


def test_a_book_without_such_a_table_is_refused() -> None:
    letter = sheet(("关于做好代表工作的通知",), ("各村：",), ("姓名",))
    with pytest.raises(InvalidInput, match="没有找到表头"):
        find_table([letter], ROSTER_FIELDS, ("name",))


def test_fields_are_plain_values() -> None:
    field = Field("a", "甲", ("甲",))
    assert map_sheet(sheet(("甲",)), [field], ("a",)) is None
