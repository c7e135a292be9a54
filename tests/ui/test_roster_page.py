"""The 代表 page by keyboard: finding, entering, checking, grouping and importing deputies."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from station_app.domain.groups import GroupKind
from station_app.domain.people import EndReason, Gender, Level
from station_app.station import Desks
from station_app.ui.deputy_form import DeputyForm
from station_app.ui.group_forms import JoinForm
from station_app.ui.main_window import MainWindow
from station_app.ui.mandates_field import MandatesField
from station_app.ui.messages import RecordedMessages, Unsaved
from station_app.ui.roster_page import RosterPage
from station_app.ui.row_drag import DEPUTY_MIME, row_mime
from tests.ui.keyboard import press, type_text
from tests.ui.small_station import DEPUTIES
from tests.ui.window_seat import page_of

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def page(window: MainWindow) -> RosterPage:
    """Return the roster page."""
    return page_of(window, "roster", RosterPage)


def names(page: RosterPage) -> list[str]:
    """Return the names in the table from top to bottom."""
    return [line.name for line in page.table.rows()]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("oyjg", ["欧阳建国"]),
        ("zlp", ["曾丽萍"]),
        ("shanxf", ["单小芳"]),
        ("水生", ["覃水生"]),
        ("1003", ["曾丽萍"]),
        ("aygl", ["阿依古丽·买买提"]),
        ("网格员", ["单小芳"]),
        ("没有这人", []),
    ],
)
def test_a_deputy_is_found_by_characters_pinyin_initials_or_phone(
    page: RosterPage, typed: str, found: list[str]
) -> None:
    press(Qt.Key.Key_K, CTRL)
    type_text(typed)
    assert names(page) == found


def test_names_sort_by_pinyin_with_the_surnames_reading(page: RosterPage) -> None:
    page.table.sort_by("name")
    assert names(page)[0] == "阿依古丽·买买提"
    assert names(page).index("单小芳") < names(page).index("曾丽萍") < names(page).index("钟龑")  # shan, zeng, zhong


def test_phones_are_masked_until_asked(page: RosterPage) -> None:
    column = page.table.model.column_of("phone")
    assert page.table.model.text_at(0, column) == "140****1001"
    assert page.card.phone_text() == "140****1001"
    page.card.toggle_phone()
    assert page.card.phone_text() == "14000001001"


def test_a_deputy_is_entered_without_a_mouse_and_the_entry_can_be_undone(
    window: MainWindow, page: RosterPage, desks: Desks
) -> None:
    QTest.keyClick(window, Qt.Key.Key_F2)
    type_text("罗小满")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_2)  # 女
    for text in ("", "1985.3", "", "", "", "枫林村妇女主任", *[""] * 9, "14000001088"):
        if text:
            type_text(text)
        press(Qt.Key.Key_Return)
    press(Qt.Key.Key_S, CTRL)
    made = next(one for one in desks.roster.deputies() if one.name == "罗小满")
    assert (made.gender, made.phone, made.post) == (Gender.FEMALE, "14000001088", "枫林村妇女主任")
    assert made.birth_month == "1985-03"
    assert [(one.level, one.term) for one in made.mandates] == [(Level.TOWNSHIP, "第十八届")]
    assert page.table.current_id() == made.id
    press(Qt.Key.Key_Z, CTRL)
    assert "罗小满" not in names(page)


def test_what_is_missing_is_said_at_the_field_and_nothing_typed_is_lost(
    window: MainWindow, page: RosterPage, desks: Desks, messages: RecordedMessages
) -> None:
    QTest.keyClick(window, Qt.Key.Key_F2)
    form = page.editor
    assert isinstance(form, DeputyForm)
    form.fields["phone"].setFocus()
    type_text("十四万")
    press(Qt.Key.Key_S, CTRL)
    assert page._form is not None
    assert page._form.fields["name"].problem() == "请填写代表姓名。"
    assert "只能是数字" in page._form.fields["phone"].problem()
    assert page._form.fields["phone"].value() == "十四万"
    assert len(desks.roster.deputies()) == len(DEPUTIES)
    messages.answers = [Unsaved.DISCARD]
    press(Qt.Key.Key_Escape)
    assert page.editor is None


def test_an_ended_mandate_needs_its_date_and_the_deputy_moves_to_the_former_ones(
    page: RosterPage, desks: Desks
) -> None:
    deputy = next(one for one in desks.roster.deputies() if one.name == "单小芳")
    page.table.select(deputy.id)
    page.table.view.setFocus()
    press(Qt.Key.Key_Return)
    assert page._form is not None
    mandates = page._form.fields["mandates"]
    assert isinstance(mandates, MandatesField)
    row = mandates.rows[0]
    row.end_reason.setFocus()
    type_text("cz")  # 辞职被接受
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_S, CTRL)
    assert "请同时填写终止日期" in page._form.fields["mandates"].problem()
    row.to_on.setFocus()
    type_text("11-20")
    press(Qt.Key.Key_S, CTRL)
    kept = desks.roster.deputy(deputy.id).mandates[0]
    assert (kept.to_on, kept.end_reason) == ("2026-11-20", EndReason.RESIGNED)
    assert "单小芳" not in names(page)
    page.filters.standing.setCurrentText("已离任")
    assert names(page) == ["单小芳"]


def test_tab_walks_the_form_from_top_to_bottom_with_its_mandates(page: RosterPage) -> None:
    page.table.view.setFocus()
    press(Qt.Key.Key_Return)
    walked = []
    for _ in range(40):
        focus = QApplication.focusWidget()
        assert focus is not None
        walked.append(focus.accessibleName() or (focus.text() if isinstance(focus, QPushButton) else ""))
        press(Qt.Key.Key_Tab)
    assert walked[:7] == ["姓名", "性别", "出生年月", "民族", "政治面貌", "学历", "单位及职务"]
    row = ["代表层级", "届次", "选区", "代表证号", "任职自", "补选", "至", "终止原因", "暂停执行职务"]
    assert walked[7:25] == [*row, *row]  # a deputy of the county and of the township
    contact = ["联系电话", "备用电话", "本人同意公开电话（印在公示牌上）", "专长", "语言、方言", "值班意愿"]
    assert walked[25:34] == [*contact, "登记一次请假", "所在村(居)", "排序号"]
    assert walked[34] == "更多：转入、备注等"


def test_a_second_mandate_of_the_same_time_and_level_is_refused(page: RosterPage) -> None:
    page.table.view.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_M, ALT)
    press(Qt.Key.Key_S, CTRL)
    assert page._form is not None
    assert "时间重叠" in page._form.fields["mandates"].problem()


def test_checking_the_roster_walks_through_those_not_checked_for_a_year(page: RosterPage, desks: Desks) -> None:
    page.filters.due.click()
    assert names(page) == ["欧阳建国", "单小芳"]
    page.table.view.setFocus()
    page.table.select(page.table.rows()[0].deputy_id)
    press(Qt.Key.Key_H, ALT)
    assert names(page) == ["单小芳"]
    assert page.card.deputy() is not None
    press(Qt.Key.Key_H, ALT)
    assert names(page) == []
    checked = {one.name: one.checked_on for one in desks.roster.deputies()}
    assert checked["欧阳建国"] == checked["单小芳"] == "2026-11-22"


def test_a_group_gains_and_loses_members_by_keyboard(page: RosterPage, desks: Desks) -> None:
    press(Qt.Key.Key_G, ALT)
    for _ in range(2):  # 片区小组, 上坪片区小组
        press(Qt.Key.Key_Down)
    assert names(page) == ["钟龑", "欧阳建国", "曾丽萍"]
    assert page.groups.hints()[0] == "加成员 Insert"
    press(Qt.Key.Key_Insert)
    type_text("sxf")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_S, CTRL)
    assert "单小芳" in names(page)
    area = {one.name: one for one in desks.grouping.groups()}
    left = [one for one in area["水东片区小组"].memberships if one.to_on]
    assert [one.to_on for one in left] == ["2026-11-22"]  # one area group at a time; history stays
    press(Qt.Key.Key_G, ALT)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    assert "移出 Delete" in page.groups.hints()
    press(Qt.Key.Key_G, CTRL)
    today = desks.clock.today().isoformat()
    leader = next(one for one in desks.grouping.groups()[0].members_on(today) if one.leader)
    assert desks.roster.deputy(leader.deputy_id).name == "欧阳建国"
    press(Qt.Key.Key_Delete)
    members = [one.deputy_id for one in desks.grouping.groups()[0].memberships if one.holds_on(today)]
    assert leader.deputy_id not in members


def test_a_new_group_is_made_with_its_villages(page: RosterPage, desks: Desks) -> None:
    press(Qt.Key.Key_G, ALT)
    press(Qt.Key.Key_N, CTRL)
    type_text("枫林片区小组")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    type_text("dt")  # 大田村
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_S, CTRL)
    made = next(one for one in desks.grouping.groups() if one.name == "枫林片区小组")
    assert made.kind is GroupKind.AREA
    assert len(made.village_ids) == 1
    assert page.groups.tree.place().group_id == made.id


def test_a_deputy_dropped_on_a_group_becomes_its_member(page: RosterPage, desks: Desks) -> None:
    deputy = next(one for one in desks.roster.deputies() if one.name == "𬭚文")
    tree = page.groups.tree
    kind = tree.topLevelItem(1)
    assert kind is not None
    target = kind.child(0)
    carried = row_mime(DEPUTY_MIME, deputy.id)
    point = QPointF(tree.visualItemRect(target).center())
    tree.dropEvent(
        QDropEvent(
            point, Qt.DropAction.CopyAction, carried, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )  # fmt: skip
    assert deputy.id in [one.deputy_id for one in desks.grouping.groups()[0].memberships]


def test_several_deputies_join_a_group_one_after_another(page: RosterPage, desks: Desks) -> None:
    page.groups.tree.go_to_group(next(one.id for one in desks.grouping.groups() if one.kind is GroupKind.FIELD))
    press(Qt.Key.Key_G, ALT)
    press(Qt.Key.Key_Insert)
    for typed in ("zlp", "sxf"):
        type_text(typed)
        press(Qt.Key.Key_Return)
        press(Qt.Key.Key_Return, CTRL)
    assert isinstance(page._form, JoinForm)
    field = next(one for one in desks.grouping.groups() if one.kind is GroupKind.FIELD)
    assert len(field.memberships) == 4


ROSTER_CSV = """禾溪镇人大代表花名册,,,,
姓名,性别,代表层级,工作单位及职务,联系电话
罗小满,女,镇,枫林村妇女主任,14000001088
欧阳建国,男,镇,下坝村党总支书记,14000001002
,男,镇,没有名字的一行,14000001099
"""


def import_sheet(qtbot: QtBot, page: RosterPage, messages: RecordedMessages, sheet: Path) -> None:
    """Choose a spreadsheet and wait for its preview."""
    messages.answers = [sheet]
    press(Qt.Key.Key_I, ALT)
    panel = page.importing
    assert panel is not None
    qtbot.waitUntil(lambda: panel.preview is not None or "不能导入" in panel.notice.text(), timeout=20_000)


def test_an_import_shows_every_row_first_and_is_one_step(
    qtbot: QtBot, page: RosterPage, desks: Desks, messages: RecordedMessages, tmp_path: Path
) -> None:
    sheet = tmp_path / "名册.csv"
    sheet.write_text(ROSTER_CSV, encoding="utf-8")
    before = desks.roster.deputies()
    import_sheet(qtbot, page, messages, sheet)
    panel = page.importing
    assert panel is not None
    assert panel.preview is not None
    assert panel.preview.counts == {"new": 1, "changed": 0, "unchanged": 1, "problem": 1}
    assert [line.verdict.kind for line in panel.shown_rows()] == ["problem"]  # what needs a look comes first
    assert desks.roster.deputies() == before
    panel._switches[""].click()
    panel.table.view.setFocus()
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_Space)  # what was entered by hand is kept unless ticked
    press(Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: page.importing is None, timeout=20_000)  # after the backup
    assert "罗小满" in names(page)
    assert next(one for one in desks.roster.deputies() if one.name == "欧阳建国").post == "下坝村党总支书记"
    assert list(tmp_path.glob("**/*导入前*"))
    import_sheet(qtbot, page, messages, sheet)
    assert page.importing is not None
    assert page.importing.preview is not None
    assert page.importing.preview.counts["unchanged"] == 2
    page.back()
    press(Qt.Key.Key_Z, CTRL)
    after = [replace(one, revision=0) for one in desks.roster.deputies()]
    assert after == [replace(one, revision=0) for one in before]


def test_a_file_that_is_no_spreadsheet_is_refused_in_words(
    qtbot: QtBot, page: RosterPage, messages: RecordedMessages, tmp_path: Path
) -> None:
    sheet = tmp_path / "名册.xlsx"
    sheet.write_bytes(b"PK\x03\x04broken")
    import_sheet(qtbot, page, messages, sheet)
    assert page.importing is not None
    assert "没有写入任何内容" in page.importing.notice.text()
    page.back()
    assert page.importing is None


def test_the_page_is_complete_in_a_small_window(qtbot: QtBot, window: MainWindow, page: RosterPage) -> None:
    window.resize(1024, 700)
    qtbot.waitUntil(lambda: not page.groups.isVisible())
    bars: list[QWidget] = [page.table, page.side]
    assert all(one.isVisible() and one.width() > 250 for one in bars)
    press(Qt.Key.Key_G, ALT)
    assert page.groups.isVisible()
