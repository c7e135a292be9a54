"""The rows of 编组一览表 and 联系群众一览表: who works in which group, and with whom contact is kept, on a day."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from station_app.domain.group_lines import ContactLine, GroupLine, places_words
from station_app.domain.groups import GROUP_KIND_LABELS, Group, GroupKind, HouseholdLink
from station_app.domain.households import households_by_deputy, households_of_group
from station_app.domain.people import Deputy, Level, level_label
from station_app.domain.roster_order import in_order
from station_app.services.grouping import Grouping
from station_app.services.roster import Roster
from station_app.services.settings_desk import SettingsDesk


class GroupRows:
    """What the books about groups say on one day; read once, when it is made.

    A deputy whose mandates are suspended does not work in them that day and is left out, without a word why.

    Args:
        on: ISO date.
    """

    def __init__(self, settings: SettingsDesk, roster: Roster, grouping: Grouping, on: str) -> None:
        self._on = on
        self._organ = settings.profile().organ_kind
        self._villages = {village.id: village.short_name for village in settings.villages()}
        self._grids = {grid.id: grid for grid in grouping.grids()}
        self._links = [link for link in grouping.households() if link.holds_on(on)]
        self._households = households_by_deputy(self._links, on)
        self.groups = [group for group in grouping.groups() if group.exists_on(on)]
        arranged = in_order(roster.deputies(), settings.roster_order(), on)
        self.deputies = {deputy.id: deputy for deputy in arranged if works_on(deputy, on)}

    def group_lines(self) -> list[GroupLine]:
        """Return a row for every group but messaging groups."""
        own = [group for group in self.groups if group.kind is not GroupKind.CHAT]
        return [self.group_line(index, group) for index, group in enumerate(own, 1)]

    def group_line(self, index: int, group: Group) -> GroupLine:
        """Return the row of a group."""
        members = self.members(group)
        return GroupLine(
            index=index,
            group_id=group.id,
            name=group.name,
            kind=GROUP_KIND_LABELS[group.kind],
            leader=self.leader(group),
            members="、".join(f"{one.name}({self._told_apart(one)})" for one in members),
            people=len(members),
            places=self.places(group),
            households=households_of_group(group, self._households, self._on),
            arrangement=group.arrangement,
            remark=group.remark,
        )

    def contact_lines(self, *, published: bool = False) -> list[ContactLine]:
        """Return a row for every deputy in the order of papers.

        Args:
            published: True gives a phone only where the deputy agreed to that.
        """
        links: dict[int, list[HouseholdLink]] = defaultdict(list)
        for link in self._links:
            links[link.deputy_id].append(link)
        lines: list[ContactLine] = []
        for deputy in self.deputies.values():
            own = self._groups_of[deputy.id]
            areas = [group for group in own if group.kind is GroupKind.AREA]
            near: list[tuple[str, Sequence[str]]] = [(name, []) for group in areas for name in self.villages(group)]
            near += [place for link in links[deputy.id] for place in self._place(link.village_id, link.grid_id)]
            lines.append(
                ContactLine(
                    index=len(lines) + 1,
                    deputy_id=deputy.id,
                    name=deputy.name,
                    levels=self.levels(deputy),
                    post=deputy.post,
                    groups="、".join(group.name for group in own if group.kind is not GroupKind.CHAT),
                    places=places_words(near),
                    households=self._households.get(deputy.id),
                    chats="、".join(group.name for group in own if group.kind is GroupKind.CHAT),
                    phone=deputy.phone if deputy.phone_public or not published else "",
                    remark="",
                )
            )
        return lines

    def members(self, group: Group) -> list[Deputy]:
        """Return who works in a group, the leader first."""
        members = (self.deputies.get(member.deputy_id) for member in group.members_on(self._on))
        return [deputy for deputy in members if deputy is not None]

    def leader(self, group: Group) -> str:
        """Return the name of a group's leader, or nothing."""
        leaders = (self.deputies.get(one.deputy_id) for one in group.members_on(self._on) if one.leader)
        return "、".join(deputy.name for deputy in leaders if deputy is not None)

    def levels(self, deputy: Deputy) -> str:
        """Return the levels at which a deputy works: 县、镇."""
        held = {mandate.level for mandate in deputy.mandates if mandate.is_exercised_on(self._on)}
        return "、".join(level_label(level, self._organ) for level in Level if level in held)

    def _told_apart(self, deputy: Deputy) -> str:
        """Return a deputy's levels, and the village too where a namesake has the same ones."""
        levels = self.levels(deputy)
        others = (one for one in self.deputies.values() if one.name == deputy.name and one.id != deputy.id)
        alike = any(self.levels(one) == levels for one in others)
        return f"{levels} {deputy.village}".strip() if alike else levels

    def places(self, group: Group) -> str:
        """Return the villages and grids of a group."""
        return places_words(self._served(group))

    def villages(self, group: Group) -> list[str]:
        """Return the villages of a group, without their grids."""
        return list(dict.fromkeys(village for village, _grids in self._served(group)))

    def villages_of(self, deputy: Deputy) -> list[str]:
        """Return the villages a deputy keeps contact with through the area groups."""
        areas = [group for group in self._groups_of[deputy.id] if group.kind is GroupKind.AREA]
        return list(dict.fromkeys(village for group in areas for village in self.villages(group)))

    @cached_property
    def _groups_of(self) -> dict[int, list[Group]]:
        found: dict[int, list[Group]] = defaultdict(list)
        for group in self.groups:
            for member in group.members_on(self._on):
                found[member.deputy_id].append(group)
        return found

    def _served(self, group: Group) -> list[tuple[str, Sequence[str]]]:
        places = [place for village in group.villages_on(self._on) for place in self._place(village, None)]
        grids = [one.place_id for one in group.grids if one.holds_on(self._on)]
        return places + [place for grid in grids for place in self._place(None, grid)]

    def _place(self, village_id: int | None, grid_id: int | None) -> list[tuple[str, Sequence[str]]]:
        grid = self._grids.get(grid_id or 0)
        village = self._villages.get(grid.village_id if grid else village_id or 0)
        return [(village, [grid.name] if grid else [])] if village else []


def works_on(deputy: Deputy, on: str) -> bool:
    """Tell whether a deputy of this station exercises a mandate on ``on`` (ISO date)."""
    return deputy.serves_on(on) and any(mandate.is_exercised_on(on) for mandate in deputy.mandates)
