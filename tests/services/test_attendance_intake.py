"""Sign-in sheets are taken in: a line a deputy or days across; missing days are made; undone in one step."""

from datetime import date, time
from pathlib import Path

import pytest

from station_app.domain.people import Deputy, Level, Mandate
from station_app.domain.reception import DayState, Presence, ReceptionDay
from station_app.services.intake import Preview, SheetKind
from station_app.station import Desks
from tests.documents.ugly_sheets import book

KIND = SheetKind.ATTENDANCE


def taken(desks: Desks, path: Path) -> Preview:
    """Import a sheet and return what was previewed."""
    preview = desks.intake.preview(path, KIND)
    desks.intake.confirm(preview)
    return preview


def presences(desks: Desks, on: str) -> dict[str, Presence]:
    """Return who is how on a day."""
    return {one.name: one.presence for day in desks.days.between(on, on) for one in day.attendance}


def test_days_across_with_ticks_of_every_hand(desks: Desks, tmp_path: Path) -> None:
    sheet = book(
        tmp_path / "进站.xlsx",
        ("2026年上半年代表进站接待情况表",),
        ("序号", "姓名", "代表层级", "3月5日", "3.12", date(2026, 3, 19), "4月2日（逢圩）", "合计"),
        (1, "钟 䶮", "县", "√", "v", "请假", None, 2),
        (2, "欧阳建国", "镇", "×", "—", "代钟䶮", "●", 2),
        ("合计", "", "", 1, 1, 1, 1, 4),
        merged=("A1:H1",),
    )
    assert taken(desks, sheet).counts == {"new": 6, "changed": 0, "unchanged": 0, "problem": 0}
    assert presences(desks, "2026-03-05") == {"钟䶮": Presence.PRESENT, "欧阳建国": Presence.ABSENT}
    assert presences(desks, "2026-03-12") == {"钟䶮": Presence.PRESENT}
    assert presences(desks, "2026-03-19") == {"钟䶮": Presence.LEAVE, "欧阳建国": Presence.PRESENT}
    assert presences(desks, "2026-04-02") == {"欧阳建国": Presence.PRESENT}
    day = desks.days.between("2026-03-19", "2026-03-19")[0]
    assert (day.state, day.attendance[0].level, day.attendance[1].stands_in_for) == (DayState.HELD, Level.COUNTY, 1)
    assert desks.intake.preview(sheet, KIND).counts["unchanged"] == 6
    desks.housekeeping.undo()
    assert [day.on for day in desks.days.between()] == ["2026-11-25"]


def test_days_across_need_no_other_column_than_the_name(desks: Desks, tmp_path: Path) -> None:
    rows = (("2026年代表进站情况",), ("姓名", "3月5日", "3月12日"), ("钟䶮", "√", ""), ("欧阳建国", "", "×"))
    assert taken(desks, book(tmp_path / "进站.xlsx", *rows)).counts["new"] == 2
    assert presences(desks, "2026-03-12") == {"欧阳建国": Presence.ABSENT}
    desks.housekeeping.undo()


def test_a_day_across_that_the_year_has_not_is_told_at_its_cell(desks: Desks, tmp_path: Path) -> None:
    rows = (("2026年代表进站情况",), ("姓名", "2月29日", "3月12日"), ("钟䶮", "√", "√"))
    preview = desks.intake.preview(book(tmp_path / "进站.xlsx", *rows), KIND)
    assert [(one.row, one.column) for one in preview.problems] == [(3, "B")]
    assert preview.counts["new"] == 1


def test_a_day_that_is_there_is_used_and_becomes_held(desks: Desks, tmp_path: Path) -> None:
    sheet = book(
        tmp_path / "签到表.xlsx",
        ("代表接待选民签到表",),
        ("日期：2026-11-25　地点：圩镇流动接待点",),
        ("序号", "姓名", "代表层级", "单位及职务", "签名", "联系电话", "备注"),
        (1, "钟䶮", "", "", "钟䶮", "", ""),
        (2, "欧阳建国", "镇", "", "", "", "请假"),
        ("负责人：", "审核人：", "填表人：肖敏"),
    )
    preview = taken(desks, sheet)
    assert preview.counts["changed"] == 2  # both were expected that day
    day = desks.days.between("2026-11-25", "2026-11-25")[0]
    assert (day.id, day.state) == (1, DayState.HELD)
    assert presences(desks, "2026-11-25") == {"钟䶮": Presence.PRESENT, "欧阳建国": Presence.LEAVE}
    assert desks.intake.preview(sheet, KIND).counts["unchanged"] == 2


def test_a_merged_date_holds_for_its_lines_and_the_time_is_kept(desks: Desks, tmp_path: Path) -> None:
    sheet = book(
        tmp_path / "进站接待.xlsx",
        ("接待日期", "代表姓名", "层级", "签到时间", "地点"),
        (date(2026, 5, 6), "钟䶮", "镇", time(8, 55), "松岗社区流动接待点"),
        (None, "欧阳建国", "镇", "9点5分", "松岗社区流动接待点"),
        merged=("A2:A3",),
    )
    taken(desks, sheet)
    day = desks.days.between("2026-05-06", "2026-05-06")[0]
    assert day.place == "松岗社区流动接待点"
    assert [(one.arrived_at, one.level) for one in day.attendance] == [
        ("08:55", Level.TOWNSHIP), ("09:05", Level.TOWNSHIP),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "column", "told"),
    [
        (("2026-05-06", "无此人", "镇", "√"), "B", "名册里没有“无此人”"),
        (("2026-05-06", "钟䶮", "镇", "？"), "D", "看不出到没到"),
        (("2026-05-06", "钟䶮", "镇", "由欧阳建国代"), "D", "在“欧阳建国”那里写“代”"),
        (("2027-05-06", "钟䶮", "镇", "√"), "A", "在今天之后"),
        (("", "钟䶮", "镇", "√"), "A", "没有填写"),
        (("2026-05-06", "钟䶮、欧阳建国", "镇", "√"), "B", "请一人一行"),
        (("2026-05-06", "张伟", "镇", "√"), "B", "有 2 位“张伟”"),
        (("2026-06-01", "钟䶮", "镇", "√"), "A", "登记为“取消”"),
    ],
)
def test_what_cannot_be_taken_in_is_told_with_its_cell(
    desks: Desks, tmp_path: Path, line: tuple[str, ...], column: str, told: str
) -> None:
    for village in ("竹坑村", "上坪村"):
        mandates = (Mandate(Level.TOWNSHIP, from_on="2021-11-01"),)
        desks.roster.save_deputy(Deputy("张伟", remark=village, mandates=mandates))
    cancelled = desks.days.save(ReceptionDay(on="2026-06-01", place="联络站")).value
    desks.days.call_off(cancelled, DayState.CANCELLED, "防汛")
    sheet = book(tmp_path / "签到.xlsx", ("日期", "姓名", "代表层级", "签到"), line)
    preview = desks.intake.preview(sheet, KIND)
    (problem,) = preview.problems
    assert (problem.row, problem.column) == (2, column)
    assert told in problem.reason


def test_one_day_and_deputy_is_there_once(desks: Desks, tmp_path: Path) -> None:
    sheet = book(
        tmp_path / "重复.xlsx",
        ("日期", "姓名", "层级", "签到"),
        ("2026-05-06", "钟䶮", "镇", "√"),
        ("2026.5.6", "钟䶮", "镇", "请假"),
    )
    preview = taken(desks, sheet)
    assert [problem.row for problem in preview.problems] == [3]
    assert presences(desks, "2026-05-06") == {"钟䶮": Presence.PRESENT}


def test_a_sign_in_that_was_corrected_by_hand_is_kept(desks: Desks, tmp_path: Path) -> None:
    sheet = book(tmp_path / "a.xlsx", ("日期", "姓名", "层级", "签到"), ("2026-05-06", "钟䶮", "镇", "√"))
    taken(desks, sheet)
    day = desks.days.between("2026-05-06", "2026-05-06")[0]
    desks.days.sign_in(day.id, 1, Presence.LEAVE)
    changed = book(tmp_path / "b.xlsx", ("日期", "姓名", "层级", "签到"), ("2026-05-06", "钟䶮", "镇", "缺席"))
    preview = desks.intake.preview(changed, KIND)
    assert [row.kept for row in preview.rows] == [1]
    desks.intake.confirm(preview)
    assert presences(desks, "2026-05-06") == {"钟䶮": Presence.LEAVE}
    desks.intake.confirm(preview.overwriting({0}))
    assert presences(desks, "2026-05-06") == {"钟䶮": Presence.ABSENT}
