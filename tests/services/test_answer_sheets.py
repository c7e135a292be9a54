"""Sheets that units fill in: a round trip through the workbook, messy cells, and everything that may be wrong with it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from station_app.domain.answer_classes import PRESETS
from station_app.domain.events import EventKind
from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.opinion import Case, Openness
from station_app.domain.papers import PaperKind
from station_app.domain.problems import InvalidInput
from station_app.domain.progress import State
from station_app.domain.station import Tier, Unit
from station_app.services.opinion_desk import DeputyOpinionDraft
from station_app.station import Desks
from station_app.support.faults import NotAllowed
from tests.services.filled_sheets import COLUMNS, GOOD, edit, fill, kinds, only, put, sheet_of

ON = "2026-11-25"


@pytest.fixture
def cases(desks: Desks) -> list[Case]:
    """Four matters with 镇水务站, handed over on 2026-11-20."""
    made = []
    for words in ("建议清淤上坪水渠", "=建议修桥头护栏", "建议增设路灯", "建议检修泵房"):
        case_id = desks.opinions.register_deputy_opinion(DeputyOpinionDraft("2026-11-18", 1, words)).value
        hand_over = MoveDraft(Move.HAND_OVER, "2026-11-20", tier=Tier.TOWNSHIP, unit_id=1)
        made.append(desks.opinions.move(case_id, hand_over).value)
    return made


@pytest.fixture
def unit(desks: Desks) -> Unit:
    return next(unit for unit in desks.settings.units() if unit.name == "镇水务站")


@pytest.fixture
def path(desks: Desks, cases: list[Case], unit: Unit, tmp_path: Path) -> Path:
    made = tmp_path / "回填表.xlsx"
    assert len(cases) == 4
    desks.answer_sheets.write(unit, made)
    return made


def test_the_sheet_is_locked_but_for_the_cells_to_fill_in(path: Path) -> None:
    sheet = sheet_of(path)
    assert sheet.protection.sheet
    assert [sheet[f"{COLUMNS[key]}5"].protection.locked for key in ("number", "uid", "text", "answered_on")] == [
        True, True, False, False,
    ]  # fmt: skip
    assert [sheet.column_dimensions[letter].hidden for letter in "MNO"] == [False, True, True]
    assert sheet["C6"].value.endswith("=建议修桥头护栏")
    assert sheet["C6"].data_type == "s"
    assert "A 已解决或基本解决" in sheet["A3"].value
    assert {check.type for check in sheet.data_validations.dataValidation} == {"date", "list"}


def test_answers_come_back_in_one_step_that_is_undone_as_one(desks: Desks, cases: list[Case], path: Path) -> None:
    promised = {**GOOD, "class": "B", "text": "已列入计划", "promised_on": date(2027, 3, 31), "phone": "14000000100"}
    fill(path, {1: GOOD, 2: promised, 3: {"wanted_on": "2027年1月15日", "reason": "等材料"}})
    preview = desks.answer_sheets.preview(path)
    assert kinds(preview) == ["answer", "answer", "extension", "empty"]
    assert desks.opinions.cases() == cases_as_printed(desks, cases)  # nothing is written by looking
    done = desks.answer_sheets.confirm(preview)
    first, second, third, fourth = (desks.opinions.case(case.id) for case in cases)
    assert (first.progress.answer, first.progress.answered_on, first.progress.answer_class) == (
        "已清淤 300 米。", "2026-11-24", "A",
    )  # fmt: skip
    assert (second.progress.promised_on, second.progress.answer_phone) == ("2027-03-31", "14000000100")
    assert (third.progress.extension_wanted, third.progress.state) == ("2027-01-15", State.HANDLING)
    assert fourth.progress.state is State.HANDLING
    assert desks.papers.by_code(preview.paper.code).returned_on == ON
    assert desks.housekeeping.undo().step_id == done.step_id
    assert [desks.opinions.case(case.id).progress.answered_on for case in cases] == [""] * 4
    assert desks.papers.by_code(preview.paper.code).returned_on == ""


def cases_as_printed(desks: Desks, cases: list[Case]) -> list[Case]:
    """Return the matters as they are since the sheet went out: only that is noted."""
    found = [desks.opinions.case(case.id) for case in cases]
    assert all(case.events[-1].kind is EventKind.PRINTED for case in found)
    return found


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2026.11.24", "2026-11-24"),
        ("２０２６．１１．２４", "2026-11-24"),
        ("2026年11月24日", "2026-11-24"),
        ("2026/11/24 ", "2026-11-24"),
        (20261124, "2026-11-24"),
        (46350, "2026-11-24"),
        (datetime.fromisoformat("2026-11-24T08:30"), "2026-11-24"),
    ],
)
def test_dates_are_read_as_offices_write_them(desks: Desks, path: Path, typed: object, read: str) -> None:
    fill(path, {1: {**GOOD, "answered_on": typed}})
    draft = only(desks.answer_sheets.preview(path), "answer").draft
    assert draft is not None
    assert draft.on == read


@pytest.mark.parametrize("typed", ["b", "Ｂ", " B类 ", "B：正在解决", "Ｂ 类", "正在解决或已启动"])
def test_classes_are_read_as_offices_write_them(desks: Desks, path: Path, typed: str) -> None:
    fill(path, {1: {**GOOD, "class": typed}})
    draft = only(desks.answer_sheets.preview(path), "answer").draft
    assert draft is not None
    assert draft.answer_class == "B"


def test_a_phone_that_excel_took_for_a_number_keeps_its_digits(desks: Desks, path: Path) -> None:
    fill(path, {1: {**GOOD, "phone": 14000000100}, 2: {**GOOD, "phone": "１４００００００１００"}})
    drafts = [line.draft for line in desks.answer_sheets.preview(path).taken]
    assert [draft.phone for draft in drafts if draft] == ["14000000100"] * 2


@pytest.mark.parametrize(
    ("typed", "cell", "reason"),
    [
        ({"answered_on": None}, "F5", "请填写答复日期"),
        ({"answered_on": "下周"}, "F5", "不是日期"),
        ({"answered_on": "2026-11-31"}, "F5", "不存在"),
        ({"answered_on": "2026-11-26"}, "F5", "答复日期"),
        ({"answered_on": "2026-11-19"}, "F5", "不能早于"),
        ({"class": None}, "G5", "A、B、C、D"),
        ({"class": "E"}, "G5", "没有“E”类"),
        ({"class": "AB"}, "G5", "没有“AB”类"),
        ({"text": None}, "H5", "请填写答复内容"),
        ({"text": "长" * 4001}, "H5", "4001"),
        ({"promised_on": "2027-03-31"}, "K5", "不带承诺"),
        ({"class": "B", "promised_on": "2026-11-01"}, "K5", "不能早于"),
        ({"class": "B", "promised_on": "年底"}, "K5", "不是日期"),
        ({"wanted_on": "2027-01-15"}, "L5", "只能填一样"),
    ],
)
def test_what_is_wrong_is_told_with_its_cell_and_the_other_rows_are_taken(
    desks: Desks, path: Path, typed: dict[str, object], cell: str, reason: str
) -> None:
    fill(path, {1: {**GOOD, **typed}, 2: GOOD})
    preview = desks.answer_sheets.preview(path)
    wrong = only(preview, "problem")
    assert wrong.cells == cell
    assert reason in wrong.reason
    assert desks.answer_sheets.confirm(preview).value == 1


def test_all_that_is_wrong_in_a_row_is_told_at_once(desks: Desks, path: Path) -> None:
    fill(path, {1: {"text": "已办", "class": "Z", "promised_on": "年底"}})
    wrong = only(desks.answer_sheets.preview(path), "problem")
    assert wrong.cells == "F5、G5、K5"


def test_an_extension_needs_day_and_reason(desks: Desks, path: Path) -> None:
    fill(path, {1: {"wanted_on": "2027-01-15"}, 2: {"reason": "等材料"}, 3: {"wanted_on": ON, "reason": "等"}})
    preview = desks.answer_sheets.preview(path)
    assert [line.cells for line in preview.lines] == ["M5", "L6", "L7", ""]
    assert "晚于现在的" in preview.lines[2].reason


def test_a_changed_number_is_told_and_not_taken(desks: Desks, cases: list[Case], path: Path) -> None:
    fill(path, {1: {**GOOD, "number": cases[2].number}, 2: {**GOOD, "number": None}})
    preview = desks.answer_sheets.preview(path)
    first, second = preview.lines[:2]
    assert (first.kind, second.kind) == ("problem", "problem")
    assert f"原来是 {cases[0].number}" in first.reason
    assert cases[2].number in first.reason
    assert f"原来是 {cases[1].number}" in second.reason
    assert preview.taken == ()
    assert preview.missing == ()


def test_rows_of_another_sheet_and_invented_rows_are_told(desks: Desks, unit: Unit, path: Path, tmp_path: Path) -> None:
    other = tmp_path / "另一张.xlsx"
    desks.answer_sheets.write(unit, other)
    copied = sheet_of(other)

    def paste(sheet: Any) -> None:
        for column in "BNO":
            sheet[f"{column}6"] = copied[f"{column}6"].value
        put(sheet, 6, GOOD)
        put(sheet, 9, {**GOOD, "number": "HX-2026-9999"})
        put(sheet, 10, GOOD)

    edit(path, paste)
    lines = {line.row: line for line in desks.answer_sheets.preview(path).lines}
    assert "来自另一张回填表" in lines[6].reason
    assert "“HX-2026-9999”不在这张回填表上" in lines[9].reason
    assert "没有编号" in lines[10].reason
    assert {lines[row].kind for row in (6, 9, 10)} == {"problem"}


def test_a_row_typed_anew_is_known_by_its_number(desks: Desks, cases: list[Case], path: Path) -> None:
    fill(path, {1: {**GOOD, "uid": None, "check": None}})
    assert only(desks.answer_sheets.preview(path), "answer").case_id == cases[0].id


def test_the_same_matter_twice_is_taken_once(desks: Desks, cases: list[Case], path: Path) -> None:
    fill(path, {1: GOOD, 5: {**GOOD, "number": cases[0].number}})
    assert "与第 5 行是同一件" in only(desks.answer_sheets.preview(path), "problem").reason


@pytest.mark.parametrize("turn", [lambda code: code[1] + code[0] + code[2:], lambda code: code[:5], lambda _: "O0I1LL"])
def test_a_wrong_return_code_is_refused_and_the_right_one_told(
    desks: Desks, path: Path, turn: Callable[[str], str]
) -> None:
    code = desks.answer_sheets.preview(path).paper.code
    while turn(code) == code:
        pytest.skip("the code happens to begin with the same character twice")
    edit(path, lambda sheet: sheet.__setitem__("A2", sheet["A2"].value.replace(code, turn(code))))
    with pytest.raises(InvalidInput) as refused:
        desks.answer_sheets.preview(path)
    assert "回执码" in str(refused.value)
    assert code in str(refused.value)


def test_the_code_of_another_paper_is_refused(desks: Desks, cases: list[Case], path: Path) -> None:
    letter = desks.papers.issue(PaperKind.HAND_OVER, [cases[0].id]).value
    code = desks.answer_sheets.preview(path).paper.code

    def forge(sheet: Any) -> None:
        sheet["A2"] = sheet["A2"].value.replace(code, letter.code)
        for row in range(5, 9):
            sheet[f"O{row}"] = None

    edit(path, forge)
    with pytest.raises(InvalidInput, match="不是回填表的"):
        desks.answer_sheets.preview(path)
    edit(path, lambda sheet: sheet.__setitem__("A2", sheet["A2"].value.replace(letter.code, "222222")))
    with pytest.raises(InvalidInput, match=r"别的登记簿|有误"):
        desks.answer_sheets.preview(path)


def test_a_foreign_workbook_is_refused(desks: Desks, path: Path, tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("名单", 0).append(["姓名", "电话"])
    foreign = tmp_path / "别的.xlsx"
    book.save(foreign)
    with pytest.raises(InvalidInput, match="不是本程序发出的"):
        desks.answer_sheets.preview(foreign)
    edit(path, lambda sheet: sheet.delete_cols(8))
    with pytest.raises(InvalidInput, match="少了“答复内容”列"):
        desks.answer_sheets.preview(path)


def test_moved_and_inserted_columns_do_not_matter(desks: Desks, path: Path) -> None:
    fill(path, {1: GOOD})
    edit(path, lambda sheet: sheet.insert_cols(4))
    assert only(desks.answer_sheets.preview(path), "answer").draft is not None


def test_rows_that_were_deleted_are_told(desks: Desks, cases: list[Case], path: Path) -> None:
    edit(path, lambda sheet: sheet.delete_rows(6, 2))
    assert desks.answer_sheets.preview(path).missing == (cases[1].number, cases[2].number)


def test_taken_in_twice_it_changes_nothing(desks: Desks, path: Path) -> None:
    fill(path, {1: GOOD})
    desks.answer_sheets.confirm(desks.answer_sheets.preview(path))
    before = desks.opinions.cases()
    again = desks.answer_sheets.preview(path)
    assert only(again, "known").reason == "内容相同，已经登记过。"
    assert desks.answer_sheets.confirm(again).value == 0
    assert desks.opinions.cases() == before


def test_an_answer_recorded_meanwhile_is_kept(desks: Desks, cases: list[Case], path: Path) -> None:
    fill(path, {1: GOOD, 2: GOOD})
    preview = desks.answer_sheets.preview(path)
    desks.opinions.move(cases[0].id, MoveDraft(Move.ANSWER, ON, "电话里说已办。", answer_class="A"))
    with pytest.raises(InvalidInput, match=f"第 5 行 {cases[0].number}"):
        desks.answer_sheets.confirm(preview)
    assert desks.opinions.case(cases[1].id).progress.answered_on == ""  # all or nothing
    again = desks.answer_sheets.preview(path)
    assert kinds(again) == ["known", "answer", "empty", "empty"]
    assert "与表里的不同" in again.lines[0].reason


def test_a_matter_returned_meanwhile_is_told(desks: Desks, cases: list[Case], path: Path) -> None:
    fill(path, {1: GOOD})
    desks.opinions.move(cases[0].id, MoveDraft(Move.RETURN, ON, "不属职责"))
    assert "现在不等镇水务站答复" in only(desks.answer_sheets.preview(path), "problem").reason


def test_classes_of_the_station_are_asked_for(desks: Desks, cases: list[Case], unit: Unit, tmp_path: Path) -> None:
    desks.settings.save_answer_classes(PRESETS["ABC"])
    made = tmp_path / "abc.xlsx"
    desks.answer_sheets.write(unit, made)
    assert '"A,B,C"' in {check.formula1 for check in sheet_of(made).data_validations.dataValidation}
    fill(made, {1: {**GOOD, "class": "D"}})
    assert "A、B、C" in only(desks.answer_sheets.preview(made), "problem").reason
    assert len(cases) == 4


def test_a_secret_matter_goes_out_without_words_and_name(desks: Desks, unit: Unit, tmp_path: Path) -> None:
    draft = DeputyOpinionDraft("2026-11-18", 1, "邻居家的事，请勿外传", openness=Openness.CONFIDENTIAL)
    case_id = desks.opinions.register_deputy_opinion(replace(draft, title="一件事")).value
    desks.opinions.move(case_id, MoveDraft(Move.HAND_OVER, "2026-11-20", tier=Tier.TOWNSHIP, unit_id=1))
    made = tmp_path / "密.xlsx"
    desks.answer_sheets.write(unit, made)
    assert "请勿外传" not in "".join(str(cell.value) for row in sheet_of(made) for cell in row)


def test_a_county_office_gets_no_sheet_from_the_station(desks: Desks, cases: list[Case], tmp_path: Path) -> None:
    county = next(unit for unit in desks.settings.units() if unit.tier is Tier.COUNTY)
    case_id = desks.opinions.register_deputy_opinion(DeputyOpinionDraft("2026-11-18", 1, "建议修水库")).value
    desks.opinions.move(case_id, MoveDraft(Move.HAND_OVER, "2026-11-20", tier=Tier.COUNTY))
    desks.opinions.move(case_id, MoveDraft(Move.ASSIGN_AT_COUNTY, ON, unit_id=county.id))
    assert [line.case.id for line in desks.answer_sheets.owed(county)] == [case_id]
    with pytest.raises(InvalidInput, match="县人大常委会"):
        desks.answer_sheets.write(county, tmp_path / "县.xlsx")
    assert len(cases) == 4


def test_a_sheet_that_was_saved_as_text_is_read_too(desks: Desks, path: Path, tmp_path: Path) -> None:
    fill(path, {1: {**GOOD, "answered_on": "2026-11-24"}})
    text = tmp_path / "回填表.csv"
    rows = [[str(cell.value or "").replace("\n", " ") for cell in row] for row in sheet_of(path)]
    text.write_text("\n".join(",".join(f'"{cell}"' for cell in row) for row in rows), "gb18030")
    assert kinds(desks.answer_sheets.preview(text)) == ["answer", "empty", "empty", "empty"]


def test_who_only_reads_sends_and_takes_in_nothing(desks: Desks, unit: Unit, path: Path, tmp_path: Path) -> None:
    fill(path, {1: GOOD})
    ready = desks.answer_sheets.preview(path)
    desks._file.rights = frozenset()
    with pytest.raises(NotAllowed):
        desks.answer_sheets.confirm(ready)
    with pytest.raises(NotAllowed):
        desks.answer_sheets.write(unit, tmp_path / "另一张.xlsx")
    assert not (tmp_path / "另一张.xlsx").exists()


def test_several_sheets_go_out_in_one_step_or_none(desks: Desks, cases: list[Case], unit: Unit, tmp_path: Path) -> None:
    other = next(one for one in desks.settings.units() if one.name == "镇农技站")
    desks.opinions.move(cases[0].id, MoveDraft(Move.RETURN, ON, "不属职责"))
    desks.opinions.move(cases[0].id, MoveDraft(Move.HAND_OVER, ON, tier=Tier.TOWNSHIP, unit_id=other.id))
    folder = tmp_path / "发出"
    first = desks.answer_sheets.write_several([unit, other], folder)
    again = desks.answer_sheets.write_several([unit, other], folder)
    assert len({*first.value, *again.value}) == len(list(folder.iterdir())) == 4  # a sheet that lies there stays
    assert [len(desks.answer_sheets.preview(path).lines) for path in first.value] == [3, 1]
    desks.housekeeping.undo()
    desks.housekeeping.undo()
    assert all(event.kind is not EventKind.PRINTED for event in desks.opinions.case(cases[1].id).events)
    nobody = next(one for one in desks.settings.units() if one.tier is Tier.COUNTY)
    with pytest.raises(InvalidInput):
        desks.answer_sheets.write_several([unit, nobody], tmp_path / "半途")
    assert list((tmp_path / "半途").iterdir()) == []


def test_each_separate_unit_answers_for_itself(desks: Desks, tmp_path: Path) -> None:
    first, *_, other = [unit for unit in desks.settings.units() if unit.tier is Tier.TOWNSHIP]
    case_id = desks.opinions.register_deputy_opinion(DeputyOpinionDraft("2026-11-18", 1, "建议清淤")).value
    desks.opinions.move(
        case_id,
        MoveDraft(Move.HAND_OVER, "2026-11-20", tier=Tier.TOWNSHIP, unit_id=first.id, separate_ids=(other.id,)),
    )
    for unit, still_owed in ((other, [first.name]), (first, [])):
        made = tmp_path / f"{unit.id}.xlsx"
        desks.answer_sheets.write(unit, made)
        fill(made, {1: GOOD})
        desks.answer_sheets.confirm(desks.answer_sheets.preview(made))
        assert list(desks.opinions.case(case_id).progress.waited_for) == still_owed
    with pytest.raises(InvalidInput, match="没有要答复的事项"):
        desks.answer_sheets.write(first, tmp_path / "空.xlsx")
