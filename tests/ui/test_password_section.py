"""设置 · 密码与安全 by keyboard: set, changed, removed; what follows for backups and the sheet; and no trace anywhere."""

import logging
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station_app.domain.operators import Right
from station_app.services.unlocking import rows_of_key
from station_app.storage.file_key import FileKey, is_encrypted
from station_app.support.clock import Clock
from station_app.support.faults import NotAllowed, WrongKey
from station_app.support.logs import start_log, stop_log
from station_app.support.paths import Places
from station_app.ui.main_window import window_settings
from station_app.ui.messages import RecordedMessages
from station_app.ui.password_section import PasswordSection
from station_app.ui.program import Program
from station_app.ui.recovery_sheet_window import RecoverySheetWindow
from station_app.ui.second_start import Wish
from station_app.ui.settings_page import SettingsPage
from station_app.ui.station_window import StationWindow
from tests.storage.locked import reopened
from tests.ui.keyboard import press, type_text
from tests.ui.small_station import small_station

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
FIRST, SECOND = "he xi shui qing", "shan gao shui chang"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return where the register lies."""
    return tmp_path / "禾溪.station"


@pytest.fixture
def window(qtbot: QtBot, path: Path, settings: QSettings, messages: RecordedMessages) -> Iterator[StationWindow]:
    """Return the window over a small plain station, with a backup that has no password."""
    desks = small_station(path)
    desks.housekeeping.back_up("手动")
    made = StationWindow(desks, settings, messages)
    made.begin()
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    yield made
    messages.answers = [True] * 3
    made.close()
    qtbot.addWidget(made)


def section_of(window: StationWindow) -> PasswordSection:
    """Go to the section."""
    window.show_page("settings")
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    page.go_to("密码与安全")
    section = page.section()
    assert isinstance(section, PasswordSection)
    return section


def change_password(qtbot: QtBot, section: PasswordSection, *typed: str) -> None:
    """Type into the fields of the open form one after the other and wait until it is done with its backup."""
    for one in typed:
        type_text(one)
        press(Key.Key_Return)
    qtbot.waitUntil(lambda: "做好新的备份" in section.news.text(), timeout=20_000)


def test_a_password_is_set_changed_and_removed_by_keyboard(
    qtbot: QtBot, window: StationWindow, path: Path, messages: RecordedMessages
) -> None:
    section = section_of(window)
    assert "没有密码" in section.state.text()
    section.start()
    press(Key.Key_Space)
    change_password(qtbot, section, FIRST, FIRST)
    assert is_encrypted(path)
    assert section.state.text().startswith("已设密码（2026-11-22 起）")
    assert "请现在就打印恢复单" in section.news.text()
    assert "有 1 份以前的备份没有密码" in section.old.text()
    first_sheet = window.desks.password.state().sheet_number
    section.change_button.setFocus()
    press(Key.Key_Space)
    change_password(qtbot, section, FIRST, SECOND, SECOND)
    assert "旧的恢复单作废了" in section.news.text()
    assert window.desks.password.state().sheet_number != first_sheet
    messages.answers = [True]
    section.delete_button.setFocus()
    press(Key.Key_Space)
    assert not section.old.text()
    assert all(is_encrypted(one) for one in (path.parent / "备份").glob("*.station"))
    assert len(list((path.parent / "备份").glob("*改密码*.station"))) == 2
    window.desks.settings.remember("works", 1)
    section.remove_button.setFocus()
    press(Key.Key_Space)
    type_text(SECOND)
    press(Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: "做好新的备份" in section.news.text(), timeout=20_000)
    assert not is_encrypted(path)
    assert "没有密码（2026-11-22 起）" in section.state.text()
    assert [row["label"] for row in window.desks._file.rows("SELECT label FROM steps ORDER BY id DESC LIMIT 4")] == [
        "取消密码",
        "记住选择",
        "修改密码",
        "设置密码",
    ]
    assert not messages.faults


def test_mistakes_are_told_at_their_fields_and_change_nothing(qtbot: QtBot, window: StationWindow, path: Path) -> None:
    section = section_of(window)
    section.begin_set()
    form = section.form
    assert form is not None
    type_text("short")
    press(Key.Key_S, CTRL)
    assert "至少 8 个字符" in form.fields["new"].problem()
    form.fields["new"].set_value(FIRST)
    form.fields["again"].set_value(SECOND)
    press(Key.Key_S, CTRL)
    assert "不一样" in form.fields["again"].problem()
    form.fields["again"].set_value(FIRST)
    press(Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: "做好新的备份" in section.news.text(), timeout=20_000)
    section.begin_set()
    form = section.form
    assert form is not None
    form.fields["current"].set_value("not this one")
    form.fields["new"].set_value(SECOND)
    form.fields["again"].set_value(SECOND)
    press(Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: "现在的密码不对" in form.fields["current"].problem())
    assert window.isEnabled()
    form.forget()
    press(Key.Key_Escape)
    window.close()
    with pytest.raises(WrongKey):
        reopened(path, SECOND)
    reopened(path, FIRST).close()


def test_the_window_waits_while_the_file_is_written(qtbot: QtBot, window: StationWindow) -> None:
    section = section_of(window)
    section.begin_set()
    form = section.form
    assert form is not None
    form.fields["new"].set_value(FIRST)
    form.fields["again"].set_value(FIRST)
    form.save()
    qtbot.waitUntil(lambda: not window.isEnabled())
    assert not form.save()
    qtbot.waitUntil(window.isEnabled, timeout=20_000)
    qtbot.waitUntil(lambda: "做好新的备份" in section.news.text(), timeout=20_000)


def test_closing_the_window_meanwhile_changes_nothing(qtbot: QtBot, window: StationWindow, path: Path) -> None:
    section = section_of(window)
    section.begin_set()
    form = section.form
    assert form is not None
    form.set_values({"new": FIRST, "again": FIRST})
    form.save()
    window.close()
    assert not is_encrypted(path)
    assert not path.with_name(f"{path.name}.new").exists()
    assert not path.with_name(f"{path.name}.lock").exists()


def test_who_may_not_govern_is_refused(window: StationWindow, messages: RecordedMessages) -> None:
    section = section_of(window)
    window.desks._file.sign_in("小陈", frozenset({Right.REGISTER}))
    section.begin_set()
    form = section.form
    assert form is not None
    form.set_values({"new": FIRST, "again": FIRST})
    form.save()
    assert isinstance(messages.faults[-1], NotAllowed)
    form.forget()


def test_the_sheet_is_shown_from_memory_and_saved_only_when_wanted(
    qtbot: QtBot, window: StationWindow, messages: RecordedMessages, tmp_path: Path
) -> None:
    section = section_of(window)
    section.begin_set()
    change_password(qtbot, section, FIRST, FIRST)
    section.begin_sheet()
    type_text(FIRST)
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: bool(window.findChildren(RecoverySheetWindow)))
    sheet = window.findChildren(RecoverySheetWindow)[0]
    qtbot.waitUntil(sheet.is_ready, timeout=20_000)
    assert sheet.windowTitle() == "联络站登记簿恢复单"
    messages.answers = [False]
    sheet.save_file()
    assert not list(tmp_path.rglob("*.pdf"))
    messages.answers = [True, tmp_path / "U盘" / "恢复单.pdf"]
    sheet.save_file()
    assert (tmp_path / "U盘" / "恢复单.pdf").read_bytes().startswith(b"%PDF")
    sheet.close()


def test_a_password_leaves_no_trace_in_any_folder(
    qtbot: QtBot, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(tmp_path / "临时"))
    (tmp_path / "临时").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", None)
    start_log(tmp_path / "日志")
    logging.getLogger("station_app").setLevel(logging.DEBUG)
    messages = RecordedMessages()
    settings = window_settings(str(tmp_path / "window.ini"))
    path = tmp_path / "数据" / "禾溪.station"
    small_station(path).close()
    program = Program(Places(path.parent, tmp_path / "日志"), settings, messages, clock, "")
    keys: list[FileKey] = []
    try:
        program.begin(Wish(path))
        window = program.window
        assert window is not None
        window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        section = section_of(window)
        section.begin_set()
        change_password(qtbot, section, FIRST, FIRST)
        section.begin_set()
        change_password(qtbot, section, FIRST, SECOND, SECOND)
        key = window.desks._file.key
        assert key is not None
        keys.append(key)
        section.show_sheet()
        sheet = window.findChildren(RecoverySheetWindow)[0]
        qtbot.waitUntil(sheet.is_ready, timeout=20_000)
        qtbot.waitUntil(sheet.preview.canvas.is_drawn, timeout=20_000)
        assert files_that_hold(tmp_path, keys) == []
        sheet.close()
        titles = [one.windowTitle() for one in QApplication.topLevelWidgets()]
        assert not any(FIRST in title or SECOND in title for title in titles)
        window.close()
        program.window = None
        program.begin(Wish(path))
        unlock = program.unlocker.window
        assert unlock is not None
        for typed in (FIRST, SECOND):
            unlock.word_form.fields["password"].set_value(typed)
            unlock.word_form.save()
            qtbot.waitUntil(lambda: not unlock.jobs.busy)
            qtbot.waitUntil(lambda: shown_by(program) is not None or not unlock.word_form.is_waiting())
        qtbot.waitUntil(lambda: shown_by(program) is not None and program.unlocker.window is None)
        messages.answers = [tmp_path / "诊断包.zip"]
        program.packages.save(ValueError(SECOND))
        logging.getLogger("station_app").info("an error with a password in its words", exc_info=ValueError(SECOND))
        with ZipFile(tmp_path / "诊断包.zip") as package:
            package.extractall(tmp_path / "诊断")
        again = shown_by(program)
        assert again is not None
        again.close()
        qtbot.addWidget(again)
        settings.sync()
        assert SECOND not in QApplication.clipboard().text()
        assert files_that_hold(tmp_path, keys) == []
        assert (tmp_path / "日志" / "program.log").stat().st_size > 0
        assert not list(tmp_path.rglob("*.pdf"))
    finally:
        program.close()
        stop_log()


def shown_by(program: Program) -> StationWindow | None:
    """Return the window that is open now."""
    return program.window


def files_that_hold(folder: Path, keys: list[FileKey]) -> list[str]:
    """Return the files under a folder that hold a password, a key, or the rows of a sheet in any form."""
    secrets = [FIRST, SECOND]
    raw: list[bytes] = []
    for key in keys:
        secrets += [key.raw.hex(), key.raw.hex().upper()]
        rows = rows_of_key(key)
        secrets += [*rows, *(row.replace(" ", "") for row in rows)]
        raw.append(key.raw)
    needles = raw + [text.encode(code) for text in secrets for code in ("utf-8", "utf-16-le")]
    return [
        os.fspath(one.relative_to(folder))
        for one in folder.rglob("*")
        if one.is_file() and any(needle in one.read_bytes() for needle in needles)
    ]
