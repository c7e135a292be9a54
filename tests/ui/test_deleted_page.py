"""最近删除 by keyboard: deleting what was entered by mistake, and having it again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from station_app.domain.groups import GroupKind
from station_app.domain.people import Deputy, Level, Mandate
from station_app.domain.reception import DayState, Receiver, VisitDraft, VisitorDraft
from station_app.ui.day_list import OUTSIDE
from station_app.ui.deleted_page import DeletedPage
from station_app.ui.groups_panel import Place
from station_app.ui.messages import RecordedMessages
from station_app.ui.reception_page import ReceptionPage
from station_app.ui.roster_page import RosterPage
from station_app.ui.station_window import StationWindow
from tests.ui.keyboard import press
from tests.ui.reception_keys import ALT, CTRL, TODAY, K
from tests.ui.whole_window import whole_window


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[StationWindow]:
    with whole_window(qtbot, tmp_path) as made:
        yield made


def deleted_page(window: StationWindow) -> DeletedPage:
    QTest.keyClick(window, K.Key_6, ALT)
    press(K.Key_X, ALT)
    page = window.current_page()
    assert isinstance(page, DeletedPage)
    return page


def on_reception(window: StationWindow) -> ReceptionPage:
    QTest.keyClick(window, K.Key_2, ALT)
    page = window.page("reception")
    assert isinstance(page, ReceptionPage)
    return page


def on_roster(window: StationWindow) -> RosterPage:
    QTest.keyClick(window, K.Key_4, ALT)
    page = window.page("roster")
    assert isinstance(page, RosterPage)
    return page


def test_a_visit_registered_by_mistake_is_deleted_and_comes_back(window: StationWindow) -> None:
    draft = VisitDraft(
        TODAY.isoformat(), VisitorDraft("莫小川", phone="14000006666"), (Receiver("肖敏"),), notes="问路"
    )
    registered = window.desks.reception.register_visit(draft).value
    page = on_reception(window)
    page.reload()
    page.days.select(OUTSIDE)
    page.panel.table.select((registered.visit_id, ""))
    page.panel.table.setFocus()
    press(K.Key_Delete, CTRL)
    assert window.status_line.said() == f"已删除来访 {registered.visit_number}"
    deleted = deleted_page(window)
    (entry,) = deleted.table.rows()
    assert (entry.kinds, entry.names, entry.way) == ("来访", registered.visit_number, "删除")
    press(K.Key_Return)
    assert deleted.table.rows() == []
    assert window.desks.reception.visit(registered.visit_id).name == "莫小川"
    press(K.Key_Z, CTRL)
    assert len(deleted.table.rows()) == 1


def test_a_visit_with_opinions_stays_and_it_is_said_why(window: StationWindow) -> None:
    page = on_reception(window)
    page.panel.table.setFocus()
    page.panel.table.view.selectRow(0)
    before = len(window.desks.reception.visits_between("2026-01-01", "2026-12-31"))
    press(K.Key_Delete, CTRL)
    assert "作废" in page.notice.text()
    assert len(window.desks.reception.visits_between("2026-01-01", "2026-12-31")) == before


def test_a_day_planned_by_mistake_comes_back_with_its_deputies(window: StationWindow) -> None:
    page = on_reception(window)
    planned = next(day for day in window.desks.days.between() if day.state is DayState.PLANNED)
    page.days.select(planned.id)
    page.days.setFocus()
    press(K.Key_Delete, CTRL)
    assert planned.id not in {day.id for day in window.desks.days.between()}
    deleted_page(window)
    press(K.Key_Return)
    assert window.desks.days.one(planned.id).attendance == planned.attendance


def test_a_deputy_and_a_group_come_back(window: StationWindow) -> None:
    deputy_id = window.desks.roster.save_deputy(Deputy("莫一凡", mandates=(Mandate(Level.TOWNSHIP),))).value
    page = on_roster(window)
    page.reload()
    page.table.select(deputy_id)
    page.table.view.setFocus()
    press(K.Key_Delete, CTRL)
    assert deputy_id not in {one.id for one in window.desks.roster.deputies()}
    group = window.desks.grouping.groups()[0]
    page.groups.tree.go_to_group(group.id)
    page.groups.tree.setFocus()
    assert page.groups.tree.place() == Place(group.id, kind=GroupKind.AREA)
    press(K.Key_Delete)
    assert group.id not in {one.id for one in window.desks.grouping.groups()}
    deleted_page(window)
    press(K.Key_Return)
    press(K.Key_Return)
    assert deputy_id in {one.id for one in window.desks.roster.deputies()}
    assert group in window.desks.grouping.groups()


def test_what_it_belongs_to_is_offered_as_well(window: StationWindow) -> None:
    days = window.desks.days
    planned = next(day for day in days.between() if day.state is DayState.PLANNED)
    days.take_off(planned.id, planned.attendance[0].deputy_id)
    days.delete(planned.id)
    page = deleted_page(window)
    page.table.select(page.table.rows()[-1].step_id)
    messages = window.messages
    assert isinstance(messages, RecordedMessages)
    messages.answers = [False, True]
    press(K.Key_Return)
    assert planned.on in messages.said[0]
    assert len(page.table.rows()) == 2
    press(K.Key_Return)
    assert page.table.rows() == []
    assert len(days.one(planned.id).attendance) == len(planned.attendance)


def test_the_page_is_found_in_the_menu_of_the_file_and_left_by_esc(window: StationWindow) -> None:
    deleted_page(window)
    press(K.Key_Escape)
    assert window.current_page() is window.page("settings")
