"""公示牌, 名册核对表 and 交接单 in their windows by keyboard: chosen, shown as the very pages, saved."""

import re
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station_app.documents.page_pictures import page_sizes, page_texts
from station_app.services.roster_papers import Arranged
from station_app.station import Desks
from station_app.ui.handover_window import HandoverWindow
from station_app.ui.ledger_choice import Paper as PaperChoice
from station_app.ui.ledgers_page import LedgersPage
from station_app.ui.main_window import MainWindow
from station_app.ui.messages import RecordedMessages
from station_app.ui.roster_page import RosterPage
from station_app.ui.roster_paper_windows import CheckListWindow, WallWindow
from station_app.ui.saved_paper_window import SavedPaperWindow
from tests.ui.keyboard import press, type_text

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def settled(qtbot: QtBot, paper: SavedPaperWindow, window: MainWindow) -> str:
    """Wait until what was chosen last is shown; return its text without blanks."""
    qtbot.waitUntil(lambda: paper.is_ready() and not window.jobs.busy, timeout=20_000)
    return re.sub(r"\s", "", "".join(page_texts(paper.pages())))


def shows(paper: SavedPaperWindow, window: MainWindow, words: str) -> bool:
    if not paper.is_ready() or window.jobs.busy:
        return False
    return words in re.sub(r"\s", "", "".join(page_texts(paper.pages())))


def lies(paper: SavedPaperWindow) -> bool:
    width, height = page_sizes(paper.pages())[0]
    return width > height


Paper = TypeVar("Paper", WallWindow, CheckListWindow)


def opened(qtbot: QtBot, window: MainWindow, desks: Desks, kind: type[Paper]) -> Paper:
    """Open a paper as the page does and return its window."""
    paper = kind(window.shell, desks, window)
    qtbot.addWidget(paper)
    paper.show()
    paper.activateWindow()
    qtbot.waitUntil(paper.isActiveWindow)
    return paper


def test_the_board_follows_what_is_chosen_and_remembers_it(qtbot: QtBot, window: MainWindow, desks: Desks) -> None:
    paper = opened(qtbot, window, desks, WallWindow)
    text = settled(qtbot, paper, window)
    assert "阿依古丽·买买提" in text
    assert "农历逢四、七圩日" in text
    assert not lies(paper)
    paper.arranged.setFocus()
    press(Qt.Key.Key_2)
    qtbot.waitUntil(partial(shows, paper, window, "市、县人大代表"), timeout=20_000)
    paper.lying.setFocus()
    press(Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: paper.is_ready() and not window.jobs.busy and lies(paper), timeout=20_000)
    paper.hours.setFocus()
    paper.hours.edit.selectAll()
    type_text("每月第一个星期五上午")
    qtbot.waitUntil(partial(shows, paper, window, "接待时间：每月第一个星期五上午"), timeout=20_000)
    paper.close()
    again = opened(qtbot, window, desks, WallWindow)
    kept = again.choice()
    assert (kept.arranged, kept.landscape, kept.hours) == (Arranged.LEVEL, True, "每月第一个星期五上午")
    settled(qtbot, again, window)


def test_the_very_pages_are_saved_where_the_clerk_says(
    qtbot: QtBot, window: MainWindow, desks: Desks, messages: RecordedMessages, tmp_path: Path
) -> None:
    paper = opened(qtbot, window, desks, WallWindow)
    settled(qtbot, paper, window)
    messages.answers = [tmp_path / "公示牌.pdf"]
    press(Qt.Key.Key_S, CTRL, paper)
    shown = paper.pages()
    assert isinstance(shown, Path)
    assert (tmp_path / "公示牌.pdf").read_bytes() == shown.read_bytes()
    assert messages.said[0].endswith("代表公示牌_2026-11-22.pdf")
    assert "已存到" in paper.note()


def test_the_check_list_is_printed_by_group_or_in_one_go(qtbot: QtBot, window: MainWindow, desks: Desks) -> None:
    paper = opened(qtbot, window, desks, CheckListWindow)
    by_group = settled(qtbot, paper, window)
    assert "内部资料" in by_group
    paper.by_group.setFocus()
    press(Qt.Key.Key_Right)
    qtbot.waitUntil(partial(shows, paper, window, "第1页/共1页"), timeout=20_000)
    assert "欧阳建国" in settled(qtbot, paper, window)


def test_the_hand_over_is_opened_from_settings(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("settings")
    press(Qt.Key.Key_J, ALT)
    paper = next(one for one in QApplication.topLevelWidgets() if isinstance(one, HandoverWindow))
    qtbot.addWidget(paper)
    text = settled(qtbot, paper, window)
    for words in ("联络员工作交接单", "监交人（签名）：", "在任代表7人", "内部资料"):
        assert words in text
    press(Qt.Key.Key_Escape, on=paper)
    assert not paper.isVisible()


def test_the_roster_prints_by_key_and_the_menu_leads_to_the_books(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("roster")
    page = window.page("roster")
    assert isinstance(page, RosterPage)
    press(Qt.Key.Key_P, CTRL)
    menu = page.papers
    qtbot.waitUntil(menu.isVisible)
    assert menu.activeAction().text() == "代表公示牌…"
    press(Qt.Key.Key_Down, on=menu)
    press(Qt.Key.Key_Return, on=menu)
    books = window.page("ledgers")
    assert isinstance(books, LedgersPage)
    assert books.isVisible()
    assert books.choice.paper() is PaperChoice.GROUPS


def test_the_board_is_the_first_entry_of_the_menu(qtbot: QtBot, window: MainWindow) -> None:
    window.show_page("roster")
    page = window.page("roster")
    assert isinstance(page, RosterPage)
    press(Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(page.papers.isVisible)
    press(Qt.Key.Key_Return, on=page.papers)
    paper = next(one for one in QApplication.topLevelWidgets() if isinstance(one, WallWindow))
    qtbot.addWidget(paper)
    assert "代表公示牌" in settled(qtbot, paper, window)
