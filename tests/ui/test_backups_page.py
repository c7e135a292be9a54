"""备份与恢复 by keyboard: made, looked into, restored while a form is open, taken back, carried to a stick."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from station_app.domain.backup import Occasion
from station_app.domain.station import Village
from station_app.support.paths import Places
from station_app.ui.backups_page import BackupsPage
from station_app.ui.main_window import window_settings
from station_app.ui.messages import RecordedMessages, Unsaved
from station_app.ui.program import Program
from station_app.ui.second_start import Wish
from station_app.ui.settings_page import SettingsPage
from station_app.ui.station_window import StationWindow
from station_app.ui.visit_entry import DRAFT_FORM
from tests.ui.keyboard import press, type_text
from tests.ui.small_station import VILLAGES, small_station
from tests.wall import TODAY, Wall

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def program(
    qtbot: QtBot, tmp_path: Path, settings: QSettings, messages: RecordedMessages, wall: Wall
) -> Iterator[Program]:
    """Return the program over an invented register whose window is shown."""
    path = tmp_path / "站" / "禾溪.station"
    path.parent.mkdir()
    small_station(path, TODAY).close()
    places = Places(tmp_path / "data", tmp_path / "log")
    made = Program(places, window_settings(str(tmp_path / "w.ini")), messages, wall.clock(), "肖敏")
    made.begin(Wish(path))
    yield made
    if made.window is not None:
        made.window.close()
    made.close()


def window_of(program: Program) -> StationWindow:
    assert program.window is not None
    return program.window


def page_of(qtbot: QtBot, program: Program) -> BackupsPage:
    """Go to the backups as a clerk does: 设置, Alt+B."""
    window = window_of(program)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Key.Key_6, ALT)
    press(Key.Key_B, ALT)
    page = window.current_page()
    assert isinstance(page, BackupsPage)
    return page


def at_rest(qtbot: QtBot, program: Program) -> None:
    qtbot.waitUntil(lambda: not window_of(program).jobs.busy)


def add_village(program: Program, name: str) -> None:
    assert program.desks is not None
    program.desks.settings.save_village(Village(0, "", name, name))


def villages(program: Program) -> list[str]:
    assert program.desks is not None
    return [village.name for village in program.desks.settings.villages()]


def drafts(program: Program) -> list[object]:
    """Return what is kept of unfinished registrations."""
    assert program.desks is not None
    return [draft.body for draft in program.desks.housekeeping.kept_drafts(DRAFT_FORM)]


def test_a_backup_is_made_by_a_key_and_said_everywhere(qtbot: QtBot, program: Program) -> None:
    page = page_of(qtbot, program)
    press(Key.Key_F2)
    at_rest(qtbot, program)
    (line,) = page.table.rows()
    assert line.backup.occasion == Occasion.BY_HAND
    assert window_of(program).status_line.said().startswith("已备份并验证")
    window_of(program).backups.look()
    assert window_of(program).status_line.backup_words() == "备份已验证 09:00"


def test_a_backup_is_restored_and_that_is_taken_back(
    qtbot: QtBot, program: Program, messages: RecordedMessages, wall: Wall
) -> None:
    page = page_of(qtbot, program)
    press(Key.Key_F2)
    at_rest(qtbot, program)
    wall.wait(hours=2)
    add_village(program, "误录村")
    first = window_of(program)
    qtbot.waitUntil(page.details.restore.isEnabled)
    messages.answers = [True]
    page.table.view.setFocus()
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: window_of(program) is not first)
    assert villages(program) == list(VILLAGES)
    assert "恢复前" in messages.said[-1]
    page = page_of(qtbot, program)
    at_rest(qtbot, program)
    assert page.told.isVisible()
    wall.wait(minutes=5)
    second = window_of(program)
    messages.answers = [True]
    press(Key.Key_Z, ALT)
    qtbot.waitUntil(lambda: window_of(program) is not second)
    assert villages(program) == [*VILLAGES, "误录村"]


def test_restoring_keeps_the_registration_that_is_being_typed(
    qtbot: QtBot, program: Program, messages: RecordedMessages, wall: Wall
) -> None:
    """It lies in what was set aside, and is offered again when restoring is taken back."""
    window = window_of(program)
    page = page_of(qtbot, program)
    press(Key.Key_F2)
    at_rest(qtbot, program)
    wall.wait(minutes=5)
    QTest.keyClick(window, Key.Key_2, ALT)
    press(Key.Key_F2)
    type_text("覃水生")
    reception = window.page("reception")
    assert reception.has_open_editor()
    page_of(qtbot, program)
    qtbot.waitUntil(page.details.restore.isEnabled)
    messages.answers = [True, Unsaved.KEEP]
    page.table.view.setFocus()
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: window_of(program) is not window)
    assert not drafts(program)
    wall.wait(minutes=5)
    second = window_of(program)
    page_of(qtbot, program)
    messages.answers = [True]
    press(Key.Key_Z, ALT)
    qtbot.waitUntil(lambda: window_of(program) is not second)
    assert "覃水生" in str(drafts(program))


def test_restoring_asks_about_a_form_that_keeps_no_draft(
    qtbot: QtBot, program: Program, messages: RecordedMessages
) -> None:
    window = window_of(program)
    page = page_of(qtbot, program)
    press(Key.Key_F2)
    at_rest(qtbot, program)
    press(Key.Key_Escape)
    settings_page = window.page("settings")
    assert isinstance(settings_page, SettingsPage)
    settings_page.go_to("村(居)")
    press(Key.Key_F2)
    type_text("岭背村")
    assert settings_page.has_open_editor()
    window.show_page("backups")
    qtbot.waitUntil(page.details.restore.isEnabled)
    messages.answers = [True, Unsaved.STAY]
    page.table.view.setFocus()
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: not messages.answers)
    at_rest(qtbot, program)
    assert window_of(program) is window
    assert settings_page.has_open_editor()
    messages.answers = [Unsaved.DISCARD]


def test_refusing_the_question_changes_nothing(qtbot: QtBot, program: Program, messages: RecordedMessages) -> None:
    page = page_of(qtbot, program)
    press(Key.Key_F2)
    at_rest(qtbot, program)
    qtbot.waitUntil(page.details.restore.isEnabled)
    messages.answers = [False]
    page.table.view.setFocus()
    press(Key.Key_Return)
    assert not messages.answers
    assert len(page.table.rows()) == 1


def test_a_stick_is_chosen_refreshed_and_forgotten(
    qtbot: QtBot, program: Program, messages: RecordedMessages, tmp_path: Path
) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    page = page_of(qtbot, program)
    messages.answers = [stick]
    page.second.choose.setFocus()
    press(Key.Key_Return)
    at_rest(qtbot, program)
    assert any(path.suffix == ".station" for path in stick.iterdir())
    window_of(program).backups.look()
    assert window_of(program).status_line.backup_words() == "备份已验证 09:00　U盘备份：09:00"
    page.second.forget.setFocus()
    press(Key.Key_Return)
    window_of(program).backups.look()
    assert "U盘" not in window_of(program).status_line.backup_words()


def test_the_register_is_copied_to_a_stick_by_a_key(
    qtbot: QtBot, program: Program, messages: RecordedMessages, tmp_path: Path
) -> None:
    stick = tmp_path / "U盘"
    stick.mkdir()
    page_of(qtbot, program)
    messages.answers = [stick]
    press(Key.Key_E, CTRL)
    at_rest(qtbot, program)
    assert (stick / "禾溪 2026-11-25" / "禾溪.station").exists()


def test_working_makes_a_backup_by_itself(qtbot: QtBot, program: Program, wall: Wall) -> None:
    window = window_of(program)
    window.changes.publish(window.desks.settings.save_village(Village(0, "", "岭背村", "岭背")))
    window.backups.look()
    at_rest(qtbot, program)
    assert [path.name for path in window.desks.backups.folder.glob("*定时.station")]
    assert window.status_line.backup_words() == "备份已验证 09:00"


def test_what_the_clerk_sets_is_kept_and_refused_in_words(qtbot: QtBot, program: Program) -> None:
    page = page_of(qtbot, program)
    edit = page.settings_card.minutes.edit
    edit.setFocus()
    edit.selectAll()
    type_text("30")
    page.settings_card.keep.setFocus()
    press(Key.Key_Return)
    assert window_of(program).desks.backups.settings().every_minutes == 30
    edit.setFocus()
    edit.selectAll()
    type_text("3")
    page.settings_card.keep.setFocus()
    press(Key.Key_Return)
    assert "10到" in page.settings_card.problem()
    assert window_of(program).desks.backups.settings().every_minutes == 30


def test_escape_goes_back_to_the_settings(qtbot: QtBot, program: Program) -> None:
    page_of(qtbot, program)
    press(Key.Key_Escape)
    assert window_of(program).current_page() is window_of(program).page("settings")
