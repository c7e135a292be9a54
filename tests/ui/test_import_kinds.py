"""Groups, visits and sign-ins imported by keyboard where they belong: previewed, ticked, confirmed, undone in one step."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from station_app.domain.reception import Presence
from station_app.ui.grouping_page import GroupingPage
from station_app.ui.import_panel import ImportPanel
from station_app.ui.messages import RecordedMessages
from station_app.ui.reception_page import ReceptionPage
from station_app.ui.station_window import StationWindow
from tests.documents.ugly_sheets import book
from tests.ui.keyboard import press

Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
GROUPS = (
    ("禾溪镇人大代表编组一览表",),
    ("序号", "小组名称", "类型", "组长", "成员（层级）", "联系村（居）"),
    (1, "文教小组", "专业", "曾 丽 萍", "曾丽萍、单小芳（镇）", ""),
    (2, "大田片区小组", "片区", "", "𬭚文、无此人", "大田村"),
    ("合计", "2 组"),
)
VISITS = (
    ("接待日期", "姓名", "电话", "人数", "反映内容", "类别"),
    ("2026-11-02", "王小福", "14000000021", 1, "路灯坏了两盏", "基础设施"),
    (None, None, None, None, "水沟堵了", "环境卫生"),
    ("2026-11-03", "匿名", "", 1, "校车太挤", "交通"),
)
SIGNED = (("序号", "姓名", "代表层级", "11月5日"), (1, "曾丽萍", "镇", "√"), (2, "欧阳建国", "镇", "请假"))


@pytest.fixture
def window(qtbot: QtBot, station_window: StationWindow) -> StationWindow:
    """Return the window once it is at rest."""
    qtbot.waitUntil(lambda: not station_window.jobs.busy)
    return station_window


def previewed(qtbot: QtBot, panel: ImportPanel | None) -> ImportPanel:
    """Wait until the rows are shown."""
    assert panel is not None
    qtbot.waitUntil(lambda: panel.preview is not None, timeout=20_000)
    return panel


def choose_from_menu(qtbot: QtBot, window: StationWindow, position: int) -> None:
    """Choose an entry of the menu that opens."""
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    for _ in range(position):
        QTest.keyClick(menu, Key.Key_Down)
    QTest.keyClick(menu, Key.Key_Return)
    window.activateWindow()  # a menu takes it away on this platform only
    qtbot.waitUntil(window.isActiveWindow)


def undo(qtbot: QtBot, window: StationWindow) -> None:
    """Take the last step back."""
    qtbot.waitUntil(lambda: not window.jobs.busy, timeout=20_000)
    press(Key.Key_Z, CTRL)


def test_groups_are_previewed_ticked_confirmed_and_undone(
    qtbot: QtBot, window: StationWindow, messages: RecordedMessages, tmp_path: Path
) -> None:
    window.show_page("grouping")
    page = window.page("grouping")
    assert isinstance(page, GroupingPage)
    qtbot.waitUntil(page.tree.hasFocus)
    before = {group.name for group in window.desks.grouping.groups()}
    messages.answers = [book(tmp_path / "编组.xlsx", *GROUPS)]
    press(Key.Key_I, ALT)
    panel = previewed(qtbot, page.panel if isinstance(page.panel, ImportPanel) else None)
    assert panel.preview is not None
    assert panel.preview.counts == {"new": 1, "changed": 0, "unchanged": 0, "problem": 1}
    assert "只是有的姓名认不出" in panel.notice.text()
    assert [line.verdict.column for line in panel.shown_rows()] == ["E"]  # what is a problem is shown first
    press(Key.Key_Space)
    assert panel.preview is not None
    assert panel.preview.counts["new"] == 2
    press(Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: page.panel is None, timeout=20_000)
    groups = {group.name: group for group in window.desks.grouping.groups()}
    assert groups.keys() - before == {"文教小组", "大田片区小组"}
    assert [one.leader for one in groups["文教小组"].memberships] == [True, False]
    assert len(groups["大田片区小组"].memberships) == 1
    undo(qtbot, window)
    qtbot.waitUntil(lambda: {group.name for group in window.desks.grouping.groups()} == before)


def test_leaving_the_preview_of_groups_writes_nothing(
    qtbot: QtBot, window: StationWindow, messages: RecordedMessages, tmp_path: Path
) -> None:
    window.show_page("grouping")
    page = window.page("grouping")
    assert isinstance(page, GroupingPage)
    qtbot.waitUntil(page.tree.hasFocus)
    before = window.desks.grouping.groups()
    messages.answers = [book(tmp_path / "编组.xlsx", *GROUPS)]
    press(Key.Key_I, ALT)
    previewed(qtbot, page.panel if isinstance(page.panel, ImportPanel) else None)
    press(Key.Key_Escape)
    qtbot.waitUntil(lambda: page.panel is None)
    assert window.desks.grouping.groups() == before


@pytest.mark.parametrize(("position", "rows"), [(1, VISITS), (2, SIGNED)], ids=["visits", "sign-ins"])
def test_visits_and_sign_ins_are_previewed_confirmed_and_undone(
    qtbot: QtBot,
    window: StationWindow,
    messages: RecordedMessages,
    tmp_path: Path,
    position: int,
    rows: tuple[tuple[object, ...], ...],
) -> None:
    window.show_page("reception")
    page = window.page("reception")
    assert isinstance(page, ReceptionPage)
    qtbot.waitUntil(lambda: page.isAncestorOf(QApplication.focusWidget() or window))
    desks = window.desks
    visits, days = desks.reception.visits_between("", "9999"), desks.days.between()
    messages.answers = [book(tmp_path / "表.xlsx", *rows)]
    press(Key.Key_I, ALT)
    choose_from_menu(qtbot, window, position)
    panel = previewed(qtbot, page.whole.panel)
    assert panel.preview is not None
    assert panel.preview.counts["new"] == len(rows) - 1
    press(Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: page.whole.panel is None, timeout=20_000)
    if rows is VISITS:
        made = [visit for visit in desks.reception.visits_between("", "9999") if visit not in visits]
        assert [len(desks.reception.cases_of_visit(visit.id)) for visit in made] == [2, 1]
    else:
        (day,) = [day for day in desks.days.between() if day not in days]
        assert [one.presence for one in day.attendance] == [Presence.PRESENT, Presence.LEAVE]
    undo(qtbot, window)
    qtbot.waitUntil(lambda: desks.reception.visits_between("", "9999") == visits)
    assert desks.days.between() == days
