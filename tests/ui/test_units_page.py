"""承办单位 by keyboard: who owes what, the letter, the sheet that goes out and comes back, a promise looked after."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station_app.domain.move_draft import MoveDraft
from station_app.domain.moves import Move
from station_app.domain.promise_line import PromiseState
from station_app.domain.station import Tier
from station_app.ui.answer_classes_section import AnswerClassesSection
from station_app.ui.answer_sheet_panel import AnswerSheetPanel
from station_app.ui.ledger_choice import Paper
from station_app.ui.ledgers_page import LedgersPage
from station_app.ui.letter_window import LetterWindow
from station_app.ui.list_section import ListSection
from station_app.ui.messages import RecordedMessages
from station_app.ui.move_form import MoveForm
from station_app.ui.opinions_page import OpinionsPage
from station_app.ui.settings_page import SettingsPage
from station_app.ui.station_window import StationWindow
from station_app.ui.today_page import TodayPage
from station_app.ui.units_page import UnitsPage
from tests.ui.keyboard import press, type_text

Key = Qt.Key
Ctrl = Qt.KeyboardModifier.ControlModifier
Alt = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(qtbot: QtBot, station_window: StationWindow) -> StationWindow:
    """Return the window at rest, on the page of opinions."""
    station_window.show_page("opinions")
    qtbot.waitUntil(lambda: not station_window.jobs.busy)
    return station_window


@pytest.fixture
def page(window: StationWindow, qtbot: QtBot) -> UnitsPage:
    """Go to the units by keyboard; the one that owes most is chosen."""
    press(Key.Key_U, Alt)
    made = window.current_page()
    assert isinstance(made, UnitsPage)
    qtbot.waitUntil(made.table.view.hasFocus)
    return made


def preview(page: UnitsPage, qtbot: QtBot) -> AnswerSheetPanel:
    """Wait for the preview."""
    assert page.panel is not None
    qtbot.waitUntil(lambda: page.panel is not None and page.panel.preview is not None, timeout=20_000)
    return page.panel


def fill(path: Path, cells: dict[str, object]) -> None:
    """Fill in a sheet as a unit does."""
    book = load_workbook(path)
    sheet: Any = book.active
    for cell, typed in cells.items():
        sheet[cell] = typed
    book.save(path)


def test_the_unit_that_owes_is_chosen_and_its_matter_opens(page: UnitsPage, window: StationWindow) -> None:
    unit = page.unit()
    assert unit is not None
    assert unit.name == "镇城建办"
    assert [line.case.title for line in page.owed.rows()] == [window.desks.opinions.cases()[0].title]
    press(Key.Key_Return)
    assert page.owed.view.hasFocus()
    page.owed.select(page.owed.rows()[0].case.id)
    press(Key.Key_Return)
    opened = window.current_page()
    assert isinstance(opened, OpinionsPage)
    assert opened.table.current_id() == window.desks.opinions.cases()[0].id


def test_a_sheet_goes_out_comes_back_and_is_undone_as_one(
    qtbot: QtBot, page: UnitsPage, window: StationWindow, messages: RecordedMessages, tmp_path: Path
) -> None:
    path = tmp_path / "回填表.xlsx"
    messages.answers = [path]
    press(Key.Key_F2)
    assert path.exists()
    assert "回填表 2026-001" in page.told.text()
    fill(path, {"F5": "2026.11.20", "G5": "Ｂ", "H5": "护栏已列入计划", "I5": "李工", "K5": "2026年12月20日"})
    messages.answers = [path]
    press(Key.Key_H, Alt)
    panel = preview(page, qtbot)
    assert [line.kind for line in panel.table.rows()] == ["answer"]
    case = window.desks.opinions.cases()[0]
    assert case.progress.answered_on == ""
    press(Key.Key_S, Ctrl)
    assert page.panel is None
    answered = window.desks.opinions.case(case.id).progress
    assert (answered.answer, answered.answer_class, answered.promised_on) == ("护栏已列入计划", "B", "2026-12-20")
    assert page.owed.rows() == []
    press(Key.Key_Z, Ctrl)
    assert window.desks.opinions.case(case.id).progress.answered_on == ""
    assert len(page.owed.rows()) == 1


def test_a_foreign_file_is_told_and_escape_leads_back(
    qtbot: QtBot, page: UnitsPage, messages: RecordedMessages, tmp_path: Path
) -> None:
    path = tmp_path / "别的.csv"
    path.write_text("姓名,电话\n示例甲,1\n", "utf-8")
    messages.answers = [path]
    press(Key.Key_H, Alt)
    panel = page.panel
    assert panel is not None
    qtbot.waitUntil(lambda: "不能收回" in panel.notice.text(), timeout=20_000)
    press(Key.Key_S, Ctrl)  # there is nothing to confirm
    press(Key.Key_Escape)
    assert page.panel is None
    assert page.table.view.hasFocus()


def test_a_unit_that_owes_nothing_gets_no_sheet(
    page: UnitsPage, window: StationWindow, messages: RecordedMessages, tmp_path: Path
) -> None:
    page.open_item(next(unit.id for unit in window.desks.settings.units() if unit.name == "镇农技站"))
    messages.answers = [tmp_path / "空.xlsx"]
    press(Key.Key_F2)
    assert "现在没有要答复的事项" in page.told.text()
    assert not (tmp_path / "空.xlsx").exists()
    press(Key.Key_P, Ctrl)
    assert "没有可列入一览函的事项" in page.told.text()


def test_sheets_of_several_units_go_into_one_folder(
    page: UnitsPage, window: StationWindow, messages: RecordedMessages, tmp_path: Path
) -> None:
    desks = window.desks
    third = desks.opinions.cases()[3]
    unit = next(unit for unit in desks.settings.units() if unit.name == "镇农技站")
    move = MoveDraft(Move.HAND_OVER, "2026-11-20", tier=Tier.TOWNSHIP, unit_id=unit.id)
    page.publish(desks.opinions.move(third.id, move))
    press(Key.Key_A, Ctrl)
    messages.answers = [tmp_path]
    press(Key.Key_F2)
    assert sorted(path.name for path in tmp_path.glob("*.xlsx")) == [
        "办理情况回填表_镇农技站_2026-11-22.xlsx",
        "办理情况回填表_镇城建办_2026-11-22.xlsx",
    ]
    assert "2 个单位" in page.told.text()


def test_the_letter_of_all_a_unit_owes_opens_from_its_page(qtbot: QtBot, page: UnitsPage) -> None:
    press(Key.Key_P, Ctrl)
    found = [one for one in QApplication.topLevelWidgets() if isinstance(one, LetterWindow) and one.isVisible()]
    assert len(found) == 1
    qtbot.waitUntil(found[0].is_ready, timeout=30_000)
    assert "一览函" in found[0].windowTitle()
    found[0].close()
    assert page.unit() is not None


def test_whom_to_call_is_changed_from_the_page(qtbot: QtBot, page: UnitsPage, window: StationWindow) -> None:
    press(Key.Key_L, Alt)
    settings = window.current_page()
    assert isinstance(settings, SettingsPage)
    section = settings.section()
    assert isinstance(section, ListSection)
    form = section.form
    assert form is not None
    assert form.fields["name"].value() == "镇城建办"
    form.fields["mobile"].setFocus()
    type_text("140 0000 0200")
    press(Key.Key_S, Ctrl)
    unit = next(unit for unit in window.desks.settings.units() if unit.name == "镇城建办")
    assert (unit.mobile, unit.phone) == ("14000000200", "14000000100")
    window.open_page("units", unit.id)
    qtbot.waitUntil(page.table.view.isVisible)
    assert page.unit() == unit


def test_the_period_is_chosen_and_the_statistics_lead_to_the_book(page: UnitsPage, window: StationWindow) -> None:
    press(Key.Key_Q, Alt)
    press(Key.Key_1)
    assert page.period.value() == "month"
    assert next(line for line in page.table.rows() if line.unit.name == "镇城建办").lead
    press(Key.Key_T, Alt)
    ledgers = window.current_page()
    assert isinstance(ledgers, LedgersPage)
    assert ledgers.choice.paper() is Paper.UNITS
    window.open_page("units", None)
    press(Key.Key_Escape)
    assert isinstance(window.current_page(), OpinionsPage)


def test_a_promise_comes_back_today_and_is_looked_after(qtbot: QtBot, window: StationWindow) -> None:
    desks = window.desks
    case = desks.opinions.cases()[0]
    answer = MoveDraft(Move.ANSWER, "2026-11-20", "护栏本月底前更换。", "李工", answer_class="B", due_on="2026-11-21")
    window.shell.changes.publish(desks.opinions.move(case.id, answer))
    window.show_page("today")
    today = window.current_page()
    assert isinstance(today, TodayPage)
    qtbot.waitUntil(lambda: any(row.item.move is Move.CHECK_PROMISE for row in today.todo.rows()))
    today.todo.view.setFocus()
    for _ in today.todo.rows():
        row = today.todo.current_row()
        if row is not None and row.item.move is Move.CHECK_PROMISE:
            break
        press(Key.Key_Down)
    press(Key.Key_Return)
    opinions = window.current_page()
    assert isinstance(opinions, OpinionsPage)
    form = opinions.form()
    assert isinstance(form, MoveForm)
    assert form.what is Move.CHECK_PROMISE
    way = form.fields["way"]
    qtbot.waitUntil(way.typing().hasFocus)
    press(Key.Key_2)
    form.fields["due_on"].setFocus()
    type_text("2026-12-01")
    press(Key.Key_S, Ctrl)
    (line,) = desks.reports.books.promise_lines()
    assert (line.state, line.due_on, line.delays) == (PromiseState.DELAYED, "2026-12-01", 1)


def test_the_form_of_an_answer_asks_for_a_promise_only_where_one_may_be(window: StationWindow) -> None:
    page = window.current_page()
    assert isinstance(page, OpinionsPage)
    page.open_item((window.desks.opinions.cases()[0].id, Move.ANSWER))
    form = page.form()
    assert isinstance(form, MoveForm)
    given, promised = form.fields["answer_class"], form.fields["due_on"]
    for letter, may in (("A", False), ("B", True), ("D", False)):
        given.set_value(letter)
        given.changed.emit()
        assert promised.isVisible() is may


def test_classes_of_answers_are_chosen_from_a_preset_or_typed(window: StationWindow) -> None:
    window.open_page("settings", "答复类别")
    settings = window.current_page()
    assert isinstance(settings, SettingsPage)
    section = settings.section()
    assert isinstance(section, AnswerClassesSection)
    section.fields["preset"].setFocus()
    press(Key.Key_2)
    assert section.fields["B"].value().words == "正在解决或列入计划"
    assert section.fields["D"].is_empty()
    section.fields["D"].setFocus()
    type_text("转有关部门参考")
    assert section.fields["preset"].value() == ""
    press(Key.Key_S, Ctrl)
    assert window.desks.settings.answer_classes().keys == ("A", "B", "C", "D")
    assert window.desks.settings.answer_classes().meaning("D") == "转有关部门参考"
