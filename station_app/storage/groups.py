"""Groups, memberships, grids and linked households as rows."""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

from station_app.domain.groups import Grid, Group, GroupKind, HouseholdLink, Membership, Served
from station_app.storage.change_log import Step
from station_app.storage.station_file import StationFile

_GROUP_FIELDS: Final = (
    "name", "kind", "households", "arrangement", "remark", "position", "people", "from_on", "to_on", "station_id",
)  # fmt: skip
_LINK_FIELDS: Final = (
    "deputy_id", "village_id", "households", "name", "grid_id", "address", "phone", "remark", "from_on", "to_on",
)  # fmt: skip


class GroupRecords:
    """The rows of groups and of what they keep contact with."""

    def __init__(self, file: StationFile) -> None:
        self._file = file

    def all(self) -> list[Group]:
        """Return every group with its members (past ones too), villages and grids."""
        members: dict[int, list[Membership]] = defaultdict(list)
        for row in self._file.rows(
            "SELECT m.id, m.uid, m.group_id, m.deputy_id, m.from_on, m.to_on, m.leader FROM memberships m"
            " JOIN deputies d ON d.id = m.deputy_id AND d.deleted_at IS NULL"
            " WHERE m.deleted_at IS NULL ORDER BY m.leader DESC, d.roster_order, m.id"
        ):
            members[row["group_id"]].append(Membership(**{**row, "leader": bool(row["leader"])}))
        villages = self._served("group_villages", "village_id")
        grids = self._served("group_grids", "grid_id")
        return [
            Group(
                **{**row, "kind": GroupKind(row["kind"])},
                village_ids=tuple(one.place_id for one in villages[row["id"]] if not one.to_on),
                grid_ids=tuple(one.place_id for one in grids[row["id"]] if not one.to_on),
                memberships=tuple(members[row["id"]]),
                villages=tuple(villages[row["id"]]),
                grids=tuple(grids[row["id"]]),
            )
            for row in self._file.rows(
                f"SELECT id, uid, {', '.join(_GROUP_FIELDS)} FROM groups"
                " WHERE deleted_at IS NULL ORDER BY kind, position, id"
            )
        ]

    def save(self, step: Step, group: Group, on: str) -> int:
        """Create (id 0) or change a group; villages and grids that come or go do so from the day ``on`` (ISO date) on.

        What a new group serves, it serves from its beginning; what was entered that day and goes again is deleted.
        """
        values = {name: getattr(group, name) for name in _GROUP_FIELDS}
        group_id = group.id or step.insert("groups", **values)
        if group.id:
            step.update("groups", group_id, **values)
        since = on if group.id else group.from_on
        self._serve(step, "group_villages", "village_id", (group_id, since), group.village_ids)
        self._serve(step, "group_grids", "grid_id", (group_id, since), group.grid_ids)
        return group_id

    def join(self, step: Step, membership: Membership) -> None:
        """Add a membership from its date on."""
        step.insert(
            "memberships", group_id=membership.group_id, deputy_id=membership.deputy_id,
            from_on=membership.from_on, to_on=membership.to_on, leader=int(membership.leader),
        )  # fmt: skip

    def change_membership(self, step: Step, membership_id: int, **values: Any) -> None:
        """Change ``from_on``, ``to_on`` or ``leader`` of a membership."""
        step.update("memberships", membership_id, **values)

    def delete_membership(self, step: Step, membership_id: int) -> None:
        """Delete a membership that never was."""
        step.delete("memberships", membership_id)

    def write_members(self, step: Step, before: Iterable[Membership], after: Iterable[Membership]) -> None:
        """Write what makes the memberships ``before`` into those ``after``; new ones have the id 0."""
        known = {membership.id: membership for membership in before}
        wanted = list(after)
        for membership_id in known.keys() - {membership.id for membership in wanted}:
            self.delete_membership(step, membership_id)
        for one in wanted:
            if not one.id:
                self.join(step, one)
            elif one != known[one.id]:
                self.change_membership(step, one.id, from_on=one.from_on, to_on=one.to_on, leader=int(one.leader))

    def clash(self, uids: Iterable[str]) -> bool:
        """Tell whether memberships break the rules of `MemberBook`: twice in a group, in two areas, two leaders.

        Args:
            uids: of the memberships to look at, or of groups or deputies for all of theirs.
        """
        wanted = json.dumps(list(uids))
        return bool(
            self._file.value(
                "SELECT EXISTS (SELECT 1 FROM memberships a JOIN groups g ON g.id = a.group_id AND g.deleted_at IS NULL"
                " JOIN memberships b ON b.id <> a.id AND b.deleted_at IS NULL"
                " JOIN groups h ON h.id = b.group_id AND h.deleted_at IS NULL"
                " JOIN deputies d ON d.id = a.deputy_id AND d.deleted_at IS NULL"
                " JOIN deputies e ON e.id = b.deputy_id AND e.deleted_at IS NULL"
                " WHERE a.deleted_at IS NULL AND EXISTS (SELECT 1 FROM json_each(?1) WHERE value IN (a.uid, g.uid, d.uid))"
                " AND (a.to_on = '' OR b.from_on < a.to_on) AND (b.to_on = '' OR a.from_on < b.to_on)"
                " AND (a.deputy_id = b.deputy_id"
                " AND (a.group_id = b.group_id OR (g.kind = 'area' AND h.kind = 'area'))"
                " OR a.group_id = b.group_id AND a.leader AND b.leader))",
                [wanted],
            )
        )

    def end_memberships(self, step: Step, deputy_id: int, on: str) -> bool:
        """End what a deputy has part in, because the last mandate ended or the deputy moved away; tell whether anything did.

        Memberships and household links end on that day; those that were to begin later are deleted.

        Args:
            on: ISO date on which they count no more, see `Deputy.gone_on`.
        """
        ending = [
            (table, record_id, from_on)
            for table in ("memberships", "household_links")
            for record_id, from_on in self._file.tuples(
                f"SELECT id, from_on FROM {table} WHERE deputy_id = ? AND (to_on = '' OR to_on > ?)"
                " AND deleted_at IS NULL ORDER BY id",
                [deputy_id, on],
            )
        ]
        for table, record_id, from_on in ending:
            if from_on >= on:
                step.delete(table, record_id)
            else:
                step.update(table, record_id, to_on=on)
        return bool(ending)

    def end_served(self, step: Step, group_id: int, on: str) -> None:
        """Let a group serve no village and grid from a day (ISO date) on."""
        self._serve(step, "group_villages", "village_id", (group_id, on), ())
        self._serve(step, "group_grids", "grid_id", (group_id, on), ())

    def grids(self) -> list[Grid]:
        """Return the grids of every village."""
        return [
            Grid(**row)
            for row in self._file.rows(
                "SELECT id, uid, village_id, name FROM grids WHERE deleted_at IS NULL ORDER BY village_id, id"
            )
        ]

    def save_grid(self, step: Step, grid: Grid) -> int:
        """Create (id 0) or rename a grid."""
        if not grid.id:
            return step.insert("grids", village_id=grid.village_id, name=grid.name)
        step.update("grids", grid.id, village_id=grid.village_id, name=grid.name)
        return grid.id

    def households(self) -> list[HouseholdLink]:
        """Return every household link, past ones too, in the order they were entered."""
        return [
            HouseholdLink(**row)
            for row in self._file.rows(
                f"SELECT h.id, h.uid, {', '.join(f'h.{name}' for name in _LINK_FIELDS)} FROM household_links h"
                " JOIN deputies d ON d.id = h.deputy_id AND d.deleted_at IS NULL"
                " WHERE h.deleted_at IS NULL ORDER BY h.id"
            )
        ]

    def save_household(self, step: Step, link: HouseholdLink) -> int:
        """Create (id 0) or change a household link."""
        values = {name: getattr(link, name) for name in _LINK_FIELDS}
        if not link.id:
            return step.insert("household_links", **values)
        step.update("household_links", link.id, **values)
        return link.id

    def _served(self, table: str, column: str) -> dict[int, list[Served]]:
        found: dict[int, list[Served]] = defaultdict(list)
        for group_id, *about in self._file.tuples(
            f"SELECT group_id, {column}, from_on, to_on FROM {table} WHERE deleted_at IS NULL ORDER BY id"
        ):
            found[group_id].append(Served(*about))
        return found

    def _serve(self, step: Step, table: str, column: str, since: tuple[int, str], wanted: tuple[int, ...]) -> None:
        group_id, on = since
        present = {
            place_id: (record_id, from_on)
            for place_id, record_id, from_on in self._file.tuples(
                f"SELECT {column}, id, from_on FROM {table} WHERE group_id = ? AND to_on = '' AND deleted_at IS NULL",
                [group_id],
            )
        }
        for place_id in present.keys() - set(wanted):
            record_id, from_on = present[place_id]
            if from_on >= on:
                step.delete(table, record_id)
            else:
                step.update(table, record_id, to_on=on)
        for place_id in dict.fromkeys(wanted):
            if place_id not in present:
                step.insert(table, group_id=group_id, from_on=on, **{column: place_id})
