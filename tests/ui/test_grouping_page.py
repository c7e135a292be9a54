"""编组 by keyboard: members in, out, moved and leading, a day of the past, checks, a proposal adjusted and adopted."""

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from station_app.domain.grouping_rules import Rule
from station_app.domain.groups import GroupKind
from station_app.ui.cards import Button
from station_app.ui.findings_panel import FindingsPanel
from station_app.ui.grouping_page import GroupingPage
from station_app.ui.households_panel import HouseholdsPanel
from station_app.ui.roster_page import RosterPage
from station_app.ui.row_drag import DEPUTY_MIME, row_mime
from station_app.ui.station_window import StationWindow
from tests.ui.grouping_seat import (
    LOWER,
    ON,
    SINCE,
    UPPER,
    Alt,
    Ctrl,
    Key,
    drop,
    form_of,
    group_named,
    grouping_page,
    people,
    shown,
    stand_on,
)
from tests.ui.keyboard import press, type_text


@pytest.fixture
def window(station_window: StationWindow) -> StationWindow:
    return station_window


@pytest.fixture
def page(window: StationWindow, qtbot: QtBot) -> GroupingPage:
    """Show the groups."""
    return grouping_page(window, qtbot)


def test_a_member_is_moved_by_keys_from_a_day_on_and_the_move_is_undone(page: GroupingPage) -> None:
    stand_on(page, "欧阳建国")
    press(Key.Key_M, Alt)
    form = form_of(page)
    type_text("sd")
    press(Key.Key_Return)
    form.fields["on"].setFocus()
    form.fields["on"].set_value("")
    type_text("2026-11-10")
    press(Key.Key_S, Ctrl)
    assert page.editor is None
    assert people(page, UPPER) == ["钟龑", "曾丽萍"]
    assert "欧阳建国" in people(page, LOWER)
    assert "欧阳建国" in people(page, UPPER, "2026-11-09")
    press(Key.Key_Z, Ctrl)
    assert people(page, UPPER) == ["钟龑", "欧阳建国", "曾丽萍"]
    assert shown(page) == ["钟龑", "欧阳建国", "曾丽萍"]


def test_several_join_a_group_at_once(page: GroupingPage) -> None:
    page.tree.go_to_group(group_named(page, "进站第一组").id)
    page.tree.setFocus()
    press(Key.Key_Insert)
    for initials in ("zlp", "sxf"):
        type_text(initials)
        press(Key.Key_Return)
    press(Key.Key_S, Ctrl)
    assert people(page, "进站第一组") == ["钟龑", "欧阳建国", "曾丽萍", "单小芳"]
    press(Key.Key_Z, Ctrl)
    assert len(people(page, "进站第一组")) == 2


def test_a_leader_is_made_and_history_says_who_led(page: GroupingPage) -> None:
    stand_on(page, "曾丽萍")
    press(Key.Key_G, Ctrl)
    assert people(page, UPPER)[0] == "曾丽萍"
    assert people(page, UPPER, "2026-11-21")[0] == "钟龑"
    assert [line.deputy.name for line in page.table.rows() if line.leads] == ["曾丽萍"]
    stand_on(page, "曾丽萍")
    press(Key.Key_G, Ctrl)
    assert not any(line.leads for line in page.table.rows())


def test_who_leaves_stays_in_the_days_before_and_a_wrong_date_is_told(page: GroupingPage) -> None:
    stand_on(page, "曾丽萍")
    page.since.setFocus()
    page.since.set_value("2020-01-01")
    page.table.view.setFocus()
    press(Key.Key_Delete)
    assert "起才在上坪片区小组" in page.told.text()
    page.since.set_value(ON)
    press(Key.Key_Delete)
    assert people(page, UPPER) == ["钟龑", "欧阳建国"]
    assert "曾丽萍" in people(page, UPPER, "2026-11-21")


def test_a_date_that_was_wrong_is_corrected_and_what_never_was_is_deleted(page: GroupingPage) -> None:
    stand_on(page, "曾丽萍")
    press(Key.Key_Return)
    form = form_of(page)
    assert form.fields["from_on"].value() == SINCE
    form.fields["from_on"].set_value("2021-10-01")
    press(Key.Key_S, Ctrl)
    assert page.editor is form, "before the first mandate: told at the field"
    form.fields["from_on"].set_value("2022-03-01")
    press(Key.Key_S, Ctrl)
    assert "曾丽萍" in people(page, UPPER, "2022-03-01")
    stand_on(page, "曾丽萍")
    press(Key.Key_Return)
    next(one for one in form_of(page).findChildren(Button) if one.text() == "删除这一条").click()
    assert "曾丽萍" not in people(page, UPPER, "2022-03-01")


def test_a_deputy_is_in_an_area_a_field_and_a_duty_group_at_once(page: GroupingPage) -> None:
    stand_on(page, "曾丽萍")
    for initials in ("nynczy", "jz"):
        press(Key.Key_J, Alt)
        type_text(initials)
        press(Key.Key_Return)
        press(Key.Key_S, Ctrl)
        stand_on(page, "曾丽萍")
    for name in (UPPER, "农业农村专业小组", "进站第一组"):
        assert "曾丽萍" in people(page, name)


def test_a_deputy_is_dragged_onto_a_group(page: GroupingPage) -> None:
    stand_on(page, "欧阳建国")
    target = group_named(page, LOWER)
    item = next(one for one in page.tree._items() if one.text(0).startswith(LOWER))
    line = page.line()
    assert line is not None
    drop(page.tree.viewport(), row_mime(DEPUTY_MIME, line.deputy.id), page.tree.visualItemRect(item).center())
    assert "欧阳建国" in people(page, target.name)
    assert "欧阳建国" not in people(page, UPPER)


def test_a_day_of_the_past_is_looked_at_and_not_changed(page: GroupingPage) -> None:
    page._desks.grouping.leave_all([page.table.rows()[2].membership.id], "2026-11-20")
    page.reload()
    assert shown(page) == ["钟龑", "欧阳建国"]
    press(Key.Key_D, Alt)
    page.day.set_value("")
    type_text("2026-11-19")
    assert shown(page) == ["钟龑", "欧阳建国", "曾丽萍"]
    assert "只看不改" in page.told.text()
    stand_on(page, "曾丽萍")
    press(Key.Key_Delete)
    assert "看别的日子时不能改" in page.told.text()
    assert people(page, UPPER, "2026-11-19")[-1] == "曾丽萍"
    press(Key.Key_Escape)
    assert shown(page) == ["钟龑", "欧阳建国"]


def test_a_group_is_made_given_up_and_comes_back(page: GroupingPage, window: StationWindow) -> None:
    press(Key.Key_F2)
    type_text("圩镇片区小组")
    press(Key.Key_S, Ctrl)
    assert page.group() == group_named(page, "圩镇片区小组")
    page.tree.go_to_group(group_named(page, UPPER).id)
    page.tree.setFocus()
    press(Key.Key_X, Alt)
    press(Key.Key_S, Ctrl)
    assert people(page, UPPER) == []
    assert group_named(page, UPPER).to_on == ON
    page.tree.go_to_group(group_named(page, UPPER).id)
    page.tree.setFocus()
    press(Key.Key_X, Alt)
    press(Key.Key_S, Ctrl)
    assert people(page, UPPER) == ["钟龑", "欧阳建国", "曾丽萍"]
    press(Key.Key_Escape)
    assert isinstance(window.current_page(), RosterPage)


def test_what_is_wrong_is_listed_and_enter_leads_there(page: GroupingPage) -> None:
    assert Rule.DEPUTY_IN_AREA_GROUP in {one.rule for one in page.findings}
    press(Key.Key_C, Alt)
    panel = page.panel
    assert isinstance(panel, FindingsPanel)
    found = next(one for one in panel.table.rows() if one.rule is Rule.DEPUTY_IN_AREA_GROUP)
    panel.table.select((found.rule, found.group_id, found.deputy_id, found.village_id))
    panel.table.view.setFocus()
    press(Key.Key_Return)
    assert page.panel is None
    line = page.line()
    assert line is not None
    assert line.deputy.name == "𬭚文"
    press(Key.Key_J, Alt)
    type_text("sdpq")
    press(Key.Key_Return)
    press(Key.Key_S, Ctrl)
    assert Rule.DEPUTY_IN_AREA_GROUP not in {one.rule for one in page.findings}


def test_a_rule_is_switched_off(page: GroupingPage) -> None:
    press(Key.Key_C, Alt)
    panel = page.panel
    assert isinstance(panel, FindingsPanel)
    press(Key.Key_S, Alt)
    form = panel.form
    assert form is not None
    form.fields[Rule.DEPUTY_IN_AREA_GROUP].setFocus()
    press(Key.Key_Space)
    press(Key.Key_S, Ctrl)
    assert page._desks.grouping.rules_off() == {Rule.DEPUTY_IN_AREA_GROUP}
    assert Rule.DEPUTY_IN_AREA_GROUP not in {one.rule for one in panel.table.rows()}


def test_households_are_counted_listed_and_summed(page: GroupingPage) -> None:
    stand_on(page, "钟龑")
    press(Key.Key_L, Alt)
    panel = page.panel
    assert isinstance(panel, HouseholdsPanel)
    press(Key.Key_N, Alt)
    form = panel.form
    assert form is not None
    form.fields["village_id"].setFocus()
    type_text("sp")
    press(Key.Key_Return)
    form.fields["households"].setFocus()
    type_text("30")
    press(Key.Key_S, Ctrl)
    press(Key.Key_N, Alt)
    form = panel.form
    assert form is not None
    form.fields["village_id"].setFocus()
    type_text("xb")
    press(Key.Key_Return)
    form.fields["name"].setFocus()
    type_text("何田生")
    form.fields["phone"].setFocus()
    type_text("14000002003")
    press(Key.Key_Return, Ctrl)
    assert form.fields["name"].value() == ""
    press(Key.Key_Escape)
    assert panel.form is None
    row = panel.sums.current_row()
    assert row is not None
    assert (row.deputy.name, row.households) == ("钟龑", 31)
    press(Key.Key_Escape)
    assert page.panel is None
    assert "31 户" in facts_of(page)


def facts_of(page: GroupingPage) -> list[str]:
    return [one.text() for one in page.facts.findChildren(QLabel) if not one.isHidden()]


def test_grids_are_named_and_a_chat_is_made(page: GroupingPage) -> None:
    press(Key.Key_L, Alt)
    panel = page.panel
    assert isinstance(panel, HouseholdsPanel)
    press(Key.Key_W, Alt)
    form = panel.form
    assert form is not None
    form.fields["village_id"].setFocus()
    type_text("sp")
    press(Key.Key_Return)
    form.fields["grids"].setFocus()
    type_text("第一网格\n第二网格")
    press(Key.Key_S, Ctrl)
    assert [grid.name for grid in page._desks.grouping.grids()] == ["第一网格", "第二网格"]
    press(Key.Key_Escape)
    press(Key.Key_Q, Alt)
    form = form_of(page)
    assert form.fields["kind"].value() is GroupKind.CHAT
    type_text("上坪村民议事群")
    form.fields["people"].setFocus()
    type_text("236")
    press(Key.Key_S, Ctrl)
    assert group_named(page, "上坪村民议事群").people == 236
    assert Rule.CHAT_HAS_DEPUTY in {one.rule for one in page.findings}
