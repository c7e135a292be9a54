"""编组 by keyboard: members in, out, moved and leading, a day of the past, checks, a proposal adjusted and adopted."""

import shutil
from collections.abc import Iterator
from datetime import time
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from station_app.domain.grouping_rules import Rule
from station_app.domain.groups import Group, GroupKind
from station_app.station import Desks
from station_app.support.clock import fixed_clock
from station_app.ui.cards import Button
from station_app.ui.findings_panel import FindingsPanel
from station_app.ui.form import FormPanel
from station_app.ui.grouping_page import GroupingPage
from station_app.ui.groups_panel import DEPUTY_MIME, deputy_mime
from station_app.ui.households_panel import HouseholdsPanel
from station_app.ui.messages import RecordedMessages, Unsaved
from station_app.ui.proposal_drag import VILLAGE_MIME, row_mime
from station_app.ui.proposal_panel import ProposalPanel
from station_app.ui.roster_page import RosterPage
from station_app.ui.station_window import StationWindow
from tests.ui.keyboard import type_text
from tests.ui.small_station import TODAY, small_station

Key = Qt.Key
Ctrl = Qt.KeyboardModifier.ControlModifier
Alt = Qt.KeyboardModifier.AltModifier
Shift = Qt.KeyboardModifier.ShiftModifier
ON = TODAY.isoformat()
SINCE = "2026-01-26"
UPPER, LOWER = "上坪片区小组", "水东片区小组"


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of an invented station."""
    path = tmp_path_factory.mktemp("grouping") / "禾溪.station"
    small_station(path).close()
    return path


@pytest.fixture
def window(
    qtbot: QtBot, made_once: Path, tmp_path: Path, settings: QSettings, messages: RecordedMessages
) -> Iterator[StationWindow]:
    """Return the window over a copy of the station, on the page of groups."""
    path = Path(shutil.copy(made_once, tmp_path))
    made = StationWindow(Desks.open(path, fixed_clock(TODAY, time(9, 0))), settings, messages)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    qtbot.waitUntil(lambda: not made.jobs.busy)
    yield made
    messages.answers = [Unsaved.DISCARD]
    made.close()


@pytest.fixture
def page(window: StationWindow, qtbot: QtBot) -> GroupingPage:
    """Show the groups, standing on 上坪片区小组."""
    window.show_page("grouping")
    made = window.page("grouping")
    assert isinstance(made, GroupingPage)
    qtbot.waitUntil(made.tree.hasFocus)
    made.tree.go_to_group(group_named(made, UPPER).id)
    return made


def press(key: Qt.Key, how: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the cursor is."""
    focus = QApplication.focusWidget()
    assert focus is not None, "nothing has the focus"
    QTest.keyClick(focus, key, how)


def group_named(page: GroupingPage, name: str) -> Group:
    return next(group for group in page._desks.grouping.groups() if group.name == name)


def people(page: GroupingPage, name: str, day: str = ON) -> list[str]:
    """Return the members of a group on a day as the file holds them, the leader first."""
    names = {deputy.id: deputy.name for deputy in page._desks.roster.deputies()}
    return [names[one.deputy_id] for one in group_named(page, name).members_on(day)]


def shown(page: GroupingPage) -> list[str]:
    return [line.deputy.name for line in page.table.rows()]


def form_of(page: GroupingPage) -> FormPanel:
    assert isinstance(page.editor, FormPanel)
    return page.editor


def stand_on(page: GroupingPage, name: str) -> None:
    """Go to a member in the table."""
    page.table.view.setFocus()
    line = next(line for line in page.table.rows() if line.deputy.name == name)
    page.table.select(line.key)


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
    drop(page.tree.viewport(), deputy_mime(line.deputy.id), page.tree.visualItemRect(item).center())
    assert "欧阳建国" in people(page, target.name)
    assert "欧阳建国" not in people(page, UPPER)


def drop(onto: QWidget, carried: QMimeData, at: QPoint) -> None:
    """Drop something on a place of a widget, as the mouse does at its end."""
    how = (Qt.DropAction.CopyAction, carried, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(onto, QDragEnterEvent(at, *how))
    QApplication.sendEvent(onto, QDragMoveEvent(at, *how))
    QApplication.sendEvent(onto, QDropEvent(QPointF(at), *how))


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


def test_a_proposal_is_adjusted_and_adopted_and_undone_as_one(page: GroupingPage) -> None:
    before = {group.name: people(page, group.name) for group in page._desks.grouping.groups()}
    press(Key.Key_A, Alt)
    panel = page.panel
    assert isinstance(panel, ProposalPanel)
    panel.count.setFocus()
    panel.count.set_value(None)
    type_text("3")
    assert len(panel.proposal.teams) == 3
    assert {group.name: people(page, group.name) for group in page._desks.grouping.groups()} == before
    panel.teams.select(0)
    panel.seats.view.setFocus()
    panel.seats.view.selectRow(0)
    seat = panel.seats.current_row()
    assert seat is not None
    deputy = seat.deputy
    press(Key.Key_M, Alt)
    assert panel.form is not None
    target = panel.proposal.teams[1].name
    type_text(target)
    press(Key.Key_S, Ctrl)
    assert panel.proposal.place_of(deputy.id) == 1
    panel.step_back()
    assert panel.proposal.place_of(deputy.id) == 0
    panel._move_deputies([deputy.id], 1)
    panel.teams.select(1)
    panel.seats.view.setFocus()
    panel.seats.select(deputy.id)
    press(Key.Key_G, Ctrl)
    assert panel.proposal.teams[1].leader_id == deputy.id
    press(Key.Key_S, Ctrl)
    assert page.panel is None
    assert people(page, target)[0] == deputy.name
    assert {name: people(page, name, "2026-11-21") for name in before} == before
    press(Key.Key_Z, Ctrl)
    assert {group.name: people(page, group.name) for group in page._desks.grouping.groups()} == before


def test_deputies_and_villages_of_a_proposal_are_dragged_to_another_team(page: GroupingPage) -> None:
    press(Key.Key_A, Alt)
    panel = page.panel
    assert isinstance(panel, ProposalPanel)
    village = panel.proposal.teams[0].village_ids[0]
    deputy = panel.proposal.teams[0].deputy_ids[-1]
    onto = panel.teams.view.visualRect(panel.teams.model.index(1, 0)).center()
    for mime, row_id in ((VILLAGE_MIME, village), (DEPUTY_MIME, deputy)):
        drop(panel.teams.view.viewport(), row_mime(mime, row_id), onto)
    assert village in panel.proposal.teams[1].village_ids
    assert deputy in panel.proposal.teams[1].deputy_ids
    panel.step_back()
    panel.step_back()
    press(Key.Key_Escape)
    assert page.panel is None


def test_an_adjusted_proposal_is_not_lost_by_escape(page: GroupingPage, messages: RecordedMessages) -> None:
    press(Key.Key_A, Alt)
    panel = page.panel
    assert isinstance(panel, ProposalPanel)
    panel._move_deputies([panel.proposal.teams[0].deputy_ids[0]], 1)
    messages.answers = [Unsaved.STAY, Unsaved.DISCARD]
    press(Key.Key_Escape)
    assert page.panel is panel
    assert page.unfinished() is panel, "closing the window asks as well"
    press(Key.Key_Escape)
    assert page.panel is None


def test_duty_teams_are_proposed_from_their_place(page: GroupingPage) -> None:
    page.tree.go_to_group(group_named(page, "进站第一组").id)
    page.tree.setFocus()
    press(Key.Key_A, Alt)
    panel = page.panel
    assert isinstance(panel, ProposalPanel)
    assert panel.proposal.kind is GroupKind.DUTY
    panel.count.setFocus()
    panel.count.set_value(None)
    type_text("2")
    press(Key.Key_S, Ctrl)
    assert sorted(len(group.members_on(ON)) for group in page.grouped.of_kind(GroupKind.DUTY)) == [3, 4]


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
