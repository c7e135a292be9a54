"""What is typed in any form survives a kill and is offered, never forced; closing asks once."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from station_app.station import Desks
from station_app.support.clock import fixed_clock
from station_app.ui.form import FormPanel
from station_app.ui.messages import RecordedMessages, Unsaved
from station_app.ui.station_window import StationWindow
from station_app.ui.today_page import TodayPage
from tests.ui.keyboard import press
from tests.ui.reception_keys import ALT, CTRL, TODAY, K
from tests.ui.small_station import small_station
from tests.ui.typing_clerk import OPENERS, PIN, TYPED, open_form, type_in
from tests.ui.window_seat import opened

ROOT = Path(__file__).parents[2]
ALIKE = {"新增承办单位", "新增类别"}  # lists of the settings like 新增工作人员
NAMES = [name for name in OPENERS if name not in ALIKE]
PARTS = [NAMES[start:end] for start, end in ((0, 6), (6, 12), (12, 20), (20, None))]
ROUNDS = [[name for name in names if name] for names in zip_longest(*PARTS)]
"""One form of each page at a time."""
SHORT = 3
FEW_OR_ALL = [pytest.param(names, marks=[pytest.mark.long] * (place >= SHORT)) for place, names in enumerate(ROUNDS)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    small_station(tmp_path / "禾溪.station", TODAY).close()
    return tmp_path / "禾溪.station"


@pytest.fixture
def window(qtbot: QtBot, file: Path) -> Iterator[StationWindow]:
    made = opened(qtbot, file, TODAY)
    yield made
    messages_of(made).answers = [Unsaved.DISCARD]
    made.close()


def messages_of(window: StationWindow) -> RecordedMessages:
    assert isinstance(window.messages, RecordedMessages)
    return window.messages


def typed(form: FormPanel) -> str:
    return str(form.draft_body())


def killed_while_typing(file: Path, names: list[str]) -> None:
    command = [sys.executable, "-m", "tests.ui.typing_clerk", str(file), *names]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as clerk:
        assert clerk.stdout is not None
        assert clerk.stdout.readline() == "kept\n"
        os.kill(clerk.pid, signal.SIGKILL)


@pytest.mark.skipif(sys.platform == "win32", reason="kills a process")
@pytest.mark.parametrize("names", FEW_OR_ALL, ids="+".join)
def test_what_is_typed_in_every_form_survives_a_kill_and_is_offered(qtbot: QtBot, file: Path, names: list[str]) -> None:
    killed_while_typing(file, names)
    assert PIN.encode() not in file.read_bytes()
    window = opened(qtbot, file, TODAY)
    drafts = window.desks.housekeeping.unfinished()
    today = window.page("today")
    assert isinstance(today, TodayPage)
    links = [one.text() for one in today.unfinished_forms.findChildren(QPushButton) if one.isVisible()]
    assert sorted(links) == sorted(f"{draft.words()}（09:00）" for draft in drafts)
    for name in names:
        form = open_form(window, name)
        offered = name == "登记接待" or (form.keeper is not None and form.keeper.bar.isVisible())
        assert offered, f"{name} is not offered"
        assert not form.is_changed(), f"{name} is forced"
        if name != "登记接待":
            press(K.Key_Y, ALT)
            assert form.is_changed()
            assert TYPED in typed(form) or "7" in typed(form)
        assert form.leave_with(Unsaved.KEEP)
    for draft in window.desks.housekeeping.unfinished():
        window.open_page(draft.page, draft)
        page = window.current_page()
        assert page is not None
        form = next(one for one in page.findChildren(FormPanel) if one.isVisible())
        assert form.is_changed(), draft.words()
        assert form.leave_with(Unsaved.DISCARD)
    assert window.desks.housekeeping.unfinished() == []
    window.close()


def test_saving_drops_the_draft(window: StationWindow) -> None:
    form = open_form(window, "新增承办单位")
    type_in(form)
    window.keep_drafts()
    assert window.desks.housekeeping.unfinished()
    press(K.Key_S, CTRL)
    assert window.desks.housekeeping.unfinished() == []


def test_a_draft_on_offer_is_not_written_over_by_what_is_typed_meanwhile(window: StationWindow) -> None:
    form = open_form(window, "新增代表")
    type_in(form)
    assert form.leave_with(Unsaved.KEEP)
    second = open_form(window, "新增代表")
    type_in(second)
    window.keep_drafts()
    assert len(window.desks.housekeeping.unfinished()) == 2


def test_typing_back_what_was_there_leaves_no_draft(window: StationWindow) -> None:
    form = open_form(window, "新增承办单位")
    type_in(form)
    window.keep_drafts()
    for _ in TYPED:
        press(K.Key_Backspace)
    window.keep_drafts()
    assert window.desks.housekeeping.unfinished() == []


def test_esc_asks_and_a_draft_can_be_kept(window: StationWindow) -> None:
    type_in(open_form(window, "新增代表"))
    messages_of(window).answers = [Unsaved.STAY, Unsaved.KEEP]
    press(K.Key_Escape)
    assert window.desks.housekeeping.unfinished() == []
    press(K.Key_Escape)
    assert "新增代表" in window.desks.housekeeping.unfinished()[0].words()
    today = window.page("today")
    assert isinstance(today, TodayPage)
    window.show_page("today")
    (link,) = [one for one in today.unfinished_forms.findChildren(QPushButton) if one.isVisible()]
    link.setFocus()
    press(K.Key_Return)
    assert window.current_page() is window.page("roster")


@pytest.mark.parametrize("answer", list(Unsaved))
def test_closing_asks_once_about_all_unfinished_forms(qtbot: QtBot, file: Path, answer: Unsaved) -> None:
    window = opened(qtbot, file, TODAY)
    desks = window.desks
    for name in ("登记接待", "新增承办单位", "新增代表"):
        type_in(open_form(window, name))
    messages = messages_of(window)
    messages.answers = [answer]
    units = len(desks.settings.units())
    closed = window.close()
    assert messages.said == ["登记接待、新增承办单位、新增代表还没有保存。"]
    assert closed is (answer in {Unsaved.KEEP, Unsaved.DISCARD})
    if closed:
        again = Desks.open(file, fixed_clock(TODAY))
        assert len(again.housekeeping.unfinished()) == (3 if answer is Unsaved.KEEP else 0)
        again.close()
        return
    if answer is Unsaved.SAVE:  # the registration lacks what is required: nothing is lost, and closing waits
        assert window.current_page() is window.page("reception")
    assert len(desks.settings.units()) == units
    messages.answers = [Unsaved.DISCARD]
    assert window.close()


def test_closing_saves_what_is_complete(qtbot: QtBot, file: Path) -> None:
    window = opened(qtbot, file, TODAY)
    type_in(open_form(window, "新增承办单位"))
    messages_of(window).answers = [Unsaved.SAVE]
    assert window.close()
    again = Desks.open(file, fixed_clock(TODAY))
    assert TYPED in {unit.name for unit in again.settings.units()}
    assert again.housekeeping.unfinished() == []
    again.close()


def test_the_end_of_the_session_keeps_drafts_and_asks_nothing(qtbot: QtBot, file: Path) -> None:
    window = opened(qtbot, file, TODAY)
    type_in(open_form(window, "新增代表"))
    window._session_ends()
    assert window.close()
    again = Desks.open(file, fixed_clock(TODAY))
    assert len(again.housekeeping.unfinished()) == 1
    again.close()
