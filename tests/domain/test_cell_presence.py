"""Signs of presence of every hand, days in titles, and what is hidden or cut in a sheet for readers outside."""

from datetime import date

import pytest

from station_app.domain.cell_dates import day_in_title
from station_app.domain.cell_masks import is_cut, is_masked_name, is_masked_phone
from station_app.domain.cell_presence import read_presence
from station_app.domain.raw_sheet import Cell
from station_app.domain.reception import Presence


@pytest.mark.parametrize(
    ("cells", "presence"),
    [
        (("√", "✓", "V", "v", "●", "到", "已到", "出席", "已签到", "签", "是", 1, "1", "迟到"), Presence.PRESENT),
        (("△", "请假", "事假", "病假（住院）", "公假", "出差"), Presence.LEAVE),
        (("×", "✗", "x", "缺席", "缺", "未到", "未签到", 0, "0", "否"), Presence.ABSENT),
        (("", None, "—", "/", "应到", " "), Presence.PLANNED),
    ],
)
def test_signs_of_presence(cells: tuple[Cell, ...], presence: Presence) -> None:
    for cell in cells:
        assert read_presence(cell).value == (presence, ""), cell
        assert not read_presence(cell).reason


@pytest.mark.parametrize(("cell", "name"), [("代", ""), ("代李四", "李四"), ("替李四", "李四"), ("代（李四）", "李四")])
def test_standing_in_for_somebody(cell: str, name: str) -> None:
    assert read_presence(cell).value == (Presence.PRESENT, name)


@pytest.mark.parametrize("cell", ["？", "由李四代", "李四代", "hm"])
def test_what_does_not_tell_is_asked_about(cell: str) -> None:
    assert read_presence(cell).reason


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("3月5日", "--03-05"),
        ("3.5", "--03-05"),
        ("12/25", "--12-25"),
        ("2026-03-05", "2026-03-05"),
        ("2026年3月5日（逢圩）", "2026-03-05"),
        (date(2026, 3, 5), "2026-03-05"),
        ("13.40", ""),
        ("备注", ""),
        ("5日", ""),
        (None, ""),
    ],
)
def test_days_in_titles(cell: Cell, day: str) -> None:
    assert day_in_title(cell) == day


def test_what_is_hidden_or_cut() -> None:
    assert all(map(is_masked_name, ("张某", "李某某", "王**", "欧阳某", "*明")))
    assert not any(map(is_masked_name, ("张三", "买买提·吐尔逊", "匿名", "", "𠮷田")))
    assert all(map(is_masked_phone, ("140****1234", "1400xxxx234", "****1234")))
    assert not any(map(is_masked_phone, ("14000001234", "无", "", "0797-8812345")))
    assert is_cut("路灯坏了……（全文见登记表）")
    assert not is_cut("全文见登记表")


def test_a_colon_leaves_open_who_stood_in_for_whom() -> None:
    assert "看不出到没到" in read_presence("替：李四").reason
