"""Importing by keyboard: columns corrected and remembered, differences ticked, cancelled, undone in one step."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from station_app.domain.people import Deputy, Level, Mandate
from station_app.services.intake import SheetKind
from station_app.station import Desks
from station_app.ui.import_host import ImportHost
from station_app.ui.import_panel import ImportPanel
from station_app.ui.main_window import MainWindow, PageEntry
from station_app.ui.messages import RecordedMessages
from station_app.ui.page import Page, Shell
from tests.ui.keyboard import press, type_text
from tests.ui.window_seat import page_of, seated

CTRL = Qt.KeyboardModifier.ControlModifier
ODD = """禾溪镇人大代表联系表,,,
称呼,男女,哪一级,打电话找他
罗小满,女,镇,14000001088
欧阳建国,男,镇,14000001002
"""


class SheetPage(Page):
    """A page with nothing but an import."""

    def __init__(self, shell: Shell, desks: Desks) -> None:
        super().__init__(shell, "名册")
        self.host = ImportHost(shell, desks, SheetKind.ROSTER, QWidget())
        self.host.imported.connect(self.publish)
        self.body.addWidget(self.host)

    def back(self) -> None:
        """Leave the import."""
        self.host.leave()


@pytest.fixture
def window(qtbot: QtBot, desks: Desks, settings: QSettings, messages: RecordedMessages) -> Iterator[MainWindow]:
    """Return a window with that page alone."""
    entry = PageEntry("sheet", "名册", "users", lambda shell: SheetPage(shell, desks))
    made = MainWindow(
        "示例", [entry], clock=desks.clock, settings=settings, messages=messages, undo=desks.housekeeping.undo
    )
    yield from seated(qtbot, made)


@pytest.fixture
def page(window: MainWindow) -> SheetPage:
    """Return the page in its window."""
    return page_of(window, "sheet", SheetPage)


def begin(qtbot: QtBot, page: SheetPage, messages: RecordedMessages, sheet: Path) -> ImportPanel:
    """Choose a spreadsheet and wait until it is read."""
    messages.answers = [sheet]
    page.host.start()
    panel = page.host.panel
    assert panel is not None
    qtbot.waitUntil(lambda: panel.opened is not None or "不能导入" in panel.notice.text(), timeout=20_000)
    return panel


def confirm(qtbot: QtBot, page: SheetPage) -> None:
    """Confirm the import and wait until it is written."""
    press(Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: page.host.panel is None, timeout=20_000)


def names(desks: Desks) -> set[str]:
    return {deputy.name for deputy in desks.roster.deputies()}


def test_a_corrected_mapping_is_used_and_remembered(
    qtbot: QtBot, page: SheetPage, desks: Desks, messages: RecordedMessages, tmp_path: Path
) -> None:
    sheet = tmp_path / "联系表.csv"
    sheet.write_text(ODD, encoding="utf-8")
    panel = begin(qtbot, page, messages, sheet)
    assert not panel.is_changed()  # nobody knows what 称呼 means
    assert "还没有指定：姓名" in panel.mapping._wanted.text()
    assert panel.mapping.header.value() == 2
    for row in ("第 1 行", "第 2 行"):
        panel.mapping.header.setFocus()
        press(Qt.Key.Key_A, CTRL)
        type_text(row)
        press(Qt.Key.Key_Return)
        assert panel.mapping.header.text().startswith(row)
    fields = panel.mapping.fields
    assert sorted(fields) == [0, 1, 2, 3]
    press(Qt.Key.Key_S, CTRL)
    assert "还缺“姓名”" in fields[0].problem()
    for letters in ("xm", "xb", "dbcj", "lxdh"):  # 姓名 性别 代表层级 联系电话
        type_text(letters)
        press(Qt.Key.Key_Return)
    assert [field.value() for field in fields.values()] == ["name", "gender", "levels", "phone"]
    press(Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: panel.preview is not None, timeout=20_000)
    assert panel.preview is not None
    assert panel.preview.counts == {"new": 1, "changed": 0, "unchanged": 1, "problem": 0}
    confirm(qtbot, page)
    found = next(deputy for deputy in desks.roster.deputies() if deputy.name == "罗小满")
    assert (found.phone, [mandate.level for mandate in found.mandates]) == ("14000001088", [Level.TOWNSHIP])

    sheet.write_text(ODD + "覃小舟,男,县,14000001077\n", encoding="utf-8")
    panel = begin(qtbot, page, messages, sheet)
    assert panel.preview is not None
    assert "按上次的对应" in panel.notice.text()
    assert panel.preview.counts["new"] == 1
    confirm(qtbot, page)
    assert {"罗小满", "覃小舟"} <= names(desks)


def test_a_recognised_sheet_shows_its_rows_at_once_and_its_columns_on_demand(
    qtbot: QtBot, page: SheetPage, messages: RecordedMessages, tmp_path: Path
) -> None:
    sheet = tmp_path / "名册.csv"
    sheet.write_text("姓名,性别,层级,备用\n罗小满,女,镇,14000001088\n", encoding="utf-8")
    panel = begin(qtbot, page, messages, sheet)
    assert not panel.is_changed()  # 备用 only resembles 备用电话: it is asked
    focus = QApplication.focusWidget()
    assert focus is panel.mapping.fields[3].typing()
    assert focus.property("text") == "备用电话"
    QTest.keyClick(focus, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: panel.preview is not None, timeout=20_000)
    press(Qt.Key.Key_F6)
    assert not panel.is_changed()
    assert panel.mapping.isVisible()
    assert panel.mapping.fields[3].value() == "phone2"


def test_differences_are_ticked_and_the_import_is_undone_in_one_step(
    qtbot: QtBot, page: SheetPage, desks: Desks, messages: RecordedMessages, tmp_path: Path
) -> None:
    before = {deputy.name: deputy.post for deputy in desks.roster.deputies()}
    sheet = tmp_path / "名册.csv"
    sheet.write_text(
        "姓名,性别,层级,工作单位及职务,联系电话\n欧阳建国,男,镇,下坝村党总支书记,14000001002\n"
        "单小芳,女,镇,圩镇社区副主任,14000001004\n罗小满,女,镇,枫林村妇女主任,14000001088\n",
        encoding="utf-8",
    )
    panel = begin(qtbot, page, messages, sheet)
    assert panel.preview is not None
    assert panel.preview.counts == {"new": 1, "changed": 0, "unchanged": 2, "problem": 0}
    assert panel.table.select(0)
    assert "下坝村村委会主任" in panel.detail.toPlainText()
    assert "保留登记的" in panel.detail.toPlainText()
    panel.table.view.setFocus()
    press(Qt.Key.Key_Space)
    assert "换成表里的" in panel.detail.toPlainText()
    assert panel.preview.counts == {"new": 1, "changed": 1, "unchanged": 1, "problem": 0}
    confirm(qtbot, page)
    after = {deputy.name: deputy.post for deputy in desks.roster.deputies()}
    assert after == before | {"欧阳建国": "下坝村党总支书记", "罗小满": "枫林村妇女主任"}
    QTest.keyClick(page.window(), Qt.Key.Key_Z, CTRL)
    assert {deputy.name: deputy.post for deputy in desks.roster.deputies()} == before


def test_every_problem_of_a_row_is_told_with_its_cell(
    qtbot: QtBot, page: SheetPage, messages: RecordedMessages, tmp_path: Path
) -> None:
    sheet = tmp_path / "名册.csv"
    sheet.write_text("姓名,性别,层级,联系电话\n,不详男,镇,1.38E+10\n", encoding="utf-8")
    panel = begin(qtbot, page, messages, sheet)
    told = panel.detail.toPlainText()
    assert all(cell in told for cell in ("A2", "B2", "D2"))
    assert "科学计数法" in told


def test_what_was_written_meanwhile_is_compared_again(
    qtbot: QtBot, page: SheetPage, desks: Desks, messages: RecordedMessages, tmp_path: Path
) -> None:
    sheet = tmp_path / "名册.csv"
    sheet.write_text("姓名,性别,层级,联系电话\n罗小满,女,镇,14000001088\n", encoding="utf-8")
    panel = begin(qtbot, page, messages, sheet)
    desks.roster.save_deputy(Deputy(name="罗小满", phone="14000001088", mandates=(Mandate(Level.TOWNSHIP),)))
    press(Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: "已重新核对" in panel.notice.text(), timeout=20_000)
    assert panel.preview is not None
    assert panel.preview.counts["new"] == 0
    confirm(qtbot, page)
    assert sum(deputy.name == "罗小满" for deputy in desks.roster.deputies()) == 1


def test_leaving_while_the_sheet_is_read_leaves_quietly(
    qtbot: QtBot, page: SheetPage, desks: Desks, messages: RecordedMessages, tmp_path: Path
) -> None:
    sheet = tmp_path / "名册.csv"
    sheet.write_text("姓名,性别,层级\n罗小满,女,镇\n", encoding="utf-8")
    messages.answers = [sheet]
    page.host.start()
    page.back()
    assert page.host.panel is None
    qtbot.waitUntil(lambda: not page.shell.jobs.busy, timeout=20_000)
    assert "罗小满" not in names(desks)


def test_the_template_is_saved_and_imports_when_filled_in(
    qtbot: QtBot, page: SheetPage, desks: Desks, messages: RecordedMessages, tmp_path: Path
) -> None:
    from openpyxl import load_workbook

    target = tmp_path / "模板.xlsx"
    messages.answers = [None, target]
    page.host.start()
    panel = page.host.panel
    assert panel is not None
    panel._template.click()
    assert "模板已保存" in panel.notice.text()
    book = load_workbook(target)
    for column, text in {"B": "罗小满", "C": "女", "I": "县、镇", "M": "14000001088"}.items():
        book.worksheets[0][f"{column}6"] = text
    book.save(target)
    panel.read(target)
    qtbot.waitUntil(lambda: panel.preview is not None, timeout=20_000)
    assert panel.preview is not None
    assert [line.row.label for line in panel.preview.rows] == ["罗小满"]
    panel.table.view.setFocus()
    confirm(qtbot, page)
    assert "罗小满" in names(desks)


def test_reading_and_backing_up_can_be_stopped_and_begun_again(
    qtbot: QtBot, page: SheetPage, desks: Desks, messages: RecordedMessages, tmp_path: Path
) -> None:
    sheet = tmp_path / "名册.csv"
    sheet.write_text("姓名,性别,层级,联系电话\n罗小满,女,镇,14000001088\n", encoding="utf-8")
    messages.answers = [sheet]
    page.host.start()
    panel = page.host.panel
    assert panel is not None
    page.shell.jobs.cancel()
    qtbot.waitUntil(lambda: "已停止" in panel.notice.text(), timeout=20_000)
    panel.read(sheet)
    qtbot.waitUntil(panel.is_changed, timeout=20_000)
    panel.table.view.setFocus()
    press(Qt.Key.Key_S, CTRL)
    page.shell.jobs.cancel()
    qtbot.waitUntil(lambda: "已停止" in panel.notice.text(), timeout=20_000)
    assert "罗小满" not in names(desks)
    confirm(qtbot, page)
    assert "罗小满" in names(desks)
