"""The whole window over one station: one registration reaches the table, Excel and PDF; search, undo, backup."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from station_app.documents.page_pictures import page_texts
from station_app.domain import periods
from station_app.services.books import Book, Selection
from station_app.ui.main_window import window_settings
from station_app.ui.messages import RecordedMessages
from station_app.ui.opinions_page import OpinionsPage
from station_app.ui.paper_window import PaperWindow
from station_app.ui.reception_page import ReceptionPage
from station_app.ui.station_window import StationWindow
from tests.ui.reception_keys import ALT, CTRL, TODAY, Clerk, K
from tests.ui.small_station import small_station

FIRST = "上坪三组的水渠从春上就淤了，晚稻灌不上水。"
SECOND = "高龄补贴怎么申请？"
SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[StationWindow]:
    desks = small_station(tmp_path / "禾溪.station", TODAY)
    made = StationWindow(desks, window_settings(str(tmp_path / "window.ini")), RecordedMessages())
    qtbot.addWidget(made)
    made.show_page("today")
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.close()


def register_two_opinions(window: StationWindow) -> Clerk:
    QTest.keyClick(window, K.Key_2, ALT)
    page = window.page("reception")
    assert isinstance(page, ReceptionPage)
    clerk = Clerk(window, page, window.desks, RecordedMessages(), [])
    clerk.key(K.Key_F2)
    clerk.type("覃𬭚生")
    clerk.tab_to(clerk.form.visitor.phone)
    clerk.press_letters("14000617730")
    clerk.tab_to(clerk.form.matter.words)
    clerk.type(FIRST)
    clerk.key(K.Key_N, ALT)
    clerk.type(SECOND)
    clerk.key(K.Key_Return, CTRL)
    return clerk


def test_a_page_filled_in_the_background_begins_in_its_table(window: StationWindow, qtbot: QtBot) -> None:
    page = window.page("opinions")
    assert isinstance(page, OpinionsPage)
    page.get_ready()
    QTest.keyClick(window, K.Key_3, ALT)
    assert page.table.view.hasFocus()


def test_the_opinions_are_ready_before_the_clerk_asks_for_them(window: StationWindow, qtbot: QtBot) -> None:
    page = window.page("opinions")
    assert isinstance(page, OpinionsPage)
    qtbot.waitUntil(lambda: bool(page.table.rows()))
    assert window.current_page() is window.page("today")
    QTest.keyClick(window, K.Key_3, ALT)
    row = page.table.current_row()
    assert row is not None
    assert row.case.words in page.panel.texts()


def test_one_registration_feeds_the_table_the_workbook_and_the_pdf(window: StationWindow, tmp_path: Path) -> None:
    clerk = register_two_opinions(window)
    shown = [words for _, words, _ in clerk.table()]
    assert {FIRST, SECOND} <= set(shown)
    QTest.keyClick(window, K.Key_3, ALT)
    opinions = window.page("opinions")
    assert isinstance(opinions, OpinionsPage)
    assert {FIRST, SECOND} <= {line.case.words for line in opinions.table.rows()}
    november = periods.month("2026-11")
    selection = Selection(Book.VISITS, november.from_on, november.to_on, november.title)
    reports = clerk.desks.reports
    workbook = openpyxl.load_workbook(reports.export(selection, "xlsx", tmp_path))
    cells = {str(cell) for row in workbook.worksheets[0].iter_rows(values_only=True) for cell in row}
    pdf = "".join("".join(page_texts(reports.export(selection, "pdf", tmp_path))).split())
    for text in (FIRST, SECOND, "覃𬭚生", "14000617730"):
        assert text in cells
        assert text in pdf


def test_undo_takes_the_registration_back_everywhere(window: StationWindow) -> None:
    before = len(window.desks.opinions.cases())
    clerk = register_two_opinions(window)
    assert len(clerk.desks.opinions.cases()) == before + 2
    clerk.key(K.Key_Escape)
    QTest.keyClick(window, K.Key_Z, CTRL)
    assert len(clerk.desks.opinions.cases()) == before
    assert window.status_line.said().startswith("已撤销")


def test_search_leads_to_the_opinion(window: StationWindow, qtbot: QtBot) -> None:
    QTest.keyClick(window, K.Key_F, CTRL)
    search = window.top_bar.search
    assert search is not None
    assert search.hasFocus()
    QTest.keyClicks(search, "0001")
    search.look()
    QTest.keyClick(search, K.Key_Return)
    page = window.current_page()
    assert isinstance(page, OpinionsPage)
    row = page.table.current_row()
    assert row is not None
    assert row.case.number.endswith("0001")


def test_forms_are_shown_before_they_are_printed(window: StationWindow, qtbot: QtBot) -> None:
    clerk = register_two_opinions(window)
    clerk.key(K.Key_Escape)
    clerk.page.panel.table.setFocus()
    QTest.keyClick(clerk.focus(), K.Key_P, CTRL)
    qtbot.waitUntil(lambda: bool(window.findChildren(PaperWindow)))
    (paper,) = window.findChildren(PaperWindow)
    qtbot.waitUntil(paper.is_ready)
    assert paper.preview.canvas.page_count() == 1
    QTest.keyClick(paper, K.Key_Escape)


def test_closing_the_window_writes_a_verified_backup(window: StationWindow, tmp_path: Path) -> None:
    clerk = register_two_opinions(window)
    clerk.key(K.Key_Escape)
    window.close()
    (backup,) = (tmp_path / "备份").glob("*.station")
    assert "关闭时" in backup.name
    assert not (tmp_path / "禾溪.station.lock").exists()


def test_every_page_opens_by_its_key(window: StationWindow) -> None:
    for number, title in enumerate(("今日", "接待", "意见", "代表", "台账", "设置"), start=1):
        QTest.keyClick(window, Qt.Key(Qt.Key.Key_0 + number), ALT)
        page = window.current_page()
        assert page is not None
        assert title in page.title()


def test_an_old_ledger_is_imported_on_the_page_of_opinions(window: StationWindow, qtbot: QtBot) -> None:
    page = window.page("opinions")
    assert isinstance(page, OpinionsPage)
    QTest.keyClick(window, K.Key_3, ALT)
    before = len(page.table.rows())
    messages = window.messages
    assert isinstance(messages, RecordedMessages)
    messages.answers = [SAMPLES / "选民意见台账_旧.xls"]
    page.start_import()
    panel = page.whole.panel
    assert panel is not None
    qtbot.waitUntil(lambda: panel.preview is not None, timeout=20_000)
    assert panel.preview is not None
    assert panel.preview.counts == {"new": 128, "changed": 0, "unchanged": 0, "problem": 0}
    panel.table.view.setFocus()
    QTest.keyClick(panel.table.view, K.Key_S, CTRL)
    qtbot.waitUntil(lambda: page.whole.panel is None, timeout=20_000)
    assert len(page.table.rows()) > before
    QTest.keyClick(window, K.Key_Z, CTRL)
    assert len(page.table.rows()) == before
