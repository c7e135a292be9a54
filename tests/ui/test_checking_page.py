"""名册核对 by keyboard: right, changed, not reached, put off, back; left and taken up again."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from station_app.documents.page_pictures import page_texts
from station_app.domain.roster_check import Outcome
from station_app.station import Desks
from station_app.support.clock import fixed_clock
from station_app.ui.checking_page import CheckingPage
from station_app.ui.messages import RecordedMessages, Unsaved
from station_app.ui.paper_window import PaperWindow
from station_app.ui.station_window import StationWindow
from tests.term_station import TODAY, term_station
from tests.ui.keyboard import press, type_text
from tests.ui.window_seat import copied, page_of, take_seat

K = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("checking") / "a.station"
    term_station(path, 8).close()
    return path


@pytest.fixture
def desks(made_once: Path, tmp_path: Path) -> Iterator[Desks]:
    """A station with eight deputies, five of them due."""
    made = copied(made_once, tmp_path, TODAY)
    yield made
    made.close()


@pytest.fixture
def window(station_window: StationWindow) -> StationWindow:
    return station_window


@pytest.fixture
def page(window: StationWindow) -> CheckingPage:
    """The walk."""
    return page_of(window, "checking", CheckingPage)


def at(page: CheckingPage) -> str:
    """Return whose entry is large."""
    line = page._current()
    assert line is not None
    texts = {one.text() for one in page.sheet.findChildren(QLabel) if one.isVisible()}
    assert line.deputy.name in texts
    return line.deputy.name


def names(page: CheckingPage) -> list[str]:
    return [line.deputy.name for line in page.table.rows()]


def note(page: CheckingPage) -> str:
    return page.header._note.text()


def test_enter_confirms_and_goes_to_the_next(page: CheckingPage, desks: Desks) -> None:
    listed = names(page)
    assert len(listed) == 5
    assert (at(page), note(page)) == (listed[0], "已核对 0 位，还剩 5 位")
    press(K.Key_Return)
    press(K.Key_W, ALT)
    assert (at(page), note(page)) == (listed[2], "已核对 2 位，还剩 3 位")
    assert names(page) == listed
    assert [one.name for one in desks.roster.deputies() if one.checked_on == TODAY.isoformat()] == listed[:2]


def test_what_has_changed_is_typed_in_place(page: CheckingPage, desks: Desks) -> None:
    first = at(page)
    press(K.Key_E, ALT)
    assert page._form is not None
    page._form.fields["phone"].typing().selectAll()  # type: ignore[attr-defined]  # it is a line
    type_text("14000006666")
    press(K.Key_Return)
    press(K.Key_Return)
    page._form.fields["post"].typing().selectAll()  # type: ignore[attr-defined]
    type_text("枫林村党总支书记")
    press(K.Key_S, CTRL)
    changed = next(one for one in desks.roster.deputies() if one.name == first)
    assert (changed.phone, changed.post, changed.checked_on) == ("14000006666", "枫林村党总支书记", TODAY.isoformat())
    assert desks.checking.history(changed.id)[0].outcome is Outcome.CHANGED
    assert at(page) == names(page)[1]
    press(K.Key_Z, CTRL)
    assert desks.checking.history(changed.id) == []


def test_a_wrong_number_stays_in_its_field(page: CheckingPage, desks: Desks) -> None:
    press(K.Key_E, ALT)
    assert page._form is not None
    page._form.fields["phone"].typing().selectAll()  # type: ignore[attr-defined]  # it is a line
    type_text("abc")
    press(K.Key_S, CTRL)
    assert "联系电话只能是数字" in page._form.fields["phone"].problem()
    assert desks.checking.round().done == 0


def test_who_was_not_reached_or_was_put_off_comes_last(page: CheckingPage, desks: Desks) -> None:
    listed = names(page)
    press(K.Key_S, ALT)
    press(K.Key_U, ALT)
    assert at(page) == listed[1]  # stays in sight: there may be another number to try
    type_text("电话无人接听")
    press(K.Key_S, CTRL)
    assert at(page) == listed[2]
    for _ in range(3):
        press(K.Key_Return)
    assert at(page) == listed[0]  # put off, not asked yet
    press(K.Key_Return)
    assert at(page) == listed[1]  # not reached, asked again at the end
    assert desks.checking.history(desks.checking.round().lines[1].deputy.id)[0].note == "电话无人接听"
    press(K.Key_Return)
    assert note(page) == "本轮 5 位都核对完了"
    before = len(desks.housekeeping.undoable())
    press(K.Key_Return)  # nothing is due any more: nothing is written
    assert len(desks.housekeeping.undoable()) == before


def test_back_goes_up_again(page: CheckingPage) -> None:
    listed = names(page)
    press(K.Key_Return)
    press(K.Key_Return)
    press(K.Key_Q, ALT)
    assert at(page) == listed[1]
    press(K.Key_Return)  # checked already: passed
    assert at(page) == listed[2]


def test_the_walk_goes_on_where_it_was_left(
    qtbot: QtBot, page: CheckingPage, window: StationWindow, desks: Desks, settings: QSettings
) -> None:
    listed = names(page)
    press(K.Key_Return)
    press(K.Key_S, ALT)
    assert at(page) == listed[2]
    press(K.Key_Escape)
    assert window.current_page() is window.page("roster")
    other = StationWindow(desks, settings, RecordedMessages())
    again = page_of(take_seat(qtbot, other), "checking", CheckingPage)
    assert (at(again), note(again)) == (listed[2], "已核对 1 位，还剩 4 位")
    assert again._skipped == {again.table.rows()[1].deputy.id}
    other.jobs.stop()


def test_the_walk_may_be_about_one_group(page: CheckingPage, desks: Desks) -> None:
    group = desks.grouping.groups()[1]
    page.scope.group.setCurrentIndex(page.scope.group.findData(group.id))
    members = {one.deputy_id for one in group.members_on(TODAY.isoformat())}
    assert {line.deputy.id for line in page.table.rows()} <= members
    assert at(page) in names(page)
    page.scope.level.setCurrentIndex(1)  # 县: nobody of that group
    assert names(page) == []
    assert "没有要核对的" in " ".join(one.text() for one in page._finished.findChildren(QLabel))


def test_leaving_a_form_asks_and_what_was_typed_is_offered_again(
    page: CheckingPage, messages: RecordedMessages, desks: Desks
) -> None:
    first = at(page)
    messages.answers = [Unsaved.KEEP]
    press(K.Key_E, ALT)
    type_text("7")
    press(K.Key_Escape)
    assert page._form is None
    (kept,) = desks.housekeeping.unfinished()
    assert (kept.page, kept.form) == ("checking", "check_changed")
    press(K.Key_Down)
    page.open_item(kept)
    assert at_form(page).endswith("有变化")
    assert at_form(page).startswith(first)
    assert "7" in page._form.fields["phone"].value()  # type: ignore[attr-defined]


def at_form(page: CheckingPage) -> str:
    assert page._form is not None
    return page._form.title()


def test_the_check_list_is_shown_to_be_printed(qtbot: QtBot, page: CheckingPage) -> None:
    press(K.Key_P, CTRL)
    paper = next(one for one in QApplication.topLevelWidgets() if isinstance(one, PaperWindow) and one.isVisible())
    qtbot.waitUntil(paper.is_ready, timeout=20_000)
    text = "".join(page_texts(paper.pages()))
    assert "枫林片区小组" in text
    assert "水东片区小组" in text
    paper.close()


def test_who_only_reads_sees_the_walk_and_writes_nothing(tmp_path: Path, qtbot: QtBot, settings: QSettings) -> None:
    from tests.operator_station import operator_station, sign_in

    messages = RecordedMessages()
    desks = Desks.open(operator_station(tmp_path / "o"), fixed_clock(TODAY))
    sign_in(desks, "何平")
    window = StationWindow(desks, settings, messages)
    qtbot.addWidget(window)
    window.begin()
    sign_in(desks, "何平")
    page = CheckingPage(window.shell, desks)
    qtbot.addWidget(page)
    page.show()
    before = len(desks.checking.round().lines)
    page.confirm()
    assert messages.said
    assert len(desks.checking.round().lines) == before
    window.jobs.stop()
    desks.close()


def test_the_interval_is_set_in_the_settings(qtbot: QtBot, window: StationWindow, page: CheckingPage) -> None:
    from station_app.ui.settings_page import SettingsPage

    window.show_page("settings")
    settings = window.page("settings")
    assert isinstance(settings, SettingsPage)
    settings.go_to("名册核对")
    form = settings.section()
    QTest.keyClick(QApplication.focusWidget() or window, K.Key_Right)
    form.fields["check_months"].set_value(60)  # type: ignore[union-attr]  # it is a form
    press(K.Key_S, CTRL)
    window.show_page("checking")
    assert names(page) == ["阿依古丽·买买提"]
