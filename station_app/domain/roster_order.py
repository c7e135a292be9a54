"""In which order a roster is printed: by hand, by constituency, or by the strokes of the surname."""

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Final

from station_app.domain.cell_places import chinese_number
from station_app.domain.people import Deputy, Level, Mandate
from station_app.support.strokes import stroke_key

_NUMBER: Final = re.compile(r"[0-9]+|[零一二三四五六七八九十]+")


class RosterOrder(StrEnum):
    """The order of the roster on paper; on screen the clerk sorts by any column."""

    HAND = "hand"
    CONSTITUENCY = "constituency"
    STROKES = "strokes"


ROSTER_ORDER_LABELS: Final = {
    RosterOrder.HAND: "排序号",
    RosterOrder.CONSTITUENCY: "选区",
    RosterOrder.STROKES: "姓氏笔画",
}


def in_order(deputies: Iterable[Deputy], order: RosterOrder, day: str) -> list[Deputy]:
    """Return deputies in the order of papers of ``day`` (ISO date).

    By constituency the highest level comes first, within it 第二选区 before 第十选区; those who held nothing that day
    go by what they held last. Whatever is equal keeps the order of 排序号, in which the deputies have to come.
    """
    if order is RosterOrder.STROKES:
        return sorted(deputies, key=lambda deputy: stroke_key(deputy.name))
    if order is RosterOrder.CONSTITUENCY:
        return sorted(deputies, key=lambda deputy: _constituency_key(deputy, day))
    return list(deputies)


def moved(ids: Sequence[int], moving: int, by: int, among: Sequence[int] = ()) -> list[int]:
    """Return ids with one moved up (``by`` below 0) or down by some places; at the end it stays there.

    Args:
        ids: all of them, in order.
        among: those the clerk sees, in order, by which the places are counted; empty for all.
    """
    seen = list(among) or list(ids)
    place = seen.index(moving)
    goal = max(0, min(place + by, len(seen) - 1))
    others = [one for one in ids if one != moving]
    if goal != place:
        others.insert(others.index(seen[goal]) + (goal > place), moving)
        return others
    return list(ids)


def _constituency_key(deputy: Deputy, day: str) -> tuple[int, bool, list[tuple[int, str]]]:
    held = [mandate for mandate in deputy.mandates if mandate.holds_on(day)] or list(deputy.mandates)
    if not held:
        return len(Level), True, []
    ranks = list(Level)
    first = min(held, key=lambda mandate: (ranks.index(mandate.level), not mandate.constituency))
    return ranks.index(first.level), not first.constituency, _by_numbers(first)


def _by_numbers(mandate: Mandate) -> list[tuple[int, str]]:
    """Return a key that reads numbers in a name as numbers: 第2选区, 第二选区 before 第十选区."""
    key = []
    end = 0
    for number in _NUMBER.finditer(mandate.constituency):
        key.append((-1, mandate.constituency[end : number.start()]))
        key.append((int(number[0]) if number[0].isascii() else chinese_number(number[0]), ""))
        end = number.end()
    return [*key, (-1, mandate.constituency[end:])]
