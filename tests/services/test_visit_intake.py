"""Reception ledgers are taken in: lines of one visit together, corrected cells as changes, what is hidden left alone."""

from datetime import date
from pathlib import Path

import pytest

from station_app.domain.people import Gender
from station_app.domain.progress import State
from station_app.domain.reception import OpinionDraft, Receiver, ReceptionDay, Visit, VisitDraft, VisitorDraft
from station_app.services.intake import Preview, SheetKind
from station_app.station import Desks
from tests.documents.ugly_sheets import book

KIND = SheetKind.VISITS
HEAD = (
    "序号",
    "日 期",
    "姓名",
    "性别",
    "联系方式",
    "住址",
    "人数",
    "反映问题",
    "类别",
    "当场答复情况",
    "接待代表",
    "备注",
)


def taken(desks: Desks, path: Path) -> Preview:
    """Import a sheet and return what was previewed."""
    preview = desks.intake.preview(path, KIND)
    assert preview.problems == ()
    desks.intake.confirm(preview)
    return preview


def visits(desks: Desks) -> list[Visit]:
    """Return every visit, oldest first."""
    return desks.reception.visits_between("", "9999")


def words(desks: Desks, visit: Visit) -> list[str]:
    """Return what was said in a visit."""
    return [case.words for case in desks.reception.cases_of_visit(visit.id)]


def old_ledger(path: Path) -> Path:
    """Write a ledger as an office keeps it: merged visitors, dittoes, dates of every hand, totals, a signature."""
    return book(
        path,
        ("禾溪镇接待选民登记簿",),
        HEAD,
        (1, "2024.3.5", "王 小 福", "男", 14000000021, "竹坑村四组5号", 1, "路灯坏了两盏", "基础设施", "", "钟䶮", ""),
        (None, None, None, None, None, None, None, "水沟堵了", "环境卫生", "", None, ""),
        (2, "2024年3月5日", "匿名", "", "无", "", "3人", "问医保怎么交", "其他", "已告知窗口", "欧阳建国、肖敏", "紧急"),
        (3, date(2024, 4, 1), "李大姐等2人", "女", "1.4000000022E10", "上坪村", "", "=1+1不对", "没有的类", "", "站长", "代赖婆婆反映"),
        (4, "〃", "同上", "〃", "", "", "", "校车太挤", "", "引导至县人民法院", "〃", ""),
        ("小计", "", "", "", "", "", 6, "", "", "", "", ""),
        (5, "2024-05-06", "兰花", "女", "", "", 1, "", "", "", "肖敏", "送锦旗"),
        ("合　计", "5 批", "", "", "", "", 7),
        ("填表人：肖敏", "审核人："),
        merged=("A1:L1", "A3:A4", "B3:B4", "C3:C4", "E3:E4"),
        change=lambda page: setattr(page["H6"], "data_type", "s"),
    )  # fmt: skip


def test_an_old_ledger_is_taken_in_once_and_undone_in_one_step(desks: Desks, tmp_path: Path) -> None:
    sheet = old_ledger(tmp_path / "登记簿.xlsx")
    assert taken(desks, sheet).counts["new"] == 6
    first, anonymous, group, thanks = visits(desks)
    assert (first.name, first.on, first.phone, first.people) == ("王小福", "2024-03-05", "14000000021", 1)
    assert (first.address, first.village) == ("竹坑村四组5号", "竹坑村")
    assert first.receivers == (Receiver("钟䶮", 1),)
    assert words(desks, first) == ["路灯坏了两盏", "水沟堵了"]
    assert (anonymous.anonymous, anonymous.people, len(anonymous.receivers)) == (True, 3, 2)
    (case,) = desks.reception.cases_of_visit(anonymous.id)
    assert (case.urgent, case.progress.state, case.progress.answer) == (True, State.CLOSED, "已告知窗口")
    assert (group.name, group.people, group.on_behalf_of, group.village) == ("李大姐", 2, "赖婆婆", "上坪村")
    assert words(desks, group) == ["=1+1不对", "校车太挤"]
    led = desks.reception.cases_of_visit(group.id)[1]
    assert (led.progress.state, led.progress.route, led.category) == (State.REDIRECTED, "县人民法院", "其他")
    assert (thanks.notes, words(desks, thanks)) == ("送锦旗", [])
    assert desks.intake.preview(sheet, KIND).counts["unchanged"] == 6
    desks.housekeeping.undo()
    assert visits(desks) == []


def test_a_corrected_cell_is_a_change_and_a_new_line_joins_its_visit(desks: Desks, tmp_path: Path) -> None:
    head = ("日期", "姓名", "电话", "人数", "反映内容", "类别")
    old = ("2024-03-05", "王小福", "14000000021", 1, "路灯坏了两盏", "基础设施")
    taken(desks, book(tmp_path / "a.xlsx", head, old))
    later = book(
        tmp_path / "b.xlsx",
        head,
        ("2024-03-05", "王小福", "14000000029", 1, "路灯坏了两盏", "安全"),
        ("2024-03-05", "王小福", "14000000029", None, "水沟堵了", "环境卫生"),
    )
    preview = taken(desks, later)
    assert (preview.counts["changed"], preview.counts["new"]) == (1, 1)
    (visit,) = visits(desks)
    assert visit.phone == "14000000029"
    assert [case.category for case in desks.reception.cases_of_visit(visit.id)] == ["安全", "环境卫生"]


def test_numbers_of_our_own_are_kept_where_they_are_free(desks: Desks, tmp_path: Path) -> None:
    visitor = VisitorDraft(name="赖水长", no_phone=True)
    registered = desks.reception.register_visit(
        VisitDraft("2026-11-02", visitor, (Receiver("肖敏"),), (OpinionDraft(words="水渠裂了"),))
    ).value
    taken_number, free = registered.case_numbers[0], registered.case_numbers[0].replace("0001", "0077")
    sheet = book(
        tmp_path / "a.xlsx",
        ("编号", "接待日期", "姓名", "人数", "反映内容"),
        (taken_number, "2026-11-03", "兰花", 1, "桥栏杆松了"),
        (free, "2026-11-04", "叶青", 1, "站牌倒了"),
        ("6", "2026-11-05", "古玉梅", 1, "井盖没了"),
    )
    told = [[notice.reason for notice in row.row.notices] for row in taken(desks, sheet).rows]
    assert told == [[f"编号：{taken_number} 在登记簿里已经用过，新增时另编新号，这个号留作备查。"], [], []]
    numbers = {case.petitioner: case.number for case in desks.opinions.cases()}
    assert numbers["赖水长"] == taken_number
    assert numbers["叶青"] == free
    assert len({*numbers.values()}) == 4
    assert desks.intake.preview(sheet, KIND).counts["unchanged"] == 3


def test_a_visit_of_a_reception_day_belongs_to_it(desks: Desks, tmp_path: Path) -> None:
    day_id = desks.days.save(ReceptionDay(on="2026-11-20", place="圩镇流动接待点")).value
    desks.days.open(day_id)
    desks.days.end(day_id)
    head = ("姓名", "性别", "人数", "反映内容", "接待人")
    sheet = book(
        tmp_path / "a.xlsx",
        ("接待选民登记台账",),
        ("填报单位（盖章）：禾溪镇", "接待日：2026-11-20（农历十月）　地点：圩镇流动接待点", "报出日期：2026-11-21"),
        head,
        ("兰花", "女", 1, "桥栏杆松了", "肖敏"),
    )
    taken(desks, sheet)
    (visit,) = visits(desks)
    assert (visit.day_id, visit.on, visit.place, visit.gender) == (
        day_id,
        "2026-11-20",
        "圩镇流动接待点",
        Gender.FEMALE,
    )


def test_what_is_hidden_or_cut_leaves_the_register_alone(desks: Desks, tmp_path: Path) -> None:
    long = "村口到学校的路上没有路灯，" * 30
    head = ("编号", "接待日期", "姓名", "联系电话", "住址", "人数", "反映内容")
    taken(desks, book(tmp_path / "a.xlsx", head, ("7", "2024-03-05", "王小福", "14000000021", "竹坑村四组", 1, long)))
    shown = book(
        tmp_path / "b.xlsx",
        head,
        ("7", "2024-03-05", "王某", "140****0021", "竹坑村", 1, f"{long[:290]}……（全文见登记表）"),
    )
    preview = taken(desks, shown)
    assert preview.counts["unchanged"] == 1
    (visit,) = visits(desks)
    assert (visit.name, visit.phone, visit.address) == ("王小福", "14000000021", "竹坑村四组")
    assert words(desks, visit) == [long]


@pytest.mark.parametrize(
    ("line", "column", "told"),
    [
        (("2030-01-01", "王小福", "", "路灯坏了"), "A", "在今天之后"),
        (("", "王小福", "", "路灯坏了"), "A", "没有填写"),
        (("2024-03-05", "王小福", "1400000", "路灯坏了"), "", ""),
        (("2024-03-05", "王小福", "看名片", "路灯坏了"), "C", "不是电话号码"),
        (("2024-03-05", "王小福", "", ""), "D", "没有填写"),
    ],
)
def test_what_cannot_be_taken_in_is_told_with_its_cell(
    desks: Desks, tmp_path: Path, line: tuple[str, ...], column: str, told: str
) -> None:
    preview = desks.intake.preview(book(tmp_path / "a.xlsx", ("日期", "姓名", "电话", "反映内容"), line), KIND)
    assert [problem.column for problem in preview.problems] == ([column] if column else [])
    assert all(told in problem.reason for problem in preview.problems)


def test_what_was_corrected_by_hand_is_kept_unless_ticked(desks: Desks, tmp_path: Path) -> None:
    head = ("日期", "姓名", "住址", "人数", "反映内容")
    taken(desks, book(tmp_path / "a.xlsx", head, ("2024-03-05", "王小福", "竹坑村四组", 1, "路灯坏了")))
    (visit,) = visits(desks)
    draft = desks.reception.draft_of(visit.id)
    visitor = VisitorDraft(name="王小福", address="竹坑村五组", no_phone=True)
    desks.reception.correct_visit(
        visit.id, VisitDraft(draft.on, visitor, (Receiver("肖敏"),), draft.opinions, notes=draft.notes)
    )
    again = book(tmp_path / "b.xlsx", head, ("2024-03-05", "王小福", "竹坑村六组", 1, "路灯坏了"))
    preview = desks.intake.preview(again, KIND)
    assert (preview.counts["unchanged"], preview.rows[0].kept) == (1, 1)
    desks.intake.confirm(preview.overwriting({0}))
    assert visits(desks)[0].address == "竹坑村六组"


def test_dates_above_the_table_are_those_of_the_reception_not_of_the_report(desks: Desks, tmp_path: Path) -> None:
    sheet = book(
        tmp_path / "a.xlsx",
        ("填报单位：禾溪镇", "所属期：2026年10月", "报出日期：2026-11-05"),
        ("姓名", "性别", "人数", "反映内容"),
        ("兰花", "女", 1, "桥栏杆松了"),
    )
    preview = desks.intake.preview(sheet, KIND)
    assert [problem.reason for problem in preview.problems] == ["接待日期：没有填写，表头上面也没有写明接待日期。"]
    assert date.fromisoformat("2026-11-05") < desks.clock.today()


def test_erased_data_does_not_come_back_with_an_old_ledger(desks: Desks, tmp_path: Path) -> None:
    head = ("编号", "接待日期", "姓名", "联系电话", "住址", "人数", "反映内容")
    row = ("7", "2024-03-05", "王小福", "14000000021", "竹坑村四组", 1, "路灯坏了")
    taken(desks, book(tmp_path / "a.xlsx", head, row))
    (visit,) = visits(desks)
    desks.erasing.erase([visit.id], "2026-11-25", "本人要求", words_too=False)
    again = book(tmp_path / "b.xlsx", (*head, "类别"), (*row, "基础设施"))
    preview = desks.intake.preview(again, KIND)
    assert {"姓名", "联系电话", "住址"} <= {
        one.field.replace("选民（群众）", "") for one in preview.rows[0].differences
    }
    assert preview.counts["unchanged"] == 1
    desks.intake.confirm(preview)
    assert (visits(desks)[0].name, visits(desks)[0].phone, visits(desks)[0].address) == ("", "", "")
