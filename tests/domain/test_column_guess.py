"""A title that only resembles a field's, or cells that tell what they are, are a guess; what is far from both is none."""

import pytest

from station_app.domain.column_guess import guessed_key
from station_app.domain.opinion_sheet import OPINION_FIELDS
from station_app.domain.raw_sheet import Cell
from station_app.domain.roster_sheet import ROSTER_FIELDS


@pytest.mark.parametrize(
    ("title", "cells", "key"),
    [
        ("哪一级的代表", [], "levels"),
        ("备用", [], "phone2"),
        ("出生年月份", [], "birth_month"),
        ("家庭住址详细", [], "address"),
        ("相片", ["见附件"], ""),
        ("称呼", ["罗小满", "覃水生", "㛃玉"], ""),
        ("a", ["x"], ""),
        ("", [14000000001, "13900000000", "14000000003"], "phone"),
        ("打这个", [14000000001.0, "14000000002", 14000000003], "phone"),
        ("", ["男", "女", "男"], "gender"),
        ("", ["男", "女"], ""),
        ("", ["男", "女", "不详", "村", "镇"], ""),
    ],
)
def test_roster_columns(title: str, cells: list[Cell], key: str) -> None:
    assert guessed_key(title, cells, ROSTER_FIELDS, ()) == key


def test_a_field_that_a_column_has_is_guessed_for_no_other() -> None:
    assert guessed_key("备用", [], ROSTER_FIELDS, {"phone2"}) != "phone2"


@pytest.mark.parametrize("title", ["办理期限", "反馈日期", "办结日期", "满意度", "答复日期及类别", "交办(转办)日期"])
def test_nothing_is_guessed_for_the_columns_of_our_own_ledger(title: str) -> None:
    assert guessed_key(title, [], OPINION_FIELDS, {"raised_on", "unit", "category"}) == ""
