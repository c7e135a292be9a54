"""Proposals of groups: adjusted by key and by drag, adopted and undone as one step."""

import pytest
from pytestqt.qtbot import QtBot

from station_app.domain.groups import GroupKind
from station_app.ui.grouping_page import GroupingPage
from station_app.ui.messages import RecordedMessages, Unsaved
from station_app.ui.proposal_panel import ProposalPanel
from station_app.ui.row_drag import DEPUTY_MIME, VILLAGE_MIME, row_mime
from station_app.ui.station_window import StationWindow
from tests.ui.grouping_seat import (
    ON,
    Alt,
    Ctrl,
    Key,
    drop,
    group_named,
    grouping_page,
    people,
)
from tests.ui.keyboard import press, type_text


@pytest.fixture
def window(station_window: StationWindow) -> StationWindow:
    return station_window


@pytest.fixture
def page(window: StationWindow, qtbot: QtBot) -> GroupingPage:
    """Show the groups."""
    return grouping_page(window, qtbot)


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
