"""The table: sorting, columns kept by key, selection kept by id, pills, copying, emptiness, size."""

import time

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from station_app.ui.ledger_table import LedgerTable
from station_app.ui.page import Shell
from tests.ui.gallery import table
from tests.ui.gallery_matters import LEDGER, due_mark, matters


@pytest.fixture
def shown(qtbot: QtBot, shell: Shell) -> LedgerTable:
    """Return a table of forty matters on screen."""
    made = table(shell)
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    qtbot.waitExposed(made)
    return made


def _column(made: LedgerTable, key: str) -> list[str]:
    number = made.model.column_of(key)
    return [made.model.text_at(place, number) for place in range(made.model.rowCount())]


def test_names_sort_by_pinyin_and_numbers_by_value(shown: LedgerTable) -> None:
    shown.sort_by("village")
    villages = list(dict.fromkeys(_column(shown, "village")))
    assert villages == ["大田村", "东坪村", "枫林村", "岭背村", "上坪村", "水东村", "松岗社区", "圩镇社区", "下坝村"]
    shown.sort_by("days")
    days = [row.days for row in shown.rows()]
    assert days[:4] == [-6] * 4
    assert days[-4:] == [None] * 4
    shown.sort_by("days", descending=True)
    assert shown.rows()[0].days == 24
    assert shown.rows()[-1].days is None


def test_a_reload_keeps_selection_current_row_and_scroll_by_id(qtbot: QtBot, shown: LedgerTable) -> None:
    shown.select(30)
    top = shown.model.id_at(shown.view.rowAt(1))
    told: list[object] = []
    shown.current_changed.connect(told.append)
    newer = [row for row in matters(60) if row.id not in (1, 2, 3)]
    shown.set_rows(newer)
    assert shown.current_id() == 30
    assert [row.id for row in shown.selected_rows()] == [30]
    assert shown.model.id_at(shown.view.rowAt(1)) == top
    assert [getattr(row, "id", None) for row in told] == [30]


def test_a_row_that_is_gone_leaves_no_selection(shown: LedgerTable) -> None:
    shown.select(3)
    shown.set_rows([row for row in matters(40) if row.id != 3])
    assert shown.selected_rows() == []
    assert not shown.select(3)


def test_after_a_row_was_taken_out_the_next_one_is_stood_on(shown: LedgerTable) -> None:
    place = shown.model.place_of(3)
    assert place is not None
    following = shown.model.id_at(place + 1)
    shown.select(3)
    shown.set_rows([row for row in matters(40) if row.id != 3])
    shown.stand()
    assert shown.current_id() == following
    shown.set_rows(matters(40)[10:20])  # other rows altogether: from the top
    shown.stand()
    assert shown.current_id() == shown.model.id_at(0)


def test_sorting_keeps_the_selected_matter(shown: LedgerTable) -> None:
    shown.select(7)
    shown.sort_by("number", descending=True)
    assert shown.current_id() == 7
    assert [row.id for row in shown.selected_rows()] == [7]


def test_columns_are_remembered_by_key(qtbot: QtBot, shell: Shell, shown: LedgerTable) -> None:
    header = shown.view.horizontalHeader()
    shown.columns_menu().actions()[shown.model.column_of("category")].trigger()
    shown.columns_menu().actions()[shown.model.column_of("remark")].trigger()
    header.moveSection(header.visualIndex(shown.model.column_of("state")), 0)
    header.resizeSection(shown.model.column_of("unit"), 222)
    again = table(shell)
    qtbot.addWidget(again)
    assert again.shown_keys() == ("state", "number", "title", "village", "unit", "days", "remark")
    assert again.view.horizontalHeader().sectionSize(again.model.column_of("unit")) == 222
    again.reset_columns()
    assert again.shown_keys() == ("number", "title", "category", "village", "unit", "days", "state")


def test_sorting_leaves_the_columns_alone(qtbot: QtBot, shell: Shell, shown: LedgerTable) -> None:
    before = shown.shown_keys()
    shown.sort_by("title")
    again = table(shell)
    qtbot.addWidget(again)
    assert again.shown_keys() == before


def test_the_last_column_cannot_be_hidden(shown: LedgerTable) -> None:
    for choice in shown.columns_menu().actions():
        if choice.isCheckable() and choice.isChecked():
            choice.trigger()
    assert len(shown.shown_keys()) == 1


def test_broken_settings_do_no_harm(qtbot: QtBot, shell: Shell, settings: QSettings) -> None:
    settings.setValue("columns/matters", "gone:1:90 number:x unit state:0:50 ::")
    made = table(shell)
    qtbot.addWidget(made)
    assert "state" not in made.shown_keys()
    assert len(made.shown_keys()) == 6


def test_enter_and_double_click_open(qtbot: QtBot, shown: LedgerTable) -> None:
    shown.select(5)
    with qtbot.waitSignal(shown.opened) as heard:
        QTest.keyClick(shown.view, Qt.Key.Key_Return)
    assert heard.args is not None
    assert heard.args[0].id == 5


def test_home_and_end_go_to_the_first_and_last_row(shown: LedgerTable) -> None:
    """Rows are chosen whole, so there is nothing to go to along a row."""
    shown.select(5)
    QTest.keyClick(shown.view, Qt.Key.Key_End)
    last = shown.rows()[-1]
    assert shown.selected_rows() == [last]
    QTest.keyClick(shown.view, Qt.Key.Key_Home)
    assert shown.selected_rows() == [shown.rows()[0]]


def test_copying_gives_the_shown_cells_in_their_order(qtbot: QtBot, shown: LedgerTable) -> None:
    shown.select(1)
    QTest.keyClick(shown.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(shown.view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].split("\t") == ["HX-2026-0098", "桥头护栏破损多年", "交通", "上坪村", "镇城建办", "超 6 天", "交办"]
    assert len(lines) == 2


def test_an_empty_table_says_what_belongs_here(qtbot: QtBot, shell: Shell) -> None:
    begun: list[bool] = []
    made = table(shell, 0)
    qtbot.addWidget(made)
    made.set_empty("这里登记意见建议。", "登记意见", lambda: begun.append(True))
    made.show()
    start = made.findChild(QPushButton)
    assert isinstance(start, QPushButton)
    assert not made.view.isVisible()
    start.click()
    assert begun == [True]
    made.set_rows(matters(1))
    assert made.view.isVisible()


def test_twenty_thousand_rows_are_shown_and_sorted_quickly(qtbot: QtBot, shell: Shell) -> None:
    made = LedgerTable(
        LEDGER, lambda row: row.id, shell.settings, marks={"days": due_mark}, by_pinyin=("village",), stretch="title"
    )
    qtbot.addWidget(made)
    made.resize(900, 500)
    made.show()
    rows = matters(20_000)
    began = time.perf_counter()
    made.set_rows(rows)
    made.sort_by("village")
    made.grab()
    assert time.perf_counter() - began < 5  # generous: a row widget each would take minutes
    assert made.model.rowCount() == 20_000
