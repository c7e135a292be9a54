"""The rescue by keyboard: from a damaged register to the open one, and every turn of the way."""

from collections.abc import Iterator
from datetime import date, time
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station_app.services.rescue_desk import RescueDesk
from station_app.station import Desks
from station_app.storage.file_key import FileKey
from station_app.support.clock import fixed_clock
from station_app.support.paths import Places
from station_app.ui.file_menu import FileMenu
from station_app.ui.help_window import HelpWindow
from station_app.ui.messages import RecordedMessages
from station_app.ui.program import Program
from station_app.ui.rescue_stages import Stage
from station_app.ui.rescue_window import RescueWindow
from station_app.ui.second_start import Wish
from tests.faults.wrecks import CLOCK, Register, behead, make_register, register_visit, spoil
from tests.ui.keyboard import press, type_text

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
LATER = fixed_clock(date(2026, 11, 25), time(9, 30))
PASSWORD = "xishui-2026"
PATIENCE_MS = 30_000


@pytest.fixture
def program(qtbot: QtBot, tmp_path: Path, settings: QSettings, messages: RecordedMessages) -> Iterator[Program]:
    """The program over an empty PC, without any window yet."""
    made = Program(Places(tmp_path / "数据", tmp_path / "日志"), settings, messages, LATER, "")
    yield made
    made.rescuer.left.disconnect()
    made.rescuer.close()
    for window in (made.assistant, made.unlocker.window, made.window):
        if window is not None:
            window.close()
            qtbot.addWidget(window)
    made.close()


def cut(register: Register) -> None:
    """Break a copy off before its end: its last page is gone."""
    with register.path.open("r+b") as file:
        file.truncate(register.path.stat().st_size - 100)


def led(qtbot: QtBot, program: Program) -> RescueWindow:
    """Return the window of the rescue once it is in front and rests."""
    window = program.rescuer.window
    assert window is not None
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    rest(qtbot, window)
    return window


def rest(qtbot: QtBot, window: RescueWindow, stage: Stage | None = None) -> None:
    """Wait until the work is done."""
    qtbot.waitUntil(lambda: not window.jobs.busy and stage in (None, window.stage()), timeout=PATIENCE_MS)


def alone(qtbot: QtBot, register: Register, settings: QSettings, messages: RecordedMessages) -> RescueWindow:
    """Show the window of a rescue without a program."""
    window = RescueWindow(RescueDesk(register.path, LATER), settings, messages)
    qtbot.addWidget(window)
    window.show()
    window.begin()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    rest(qtbot, window)
    return window


def test_a_damaged_register_is_rescued_and_opened_by_keyboard_alone(
    qtbot: QtBot, tmp_path: Path, program: Program, messages: RecordedMessages
) -> None:
    register = make_register(tmp_path)
    cut(register)
    damaged = register.path.read_bytes()
    assert program.begin(Wish(file=register.path))
    window = led(qtbot, program)
    assert "对不上" in window.report.told.text()
    assert "2026-11-25 09:00（已验证）" in window.report.found.text()
    press(Key.Key_Return)
    assert window.stage() is Stage.BACKUP
    press(Key.Key_Return, CTRL)
    rest(qtbot, window, Stage.STEPS)
    press(Key.Key_Space)
    assert len(window.steps.unwanted) == 1
    assert register.path.read_bytes() == damaged
    press(Key.Key_Return, CTRL)
    rest(qtbot, window, Stage.RESULT)
    assert "已经抢救好" in window.result.notice.text()
    messages.answers = [tmp_path / "报告.txt"]
    press(Key.Key_S, CTRL)
    report = (tmp_path / "报告.txt").read_text(encoding="utf-8-sig")
    assert "没有勾选、留在损坏文件里的（1 步）" in report
    assert "后来" not in report
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: program.window is not None)
    assert program.rescuer.window is None
    assert program.desks is not None
    assert program.desks.housekeeping.check().sound
    assert not messages.faults


def test_a_register_used_last_that_is_damaged_leads_to_its_rescue_and_leaving_to_the_assistant(
    qtbot: QtBot, tmp_path: Path, program: Program, settings: QSettings
) -> None:
    (tmp_path / "数据").mkdir()
    register = make_register(tmp_path / "数据")
    cut(register)
    damaged = register.path.read_bytes()
    assert program.begin(Wish())
    window = led(qtbot, program)
    press(Key.Key_Return)
    press(Key.Key_Escape)
    assert window.stage() is Stage.REPORT
    press(Key.Key_Escape)
    qtbot.waitUntil(lambda: program.assistant is not None)
    assert program.rescuer.window is None
    assert register.path.read_bytes() == damaged


def test_damage_told_while_the_register_is_open_is_rescued_from_the_menu(
    qtbot: QtBot, tmp_path: Path, program: Program, messages: RecordedMessages
) -> None:
    register = make_register(tmp_path)
    assert program.begin(Wish(file=register.path))
    with register.path.open("r+b") as file:
        file.truncate(register.path.stat().st_size - 5000)
    messages.answers = [register.path]
    menu = FileMenu(program, str)
    menu.fill()
    next(entry for entry in menu.actions() if "抢救" in entry.text()).trigger()
    window = led(qtbot, program)
    assert program.window is None  # closed first: nothing may have the file open
    assert "读不出来" in window.report.told.text()


def test_a_file_without_any_damage_is_said_to_be_sound(
    qtbot: QtBot, tmp_path: Path, settings: QSettings, messages: RecordedMessages
) -> None:
    register = make_register(tmp_path, newer=2)
    window = alone(qtbot, register, settings, messages)
    assert "没有发现损坏" in window.report.told.text()
    with qtbot.waitSignal(window.rescued):
        press(Key.Key_Return)


def test_the_password_of_a_beheaded_register_is_asked_and_a_wrong_one_refused_at_the_field(
    qtbot: QtBot, tmp_path: Path, settings: QSettings, messages: RecordedMessages
) -> None:
    register = make_register(tmp_path, FileKey.fresh(PASSWORD), newer=2)
    behead(register.path)
    window = alone(qtbot, register, settings, messages)
    assert window.stage() is Stage.PASSWORD
    type_text("bushita-2026")
    press(Key.Key_Return)
    rest(qtbot, window)
    assert "打不开" in window.password.problem()
    window.password.set_value("")
    type_text(PASSWORD)
    press(Key.Key_Return)
    rest(qtbot, window, Stage.REPORT)
    assert window.password.value() == ""
    press(Key.Key_Return)
    press(Key.Key_Return, CTRL)
    rest(qtbot, window, Stage.STEPS)
    assert "读不出来了" in window.counted.text()
    press(Key.Key_Return, CTRL)
    rest(qtbot, window, Stage.RESULT)
    assert len(register.numbers()) == 4


def test_without_backups_the_log_alone_is_offered(
    qtbot: QtBot, tmp_path: Path, settings: QSettings, messages: RecordedMessages
) -> None:
    register = make_register(tmp_path, newer=3)
    for path in register.backup.parent.iterdir():
        path.unlink()
    spoil(register.path, 1, seed=4)
    window = alone(qtbot, register, settings, messages)
    assert "旁边没有备份" in window.report.found.text()
    press(Key.Key_Return)
    press(Key.Key_Return, CTRL)
    rest(qtbot, window, Stage.STEPS)
    press(Key.Key_Return, CTRL)
    rest(qtbot, window, Stage.RESULT)
    assert register.numbers()


def test_another_backup_can_be_chosen_and_its_own_password_is_asked(
    qtbot: QtBot, tmp_path: Path, settings: QSettings, messages: RecordedMessages
) -> None:
    register = make_register(tmp_path, newer=2)
    (tmp_path / "U盘").mkdir()
    other = make_register(tmp_path / "U盘", FileKey.fresh(PASSWORD), newer=1)
    cut(register)
    window = alone(qtbot, register, settings, messages)
    press(Key.Key_Return)
    messages.answers = [other.backup]
    press(Key.Key_O, CTRL)
    press(Key.Key_Return, CTRL)
    rest(qtbot, window)
    assert window.stage() is Stage.BACKUP
    assert "另一个密码" in window.backup_password.problem()
    type_text(PASSWORD)
    press(Key.Key_Return)
    rest(qtbot, window, Stage.STEPS)


def test_a_rescue_that_is_refused_tells_once_and_can_be_tried_again(
    qtbot: QtBot, tmp_path: Path, settings: QSettings, messages: RecordedMessages
) -> None:
    register = make_register(tmp_path, newer=2)
    cut(register)
    window = alone(qtbot, register, settings, messages)
    press(Key.Key_Return)
    press(Key.Key_Return, CTRL)
    rest(qtbot, window, Stage.STEPS)
    lock = register.path.with_name(f"{register.path.name}.lock")
    lock.write_text('{"host": "另一台", "pid": 1, "since": "2026-11-25T08:00:00+08:00"}', encoding="utf-8")
    messages.answers = [False]
    press(Key.Key_Return, CTRL)
    rest(qtbot, window)
    assert window.stage() is Stage.STEPS
    assert lock.exists()
    messages.answers = [True]
    press(Key.Key_Return, CTRL)
    rest(qtbot, window, Stage.RESULT)
    assert not messages.faults


def test_a_register_that_another_pc_may_have_open_is_taken_over_after_a_question(
    qtbot: QtBot, tmp_path: Path, program: Program, messages: RecordedMessages
) -> None:
    register = make_register(tmp_path, newer=1)
    lock = register.path.with_name(f"{register.path.name}.lock")
    lock.write_text('{"host": "另一台", "pid": 1, "since": "2026-11-25T08:00:00+08:00"}', encoding="utf-8")
    messages.answers = [False]
    assert not program.begin(Wish(file=register.path))
    assert lock.exists()
    messages.answers = [True]
    assert program.begin(Wish(file=register.path))
    assert program.window is not None
    assert "接管" in messages.said[-1]
    assert not messages.faults


def test_a_register_open_in_a_program_that_runs_is_not_offered_to_be_taken(
    qtbot: QtBot, tmp_path: Path, program: Program, messages: RecordedMessages
) -> None:
    register = make_register(tmp_path, newer=1)
    desks = Desks.open(register.path, CLOCK, "肖敏")
    assert not program.begin(Wish(file=register.path))
    (fault,) = messages.faults
    assert "本机的另一个窗口" in fault.what
    register_visit(desks, "仍可登记")
    desks.close()


def test_an_encrypted_register_found_damaged_at_its_password_is_rescued_with_it(
    qtbot: QtBot, tmp_path: Path, program: Program, messages: RecordedMessages
) -> None:
    register = make_register(tmp_path, FileKey.fresh(PASSWORD), newer=3)
    cut(register)
    assert program.begin(Wish(file=register.path))
    unlocking = program.unlocker.window
    assert unlocking is not None
    unlocking.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is unlocking)
    type_text(PASSWORD)
    press(Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: program.rescuer.window is not None, timeout=PATIENCE_MS)
    window = led(qtbot, program)
    assert window.stage() is Stage.REPORT  # the password is known
    press(Key.Key_Return)
    press(Key.Key_Return, CTRL)
    rest(qtbot, window, Stage.STEPS)
    press(Key.Key_Return, CTRL)
    rest(qtbot, window, Stage.RESULT)
    assert len(register.numbers()) >= 4
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: program.unlocker.window is not None)  # it asks for the password as ever
    assert not messages.faults
    assert not messages.bugs


def test_help_on_damaged_files_is_there_with_f1(
    qtbot: QtBot, tmp_path: Path, settings: QSettings, messages: RecordedMessages
) -> None:
    window = alone(qtbot, make_register(tmp_path, newer=1), settings, messages)
    press(Key.Key_F1)
    helping = window.findChild(HelpWindow)
    assert helping is not None
    assert "文件坏了怎么办" in helping.view.toPlainText()
    helping.close()
