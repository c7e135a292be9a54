"""Signing in, the lock, and what each operator is offered, in a real window by keyboard."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from station_app import PROGRAM_NAME
from station_app.domain.operators import Operator, Role
from station_app.domain.reception import DayState, ReceptionDay
from station_app.station import Desks
from station_app.storage.file_key import FileKey
from station_app.support.clock import Clock
from station_app.ui.lock_page import SECRETS, LockPage
from station_app.ui.main_window import window_settings
from station_app.ui.messages import RecordedMessages
from station_app.ui.operator_pin_box import own_pin_box
from station_app.ui.opinions_page import OpinionsPage
from station_app.ui.reception_page import ReceptionPage
from station_app.ui.roster_page import RosterPage
from station_app.ui.settings_page import SettingsPage
from station_app.ui.station_window import StationWindow
from station_app.ui.visit_form import VisitForm
from tests.ui.reception_keys import ALT, CTRL, TODAY, K
from tests.ui.small_station import small_station

PINS = {"罗成": "7391", "肖敏": "2580", "林小雨": "4826", "何平": "9157"}
ROLES = {"罗成": Role.HEAD, "肖敏": Role.CLERK, "林小雨": Role.HELPER, "何平": Role.READER}


class Seat:
    """A window on a register, and who sits before it."""

    def __init__(self, qtbot: QtBot, path: Path, clock: Clock, settings: QSettings) -> None:
        self.qtbot = qtbot
        self.messages = RecordedMessages()
        self.window = StationWindow(Desks.open(path, clock), settings, self.messages)
        self.desks = self.window.desks
        self.window.begin()
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    @property
    def cover(self) -> LockPage:
        """What covers the window."""
        page = self.window.lock.page
        assert page is not None, "the window is not covered"
        return page

    @property
    def form(self) -> VisitForm:
        """The registration form that is open."""
        page = self.window.page("reception")
        assert isinstance(page, ReceptionPage)
        assert isinstance(page.editor, VisitForm)
        return page.editor

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key."""
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def letters(self, text: str) -> None:
        """Press letters and digits."""
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClicks(target, text)

    def choose(self, name: str) -> None:
        """Walk the names by Up and Down."""
        names = list(PINS)
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        steps = names.index(name) - self.cover.names.currentRow()
        for _ in range(abs(steps)):
            self.key(K.Key_Down if steps > 0 else K.Key_Up)

    def sign_in(self, name: str, pin: str = "") -> None:
        """Choose a name, type the PIN, press Enter."""
        self.choose(name)
        self.letters(pin or PINS[name])
        self.key(K.Key_Return)

    def texts(self) -> str:
        """Return every text that can be seen in the window, the title bar included."""
        parts = [self.window.windowTitle()]
        for one in self.window.findChildren(QWidget):
            if one.isVisible():
                parts += [one.text()] if isinstance(one, QLabel | QPushButton) else []
        return "\n".join(parts)


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("seats") / "禾溪.station"
    desks = small_station(path, TODAY)
    for day in desks.days.between():
        if day.state is DayState.OPEN:
            desks.days.end(day.id)
    for name, role in ROLES.items():
        desks.operators.save(Operator(0, "", name, role), PINS[name])
    desks.close()
    return path


@pytest.fixture
def path(made_once: Path, tmp_path: Path) -> Path:
    copy = tmp_path / made_once.name
    copy.write_bytes(made_once.read_bytes())
    return copy


class HandClock:
    """A clock that goes on when it is told to."""

    def __init__(self) -> None:
        self.at = datetime.combine(TODAY, time(9, 0)).astimezone()
        self.clock = Clock(lambda: self.at)

    def go_on(self, seconds: float) -> None:
        """Let time pass."""
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def hand() -> HandClock:
    return HandClock()


@pytest.fixture
def store(tmp_path: Path) -> QSettings:
    return window_settings(str(tmp_path / "window.ini"))


@pytest.fixture
def seat(qtbot: QtBot, path: Path, hand: HandClock, store: QSettings) -> Iterator[Seat]:
    made = Seat(qtbot, path, hand.clock, store)
    yield made
    end(made.window)


def end(window: StationWindow) -> None:
    """End without the questions that closing asks."""
    window.jobs.stop()
    desks = window.desks
    delete(window)
    desks.close()


def type_visit(seat: Seat, name: str = "Mo") -> None:
    seat.key(K.Key_2, ALT)
    seat.key(K.Key_F2)
    seat.form.visitor.name.setFocus()
    seat.letters(name)


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


def test_the_last_one_is_proposed_and_no_pin_is_kept(qtbot: QtBot, seat: Seat, path: Path, store: QSettings) -> None:
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


def test_text_that_keeps_no_draft_is_warned_about_before_somebody_else_goes_on(seat: Seat) -> None:
    seat.sign_in("肖敏")
    seat.key(K.Key_4, ALT)
    seat.key(K.Key_F2)
    seat.letters("Wei")
    seat.key(K.Key_L, CTRL)
    assert not seat.cover.notice.text()
    seat.choose("林小雨")
    assert "没有保存的表单" in seat.cover.notice.text()


def test_a_locked_window_with_unsaved_text_does_not_close(seat: Seat) -> None:
    seat.sign_in("肖敏")
    seat.key(K.Key_4, ALT)
    seat.key(K.Key_F2)
    seat.letters("Wei")
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


def bare_window(qtbot: QtBot, path: Path, store: QSettings, key: FileKey | None = None) -> StationWindow:
    desks = Desks.open(path, HandClock().clock, "", key)
    window = StationWindow(desks, store, RecordedMessages())
    window.begin()
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def test_with_nothing_to_unlock_with_setting_up_is_offered(qtbot: QtBot, tmp_path: Path, store: QSettings) -> None:
    small_station(tmp_path / "空.station", TODAY).close()
    window = bare_window(qtbot, tmp_path / "空.station", store)
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
    qtbot: QtBot, tmp_path: Path, store: QSettings
) -> None:
    path = tmp_path / "锁.station"
    desks = small_station(path, TODAY)
    change = desks.password.change("", "禾溪镇 2026 春", "禾溪镇 2026 春")
    change.prepare(lambda _part, _word: None, lambda: False)
    change.finish()
    key = FileKey.from_password("禾溪镇 2026 春", path.read_bytes()[:16])
    desks.close()
    window = bare_window(qtbot, path, store, key)
    window.lock_now()
    cover = window.lock.page
    assert cover is not None
    assert not cover.names.isVisible()
    cover.pin.edit.setText("不对")
    cover.enter()
    assert "密码不对" in cover.notice.text()
    assert window.lock.page is cover
    end(window)


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
