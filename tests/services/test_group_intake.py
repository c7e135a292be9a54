"""Sheets of groups are taken in: several names in a cell or a line a member; the days before stay; undone in one step."""

from pathlib import Path

import pytest

from station_app.domain.groups import GroupKind
from station_app.domain.people import Deputy, Level, Mandate
from station_app.services.intake import Preview, SheetKind
from station_app.station import Desks
from tests.documents.ugly_sheets import book

KIND = SheetKind.GROUPS
TODAY = "2026-11-25"
HEAD = ("序号", "小组名称", "类型", "组长", "成员(层级)", "联系村（居）、网格", "联系户数", "进站安排", "备注")


@pytest.fixture(autouse=True)
def more_deputies(desks: Desks) -> None:
    """Add two namesakes and two others to the roster."""
    for name, level, phone in (
        ("张伟", Level.COUNTY, "14000000011"),
        ("张伟", Level.TOWNSHIP, "14000000012"),
        ("买买提·吐尔逊", Level.TOWNSHIP, ""),
        ("张三", Level.TOWNSHIP, ""),
    ):
        desks.roster.save_deputy(Deputy(name, phone=phone, mandates=(Mandate(level, from_on="2021-11-01"),)))


def taken(desks: Desks, path: Path) -> Preview:
    """Import a sheet and return what was previewed."""
    preview = desks.intake.preview(path, KIND)
    desks.intake.confirm(preview)
    return preview


def members(desks: Desks, group: str, on: str = TODAY) -> list[tuple[str, bool]]:
    """Return who is in a group on a day, and who leads."""
    names = {one.id: one.phone or one.name for one in desks.roster.deputies()}
    found = next(one for one in desks.grouping.groups() if one.name == group)
    return sorted((names[one.deputy_id], one.leader) for one in found.members_on(on))


def overview(path: Path) -> Path:
    """Write an overview as an office types it: torn names, levels in brackets, line breaks, a village that is new."""
    return book(
        path,
        ("禾溪镇人大代表编组一览表",),
        ("填报单位（盖章）：禾溪镇人大主席团",),
        HEAD,
        (1, "竹坑片区小组", "片区", "钟䶮", "钟䶮（县、镇）、张 三\n张伟(县)", "竹坑村（第一网格、第二网格）、石门村", "约120户", "逢圩日", ""),
        (2, "农业小组", "专业", "", "组长：欧阳建国；成员：买买提.吐尔逊 张伟（镇）", "全镇", "", "", "＝新设"),
        ("合计", "2 组"),
        ("负责人：", "审核人：", "填表人：肖敏"),
        merged=("A1:I1", "A2:I2"),
    )  # fmt: skip


def test_an_overview_is_taken_in_once_and_undone_in_one_step(desks: Desks, tmp_path: Path) -> None:
    sheet = overview(tmp_path / "编组.xlsx")
    preview = taken(desks, sheet)
    assert (preview.counts["new"], preview.new_villages) == (2, ("石门村",))
    assert members(desks, "竹坑片区小组") == [("14000000011", False), ("张三", False), ("钟䶮", True)]
    assert members(desks, "农业小组") == [("14000000012", False), ("买买提·吐尔逊", False), ("欧阳建国", True)]
    area, field = sorted(desks.grouping.groups(), key=lambda one: one.position)
    assert (area.kind, area.households, len(area.grid_ids), len(area.village_ids)) == (GroupKind.AREA, 120, 2, 1)
    assert (field.kind, field.remark, field.village_ids) == (GroupKind.FIELD, "＝新设", ())
    assert members(desks, "竹坑片区小组", "2026-11-24") == []
    assert desks.intake.preview(sheet, KIND).counts["unchanged"] == 2
    desks.housekeeping.undo()
    assert desks.grouping.groups() == []
    assert "石门村" not in {village.name for village in desks.settings.villages()}


def test_who_is_missing_leaves_and_who_is_new_joins_today(desks: Desks, tmp_path: Path) -> None:
    taken(desks, overview(tmp_path / "编组.xlsx"))
    sheet = book(tmp_path / "b.xlsx", HEAD, (1, "竹坑片区小组", "片区小组", "张三", "张三、欧阳建国", "", "", "", ""))
    preview = taken(desks, sheet)
    assert "张伟(县)" in preview.rows[0].remark
    assert members(desks, "竹坑片区小组") == [("张三", True), ("欧阳建国", False)]
    area = next(one for one in desks.grouping.groups() if one.name == "竹坑片区小组")
    assert (area.households, len(area.grid_ids)) == (120, 2)  # a blank cell erases nothing


def test_an_unknown_member_is_a_problem_and_the_rest_goes_in_only_when_ticked(desks: Desks, tmp_path: Path) -> None:
    sheet = book(
        tmp_path / "a.xlsx", HEAD, (1, "竹坑片区小组", "片区", "", "钟䶮、无此人、李某某", "竹坑村", 5, "", "")
    )
    preview = taken(desks, sheet)
    assert preview.counts == {"new": 0, "changed": 0, "unchanged": 0, "problem": 1}
    assert [problem.column for problem in preview.problems] == ["E", "E"]
    assert desks.grouping.groups() == []
    ticked = preview.overwriting({0})
    assert "无此人、李某某" in ticked.rows[0].remark
    desks.intake.confirm(ticked)
    assert members(desks, "竹坑片区小组") == [("钟䶮", False)]
    assert desks.intake.preview(sheet, KIND).counts["problem"] == 1  # still: nobody knows who they are


def test_a_line_a_member_with_dates(desks: Desks, tmp_path: Path) -> None:
    sheet = book(
        tmp_path / "成员.xlsx",
        ("小组", "类型", "姓名", "代表层级", "是否组长", "编入日期", "移出日期"),
        ("竹坑片区小组", "片区小组", "钟䶮", "", "√", "2024.3.1", ""),
        (None, None, "欧阳建国", "", "", "2024年3月1日", "2025-06-30"),
        (None, None, "张伟", "镇", "组员", "20240301", ""),
        ("农业小组", "专业小组", "张三", "", "", "2024-03-01", ""),
        merged=("A2:A4", "B2:B4"),
    )
    assert taken(desks, sheet).counts["new"] == 4
    assert members(desks, "竹坑片区小组") == [("14000000012", False), ("钟䶮", True)]
    assert members(desks, "竹坑片区小组", "2025-06-29")[1] == ("欧阳建国", False)
    assert members(desks, "竹坑片区小组", "2024-02-29") == []
    assert desks.intake.preview(sheet, KIND).counts["unchanged"] == 4
    desks.housekeeping.undo()
    assert desks.grouping.groups() == []


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ((1, "甲组", "片区", "", "张伟", "", "", "", ""), "有 2 位“张伟”"),
        ((1, "甲组", "什么组", "", "张三", "", "", "", ""), "看不出是哪一种"),
        ((1, "甲组", "片区", "", "张三", "第三片", "", "", ""), "看不出是哪个村(居)"),
        ((1, "甲组", "片区", "", "张三", "", "许多", "", ""), "不是整数"),
        ((1, "", "片区", "", "张三", "", "", "", ""), "没有填写"),
    ],
)
def test_what_cannot_be_taken_in_is_told(desks: Desks, tmp_path: Path, line: tuple[object, ...], told: str) -> None:
    preview = desks.intake.preview(book(tmp_path / "a.xlsx", HEAD, line), KIND)
    assert [told in problem.reason for problem in preview.problems] == [True]


def test_nobody_gets_into_two_area_groups(desks: Desks, tmp_path: Path) -> None:
    sheet = book(
        tmp_path / "a.xlsx",
        HEAD,
        (1, "甲组", "片区", "", "张三、钟䶮", "", "", "", ""),
        (2, "乙组", "片区", "", "张三", "", "", "", ""),
        (3, "丙组", "专业", "", "张三", "", "", "", ""),
    )
    preview = desks.intake.preview(sheet, KIND)
    assert [(one.row, one.column) for one in preview.problems] == [(3, "E")]
    assert preview.counts["new"] == 2
