"""What each operator is offered, in a real window by keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from station_app.domain.reception import DayState, ReceptionDay
from station_app.ui.grouping_page import GroupingPage
from station_app.ui.main_window import window_settings
from station_app.ui.operator_pin_box import own_pin_box
from station_app.ui.opinions_page import OpinionsPage
from station_app.ui.reception_page import ReceptionPage
from station_app.ui.roster_page import RosterPage
from station_app.ui.station_window import StationWindow
from station_app.ui.visit_form import VisitForm
from tests.operator_station import PINS, HandClock, copied, operator_station
from tests.ui.operator_seat import Seat, end
from tests.ui.reception_keys import ALT, CTRL, TODAY, K


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return operator_station(tmp_path_factory.mktemp("seats"), open_day=False)


@pytest.fixture
def hand() -> HandClock:
    return HandClock()


@pytest.fixture
def store(tmp_path: Path) -> QSettings:
    return window_settings(str(tmp_path / "window.ini"))


@pytest.fixture
def seat(qtbot: QtBot, made_once: Path, tmp_path: Path, hand: HandClock, store: QSettings) -> Iterator[Seat]:
    made = Seat(qtbot, copied(made_once, tmp_path), hand.clock, store)
    yield made
    end(made.window)


# What is offered


def enabled(window: StationWindow, word: str) -> bool:
    page = window.current_page()
    assert page is not None
    return next(one for one in page.findChildren(QPushButton) if one.text() == word).isEnabled()


def test_a_helper_registers_but_does_not_hand_over(seat: Seat) -> None:
    seat.sign_in("肖敏")
    today = next(day for day in seat.desks.days.between() if day.on == TODAY.isoformat())
    seat.desks.days.open(today.id)
    seat.key(K.Key_L, CTRL)
    seat.sign_in("林小雨")
    seat.key(K.Key_2, ALT)
    assert enabled(seat.window, "登记接待")
    assert not enabled(seat.window, "结束接待")
    seat.key(K.Key_F2)
    assert seat.form.save_button.isEnabled()
    seat.form.leave()
    seat.key(K.Key_3, ALT)
    page = seat.window.page("opinions")
    assert isinstance(page, OpinionsPage)
    found = next(one for one in page.panel.findChildren(QPushButton) if one.text() == "交办 / 转办")
    assert not found.isEnabled()
    assert "换联络员或站长" in found.toolTip()
    assert seat.messages.faults == []


def test_a_helper_waits_for_the_clerk_to_begin_the_day(seat: Seat) -> None:
    seat.sign_in("肖敏")
    planned = seat.desks.days.save(ReceptionDay(TODAY.isoformat(), place="水东村")).value
    seat.key(K.Key_L, CTRL)
    seat.sign_in("林小雨")
    seat.key(K.Key_2, ALT)
    seat.key(K.Key_F2)
    page = seat.window.page("reception")
    assert isinstance(page, ReceptionPage)
    assert "请联络员先按“开始接待”" in page.notice.text()
    assert page.editor is None
    assert seat.desks.days.one(planned).state is DayState.PLANNED


@pytest.mark.parametrize(
    ("number", "word"),
    [(K.Key_1, "登记接待"), (K.Key_2, "登记接待"), (K.Key_3, "登记意见"), (K.Key_4, "新增代表")],
)
def test_who_only_reads_is_offered_no_beginning(seat: Seat, number: Qt.Key, word: str) -> None:
    seat.sign_in("何平")
    seat.key(number, ALT)
    assert not enabled(seat.window, word)
    seat.key(K.Key_F2)
    page = seat.window.current_page()
    assert page is not None
    assert page.editor is None
    assert [fault.what for fault in seat.messages.faults] == ["当前操作员没有办理这一步的权限。"]


def test_who_only_reads_sees_the_groups_and_changes_none(seat: Seat) -> None:
    seat.sign_in("何平")
    seat.window.open_page("grouping", None)
    assert [enabled(seat.window, word) for word in ("新建小组", "编组方案", "移组", "撤销小组")] == [False] * 4
    assert enabled(seat.window, "联户")
    page = seat.window.current_page()
    assert isinstance(page, GroupingPage)
    for act in (page.new, page.show_proposal, page.acts.leave, page.acts.move, page.acts.correct):
        page.tree.go_to_group(1)
        act()
        assert page.editor is None
        assert page.panel is None
        assert seat.messages.faults.pop().what == "当前操作员没有办理这一步的权限。"


def test_who_only_reads_can_read_every_page(seat: Seat) -> None:
    seat.sign_in("何平")
    for number in range(1, 7):
        seat.key(Qt.Key(K.Key_0 + number), ALT)
    roster = seat.window.page("roster")
    assert isinstance(roster, RosterPage)
    assert roster.table.rows()
    seat.window.show_page("reception")
    reception = seat.window.page("reception")
    assert isinstance(reception, ReceptionPage)
    reception.open_visit(1)
    assert isinstance(reception.editor, VisitForm)
    assert not reception.editor.save_button.isEnabled()
    assert "查阅" in reception.editor.notice.text()
    assert seat.messages.faults == []


def test_settings_can_be_read_and_not_changed(seat: Seat) -> None:
    seat.sign_in("何平")
    seat.window.open_page("settings", "村(居)")
    assert not enabled(seat.window, "新增村(居)")
    seat.window.open_page("settings", "操作员")
    assert not enabled(seat.window, "新增操作员")


# The own PIN


def test_the_own_pin_is_changed_by_keyboard(seat: Seat, qtbot: QtBot) -> None:
    seat.sign_in("何平")
    said: list[object] = []
    box = own_pin_box(seat.window, seat.desks, seat.messages, said.append)
    box.show()  # not modal here: the guards close modal boxes
    qtbot.waitUntil(lambda: box.isAncestorOf(QApplication.focusWidget() or seat.window))
    for text in (PINS["何平"], "3709", "3709"):
        seat.letters(text)
        seat.key(K.Key_Return)
    seat.key(K.Key_S, CTRL)
    assert len(said) == 1
    seat.desks.operators.sign_in(next(one.id for one in seat.desks.operators.all() if one.name == "何平"), "3709")


def test_the_menu_offers_switching_locking_and_the_pin(seat: Seat) -> None:
    seat.sign_in("何平")
    menu = seat.window.top_bar.operator_menu()
    menu.aboutToShow.emit()
    assert [action.text() for action in menu.actions()] == ["换人…", "锁定　Ctrl+L", "修改我的PIN…"]
    menu.actions()[0].trigger()
    assert seat.cover.names.hasFocus()
