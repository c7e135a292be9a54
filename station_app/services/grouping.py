"""Grouping: deputies' groups with their dated members, villages and grids, and the households they keep contact with."""

from dataclasses import replace

from station_app.domain.groups import Grid, Group, GroupKind, HouseholdLink, Membership
from station_app.domain.people import day_problem
from station_app.domain.problems import invalid, refuse
from station_app.domain.text import NAME_LIMIT, clean_line, text_problem
from station_app.services.done import ROSTER, Done
from station_app.storage.groups import GroupRecords
from station_app.storage.station_file import StationFile


class Grouping:
    """Keeps groups and linked households."""

    def __init__(self, file: StationFile) -> None:
        self._file = file
        self._records = GroupRecords(file)

    def groups(self) -> list[Group]:
        """Return every group with its dated members."""
        return self._records.all()

    def grids(self) -> list[Grid]:
        """Return the grids of every village."""
        return self._records.grids()

    def households(self) -> list[HouseholdLink]:
        """Return every household link, past ones too."""
        return self._records.households()

    def save_group(self, group: Group) -> Done[int]:
        """Create (id 0) or change a group and its villages.

        Raises:
            InvalidInput: the name is missing or taken.
        """
        group = replace(group, name=clean_line(group.name), arrangement=clean_line(group.arrangement))
        if not group.name:
            raise invalid("name", "请填写小组名称。")
        if any(g.name == group.name and g.id != group.id for g in self._records.all()):
            raise invalid("name", f"已经有“{group.name}”。")
        refuse([text_problem("name", "小组名称", group.name, NAME_LIMIT)])
        with self._file.write("修改小组" if group.id else "新建小组") as step:
            group_id = self._records.save(step, group, self._file.clock.today().isoformat())
        return Done(group_id, f"已保存 {group.name}", frozenset({ROSTER}), step.id)

    def delete_group(self, group_id: int) -> Done[None]:
        """Delete a group that is not needed, with its members' places in it; it can be undone."""
        group = next(group for group in self._records.all() if group.id == group_id)
        with self._file.write(f"删除小组 {group.name}") as step:
            step.delete("groups", group_id)
        return Done(None, f"已删除 {group.name}", frozenset({ROSTER}), step.id)

    def join(self, group_id: int, deputy_id: int, from_on: str, *, leader: bool = False) -> Done[None]:
        """Put a deputy into a group from a date on; an earlier area group ends that day.

        Raises:
            InvalidInput: the deputy is a member already, or the date is none.
        """
        refuse([day_problem("from_on", "编入日期", from_on)])
        groups = {group.id: group for group in self._records.all()}
        group = groups[group_id]
        current = [
            (other, member)
            for other in groups.values()
            for member in other.memberships
            if member.deputy_id == deputy_id and not member.to_on
        ]
        if any(other.id == group_id for other, _ in current):
            raise invalid("deputy_id", "这位代表已经在这个小组。")
        with self._file.write("编入小组") as step:
            for other, member in current:
                if other.kind is GroupKind.AREA and group.kind is GroupKind.AREA:
                    self._records.change_membership(step, member.id, to_on=max(member.from_on, from_on))
            if leader:
                for member in group.memberships:
                    if member.leader and not member.to_on:
                        self._records.change_membership(step, member.id, leader=0)
            self._records.join(step, Membership(group_id, deputy_id, from_on, leader=leader))
        return Done(None, f"已编入 {group.name}", frozenset({ROSTER}), step.id)

    def leave(self, membership_id: int, to_on: str) -> Done[None]:
        """End a membership on a date; history stays.

        Raises:
            InvalidInput: the date is none.
        """
        refuse([day_problem("to_on", "移出日期", to_on)])
        with self._file.write("移出小组") as step:
            self._records.change_membership(step, membership_id, to_on=to_on)
        return Done(None, "已移出小组", frozenset({ROSTER}), step.id)

    def make_leader(self, group_id: int, deputy_id: int) -> Done[None]:
        """Make a member the group's leader; the one before is an ordinary member again."""
        group = next(group for group in self._records.all() if group.id == group_id)
        with self._file.write("设组长") as step:
            for member in group.memberships:
                if not member.to_on:
                    self._records.change_membership(step, member.id, leader=int(member.deputy_id == deputy_id))
        return Done(None, f"已设为 {group.name} 组长", frozenset({ROSTER}), step.id)
