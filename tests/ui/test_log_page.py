"""The page 操作记录 by keyboard: reached from 设置, filtered, one record's history, checked, printed, exported."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from station_app.domain.log_line import LogFilter
from station_app.services.done import EVERYTHING, Done
from station_app.station import Desks
from station_app.ui.log_page import LogPage
from station_app.ui.main_window import MainWindow
from station_app.ui.messages import RecordedMessages
from station_app.ui.paper_window import PaperWindow
from station_app.ui.reception_page import ReceptionPage
from tests.ui.keyboard import press, type_text

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def desks(desks: Desks) -> Desks:
    """Return the desks of an invented station in which a title was corrected and the correction undone."""
    case = desks.opinions.cases()[0]
    desks.opinions.correct_words(case.id, "桥头护栏", case.category, case.village, urgent=True)
    desks.housekeeping.undo()
    return desks


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    """Return the window at 设置."""
    window.show_page("settings")
    return window


@pytest.fixture
def page(window: MainWindow) -> LogPage:
    """Go to the log as a clerk does and return it."""
    press(Key.Key_R, ALT)
    made = window.current_page()
    assert isinstance(made, LogPage)
    return made


def choose(qtbot: QtBot, word: str) -> None:
    """Open the filter that has the keyboard and choose an entry by arrow keys."""
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    for _ in menu.actions():
        active = menu.activeAction()
        if active is not None and active.text() == word:
            break
        QTest.keyClick(menu, Key.Key_Down)
    QTest.keyClick(menu, Key.Key_Return)


def labels(page: LogPage) -> list[str]:
    """Return what the listed steps did."""
    return [step.label for step in page.table.rows()]


def test_the_log_is_reached_from_the_settings_and_has_no_number_of_its_own(window: MainWindow, page: LogPage) -> None:
    assert labels(page)[0].startswith("撤销：更正意见")
    assert page.table.view.hasFocus()
    assert window.windowTitle().startswith("操作记录")
    press(Key.Key_Escape)
    assert window.current_page() is window.page("settings")
    press(Key.Key_7, ALT)
    assert window.current_page() is window.page("settings")


def test_the_step_that_is_chosen_tells_its_changes_before_and_after(page: LogPage) -> None:
    press(Key.Key_Down)
    told = page.text.toPlainText()
    assert "更正意见" in told
    assert "这一步已撤销" in told
    assert "标题" in told
    assert "→ 桥头护栏" in told
    assert "否 → 是" in told


def test_filters_say_how_many_of_how_many(qtbot: QtBot, page: LogPage, desks: Desks) -> None:
    whole = desks.log.count(LogFilter())
    assert page.filters.counts_text() == f"{whole} / {whole}"
    page.filters.kind.setFocus()
    choose(qtbot, "接待日")
    assert labels(page)
    assert all("接待" in label or "签到" in label or "登记" in label for label in labels(page))
    assert page.filters.counts_text() == f"{len(labels(page))} / {whole}"
    choose(qtbot, "全部")
    page.filters.period.setFocus()
    choose(qtbot, "2026年10月")
    assert labels(page) == []
    assert page.text.toPlainText() == ""
    choose(qtbot, "今天")
    assert len(labels(page)) == whole


def test_typing_finds_a_name_and_enter_goes_to_the_table(qtbot: QtBot, page: LogPage) -> None:
    press(Key.Key_K, CTRL)
    type_text("阿依古丽")
    qtbot.waitUntil(lambda: len(labels(page)) < 5)
    press(Key.Key_Return)
    assert page.table.view.hasFocus()
    assert "阿依古丽" in page.text.toPlainText()


def test_the_history_of_a_record_is_one_link_away_and_escape_leaves_it(page: LogPage, desks: Desks) -> None:
    number = desks.opinions.cases()[0].number
    press(Key.Key_Return)
    assert page.text.hasFocus()
    press(Key.Key_Tab)
    press(Key.Key_Return)
    assert page.filters.value().record is not None
    assert page.filters.only.text() == f"只看 意见建议 {number} ✕"
    assert any(label.startswith("交办") for label in labels(page))
    assert page.table.view.hasFocus()
    press(Key.Key_Escape)
    assert page.filters.value().record is None


@pytest.mark.parametrize(("key", "kind"), [("opinions", "意见建议"), ("roster", "代表")])
def test_a_row_of_a_page_leads_to_its_history_and_escape_leads_back(window: MainWindow, key: str, kind: str) -> None:
    window.show_page(key)
    came_from = window.current_page()
    press(Key.Key_Down)
    press(Key.Key_H, CTRL)
    page = window.current_page()
    assert isinstance(page, LogPage)
    assert page.filters.only.text().startswith(f"只看 {kind} ")
    assert 0 < len(labels(page)) < 8
    press(Key.Key_Escape)
    assert window.current_page() is came_from


def test_a_visit_of_the_day_leads_to_its_history(window: MainWindow, desks: Desks) -> None:
    window.show_page("reception")
    page = window.current_page()
    assert isinstance(page, ReceptionPage)
    page.panel.table.view.setFocus()
    press(Key.Key_Home)
    line = page.panel.table.current_row()
    assert line is not None
    press(Key.Key_H, CTRL)
    shown = window.current_page()
    assert isinstance(shown, LogPage)
    assert shown.filters.only.text() == f"只看 来访 {desks.reception.visit(line.visit_id).number} ✕"
    assert [label[:4] for label in labels(shown)] == ["登记来访"]


def test_the_menu_of_a_row_offers_its_history(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("roster")
    focus = QApplication.focusWidget()
    assert focus is not None
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(20, 20), focus.mapToGlobal(QPoint(20, 20)))
    QApplication.sendEvent(focus, event)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    QTest.keyClick(menu, Key.Key_Down)
    QTest.keyClick(menu, Key.Key_Return)
    assert isinstance(window.current_page(), LogPage)


def test_a_new_step_appears_and_the_chosen_one_stays_chosen(page: LogPage, desks: Desks) -> None:
    press(Key.Key_Down)
    chosen = page.table.current_id()
    deputy = desks.roster.deputies()[0]
    done = desks.roster.save_deputy(replace(deputy, remark="联系电话已核对"))
    page.publish(Done(None, done.label, EVERYTHING, done.step_id))
    assert labels(page)[0].startswith("修改代表")
    assert page.table.current_id() == chosen


def test_older_steps_are_fetched_by_scrolling(qtbot: QtBot, page: LogPage, desks: Desks) -> None:
    deputy = desks.roster.deputies()[0]
    for number in range(510):
        desks.roster.save_deputy(replace(deputy, remark=f"第 {number} 次核对"))
    page.reload()
    whole = desks.log.count(LogFilter())
    assert len(labels(page)) < whole
    assert page.filters.counts_text() == f"{whole} / {whole}"
    press(Key.Key_End)
    qtbot.waitUntil(lambda: len(labels(page)) == whole)
    press(Key.Key_End)
    oldest = page.table.current_row()
    assert oldest is not None
    assert oldest.label == "建立登记簿"


def test_the_chain_is_checked_and_said_to_hold(qtbot: QtBot, page: LogPage) -> None:
    press(Key.Key_H, ALT)
    qtbot.waitUntil(lambda: "操作记录完整" in page.told.text(), timeout=20_000)


def test_a_changed_log_is_told_with_its_first_broken_step(qtbot: QtBot, page: LogPage, tamper: int) -> None:
    press(Key.Key_H, ALT)
    qtbot.waitUntil(lambda: f"第 {tamper} 步的记录对不上" in page.told.text(), timeout=20_000)
    press(Key.Key_Return)
    assert page.table.current_id() == tamper


def test_what_is_listed_is_exported(qtbot: QtBot, page: LogPage, messages: RecordedMessages, tmp_path: Path) -> None:
    from station_app.documents.spreadsheet import read_workbook

    messages.answers = [tmp_path / "记录.xlsx", tmp_path / "记录.pdf"]
    press(Key.Key_E, CTRL)
    qtbot.waitUntil(lambda: not page.shell.jobs.busy, timeout=20_000)
    assert messages.said == ["导出 Excel操作记录_2026年11月.xlsx"]
    cells = [str(cell) for row in read_workbook(tmp_path / "记录.xlsx")[0].rows for cell in row]
    assert {"桥头护栏", "已撤销"} <= set(cells)
    press(Key.Key_E, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: not page.shell.jobs.busy, timeout=20_000)
    assert (tmp_path / "记录.pdf").read_bytes().startswith(b"%PDF")


def test_the_very_pages_are_shown_before_printing(qtbot: QtBot, page: LogPage) -> None:
    press(Key.Key_P, CTRL)
    (paper,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, PaperWindow) and one.isVisible()]
    qtbot.waitUntil(paper.is_ready, timeout=20_000)
    qtbot.waitUntil(paper.preview.canvas.is_drawn, timeout=20_000)
    assert paper.preview.place_text().startswith("第 1 /")
    paper.close()


@pytest.fixture
def tamper(page: LogPage, desks: Desks) -> int:
    """Change a label behind the program's back, as a database tool would; return the step."""
    desks._file.plain_write("UPDATE steps SET label = '别的' WHERE id = 5")
    return 5
