"""Proposes area groups: whole villages, sizes as even as these allow, levels mixed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from station_app.domain.grouping_proposal import Proposal
from station_app.domain.grouping_rules import Grouped, is_higher
from station_app.domain.groups import Group, GroupKind
from station_app.domain.people import Deputy
from station_app.domain.proposal_parts import (
    change_words,
    distinct,
    level_words,
    matched,
    proposed_team,
    roster_place,
    size_words,
    usual_count,
)
from station_app.domain.station import Village
from station_app.domain.village_shares import Shares, share


def area_proposal(grouped: Grouped, count: int = 0, *, keep_villages: bool = False) -> Proposal:
    """Propose area groups: whole villages, sizes as even as these allow, levels mixed.

    Who lives in a village goes with it; who lives in none fills up the smaller groups. See `village_shares`.

    Args:
        grouped: the grouping of the day on which the new one is to begin.
        count: how many groups; 0 for the usual number. At most as many as villages.
        keep_villages: leave the villages with the groups that serve them now, and spread only who lives in none.
    """
    villages = sorted(grouped.kept_villages, key=lambda one: (one.position, one.id))
    deputies = sorted(grouped.serving, key=roster_place)
    known = {village.id for village in villages}
    home = {deputy.id: deputy.village_id for deputy in deputies if deputy.village_id in known}
    loose = [deputy for deputy in deputies if deputy.id not in home]
    present = grouped.of_kind(GroupKind.AREA)
    if keep_villages and present:
        shared: Shares | None = None
        own_villages = _kept(grouped, present, villages)
    else:
        count = max(1, min(count or usual_count(grouped, GroupKind.AREA), len(villages) or 1))
        shared = _shared(grouped, villages, deputies, home, count) if villages else None
        groups = shared.groups if shared else ((),)
        own_villages = [[villages[place] for place in group] for group in groups]
    members = [
        [deputy for deputy in deputies if home.get(deputy.id) in {village.id for village in own}]
        for own in own_villages
    ]
    reused = present if keep_villages and present else matched(grouped, present, own_villages, members)
    _fill(grouped, members, loose, reused)
    teams = tuple(
        proposed_team(
            grouped, group, _area_name(own, group), tuple(one.id for one in own), sorted(people, key=roster_place)
        )
        for own, people, group in zip(own_villages, members, reused, strict=True)
    )
    ended = tuple(group.id for group in present if group not in reused)
    proposal = Proposal(GroupKind.AREA, distinct(grouped, teams), (), ended)
    reasons = [*size_words(proposal), *_village_words(proposal, villages, home, shared)]
    return replace(proposal, reasons=(*reasons, *level_words(grouped, proposal), *change_words(grouped, proposal)))


def _shared(
    grouped: Grouped, villages: list[Village], deputies: list[Deputy], home: Mapping[int, int | None], count: int
) -> Shares:
    live = [[one for one in deputies if home.get(one.id) == village.id] for village in villages]
    loose = [one for one in deputies if one.id not in home]
    return share(
        [len(people) for people in live],
        count,
        len(loose),
        [sum(is_higher(one, grouped.day) for one in people) for people in live],
        sum(is_higher(one, grouped.day) for one in loose),
    )


def _kept(grouped: Grouped, present: list[Group], villages: list[Village]) -> list[list[Village]]:
    """Return the villages of the present groups; one that none serves goes to the group of its nearest neighbour."""
    at = {group.id: number for number, group in enumerate(present)}
    served = {
        place: at[grouped.served_by[village.id][0].id]
        for place, village in enumerate(villages)
        if grouped.served_by.get(village.id)
    }
    own: list[list[Village]] = [[] for _ in present]
    for place, village in enumerate(villages):
        near = min(served, key=lambda one: (abs(one - place), one > place), default=None)
        own[served[near] if near is not None else place % len(present)].append(village)
    return own


def _fill(grouped: Grouped, members: list[list[Deputy]], loose: list[Deputy], reused: Sequence[Group | None]) -> None:
    """Let who lives in no village fill up the smallest groups: first the higher levels, where they are missing."""
    day = grouped.day
    place = {one.deputy_id: at for at, group in enumerate(reused) if group is not None for one in group.members_on(day)}

    def higher(at: int) -> int:
        return sum(is_higher(one, day) for one in members[at])

    room = [0] * len(members)
    for _ in loose:
        at = min(range(len(members)), key=lambda one: (len(members[one]) + room[one], higher(one), one))
        room[at] += 1
    for deputy in sorted(loose, key=lambda one: (not is_higher(one, day), roster_place(one))):
        free = [at for at in range(len(members)) if room[at]]
        if is_higher(deputy, day):
            at = min(free, key=lambda one: (higher(one), place.get(deputy.id) != one, one))
        else:
            at = min(free, key=lambda one: (place.get(deputy.id) != one, -room[one], one))
        room[at] -= 1
        members[at].append(deputy)


def _area_name(villages: list[Village], group: Group | None) -> str:
    if group is not None:
        return group.name
    first = villages[0].short_name if villages else "第一"
    stem = first.removesuffix("社区").removesuffix("居委会").removesuffix("村") or first
    return f"{stem}片区小组"


def _village_words(
    proposal: Proposal,
    villages: list[Village],
    home: Mapping[int, int | None],
    shared: Shares | None,
) -> list[str]:
    live = {village.id: sum(one == village.id for one in home.values()) for village in villages}
    loose = sum(len(team.deputy_ids) for team in proposal.teams) - len(home)
    words = ["每个村(居)整个归一组，住在村里的代表跟着村走" + (f"；另外 {loose} 位补到人少的组。" if loose else "。")]
    sizes = [len(team.deputy_ids) for team in proposal.teams]
    if max(sizes) - min(sizes) > 1:
        biggest = proposal.teams[sizes.index(max(sizes))]
        named = "、".join(f"{v.short_name} {live[v.id]} 位" for v in villages if v.id in biggest.village_ids)
        apart = max(sizes) - min(sizes)
        if shared is None:
            end = "村(居)不动，只能这样"
        elif shared.proven:
            end = "整村不拆，没有更均匀的分法"
        else:
            end = "整村不拆，没有找到更均匀的分法"
        words.append(f"人数最多相差 {apart} 人：{biggest.name}有{named}；{end}。")
    for team in proposal.teams:
        empty = [v.short_name for v in villages if v.id in team.village_ids and not live[v.id]]
        if empty:
            words.append(f"{'、'.join(empty)}没有代表居住，按村(居)顺序就近归{team.name}联系。")
    return words
