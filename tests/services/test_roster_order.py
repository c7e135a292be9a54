"""The roster is arranged by hand in one step, and printed in the order the station has chosen."""

import pytest

from station_app.domain.people import Deputy, Level, Mandate
from station_app.domain.problems import InvalidInput
from station_app.domain.roster_order import RosterOrder
from station_app.services.books import Book, Selection
from station_app.services.settings_desk import ROSTER_ORDER
from station_app.station import Desks


def names(desks: Desks) -> list[str]:
    """Return the roster as it stands."""
    return [deputy.name for deputy in desks.roster.serving()]


def printed(desks: Desks) -> list[str]:
    """Return the names of the printed roster in order."""
    return [line.name for line in desks.reports.books.sheet(Selection(Book.ROSTER)).rows]


@pytest.fixture
def desks(desks: Desks) -> Desks:
    """Return a station with four deputies: 钟䶮 欧阳建国 魏小满 丁小禾."""
    for name, where in (("魏小满", "第二选区"), ("丁小禾", "第十选区")):
        desks.roster.save_deputy(
            Deputy(name, mandates=(Mandate(Level.TOWNSHIP, "第十八届", where, from_on="2021-11-01"),))
        )
    return desks


def test_a_deputy_is_moved_up_and_down_in_one_step(desks: Desks) -> None:
    done = desks.roster.move(4, -2)
    assert done.label == "已把 丁小禾 排到第 2 位"
    assert names(desks) == ["钟䶮", "丁小禾", "欧阳建国", "魏小满"]
    desks.roster.move(1, 1)
    assert names(desks) == ["丁小禾", "钟䶮", "欧阳建国", "魏小满"]
    desks.housekeeping.undo()
    desks.housekeeping.undo()
    assert names(desks) == ["钟䶮", "欧阳建国", "魏小满", "丁小禾"]


def test_a_deputy_passes_those_who_are_not_shown(desks: Desks) -> None:
    desks.roster.move(4, -1, among=[1, 4])
    assert names(desks) == ["丁小禾", "钟䶮", "欧阳建国", "魏小满"]


def test_there_is_nothing_above_the_first_nor_below_the_last(desks: Desks) -> None:
    with pytest.raises(InvalidInput, match="最上面"):
        desks.roster.move(1, -1)
    with pytest.raises(InvalidInput, match="最下面"):
        desks.roster.move(4, 1)
    assert desks.housekeeping.past_steps()[0].label != "调整代表排序"


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (RosterOrder.HAND, ["钟䶮", "欧阳建国", "魏小满", "丁小禾"]),
        (RosterOrder.STROKES, ["丁小禾", "欧阳建国", "钟䶮", "魏小满"]),
        (RosterOrder.CONSTITUENCY, ["钟䶮", "魏小满", "丁小禾", "欧阳建国"]),
    ],
)
def test_the_roster_is_printed_in_the_chosen_order(desks: Desks, order: RosterOrder, expected: list[str]) -> None:
    desks.settings.save_profile(desks.settings.profile(), {ROSTER_ORDER: order})
    assert desks.settings.roster_order() is order
    assert printed(desks) == expected
    assert [line.name for line in desks.reports.books.sheet(Selection(Book.CONTACTS)).rows] == expected
    assert [line.index for line in desks.roster.lines(order=order)] == [1, 2, 3, 4]
