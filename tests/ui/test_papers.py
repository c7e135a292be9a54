"""Papers in a real window, by keyboard: chosen, shown, printed to a file, found again by what stands on them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from station_app.documents.page_pictures import page_texts
from station_app.domain.events import EventKind
from station_app.domain.moves import Move
from station_app.domain.opinion import Case
from station_app.domain.papers import PaperKind
from station_app.station import Desks
from station_app.ui.letter_window import LetterWindow, SampleWindow
from station_app.ui.messages import RecordedMessages
from station_app.ui.move_form import MoveForm
from station_app.ui.opinions_page import OpinionsPage
from station_app.ui.paper_section import PaperSection
from station_app.ui.settings_page import SettingsPage
from station_app.ui.station_window import StationWindow
from tests.ui.keyboard import type_text

Key = Qt.Key
Ctrl = Qt.KeyboardModifier.ControlModifier
Alt = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(qtbot: QtBot, station_window: StationWindow) -> Iterator[StationWindow]:
    """Return the window at rest, on the page of opinions."""
    station_window.show_page("opinions")
    qtbot.waitUntil(lambda: not station_window.jobs.busy)
    yield station_window
    for paper in _papers():
        paper.close()


def _papers() -> list[LetterWindow]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, LetterWindow) and one.isVisible()]


def _paper(qtbot: QtBot) -> LetterWindow:
    """Return the open paper once its pages are there."""
    qtbot.waitUntil(lambda: len(_papers()) == 1)
    paper = _papers()[0]
    qtbot.waitUntil(paper.is_ready, timeout=30_000)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is paper)
    return paper


def _page(window: StationWindow) -> OpinionsPage:
    page = window.page("opinions")
    assert isinstance(page, OpinionsPage)
    return page


def _case(desks: Desks, words: str) -> Case:
    return next(case for case in desks.opinions.cases() if words in case.words)


def _press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    target = QApplication.focusWidget()
    assert target is not None, "nothing has the focus"
    QTest.keyClick(target, key, modifier)


def _choose(word: str) -> None:
    """Choose in the open menu by keyboard."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    for _ in menu.actions():
        QTest.keyClick(menu, Key.Key_Down)
        active = menu.activeAction()
        if active is not None and active.text().startswith(word):
            QTest.keyClick(menu, Key.Key_Return)
            return
    raise AssertionError(f"{word} is not offered")


def _printer_to(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def test_a_sheet_is_saved_with_its_number_and_noted_on_the_timeline(
    qtbot: QtBot, window: StationWindow, messages: RecordedMessages, tmp_path: Path
) -> None:
    page, case = _page(window), _case(window.desks, "护栏")
    page.open_item(case.id)
    _press(Key.Key_P, Ctrl)
    _choose("交办单")
    paper = _paper(qtbot)
    assert "时编号" in paper.note()
    paper.document_number.setFocus()
    type_text("禾人大〔2026〕7号", paper.document_number)
    _press(Key.Key_Return)
    qtbot.waitUntil(lambda: not window.jobs.busy)
    target = tmp_path / "交办单.pdf"
    messages.answers = [target]
    QTest.keyClick(paper, Key.Key_S, Ctrl)
    qtbot.waitUntil(target.exists, timeout=30_000)
    text = "".join(page_texts(target))
    assert "交办单 2026-001" in text
    assert "禾人大〔2026〕7号" in text
    (kept,) = window.desks.papers.of_case(case.id)
    assert f"{kept.code[:3]} {kept.code[3:]}" in text
    assert "交办单 2026-001" in page.panel.texts()
    assert window.status_line.said() == "已打印 交办单 2026-001"
    QTest.keyClick(paper, Key.Key_Escape)
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    QTest.keyClick(window, Key.Key_Z, Ctrl)
    assert window.desks.papers.of_case(case.id) == []
    assert "交办单 2026-001" not in page.panel.texts()


def test_looking_at_a_paper_notes_nothing(qtbot: QtBot, window: StationWindow) -> None:
    case = _case(window.desks, "护栏")
    _page(window).open_item(case.id)
    _press(Key.Key_P, Ctrl)
    _choose("催办单")
    paper = _paper(qtbot)
    QTest.keyClick(paper, Key.Key_Escape)
    assert window.desks.papers.of_case(case.id) == []
    assert window.desks.opinions.case(case.id) == case


def test_right_after_handing_over_the_sheet_is_offered_first(qtbot: QtBot, window: StationWindow) -> None:
    page, case = _page(window), _case(window.desks, "水渠")
    page.open_item((case.id, Move.HAND_OVER))
    _press(Key.Key_Return)  # 镇级 is proposed
    type_text("cjb")
    _press(Key.Key_Return)
    _press(Key.Key_S, Ctrl)
    assert page.form() is None
    _press(Key.Key_Return)  # from the table to the likely action
    likely = QApplication.focusWidget()
    assert isinstance(likely, QPushButton)
    assert likely.text() == "打印交办单"
    _press(Key.Key_Return)
    assert "打印时编号" in "".join(page_texts(_paper(qtbot).pages()))


def test_several_handed_over_together_go_out_on_one_list(qtbot: QtBot, window: StationWindow) -> None:
    page = _page(window)
    ids = [_case(window.desks, words).id for words in ("护栏", "班车")]
    page.filters.search.setFocus()
    page.table.view.selectAll()
    offers = {offer.title: offer for offer in window.desks.papers.offers([row.case.id for row in page.table.rows()])}
    assert set(offers["意见建议交办清单（2 件）"].case_ids) == set(ids)
    page.table.setFocus()
    _press(Key.Key_P, Ctrl)
    _choose("意见建议交办清单（2 件）")
    _paper(qtbot)


def test_a_paper_that_comes_back_is_typed_in_anywhere(qtbot: QtBot, window: StationWindow) -> None:
    case = _case(window.desks, "护栏")
    paper = window.desks.papers.issue(PaperKind.HAND_OVER, [case.id]).value
    window.show_page("today")
    _press(Key.Key_F, Ctrl)
    type_text(f"{paper.code[:3]} {paper.code[3:]}".lower())
    _press(Key.Key_Return)
    _press(Key.Key_Return)
    form = _page(window).form()
    assert isinstance(form, MoveForm)
    assert (form.what, form.case_ids) == (Move.RECEIVE, (case.id,))
    assert window.desks.papers.paper(paper.id).returned_on == "2026-11-22"
    assert window.status_line.said() == "已收回 交办单 2026-001"
    _press(Key.Key_S, Ctrl)
    kinds = [event.kind for event in window.desks.opinions.case(case.id).events]
    assert kinds[-1] is EventKind.RECEIVED


def test_a_misread_code_is_told_and_leads_nowhere(window: StationWindow) -> None:
    case = _case(window.desks, "护栏")
    code = window.desks.papers.issue(PaperKind.HAND_OVER, [case.id]).value.code
    window.show_page("today")
    _press(Key.Key_F, Ctrl)
    type_text(code[:5] + ("Z" if code[5] != "Z" else "Y"))
    _press(Key.Key_Return)
    search = window.top_bar.search
    assert search is not None
    words = search.popup.model().index(0, 0).data()
    assert "回执码不对：有一位抄错" in words
    _press(Key.Key_Return)
    assert window.current_page() is window.page("today")


def test_the_words_of_a_paper_are_changed_previewed_and_brought_back(qtbot: QtBot, window: StationWindow) -> None:
    window.open_page("settings", "文书")
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    section = page.section()
    assert isinstance(section, PaperSection)
    _press(Key.Key_Right)
    section.show_kind(PaperKind.HAND_OVER)
    opening = section.fields["opening"]
    opening.set_value("")
    opening.setFocus()
    type_text("请办理“{标题}”，{期现}前答复。")
    _press(Key.Key_S, Ctrl)
    assert "没有“{期现}”" in opening.problem()
    assert window.desks.papers.style(PaperKind.HAND_OVER).texts.opening.startswith("现将")
    opening.set_value("请办理“{标题}”，{期限}前答复。")
    _press(Key.Key_V, Alt)
    qtbot.waitUntil(lambda: any(isinstance(one, SampleWindow) for one in QApplication.topLevelWidgets()))
    sample = next(one for one in QApplication.topLevelWidgets() if isinstance(one, SampleWindow))
    qtbot.waitUntil(sample.is_ready, timeout=30_000)
    assert "请办理“" in "".join(page_texts(sample.pages()))
    sample.close()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    section.start()
    _press(Key.Key_S, Ctrl)
    assert window.desks.papers.style(PaperKind.HAND_OVER).texts.opening.startswith("请办理")
    _press(Key.Key_D, Alt)
    _press(Key.Key_S, Ctrl)
    assert window.desks.papers.style(PaperKind.HAND_OVER).texts.opening.startswith("现将")


def test_a_paper_is_printed_with_its_number(
    qtbot: QtBot, window: StationWindow, messages: RecordedMessages, tmp_path: Path
) -> None:
    case = _case(window.desks, "护栏")
    _page(window).open_item(case.id)
    _press(Key.Key_P, Ctrl)
    _choose("督办单")
    paper = _paper(qtbot)
    messages.answers = [_printer_to(tmp_path / "印出.pdf"), _printer_to(tmp_path / "再印.pdf")]
    QTest.keyClick(paper, Key.Key_P, Ctrl)
    qtbot.waitUntil(lambda: (tmp_path / "印出.pdf").exists() and not window.jobs.busy, timeout=30_000)
    (kept,) = window.desks.papers.of_case(case.id)
    assert kept.number == "督办单 2026-001"
    assert "督办单 2026-001" in paper.note()
    kinds = [event.kind for event in window.desks.opinions.case(case.id).events]
    assert kinds[-2:] == [EventKind.SUPERVISED, EventKind.PRINTED]
    QTest.keyClick(paper, Key.Key_P, Ctrl)  # another copy of the same paper is not another paper
    qtbot.waitUntil(lambda: (tmp_path / "再印.pdf").exists() and not window.jobs.busy, timeout=30_000)
    assert window.desks.papers.of_case(case.id) == [kept]
