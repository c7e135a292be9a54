"""What proposals of both kinds have in common: which group goes on, who leads, and the sentences that explain them."""

from dataclasses import replace
from typing import Final

from station_app.domain.grouping_proposal import Proposal, Team
from station_app.domain.grouping_rules import Grouped, is_higher
from station_app.domain.groups import GROUP_KIND_LABELS, Group, GroupKind
from station_app.domain.people import Deputy
from station_app.domain.station import Village

_USUAL_AREA: Final = 12
_USUAL_TEAM: Final = 6
_MINOR: Final = ("副", "妇联", "工会", "共青团")
_NO_POST: Final = 3


def usual_count(grouped: Grouped, kind: GroupKind) -> int:
    """Return how many groups to propose: as many as there are, else one for about a dozen deputies."""
    present = len(grouped.of_kind(kind))
    if kind is GroupKind.AREA:
        wanted = present or round(len(grouped.serving) / _USUAL_AREA)
        return max(1, min(wanted, len(grouped.kept_villages) or 1))
    return max(1, present or round(len(grouped.serving) / _USUAL_TEAM))


def matched(
    grouped: Grouped, present: list[Group], villages: list[list[Village]], members: list[list[Deputy]]
) -> list[Group | None]:
    """Return for each team the present group it has most in common with: that one goes on under its name."""
    day = grouped.day
    common = []
    for at, (own, people) in enumerate(zip(villages, members, strict=True)):
        ids, places = {one.id for one in people}, {village.id for village in own}
        for order, group in enumerate(present):
            score = len(ids & {one.deputy_id for one in group.members_on(day)})
            score += 2 * len(places & set(group.villages_on(day)))
            if score:
                common.append((-score, order, at))
    found: list[Group | None] = [None] * len(members)
    for _, order, at in sorted(common):
        if found[at] is None and present[order] not in found:
            found[at] = present[order]
    rest = [group for group in present if group not in found]
    return [group or (rest.pop(0) if rest and not any(villages) else None) for group in found]


def distinct(grouped: Grouped, teams: tuple[Team, ...]) -> tuple[Team, ...]:
    """Number the names of new groups that another group has already."""
    seen = {group.name for group in grouped.standing}
    named = []
    for team in teams:
        name, number = team.name, 2
        while not team.group_id and name in seen:
            name, number = f"{team.name}{number}", number + 1
        seen.add(name)
        named.append(replace(team, name=name))
    return tuple(named)


def proposed_team(
    grouped: Grouped, group: Group | None, name: str, village_ids: tuple[int, ...], people: list[Deputy]
) -> Team:
    leading = {one.deputy_id for one in group.members_on(grouped.day) if one.leader} if group else set()
    able = [one for one in people if any(mandate.is_exercised_on(grouped.day) for mandate in one.mandates)]
    leader = min(
        able,
        key=lambda one: (one.id not in leading, _post_rank(one.post), _since(one), roster_place(one)),
        default=None,
    )
    why = ""
    if leader is not None:
        if leader.id in leading:
            why = f"组长仍由{leader.name}担任。"
        elif _post_rank(leader.post) < _NO_POST:
            why = f"建议{leader.name}任组长：{leader.post}。"
        else:
            since = f"（{_since(leader)[:7]} 起）" if _since(leader) else ""
            why = f"建议{leader.name}任组长：担任代表时间最长{since}。"
    ids = tuple(one.id for one in people)
    return Team(name, group.id if group else 0, village_ids, ids, leader.id if leader else None, why)


def _post_rank(post: str) -> int:
    """Return 0 for a chair of the congress, 1 for a party secretary, 2 for a head of a committee, 3 for others."""
    if any(word in post for word in _MINOR):
        return _NO_POST
    ranks = ("主席", "书记", "主任")
    return next((rank for rank, word in enumerate(ranks) if word in post), _NO_POST)


def _since(deputy: Deputy) -> str:
    return min((mandate.from_on for mandate in deputy.mandates), default="")


def roster_place(deputy: Deputy) -> tuple[int, int]:
    return deputy.roster_order, deputy.id


def size_words(proposal: Proposal) -> list[str]:
    sizes = [len(team.deputy_ids) for team in proposal.teams]
    word = f"{sum(sizes)} 位代表编成 {len(sizes)} 个{GROUP_KIND_LABELS[proposal.kind]}"
    return [f"{word}，每组 {span(min(sizes), max(sizes))} 人。"]


def level_words(grouped: Grouped, proposal: Proposal) -> list[str]:
    counts = [sum(is_higher(grouped.by_id[one], grouped.day) for one in team.deputy_ids) for team in proposal.teams]
    if not sum(counts):
        return []
    words = f"混合编组：县级以上代表 {sum(counts)} 位，每组 {span(min(counts), max(counts))} 位"
    missing = [team.name for team, count in zip(proposal.teams, counts, strict=True) if not count]
    if not missing:
        return [f"{words}。"]
    why = "人数不够每组一位" if sum(counts) < len(counts) else "他们都住在别组的村(居)"
    return [f"{words}；{'、'.join(missing)}没有，因为{why}。"]


def change_words(grouped: Grouped, proposal: Proposal) -> list[str]:
    words = []
    before = {
        one.deputy_id: group.id for group in grouped.of_kind(proposal.kind) for one in group.members_on(grouped.day)
    }
    if before:
        moved = sum(before.get(one) not in (None, team.group_id) for team in proposal.teams for one in team.deputy_ids)
        words.append(f"与现在相比，{moved} 位换组。" if moved else "与现在相比，没有人换组。")
    names = [group.name for group in grouped.groups if group.id in proposal.ended]
    if names:
        words.append(f"{'、'.join(names)}不再设，采用时撤销。")
    return words


def span(least: int, most: int) -> str:
    return str(least) if least == most else f"{least}–{most}"
