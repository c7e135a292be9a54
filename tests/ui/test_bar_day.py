"""A day above a table is typed over, and nonsense is put back aloud."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from station_app.ui.bar_day import BarDay
from tests.ui.keyboard import press, type_text
from tests.ui.roster_seat import K

TODAY = date(2026, 11, 22)


@pytest.fixture
def field(qtbot: QtBot) -> BarDay:
    made = BarDay("变动自", lambda: TODAY)
    made.set_value(TODAY)
    qtbot.addWidget(made)
    made.show()
    made.go()
    return made


def test_typing_replaces_the_day_and_enter_goes_on(field: BarDay, qtbot: QtBot) -> None:
    type_text("9-1")
    with qtbot.waitSignal(field.entered):
        press(K.Key_Return)
    assert field.edit.text() == "2026-09-01"


def test_nonsense_gives_way_to_the_day_before_it(field: BarDay, qtbot: QtBot) -> None:
    type_text("2026-99")
    with qtbot.waitSignal(field.refused) as told:
        press(K.Key_Return)
    assert "没有“2026-99”这一天" in told.args[0]
    assert field.day() == TODAY
    assert field.problem() == ""
