"""How many households deputies keep contact with (联户): by number, or by a list with names."""

from collections import defaultdict
from collections.abc import Iterable

from station_app.domain.groups import Group, HouseholdLink
from station_app.domain.people import day_problem
from station_app.domain.problems import FieldProblem
from station_app.domain.text import LINE_LIMIT, NAME_LIMIT, phone_problem, text_problem

MOST_HOUSEHOLDS = 5000


def households_by_deputy(links: Iterable[HouseholdLink], day: str) -> dict[int, int]:
    """Return how many households each deputy keeps contact with on a day (ISO date).

    In each village the number that was told and the list count once: whichever is more, for a list may be unfinished.
    """
    told: dict[tuple[int, int | None], int] = defaultdict(int)
    listed: dict[tuple[int, int | None], int] = defaultdict(int)
    for link in links:
        if link.holds_on(day):
            counted = listed if link.name else told
            counted[link.deputy_id, link.village_id] += link.households
    sums: dict[int, int] = defaultdict(int)
    for key in {*told, *listed}:
        sums[key[0]] += max(told[key], listed[key])
    return dict(sums)


def households_of_group(group: Group, by_deputy: dict[int, int], day: str) -> int | None:
    """Return how many households a group keeps contact with: its members' sum, or the number set by hand.

    Args:
        by_deputy: see `households_by_deputy`.
    """
    members = {one.deputy_id for one in group.members_on(day)}
    return sum(by_deputy.get(one, 0) for one in members) or group.households


def household_problems(link: HouseholdLink) -> list[FieldProblem | None]:
    """Return what is wrong with a household link; None stands for a check that passed."""
    return [
        None if link.deputy_id else FieldProblem("deputy_id", "请选择联系的代表。"),
        None if link.village_id else FieldProblem("village_id", "请选择村(居)。"),
        None
        if 1 <= link.households <= MOST_HOUSEHOLDS
        else FieldProblem("households", f"户数填 1 到 {MOST_HOUSEHOLDS}。"),
        text_problem("name", "户主姓名", link.name, NAME_LIMIT),
        text_problem("address", "住址", link.address, LINE_LIMIT),
        phone_problem("phone", link.phone, "没有就空着。"),
        text_problem("remark", "备注", link.remark, LINE_LIMIT),
        day_problem("from_on", "起始日期", link.from_on) if link.from_on else None,
        day_problem("to_on", "结束日期", link.to_on) if link.to_on else None,
        FieldProblem("to_on", "结束日期应在起始日期之后；整条录错的，请删除。")
        if link.to_on and link.to_on <= link.from_on
        else None,
    ]
