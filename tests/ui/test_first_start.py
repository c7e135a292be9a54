"""The assistant by keyboard: from nothing to a register, kept when left, refused in words."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station_app.domain.station import OrganKind
from station_app.support.clock import Clock
from station_app.support.paths import Places
from station_app.ui.file_menu import FileMenu
from station_app.ui.first_start import FirstStart, Way
from station_app.ui.first_start_form import KEPT
from station_app.ui.help_window import HelpWindow
from station_app.ui.messages import RecordedMessages
from station_app.ui.program import Program
from station_app.ui.roster_page import RosterPage
from station_app.ui.second_start import Wish
from tests.ui.keyboard import press, type_text
from tests.ui.small_station import small_station

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
NAME = "清源县禾溪镇人大代表联络站"


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Return an empty PC."""
    return Places(tmp_path / "数据", tmp_path / "日志")


@pytest.fixture
def program(
    qtbot: QtBot, places: Places, settings: QSettings, messages: RecordedMessages, clock: Clock
) -> Iterator[Program]:
    """Return the program, without any window yet."""
    made = Program(places, settings, messages, clock, "")
    yield made
    for window in (made.assistant, made.window):
        if window is not None:
            messages.answers = [True] * 3
            window.close()
            qtbot.addWidget(window)
    made.close()


def active(qtbot: QtBot, program: Program) -> FirstStart:
    """Return the assistant once it is in front."""
    assistant = program.assistant
    assert assistant is not None
    assistant.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is assistant)
    return assistant


def open_profile(program: Program) -> str:
    """Return the name of the station whose window is open."""
    assert program.desks is not None
    assert program.window is not None
    assert program.window.isVisible()
    return program.desks.settings.profile().name


def without_password(program: Program) -> None:
    """Decline the password by keyboard, and stay in the field where that is chosen."""
    assert program.assistant is not None
    program.assistant.form.fields["lock"].setFocus()
    press(Key.Key_2)


def test_a_register_is_founded_by_keyboard_alone(qtbot: QtBot, program: Program, places: Places) -> None:
    assert program.begin(Wish())
    active(qtbot, program)
    type_text(NAME)
    press(Key.Key_Return)  # the kind of organ follows from the name
    for _ in range(6):
        press(Key.Key_Return)  # organ, county, code and kinds of station are filled in
    type_text("上坪村 12\n下坝村")
    press(Key.Key_Tab)
    type_text("罗成")
    press(Key.Key_Return)
    press(Key.Key_Return)
    type_text("肖敏")
    press(Key.Key_Return)
    type_text("14000000009")
    press(Key.Key_Return)
    press(Key.Key_2)  # no password for the time being
    press(Key.Key_S, CTRL)
    assert open_profile(program) == NAME
    assert program.desks is not None
    assert not program.desks.locked
    desks = program.desks
    assert desks is not None
    assert program.assistant is None
    assert desks.path == places.data / f"{NAME}.station"
    profile = desks.settings.profile()
    assert (profile.code, profile.county_name, profile.organ_name) == ("HX", "清源县", "禾溪镇")
    assert profile.organ_kind is OrganKind.TOWN
    assert [(one.name, one.groups) for one in desks.settings.villages()] == [("上坪村", 12), ("下坝村", 0)]
    assert [one.name for one in desks.settings.staff()] == ["罗成", "肖敏"]
    assert desks.operator == "肖敏"


def test_what_follows_from_the_name_gives_way_to_what_is_typed(qtbot: QtBot, program: Program) -> None:
    program.begin(Wish())
    form = active(qtbot, program).form
    type_text(NAME)
    form.fields["code"].setFocus()
    form.fields["code"].set_value("")
    type_text("HXZ")
    form.fields["organ_kind"].setFocus()
    press(Key.Key_4)
    form.fields["name"].setFocus()
    type_text("东")
    assert form.fields["code"].value() == "HXZ"
    assert form.fields["organ_kind"].value() == OrganKind.STREET
    assert "人大工委" in form.words.text()


def test_mistakes_are_told_at_their_fields_and_nothing_is_made(qtbot: QtBot, program: Program, places: Places) -> None:
    program.begin(Wish())
    form = active(qtbot, program).form
    press(Key.Key_S, CTRL)
    assert "请填写联络站名称" in form.fields["name"].problem()
    type_text(NAME)
    form.fields["villages"].setFocus()
    type_text("上坪村\n12")
    form.fields["clerk_phone"].setFocus()
    type_text("abc")
    press(Key.Key_S, CTRL)
    assert "第 2 行“12”看不懂" in form.fields["villages"].problem()
    form.fields["villages"].set_value("上坪村")
    without_password(program)
    press(Key.Key_S, CTRL)
    assert "请填写姓名" in form.fields["clerk_name"].problem()
    assert "只能是数字" in form.fields["clerk_phone"].problem()
    assert not list(places.data.glob("*"))


def test_it_can_be_left_and_come_back_to(
    qtbot: QtBot, program: Program, places: Places, settings: QSettings, messages: RecordedMessages, clock: Clock
) -> None:
    program.begin(Wish())
    QTest.keyClick(active(qtbot, program), Key.Key_2, ALT)
    type_text("石坡乡人大代表联络站")
    press(Key.Key_Escape)
    assert program.assistant is None
    assert not messages.said
    again = Program(places, settings, messages, clock, "")
    again.begin(Wish())
    assistant = active(qtbot, again)
    assert assistant.form.fields["name"].value() == "石坡乡人大代表联络站"
    assert assistant.form.fields["organ_kind"].value() == OrganKind.TOWNSHIP
    assert assistant.way() is Way.IMPORT
    assert "上次填的内容还在" in assistant.notice.text()
    messages.answers = [None]  # no spreadsheet is chosen after all
    without_password(again)
    press(Key.Key_S, CTRL)
    assert open_profile(again) == "石坡乡人大代表联络站"
    assert not [key for key in settings.allKeys() if key.startswith(f"{KEPT}/") and key != f"{KEPT}/way"]
    window = again.window
    assert window is not None
    qtbot.waitUntil(lambda: not messages.answers)
    assert isinstance(window.current_page(), RosterPage)
    window.close()
    again.close()
    qtbot.addWidget(window)


def test_the_place_can_be_chosen_and_is_refused_in_words(
    qtbot: QtBot, program: Program, messages: RecordedMessages, tmp_path: Path
) -> None:
    program.begin(Wish())
    form = active(qtbot, program).form
    type_text(NAME)
    without_password(program)
    cloud = tmp_path / "坚果云"
    cloud.mkdir()
    (tmp_path / "有了.station").write_bytes(b"x")
    for chosen, told in ((cloud / "禾溪.station", "坚果云"), (tmp_path / "有了.station", "已经有")):
        messages.answers = [chosen]
        form.fields["file"].setFocus()
        press(Key.Key_Space)
        assert form.fields["file"].value() == chosen
        press(Key.Key_S, CTRL)
        assert told in form.fields["file"].problem()
    messages.answers = [tmp_path / "U盘" / "禾溪.station"]
    press(Key.Key_Space)
    press(Key.Key_S, CTRL)
    assert open_profile(program) == NAME
    assert (tmp_path / "U盘" / "禾溪.station").exists()


def test_the_next_start_opens_the_register_of_the_last(
    qtbot: QtBot, program: Program, settings: QSettings, tmp_path: Path
) -> None:
    path = tmp_path / "U盘" / "禾溪.station"
    real_station(path)
    program.begin(Wish(path))
    assert open_profile(program) == "禾溪镇人大代表联络站"
    assert program.window is not None
    program.window.close()
    assert str(settings.value("station/last_file")) == str(path)
    program.window = None
    program.begin(Wish())
    assert open_profile(program) == "禾溪镇人大代表联络站"
    assert program.assistant is None


def test_a_register_that_is_gone_is_asked_for_and_found_again(
    qtbot: QtBot, program: Program, settings: QSettings, tmp_path: Path
) -> None:
    path = tmp_path / "禾溪.station"
    settings.setValue("station/last_file", str(path))
    program.begin(Wish())
    assistant = active(qtbot, program)
    assert "找不到登记簿文件“禾溪.station”" in assistant.notice.text()
    small_station(path).close()
    assistant.again_asked.emit()
    assert open_profile(program) == "禾溪镇人大代表联络站"


def test_a_named_file_that_cannot_be_opened_is_told(
    program: Program, messages: RecordedMessages, tmp_path: Path
) -> None:
    assert not program.begin(Wish(tmp_path / "没有.station"))
    assert messages.faults
    assert program.window is None


def test_the_demo_is_made_tried_and_thrown_away(
    qtbot: QtBot, program: Program, places: Places, messages: RecordedMessages, settings: QSettings, clock: Clock
) -> None:
    demo = places.data / "示范" / clock.today().isoformat() / "示范.station"
    small_station(demo).close()  # the generator itself is tested elsewhere; here a small one lies where it would
    own = places.data / "别的.txt"
    own.write_text("mine", encoding="utf-8")
    program.begin(Wish())
    QTest.keyClick(active(qtbot, program), Key.Key_3, ALT)
    press(Key.Key_S, CTRL)
    assert program.in_demo()
    assert settings.value("station/last_file") is None
    messages.answers = [False]
    program.end_demo()
    assert program.in_demo()
    messages.answers = [True]
    program.end_demo()
    assert not demo.exists()
    assert own.exists()
    assert not (demo.parent / "备份").exists()
    assert program.window is None
    assert program.assistant is not None


def test_a_real_register_is_never_thrown_away(program: Program, messages: RecordedMessages, tmp_path: Path) -> None:
    path = tmp_path / "禾溪.station"
    real_station(path)
    program.begin(Wish(path))
    program.end_demo()
    assert path.exists()
    assert not messages.said
    assert "结束体验，建立正式登记簿…" not in _menu(program)


def test_the_menu_opens_recent_files_and_greys_what_is_gone(
    qtbot: QtBot, program: Program, settings: QSettings, messages: RecordedMessages, tmp_path: Path
) -> None:
    first, second = tmp_path / "一.station", tmp_path / "二.station"
    for path in (first, second):
        real_station(path)
    program.begin(Wish(first))
    program.open_file(second)
    assert program.desks is not None
    assert program.desks.path == second
    settings.setValue("station/recent", [str(second), str(first), str(tmp_path / "没了.station")])
    entries = _menu(program)
    assert entries[f"一　{tmp_path}"]
    assert not entries["没了　找不到"]
    assert f"二　{tmp_path}" not in entries
    assert {"新建登记簿…", "打开登记簿…", "打开所在文件夹", "保存诊断包…", "关于"} <= entries.keys()
    first.unlink()
    program.open_file(first)
    assert messages.faults[-1].what.startswith("找不到登记簿文件")
    assert program.desks.path == second


def test_a_file_open_elsewhere_is_refused_and_the_open_one_stays(
    program: Program, messages: RecordedMessages, tmp_path: Path, clock: Clock
) -> None:
    first, second = tmp_path / "一.station", tmp_path / "二.station"
    small_station(first).close()
    elsewhere = small_station(second)
    program.begin(Wish(first))
    program.open_file(second)
    assert "另一个窗口中打开" in messages.faults[-1].what
    assert program.desks is not None
    assert program.desks.path == first
    assert program.window is not None
    assert program.window.isVisible()
    elsewhere.close()


def test_alt_f_opens_the_menu(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    small_station(tmp_path / "一.station").close()
    program.begin(Wish(tmp_path / "一.station"))
    window = program.window
    assert window is not None
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    seen: list[str] = []

    def look() -> None:
        menu = QApplication.activePopupWidget()
        assert menu is not None
        seen.append(menu.windowTitle() or type(menu).__name__)
        menu.close()

    QTimer.singleShot(100, look)
    QTest.keyClick(window, Key.Key_F, ALT)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["FileMenu"]


def test_the_assistant_beside_a_register_leaves_it_open(qtbot: QtBot, program: Program, tmp_path: Path) -> None:
    small_station(tmp_path / "一.station").close()
    program.begin(Wish(tmp_path / "一.station"))
    program.show_assistant()
    active(qtbot, program)
    press(Key.Key_Escape)
    assert program.window is not None
    assert program.window.isVisible()
    program.show_assistant()
    active(qtbot, program)
    type_text(NAME)
    without_password(program)
    press(Key.Key_S, CTRL)
    assert open_profile(program) == NAME


def test_a_password_is_recommended_and_the_sheet_offered_at_once(
    qtbot: QtBot, program: Program, messages: RecordedMessages, places: Places, settings: QSettings
) -> None:
    program.begin(Wish())
    form = active(qtbot, program).form
    type_text(NAME)
    press(Key.Key_S, CTRL)
    assert "暂时不设" in form.fields["new"].problem()
    type_text("he xi shui")
    press(Key.Key_Return)
    type_text("he xi shiu")
    press(Key.Key_S, CTRL)
    assert "不一样" in form.fields["again"].problem()
    assert not list(places.data.glob("*"))
    form.fields["again"].set_value("")
    type_text("he xi shui")
    messages.answers = [False]  # the sheet is printed later
    press(Key.Key_S, CTRL)
    assert open_profile(program) == NAME
    assert program.desks is not None
    assert program.desks.locked
    qtbot.waitUntil(lambda: not messages.answers)
    assert messages.said[-1].startswith("现在打印恢复单吗？")
    assert not any("he xi" in str(settings.value(key)) for key in settings.allKeys())


def _menu(program: Program) -> dict[str, bool]:
    """Return the entries of the file menu with whether they can be chosen."""
    menu = FileMenu(program, str)
    menu.fill()
    return {entry.text(): entry.isEnabled() for entry in menu.actions()}


def real_station(path: Path) -> None:
    """Make a small station that is no demo."""
    desks = small_station(path)
    desks.settings.save_profile(replace(desks.settings.profile(), demo=False))
    desks.close()


def test_making_the_demo_can_be_stopped_and_leaves_nothing(
    qtbot: QtBot, program: Program, places: Places, messages: RecordedMessages
) -> None:
    program.begin(Wish())
    assistant = active(qtbot, program)
    QTest.keyClick(assistant, Key.Key_3, ALT)
    assistant.demo_button.click()
    maker = program.demo.maker
    assert maker is not None
    assert not assistant.isEnabled()
    with qtbot.waitSignal(maker.given_up, timeout=30_000):
        maker.close()
    assert program.demo.maker is None
    assert assistant.isEnabled()
    assert assistant.demo_button.hasFocus()
    assert not [path for path in places.data.rglob("*") if path.is_file()]
    assert not messages.faults


def test_f1_tells_how_to_begin(qtbot: QtBot, program: Program) -> None:
    program.begin(Wish())
    assistant = active(qtbot, program)
    QTest.keyClick(assistant, Key.Key_F1)
    help_ = assistant.findChild(HelpWindow)
    assert isinstance(help_, HelpWindow)
    assert help_.view.toPlainText().startswith("开始使用")
    help_.close()
