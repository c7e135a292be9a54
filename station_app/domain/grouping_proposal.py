"""A proposal how to group deputies by village and level evenly (编组方案); the clerk adjusts it before it is taken over."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

from station_app.domain.grouping_rules import Finding, Grouped, Rule, check_grouping
from station_app.domain.groups import Group, GroupKind, Membership, Served

_RULES: Final = {
    GroupKind.AREA: frozenset(
        {
            Rule.VILLAGE_HAS_DEPUTY,
            Rule.VILLAGE_IN_ONE_GROUP,
            Rule.GROUP_HAS_MEMBERS,
            Rule.GROUP_HAS_LEADER,
            Rule.ONE_AREA_GROUP,
            Rule.DEPUTY_IN_AREA_GROUP,
            Rule.SIZE_LIKE_OTHERS,
            Rule.LEVELS_MIXED,
        }
    ),
    GroupKind.DUTY: frozenset(
        {
            Rule.GROUP_HAS_MEMBERS,
            Rule.GROUP_HAS_LEADER,
            Rule.MEMBER_EXERCISES,
            Rule.DUTY_TEAM_SIZE,
            Rule.SIZE_LIKE_OTHERS,
            Rule.LEVELS_MIXED,
        }
    ),
}
"""What a proposal of a kind is checked for while the clerk adjusts it."""


@dataclass(frozen=True)
class Team:
    """A proposed group.

    Args:
        group_id: the group that goes on with new members, or 0 for a new one.
        why: why this leader, as a sentence.
    """

    name: str
    group_id: int = 0
    village_ids: tuple[int, ...] = ()
    deputy_ids: tuple[int, ...] = ()
    leader_id: int | None = None
    why: str = ""

    def without(self, deputy_ids: Collection[int]) -> "Team":
        """Return the team without some deputies; it has no leader when that was one of them."""
        left = replace(self, deputy_ids=tuple(one for one in self.deputy_ids if one not in deputy_ids))
        return replace(left, leader_id=None, why="") if self.leader_id in deputy_ids else left


@dataclass(frozen=True)
class Proposal:
    """Proposed groups of one kind; nothing of it is written.

    Args:
        teams: the groups as proposed or adjusted.
        left_out: deputies in none of them.
        ended: groups of this kind that are given up.
        reasons: sentences that explain it.
    """

    kind: GroupKind
    teams: tuple[Team, ...]
    left_out: tuple[int, ...] = ()
    ended: tuple[int, ...] = ()
    reasons: tuple[str, ...] = ()

    def place_of(self, deputy_id: int) -> int | None:
        """Return the number of the team a deputy is in, or None."""
        return next((at for at, team in enumerate(self.teams) if deputy_id in team.deputy_ids), None)

    def with_deputies(self, deputy_ids: Sequence[int], at: int | None) -> "Proposal":
        """Return the proposal with deputies moved to a team, or out of all of them for None."""
        gone = set(deputy_ids)
        teams = [team if number == at else team.without(gone) for number, team in enumerate(self.teams)]
        left_out = tuple(one for one in self.left_out if one not in gone)
        if at is None:
            left_out += tuple(one for one in deputy_ids if one not in self.left_out)
        else:
            present = teams[at].deputy_ids
            teams[at] = replace(teams[at], deputy_ids=present + tuple(one for one in deputy_ids if one not in present))
        return replace(self, teams=tuple(teams), left_out=left_out)

    def with_village(self, village_id: int, at: int, residents: Sequence[int] = ()) -> "Proposal":
        """Return the proposal with a village moved to a team, with those who live there."""
        teams = [
            replace(
                team,
                village_ids=tuple(one for one in team.village_ids if one != village_id)
                + ((village_id,) if number == at else ()),
            )
            for number, team in enumerate(self.teams)
        ]
        return replace(self, teams=tuple(teams)).with_deputies(residents, at)

    def with_leader(self, deputy_id: int) -> "Proposal":
        """Return the proposal with a deputy as leader of the team he or she is in."""
        at = self.place_of(deputy_id)
        if at is None:
            return self
        return self._with_team(at, replace(self.teams[at], leader_id=deputy_id, why="联络员指定的组长。"))

    def renamed(self, at: int, name: str) -> "Proposal":
        """Return the proposal with another name of a team."""
        return self._with_team(at, replace(self.teams[at], name=name))

    def as_grouped(self, grouped: Grouped) -> Grouped:
        """Return the grouping as it would be with this proposal, for the rules; a new group's id is negative."""
        made = tuple(
            Group(
                team.group_id or -at,
                "",
                team.name,
                self.kind,
                team.village_ids,
                memberships=tuple(
                    Membership(team.group_id or -at, one, grouped.day, leader=one == team.leader_id)
                    for one in team.deputy_ids
                ),
                villages=tuple(Served(one, grouped.day) for one in team.village_ids),
            )
            for at, team in enumerate(self.teams, 1)
        )
        others = tuple(group for group in grouped.groups if group.kind is not self.kind)
        return replace(grouped, groups=others + made)

    def findings(self, grouped: Grouped) -> list[Finding]:
        """Return what of the rules the proposal does not keep; ids of new groups are minus the team's number."""
        own = {team.group_id or -at for at, team in enumerate(self.teams, 1)} | {None}
        found = check_grouping(self.as_grouped(grouped), set(Rule) - _RULES[self.kind])
        return [one for one in found if one.group_id in own]

    def _with_team(self, at: int, team: Team) -> "Proposal":
        return replace(self, teams=(*self.teams[:at], team, *self.teams[at + 1 :]))
