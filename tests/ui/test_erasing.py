"""个人信息删除 by keyboard: from a visit, from 操作记录; asked once; listed and confirmed afterwards."""

from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from station_app.domain.operators import Operator, Role
from station_app.station import Desks
from station_app.ui.erasing_list import ErasingList
from station_app.ui.erasing_window import ErasingWindow
from station_app.ui.main_window import MainWindow
from station_app.ui.messages import RecordedMessages
from station_app.ui.paper_window import PaperWindow
from station_app.ui.reception_page import ReceptionPage
from tests.ui.keyboard import press, type_text

Key, ALT, CTRL = Qt.Key, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NAME = "刘发根"
SLOW = 20_000
Shown = TypeVar("Shown", bound=QWidget)


def opened(qtbot: QtBot, kind: type[Shown]) -> Shown:
    """Return the window of a kind that opens, once the keyboard is in it."""

    def found() -> Shown | None:
        every = QApplication.topLevelWidgets()
        return next((one for one in every if isinstance(one, kind) and one.isVisible()), None)

    qtbot.waitUntil(lambda: found() is not None)
    shown = found()
    assert shown is not None
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    return shown


def is_open(kind: type[QWidget]) -> bool:
    return any(isinstance(one, kind) and one.isVisible() for one in QApplication.topLevelWidgets())


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    """Return the window at the receptions."""
    window.show_page("reception")
    return window


def visit_of(desks: Desks) -> int:
    return next(one.id for one in desks.reception.visits_between("", "9999") if one.name == NAME)


def from_the_visit(qtbot: QtBot, window: MainWindow, desks: Desks) -> ErasingWindow:
    """Open the visit as the search does, then the window of erasing."""
    page = window.page("reception")
    assert isinstance(page, ReceptionPage)
    page.open_item(("visit", visit_of(desks)))
    press(Key.Key_D, CTRL | SHIFT)
    return opened(qtbot, ErasingWindow)


def test_a_visitor_is_erased_by_keyboard_after_one_question(
    qtbot: QtBot, window: MainWindow, desks: Desks, messages: RecordedMessages
) -> None:
    desks.housekeeping.back_up()
    asked = from_the_visit(qtbot, window, desks)
    assert asked.form.visits.list.hasFocus()
    assert asked.form.visits.value() == (visit_of(desks),)
    assert "1 条登记的姓名" in asked.form.outlook.text()
    assert "本机 1 份（手动）：要人手删除" in asked.form.outlook.text()
    press(Key.Key_Tab)
    press(Key.Key_Tab)
    type_text("本人书面申请")
    press(Key.Key_Tab)
    press(Key.Key_Space)
    assert "1 件意见的标题、反映内容和备注" in asked.form.outlook.text()
    messages.answers = [True]
    press(Key.Key_S, CTRL)
    (question,) = messages.said
    assert question.startswith("删除 1 条登记里的个人信息吗？")
    assert "不能撤销" in question
    (erasure,) = desks.erasing.done()
    assert erasure.reason == "本人书面申请"
    assert desks.erasing.held(NAME, "") == []
    paper = opened(qtbot, PaperWindow)
    qtbot.waitUntil(paper.is_ready, timeout=SLOW)
    paper.close()


def test_whoever_says_no_erases_nothing(
    qtbot: QtBot, window: MainWindow, desks: Desks, messages: RecordedMessages
) -> None:
    asked = from_the_visit(qtbot, window, desks)
    asked.form.fields["reason"].set_value("本人书面申请")
    messages.answers = [False]
    press(Key.Key_S, CTRL)
    assert desks.erasing.done() == []
    assert asked.isVisible()
    press(Key.Key_Escape)
    assert not is_open(ErasingWindow)


def test_nothing_is_asked_before_all_is_filled_in(qtbot: QtBot, window: MainWindow, desks: Desks) -> None:
    asked = from_the_visit(qtbot, window, desks)
    press(Key.Key_Space)
    press(Key.Key_S, CTRL)
    assert "至少勾选一条" in asked.form.visits.problem()
    assert "理由" in asked.form.fields["reason"].problem()
    press(Key.Key_Escape)


def test_the_log_lists_what_was_erased_and_old_backups_are_replaced(
    qtbot: QtBot, window: MainWindow, desks: Desks, messages: RecordedMessages
) -> None:
    desks.housekeeping.back_up()
    desks.erasing.erase([visit_of(desks)], "2026-11-20", "本人书面申请", words_too=True)
    window.show_page("log")
    press(Key.Key_G, ALT)
    listed = opened(qtbot, ErasingList)
    assert [one.reason for one in listed.table.rows()] == ["本人书面申请"]
    assert listed.held.text().startswith("备份里还有：本机 1 份")
    messages.answers = [True]
    listed.renew_button.setFocus()
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: listed.held.text() == "能查到的备份里都已没有。", timeout=SLOW)
    assert [one.holds_erased for one in desks.backups.listed()] == [False]
    listed.table.view.setFocus()
    press(Key.Key_P, CTRL)
    paper = opened(qtbot, PaperWindow)
    qtbot.waitUntil(paper.is_ready, timeout=SLOW)
    paper.close()
    listed.close()


def test_a_person_is_looked_for_by_name_from_the_log(qtbot: QtBot, window: MainWindow, desks: Desks) -> None:
    window.show_page("log")
    press(Key.Key_G, ALT)
    listed = opened(qtbot, ErasingList)
    press(Key.Key_F2)
    asked = opened(qtbot, ErasingWindow)
    type_text(NAME)
    asked.form.look_now()
    assert asked.form.visits.list.count() == 1
    assert asked.form.visits.value() == ()
    press(Key.Key_Escape)
    listed.close()


def test_who_may_not_govern_is_told_so(
    qtbot: QtBot, window: MainWindow, desks: Desks, messages: RecordedMessages
) -> None:
    for name, role in (("肖敏", Role.CLERK), ("林小雨", Role.HELPER)):
        desks.operators.save(Operator(0, "", name, role), "2580")
    desks.operators.sign_in(next(one.id for one in desks.operators.working() if one.name == "林小雨"), "2580")
    page = window.page("reception")
    assert isinstance(page, ReceptionPage)
    page.open_item(("visit", visit_of(desks)))
    page.erase_chosen()
    assert not is_open(ErasingWindow)
    assert messages.faults
