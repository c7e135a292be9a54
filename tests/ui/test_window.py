"""The frame: pages built when needed, shortcuts, undo, search, what is remembered, who reloads when."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from station_app.domain.problems import invalid
from station_app.services.done import Done
from station_app.support.clock import Clock
from station_app.support.faults import StationFault
from station_app.ui.help_window import HelpWindow
from station_app.ui.main_window import MainWindow, PageEntry, window_settings
from station_app.ui.messages import RecordedMessages, Unsaved
from station_app.ui.page import Editor, Page, Shell
from station_app.ui.top_bar import Hit

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


class NotePage(Page):
    """A page that writes down what it was asked."""

    topics = frozenset({"visits"})

    def __init__(self, shell: Shell, title: str) -> None:
        super().__init__(shell, title)
        self.asked: list[str] = []
        self.unsaved = False
        self.line = QLineEdit()
        self.body.addWidget(self.line)

    def reload(self) -> None:
        """Note it."""
        self.asked.append("reload")

    def new(self) -> None:
        """Note it."""
        self.asked.append("new")

    def print_(self) -> None:
        """Note it."""
        self.asked.append("print")

    def export(self) -> None:
        """Note it."""
        self.asked.append("export")

    def back(self) -> None:
        """Note it."""
        self.asked.append("back")

    def open_item(self, key: object) -> None:
        """Note it."""
        self.asked.append(f"open {key}")

    def has_open_editor(self) -> bool:
        """Tell what the test says."""
        return self.unsaved

    def unfinished(self) -> Editor | None:
        """Be the form as well."""
        return self if self.unsaved else None

    def is_changed(self) -> bool:
        """Tell what the test says."""
        return self.unsaved

    def leave_with(self, answer: Unsaved) -> bool:
        """Wait when the clerk wants to go on writing."""
        return answer is not Unsaved.STAY

    def leave(self) -> bool:
        """Refuse while unsaved."""
        return not self.unsaved


class World:
    """What stands behind the window in these tests."""

    def __init__(self) -> None:
        self.built: list[str] = []
        self.undone = 0
        self.trouble: Exception | None = None

    def page(self, title: str) -> Callable[[Shell], Page]:
        """Return what builds a page, noting that it did."""

        def make(shell: Shell) -> Page:
            self.built.append(title)
            return NotePage(shell, title)

        return make

    def undo(self) -> Done[Any]:
        """Take a step back, or raise the trouble."""
        if self.trouble is not None:
            raise self.trouble
        self.undone += 1
        return Done(None, "已撤销：登记来访", frozenset({"visits"}), 2)


SAVED: Done[Any] = Done(1, "已登记 HX-2026-0147", frozenset({"visits"}), 1)


@pytest.fixture
def world() -> World:
    """Return the world behind the window."""
    return World()


def build(qtbot: QtBot, world: World, clock: Clock, settings: QSettings, messages: RecordedMessages) -> MainWindow:
    """Return the window on screen."""
    entries = [
        PageEntry(key, word, "sun", world.page(word))
        for key, word in (("today", "今日"), ("visits", "接待"), ("settings", "设置"))
    ]
    made = MainWindow(
        "禾溪镇人大代表联络站",
        entries,
        clock=clock,
        settings=settings,
        messages=messages,
        search=lambda typed: [Hit("visits", 7, "HX-2026-0007 水渠清淤", "意见")] if "渠" in typed else [],
        undo=world.undo,
        demo=True,
    )
    qtbot.addWidget(made)
    made.show_page("today")
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    return made


@pytest.fixture
def window(qtbot: QtBot, world: World, clock: Clock, settings: QSettings, messages: RecordedMessages) -> MainWindow:
    """Return the window on screen."""
    return build(qtbot, world, clock, settings, messages)


def note(window: MainWindow, key: str) -> NotePage:
    """Return a page as the kind it is here."""
    page = window.page(key)
    assert isinstance(page, NotePage)
    return page


def test_pages_are_built_when_first_shown(window: MainWindow, world: World) -> None:
    assert world.built == ["今日"]
    QTest.keyClick(window, Key.Key_2, ALT)
    QTest.keyClick(window, Key.Key_1, ALT)
    QTest.keyClick(window, Key.Key_2, ALT)
    assert world.built == ["今日", "接待"]
    assert window.current_page() is window.page("visits")
    assert window.windowTitle() == "接待 - 禾溪镇人大代表联络站"


def test_shortcuts_reach_the_shown_page(window: MainWindow) -> None:
    for key, modifier in ((Key.Key_F2, None), (Key.Key_P, CTRL), (Key.Key_E, CTRL), (Key.Key_Escape, None)):
        QTest.keyClick(window, key, modifier or Qt.KeyboardModifier.NoModifier)
    assert note(window, "today").asked == ["reload", "new", "print", "export", "back"]


def test_a_write_reloads_the_shown_page_now_and_the_hidden_one_later(window: MainWindow) -> None:
    window.show_page("visits")
    window.show_page("today")
    window.changes.publish(SAVED)
    assert note(window, "today").asked.count("reload") == 2
    assert note(window, "visits").asked.count("reload") == 1
    window.show_page("visits")
    assert note(window, "visits").asked.count("reload") == 2


def test_a_write_that_touches_other_things_reloads_nothing(window: MainWindow) -> None:
    window.changes.publish(Done(1, "已保存", frozenset({"roster"}), 1))
    assert note(window, "today").asked == ["reload"]


def test_a_page_with_unsaved_text_waits(window: MainWindow) -> None:
    page = note(window, "today")
    page.unsaved = True
    window.changes.publish(SAVED)
    assert page.asked == ["reload"]
    page.unsaved = False
    page.catch_up()
    assert page.asked == ["reload", "reload"]


def test_the_status_line_says_what_was_saved_and_ctrl_z_takes_it_back(window: MainWindow, world: World) -> None:
    QTest.keyClick(window, Key.Key_Z, CTRL)
    assert world.undone == 0
    window.changes.publish(SAVED)
    assert window.status_line.said() == "已登记 HX-2026-0147"
    assert window.status_line.can_undo()
    QTest.keyClick(window, Key.Key_Z, CTRL)
    assert world.undone == 1
    assert window.status_line.said() == "已撤销：登记来访"
    assert not window.status_line.can_undo()


def test_ctrl_z_belongs_to_the_text_first(qtbot: QtBot, window: MainWindow, world: World) -> None:
    search = window.top_bar.search
    assert search is not None
    window.changes.publish(SAVED)
    window.focus_search()
    qtbot.waitUntil(search.hasFocus)
    QTest.keyClicks(search, "abc")
    QTest.keyClick(search, Key.Key_Z, CTRL)
    assert search.text() == ""
    assert world.undone == 0
    search.clear()
    QTest.keyClick(search, Key.Key_Z, CTRL)
    QTest.keyClick(search, Key.Key_Z, CTRL)
    assert world.undone == 1


def test_undo_that_is_refused_or_fails_is_told(window: MainWindow, world: World, messages: RecordedMessages) -> None:
    window.changes.publish(SAVED)
    world.trouble = invalid("step", "这一步已经不能撤销。")
    window.undo()
    assert window.status_line.said() == "这一步已经不能撤销。"
    window.changes.publish(SAVED)
    world.trouble = StationFault("磁盘已满。")
    window.undo()
    assert [fault.what for fault in messages.faults] == ["磁盘已满。"]


def test_search_goes_to_what_it_found(qtbot: QtBot, window: MainWindow) -> None:
    QTest.keyClick(window, Key.Key_F, CTRL)
    search = window.top_bar.search
    assert search is not None
    qtbot.waitUntil(search.hasFocus)
    search.setText("水渠")
    QTest.keyClick(search, Key.Key_Return)
    assert search.popup.isVisible()
    QTest.keyClick(search, Key.Key_Return)
    assert window.current_page() is window.page("visits")
    assert "open 7" in note(window, "visits").asked


def test_search_says_when_there_is_nothing(qtbot: QtBot, window: MainWindow) -> None:
    search = window.top_bar.search
    assert search is not None
    search.setFocus()
    search.setText("没有的")
    search.look()
    assert search.popup.isVisible()
    QTest.keyClick(search, Key.Key_Escape)
    assert not search.popup.isVisible()
    assert search.text() == "没有的"


def test_f1_opens_the_help_of_the_shown_page(qtbot: QtBot, window: MainWindow) -> None:
    QTest.keyClick(window, Key.Key_F1)
    help_ = window.findChild(HelpWindow)
    assert isinstance(help_, HelpWindow)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is help_)
    QTest.keyClick(help_, Key.Key_Escape)
    assert not help_.isVisible()


def test_size_is_remembered_in_the_ini_file(
    qtbot: QtBot, world: World, clock: Clock, messages: RecordedMessages, tmp_path: Path
) -> None:
    place = str(tmp_path / "place.ini")
    first = build(qtbot, world, clock, window_settings(place), messages)
    screen = first.screen().availableGeometry()
    assert first.width() == min(1280, screen.width())
    assert first.height() == min(800, screen.height() - 30), "the title bar is on the screen as well"
    first.resize(1100, 720)
    first.close()
    again = build(qtbot, World(), clock, window_settings(place), messages)
    assert (tmp_path / "place.ini").exists()
    assert again.height() == 720


def test_closing_waits_for_an_unsaved_form(window: MainWindow, messages: RecordedMessages) -> None:
    page = note(window, "today")
    window.show_page("visits")
    page.unsaved = True
    messages.answers = [Unsaved.STAY, Unsaved.DISCARD]
    assert not window.close()
    assert window.current_page() is page
    assert window.close()


def test_a_long_job_shows_in_the_status_line_and_can_be_cancelled(qtbot: QtBot, window: MainWindow) -> None:
    def work(progress: Callable[[float, str], None], cancelled: Callable[[], bool]) -> None:
        progress(0.25, "第 2 页")
        while not cancelled():
            threading.Event().wait(0.005)

    window.jobs.run("月报", work, lambda _result: None)
    assert not window.status_line.shows_job()
    qtbot.waitUntil(window.status_line.shows_job, timeout=3000)
    window.status_line.cancel_asked.emit()
    qtbot.waitUntil(lambda: not window.status_line.shows_job())


def test_the_frame_is_complete_at_its_least_size(window: MainWindow) -> None:
    window.resize(1024, 700)
    assert (window.width(), window.height()) == (1024, 700)
    assert window.minimumSizeHint().width() <= 1024
