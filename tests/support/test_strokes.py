"""Names stand in the order of strokes in which lists of deputies are printed (以姓氏笔画为序)."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.support.strokes import stroke_key
from tests.support.surname_strokes import SURNAME_STROKES

STROKES = {entry[0]: entry[1:] for entry in SURNAME_STROKES.split()}
PRINTED_LIST = """
丁小川 丁秀英 于兰 于大勇 万春喜 习水根 马青 马文秀 马桂花 王山 王平 王花 王梅 王大林 王小满 王玉珍 王春生 王根土 王海棠 尤大有
车来喜 尹小禾 巴音·乌兰 艾山·木沙 石水秀 布小麦 卢禾 白春早 吉满仓 毕水清 曲大河 朱小满 刘禾 刘麦 刘大田 刘金豆 齐玉米 江水长
安小稻 许有田 阮成禾 孙禾 孙小麦 孙金谷 杜家禾 李田 李禾 李小谷 李玉米 李金豆 杨水根 杨麦秋 肖禾 吴小田 吴金谷 邱禾 何平安 应禾苗
冷秋 汪禾 汪小麦 沈大田 宋禾 宋秀禾 张小谷 张禾苗 陆禾 陈田 陈禾 陈小麦 苗禾 范小田 林禾 欧阳禾 罗小谷 金禾 周田 周小麦 郑禾 赵禾
赵小田 胡禾 钟禾 侯小麦 娄禾 姚小谷 骆禾 袁禾 袁小田 夏禾 徐禾 徐大田 徐小麦 郭禾 郭小谷 唐禾 黄禾 黄小田 曹小麦 龚禾 崔小谷
梁禾 韩禾 韩小田 程小麦 傅禾 鲁小谷 曾禾 谢小田 蓝禾 蔡禾 蔡小麦 雒禾 廖小谷 潘禾 戴小田 魏禾 魏小麦
"""
"""Invented people, with surnames in the order in which printed lists of congresses have them."""


def in_order(names: Sequence[str]) -> list[str]:
    """Return the names by strokes, whatever order they came in."""
    return sorted(sorted(names, reverse=True), key=stroke_key)


def test_surnames_stand_by_number_of_strokes_and_then_stroke_by_stroke() -> None:
    assert len(STROKES) >= 200
    listed = in_order([*STROKES])
    assert [(len(STROKES[each]), STROKES[each]) for each in listed] == sorted(
        (len(strokes), strokes) for strokes in STROKES.values()
    )


@pytest.mark.parametrize(
    "group", ["一乙", "二十丁厂七卜八人入儿匕几九刁了刀力乃又", "三干于亏工土士才下寸大丈与万上小口山"]
)
def test_equal_strokes_stand_as_the_table_of_characters_lists_them(group: str) -> None:
    """The first characters of 《通用规范汉字表》, level 1."""
    assert in_order([*group]) == [*group]


def test_a_printed_list_keeps_its_order() -> None:
    assert [each for each in pairwise(PRINTED_LIST.split()) if stroke_key(each[0]) > stroke_key(each[1])] == []


def test_a_given_name_of_one_character_stands_before_those_of_two() -> None:
    assert in_order(["高大富", "高富", "高一鸣", "高麟"]) == ["高富", "高麟", "高一鸣", "高大富"]


def test_the_same_surname_goes_by_the_given_name() -> None:
    assert in_order(["李大鸣", "李一鸣", "李大山"]) == ["李一鸣", "李大山", "李大鸣"]


def test_double_surnames_go_by_their_first_character() -> None:
    assert in_order(["洪少东", "欧阳少东", "欧阳东", "欧小东", "林东"]) == [
        "林东", "欧小东", "欧阳东", "欧阳少东", "洪少东",
    ]  # fmt: skip


def test_names_with_a_dot_go_by_their_first_character_and_the_dot_does_not_count() -> None:
    assert in_order(["张三", "阿依古丽·买买提", "艾力·依明", "丁一"]) == [
        "丁一",
        "艾力·依明",
        "张三",
        "阿依古丽·买买提",
    ]
    assert stroke_key("艾力·依明")[0] == stroke_key("艾力・依明")[0]


def test_simple_and_full_forms_and_rare_characters_of_the_table_are_known() -> None:
    assert in_order(["龍一", "龙一", "䶮一", "𬭚一", "㛃一"]) == ["龙一", "㛃一", "䶮一", "𬭚一", "龍一"]


def test_characters_nobody_knows_the_strokes_of_stand_last_by_their_code_point() -> None:
    assert in_order(["\U00020001一", "Amy", "\U00020000一", "龘一"]) == ["龘一", "Amy", "\U00020000一", "\U00020001一"]


@given(st.lists(st.text(alphabet="王李欧阳单于大小一·\U00020000A ", max_size=6), max_size=8))
def test_the_order_is_one_order_whatever_is_in_it(names: list[str]) -> None:
    assert in_order(names) == in_order(in_order(names)[::-1])
