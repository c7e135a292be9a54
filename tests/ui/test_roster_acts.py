"""What happens to a deputy, by keyboard: ending, leave, moves; what the form takes; who is proposed for duty."""

import json
from dataclasses import replace

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station_app.domain.people import Deputy, EndReason, Leave, Level, Mandate, Placement, Standing
from station_app.domain.rooms import Room
from station_app.station import Desks
from station_app.ui.day_form import DayForm
from station_app.ui.deputy_form import DeputyForm
from station_app.ui.deputy_steps import EndForm, LeaveForm, MoveForm
from station_app.ui.main_window import MainWindow
from station_app.ui.messages import RecordedMessages
from station_app.ui.roster_page import RosterPage
from tests.ui.keyboard import press, type_text
from tests.ui.roster_seat import ALT, CTRL, TODAY, K, go_to, names, roster_page


@pytest.fixture
def page(window: MainWindow) -> RosterPage:
    return roster_page(window)


def test_a_mandate_is_ended_with_reason_and_the_groups_are_left_in_one_step(page: RosterPage, desks: Desks) -> None:
    deputy_id = go_to(page, "钟龑")
    before = desks.roster.deputy(deputy_id)
    press(K.Key_Z, ALT)
    assert isinstance(page.editor, EndForm)
    press(K.Key_S, CTRL)
    assert page.editor.fields["reason"].problem() == "请选择终止原因。"
    type_text("dl")  # 迁出或调离
    press(K.Key_Return)
    type_text("11-20")
    press(K.Key_S, CTRL)
    ended = desks.roster.deputy(deputy_id)
    assert {(one.to_on, one.end_reason) for one in ended.mandates} == {("2026-11-20", EndReason.MOVED)}
    assert all(
        one.to_on == "2026-11-21" for group in desks.grouping.groups() for one in group.memberships
        if one.deputy_id == deputy_id
    )  # fmt: skip
    assert "钟龑" not in names(page)
    page.filters.show_standing(Standing.LEFT)
    assert names(page) == ["钟龑"]
    assert "迁出或调离" in page.card.texts()
    assert "上坪片区小组" in page.card.texts()  # the whole history stays readable
    press(K.Key_Z, CTRL)
    assert [one.to_on for one in desks.roster.deputy(deputy_id).mandates] == [one.to_on for one in before.mandates]


def test_one_mandate_of_two_is_ended_and_nothing_is_asked_about_groups(page: RosterPage, desks: Desks) -> None:
    deputy_id = go_to(page, "钟龑")
    press(K.Key_Z, ALT)
    form = page.editor
    assert isinstance(form, EndForm)
    assert form.fields["leave_groups"].isVisible()
    form.fields["mandates"].setFocus()
    press(K.Key_Backspace)  # the township's mandate goes on
    assert not form.fields["leave_groups"].isVisible()
    form.fields["reason"].setFocus()
    type_text("cz")
    press(K.Key_Return)
    press(K.Key_S, CTRL)
    assert desks.roster.deputy(deputy_id).levels_on("2026-11-23") == (Level.TOWNSHIP,)
    assert "钟龑" in names(page)


def test_a_leave_begins_and_ends_by_keyboard(page: RosterPage, desks: Desks) -> None:
    deputy_id = go_to(page, "曾丽萍")
    press(K.Key_Q, ALT)
    assert isinstance(page.editor, LeaveForm)
    press(K.Key_Return)
    press(K.Key_Return)
    type_text("外出培训")
    press(K.Key_S, CTRL)
    [leave] = desks.roster.deputy(deputy_id).leaves
    assert (leave.from_on, leave.to_on, leave.reason) == (TODAY, "", "外出培训")
    assert "请假" in page.card.texts().splitlines()
    page.filters.standing.setCurrentText("请假")
    assert names(page) == ["曾丽萍"]
    press(K.Key_Q, ALT)
    form = page.editor
    assert isinstance(form, LeaveForm)
    press(K.Key_Return)
    type_text("11-25")
    press(K.Key_S, CTRL)
    assert desks.roster.deputy(deputy_id).leaves[0].to_on == "2026-11-24"
    press(K.Key_Z, CTRL)
    assert desks.roster.deputy(deputy_id).leaves == (leave,)


def test_a_deputy_goes_to_another_station_and_comes_back(page: RosterPage, desks: Desks) -> None:
    deputy_id = go_to(page, "覃水生")
    press(K.Key_R, ALT)
    assert isinstance(page.editor, MoveForm)
    for text in ("", "11-10", "城东街道联络站"):
        if text:
            QApplication.focusWidget().selectAll()  # type: ignore[union-attr]  # a line that is typed in
            type_text(text)
        press(K.Key_Return)
    press(K.Key_S, CTRL)
    assert desks.roster.deputy(deputy_id).placements[-1].went_to == "城东街道联络站"
    assert "覃水生" not in names(page)
    page.filters.show_standing(Standing.MOVED_AWAY)
    assert names(page) == ["覃水生"]
    assert "转往城东街道联络站" in page.card.texts()
    page.views.go()
    press(K.Key_R, ALT)
    press(K.Key_S, CTRL)
    page.filters.show_everyone()
    assert "覃水生" in names(page)
    assert [desks.roster.deputy(deputy_id).serves_on(day) for day in ("2026-11-09", "2026-11-12", TODAY)] == [
        True,
        False,
        True,
    ]


def test_the_form_takes_skills_leaves_by_election_and_arrival(page: RosterPage, desks: Desks) -> None:
    deputy_id = go_to(page, "单小芳")
    press(K.Key_Return)
    form = page.editor
    assert isinstance(form, DeputyForm)
    for key, text in (
        ("skills", "法律咨询"),
        ("languages", "客家话"),
        ("duty_wishes", "圩日上午"),
        ("phone2", "14000003333"),
    ):
        form.fields[key].setFocus()
        type_text(text)
    form.fields["phone_public"].setFocus()
    press(K.Key_Space)
    row = form.mandates.rows[0]
    for field in (row.by_election, row.suspended):
        field.setFocus()
        press(K.Key_Space)
    press(K.Key_Return)
    type_text("2026-6-1")  # the date has come into sight with the tick
    form.leaves.add_link.setFocus()
    press(K.Key_Space)
    type_text("2026-3-1")
    press(K.Key_Return)
    type_text("2026-2-1")
    press(K.Key_S, CTRL)
    assert "早于起始日期" in form.leaves.problem()
    form.leaves.rows[0].to_on.setFocus()
    QTest.keyClick(form.leaves.rows[0].to_on.typing(), K.Key_A, CTRL)
    type_text("2026-4-1")
    form.show_more()
    type_text("2022-1-1")
    press(K.Key_S, CTRL)
    kept = desks.roster.deputy(deputy_id)
    assert (kept.skills, kept.languages, kept.duty_wishes) == ("法律咨询", "客家话", "圩日上午")
    assert (kept.phone2, kept.phone_public) == ("14000003333", True)
    assert [(one.by_election, one.suspended, one.suspended_on) for one in kept.mandates] == [(True, True, "2026-06-01")]
    assert [(one.from_on, one.to_on) for one in kept.leaves] == [("2026-03-01", "2026-04-01")]
    assert [one.from_on for one in kept.placements] == ["2022-01-01"]
    assert "暂停履职" in page.card.texts()


def test_a_new_mandate_takes_over_the_term_of_its_level_and_a_card_number_twice_is_told(
    page: RosterPage, desks: Desks
) -> None:
    press(K.Key_F2)
    form = page.editor
    assert isinstance(form, DeputyForm)
    row = form.mandates.rows[0]
    assert (row.term.value(), row.from_on.value()) == ("第十八届", "2021-11-01")
    row.level.setFocus()
    QTest.keyClick(row.level.typing(), K.Key_A, CTRL)
    type_text("县")
    press(K.Key_Return)
    assert (row.term.value(), row.from_on.value()) == ("第十七届", "2021-11-01")
    row.card.setFocus()
    type_text("C006")
    assert "与 阿依古丽·买买提 的相同" in form._same_card.text()
    form.fields["name"].setFocus()
    type_text("韦东")
    press(K.Key_S, CTRL)  # a warning stands in nobody's way
    assert "韦东" in {one.name for one in desks.roster.deputies()}


def test_an_ended_mandate_is_a_line_until_it_is_to_be_changed(page: RosterPage, desks: Desks) -> None:
    before = Mandate(Level.TOWNSHIP, "第十七届", "第3选区", "", "2016-11-01", "2021-10-31", EndReason.TERM_OVER)
    deputy = desks.roster.save_deputy(
        Deputy("韦东", mandates=(before, Mandate(Level.TOWNSHIP, "第十八届", from_on="2021-11-01")))
    )
    page.publish(deputy)
    page.table.select(deputy.value)
    press(K.Key_Return)
    form = page.editor
    assert isinstance(form, DeputyForm)
    old, _present = form.mandates.rows
    assert not old.term.isVisible()
    form.fields["post"].setFocus()
    press(K.Key_Tab)
    press(K.Key_Space)  # 修改
    assert old.level.typing().hasFocus()
    old.to_on.setFocus()
    QTest.keyClick(old.to_on.typing(), K.Key_A, CTRL)
    type_text("2021-12-31")
    press(K.Key_S, CTRL)
    assert "时间重叠" in form.mandates.problem()


def test_who_is_away_is_not_proposed_for_a_day_and_marked_where_planned(
    qtbot: QtBot, desks: Desks, messages: RecordedMessages
) -> None:
    planned = next(day for day in desks.days.between("2026-11-23"))
    first = planned.attendance[0].deputy_id
    desks.roster.take_leave(first, Leave("2026-11-25", "2026-12-31"))
    desks.roster.take_leave(3, Leave("2026-11-25", "2026-12-31"))
    suspended = desks.roster.deputy(4)
    desks.roster.save_deputy(
        replace(suspended, mandates=tuple(replace(one, suspended=True) for one in suspended.mandates))
    )
    form = DayForm(desks, messages, planned)
    qtbot.addWidget(form)
    offered = {one.value: one.label for one in form._deputies._offered()}
    assert 3 not in offered
    assert 4 not in offered
    assert form._deputies.labels()[0] == f"{planned.attendance[0].name}（请假）"
    form._on.set_value("2027-01-05")
    form._on.changed.emit()
    assert 3 in {one.value for one in form._deputies._offered()}
    assert form._deputies.labels()[0] == planned.attendance[0].name
    assert desks.days.sign_in(planned.id, first, planned.attendance[0].presence).value is None  # still possible


def test_a_room_is_left_for_another(page: RosterPage, desks: Desks) -> None:
    room = desks.rooms.save(Room("溪口联络点")).value
    deputy_id = go_to(page, "阿依古丽·买买提")
    press(K.Key_R, ALT)
    form = page.editor
    assert isinstance(form, MoveForm)
    press(K.Key_2)  # 换到别的站室
    press(K.Key_Return)
    press(K.Key_Return)
    type_text("xk")
    press(K.Key_Return)
    press(K.Key_S, CTRL)
    kept = desks.roster.deputy(deputy_id)
    assert kept.placements == (
        Placement(None, "", TODAY, id=kept.placements[0].id, uid=kept.placements[0].uid),
        Placement(room, TODAY, id=kept.placements[1].id, uid=kept.placements[1].uid),
    )
    assert "溪口联络点" in page.card.texts()
    assert "阿依古丽·买买提" in names(page)


def test_what_is_typed_into_rows_is_kept_as_a_draft(page: RosterPage, desks: Desks) -> None:
    deputy = desks.roster.deputy(go_to(page, "钟龑"))
    form = DeputyForm(desks, page.shell, deputy)
    form.mandates.add_row()
    form.mandates.rows[2].level.set_value(Level.CITY)
    form.mandates.rows[0].card.set_value("C999")
    form.leaves.add_row()
    form.leaves.rows[0].from_on.set_value("2026-02-30")  # nonsense is kept as well
    form.fields["came_from"].set_value("城东街道联络站")
    kept = json.loads(json.dumps(form.draft_body()))
    other = DeputyForm(desks, page.shell, deputy)
    other.bring_back(kept)
    assert json.loads(json.dumps(other.draft_body())) == kept
    assert other.values() == form.values()
    assert [one.id for one in other.mandates.value()] == [*(one.id for one in deputy.mandates), 0]
    assert other.fields["came_from"].isVisibleTo(other)
    for made in (form, other):
        made.deleteLater()
