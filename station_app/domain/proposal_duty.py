"""Proposes duty teams: even in size and in every level, of each area group one in each team where that can be."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import combinations, product
from typing import Final

from station_app.domain.grouping_proposal import Proposal
from station_app.domain.grouping_rules import Grouped
from station_app.domain.groups import GroupKind
from station_app.domain.people import Deputy, Level
from station_app.domain.proposal_parts import (
    change_words,
    distinct,
    level_words,
    matched,
    proposed_team,
    roster_place,
    size_words,
    span,
    usual_count,
)

_DIGITS: Final = "零一二三四五六七八九"


def duty_proposal(grouped: Grouped, count: int = 0) -> Proposal:
    """Propose duty teams: even in size and in every level, of each area group one in each team where that can be.

    Who is suspended is left out.

    Args:
        grouped: the grouping of the day on which the new one is to begin.
        count: how many teams; 0 for the usual number.
    """
    able = [
        deputy
        for deputy in sorted(grouped.serving, key=roster_place)
        if any(mandate.is_exercised_on(grouped.day) for mandate in deputy.mandates)
    ]
    left_out = tuple(deputy.id for deputy in sorted(grouped.serving, key=roster_place) if deputy not in able)
    count = max(1, min(count or usual_count(grouped, GroupKind.DUTY), len(able) or 1))
    area = {
        one.deputy_id: group.id for group in grouped.of_kind(GroupKind.AREA) for one in group.members_on(grouped.day)
    }
    level = {one.id: list(Level).index(one.levels_on(grouped.day)[0]) for one in able}
    members = _dealt(able, count, level, {one.id: area.get(one.id, -one.id) for one in able})
    present = grouped.of_kind(GroupKind.DUTY)
    reused = matched(grouped, present, [[] for _ in members], members)
    places = {group.id: at for at, group in enumerate(present)}
    pairs = sorted(zip(members, reused, strict=True), key=lambda one: places[one[1].id] if one[1] else len(present))
    teams = tuple(
        proposed_team(
            grouped, group, group.name if group else f"进站第{_numeral(at)}组", (), sorted(people, key=roster_place)
        )
        for at, (people, group) in enumerate(pairs, 1)
    )
    ended = tuple(group.id for group in present if group not in reused)
    proposal = Proposal(GroupKind.DUTY, distinct(grouped, teams), left_out, ended)
    reasons = size_words(proposal)
    if area:
        counts = [len({area[one] for one in team.deputy_ids if one in area}) for team in teams]
        reasons.append(f"每组的代表来自 {span(min(counts), max(counts))} 个片区小组。")
    if left_out:
        names = "、".join(grouped.by_id[one].name for one in left_out)
        reasons.append(f"{names}暂时停止执行代表职务，没有编入。")
    return replace(proposal, reasons=(*reasons, *level_words(grouped, proposal), *change_words(grouped, proposal)))


def _dealt(deputies: list[Deputy], count: int, level: Mapping[int, int], area: Mapping[int, int]) -> list[list[Deputy]]:
    """Deal deputies to teams level by level, so that sizes and every level differ by one at most; areas apart.

    Args:
        level / area: of each deputy by id.
    """
    teams: list[list[Deputy]] = [[] for _ in range(count)]
    levels = [[0] * len(Level) for _ in range(count)]
    areas: list[dict[int, int]] = [{} for _ in range(count)]
    for deputy in sorted(deputies, key=lambda one: (level[one.id], area[one.id], roster_place(one))):
        rank, place = level[deputy.id], area[deputy.id]
        at = min(range(count), key=lambda one: (levels[one][rank], len(teams[one]), areas[one].get(place, 0), one))
        teams[at].append(deputy)
        levels[at][rank] += 1
        areas[at][place] = areas[at].get(place, 0) + 1
    while sum(
        _parted((teams[one], areas[one]), (teams[other], areas[other]), level, area)
        for one, other in combinations(range(count), 2)
    ):
        pass
    return teams


def _parted(
    one: tuple[list[Deputy], dict[int, int]],
    other: tuple[list[Deputy], dict[int, int]],
    level: Mapping[int, int],
    area: Mapping[int, int],
) -> bool:
    """Exchange two deputies of one level between two teams when that brings those of one area apart; tell whether."""
    (here, mine), (there, theirs) = one, other
    for (at, going), (to, coming) in product(enumerate(here), enumerate(there)):
        a, b = area[going.id], area[coming.id]
        if level[going.id] != level[coming.id] or a == b:
            continue
        # Squares of the numbers of each area: an exchange adds four and takes twice this away.
        if mine.get(a, 0) - theirs.get(a, 0) + theirs.get(b, 0) - mine.get(b, 0) > 2:
            here[at], there[to] = coming, going
            for counted, less, more in ((mine, a, b), (theirs, b, a)):
                counted[less] -= 1
                counted[more] = counted.get(more, 0) + 1
            return True
    return False


def _numeral(number: int) -> str:
    """Return 一 … 九十九."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")
