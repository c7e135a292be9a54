"""Opening an encrypted register in the window: by password, after wrong ones, by the recovery sheet."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from station_app.services.unlocking import rows_of_key
from station_app.storage.file_key import FileKey
from station_app.support.clock import Clock
from station_app.support.paths import Places
from station_app.ui.fields import LineField
from station_app.ui.help_window import HelpWindow
from station_app.ui.messages import RecordedMessages
from station_app.ui.password_field import PasswordField
from station_app.ui.password_forms import SetPasswordForm
from station_app.ui.program import Program
from station_app.ui.second_start import Wish
from station_app.ui.unlock_window import UnlockWindow
from tests.storage.locked import locked_station, reopened
from tests.ui.keyboard import press, type_text
from tests.ui.small_station import small_station

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
PASSWORD, NEW = "he xi shui qing", "shan gao shui chang"


@pytest.fixture
def program(
    qtbot: QtBot, tmp_path: Path, settings: QSettings, messages: RecordedMessages, clock: Clock
) -> Iterator[Program]:
    """Return the program, without any window yet."""
    made = Program(Places(tmp_path / "数据", tmp_path / "日志"), settings, messages, clock, "")
    yield made
    made.unlocker.close()
    for window in (made.assistant, made.window):
        if window is not None:
            messages.answers = [True] * 3
            window.close()
            qtbot.addWidget(window)
    made.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a small station under a password."""
    made = tmp_path / "禾溪.station"
    locked_station(made, PASSWORD)
    return made


def asked(qtbot: QtBot, program: Program, path: Path) -> UnlockWindow:
    """Begin with a file and return the window that asks for its password."""
    assert program.begin(Wish(path))
    window = program.unlocker.window
    assert window is not None
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    return window


def is_open(program: Program) -> bool:
    """Tell whether the register is shown and nobody is asked any more."""
    return program.window is not None and program.window.isVisible() and program.unlocker.window is None


def test_the_password_opens_the_register_by_keyboard(qtbot: QtBot, program: Program, path: Path) -> None:
    asked(qtbot, program, path)
    type_text(PASSWORD)
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: is_open(program))
    assert program.desks is not None
    assert program.desks.settings.profile().name == "禾溪镇人大代表联络站"
    assert program.assistant is None


def test_a_wrong_password_names_what_it_may_be_and_waits_longer_each_time(
    qtbot: QtBot, program: Program, path: Path, messages: RecordedMessages
) -> None:
    form = asked(qtbot, program, path).word_form
    type_text("he xi shui")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: "打不开" in form.notice.text())
    for words in ("密码不对", "不是本程序的登记簿", "文件已损坏", "等 1 秒"):
        assert words in form.notice.text()
    assert form.values()["password"] == ""
    assert not form.save_button.isEnabled()
    type_text(PASSWORD)
    press(Key.Key_Return)
    assert form.is_waiting()
    assert program.window is None
    qtbot.waitUntil(lambda: not form.is_waiting() and form.save_button.isEnabled())
    form.fields["password"].set_value("once more wrong")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: "等 2 秒" in form.notice.text())
    qtbot.waitUntil(form.save_button.isEnabled)
    type_text(PASSWORD)
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: is_open(program))
    assert not messages.faults


def test_a_file_that_is_not_ours_is_told_alike(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    foreign = tmp_path / "照片.station"
    foreign.write_bytes(bytes(range(256)) * 40)
    form = asked(qtbot, program, foreign).word_form
    type_text(PASSWORD)
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: "不是本程序的登记簿" in form.notice.text())
    assert foreign.read_bytes() == bytes(range(256)) * 40
    assert [one.name for one in tmp_path.glob("照片*")] == ["照片.station"]


def test_f1_tells_about_passwords_and_sheets(qtbot: QtBot, program: Program, path: Path) -> None:
    window = asked(qtbot, program, path)
    press(Key.Key_F1)
    shown = window.findChild(HelpWindow)
    assert isinstance(shown, HelpWindow)
    assert shown.view.toPlainText().startswith("密码和恢复单")
    shown.close()


def test_nothing_is_tried_without_a_password(qtbot: QtBot, program: Program, path: Path) -> None:
    window = asked(qtbot, program, path)
    press(Key.Key_Return)
    assert not window.jobs.busy
    press(Key.Key_Escape)
    assert program.unlocker.window is None
    assert program.window is None


def test_the_recovery_sheet_opens_it_and_a_new_password_is_set(
    qtbot: QtBot, program: Program, path: Path, messages: RecordedMessages
) -> None:
    with_password = reopened(path, PASSWORD)
    key = with_password._file.key
    with_password.close()
    assert key is not None
    window = asked(qtbot, program, path)
    window.forgotten.setFocus()
    press(Key.Key_Space)
    rows = list(rows_of_key(key))
    wrong = rows[2].replace(rows[2][0], "Z" if rows[2][0] != "Z" else "Y", 1)
    for row in (rows[0].lower().replace(" ", ""), rows[1], wrong, *rows[3:]):
        type_text(row)
        press(Key.Key_Return)
    third = window.sheet_form.fields["row_3"]
    assert third.problem() == "第 3 行有输错的字符，请对照恢复单重新核对。"
    assert [key for key, field in window.sheet_form.fields.items() if field.problem()] == ["row_3"]
    press(Key.Key_S, CTRL)
    assert third.hasFocus() or third.typing().hasFocus()
    third.set_value(rows[2])
    press(Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: isinstance(window.stack.currentWidget(), SetPasswordForm))
    assert window.sheet_form.values()["row_1"] == ""
    type_text(NEW)
    press(Key.Key_Return)
    type_text(NEW)
    messages.answers = [False]  # the new sheet is printed later
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: is_open(program) and not messages.answers, timeout=15_000)
    assert program.desks is not None
    assert program.desks._file.value("SELECT operator FROM steps ORDER BY id DESC LIMIT 1") == "恢复单"
    assert [one.name for one in (path.parent / "备份").glob("*改密码.station")]
    assert program.window is not None
    program.window.close()
    program.window = None
    reopened(path, NEW).close()


def test_an_old_sheet_is_told_apart_from_a_wrong_row(
    qtbot: QtBot, program: Program, path: Path, messages: RecordedMessages
) -> None:
    window = asked(qtbot, program, path)
    window.ask_sheet()
    for number, row in enumerate(rows_of_key(FileKey.random()), start=1):
        window.sheet_form.fields[f"row_{number}"].set_value(row)
    press(Key.Key_S, CTRL)
    assert "旧的恢复单就作废了" in window.sheet_form.notice.text()
    press(Key.Key_Escape)
    assert window.stack.currentWidget() is window.word_form
    assert not messages.faults


def test_leaving_before_the_new_password_closes_the_file(qtbot: QtBot, program: Program, path: Path) -> None:
    key = reopened(path, PASSWORD)
    rows = rows_of_key(key._file.key or FileKey.random())
    key.close()
    window = asked(qtbot, program, path)
    window.ask_sheet()
    for number, row in enumerate(rows, start=1):
        window.sheet_form.fields[f"row_{number}"].set_value(row)
    window.sheet_form.save()
    qtbot.waitUntil(lambda: isinstance(window.stack.currentWidget(), SetPasswordForm))
    window.close()
    assert program.window is None
    reopened(path, PASSWORD).close()


def test_another_register_is_opened_instead(
    qtbot: QtBot, program: Program, path: Path, messages: RecordedMessages, tmp_path: Path
) -> None:
    asked(qtbot, program, path)
    small_station(tmp_path / "二.station").close()
    messages.answers = [tmp_path / "二.station"]
    press(Key.Key_O, CTRL)
    qtbot.waitUntil(lambda: is_open(program))
    assert program.desks is not None
    assert program.desks.path.name == "二.station"


def test_the_open_register_stays_until_the_other_is_unlocked(
    qtbot: QtBot, program: Program, path: Path, tmp_path: Path
) -> None:
    small_station(tmp_path / "二.station").close()
    program.begin(Wish(tmp_path / "二.station"))
    program.open_file(path)
    window = program.unlocker.window
    assert window is not None
    assert program.window is not None
    assert program.window.isVisible()
    window.close()
    assert program.window.isVisible()
    program.open_file(path)
    window = program.unlocker.window
    assert window is not None
    window.word_form.fields["password"].set_value(PASSWORD)
    window.word_form.save()
    qtbot.waitUntil(lambda: is_open(program))
    assert program.desks is not None
    assert program.desks.path == path


def test_a_password_is_shown_only_when_asked_and_never_copied(qtbot: QtBot, program: Program, path: Path) -> None:
    field = asked(qtbot, program, path).word_form.fields["password"]
    assert isinstance(field, PasswordField)
    clipboard = QApplication.clipboard()
    clipboard.setText("before")
    type_text(PASSWORD)
    for _ in range(2):
        assert not field.edit.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        press(Key.Key_A, CTRL)
        press(Key.Key_C, CTRL)
        assert clipboard.text() == "before"
        press(Key.Key_S, ALT)
    assert field.edit.echoMode() is QLineEdit.EchoMode.Password
    assert field.value() == PASSWORD


def test_capitals_without_shift_are_noticed(qtbot: QtBot, program: Program, path: Path) -> None:
    field = asked(qtbot, program, path).word_form.fields["password"]
    assert isinstance(field, PasswordField)
    QTest.keyClicks(field.edit, "A", Qt.KeyboardModifier.NoModifier)
    qtbot.waitUntil(lambda: "Caps Lock" in field.said())
    QTest.keyClicks(field.edit, "b", Qt.KeyboardModifier.NoModifier)
    qtbot.waitUntil(lambda: not field.said())


def test_rows_of_the_sheet_are_typed_without_input_method(qtbot: QtBot, program: Program, path: Path) -> None:
    window = asked(qtbot, program, path)
    for field in window.sheet_form.fields.values():
        assert isinstance(field, LineField)
        assert not field.edit.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
