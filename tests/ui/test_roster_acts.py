"""What happens to a deputy, by keyboard: ending, leave, moves, portrait; the roster as cards, trees, on an earlier day."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, QSettings, Qt
from PySide6.QtGui import QGuiApplication, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station_app.domain.people import Deputy, EndReason, Leave, Level, Mandate, Placement, Standing
from station_app.domain.rooms import Room
from station_app.services.portraits import Crop, photo_to_cut
from station_app.station import Desks
from station_app.storage.attachment_store import store_path
from station_app.ui.crop_field import CropField
from station_app.ui.day_form import DayForm
from station_app.ui.deputy_form import DeputyForm
from station_app.ui.deputy_steps import EndForm, LeaveForm, MoveForm
from station_app.ui.main_window import MainWindow, PageEntry
from station_app.ui.messages import RecordedMessages, Unsaved
from station_app.ui.portrait_form import PortraitForm
from station_app.ui.roster_page import RosterPage
from station_app.ui.roster_tree import TreeKind
from station_app.ui.theme import px
from tests.ui.keyboard import type_text
from tests.ui.small_station import small_station

CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
K = Qt.Key
TODAY = "2026-11-22"


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[Desks]:
    made = small_station(tmp_path / "a.station")
    yield made
    made.close()


@pytest.fixture
def page(qtbot: QtBot, desks: Desks, settings: QSettings, messages: RecordedMessages) -> Iterator[RosterPage]:
    """The roster in a window, the keyboard in its table."""
    entry = PageEntry("roster", "代表", "users", lambda shell: RosterPage(shell, desks))
    window = MainWindow(
        "示例", [entry], clock=desks.clock, settings=settings, messages=messages, undo=desks.housekeeping.undo
    )
    qtbot.addWidget(window)
    window.resize(1280, 800)
    window.show()
    window.activateWindow()
    window.show_page("roster")
    qtbot.waitUntil(window.isActiveWindow)
    made = window.page("roster")
    assert isinstance(made, RosterPage)
    made.table.view.setFocus()
    yield made
    window.jobs.stop()


def press(key: Qt.Key, how: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, how)


def names(page: RosterPage) -> list[str]:
    return [line.name for line in page.table.rows()]


def go_to(page: RosterPage, name: str) -> int:
    line = next(one for one in page.table.rows() if one.name == name)
    page.table.select(line.deputy_id)
    return int(line.deputy_id)


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
        one.to_on == "2026-11-20" for group in desks.grouping.groups() for one in group.memberships
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


def a_photo(folder: Path) -> Path:
    Image.new("RGB", (1200, 900), "steelblue").save(folder / "照片.jpg")
    return folder / "照片.jpg"


def test_a_portrait_is_chosen_cut_by_keys_shown_and_removed(
    qtbot: QtBot, page: RosterPage, desks: Desks, messages: RecordedMessages, tmp_path: Path
) -> None:
    deputy_id = go_to(page, "钟龑")
    press(K.Key_P, ALT)
    form = page.editor
    assert isinstance(form, PortraitForm)
    press(K.Key_S, CTRL)
    assert form.photo.problem() == "请先选择照片。"
    messages.answers = [a_photo(tmp_path)]
    press(K.Key_X, ALT)
    photo = form.photo
    qtbot.waitUntil(lambda: not photo.is_empty())
    crop = form.photo.cropper.crop()
    assert crop.height == pytest.approx(1.0)
    assert crop.width * 1200 * 7 == pytest.approx(crop.height * 900 * 5)
    for _ in range(3):
        press(K.Key_Plus)
    press(K.Key_Left)
    nearer = form.photo.cropper.crop()
    assert nearer.height < 0.8
    assert nearer.left + nearer.width / 2 < 0.5
    press(K.Key_S, CTRL)
    photo_id = desks.roster.deputy(deputy_id).photo_id
    assert photo_id is not None
    shelf = page._shelf
    qtbot.waitUntil(lambda: shelf.portrait(desks.roster.deputy(deputy_id)) is not None)
    press(K.Key_P, ALT)
    form = page.editor
    assert isinstance(form, PortraitForm)
    assert not form.is_changed()
    form.remove()
    assert desks.roster.deputy(deputy_id).photo_id is None
    press(K.Key_Z, CTRL)
    assert desks.roster.deputy(deputy_id).photo_id == photo_id


def test_a_portrait_is_pasted_and_moved_by_the_mouse(
    qtbot: QtBot, page: RosterPage, messages: RecordedMessages
) -> None:
    press(K.Key_P, ALT)
    form = page.editor
    assert isinstance(form, PortraitForm)
    QGuiApplication.clipboard().setText("没有照片")
    press(K.Key_V, CTRL)
    assert form.photo.problem() == "剪贴板里没有照片。"
    picture = QImage(700, 1400, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.darkGreen)
    QGuiApplication.clipboard().setImage(picture)
    press(K.Key_V, CTRL)
    photo = form.photo
    qtbot.waitUntil(lambda: not photo.is_empty())
    cropper = form.photo.cropper
    top = cropper.crop().top
    QTest.mousePress(cropper, Qt.MouseButton.LeftButton, pos=cropper.rect().center())
    QTest.mouseMove(cropper, QPoint(cropper.rect().center().x(), px(60)))
    QTest.mouseRelease(cropper, Qt.MouseButton.LeftButton)
    assert cropper.crop().top > top
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), cropper.rect().topLeft(), cropper.rect().center(), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    cropper.wheelEvent(wheel)
    assert cropper.crop().height < 1.0 - top
    assert isinstance(form.fields["photo"], CropField)
    messages.answers = [Unsaved.DISCARD]
    press(K.Key_Escape)
    assert page.editor is None


def test_without_the_attachments_file_the_cards_show_the_silhouette(
    qtbot: QtBot, page: RosterPage, desks: Desks, tmp_path: Path
) -> None:
    page.publish(desks.portraits.save(1, photo_to_cut(a_photo(tmp_path)), Crop(0, 0, 0.5, 0.9)))
    store_path(desks.path).unlink()
    page.reload()
    with qtbot.waitSignal(page._shelf.arrived):
        press(K.Key_K, ALT)
    portrait = page._shelf.portrait(desks.roster.deputy(1))
    assert portrait is not None
    assert portrait.isNull()


def test_the_cards_are_walked_by_arrows_and_opened_by_enter_and_stay_chosen(
    page: RosterPage, settings: QSettings
) -> None:
    press(K.Key_K, ALT)
    gallery = page.views.gallery
    assert gallery.view.hasFocus()
    assert page.views.currentWidget() is gallery
    first = page.current_deputy()
    press(K.Key_Right)
    second = page.current_deputy()
    assert first is not None
    assert second is not None
    assert (first.name, second.name) == ("钟龑", "欧阳建国")
    assert page.card.deputy() == second
    press(K.Key_Down)
    third = page.current_deputy()
    assert third is not None
    assert third.name not in (first.name, second.name)
    press(K.Key_Return)
    assert isinstance(page.editor, DeputyForm)
    assert page.editor.title() == f"修改 {third.name}"
    press(K.Key_Escape)
    assert gallery.view.hasFocus()
    assert settings.value("roster/cards") == "yes"
    press(K.Key_K, ALT)
    assert page.table.view.hasFocus()
    assert page.current_deputy() == third


def test_the_tree_filters_by_level_constituency_and_place_of_work(page: RosterPage, settings: QSettings) -> None:
    press(K.Key_B, ALT)  # by level
    assert page.left.kind() is TreeKind.LEVEL
    tree = page.left.tree.tree
    assert tree.hasFocus()
    words = [item.text(0) for at in range(tree.topLevelItemCount()) if (item := tree.topLevelItem(at))]
    assert words == ["全部代表　7", "市　1", "县　2", "镇　6"]
    press(K.Key_Down)
    press(K.Key_Down)
    assert names(page) == ["钟龑", "阿依古丽·买买提"]
    press(K.Key_Right)
    press(K.Key_Down)
    assert names(page) == ["钟龑"]
    press(K.Key_Return)
    assert isinstance(page.editor, DeputyForm)
    press(K.Key_Escape)
    page.left.go()
    press(K.Key_B, ALT)  # by village
    assert names(page) == [line.name for line in page._lines]
    press(K.Key_B, ALT)  # by constituency
    press(K.Key_B, ALT)  # by place of work
    words = [item.text(0) for at in range(tree.topLevelItemCount()) if (item := tree.topLevelItem(at))]
    assert "禾溪镇中心小学　1" in words
    assert settings.value("roster/tree") == "workplace"


def test_an_earlier_day_shows_who_served_then_and_is_only_read(
    page: RosterPage, desks: Desks, messages: RecordedMessages
) -> None:
    page.publish(
        desks.roster.save_deputy(
            Deputy("韦东", mandates=(Mandate(Level.TOWNSHIP, "第十七届", from_on="2016-11-01", to_on="2021-10-31"),))
        )
    )
    assert "韦东" not in names(page)
    press(K.Key_D, ALT)
    type_text("2020-5-1")
    press(K.Key_Return)
    assert names(page) == ["韦东"]
    assert "2020-05-01" in page._past.text()
    assert not any(one.isEnabled() for one in page.card.action_buttons)
    page.views.go()
    press(K.Key_Return)
    press(K.Key_F2)
    assert page.editor is None
    assert all("只能看" in told for told in messages.said)
    assert len(messages.said) == 2
    page.filters.go_to_today()
    assert len(names(page)) == 7
    assert page._past.text() == ""


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("1400000 1003", ["曾丽萍"]),
        ("第7选区", ["𬭚文"]),
        ("c006", ["阿依古丽·买买提"]),
        ("种粮", ["𬭚文"]),
        ("qinss", ["覃水生"]),
        ("tss", ["覃水生"]),  # 覃 is read tan as well
    ],
)
def test_more_is_found(page: RosterPage, typed: str, found: list[str]) -> None:
    press(K.Key_K, CTRL)
    type_text(typed)
    assert names(page) == found


def test_term_and_village_filter(page: RosterPage) -> None:
    page.filters.term.setCurrentText("第六届")
    assert names(page) == ["覃水生"]
    page.filters.clear()
    page.filters.village.setCurrentText("上坪村")
    assert names(page) == ["钟龑", "欧阳建国", "曾丽萍"]


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
