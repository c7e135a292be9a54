"""F1, 关于 and the box about a bug: what they say, and that they work by keyboard."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt, QUrl
from PySide6.QtGui import QFontInfo, QTextTable
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from station_app import VERSION
from station_app.ui.about import AboutBox, Action, LicenceView
from station_app.ui.help_window import TOPICS, HelpWindow
from station_app.ui.messages import RecordedMessages
from station_app.ui.page_list import page_entries
from station_app.ui.station_window import StationWindow
from station_app.ui.theme import FAMILY
from tests.ui.small_station import small_station

Key = Qt.Key
TODAY = date(2026, 11, 22)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    """Return a window to lie over."""
    made = QWidget()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def help_window(parent: QWidget, messages: RecordedMessages) -> HelpWindow:
    """Return the help."""
    return HelpWindow(parent, messages, (("Alt+1", "今日"), ("Alt+2", "接待")))


def test_every_page_of_the_window_has_its_own_help(
    qtbot: QtBot, tmp_path: Path, settings: QSettings, messages: RecordedMessages
) -> None:
    desks = small_station(tmp_path / "一.station", TODAY)
    window = StationWindow(desks, settings, messages)
    qtbot.addWidget(window)
    window.show()
    told = set()
    for entry in page_entries(desks):
        window.show_page(entry.key)
        window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
        QTest.keyClick(window, Key.Key_F1)
        help_ = window.findChild(HelpWindow)
        assert isinstance(help_, HelpWindow)
        text = help_.view.toPlainText()
        assert text.startswith(entry.word)
        assert "任何时候" in text
        assert "Alt+1" in text
        page = window.current_page()
        assert page is not None
        assert not [keys for keys, _what in page.shortcuts() if keys not in text]
        told.add(text)
        help_.close()
    assert len(told) == len(page_entries(desks))
    window.close()


def test_topics_are_walked_by_keyboard(qtbot: QtBot, help_window: HelpWindow) -> None:
    help_window.show_page("today")
    qtbot.waitUntil(lambda: QApplication.activeWindow() is help_window)
    seen = []
    for _ in TOPICS[1:-1]:
        QTest.keyClick(help_window.topics, Key.Key_Down)
        seen.append(help_window.view.toPlainText().split("\n")[0])
    assert len(set(seen)) == len(seen)
    QTest.keyClick(help_window, Key.Key_Escape)
    assert not help_window.isVisible()


def test_help_is_written_in_the_programs_face_with_framed_tables(help_window: HelpWindow) -> None:
    help_window.show_page("today")
    document = help_window.view.document()
    assert QFontInfo(document.defaultFont()).family() == FAMILY
    tables = [frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable)]
    assert len(tables) >= 4
    assert all(table.format().border() == 1 for table in tables)
    sizes = [
        document.findBlock(document.toPlainText().index(word)).begin().fragment().charFormat().fontPointSize()
        for word in ("今日", "看什么")
    ]
    assert sizes[0] > sizes[1] > document.defaultFont().pointSizeF()


def test_help_is_printed(help_window: HelpWindow, messages: RecordedMessages, tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "帮助.pdf"))
    messages.answers = [printer]
    help_window.show_page("keys")
    help_window.print_()
    assert (tmp_path / "帮助.pdf").read_bytes().startswith(b"%PDF")
    assert messages.said == ["帮助 快捷键"]


def test_about_shows_version_place_and_versions(qtbot: QtBot, parent: QWidget, tmp_path: Path) -> None:
    desks = small_station(tmp_path / "一.station", TODAY)
    did: list[str] = []
    box = AboutBox(
        parent,
        {"登记簿": desks.path, "日志": tmp_path},
        desks.housekeeping.versions(),
        (Action("打开所在文件夹", "folder-open", lambda: did.append("folder")),),
    )
    box.show()
    words = [one.text() for one in box.findChildren(QLabel)]
    assert any(VERSION in word for word in words)
    assert str(desks.path) in words
    assert any("SQLite 3." in word and "Qt 6." in word for word in words)
    QTest.keyClick(box, Key.Key_Escape)
    desks.close()


def test_every_licence_of_the_index_can_be_read(qtbot: QtBot) -> None:
    view = LicenceView()
    qtbot.addWidget(view)
    view.show()
    view.open(QUrl("Qt.txt"))
    assert "LGPL" in view.view.toPlainText()
    assert not view.back.isHidden()
    view.back.click()
    assert "第三方组件及许可" in view.view.toPlainText()
    view.open(QUrl("../fonts/OFL-NotoSansSC.txt"))
    assert "SIL OPEN FONT LICENSE" in view.view.toPlainText()
    for elsewhere in ("https://example.org/x", "../../main.py", "/etc/hosts", "file:///etc/hosts"):
        before = view.view.toPlainText()
        view.open(QUrl(elsewhere))
        assert view.view.toPlainText() == before
