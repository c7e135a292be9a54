"""The last steps, taken back together on any page by keyboard, after it is shown which ones go."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from station_app.domain.groups import Group, GroupKind
from station_app.domain.operators import Operator, Role
from station_app.domain.station import Tier, Unit
from station_app.services.done import Done
from station_app.services.intake import SheetKind
from station_app.ui.opinions_page import OpinionsPage
from station_app.ui.station_window import StationWindow
from station_app.ui.undo_list import UndoList
from tests.ui.keyboard import press
from tests.ui.reception_keys import ALT, CTRL, K
from tests.ui.whole_window import whole_window

SHIFT = Qt.KeyboardModifier.ShiftModifier
SAMPLES = Path(__file__).parents[1] / "samples"


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[StationWindow]:
    with whole_window(qtbot, tmp_path) as made:
        yield made


def three_units(window: StationWindow) -> None:
    for name in ("镇林业站", "镇水利站", "镇文化站"):
        window.changes.publish(window.desks.settings.save_unit(Unit(0, "", name, Tier.TOWNSHIP)))


def units(window: StationWindow) -> set[str]:
    return {unit.name for unit in window.desks.settings.units()} & {"镇林业站", "镇水利站", "镇文化站"}


def opened(qtbot: QtBot, window: StationWindow) -> UndoList:
    press(K.Key_Z, CTRL | SHIFT)
    return shown(qtbot, window)


def shown(qtbot: QtBot, window: StationWindow) -> UndoList:
    (made,) = window.findChildren(UndoList)
    made.activateWindow()
    made.steps.setFocus()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.mark.parametrize("page", range(1, 7))
def test_several_steps_are_taken_back_on_any_page(qtbot: QtBot, window: StationWindow, page: int) -> None:
    three_units(window)
    QTest.keyClick(window, Qt.Key(Qt.Key.Key_0 + page), ALT)
    steps = opened(qtbot, window)
    assert "将撤销以下 1 步：已保存 镇文化站" in steps.told.text()
    press(K.Key_Down)
    assert "将撤销以下 2 步：已保存 镇文化站、已保存 镇水利站" in steps.told.text()
    press(K.Key_Return)
    assert units(window) == {"镇林业站"}
    assert window.status_line.said().startswith("已撤销：")


def test_esc_takes_nothing_back(qtbot: QtBot, window: StationWindow) -> None:
    three_units(window)
    opened(qtbot, window)
    press(K.Key_Escape)
    assert len(units(window)) == 3


def test_the_first_key_takes_the_last_step_back_the_next_shows_what_would_go(
    qtbot: QtBot, window: StationWindow
) -> None:
    three_units(window)
    press(K.Key_Z, CTRL)
    assert len(units(window)) == 2
    press(K.Key_Z, CTRL)
    assert len(units(window)) == 2, "the second step back is shown first"
    assert "镇水利站" in shown(qtbot, window).told.text()
    press(K.Key_Return)
    assert units(window) == {"镇林业站"}


def test_the_key_works_while_the_clerk_types(qtbot: QtBot, window: StationWindow) -> None:
    three_units(window)
    window.focus_search()
    press(K.Key_A)
    assert opened(qtbot, window).going()


def test_an_import_is_one_step(qtbot: QtBot, window: StationWindow) -> None:
    desks = window.desks
    before = len(desks.roster.deputies())
    done: Done[dict[str, int]] = desks.intake.confirm(
        desks.intake.preview(SAMPLES / "代表花名册_禾溪镇.xlsx", SheetKind.ROSTER)
    )
    window.changes.publish(done)
    assert len(desks.roster.deputies()) > before
    steps = opened(qtbot, window)
    assert len(steps.going()) == 1
    press(K.Key_Return)
    assert len(desks.roster.deputies()) == before


def test_the_selection_stays(qtbot: QtBot, window: StationWindow) -> None:
    three_units(window)
    QTest.keyClick(window, K.Key_3, ALT)
    page = window.page("opinions")
    assert isinstance(page, OpinionsPage)
    page.get_ready()
    chosen = page.table.rows()[2].case.id
    page.table.select(chosen)
    opened(qtbot, window)
    press(K.Key_Return)
    assert page.table.current_id() == chosen


def test_what_somebody_else_did_before_is_not_offered(qtbot: QtBot, window: StationWindow) -> None:
    three_units(window)
    desks = window.desks
    other = desks.operators.save(Operator(0, "", "罗成", Role.HEAD), "7391").value
    desks.operators.sign_in(other, "7391")
    assert desks.housekeeping.past_steps() == []
    press(K.Key_Z, CTRL)
    assert opened(qtbot, window).told.text() == "没有可以撤销的操作。"
    press(K.Key_Return)
    assert len(units(window)) == 3


def test_no_more_than_twenty_steps_are_listed(qtbot: QtBot, window: StationWindow) -> None:
    for number in range(25):
        window.changes.publish(window.desks.grouping.save_group(Group(0, "", f"第{number}组", GroupKind.FIELD)))
    assert opened(qtbot, window).steps.count() == 20
    press(K.Key_End)
    press(K.Key_Return)
    assert sum(group.name.startswith("第") for group in window.desks.grouping.groups()) == 5
