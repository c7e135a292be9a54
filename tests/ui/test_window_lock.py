"""Signing in and the lock, in a real window by keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from station_app import PROGRAM_NAME
from station_app.station import Desks
from station_app.storage.file_key import FileKey
from station_app.ui.lock_page import SECRETS, LockPage
from station_app.ui.main_window import window_settings
from station_app.ui.messages import RecordedMessages
from station_app.ui.operator_pin_box import own_pin_box
from station_app.ui.password_section import PasswordSection
from station_app.ui.reception_page import ReceptionPage
from station_app.ui.settings_page import SettingsPage
from station_app.ui.station_window import StationWindow
from tests.operator_station import PINS, HandClock, copied, operator_station
from tests.ui.operator_seat import Seat, end, type_visit
from tests.ui.reception_keys import ALT, CTRL, TODAY, K
from tests.ui.small_station import small_station


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


# Signing in


def test_nothing_is_shown_before_somebody_signed_in(seat: Seat) -> None:
    assert SECRETS in seat.texts()
    assert not seat.window._pages, "no page was built"
    for key in (K.Key_F2, K.Key_F1, K.Key_Escape):
        seat.key(key)
    seat.key(K.Key_3, ALT)
    assert not seat.window._pages
    assert "水" not in seat.texts()


def test_name_and_pin_let_in_by_keyboard(seat: Seat) -> None:
    seat.sign_in("林小雨")
    assert seat.window.lock.page is None
    assert seat.window.current_page() is seat.window.page("today")
    assert "录入员 林小雨" in seat.window.top_bar._operator.text()
    assert seat.desks.operator == "林小雨"


def test_the_last_one_is_proposed_and_no_pin_is_kept(qtbot: QtBot, seat: Seat, store: QSettings) -> None:
    seat.sign_in("林小雨")
    store.sync()
    assert "4826" not in Path(store.fileName()).read_text(encoding="utf-8")
    cover = LockPage(seat.desks, store, seat.messages, locked=False)
    qtbot.addWidget(cover)
    chosen = cover.chosen()
    assert chosen is not None
    assert chosen.name == "林小雨"


def test_after_a_wrong_pin_one_waits_and_tries_again(seat: Seat, hand: HandClock, qtbot: QtBot) -> None:
    seat.sign_in("肖敏", "1111")
    assert "请等 1 秒" in seat.cover.notice.text()
    assert not seat.cover.button.isEnabled()
    hand.go_on(1)
    seat.cover._timer.setInterval(1)
    qtbot.waitUntil(seat.cover.button.isEnabled)
    qtbot.waitUntil(seat.cover.pin.edit.hasFocus)
    seat.letters(PINS["肖敏"])
    seat.key(K.Key_Return)
    assert seat.window.lock.page is None


# The lock


def test_what_was_being_typed_is_there_after_unlocking(seat: Seat) -> None:
    seat.sign_in("肖敏")
    type_visit(seat)
    form = seat.form
    seat.key(K.Key_L, CTRL)
    assert seat.window.lock.page is not None
    assert not form.isVisible()
    assert "Mo" not in seat.texts()
    seat.letters(PINS["肖敏"])
    seat.key(K.Key_Return)
    assert seat.form is form
    assert form.visitor.name.value() == "Mo"
    assert form.visitor.name.typing().hasFocus()
    seat.letters("Xi")
    assert form.visitor.name.value() == "MoXi"


def test_a_locked_window_shows_no_personal_data_and_takes_no_shortcuts(seat: Seat) -> None:
    seat.sign_in("肖敏")
    seat.key(K.Key_3, ALT)
    seat.key(K.Key_L, CTRL)
    shown = seat.texts()
    assert SECRETS in shown
    assert not [word for word in ("何田生", "刘发根", "水", "HX-", "1400") if word in shown]
    page = seat.window.current_page()
    seat.key(K.Key_2, ALT)
    seat.key(K.Key_F2)
    assert seat.window.current_page() is page
    assert seat.window.windowTitle() == PROGRAM_NAME


def test_other_windows_are_hidden_and_come_back(seat: Seat) -> None:
    seat.sign_in("肖敏")
    seat.key(K.Key_F1)
    help_window = seat.window._help
    assert help_window is not None
    assert help_window.isVisible()
    seat.window.lock_now()
    assert not help_window.isVisible()
    seat.cover.pin.setFocus()
    seat.letters(PINS["肖敏"])
    seat.key(K.Key_Return)
    assert help_window.isVisible()


def test_an_open_question_is_answered_no_and_nothing_of_it_stays_in_sight(seat: Seat) -> None:
    seat.sign_in("肖敏")
    box = own_pin_box(seat.window, seat.desks, seat.messages, lambda _done: None)
    box.open()
    assert box.isVisible()
    answers: list[int] = []
    box.finished.connect(answers.append)
    seat.window.lock.lock()
    assert answers == [QDialog.DialogCode.Rejected.value]
    assert QApplication.activeModalWidget() is None


def test_somebody_else_finds_new_pages_and_the_draft(seat: Seat) -> None:
    seat.sign_in("肖敏")
    type_visit(seat, "Mo")
    before = seat.window.page("reception")
    seat.key(K.Key_L, CTRL)
    seat.sign_in("林小雨")
    page = seat.window.page("reception")
    assert page is not before
    assert isinstance(page, ReceptionPage)
    seat.key(K.Key_2, ALT)
    assert page.editor is None
    assert "Mo" in page.draft_bar.words()
    assert seat.desks.operator == "林小雨"


def test_a_form_of_any_page_is_kept_for_who_goes_on(seat: Seat) -> None:
    seat.sign_in("肖敏")
    seat.key(K.Key_4, ALT)
    seat.key(K.Key_F2)
    seat.letters("Wei")
    seat.key(K.Key_L, CTRL)
    seat.sign_in("罗成")
    assert [draft.page for draft in seat.desks.housekeeping.unfinished()] == ["roster"]
    assert seat.messages.said == []


def test_text_that_keeps_no_draft_is_warned_about_before_somebody_else_goes_on(seat: Seat) -> None:
    seat.sign_in("肖敏")
    type_password(seat)
    seat.key(K.Key_L, CTRL)
    assert not seat.cover.notice.text()
    seat.choose("林小雨")
    assert "没有保存的表单" in seat.cover.notice.text()


def test_a_locked_window_with_unsaved_text_does_not_close(seat: Seat) -> None:
    seat.sign_in("肖敏")
    type_password(seat)
    seat.key(K.Key_L, CTRL)
    assert not seat.window.close()
    assert "没有保存" in seat.cover.notice.text()
    assert seat.messages.said == []


def test_a_job_goes_on_and_tells_when_unlocked(seat: Seat, qtbot: QtBot) -> None:
    seat.sign_in("肖敏")
    qtbot.waitUntil(lambda: not seat.window.jobs.busy)
    told: list[int] = []
    seat.window.lock_now()
    seat.window.jobs.run("算一算", lambda _progress, _cancelled: 7, told.append)
    qtbot.waitUntil(lambda: not seat.window.jobs.busy)
    assert told == []
    seat.cover.pin.setFocus()
    seat.letters(PINS["肖敏"])
    seat.key(K.Key_Return)
    assert told == [7]


def test_locking_is_told(seat: Seat, qtbot: QtBot) -> None:
    seat.sign_in("肖敏")
    with qtbot.waitSignal(seat.window.locked):
        seat.key(K.Key_L, CTRL)


def type_password(seat: Seat) -> None:
    """Type into a form that keeps no draft."""
    seat.window.open_page("settings", "密码与安全")
    page = seat.window.page("settings")
    assert isinstance(page, SettingsPage)
    section = page.section()
    assert isinstance(section, PasswordSection)
    section.set_button.setFocus()
    seat.key(K.Key_Return)
    seat.letters("secret")


# Idle


def test_the_window_locks_itself_when_nobody_touches_it(seat: Seat, qtbot: QtBot) -> None:
    assert not seat.window.lock.idle.timer.isActive(), "nobody works yet"
    seat.sign_in("肖敏")
    timer = seat.window.lock.idle.timer
    assert timer.interval() == 10 * 60_000
    timer.start(1)
    qtbot.waitUntil(lambda: seat.window.lock.page is not None)


def test_a_key_begins_the_waiting_anew(seat: Seat, qtbot: QtBot) -> None:
    seat.sign_in("肖敏")
    timer = seat.window.lock.idle.timer
    handle = seat.window.windowHandle()
    assert handle is not None
    timer.setTimerType(Qt.TimerType.PreciseTimer)  # an ordinary one rounds to whole seconds
    timer.start(600_000)
    qtbot.waitUntil(lambda: timer.remainingTime() < 599_900)
    left = timer.remainingTime()
    QTest.keyClick(handle, K.Key_Shift)
    assert timer.remainingTime() > left


def test_never_while_a_day_is_open(seat: Seat, qtbot: QtBot) -> None:
    seat.sign_in("肖敏")
    today = next(day for day in seat.desks.days.between() if day.on == TODAY.isoformat())
    seat.desks.days.open(today.id)
    timer = seat.window.lock.idle.timer
    struck: list[bool] = []
    seat.window.lock.idle.idle.connect(lambda: struck.append(True))
    timer.start(1)
    qtbot.waitUntil(lambda: bool(struck))
    assert seat.window.lock.page is None
    assert timer.isActive(), "it waits for the day's end"
    seat.key(K.Key_L, CTRL)
    assert seat.window.lock.page is not None, "by hand it locks at any time"


def test_zero_minutes_mean_never(seat: Seat) -> None:
    seat.sign_in("肖敏")
    seat.window.changes.publish(seat.desks.operators.save_idle_minutes(0))
    assert not seat.window.lock.idle.timer.isActive()


# Without operators


def bare_window(
    qtbot: QtBot, path: Path, store: QSettings, hand: HandClock, key: FileKey | None = None
) -> StationWindow:
    desks = Desks.open(path, hand.clock, "", key)
    window = StationWindow(desks, store, RecordedMessages())
    window.begin()
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def test_with_nothing_to_unlock_with_setting_up_is_offered(
    qtbot: QtBot, tmp_path: Path, store: QSettings, hand: HandClock
) -> None:
    small_station(tmp_path / "空.station", TODAY).close()
    window = bare_window(qtbot, tmp_path / "空.station", store, hand)
    assert isinstance(window.messages, RecordedMessages)
    window.messages.answers = [True]
    QTest.keyClick(window, K.Key_L, CTRL)
    assert "没有可以用来解锁" in window.messages.said[0]
    page = window.current_page()
    assert isinstance(page, SettingsPage)
    page.new()
    form = page.section().form  # type: ignore[union-attr]  # a list has a form
    assert form is not None
    assert form.values()["name"] == "肖敏"
    form.fields["pin"].setFocus()
    for text in ("2580", "2580"):
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClicks(target, text)
        QTest.keyClick(target, K.Key_Return)
    assert form.save()
    assert window.desks.operators.current is not None
    assert "联络员 肖敏" in window.top_bar._operator.text()
    QTest.keyClick(window, K.Key_L, CTRL)
    assert window.lock.page is not None
    end(window)


def test_the_files_password_unlocks_where_there_are_no_operators(
    qtbot: QtBot, tmp_path: Path, store: QSettings, hand: HandClock
) -> None:
    path = tmp_path / "锁.station"
    desks = small_station(path, TODAY)
    change = desks.password.change("", "禾溪镇 2026 春", "禾溪镇 2026 春")
    change.prepare(lambda _part, _word: None, lambda: False)
    change.finish()
    key = FileKey.from_password("禾溪镇 2026 春", path.read_bytes()[:16])
    desks.close()
    window = bare_window(qtbot, path, store, hand, key)
    window.lock_now()
    cover = window.lock.page
    assert cover is not None
    assert not cover.names.isVisible()
    cover.pin.edit.setText("不对")
    cover.enter()
    assert "密码不对" in cover.notice.text()
    assert cover.isVisible()
    hand.go_on(1)
    cover.pin.edit.setText("禾溪镇 2026 春")
    cover.enter()
    assert window.lock.page is None
    end(window)
