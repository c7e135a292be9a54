"""重复人员 by keyboard: found on the page 代表, compared, made one, told apart, left for later, taken back; and 排序号."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station_app.domain.people import Deputy, Level, Mandate
from station_app.station import Desks
from station_app.ui.main_window import MainWindow
from station_app.ui.messages import RecordedMessages
from station_app.ui.roster_page import RosterPage
from station_app.ui.same_persons import SamePersons
from tests.ui.keyboard import press
from tests.ui.reception_keys import ALT, CTRL, K
from tests.ui.window_seat import page_of

MANDATE = Mandate(Level.TOWNSHIP, "第十八届", from_on="2021-11-01")


@pytest.fixture
def desks(desks: Desks) -> Desks:
    """Return the desks of an invented station with 周水根 entered twice and two 吴春梅."""
    for deputy in (
        Deputy("周水根", phone="14000000201", post="上坪村村医", mandates=(MANDATE,)),
        Deputy("周水艮", phone="14000000201", post="上坪村村医", birth_month="1970-01", mandates=(MANDATE,)),
        Deputy("吴春梅", birth_month="1980-05", mandates=(MANDATE,)),
        Deputy("吴春梅", birth_month="1980-05", post="教师", mandates=(MANDATE,)),
    ):
        desks.roster.save_deputy(deputy)
    return desks


@pytest.fixture
def page(window: MainWindow) -> RosterPage:
    """Return the page 代表."""
    return page_of(window, "roster", RosterPage)


def opened(qtbot: QtBot, page: RosterPage) -> SamePersons:
    """Open the window of the pairs by its key."""
    page.views.go()
    press(K.Key_T, ALT)
    (made,) = page.findChildren(SamePersons)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.fields.setFocus()
    assert QApplication.focusWidget() is made.fields
    return made


def names(page: RosterPage) -> list[str]:
    return [deputy.name for deputy in page._desks.roster.deputies()]


def test_the_page_tells_of_pairs_and_of_none(page: RosterPage, desks: Desks) -> None:
    assert page.twins.text() == "发现 2 对可能重复的代表"
    for pair in desks.persons.pairs():
        page.publish(desks.persons.keep_apart(pair))
    assert page.twins.text() == ""


def test_two_entries_are_compared_and_made_one(qtbot: QtBot, page: RosterPage, desks: Desks) -> None:
    shown = opened(qtbot, page)
    assert [pair.first.name for pair in shown._pairs] == ["吴春梅", "周水根"]
    press(K.Key_PageDown)
    assert shown.reasons.text() == "姓名相近（周水根、周水艮），电话相同，单位职务相同"
    assert shown.fields.text(0) == ("姓名", "● 周水根", "○ 周水艮")
    assert shown.fields.text(1) == ("出生年月", "○ （空）", "● 1970-01")
    assert shown.fields.text(2)[0] == "代表职务"
    press(K.Key_Right)
    assert shown.fields.text(0) == ("姓名", "○ 周水根", "● 周水艮")
    press(K.Key_Left)
    press(K.Key_Down)
    assert shown.fields.choices() == {"name": 0, "birth_month": 1}
    press(K.Key_S, CTRL)
    assert names(page).count("周水根") == 1
    assert "周水艮" not in names(page)
    kept = next(deputy for deputy in desks.roster.deputies() if deputy.name == "周水根")
    assert (kept.birth_month, len(kept.mandates)) == ("1970-01", 1)
    assert shown.told.text() == "已合并 周水根 的两条记录\n按 Ctrl+Z 可以撤销。"
    assert page.twins.text() == "发现 1 对可能重复的代表"


def test_what_was_done_is_taken_back_in_the_window(qtbot: QtBot, page: RosterPage) -> None:
    before = names(page)
    shown = opened(qtbot, page)
    press(K.Key_S, CTRL)
    assert len(names(page)) == len(before) - 1
    press(K.Key_Z, CTRL)
    assert names(page) == before
    assert shown.list.count() == 2
    press(K.Key_Z, CTRL)
    assert names(page) == before  # what was done before the window was opened stays


def test_two_people_are_told_apart_and_the_window_closes_after_the_last_pair(qtbot: QtBot, page: RosterPage) -> None:
    shown = opened(qtbot, page)
    press(K.Key_N, ALT)
    assert shown.list.count() == 1
    press(K.Key_N, ALT)
    qtbot.waitUntil(lambda: not page.findChildren(SamePersons))
    assert page.twins.text() == ""
    page.acts.same_persons()
    assert page.findChildren(SamePersons) == []


def test_later_leaves_everything_as_it_is(qtbot: QtBot, page: RosterPage) -> None:
    before = names(page)
    shown = opened(qtbot, page)
    press(K.Key_L, ALT)
    assert shown.list.currentRow() == 1
    press(K.Key_L, ALT)
    qtbot.waitUntil(lambda: not page.findChildren(SamePersons))
    assert names(page) == before
    assert page.twins.text() == "发现 2 对可能重复的代表"


def test_the_mouse_chooses_too(qtbot: QtBot, page: RosterPage) -> None:
    shown = opened(qtbot, page)
    press(K.Key_PageDown)
    cell = shown.fields.visualRect(shown.fields.model().index(0, 2)).center()
    QTest.mouseClick(shown.fields.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    assert shown.fields.choices()["name"] == 1


def test_a_deputy_moves_up_and_down_in_the_roster(page: RosterPage, desks: Desks) -> None:
    before = names(page)
    page.table.sort_by("name")
    page.table.select(desks.roster.deputies()[3].id)
    page.views.go()
    press(K.Key_Up, ALT)
    expected = [*before[:2], before[3], before[2], *before[4:]]
    assert names(page) == expected
    assert [line.name for line in page.table.rows()] == expected
    current = page.current_deputy()
    assert current is not None
    assert current.name == before[3]
    press(K.Key_Down, ALT)
    assert names(page) == before
    press(K.Key_Z, CTRL)
    assert names(page) == expected


def test_a_deputy_moves_among_those_who_are_shown(page: RosterPage, desks: Desks, messages: RecordedMessages) -> None:
    former = desks.roster.deputies()[1]
    ended = tuple(replace(one, to_on="2024-01-01") for one in former.mandates)
    page.publish(desks.roster.save_deputy(replace(former, mandates=ended)))
    before = names(page)
    page.table.select(desks.roster.deputies()[2].id)
    page.views.go()
    press(K.Key_Up, ALT)
    assert names(page)[:3] == [before[2], before[0], before[1]]
    press(K.Key_Up, ALT)
    assert messages.said == ["已经在最上面了。"]
